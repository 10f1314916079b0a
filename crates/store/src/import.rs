//! The tables `import` and `imported`: what came from other people's files, and with which of them.

use std::collections::HashMap;

use domain::RecordId;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::body::{self, key};
use crate::halt::{Halt, Watch};
use crate::transact::Change;
use crate::{Kind, Staged, StagedRecord, Store, StoreError, record, revision};

/// How many imports of a source remember which records came with them.
const REMEMBERED: i64 = 3;
/// Records between two looks at whether to go on.
const BETWEEN_LOOKS: u64 = 256;

/// An import to be made.
#[derive(Debug, Clone)]
pub struct Import {
    /// What is told of it.
    pub about: ImportAbout,
    /// The records; organisations and places before the services that name them.
    pub records: Staged,
    /// The directory's revision for which it was worked out; at another one it is refused.
    pub at_revision: i64,
}

/// What is told of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportAbout {
    /// The source, as people know it.
    pub source: String,
    /// The file or address.
    pub origin: String,
    /// The day, as ISO 8601 writes it.
    pub day: String,
    /// The date of the source, as it was said.
    #[serde(default)]
    pub dated: Option<String>,
    /// Under what licence its facts may be used.
    #[serde(default)]
    pub licence: Option<String>,
    /// Services new.
    #[serde(default)]
    pub new: u32,
    /// Services changed.
    #[serde(default)]
    pub changed: u32,
}

/// An import that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Its number.
    pub row: i64,
    /// What is told of it.
    pub about: ImportAbout,
    /// The revision that it made.
    pub revision: i64,
    /// Whether it was undone.
    pub undone: bool,
}

/// Where a record came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The import.
    pub about: ImportAbout,
    /// Where in it.
    pub at: String,
    /// Its identifier there.
    pub source_id: Option<String>,
}

/// What a source said of its records last time: a digest of each.
pub type Known = HashMap<(Kind, RecordId), i64>;

/// Makes an import. Its own row is written even where no record changes: that it says the same is
/// worth knowing.
pub(crate) fn make(
    change: &mut Change<'_>,
    import: &Import,
    watch: &mut Watch<'_>,
) -> Result<(), Halt> {
    let conn = change.conn();
    if revision::current(conn)? != import.at_revision {
        return Err(Halt::Stale);
    }
    let ImportAbout {
        source,
        origin,
        day,
        ..
    } = &import.about;
    let row = conn
        .prepare_cached(
            "INSERT INTO import (source, origin, day, revision, undone, body)
             VALUES (?1, ?2, ?3, ?4, 0, ?5)",
        )?
        .insert(params![
            source,
            origin,
            day,
            change.revision(),
            body::text(&import.about)?
        ])?;
    change.made(1);
    let total = import.records.records();
    for (done, record) in (0_u64..).zip(import.records.read()?) {
        if done.is_multiple_of(BETWEEN_LOOKS) {
            watch.look(done, total)?;
        }
        take(change, row, &record?)?;
    }
    forget(conn, source)?;
    Ok(())
}

fn take(change: &mut Change<'_>, import: i64, staged: &StagedRecord) -> Result<(), Halt> {
    change
        .conn()
        .prepare_cached(
            "INSERT OR REPLACE INTO imported (kind, record, import, source_id, at, digest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            staged.kind.name(),
            key(&staged.id),
            import,
            staged.source_id,
            staged.at,
            staged.digest
        ])?;
    if let Some(body) = &staged.body {
        record::put(change, staged.kind, &staged.id, body)?;
    }
    Ok(())
}

/// Which records came with imports long ago is let go.
fn forget(conn: &Connection, source: &str) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "DELETE FROM imported WHERE import IN (
           SELECT row FROM import WHERE source = ?1 ORDER BY row DESC LIMIT -1 OFFSET ?2)",
    )?
    .execute(params![source, REMEMBERED])
    .map(drop)
}

const COLUMNS: &str = "row, revision, undone, body";

fn read(row: &Row<'_>) -> rusqlite::Result<Imported> {
    Ok(Imported {
        row: row.get(0)?,
        revision: row.get(1)?,
        undone: row.get(2)?,
        about: body::read(row, 3)?,
    })
}

/// All imports, the latest first.
pub(crate) fn all(conn: &Connection) -> rusqlite::Result<Vec<Imported>> {
    let mut select =
        conn.prepare_cached(&format!("SELECT {COLUMNS} FROM import ORDER BY row DESC"))?;
    let rows = select.query_map([], read)?;
    rows.collect()
}

/// The import in this row.
pub(crate) fn get(conn: &Connection, row: i64) -> rusqlite::Result<Option<Imported>> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM import WHERE row = ?1"))?
        .query_row([row], read)
        .optional()
}

/// True when a later import of the same source stands.
pub(crate) fn has_later(conn: &Connection, import: &Imported) -> rusqlite::Result<bool> {
    conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM import WHERE source = ?1 AND row > ?2 AND undone = 0)",
    )?
    .query_row(params![import.about.source, import.row], |row| row.get(0))
}

/// Marks an import as undone.
pub(crate) fn mark_undone(conn: &Connection, row: i64) -> rusqlite::Result<()> {
    conn.prepare_cached("DELETE FROM imported WHERE import = ?1")?
        .execute([row])?;
    conn.prepare_cached("UPDATE import SET undone = 1 WHERE row = ?1")?
        .execute([row])
        .map(drop)
}

/// What the latest import of this source that stands said of its records.
pub(crate) fn known(conn: &Connection, source: &str) -> rusqlite::Result<Known> {
    let mut select = conn.prepare_cached(
        "SELECT kind, record, digest FROM imported WHERE import =
           (SELECT max(row) FROM import WHERE source = ?1 AND undone = 0)",
    )?;
    let mut rows = select.query([source])?;
    let mut known = Known::new();
    while let Some(row) = rows.next()? {
        let kind = Kind::named(row.get_ref(0)?.as_str()?);
        if let Some(kind) = kind {
            known.insert((kind, body::id(row, 1)?), row.get(2)?);
        }
    }
    Ok(known)
}

/// Where a record came from: the latest import of each source, the latest first.
pub(crate) fn origins(
    conn: &Connection,
    kind: Kind,
    id: &RecordId,
) -> rusqlite::Result<Vec<Origin>> {
    let mut select = conn.prepare_cached(
        "SELECT import.body, imported.at, imported.source_id FROM imported
         JOIN import ON import.row = imported.import
         WHERE imported.record = ?1 AND imported.kind = ?2 AND import.undone = 0
           AND imported.import IN (SELECT max(row) FROM import WHERE undone = 0 GROUP BY source)
         ORDER BY import.row DESC",
    )?;
    let rows = select.query_map(params![key(id), kind.name()], |row| {
        Ok(Origin {
            about: body::read(row, 0)?,
            at: row.get(1)?,
            source_id: row.get(2)?,
        })
    })?;
    rows.collect()
}

impl Store {
    /// All imports, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn imports(&self) -> Result<Vec<Imported>, StoreError> {
        self.read(all)
    }

    /// What the latest import of this source said of its records.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn known_of(&self, source: &str) -> Result<Known, StoreError> {
        self.read(|conn| known(conn, source))
    }

    /// Where a record came from, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn origins(&self, kind: Kind, id: RecordId) -> Result<Vec<Origin>, StoreError> {
        self.read(|conn| origins(conn, kind, &id))
    }
}
