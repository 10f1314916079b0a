//! Whose turn it is: one sync of a copy at a time, whichever programs have it open.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::{Stop, SyncError};

/// A turn; it ends when it is dropped, or with its program.
#[derive(Debug)]
pub(crate) struct Turn {
    _file: File,
}

/// Takes the turn for the copy in this folder, or waits for it this long.
///
/// # Errors
/// [`SyncError::Elsewhere`] when another one has it for longer, [`SyncError::Io`] when the folder
/// can't be written.
pub(crate) fn take(folder: &Path, wait: Duration, stop: &Stop) -> Result<Turn, SyncError> {
    let folder = folder.join("sync");
    let path = folder.join("lock");
    let fail = |source| SyncError::io(&path, source);
    fs::create_dir_all(&folder).map_err(fail)?;
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    let file = options.open(&path).map_err(fail)?;
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Turn { _file: file }),
            Err(TryLockError::WouldBlock) if stop.was_said() => return Err(SyncError::Stopped),
            Err(TryLockError::WouldBlock) if begun.elapsed() < wait => {
                std::thread::park_timeout(Duration::from_millis(20));
            }
            Err(TryLockError::WouldBlock) => return Err(SyncError::Elsewhere),
            // Where locks do not exist, nobody has one.
            Err(TryLockError::Error(_)) => return Ok(Turn { _file: file }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let stop = Stop::default();
        let first = take(folder.path(), Duration::ZERO, &stop).unwrap();
        let second = take(folder.path(), Duration::from_millis(50), &stop);
        assert!(matches!(second, Err(SyncError::Elsewhere)));
        drop(first);
        take(folder.path(), Duration::ZERO, &stop).unwrap();
    }
}
