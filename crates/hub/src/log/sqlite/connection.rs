//! Connections to the file: one that writes, several that read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};

use crate::log::LogError;

/// The file's name in the hub's folder.
pub(crate) const FILE: &str = "hub.sqlite3";

/// Connections that read and are kept for the next ones.
const KEPT: usize = 8;

/// How long to wait for another program's change.
const WAIT: Duration = Duration::from_secs(10);

/// Where the file is.
#[derive(Debug, Clone)]
pub(super) struct Site(PathBuf);

impl Site {
    /// The file of this folder.
    pub(super) fn of(folder: &Path) -> Self {
        Self(folder.join(FILE))
    }

    /// Its path.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// A connection that writes, to a file that is there. What it has committed survives a power cut.
    pub(super) fn writing(&self) -> Result<Connection, LogError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        self.open(flags)
    }

    /// A connection that writes, to a file that may be new.
    pub(super) fn making(&self) -> Result<Connection, LogError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        self.open(flags)
    }

    fn open(&self, flags: OpenFlags) -> Result<Connection, LogError> {
        let conn =
            Connection::open_with_flags(&self.0, flags).map_err(|error| LogError::Folder {
                path: self.0.display().to_string(),
                why: error.to_string(),
            })?;
        prepare(&conn)?;
        conn.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))
            .map_err(told)?;
        conn.pragma_update(None, "synchronous", "full")
            .map_err(told)?;
        conn.pragma_update(None, "foreign_keys", true)
            .map_err(told)?;
        Ok(conn)
    }

    fn reading(&self) -> Result<Connection, LogError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(&self.0, flags).map_err(told)?;
        prepare(&conn)?;
        Ok(conn)
    }
}

fn prepare(conn: &Connection) -> Result<(), LogError> {
    conn.set_prepared_statement_cache_capacity(64);
    conn.busy_timeout(WAIT).map_err(told)?;
    conn.pragma_update(None, "cache_size", -16_384)
        .map_err(told)?;
    conn.pragma_update(None, "temp_store", "memory")
        .map_err(told)
}

/// Connections that read.
#[derive(Clone)]
pub(super) struct Readers {
    site: Site,
    kept: Arc<Mutex<Vec<Connection>>>,
}

impl Readers {
    pub(super) fn new(site: Site) -> Self {
        Self {
            site,
            kept: Arc::default(),
        }
    }

    /// Reads, away from the threads that serve requests. All of it sees one moment.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        let readers = self.clone();
        let read = move || {
            let conn = readers.take()?;
            let tx = conn.unchecked_transaction().map_err(told)?;
            let answer = work(&conn)?;
            tx.finish().map_err(told)?;
            readers.keep(conn);
            Ok(answer)
        };
        let joined = tokio::task::spawn_blocking(read).await;
        joined.map_err(|error| LogError::Other(error.to_string()))?
    }

    fn take(&self) -> Result<Connection, LogError> {
        let kept = self
            .kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        kept.map_or_else(|| self.site.reading(), Ok)
    }

    fn keep(&self, conn: Connection) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT {
            kept.push(conn);
        }
    }
}

/// What an error of the database means.
pub(crate) fn told(error: rusqlite::Error) -> LogError {
    let said = error.to_string();
    let code = error.sqlite_error_code();
    if matches!(code, Some(ErrorCode::ConstraintViolation)) && said.contains("account.name") {
        return LogError::NameTaken;
    }
    match code {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LogError::Busy(said),
        Some(ErrorCode::DiskFull) => LogError::Full(said),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => LogError::Damaged(said),
        _ if is_full(&error) => LogError::Full(said),
        _ => LogError::Other(said),
    }
}

fn is_full(error: &rusqlite::Error) -> bool {
    let extended = error.sqlite_extended_error_code();
    extended.is_some_and(|code| [ffi::SQLITE_FULL, ffi::SQLITE_IOERR_WRITE].contains(&code))
}
