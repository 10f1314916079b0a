//! Who uses the folder: whose turn it is to open it, whether somebody has it open, and whether the
//! last one closed it in good order. Locks end with their process, however it ends.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How the file was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    /// Closed in good order, or still open elsewhere.
    Clean,
    /// Not closed: the program or the machine stopped.
    Open,
    /// Damage was met in it.
    Damaged,
}

/// The locks of one open store.
#[derive(Debug)]
pub(crate) struct Locks {
    turn: File,
    running: File,
    marker: PathBuf,
}

/// A turn: while it lasts nobody else opens the file, or (if shared) repairs it.
pub(crate) struct Turn<'l>(&'l File);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        // The system ends the lock with the file at the latest.
        self.0.unlock().unwrap_or_default();
    }
}

impl Locks {
    /// The locks of the file in this folder, none of them taken.
    pub(crate) fn of(path: &Path) -> io::Result<Self> {
        let lock = |name: &str| {
            let mut options = File::options();
            options.read(true).write(true).create(true).truncate(false);
            options.open(path.with_extension(name))
        };
        Ok(Self {
            turn: lock("turn")?,
            running: lock("running")?,
            marker: path.with_extension("unclean"),
        })
    }

    /// Waits for the only turn; absent: somebody else has it for longer than that.
    pub(crate) fn turn(&self, wait: Duration) -> Option<Turn<'_>> {
        patiently(wait, || self.turn.try_lock()).then_some(Turn(&self.turn))
    }

    /// Waits until nobody opens or repairs the file; absent: that takes longer than that.
    pub(crate) fn shared_turn(&self, wait: Duration) -> Option<Turn<'_>> {
        patiently(wait, || self.turn.try_lock_shared()).then_some(Turn(&self.turn))
    }

    /// True when nobody else has the file open. To be asked within a turn.
    pub(crate) fn alone(&self) -> bool {
        let alone = !matches!(self.running.try_lock(), Err(TryLockError::WouldBlock));
        self.running.unlock().unwrap_or_default();
        alone
    }

    /// How the file was left.
    pub(crate) fn left(&self) -> Left {
        match fs::read(&self.marker).as_deref() {
            Ok(b"damaged") => Left::Damaged,
            Ok(_) if self.alone() => Left::Open,
            _ => Left::Clean,
        }
    }

    /// Says that the file is open from now on. A disk too full for that does not keep anybody out.
    pub(crate) fn opened(&self) {
        self.running.lock_shared().unwrap_or_default();
        fs::write(&self.marker, b"open").unwrap_or_default();
    }

    /// Says that damage was met, for whoever opens the file next.
    pub(crate) fn damage_met(&self) {
        fs::write(&self.marker, b"damaged").unwrap_or_default();
    }
}

impl Drop for Locks {
    fn drop(&mut self) {
        self.running.unlock().unwrap_or_default();
        let damaged = fs::read(&self.marker).is_ok_and(|state| state == b"damaged");
        if !damaged && self.running.try_lock().is_ok() {
            fs::remove_file(&self.marker).unwrap_or_default();
        }
    }
}

/// Tries again until it succeeds or the time is over. Where locks do not exist, nobody has one.
fn patiently(wait: Duration, attempt: impl Fn() -> Result<(), TryLockError>) -> bool {
    let start = Instant::now();
    while let Err(TryLockError::WouldBlock) = attempt() {
        if start.elapsed() >= wait {
            return false;
        }
        std::thread::park_timeout(Duration::from_millis(2));
    }
    true
}

/// What tells this very file from another one of the same name; absent: not known here.
#[cfg(unix)]
pub(crate) fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let about = fs::metadata(path).ok()?;
    Some((about.dev(), about.ino()))
}

/// What tells this very file from another one of the same name. Where a file that is open cannot be
/// put aside, nothing need be told apart.
#[cfg(not(unix))]
pub(crate) fn identity(_path: &Path) -> Option<(u64, u64)> {
    None
}
