//! What can go wrong with the local copy, in words for the person at the desk.

use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};

/// Why the local copy could not be opened, read or changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program holds the file for longer than we wait.
    #[error(
        "The directory ({path}) is in use by another program. Nothing was changed. Close other windows of Signpost, or wait a moment, and try again."
    )]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// No room is left for the change.
    #[error(
        "The disk is full, so the change to the directory ({path}) was not saved. Nothing was half saved. Make some room on the disk and try again."
    )]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder may not be written.
    #[error(
        "The directory ({path}) may not be written here, so nothing can be saved in it. Ask whoever looks after this computer for permission to write in that folder."
    )]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// A newer Signpost made the file. It was left as it is.
    #[error(
        "The directory ({path}) was made by a newer Signpost (its format is {found}, this one knows up to {known}). It was left as it is. Install the newest Signpost and start again."
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The format of the file.
        found: i64,
        /// The newest format that this version knows.
        known: i64,
    },
    /// The file cannot be read as it should. Opening it again repairs what can be repaired.
    #[error(
        "The directory ({path}) is damaged ({what}). Close Signpost and start it again: it will put the damaged file aside and rescue what can be read."
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was met.
        what: String,
    },
    /// Another Signpost put the file aside as damaged and made a new one.
    #[error(
        "The directory ({path}) was repaired by another window of Signpost, or taken away, while it was open here. Nothing was changed. Start Signpost again and repeat what you did."
    )]
    Moved {
        /// The file.
        path: PathBuf,
    },
    /// The folder or a file in it cannot be used at all.
    #[error(
        "The folder for the directory ({path}) cannot be used: {source}. Check that it is a folder and that you may use it, or choose another one."
    )]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Somebody stopped the change on its way.
    #[error("Cancelled. Nothing was changed.")]
    Cancelled,
    /// What was to be changed is no longer as it was when the change was worked out.
    #[error(
        "The directory has changed since this was checked, so nothing was imported. Check it once more, then import."
    )]
    Stale,
    /// There is nothing to undo.
    #[error(
        "This import can't be undone: it was undone already, or a later import from the same source stands. Undo that one first."
    )]
    NothingToUndo,
    /// The records that wait to be imported cannot be read.
    #[error(
        "What was to be imported could not be read again ({source}), so nothing was changed. Check it once more, then import."
    )]
    Staged {
        /// What the system said.
        source: std::io::Error,
    },
    /// What a hub published cannot be read.
    #[error(
        "What came from the hub could not be read ({source}), so nothing was changed. Signpost tries again by itself."
    )]
    Lines {
        /// What was met.
        source: std::io::Error,
    },
    /// Too late to withdraw it.
    #[error(
        "This can't be withdrawn any more: it was sent already, or withdrawn before. To put things back, make a new change."
    )]
    AlreadySent,
    /// Nothing can be sent from here.
    #[error(
        "This computer has not joined a hub, or only reads from it, so nothing can be sent. Ask a curator for a code, and join with it."
    )]
    NotJoined,
    /// The change would leave an entry that nobody can read.
    #[error(
        "The change was not made, as the entry could not be read after it ({what}). Nothing was changed."
    )]
    Unfit {
        /// What is wrong with it.
        what: String,
    },
    /// Anything else that the database said.
    #[error(
        "The directory ({path}) could not be used: {source}. Nothing was changed. Try again; if it happens again, restart the computer."
    )]
    Other {
        /// The file.
        path: PathBuf,
        /// What the database said.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// What a database error on this file means for people.
    pub(crate) fn of(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_path_buf();
        if is_damage(&error) {
            let what = error.to_string();
            return Self::Damaged { path, what };
        }
        let extended = error.sqlite_extended_error_code();
        if extended.is_some_and(|code| NO_ROOM.contains(&code)) {
            return Self::DiskFull { path };
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            _ => Self::Other {
                path,
                source: error,
            },
        }
    }

    /// What an error of the file system on this file means for people.
    pub(crate) fn of_file(path: &Path, error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        let path = path.to_path_buf();
        let is = |kinds: &[ErrorKind]| kinds.contains(&error.kind());
        if is(&[ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem]) {
            Self::ReadOnly { path }
        } else if is(&[ErrorKind::StorageFull, ErrorKind::QuotaExceeded]) {
            Self::DiskFull { path }
        } else {
            let source = error;
            Self::Folder { path, source }
        }
    }
}

/// The disk gives back less than was written, or nothing; or the file is in a format that SQLite
/// does not know, for which it has no code of its own.
const UNREADABLE: [i32; 4] = [
    ffi::SQLITE_ERROR,
    ffi::SQLITE_IOERR_READ,
    ffi::SQLITE_IOERR_SHORT_READ,
    ffi::SQLITE_IOERR_CORRUPTFS,
];

/// No room for the file that is shared between programs.
const NO_ROOM: [i32; 2] = [ffi::SQLITE_IOERR_SHMSIZE, ffi::SQLITE_FULL];

/// True when the file's content is at fault: its pages, its schema, or a value in it that does not
/// have the shape in which it was written.
pub(crate) fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::Error as E;
    let misshapen = matches!(
        error,
        E::FromSqlConversionFailure(..)
            | E::IntegralValueOutOfRange(..)
            | E::Utf8Error(..)
            | E::InvalidColumnType(..)
            | E::InvalidColumnName(..)
            | E::InvalidColumnIndex(..)
            | E::QueryReturnedNoRows
            | E::SqlInputError { .. }
    );
    let unreadable = [
        ErrorCode::DatabaseCorrupt,
        ErrorCode::NotADatabase,
        ErrorCode::SchemaChanged,
    ];
    let code = error.sqlite_error_code();
    let extended = error.sqlite_extended_error_code();
    if extended.is_some_and(|code| UNREADABLE.contains(&code)) {
        return true;
    }
    misshapen || code.is_some_and(|code| unreadable.contains(&code))
}
