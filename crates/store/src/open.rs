//! Opening the local copy, whatever state it is in.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::connection::{Readers, Site};
use crate::header::{self, Look, beside, holds_something};
use crate::locks::{Left, Locks};
use crate::salvage::{self, Salvaged};
use crate::wal::Wal;
use crate::{Store, StoreError, Writer, check, counts, migrations};

/// How long to wait for another program's change.
pub(crate) const WAIT: Duration = Duration::from_secs(5);

/// How long to look for damage in a file that was closed in good order, and in one that was not.
const LOOK: Duration = Duration::from_millis(120);
const LONG_LOOK: Duration = Duration::from_secs(3);

/// Versions further ahead than this are no versions but damage.
const AHEAD: i64 = 1000;

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
    /// Nothing may be written here: searching works, changes are refused.
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The disk is too full to write at all: searching works, changes are refused until there is
    /// room and the directory was opened again.
    DiskFull {
        /// The file.
        path: PathBuf,
    },
}

/// Opens the directory in this folder.
pub(crate) fn open(folder: &Path, wait: Duration) -> Result<Opened, StoreError> {
    let path = folder.join(NAME);
    let site = Site {
        path: path.clone(),
        wait,
        frozen: false,
    };
    let locks = fs::create_dir_all(folder).and_then(|()| Locks::of(&path));
    let opened = locks
        .map_err(|error| StoreError::of_file(folder, error))
        .and_then(|locks| open_for_writing(&site, locks));
    match opened {
        Err(StoreError::ReadOnly { .. }) => open_for_reading(&site, Writer::ReadOnly),
        Err(StoreError::DiskFull { .. }) => open_for_reading(&site, Writer::DiskFull),
        other => other,
    }
}

fn open_for_writing(site: &Site, locks: Locks) -> Result<Opened, StoreError> {
    let path = site.path.clone();
    let Some(turn) = locks.turn(site.wait) else {
        return Err(StoreError::Locked { path });
    };
    let mut rescued = salvage::finish(&path)?;
    let conn = match sound(site, &locks) {
        Err(StoreError::Damaged { .. }) => {
            rescued = Some(salvage::rescue(site)?);
            prepared(site)
        }
        other => other,
    }?;
    let told = |error| StoreError::of(&path, error);
    let fresh = is_fresh(&conn).map_err(told)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
        .map_err(told)?;
    locks.opened();
    drop(turn);
    let incident = |(moved_to, salvaged)| Incident::Damaged { moved_to, salvaged };
    Ok(Opened {
        store: Store {
            writer: Writer::Open(Mutex::new(conn)),
            readers: Readers::new(site.clone()),
            identity: crate::locks::identity(&path),
            wait: site.wait,
            path,
            locks: Some(locks),
            copy: None,
        },
        incidents: rescued.map(incident).into_iter().collect(),
        fresh,
    })
}

/// The connection that writes, to a file in which no damage was found.
fn sound(site: &Site, locks: &Locks) -> Result<Connection, StoreError> {
    let path = &site.path;
    let damaged = |what: String| StoreError::Damaged {
        path: path.clone(),
        what,
    };
    let is_new = look_at_header(path)? == Look::Nothing;
    let log = beside(path, "-wal");
    if holds_something(&log) && locks.alone() {
        let wal = Wal::read(&log).map_err(|error| StoreError::of_file(&log, error))?;
        if is_new || wal.hides_changes() {
            return Err(damaged("changes in it cannot be reached".to_owned()));
        }
        // The newest version may stand in the log alone. Reading it changes nothing.
        refuse_newer(path, &site.reading().map_err(|e| StoreError::of(path, e))?)?;
    }
    let conn = prepared(site)?;
    let found = match locks.left() {
        _ if is_new => Ok(None),
        Left::Clean => check::quick(&conn, LOOK),
        Left::Open => check::quick(&conn, LONG_LOOK),
        Left::Damaged => check::whole(&conn),
    };
    match found.map_err(|error| StoreError::of(path, error))? {
        Some(what) => Err(damaged(what)),
        None => Ok(conn),
    }
}

/// The connection that writes, to a file of this version. Until the file is known to be sound, its
/// log is not written into it when the connection ends.
fn prepared(site: &Site) -> Result<Connection, StoreError> {
    let path = &site.path;
    let told = |error| StoreError::of(path, error);
    let mut conn = site.writing().map_err(told)?;
    refuse_newer(path, &conn)?;
    if conn.is_readonly("main").map_err(told)? {
        let path = path.clone();
        return Err(StoreError::ReadOnly { path });
    }
    migrations::all()
        .to_latest(&mut conn)
        .map_err(|error| migrations::told(path, error))?;
    Ok(conn)
}

/// Looks at the file without touching it.
fn look_at_header(path: &Path) -> Result<Look, StoreError> {
    let source = |source| StoreError::Folder {
        path: path.to_path_buf(),
        source,
    };
    let look = header::look(path).map_err(source)?;
    match look {
        Look::Database { version } => refuse_version(path, version)?,
        Look::Nothing => {}
        Look::Broken => {
            return Err(StoreError::Damaged {
                path: path.to_path_buf(),
                what: "it does not begin like a directory".to_owned(),
            });
        }
    }
    Ok(look)
}

fn refuse_newer(path: &Path, conn: &Connection) -> Result<(), StoreError> {
    let version = conn
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|error| StoreError::of(path, error))?;
    refuse_version(path, version)
}

fn refuse_version(path: &Path, found: i64) -> Result<(), StoreError> {
    let known = migrations::known();
    let path = path.to_path_buf();
    if (0..=known).contains(&found) {
        Ok(())
    } else if (known..=known.saturating_add(AHEAD)).contains(&found) {
        Err(StoreError::Newer { path, found, known })
    } else {
        let what = format!("no Signpost has a format {found}");
        Err(StoreError::Damaged { path, what })
    }
}

/// Opens what is there where nothing can be written: in place, or as a copy elsewhere if reading it
/// would take writing (a log to recover, an older version).
fn open_for_reading(site: &Site, writer: Writer) -> Result<Opened, StoreError> {
    let path = site.path.clone();
    let told = |error| StoreError::of(&path, error);
    if look_at_header(&path)? == Look::Nothing {
        return Err(writer.refusal(&path));
    }
    let incident = match writer {
        Writer::DiskFull => Incident::DiskFull { path: path.clone() },
        Writer::Open(_) | Writer::ReadOnly => Incident::ReadOnly { path: path.clone() },
    };
    // Nobody can change a file on a full disk, unless a log is there already.
    let frozen = matches!(writer, Writer::DiskFull) && !holds_something(&beside(&path, "-wal"));
    let in_place = Site {
        frozen,
        ..site.clone()
    };
    let current = |conn: &Connection| {
        let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
        Ok(version == migrations::known() && counts(conn).is_ok())
    };
    let readable = in_place.reading().and_then(|conn| current(&conn));
    let (site, copy) = if readable.unwrap_or(false) {
        (in_place, None)
    } else {
        let (site, copy) = copied(site)?;
        (site, Some(copy))
    };
    let fresh = site
        .reading()
        .and_then(|conn| is_fresh(&conn))
        .map_err(told)?;
    Ok(Opened {
        store: Store {
            writer,
            wait: site.wait,
            readers: Readers::new(site),
            identity: None,
            path,
            locks: None,
            copy,
        },
        incidents: vec![incident],
        fresh,
    })
}

/// A copy of the file in a place for such things, brought to this version.
fn copied(site: &Site) -> Result<(Site, tempfile::TempDir), StoreError> {
    let told = |error| StoreError::of_file(&site.path, error);
    let folder = tempfile::tempdir().map_err(told)?;
    let path = folder.path().join(NAME);
    let log = beside(&site.path, "-wal");
    fs::copy(&site.path, &path).map_err(told)?;
    if holds_something(&log) {
        fs::copy(&log, beside(&path, "-wal")).map_err(told)?;
    }
    let make_writable = |file: &Path| -> std::io::Result<()> {
        // The copy took over that nobody may write it.
        let content = fs::read(file)?;
        fs::remove_file(file)?;
        fs::write(file, content)
    };
    make_writable(&path).map_err(told)?;
    let copy = Site {
        path,
        ..site.clone()
    };
    prepared(&copy).map_err(|error| {
        let StoreError::Damaged { what, .. } = error else {
            return error;
        };
        StoreError::Damaged {
            path: site.path.clone(),
            what: format!("{what}; it cannot be repaired where nothing may be written"),
        }
    })?;
    Ok((copy, folder))
}

/// True when there is no service in it and never was.
fn is_fresh(conn: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM service) AND NOT EXISTS (SELECT 1 FROM tombstone)";
    conn.query_row(sql, [], |row| row.get(0))
}
