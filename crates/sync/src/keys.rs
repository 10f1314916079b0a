//! The device's key: in the system's keychain, or in a file that nobody else may read where there
//! is none.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use domain::RecordId;

use crate::{SyncError, Token};

/// The keychain's name for what is ours.
const SERVICE: &str = "org.signpost";
/// A keychain that asks somebody for a password is waited for this long.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where keys are kept.
#[derive(Debug, Clone)]
pub struct Keys {
    file: PathBuf,
    keychain: bool,
}

/// What the keychain said last in this program, as it may ask somebody for a password each time.
static SAID: Mutex<Option<Said>> = Mutex::new(None);

/// What the keychain said of a device.
#[derive(Debug)]
struct Said {
    device: RecordId,
    token: Option<Token>,
}

/// Where a key lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPlace {
    /// In the system's keychain.
    Keychain,
    /// In a file beside the copy.
    File,
}

impl KeyPlace {
    /// As people are told.
    #[must_use]
    pub fn said(self) -> &'static str {
        match self {
            Self::Keychain => "in this computer's keychain",
            Self::File => "in a file beside the directory, which only this user may read",
        }
    }
}

impl Keys {
    /// Beside the copy in this folder. Without `keychain`, always in the file.
    #[must_use]
    pub fn beside(folder: &Path, keychain: bool) -> Self {
        Self {
            file: folder.join("sync").join("key"),
            keychain,
        }
    }

    /// Keeps a key; where.
    ///
    /// # Errors
    /// [`SyncError::Io`] when it can be kept nowhere.
    pub fn keep(&self, token: &Token) -> Result<KeyPlace, SyncError> {
        said().take();
        if self.keychain && chained(token.device, Chain::Put(digits(token.key()))).is_some() {
            // An older one would be read first.
            remove(&self.file)?;
            return Ok(KeyPlace::Keychain);
        }
        let text = format!("{}.{}\n", token.device, digits(token.key()));
        write_private(&self.file, text.as_bytes())
            .map_err(|source| SyncError::io(&self.file, source))?;
        Ok(KeyPlace::File)
    }

    /// The key of this device, and where it lies; none: it is not there any more.
    ///
    /// # Errors
    /// [`SyncError::Io`] when the file is there and can't be read.
    pub fn find(&self, device: RecordId) -> Result<Option<(Token, KeyPlace)>, SyncError> {
        let text = match fs::read_to_string(&self.file) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(source) => return Err(SyncError::io(&self.file, source)),
        };
        let own = format!("{device}.");
        let kept = text.and_then(|text| key(text.trim().strip_prefix(&own)?));
        if let Some(key) = kept {
            return Ok(Some((Token::new(device, key), KeyPlace::File)));
        }
        if !self.keychain {
            return Ok(None);
        }
        let mut said = said();
        let token = match said.as_ref().filter(|said| said.device == device) {
            Some(said) => said.token.clone(),
            None => chained(device, Chain::Get)
                .and_then(|text| key(&text))
                .map(|key| Token::new(device, key)),
        };
        *said = Some(Said {
            device,
            token: token.clone(),
        });
        Ok(token.map(|token| (token, KeyPlace::Keychain)))
    }

    /// Forgets the key of this device.
    ///
    /// # Errors
    /// [`SyncError::Io`] when the file can't be removed.
    pub fn forget(&self, device: RecordId) -> Result<(), SyncError> {
        if self.keychain {
            said().take();
            chained(device, Chain::Drop);
        }
        remove(&self.file)
    }
}

/// Asks the keychain again where it had nothing, as somebody may have unlocked it.
pub(crate) fn ask_again() {
    said().take_if(|said| said.token.is_none());
}

fn said() -> MutexGuard<'static, Option<Said>> {
    SAID.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A fresh key.
///
/// # Errors
/// [`SyncError::Key`] when the system gives no random numbers.
pub(crate) fn fresh() -> Result<[u8; 32], SyncError> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| {
        SyncError::Key(format!(
            "this computer gives no random numbers to make a key of ({error}): start it again"
        ))
    })?;
    Ok(key)
}

/// As 64 hexadecimal digits.
pub(crate) fn digits(key: &[u8; 32]) -> String {
    wire::Hash::from_bytes(*key).to_string()
}

fn key(text: &str) -> Option<[u8; 32]> {
    Some(*text.parse::<wire::Hash>().ok()?.as_bytes())
}

enum Chain {
    Put(String),
    Get,
    Drop,
}

/// Asks the keychain, which may ask somebody; none: there is no keychain, or nothing in it.
fn chained(device: RecordId, what: Chain) -> Option<String> {
    let (answer, answers) = channel();
    let ask = move || {
        let entry = keyring::Entry::new(SERVICE, &device.to_string());
        let done = entry.and_then(|entry| match what {
            Chain::Put(text) => entry.set_password(&text).map(|()| text),
            Chain::Get => entry.get_password(),
            Chain::Drop => entry.delete_credential().map(|()| String::new()),
        });
        // Nobody waits for an answer that comes too late.
        drop(answer.send(done.ok()));
    };
    let asking = thread::Builder::new().name("keychain".to_owned());
    asking.spawn(ask).ok()?;
    answers.recv_timeout(PATIENCE).ok().flatten()
}

fn remove(file: &Path) -> Result<(), SyncError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(SyncError::io(file, error)),
        _ => Ok(()),
    }
}

/// Writes a file that is nobody else's business, whole or not at all.
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = path.with_extension("new");
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // One that was left by a program that was stopped.
    if fresh.exists() {
        fs::remove_file(&fresh)?;
    }
    let mut options = fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&fresh, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_in_a_file_is_its_users_alone_and_of_one_device() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::beside(folder.path(), false);
        let device = RecordId::named("a device");
        assert!(keys.find(device).unwrap().is_none());
        let token = Token::new(device, fresh().unwrap());
        assert_eq!(keys.keep(&token).unwrap(), KeyPlace::File);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let about = fs::metadata(folder.path().join("sync/key")).unwrap();
            assert_eq!(about.permissions().mode() & 0o777, 0o600);
        }
        let (found, place) = keys.find(device).unwrap().unwrap();
        assert_eq!((found.bearer(), place), (token.bearer(), KeyPlace::File));
        assert!(keys.find(RecordId::named("another")).unwrap().is_none());
        assert!(!format!("{found:?}").contains(&digits(found.key())));
        keys.forget(device).unwrap();
        keys.forget(device).unwrap();
        assert!(keys.find(device).unwrap().is_none());
    }
}
