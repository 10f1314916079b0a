//! How values stand in rows, and the rows that several parts read.

use std::collections::HashMap;

use domain::{Kind, Record, RecordId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio_postgres::{Row, Transaction};
use wire::Hash;

use super::connection::told;
use crate::log::{Key, LogError, Stored, Tied};

/// A number as PostgreSQL keeps it. None of ours comes near the end of its range.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A column that holds a number.
pub(super) fn number(row: &Row, column: &str) -> Result<u64, LogError> {
    let value: i64 = row.try_get(column).map_err(told)?;
    Ok(u64::try_from(value).unwrap_or_default())
}

/// A column that may hold a number.
pub(super) fn maybe_number(row: &Row, column: &str) -> Result<Option<u64>, LogError> {
    let value: Option<i64> = row.try_get(column).map_err(told)?;
    Ok(value.and_then(|value| u64::try_from(value).ok()))
}

/// A column that holds so many bytes.
pub(super) fn bytes<const N: usize>(row: &Row, column: &str) -> Result<[u8; N], LogError> {
    let bytes: &[u8] = row.try_get(column).map_err(told)?;
    bytes
        .try_into()
        .map_err(|_ignored| LogError::damaged(format!("{column} has a wrong length")))
}

/// A column that holds an identifier.
pub(super) fn id(row: &Row, column: &str) -> Result<RecordId, LogError> {
    bytes(row, column).map(RecordId::from_bytes)
}

/// A column that may hold an identifier.
pub(super) fn maybe_id(row: &Row, column: &str) -> Result<Option<RecordId>, LogError> {
    let there: Option<&[u8]> = row.try_get(column).map_err(told)?;
    there.is_some().then(|| id(row, column)).transpose()
}

/// A column that holds a hash.
pub(super) fn hash(row: &Row, column: &str) -> Result<Hash, LogError> {
    bytes(row, column).map(Hash::from_bytes)
}

/// A column that holds JSON.
pub(super) fn json<T: DeserializeOwned>(row: &Row, column: &str) -> Result<T, LogError> {
    let text: &str = row.try_get(column).map_err(told)?;
    serde_json::from_str(text).map_err(LogError::damaged)
}

/// A column that holds a kind.
pub(super) fn kind(row: &Row, column: &str) -> Result<Kind, LogError> {
    let name: &str = row.try_get(column).map_err(told)?;
    Kind::named(name).ok_or_else(|| LogError::damaged(format!("there is no kind {name}")))
}

/// A column of text.
pub(super) fn words(row: &Row, column: &str) -> Result<String, LogError> {
    row.try_get(column).map_err(told)
}

/// Something as JSON text.
pub(super) fn text(value: &impl Serialize) -> Result<String, LogError> {
    serde_json::to_string(value).map_err(|error| LogError::Other(error.to_string()))
}

/// What people wrote, as PostgreSQL can keep it: without the one character that it refuses.
pub(super) fn said(text: &str) -> String {
    text.replace('\0', "")
}

/// Records as they stand, also removed ones: those of these that are there.
pub(super) async fn records(
    tx: &Transaction<'_>,
    keys: &[Key],
) -> Result<HashMap<Key, Stored>, LogError> {
    let sql = "
        SELECT id, kind, version, at, removed, editor, others, digest, private, body
        FROM record JOIN unnest($1::bytea[], $2::text[]) AS wanted (id, kind) USING (id, kind)";
    let (ids, kinds) = columns(keys);
    let rows = tx.query(sql, &[&ids, &kinds]).await.map_err(told)?;
    rows.iter()
        .map(|row| Ok(((kind(row, "kind")?, id(row, "id")?), stored(row)?)))
        .collect()
}

fn columns(keys: &[Key]) -> (Vec<&[u8]>, Vec<&'static str>) {
    keys.iter()
        .map(|(kind, id)| (id.as_bytes().as_slice(), kind.name()))
        .unzip()
}

fn stored(row: &Row) -> Result<Stored, LogError> {
    Ok(Stored {
        version: number(row, "version")?,
        at: number(row, "at")?,
        body: json::<Record>(row, "body")?,
        removed: row.try_get("removed").map_err(told)?,
        editor: maybe_id(row, "editor")?,
        others: number(row, "others")?,
        digest: bytes(row, "digest")?,
        private: maybe_number(row, "private")?,
    })
}

/// The services on whose boroughs it depends who may edit each of these records.
pub(super) async fn tied(
    tx: &Transaction<'_>,
    keys: &[Key],
) -> Result<HashMap<Key, Vec<Tied>>, LogError> {
    let sql = "
        SELECT wanted.id, wanted.kind, record.boroughs, 1::bigint AS services
        FROM unnest($1::bytea[], $2::text[]) AS wanted (id, kind)
        JOIN record ON record.id = wanted.id AND record.kind = 'service'
        WHERE wanted.kind = 'service'
        UNION ALL
        SELECT wanted.id, wanted.kind, record.boroughs, count(*) AS services
        FROM unnest($1::bytea[], $2::text[]) AS wanted (id, kind)
        JOIN tie ON tie.other = wanted.id
        JOIN record ON record.id = tie.service AND record.kind = 'service'
        WHERE wanted.kind <> 'service' AND NOT record.removed
        GROUP BY wanted.id, wanted.kind, record.boroughs";
    let (ids, kinds) = columns(keys);
    let rows = tx.query(sql, &[&ids, &kinds]).await.map_err(told)?;
    let mut found: HashMap<Key, Vec<Tied>> = HashMap::new();
    for row in &rows {
        let tied = Tied {
            boroughs: json(row, "boroughs")?,
            services: number(row, "services")?,
        };
        found
            .entry((kind(row, "kind")?, id(row, "id")?))
            .or_default()
            .push(tied);
    }
    Ok(found)
}
