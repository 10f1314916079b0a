//! The names under which an operation was sent: by them a hub tells that it has it, whatever this desk
//! is called now.

use domain::RecordId;
use rusqlite::{Connection, Row, params};

use super::stored;
use crate::body;

/// The names of an operation with the one that it bears now.
macro_rules! with_its_name {
    () => {
        "iif(device IS NULL, formerly, json_insert(coalesce(formerly, '[]'), '$[#]',
           json_array(lower(hex(device)), sequence)))"
    };
}
/// True where the last of its names is the one that it bears.
macro_rules! is_named_so {
    () => {
        "(device IS NOT NULL AND coalesce(formerly -> '$[#-1]', '')
           = json_array(lower(hex(device)), sequence))"
    };
}
/// The names of an operation without the last one.
macro_rules! without_its_name {
    () => {
        "nullif(json_remove(formerly, '$[#-1]'), '[]')"
    };
}

pub(super) use {is_named_so, with_its_name, without_its_name};

/// The hub was restored: whether it still has what it answered is not known until it is asked, nor
/// when that is published, but that it is by now where it ever will be.
pub(crate) fn doubt(conn: &Connection, here: u64) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "UPDATE outbox SET settled_at = ?1 WHERE state = 'answered' AND settled_at > ?1",
    )?
    .execute([stored(here)?])?;
    conn.prepare_cached(concat!(
        "UPDATE outbox SET formerly = ",
        with_its_name!(),
        " WHERE state = 'answered' AND NOT ",
        is_named_so!()
    ))?
    .execute(params![])
    .map(drop)
}

/// The names in a column.
pub(super) fn read(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<(RecordId, u64)>> {
    let Some(text) = row.get::<_, Option<String>>(column)? else {
        return Ok(Vec::new());
    };
    let wrong = |error| body::unreadable(column, error);
    let named: Vec<(RecordId, u64)> = serde_json::from_str(&text).map_err(wrong)?;
    Ok(named)
}
