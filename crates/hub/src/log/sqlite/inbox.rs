//! The inbox.

use std::ops::RangeInclusive;

use domain::{RecordId, Verdict};
use rusqlite::{Connection, OptionalExtension};
use wire::{Hash, Taken};

use super::connection::told;
use super::rows::{hash, id, int, json, number, text};
use crate::log::{Before, Incoming, LogError, TakenIn};

pub(super) fn take_in(
    conn: &Connection,
    device: RecordId,
    operations: &[Incoming],
    now: u64,
) -> Result<TakenIn, LogError> {
    let first = last(conn, device)?;
    let mut taken = TakenIn {
        last: first,
        cloned: None,
        new: 0,
    };
    for one in operations {
        if one.sequence > taken.last + 1 {
            break;
        }
        if one.sequence <= taken.last {
            if known(conn, device, one.sequence)?.is_some_and(|hash| !one.is(hash)) {
                taken.cloned = Some(one.sequence);
                break;
            }
            continue;
        }
        let (id, verdict) = match before(conn, one)? {
            Before::New => (one.id, one.verdict.clone()),
            Before::Other => (None, one.verdict.clone()),
            Before::Decided(verdict) => (None, Some(verdict)),
            Before::Waits => break,
        };
        put(conn, (device, one), (id, verdict.as_ref()), now)?;
        taken.last = one.sequence;
        taken.new += 1;
        failpoints::reach("inbox:row");
    }
    if taken.new > 0 {
        let sql = "UPDATE device SET last = ?2 WHERE id = ?1";
        let mut statement = conn.prepare_cached(sql).map_err(told)?;
        statement
            .execute((device.as_bytes(), int(taken.last)))
            .map_err(told)?;
        failpoints::reach("inbox:written");
    }
    Ok(taken)
}

fn last(conn: &Connection, device: RecordId) -> Result<u64, LogError> {
    let sql = "SELECT last FROM device WHERE id = ?1";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    statement
        .query_row([device.as_bytes()], |row| number(row, "last"))
        .map_err(told)
}

fn known(conn: &Connection, device: RecordId, sequence: u64) -> Result<Option<Hash>, LogError> {
    let sql = "SELECT hash FROM inbox WHERE device = ?1 AND sequence = ?2";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let found = statement.query_row((device.as_bytes(), int(sequence)), |row| hash(row, "hash"));
    found.optional().map_err(told)
}

/// What is known of an operation by its id.
fn before(conn: &Connection, one: &Incoming) -> Result<Before, LogError> {
    let Some(known_by) = one.id else {
        return Ok(Before::New);
    };
    let sql = "SELECT device, sequence, hash, verdict FROM inbox WHERE id = ?1";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let found = statement.query_row([known_by.as_bytes()], |row| {
        let came = (
            id(row, "device")?,
            number(row, "sequence")?,
            hash(row, "hash")?,
        );
        let decided: Option<String> = row.get("verdict")?;
        let verdict = decided.map(|_there| json(row, "verdict")).transpose()?;
        Ok(one.came_as(came, verdict))
    });
    Ok(found.optional().map_err(told)?.unwrap_or(Before::New))
}

fn put(
    conn: &Connection,
    (device, one): (RecordId, &Incoming),
    (id, verdict): (Option<RecordId>, Option<&Verdict>),
    now: u64,
) -> Result<(), LogError> {
    let sql = "
        INSERT INTO inbox (device, sequence, hash, taken_at, body, verdict, id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let verdict = verdict.map(text).transpose()?;
    let body = verdict.is_none().then_some(&*one.body);
    let values = (
        device.as_bytes(),
        int(one.sequence),
        one.hash.as_bytes(),
        int(now),
        body,
        verdict,
        id.as_ref().map(RecordId::as_bytes),
    );
    statement.execute(values).map(drop).map_err(told)
}

pub(super) fn verdicts(
    conn: &Connection,
    device: RecordId,
    sequences: &RangeInclusive<u64>,
) -> Result<Vec<Taken>, LogError> {
    let sql = "
        SELECT sequence, verdict FROM inbox
        WHERE device = ?1 AND sequence BETWEEN ?2 AND ?3 AND verdict IS NOT NULL
        ORDER BY sequence";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let (from, to) = (int(*sequences.start()), int(*sequences.end()));
    let rows = statement.query_map((device.as_bytes(), from, to), |row| {
        Ok(Taken {
            sequence: number(row, "sequence")?,
            verdict: json(row, "verdict")?,
        })
    });
    rows.map_err(told)?.collect::<Result<_, _>>().map_err(told)
}
