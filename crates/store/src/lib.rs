//! The local copy of the directory: one SQLite file, the truth on this device.
//!
//! Promises: everything accepted is on the disk before [`Store::transact`] returns; a change is there
//! wholly or not at all; reading never waits for writing; nothing is thrown away (former bodies are
//! kept, a removed service leaves a tombstone); members that this version does not know survive; a
//! damaged file is put aside, never deleted, and what can be read of it is rescued. No panics.
//!
//! One table a file: its SQL, its rows, its queries.

mod area;
mod body;
mod card;
mod check;
mod connection;
mod draft;
mod error;
mod halt;
mod header;
mod history;
mod hub;
mod import;
mod locks;
mod migrations;
mod open;
mod organisation;
mod outbox;
mod overlay;
mod pick;
mod place;
mod published;
mod record;
mod revision;
mod salvage;
mod service;
mod setting;
mod staff;
mod staged;
mod taxonomy;
mod thesaurus;
mod tied;
mod transact;
mod undo;
mod unmet;
mod wal;

#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::{Areas, RecordId, Taxonomy, ThesaurusGroup};
use rusqlite::{Connection, Row};

use halt::{Halt, Watch};

pub use card::{Card, Entry};
pub use domain::Kind;
pub use draft::Draft;
pub use error::StoreError;
pub use history::{Former, Stamp};
pub use hub::{Membership, Position};
pub use import::{Import, ImportAbout, Imported, Known, Origin};
pub use open::{Incident, Opened};
pub use outbox::{Answers, Deed, OutboxCounts, OutboxRow, OutboxState};
pub use pick::Pick;
pub use place::PlaceBrief;
pub use published::{Adopt, Adopted, Lines, Published, PublishedLine, Scope};
pub use salvage::Salvaged;
pub use service::Changes;
pub use staff::{ItemCounts, ItemFilter, Private, StaffNews};
pub use staged::{Staged, StagedRecord, StagedWriter};
pub use transact::{Done, Load, Op};
pub use undo::Undone;
pub use unmet::Unmet;

/// How many records there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Services.
    pub services: usize,
    /// Organisations.
    pub organisations: usize,
    /// Places.
    pub places: usize,
}

/// The local copy, open. May be shared between threads; reads run beside each other and beside a
/// write.
pub struct Store {
    // In this order they end: connections first, then the locks, then what they were about.
    writer: Writer,
    readers: connection::Readers,
    locks: Option<locks::Locks>,
    /// Where a copy is read instead.
    copy: Option<tempfile::TempDir>,
    path: PathBuf,
    /// Tells this very file from one that took its place.
    identity: Option<(u64, u64)>,
    wait: Duration,
}

/// How anything is written, if it can be.
enum Writer {
    Open(Mutex<Connection>),
    ReadOnly,
    DiskFull,
}

impl Writer {
    /// Why nothing can be written.
    fn refusal(&self, path: &Path) -> StoreError {
        let path = path.to_path_buf();
        match self {
            Self::DiskFull => StoreError::DiskFull { path },
            Self::Open(_) | Self::ReadOnly => StoreError::ReadOnly { path },
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let copy = self.copy.as_ref().map(tempfile::TempDir::path);
        f.debug_struct("Store")
            .field("path", &self.path)
            .field("copy", &copy)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the directory in this folder, making both if they are not there.
    ///
    /// # Errors
    /// Every [`StoreError`] but `Damaged`: a damaged file is put aside and what can be read of it
    /// rescued, which is told by [`Opened::incidents`].
    pub fn open(folder: &Path) -> Result<Opened, StoreError> {
        open::open(folder, open::WAIT)
    }

    /// Makes a change, the only way in which anything is changed: in one transaction, on the disk
    /// when this returns.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was changed then.
    pub fn transact(&self, op: Op) -> Result<Done, StoreError> {
        self.transact_watched(op, &mut |_, _| ControlFlow::Continue(()))
    }

    /// Makes a change that may take a while: `watch` is told how many of how many records are done,
    /// and may stop it. The change is still one.
    ///
    /// # Errors
    /// [`StoreError`], [`StoreError::Cancelled`] when it was stopped; nothing was changed then.
    pub fn transact_watched(
        &self,
        op: Op,
        watch: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Done, StoreError> {
        let Writer::Open(writer) = &self.writer else {
            return Err(self.writer.refusal(&self.path));
        };
        let mut conn = writer.lock().unwrap_or_else(PoisonError::into_inner);
        let path = || self.path.clone();
        // While this lasts, nobody puts the file aside.
        let turn = match &self.locks {
            Some(locks) => Some(
                locks
                    .shared_turn(self.wait)
                    .ok_or_else(|| StoreError::Locked { path: path() })?,
            ),
            None => None,
        };
        if self.was_moved() {
            return Err(StoreError::Moved { path: path() });
        }
        let done = transact::carry_out(&mut conn, &op, &mut Watch(watch));
        let done = done.map_err(|halt| self.halted(halt));
        drop(turn);
        done
    }

    /// Looks at every page and every record, which takes a while.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when something is wrong: opening the directory again repairs it.
    pub fn verify(&self) -> Result<(), StoreError> {
        let found = self.read(check::whole)?;
        let Some(what) = found else {
            return Ok(());
        };
        self.remember_damage();
        let path = self.path.clone();
        Err(StoreError::Damaged { path, what })
    }

    /// How many records there are.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        self.read(counts)
    }

    /// How many changes were made to the directory. It grows by one with each operation that
    /// changed something in it; settings and unmet searches are no part of it.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn revision(&self) -> Result<i64, StoreError> {
        self.read(revision::current)
    }

    /// Names this very file. Another lineage (the file was rebuilt after damage, or is another one)
    /// means that rows and revisions remembered elsewhere hold no more.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn lineage(&self) -> Result<RecordId, StoreError> {
        self.read(revision::lineage)
    }

    /// Up to `limit` services after this row, in row order: how all are read, page by page.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn page(&self, after_row: i64, limit: usize) -> Result<Vec<Card>, StoreError> {
        self.read(|conn| card::page(conn, after_row, limit))
    }

    /// What is to be indexed again since this revision.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn changed_since(&self, revision: i64) -> Result<Changes, StoreError> {
        self.read(|conn| service::changed_since(conn, revision))
    }

    /// The services in these rows, in the order asked; rows that are no more are left out.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn cards(&self, rows: &[i64]) -> Result<Vec<Card>, StoreError> {
        self.read(|conn| card::of_rows(conn, rows))
    }

    /// The row of the service with this identifier.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn row_of(&self, id: RecordId) -> Result<Option<i64>, StoreError> {
        self.read(|conn| service::row_of(conn, &id))
    }

    /// The service with this identifier and everything around it.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn entry(&self, id: RecordId) -> Result<Option<Entry>, StoreError> {
        self.read(|conn| card::entry(conn, &id))
    }

    /// All taxonomies in display order.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn taxonomies(&self) -> Result<Vec<Taxonomy>, StoreError> {
        self.read(taxonomy::all)
    }

    /// All areas in display order, and where outcodes lie.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn areas(&self) -> Result<Areas, StoreError> {
        self.read(area::all)
    }

    /// The whole thesaurus.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn thesaurus(&self) -> Result<Vec<ThesaurusGroup>, StoreError> {
        self.read(thesaurus::all)
    }

    /// A setting of this desk; absent: never set.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn setting(&self, key: &str) -> Result<Option<serde_json::Value>, StoreError> {
        self.read(|conn| setting::get(conn, key))
    }

    /// Searches that found nothing, the latest day first.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn unmet(&self) -> Result<Vec<Unmet>, StoreError> {
        self.read(unmet::all)
    }

    fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.readers.read(read).map_err(|error| self.told(error))
    }

    fn halted(&self, halt: Halt) -> StoreError {
        match halt {
            Halt::Sql(error) => self.told(error),
            Halt::Staged(source) => StoreError::Staged { source },
            Halt::Cancelled => StoreError::Cancelled,
            Halt::Stale => StoreError::Stale,
            Halt::NothingToUndo => StoreError::NothingToUndo,
            Halt::Lines(source) => StoreError::Lines { source },
            Halt::AlreadySent => StoreError::AlreadySent,
            Halt::NotJoined => StoreError::NotJoined,
            Halt::Unfit(what) => StoreError::Unfit { what },
        }
    }

    fn told(&self, error: rusqlite::Error) -> StoreError {
        if self.was_moved() {
            let path = self.path.clone();
            return StoreError::Moved { path };
        }
        let told = StoreError::of(&self.path, error);
        if matches!(told, StoreError::Damaged { .. }) {
            self.remember_damage();
        }
        told
    }

    /// True when another one put the file aside, or it was taken away.
    fn was_moved(&self) -> bool {
        self.locks.is_some() && self.identity != locks::identity(&self.path)
    }

    /// Whoever opens the file next looks at all of it.
    fn remember_damage(&self) {
        if let Some(locks) = &self.locks {
            locks.damage_met();
        }
    }
}

fn counts(conn: &Connection) -> rusqlite::Result<Counts> {
    conn.prepare_cached(
        "SELECT (SELECT count(*) FROM service), (SELECT count(*) FROM organisation),
                (SELECT count(*) FROM place)",
    )?
    .query_row([], |row| {
        Ok(Counts {
            services: count(row, 0)?,
            organisations: count(row, 1)?,
            places: count(row, 2)?,
        })
    })
}

fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<usize> {
    let number: i64 = row.get(column)?;
    usize::try_from(number)
        .map_err(|_negative| rusqlite::Error::IntegralValueOutOfRange(column, number))
}
