//! The staff stream.

use domain::{Item, Kind, Record, RecordId};
use rusqlite::{Connection, Row};

use super::connection::told;
use super::rows::{id, int, json, kind, maybe_number, number, tied};
use crate::log::{LogError, StaffRow, StaffWhat};

const AFTER: &str = "
    SELECT cursor, kind, record, account, boroughs, body, NULL AS version, 0 AS removed FROM item
    WHERE cursor > ?1
    UNION ALL
    SELECT cursor, kind, id, NULL, NULL, body, private, removed FROM record
    WHERE cursor > ?1
    ORDER BY cursor LIMIT ?2";

pub(super) fn after(conn: &Connection, after: u64, most: usize) -> Result<Vec<StaffRow>, LogError> {
    let mut statement = conn.prepare_cached(AFTER).map_err(told)?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut rows = statement.query((int(after), most)).map_err(told)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(told)? {
        let (key, cursor, what) = read(row).map_err(told)?;
        found.push(StaffRow {
            cursor,
            what,
            tied: tied(conn, key)?,
        });
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> rusqlite::Result<((Kind, RecordId), u64, StaffWhat)> {
    let cursor = number(row, "cursor")?;
    let key = (kind(row, "kind")?, id(row, "record")?);
    let what = match maybe_number(row, "version")? {
        Some(version) => StaffWhat::Private {
            kind: key.0,
            record: key.1,
            version,
            body: match row.get("removed")? {
                true => Record::new(),
                false => json(row, "body")?,
            },
        },
        None => StaffWhat::Item {
            item: Box::new(Item {
                cursor,
                ..json(row, "body")?
            }),
            account: id(row, "account")?,
            boroughs: json(row, "boroughs")?,
        },
    };
    Ok((key, cursor, what))
}
