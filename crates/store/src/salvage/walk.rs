//! Reading a table of a damaged file through SQLite, around what cannot be read.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row, ToSql};

use super::table::Table;

/// Rows beyond the last known one that are still looked for, one by one.
const BEYOND: i64 = 20_000;

/// The most rows that are looked for one by one.
const MOST: i64 = 5_000_000;

/// Gives every row that SQLite can read, and says whether that was the whole table.
pub(crate) fn walk(conn: &Connection, table: Table, give: &mut impl FnMut(Vec<Value>)) -> bool {
    let select = |rest: &str| {
        let columns = table.columns().join(", ");
        format!(
            "SELECT rowid, {columns} FROM {} WHERE rowid {rest}",
            table.name()
        )
    };
    if conn.prepare_cached(&select("= ?1")).is_err() {
        // The schema cannot be read, or lacks the table.
        return false;
    }
    let up = scan(conn, &select("> ?1 ORDER BY rowid"), &[&i64::MIN], give);
    if up.whole {
        return true;
    }
    let first = up.last.unwrap_or_default();
    let down = select("> ?1 ORDER BY rowid DESC");
    let down = scan(conn, &down, &[&first], give);
    let end = match down.last {
        Some(_) if down.whole => return false,
        Some(lowest) => lowest,
        None => first.max(highest(conn, table)).saturating_add(BEYOND),
    };
    let single = select("= ?1");
    for rowid in (first.saturating_add(1)..end).take(usize::try_from(MOST).unwrap_or(usize::MAX)) {
        scan(conn, &single, &[&rowid], give);
    }
    false
}

struct Scan {
    last: Option<i64>,
    whole: bool,
}

fn scan(
    conn: &Connection,
    sql: &str,
    from: &[&dyn ToSql],
    give: &mut impl FnMut(Vec<Value>),
) -> Scan {
    let mut last = None;
    let mut read = || -> rusqlite::Result<()> {
        let mut select = conn.prepare_cached(sql)?;
        let mut rows = select.query(from)?;
        while let Some(row) = rows.next()? {
            last = Some(row.get(0)?);
            give(values(row)?);
        }
        Ok(())
    };
    let whole = read().is_ok();
    Scan { last, whole }
}

/// The columns after the row's number. Text that is no UTF-8 any more is mended.
fn values(row: &Row<'_>) -> rusqlite::Result<Vec<Value>> {
    let count = row.as_ref().column_count();
    let value = |column| {
        let value = row.get_ref(column)?;
        if let ValueRef::Text(bytes) = value {
            return Ok(Value::Text(String::from_utf8_lossy(bytes).into_owned()));
        }
        Ok(Value::try_from(value)?)
    };
    (1..count).map(value).collect()
}

/// The highest row that the table ever had, as far as that can be read.
fn highest(conn: &Connection, table: Table) -> i64 {
    conn.query_row(
        "SELECT seq FROM sqlite_sequence WHERE name = ?1",
        [table.name()],
        |row| row.get(0),
    )
    .unwrap_or_default()
}
