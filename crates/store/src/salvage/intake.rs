//! Takes rescued rows into a new file. Nothing is believed: a body must still be a record.

use domain::{Organisation, Place, RecordId, Service};
use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, OptionalExtension, ToSql, params, params_from_iter};
use serde::de::DeserializeOwned;

use super::table::Table;
use crate::body::{self, key};
use crate::{place, revision};

/// Takes a row, unless the same or a newer one of its record is there.
///
/// # Errors
/// When the new file refuses it: it is no row of this table, or there is no going on at all (see
/// [`is_final`]).
pub(crate) fn take(conn: &Connection, table: Table, values: &[Value]) -> rusqlite::Result<()> {
    match (table, values) {
        (Table::Service, [row, _, _, _, at, Value::Text(text)]) => service(conn, row, at, text),
        (Table::Organisation, [row, _, _, at, Value::Text(text)]) => {
            let one: Organisation = record(text)?;
            let columns = ["name", "body"];
            put(
                conn,
                (table, &columns),
                (row, &one.id, at),
                &[&one.name, text],
            )
        }
        (Table::Place, [row, _, _, _, _, at, Value::Text(text)]) => {
            let one: Place = record(text)?;
            let columns = ["name", "latitude", "longitude", "body"];
            let values: [&dyn ToSql; 4] = [&one.name, &one.latitude, &one.longitude, text];
            put(conn, (table, &columns), (row, &one.id, at), &values)
        }
        // Of a version that kept something else there.
        (Table::Outbox, [first @ .., Value::Null | Value::Text(_)]) if first.len() == 16 => {
            plain(conn, table, first)
        }
        _ => plain(conn, table, values),
    }
}

/// True when no other row can be taken either: the disk is full, or fails.
pub(crate) fn is_final(error: &rusqlite::Error) -> bool {
    let refused = [ErrorCode::ConstraintViolation, ErrorCode::TypeMismatch];
    error
        .sqlite_error_code()
        .is_some_and(|code| !refused.contains(&code))
}

/// Puts back, as it last was, what is nowhere but in the history.
///
/// # Errors
/// When the new file cannot be written.
pub(crate) fn take_from_history(conn: &Connection) -> rusqlite::Result<()> {
    for table in [Table::Service, Table::Organisation, Table::Place] {
        let sql = format!(
            "SELECT revision, body FROM history WHERE kind = ?1
               AND record NOT IN (SELECT id FROM {}) AND record NOT IN (SELECT id FROM tombstone)
               AND NOT EXISTS (SELECT 1 FROM published
                               WHERE id = record AND published.kind = ?1 AND gone = 1)
             ORDER BY revision DESC",
            table.name()
        );
        let mut select = conn.prepare(&sql)?;
        let kept = select.query_map([table.name()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let kept: Vec<(Value, Value)> = kept.collect::<Result<_, _>>()?;
        for (at, text) in kept {
            let mut values = vec![Value::Null; table.columns().len()];
            values.splice(values.len() - 2.., [at, text]);
            match take(conn, table, &values) {
                Err(error) if is_final(&error) => return Err(error),
                _ => {}
            }
        }
    }
    Ok(())
}

/// Makes what hangs on the rows that were taken. The revision becomes higher than any before.
///
/// # Errors
/// When the new file cannot be written.
pub(crate) fn complete(conn: &Connection, former: i64) -> rusqlite::Result<()> {
    let mut select = conn.prepare("SELECT row, body FROM service")?;
    let mut services = select.query([])?;
    while let Some(row) = services.next()? {
        place::tie(conn, row.get(0)?, &body::read(row, 1)?)?;
    }
    let seen: i64 = conn.query_row(
        "SELECT max(coalesce((SELECT max(revision) FROM service), 0),
                    coalesce((SELECT max(revision) FROM organisation), 0),
                    coalesce((SELECT max(revision) FROM place), 0),
                    coalesce((SELECT max(revision) FROM tombstone), 0))",
        [],
        |row| row.get(0),
    )?;
    begin_anew(conn)?;
    revision::set(conn, seen.max(former).saturating_add(1))
}

/// What a hub tells is to be asked for from the start: nobody knows what of it is missing here.
fn begin_anew(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(
        "UPDATE position SET whole = 0;
         UPDATE membership SET staff_epoch = NULL, staff_cursor = NULL;
         DELETE FROM published WHERE gone = 0 AND body IS NULL AND NOT EXISTS (
           SELECT 1 FROM service WHERE service.id = published.id AND kind = 'service'
           UNION ALL SELECT 1 FROM organisation
             WHERE organisation.id = published.id AND kind = 'organisation'
           UNION ALL SELECT 1 FROM place WHERE place.id = published.id AND kind = 'place');",
    )
}

fn service(conn: &Connection, row: &Value, at: &Value, text: &str) -> rusqlite::Result<()> {
    let one: Service = record(text)?;
    let gone: bool = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM tombstone WHERE row = ?1 AND id = ?2)")?
        .query_row(params![row, key(&one.id)], |row| row.get(0))?;
    if gone {
        return Ok(());
    }
    let organisation = one.organisation();
    let organisation = organisation.as_ref().map(RecordId::as_bytes);
    let columns = ["name", "organisation", "body"];
    let values: [&dyn ToSql; 3] = [&one.name, &organisation, &text];
    put(
        conn,
        (Table::Service, &columns),
        (row, &one.id, at),
        &values,
    )
}

fn record<T: DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| body::unreadable(0, error))
}

/// Puts a record in its own row if that is free, else in a new one.
fn put(
    conn: &Connection,
    (table, columns): (Table, &[&str]),
    (row, id, at): (&Value, &RecordId, &Value),
    values: &[&dyn ToSql],
) -> rusqlite::Result<()> {
    let table = table.name();
    let at = if let Value::Integer(at) = at { *at } else { 0 };
    let there: Option<i64> = conn
        .prepare_cached(&format!("SELECT revision FROM {table} WHERE id = ?1"))?
        .query_row(params![key(id)], |row| row.get(0))
        .optional()?;
    if there.is_some_and(|revision| revision >= at) {
        return Ok(());
    }
    let all = |row| -> Vec<&dyn ToSql> {
        let first: [&dyn ToSql; 3] = [row, key(id), &at];
        first.into_iter().chain(values.iter().copied()).collect()
    };
    let marks: String = (0..values.len()).map(|n| format!(", ?{}", n + 4)).collect();
    let insert = format!(
        "INSERT INTO {table} (row, id, revision, {}) VALUES (?1, ?2, ?3{marks})",
        columns.join(", ")
    );
    conn.prepare_cached(&format!("DELETE FROM {table} WHERE id = ?1"))?
        .execute(params![key(id)])?;
    let mut insert = conn.prepare_cached(&insert)?;
    match insert.execute(params_from_iter(all(row))) {
        Err(error) if !is_final(&error) => insert.execute(params_from_iter(all(&Value::Null))),
        done => done,
    }
    .map(drop)
}

fn plain(conn: &Connection, table: Table, values: &[Value]) -> rusqlite::Result<()> {
    let marks: Vec<String> = (1..=values.len()).map(|n| format!("?{n}")).collect();
    let columns: Vec<&str> = table.columns().iter().copied().take(values.len()).collect();
    let insert = format!(
        "INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING",
        table.name(),
        columns.join(", "),
        marks.join(", ")
    );
    conn.prepare_cached(&insert)?
        .execute(params_from_iter(values))
        .map(drop)
}
