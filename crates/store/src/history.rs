//! The table `history`: what each record was before each change. Undo hangs on it.

use domain::RecordId;
use rusqlite::{Connection, OptionalExtension, params};

use crate::Kind;
use crate::body::key;
use crate::transact::Change;

/// Keeps the former body of a record that is about to change.
pub(crate) fn keep(
    change: &Change<'_>,
    kind: &str,
    record: &RecordId,
    body: &str,
) -> rusqlite::Result<()> {
    change
        .conn()
        .prepare_cached(
            "INSERT INTO history (kind, record, revision, body) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![kind, key(record), change.revision(), body])
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
