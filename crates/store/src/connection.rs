//! Connections to the file: one that writes, and as many that read as are wanted at once.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

/// How many connections for reading are kept for the next ones.
const KEPT: usize = 4;

/// Statements kept ready on each connection; more than there are in this crate.
const STATEMENTS: usize = 64;

/// How a connection that writes is opened.
const WRITING: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE
    .union(OpenFlags::SQLITE_OPEN_CREATE)
    .union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// How a connection that reads is opened.
const READING: OpenFlags = OpenFlags::SQLITE_OPEN_READ_ONLY.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// Where the file is, and how it may be opened.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    /// The file.
    pub(crate) path: PathBuf,
    /// How long to wait for another program's change.
    pub(crate) wait: Duration,
    /// True for a file that nobody can change while it is open, such as one on a read-only disk.
    pub(crate) frozen: bool,
}

impl Site {
    /// A connection that writes. What it has committed survives a power cut: in WAL mode that takes
    /// `synchronous = FULL`. There is no memory mapping: with it a failing disk would end the
    /// program instead of giving an error. Until it is told otherwise, the connection leaves the log as it
    /// is when it ends.
    pub(crate) fn writing(&self) -> rusqlite::Result<Connection> {
        let conn = Connection::open_with_flags(&self.path, WRITING)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        self.prepare(&conn)?;
        conn.pragma_update(None, "page_size", 4096)?;
        conn.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        conn.pragma_update(None, "synchronous", "full")?;
        conn.pragma_update(None, "foreign_keys", true)?;
        Ok(conn)
    }

    /// A connection that reads.
    pub(crate) fn reading(&self) -> rusqlite::Result<Connection> {
        let conn = if self.frozen {
            let flags = READING.union(OpenFlags::SQLITE_OPEN_URI);
            Connection::open_with_flags(uri(&self.path.to_string_lossy()), flags)?
        } else {
            Connection::open_with_flags(&self.path, READING)?
        };
        self.prepare(&conn)?;
        Ok(conn)
    }

    fn prepare(&self, conn: &Connection) -> rusqlite::Result<()> {
        conn.set_prepared_statement_cache_capacity(STATEMENTS);
        conn.busy_timeout(self.wait)?;
        conn.pragma_update(None, "cache_size", -16_384)?;
        conn.pragma_update(None, "temp_store", "memory")
    }
}

/// The file's name as SQLite takes it with parameters.
fn uri(path: &str) -> String {
    let escape = |c: char| match c {
        '%' => "%25".to_owned(),
        '?' => "%3f".to_owned(),
        '#' => "%23".to_owned(),
        other => other.to_string(),
    };
    let path: String = path.chars().map(escape).collect();
    format!("file:{path}?immutable=1")
}

/// Connections that read. In WAL mode none of them waits for a change.
pub(crate) struct Readers {
    site: Site,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    /// None yet.
    pub(crate) fn new(site: Site) -> Self {
        let idle = Mutex::new(Vec::new());
        Self { site, idle }
    }

    /// Reads with a connection of its own: all that is read shows one state of the directory.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let kept = self.lock().pop();
        let conn = match kept {
            Some(conn) => conn,
            None => self.site.reading()?,
        };
        let tx = conn.unchecked_transaction()?;
        let found = read(&tx);
        drop(tx);
        let mut idle = self.lock();
        if found.is_ok() && idle.len() < KEPT {
            idle.push(conn);
        }
        found
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
