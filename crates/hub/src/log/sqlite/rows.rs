//! How values stand in rows, and the rows that several parts read.

use domain::{Kind, Record, RecordId};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wire::Hash;

use super::connection::told;
use crate::log::{Key, LogError, Stored, Tied};

/// A number as SQLite keeps it. None of ours comes near the end of its range.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A column that holds a number.
pub(super) fn number(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
    let value: i64 = row.get(column)?;
    Ok(u64::try_from(value).unwrap_or_default())
}

/// A column that may hold a number.
pub(super) fn maybe_number(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<u64>> {
    let value: Option<i64> = row.get(column)?;
    Ok(value.and_then(|value| u64::try_from(value).ok()))
}

/// A column that holds an identifier.
pub(super) fn id(row: &Row<'_>, column: &str) -> rusqlite::Result<RecordId> {
    Ok(RecordId::from_bytes(row.get(column)?))
}

/// A column that may hold an identifier.
pub(super) fn maybe_id(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<RecordId>> {
    let bytes: Option<[u8; 16]> = row.get(column)?;
    Ok(bytes.map(RecordId::from_bytes))
}

/// A column that holds a hash.
pub(super) fn hash(row: &Row<'_>, column: &str) -> rusqlite::Result<Hash> {
    Ok(Hash::from_bytes(row.get(column)?))
}

/// A column that holds JSON.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text).map_err(broken)
}

/// A column that holds a kind.
pub(super) fn kind(row: &Row<'_>, column: &str) -> rusqlite::Result<Kind> {
    let name = row.get_ref(column)?.as_str()?;
    Kind::named(name).ok_or_else(|| broken(std::fmt::Error))
}

/// Something as JSON text.
pub(super) fn text(value: &impl Serialize) -> Result<String, LogError> {
    serde_json::to_string(value).map_err(|error| LogError::Other(error.to_string()))
}

fn broken(error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    let sort = rusqlite::types::Type::Text;
    rusqlite::Error::FromSqlConversionFailure(0, sort, Box::new(error))
}

const RECORD: &str = "
    SELECT version, at, removed, editor, others, digest, private, body FROM record
    WHERE id = ?1 AND kind = ?2";

/// A record as it stands, also a removed one.
pub(super) fn record(conn: &Connection, (of, key): Key) -> Result<Option<Stored>, LogError> {
    let mut statement = conn.prepare_cached(RECORD).map_err(told)?;
    let found = statement.query_row((key.as_bytes(), of.name()), stored);
    found.optional().map_err(told)
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        version: number(row, "version")?,
        at: number(row, "at")?,
        body: json::<Record>(row, "body")?,
        removed: row.get("removed")?,
        editor: maybe_id(row, "editor")?,
        others: number(row, "others")?,
        digest: row.get("digest")?,
        private: maybe_number(row, "private")?,
    })
}

const OWN: &str = "
    SELECT boroughs, 1 AS services FROM record
    WHERE id = ?1 AND kind = 'service'";
// Begun at the ties: left to itself, SQLite looks through all services.
const TIED: &str = "
    SELECT boroughs, count(*) AS services FROM tie
    CROSS JOIN record ON record.id = tie.service AND record.kind = 'service'
    WHERE tie.other = ?1 AND NOT removed GROUP BY boroughs";

/// The services on whose boroughs it depends who may edit a record.
pub(super) fn tied(conn: &Connection, (of, key): Key) -> Result<Vec<Tied>, LogError> {
    let sql = match of {
        Kind::Service => OWN,
        Kind::Organisation | Kind::Place => TIED,
    };
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let rows = statement.query_map([key.as_bytes()], |row| {
        Ok(Tied {
            boroughs: json(row, "boroughs")?,
            services: number(row, "services")?,
        })
    });
    rows.map_err(told)?.collect::<Result<_, _>>().map_err(told)
}
