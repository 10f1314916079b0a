//! The table `draft`: what somebody has begun to write, so that it outlives the program.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Store, StoreError, body};

/// Something that somebody has begun to write.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What it is a draft of, in the words of whoever keeps it.
    pub key: String,
    /// When it was last touched, RFC 3339.
    pub at: String,
    /// What was written.
    pub body: serde_json::Value,
}

/// Puts a draft in place of the former one under its key.
pub(crate) fn put(conn: &Connection, draft: &Draft) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO draft (key, at, body) VALUES (?1, ?2, ?3)
         ON CONFLICT (key) DO UPDATE SET at = excluded.at, body = excluded.body",
    )?
    .execute(params![draft.key, draft.at, body::text(&draft.body)?])
    .map(drop)
}

/// Lets a draft go.
pub(crate) fn remove(conn: &Connection, key: &str) -> rusqlite::Result<()> {
    conn.prepare_cached("DELETE FROM draft WHERE key = ?1")?
        .execute([key])
        .map(drop)
}

/// What [`from_row`] takes.
pub(crate) const COLUMNS: &str = "key, at, body";

/// A draft from its columns.
pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Draft> {
    Ok(Draft {
        key: row.get(0)?,
        at: row.get(1)?,
        body: body::read(row, 2)?,
    })
}

impl Store {
    /// The draft under this key.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn draft(&self, key: &str) -> Result<Option<Draft>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached(&format!("SELECT {COLUMNS} FROM draft WHERE key = ?1"))?
                .query_row([key], from_row)
                .optional()
        })
    }

    /// All drafts, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        self.read(|conn| {
            let sql = format!("SELECT {COLUMNS} FROM draft ORDER BY at DESC, key");
            let mut select = conn.prepare_cached(&sql)?;
            let drafts = select.query_map([], from_row)?;
            drafts.collect()
        })
    }
}
