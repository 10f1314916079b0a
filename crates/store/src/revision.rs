//! The table `revision`: how often the directory changed, and which file this is.

use domain::RecordId;
use rusqlite::Connection;

use crate::body;

/// How many changes were made.
pub(crate) fn current(conn: &Connection) -> rusqlite::Result<i64> {
    conn.prepare_cached("SELECT value FROM revision")?
        .query_row([], |row| row.get(0))
}

/// Says that one more change was made.
pub(crate) fn set(conn: &Connection, value: i64) -> rusqlite::Result<()> {
    conn.prepare_cached("UPDATE revision SET value = ?1")?
        .execute([value])
        .map(drop)
}

/// What names this very file.
pub(crate) fn lineage(conn: &Connection) -> rusqlite::Result<RecordId> {
    conn.prepare_cached("SELECT lineage FROM revision")?
        .query_row([], |row| body::id(row, 0))
}
