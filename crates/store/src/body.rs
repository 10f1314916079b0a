//! The body of a record as JSON text, both ways.

use domain::RecordId;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Kind, Store, StoreError};

/// A value as the text that is stored. The same value always gives the same text.
pub(crate) fn text<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

/// The value in a column of JSON text.
pub(crate) fn read<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text).map_err(|error| unreadable(column, error))
}

/// The identifier in a column.
pub(crate) fn id(row: &Row<'_>, column: usize) -> rusqlite::Result<RecordId> {
    row.get(column).map(RecordId::from_bytes)
}

/// The sort of record in a column.
pub(crate) fn kind(row: &Row<'_>, column: usize) -> rusqlite::Result<Kind> {
    let text = row.get_ref(column)?.as_str()?;
    let wrong = || std::io::Error::other(format!("no kind of record: {text}"));
    Kind::named(text).ok_or_else(|| unreadable(column, wrong()))
}

/// A number that counts, as it is stored.
pub(crate) fn number(value: u64) -> rusqlite::Result<i64> {
    i64::try_from(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

/// The number in a column that counts.
pub(crate) fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let value: i64 = row.get(column)?;
    u64::try_from(value)
        .map_err(|_negative| rusqlite::Error::IntegralValueOutOfRange(column, value))
}

/// An identifier as it is stored.
pub(crate) fn key(id: &RecordId) -> &dyn ToSql {
    id.as_bytes()
}

/// The error of a column whose value does not have the shape in which it was written.
pub(crate) fn unreadable<E>(column: usize, error: E) -> rusqlite::Error
where
    E: std::error::Error + Send + Sync + 'static,
{
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}

/// Revisions and bodies of these records, in their order.
pub(crate) fn of(
    conn: &Connection,
    kind: Kind,
    ids: &[RecordId],
) -> rusqlite::Result<Vec<Option<(i64, String)>>> {
    let sql = format!("SELECT revision, body FROM {kind} WHERE id = ?1");
    let mut select = conn.prepare_cached(&sql)?;
    let body = |id: &RecordId| {
        select
            .query_row(params![key(id)], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
    };
    ids.iter().map(body).collect()
}

/// Rows and bodies after this row, in row order.
pub(crate) fn after(
    conn: &Connection,
    kind: Kind,
    row: i64,
    limit: usize,
) -> rusqlite::Result<Vec<(i64, String)>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut select = conn.prepare_cached(&format!(
        "SELECT row, body FROM {kind} WHERE row > ?1 ORDER BY row LIMIT ?2"
    ))?;
    let rows = select.query_map([row, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// What is seen of a record.
pub(crate) fn seen(
    conn: &Connection,
    kind: Kind,
    id: &RecordId,
) -> rusqlite::Result<Option<String>> {
    conn.prepare_cached(&format!("SELECT body FROM {kind} WHERE id = ?1"))?
        .query_row(params![key(id)], |row| row.get(0))
        .optional()
}

/// Row and body of the record with this identifier; `sql` selects both by it.
pub(crate) fn former(
    conn: &Connection,
    sql: &str,
    id: &RecordId,
) -> rusqlite::Result<Option<(i64, String)>> {
    conn.prepare_cached(sql)?
        .query_row(params![key(id)], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

impl Store {
    /// These records as JSON, each with the revision in which it last changed, in the order asked;
    /// none where there is no such record.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn bodies(
        &self,
        kind: Kind,
        ids: &[RecordId],
    ) -> Result<Vec<Option<(i64, String)>>, StoreError> {
        self.read(|conn| of(conn, kind, ids))
    }

    /// Up to `limit` records of this kind after this row, in row order: row and body as JSON.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn bodies_after(
        &self,
        kind: Kind,
        after_row: i64,
        limit: usize,
    ) -> Result<Vec<(i64, String)>, StoreError> {
        self.read(|conn| after(conn, kind, after_row, limit))
    }
}
