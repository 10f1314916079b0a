//! Opening the local copy.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use rusqlite::Connection;

use crate::connection::{Readers, Site};
use crate::{Store, StoreError, counts, migrations};

/// How long to wait for another program's change.
pub(crate) const WAIT: Duration = Duration::from_secs(5);

/// The file in its folder.
const NAME: &str = "directory.sqlite3";

/// The local copy, opened, and what happened on the way.
#[derive(Debug)]
pub struct Opened {
    /// The local copy.
    pub store: Store,
    /// What a person must be told.
    pub incidents: Vec<Incident>,
    /// True when there was no directory here before, or none with a service in it: the built-in
    /// directory is to be loaded.
    pub fresh: bool,
}

/// Something that a person must be told about the local copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incident {
    /// The file was damaged. It was put aside and what could be read is in the new one. What is
    /// built in and was lost comes back with [`Op::Fill`](crate::Op::Fill).
    Damaged {
        /// Where the damaged file is now.
        moved_to: PathBuf,
        /// What could be read.
        salvaged: Salvaged,
    },
    /// Nothing may be written: searching works, changes are refused.
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
}

/// What could be read of a damaged file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Services.
    pub services: usize,
    /// Organisations.
    pub organisations: usize,
    /// Places.
    pub places: usize,
    /// Tables of which something could not be read.
    pub lost_tables: Vec<String>,
}

/// Opens the directory in this folder.
pub(crate) fn open(folder: &Path, wait: Duration) -> Result<Opened, StoreError> {
    fs::create_dir_all(folder).map_err(|error| StoreError::of_file(folder, error))?;
    let path = folder.join(NAME);
    let site = Site {
        path: path.clone(),
        wait,
        frozen: false,
    };
    let told = |error| StoreError::of(&path, error);
    let mut conn = site.writing().map_err(told)?;
    migrate(&path, &mut conn)?;
    let fresh = counts(&conn).map_err(told)?.services == 0;
    let store = Store {
        path: path.clone(),
        writer: Some(Mutex::new(conn)),
        readers: Readers::new(site),
    };
    Ok(Opened {
        store,
        incidents: Vec::new(),
        fresh,
    })
}

fn migrate(path: &Path, conn: &mut Connection) -> Result<(), StoreError> {
    let found: i64 = conn
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|error| StoreError::of(path, error))?;
    if found > migrations::known() {
        return Err(StoreError::Newer {
            path: path.to_path_buf(),
            found,
            known: migrations::known(),
        });
    }
    let damaged = |what: String| StoreError::Damaged {
        path: path.to_path_buf(),
        what,
    };
    migrations::all().to_latest(conn).map_err(|error| {
        if let rusqlite_migration::Error::RusqliteError { err, .. } = error {
            StoreError::of(path, err)
        } else {
            damaged(error.to_string())
        }
    })
}
