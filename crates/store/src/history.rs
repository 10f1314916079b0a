//! The table `history`: what each record was before each change. Undo hangs on it.

use domain::RecordId;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::body::key;
use crate::transact::Change;
use crate::{Kind, Store, StoreError};

/// When and by whom a change was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// When, RFC 3339.
    pub at: String,
    /// By whom, as far as that is said.
    pub by: Option<String>,
}

/// When and by whom the change on its way is made, as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Made {
    /// Nobody said.
    Unsaid,
    /// Somebody here said.
    Said(Stamp),
    /// The hub took it at this second since 1970.
    Published(i64),
}

/// What a record was before a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// The revision that the change made.
    pub revision: i64,
    /// When the change was made, RFC 3339, where that was said.
    pub at: Option<String>,
    /// By whom the change was made, where that was said.
    pub by: Option<String>,
    /// What the record was until then, as JSON.
    pub body: String,
}

/// Keeps the former body of a record that is about to change.
pub(crate) fn keep(
    change: &Change<'_>,
    kind: Kind,
    record: &RecordId,
    body: &str,
) -> rusqlite::Result<()> {
    let (at, by, second) = match change.made_when() {
        Made::Unsaid => (None, None, None),
        Made::Said(Stamp { at, by }) => (Some(at), by.as_ref(), None),
        Made::Published(second) => (None, None, Some(*second)),
    };
    change
        .conn()
        .prepare_cached(
            "INSERT INTO history (kind, record, revision, body, at, by) VALUES (?1, ?2, ?3, ?4,
               coalesce(?5, strftime('%Y-%m-%dT%H:%M:%SZ', ?7, 'unixepoch')), ?6)",
        )?
        .execute(params![
            kind.name(),
            key(record),
            change.revision(),
            body,
            at,
            by,
            second
        ])
        .map(drop)
}

/// What a record was before the change that made this revision; none: it was not there.
pub(crate) fn before(
    conn: &Connection,
    kind: Kind,
    record: &RecordId,
    revision: i64,
) -> rusqlite::Result<Option<String>> {
    conn.prepare_cached(
        "SELECT body FROM history WHERE record = ?1 AND revision = ?2 AND kind = ?3
         ORDER BY row LIMIT 1",
    )?
    .query_row(params![key(record), revision, kind.name()], |row| {
        row.get(0)
    })
    .optional()
}

/// What a record was before each of its changes, the latest first.
fn of(conn: &Connection, kind: Kind, record: &RecordId) -> rusqlite::Result<Vec<Former>> {
    let mut select = conn.prepare_cached(
        "SELECT revision, at, by, body FROM history WHERE record = ?1 AND kind = ?2
         ORDER BY revision DESC, row DESC",
    )?;
    let rows = select.query_map(params![key(record), kind.name()], former)?;
    rows.collect()
}

fn former(row: &Row<'_>) -> rusqlite::Result<Former> {
    Ok(Former {
        revision: row.get(0)?,
        at: row.get(1)?,
        by: row.get(2)?,
        body: row.get(3)?,
    })
}

impl Store {
    /// What a record was before each of its changes, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn history(&self, kind: Kind, id: RecordId) -> Result<Vec<Former>, StoreError> {
        self.read(|conn| of(conn, kind, &id))
    }
}
