//! What is read for everything else: the hub itself, pages of records, history.

use domain::{Kind, RecordId};
use rusqlite::{Connection, OptionalExtension, Row};

use super::connection::told;
use super::rows::{id, int, json, kind, maybe_id, number};
use crate::log::{About, ChangeRow, Key, LogError, RecordRow, SigningKey};

/// Whether there is a hub: its row comes with the transaction that makes it.
pub(super) fn is_made(conn: &Connection) -> Result<bool, LogError> {
    conn.query_row("SELECT EXISTS (SELECT 1 FROM hub)", (), |row| row.get(0))
        .map_err(told)
}

pub(super) fn about(conn: &Connection) -> Result<About, LogError> {
    let mut keys = conn
        .prepare_cached("SELECT secret FROM signing_key ORDER BY position")
        .map_err(told)?;
    let keys = keys
        .query_map((), |row| row.get(0).map(SigningKey))
        .map_err(told)?;
    let keys = keys.collect::<Result<_, _>>().map_err(told)?;
    let sql = "SELECT id, name, epoch FROM hub";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let about = statement.query_row((), |row| {
        Ok(About {
            hub: id(row, "id")?,
            name: row.get("name")?,
            epoch: number(row, "epoch")?,
            keys,
        })
    });
    about.map_err(told)
}

pub(super) fn cursor(conn: &Connection) -> Result<u64, LogError> {
    let mut statement = conn
        .prepare_cached("SELECT cursor FROM hub")
        .map_err(told)?;
    statement
        .query_row((), |row| number(row, "cursor"))
        .map_err(told)
}

pub(super) fn records(
    conn: &Connection,
    kind: Kind,
    after: Option<RecordId>,
    most: usize,
) -> Result<Vec<RecordRow>, LogError> {
    let sql = "
        SELECT id, coalesce(public, body) AS text FROM record
        WHERE kind = ?1 AND (?2 IS NULL OR id > ?2) AND NOT removed ORDER BY id LIMIT ?3";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let after = after.as_ref().map(RecordId::as_bytes);
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = statement.query_map((kind.name(), after, most), record_row);
    rows.map_err(told)?.collect::<Result<_, _>>().map_err(told)
}

pub(super) fn published(
    conn: &Connection,
    (kind, record): Key,
) -> Result<Option<RecordRow>, LogError> {
    let sql = "
        SELECT id, coalesce(public, body) AS text FROM record
        WHERE id = ?1 AND kind = ?2 AND NOT removed";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let found = statement.query_row((record.as_bytes(), kind.name()), record_row);
    found.optional().map_err(told)
}

fn record_row(row: &Row<'_>) -> rusqlite::Result<RecordRow> {
    Ok(RecordRow {
        id: id(row, "id")?,
        body: row.get("text")?,
    })
}

pub(super) fn history(
    conn: &Connection,
    (of, record): Key,
    most: usize,
) -> Result<Vec<ChangeRow>, LogError> {
    let sql = "
        SELECT sequence, kind, record, by, device, device_sequence, at, claimed_at, act, changes,
            note
        FROM change WHERE record = ?1 AND kind = ?2 ORDER BY sequence DESC LIMIT ?3";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let most = int(u64::try_from(most).unwrap_or(u64::MAX));
    let rows = statement.query_map((record.as_bytes(), of.name(), most), change);
    rows.map_err(told)?.collect::<Result<_, _>>().map_err(told)
}

fn change(row: &Row<'_>) -> rusqlite::Result<ChangeRow> {
    Ok(ChangeRow {
        sequence: number(row, "sequence")?,
        key: (kind(row, "kind")?, id(row, "record")?),
        by: row.get("by")?,
        device: maybe_id(row, "device")?,
        device_sequence: number(row, "device_sequence")?,
        at: number(row, "at")?,
        claimed_at: row.get("claimed_at")?,
        act: row.get::<_, String>("act")?.into(),
        changes: json(row, "changes")?,
        note: row.get("note")?,
    })
}
