//! The table `history`: what each record was before each change. Undo hangs on it.

use domain::RecordId;
use rusqlite::params;

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
