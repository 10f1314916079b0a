//! The table `setting`: what this desk chose.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use crate::body;

/// The value under this key.
pub(crate) fn get(conn: &Connection, key: &str) -> rusqlite::Result<Option<Value>> {
    conn.prepare_cached("SELECT value FROM setting WHERE key = ?1")?
        .query_row([key], |row| body::read(row, 0))
        .optional()
}

/// Puts a value under this key.
pub(crate) fn set(conn: &Connection, key: &str, value: &Value) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO setting (key, value) VALUES (?1, ?2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute(params![key, body::text(value)?])
    .map(drop)
}
