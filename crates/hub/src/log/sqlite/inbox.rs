//! The inbox.

use std::ops::RangeInclusive;

use domain::{RecordId, Verdict};
use rusqlite::{Connection, OptionalExtension};
use wire::{Hash, OperationName, Taken};

use super::connection::told;
use super::rows::{hash, int, json, number, text};
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
    let renamed = renamed(conn, device)?;
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
        match before(conn, &one.names(device, renamed))? {
            Before::New => put(conn, (device, one), one.verdict.as_ref(), now)?,
            Before::Decided(verdict) => put(conn, (device, one), Some(&verdict), now)?,
            Before::Waits => break,
        }
        keep_names(conn, device, one)?;
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

/// Whether operations of this device are known that came under another name.
fn renamed(conn: &Connection, device: RecordId) -> Result<bool, LogError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM former_name WHERE device = ?1)";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    statement
        .query_row([device.as_bytes()], |row| row.get(0))
        .map_err(told)
}

/// What is known of an operation under these names: as it came, or as one that came had been called.
fn before(conn: &Connection, names: &[(OperationName, Hash)]) -> Result<Before, LogError> {
    let sql = "
        SELECT verdict FROM inbox WHERE device = ?1 AND sequence = ?2 AND hash = ?3
        UNION ALL
        SELECT inbox.verdict FROM former_name AS former
        JOIN inbox ON inbox.device = now_device AND inbox.sequence = now_sequence
        WHERE former.device = ?1 AND former.sequence = ?2 AND former.hash = ?3
        LIMIT 1";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    for (name, hash) in names {
        let values = (name.device.as_bytes(), int(name.sequence), hash.as_bytes());
        let found = statement.query_row(values, |row| {
            let decided: Option<String> = row.get("verdict")?;
            Ok(match decided {
                Some(_) => Before::Decided(json(row, "verdict")?),
                None => Before::Waits,
            })
        });
        if let Some(found) = found.optional().map_err(told)? {
            return Ok(found);
        }
    }
    Ok(Before::New)
}

/// Keeps how an operation was called before.
fn keep_names(conn: &Connection, device: RecordId, one: &Incoming) -> Result<(), LogError> {
    let sql = "
        INSERT OR IGNORE INTO former_name (device, sequence, hash, now_device, now_sequence)
        VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    for (name, hash) in &one.formerly {
        let values = (
            name.device.as_bytes(),
            int(name.sequence),
            hash.as_bytes(),
            device.as_bytes(),
            int(one.sequence),
        );
        statement.execute(values).map_err(told)?;
    }
    Ok(())
}

fn put(
    conn: &Connection,
    (device, one): (RecordId, &Incoming),
    verdict: Option<&Verdict>,
    now: u64,
) -> Result<(), LogError> {
    let sql = "
        INSERT INTO inbox (device, sequence, hash, taken_at, body, verdict)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
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
