//! Published records arranged for the questions of the Open Referral UK API: one SQLite file beside
//! the log, or a temporary one, that can be thrown away at any time.
//!
//! It follows the log up to each publication, whatever the log is kept in; so every process of a hub
//! has one of its own, and none of them burdens the log with searches. Only what is published is on
//! it.

mod arrange;
mod documents;
mod hours;
mod pages;
mod question;
mod taxonomies;
mod terms;

#[cfg(test)]
pub(crate) mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::{Areas, RecordId};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};
use serde_json::Value;
use tokio::sync::{Mutex, watch};
use wire::Line;

use crate::log::sqlite::told;
use crate::log::{Log, LogError, Versions};

pub(crate) use documents::Depth;
pub(crate) use pages::{Listed, Part};
pub(crate) use question::{Hours, Near, Question};

/// The shelf's file in the hub's folder, and the lock of whoever uses it.
const FILE: &str = "api.sqlite3";
const LOCK: &str = "api.lock";
const SCHEMA: &str = include_str!("shelf/schema.sql");
/// Another schema, or another way of arranging: another number, and the file is made again.
const FORMAT: i64 = 1;
/// Connections that read and are kept for the next ones.
const KEPT: usize = 4;
/// Buckets that are read from the log at once while the shelf is filled.
const BUCKETS_AT_ONCE: u8 = 16;

/// A list of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    /// `/services`
    Services,
    /// `/service_at_locations`
    AtPlaces,
    /// `/organizations`
    Organisations,
    /// `/taxonomies`
    Taxonomies,
    /// `/taxonomy_terms`
    Terms,
}

/// What is on the shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stands {
    /// The hub's epoch.
    pub(crate) epoch: u64,
    /// The publication's sequence up to which the shelf goes.
    pub(crate) sequence: u64,
}

/// The shelf.
pub(crate) struct Shelf {
    path: PathBuf,
    areas: Arc<Areas>,
    writer: Arc<Mutex<Connection>>,
    readers: Arc<std::sync::Mutex<Vec<Connection>>>,
    stands: watch::Sender<Option<Stands>>,
    _held: Held,
}

/// What a shelf holds as long as it is there: the lock of a file that is kept, or the folder of one
/// that goes with it.
#[expect(dead_code, reason = "they act by being dropped")]
enum Held {
    Kept(std::fs::File),
    Passing(tempfile::TempDir),
}

impl Shelf {
    /// Opens the shelf of a folder, or a temporary one where there is no folder or another process
    /// uses its shelf.
    pub(crate) fn open(folder: Option<&Path>, areas: Arc<Areas>) -> Result<Self, LogError> {
        let kept = folder.and_then(|folder| Some((kept(folder)?, folder.join(FILE))));
        let (held, path) = match kept {
            Some((lock, path)) => (Held::Kept(lock), path),
            None => {
                let folder = tempfile::tempdir().map_err(failed)?;
                let path = folder.path().join(FILE);
                (Held::Passing(folder), path)
            }
        };
        let conn = match prepared(&path) {
            Ok(conn) => conn,
            // Nothing is lost with it: it is made again.
            Err(_unfit) => {
                for ending in ["", "-wal", "-shm"] {
                    let mut name = path.clone().into_os_string();
                    name.push(ending);
                    let _absent = std::fs::remove_file(name);
                }
                prepared(&path)?
            }
        };
        let stands = standing(&conn)?.and_then(|(_hub, stands)| stands);
        Ok(Self {
            path,
            areas,
            writer: Arc::new(Mutex::new(conn)),
            readers: Arc::default(),
            stands: watch::Sender::new(stands),
            _held: held,
        })
    }

    /// What is on it; none: it is being filled.
    pub(crate) fn stands(&self) -> Option<Stands> {
        *self.stands.borrow()
    }

    /// The areas by which postcodes are told.
    pub(crate) fn areas(&self) -> &Areas {
        &self.areas
    }

    /// Brings it up to a publication of this hub.
    pub(crate) async fn follow(
        &self,
        log: &dyn Log,
        hub: RecordId,
        to: Stands,
    ) -> Result<(), LogError> {
        let mut writer = Arc::clone(&self.writer).lock_owned().await;
        let here = standing(&writer)?.filter(|(of, _stands)| *of == hub);
        let here = here.and_then(|(_hub, stands)| stands);
        let here = here.filter(|here| here.epoch == to.epoch && here.sequence <= to.sequence);
        if here == Some(to) {
            self.stands.send_replace(here);
            return Ok(());
        }
        if let Some(here) = here {
            let versions = Versions {
                after: here.sequence,
                to: to.sequence,
                tombstones: true,
            };
            let lines = log.lines(0..=u8::MAX, versions).await?.lines;
            writer = self.put(writer, lines, Some(to.sequence)).await?;
        } else {
            self.stands.send_replace(None);
            let epoch = i64::try_from(to.epoch).unwrap_or(i64::MAX);
            writer = change(writer, move |conn| arrange::clear(conn, hub, epoch)).await?;
            failpoints::reach("shelf:cleared");
            writer = self.fill(writer, log, to.sequence).await?;
        }
        failpoints::reach("shelf:kept");
        drop(writer);
        self.stands.send_replace(Some(to));
        Ok(())
    }

    async fn fill(&self, mut writer: Writer, log: &dyn Log, to: u64) -> Result<Writer, LogError> {
        let versions = Versions {
            after: 0,
            to,
            tombstones: false,
        };
        for first in (0..=u8::MAX).step_by(usize::from(BUCKETS_AT_ONCE)) {
            let last = first.saturating_add(BUCKETS_AT_ONCE - 1);
            let lines = log.lines(first..=last, versions).await?.lines;
            let done = (last == u8::MAX).then_some(to);
            writer = self.put(writer, lines, done).await?;
        }
        Ok(writer)
    }

    async fn put(
        &self,
        writer: Writer,
        lines: Vec<Line>,
        sequence: Option<u64>,
    ) -> Result<Writer, LogError> {
        let areas = Arc::clone(&self.areas);
        let put = move |conn: &Connection| {
            arrange::put(conn, &areas, &lines)?;
            failpoints::reach("shelf:put");
            if let Some(sequence) = sequence {
                let sequence = i64::try_from(sequence).unwrap_or(i64::MAX);
                let sql = "UPDATE standing SET sequence = ?1";
                conn.execute(sql, [sequence]).map_err(told)?;
            }
            Ok(())
        };
        change(writer, put).await
    }

    /// A part of a list, with what the shelf stood at.
    pub(crate) async fn list(
        &self,
        list: List,
        question: Question,
        how: (Part, Depth),
    ) -> Result<(Listed, Stands), LogError> {
        self.read(move |conn| pages::list(conn, list, &question, how))
            .await
    }

    /// One document, with what the shelf stood at; none: there is no such record.
    pub(crate) async fn one(
        &self,
        list: List,
        id: RecordId,
        full: bool,
    ) -> Result<(Option<Value>, Stands), LogError> {
        self.read(move |conn| match list {
            List::Organisations => documents::organisation(conn, id, full),
            List::Services | List::AtPlaces | List::Taxonomies | List::Terms => {
                pages::document(conn, list, id, Depth::Full)
            }
        })
        .await
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, LogError> + Send + 'static,
    ) -> Result<(T, Stands), LogError> {
        let (readers, path) = (Arc::clone(&self.readers), self.path.clone());
        let read = move || {
            let kept = lock(&readers).pop();
            let conn = kept.map_or_else(|| reading(&path), Ok)?;
            let tx = conn.unchecked_transaction().map_err(told)?;
            let Some((_hub, Some(stands))) = standing(&conn)? else {
                return Err(LogError::Busy(
                    "its directory is being put in order".to_owned(),
                ));
            };
            let answer = work(&conn)?;
            tx.finish().map_err(told)?;
            let mut kept = lock(&readers);
            if kept.len() < KEPT {
                kept.push(conn);
            }
            Ok((answer, stands))
        };
        let joined = tokio::task::spawn_blocking(read).await;
        joined.map_err(|error| LogError::Other(error.to_string()))?
    }
}

type Writer = tokio::sync::OwnedMutexGuard<Connection>;

fn lock(readers: &std::sync::Mutex<Vec<Connection>>) -> std::sync::MutexGuard<'_, Vec<Connection>> {
    readers
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to `map_err`")]
fn failed(error: std::io::Error) -> LogError {
    LogError::Other(format!("a file for the API could not be made: {error}"))
}

/// The lock of a folder's shelf; none: another process has it, or the folder can't be used.
fn kept(folder: &Path) -> Option<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    let lock = options
        .write(true)
        .create(true)
        .truncate(false)
        .open(folder.join(LOCK))
        .ok()?;
    lock.try_lock().ok()?;
    Some(lock)
}

/// A connection that writes, to a file with this schema.
fn prepared(path: &Path) -> Result<Connection, LogError> {
    let conn = Connection::open(path).map_err(told)?;
    conn.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))
        .map_err(told)?;
    // What a power cut takes is made again.
    conn.pragma_update(None, "synchronous", "normal")
        .map_err(told)?;
    conn.pragma_update(None, "cache_size", -65_536)
        .map_err(told)?;
    conn.set_prepared_statement_cache_capacity(64);
    let found: i64 = conn
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(told)?;
    if found == 0 {
        conn.execute_batch(SCHEMA).map_err(told)?;
        conn.pragma_update(None, "user_version", FORMAT)
            .map_err(told)?;
    } else if found != FORMAT {
        return Err(LogError::damaged("the API's file has another format"));
    }
    Ok(conn)
}

fn reading(path: &Path) -> Result<Connection, LogError> {
    use rusqlite::OpenFlags;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(told)?;
    conn.busy_timeout(std::time::Duration::from_secs(10))
        .map_err(told)?;
    conn.pragma_update(None, "cache_size", -16_384)
        .map_err(told)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}

/// Whose records are on it, and up to where; none: it is being filled.
fn standing(conn: &Connection) -> Result<Option<(RecordId, Option<Stands>)>, LogError> {
    let sql = "SELECT hub, epoch, sequence FROM standing";
    let mut select = conn.prepare_cached(sql).map_err(told)?;
    let found = select.query_row(params![], |row| {
        let epoch: i64 = row.get(1)?;
        let sequence: i64 = row.get(2)?;
        let stands = u64::try_from(epoch).ok().zip(u64::try_from(sequence).ok());
        let stands = stands.map(|(epoch, sequence)| Stands { epoch, sequence });
        Ok((RecordId::from_bytes(row.get(0)?), stands))
    });
    found.optional().map_err(told)
}

/// Changes what is on the shelf in one transaction, away from the threads that serve requests.
async fn change(
    mut writer: Writer,
    work: impl FnOnce(&Connection) -> Result<(), LogError> + Send + 'static,
) -> Result<Writer, LogError> {
    let work = move || within(&mut writer, work).map(|()| writer);
    let joined = tokio::task::spawn_blocking(work).await;
    joined.map_err(|error| LogError::Other(error.to_string()))?
}

fn within(
    conn: &mut Connection,
    work: impl FnOnce(&Connection) -> Result<(), LogError>,
) -> Result<(), LogError> {
    let tx = conn
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(told)?;
    work(&tx)?;
    tx.commit().map_err(told)
}

/// A moment as RFC 3339, from seconds since 1970.
fn moment(seconds: i64) -> String {
    crate::clock::text(u64::try_from(seconds).unwrap_or(0))
}
