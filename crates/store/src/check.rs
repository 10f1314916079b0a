//! Looking for damage.

use std::time::{Duration, Instant};

use domain::{Item, Organisation, Place, Record, Service, ThesaurusGroup};
use rusqlite::{Connection, ErrorCode, Row};
use serde::de::DeserializeOwned;

use crate::error::is_damage;
use crate::{Membership, area, body, draft, outbox, revision, taxonomy, unmet};

/// Steps of SQLite's machine between two looks at the clock.
const STEPS: i32 = 1000;

/// What is wrong with the file, as far as can be seen in this time; absent: nothing was seen.
pub(crate) fn quick(conn: &Connection, budget: Duration) -> rusqlite::Result<Option<String>> {
    let start = Instant::now();
    conn.progress_handler(STEPS, Some(move || start.elapsed() > budget))?;
    let found = structure(conn, "PRAGMA quick_check(1)");
    conn.progress_handler(STEPS, None::<fn() -> bool>)?;
    let out_of_time = |error: &rusqlite::Error| {
        error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted)
    };
    let found = match found {
        Err(error) if out_of_time(&error) => Ok(None),
        other => other,
    };
    told(found.and_then(|found| {
        // However little time there was: every table is there, and the one row that must be.
        for (table, columns, _) in SHAPES {
            conn.prepare(&format!("SELECT {columns} FROM {table}"))?;
        }
        revision::lineage(conn)?;
        Ok(found)
    }))
}

/// What is wrong with the file; absent: every page and every record is right.
pub(crate) fn whole(conn: &Connection) -> rusqlite::Result<Option<String>> {
    told(
        structure(conn, "PRAGMA integrity_check(1)").and_then(|found| {
            if found.is_none() {
                records(conn)?;
            }
            Ok(found)
        }),
    )
}

fn structure(conn: &Connection, sql: &str) -> rusqlite::Result<Option<String>> {
    let said: String = conn.query_row(sql, [], |row| row.get(0))?;
    Ok((said != "ok").then_some(said))
}

type Reader = fn(&Row<'_>) -> rusqlite::Result<()>;

/// The tables whose rows must have a shape beyond what SQLite checks: the columns to be read, and
/// what reads them.
const SHAPES: [(&str, &str, Reader); 16] = [
    ("service", "body", as_record::<Service>),
    ("organisation", "body", as_record::<Organisation>),
    ("place", "body", as_record::<Place>),
    ("setting", "value", as_record::<serde_json::Value>),
    ("thesaurus", "body", as_record::<ThesaurusGroup>),
    ("taxonomy", taxonomy::COLUMNS, |row| {
        taxonomy::from_row(row).map(drop)
    }),
    ("area", area::COLUMNS, |row| area::from_row(row).map(drop)),
    ("outcode", area::OUTCODE_COLUMNS, |row| {
        area::outcode_from_row(row).map(drop)
    }),
    ("unmet", unmet::COLUMNS, |row| {
        unmet::from_row(row).map(drop)
    }),
    ("outbox", outbox::COLUMNS, |row| {
        outbox::from_row(row).map(drop)
    }),
    ("draft", draft::COLUMNS, |row| {
        draft::from_row(row).map(drop)
    }),
    ("membership", "body", as_record::<Membership>),
    ("item", "body", as_record::<Item>),
    ("private", "members", as_record::<Record>),
    // What a newer hub published may be anything; whether it is what came, digests tell.
    ("published", "kind, body", |_| Ok(())),
    ("position", "sequence", |_| Ok(())),
];

/// Removes rows that nothing here could ever read, and says from which tables.
pub(crate) fn remove_unreadable(conn: &Connection) -> rusqlite::Result<Vec<&'static str>> {
    let mut found = Vec::new();
    for (table, columns, read) in SHAPES {
        let mut select =
            conn.prepare(&format!("SELECT {columns}, rowid AS number FROM {table}"))?;
        let mut rows = select.query([])?;
        let mut wrong: Vec<i64> = Vec::new();
        while let Some(row) = rows.next()? {
            if read(row).is_err() {
                wrong.push(row.get("number")?);
            }
        }
        let mut delete = conn.prepare(&format!("DELETE FROM {table} WHERE rowid = ?1"))?;
        for rowid in wrong {
            delete.execute([rowid])?;
            found.push(table);
        }
    }
    Ok(found)
}

/// Reads every row as the rest of this crate does.
fn records(conn: &Connection) -> rusqlite::Result<()> {
    for (table, columns, read) in SHAPES {
        let mut select = conn.prepare(&format!("SELECT {columns} FROM {table}"))?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            read(row)?;
        }
    }
    revision::current(conn)?;
    Ok(())
}

fn as_record<T: DeserializeOwned>(row: &Row<'_>) -> rusqlite::Result<()> {
    body::read::<T>(row, 0).map(drop)
}

fn told(found: rusqlite::Result<Option<String>>) -> rusqlite::Result<Option<String>> {
    match found {
        Err(error) if is_damage(&error) => Ok(Some(error.to_string())),
        other => other,
    }
}
