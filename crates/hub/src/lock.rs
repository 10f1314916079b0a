//! One process serves a folder at a time.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::failure::Failure;

const FILE: &str = "hub.lock";

/// Keeps the folder for this process until it is dropped or the process ends.
pub(crate) struct Mine(#[expect(dead_code, reason = "what it holds is let go with it")] File);

/// Takes a folder.
pub(crate) fn take(folder: &Path) -> Result<Mine, Failure> {
    std::fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    let path = folder.join(FILE);
    let file = File::create(&path).map_err(|error| Failure::file(&path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(Mine(file)),
        Err(TryLockError::WouldBlock) => {
            let folder = folder.display();
            let told =
                format!("A hub serves {folder} already. Stop it first, or name another folder.");
            Err(Failure::InUse(told))
        }
        Err(TryLockError::Error(error)) => Err(Failure::file(&path, &error)),
    }
}
