//! The inbox. Devices write into it at the same time; each for itself is in order, as whoever writes
//! for it holds its row.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use deadpool_postgres::Object;
use domain::{RecordId, Verdict};
use tokio_postgres::Transaction;
use wire::{Hash, Taken};

use super::connection::told;
use super::rows::{hash, id, int, json, number, text};
use crate::log::{Before, Incoming, LogError, TakenIn};

/// An operation that was not there under its number.
struct New<'a> {
    one: &'a Incoming,
    /// What it is to be known by from now on.
    id: Option<RecordId>,
    verdict: Option<Verdict>,
}

pub(super) async fn take_in(
    client: &mut Object,
    device: RecordId,
    operations: &[Incoming],
    now: u64,
) -> Result<TakenIn, LogError> {
    let tx = client.transaction().await.map_err(told)?;
    let first = held(&tx, device).await?;
    let known = known(&tx, device, operations, first).await?;
    let mut before = before(&tx, operations, first).await?;
    let mut taken = TakenIn {
        last: first,
        cloned: None,
        new: 0,
    };
    let mut new = Vec::new();
    for one in operations {
        if one.sequence > taken.last + 1 {
            break;
        }
        if one.sequence <= first {
            if known.get(&one.sequence).is_some_and(|hash| !one.is(*hash)) {
                taken.cloned = Some(one.sequence);
                break;
            }
            continue;
        }
        // The same sequence twice in one push: the first one counts.
        if one.sequence == taken.last + 1 {
            // The same id twice in one push: the second one is told what becomes of the first.
            let before = one.id.map(|id| before.insert(id, Before::Waits));
            let (id, verdict) = match before.flatten().unwrap_or(Before::New) {
                Before::New => (one.id, one.verdict.clone()),
                Before::Other => (None, one.verdict.clone()),
                Before::Decided(verdict) => (None, Some(verdict)),
                Before::Waits => break,
            };
            new.push(New { one, id, verdict });
            taken.last = one.sequence;
            taken.new += 1;
        }
    }
    if !new.is_empty() {
        put(&tx, device, &new, now).await?;
        failpoints::reach("inbox:row");
        reached(&tx, device, taken.last).await?;
        failpoints::reach("inbox:written");
    }
    tx.commit().await.map_err(told)?;
    Ok(taken)
}

/// Writes down which operation of a device is the last.
async fn reached(tx: &Transaction<'_>, device: RecordId, last: u64) -> Result<(), LogError> {
    let sql = "UPDATE device SET last = $2 WHERE id = $1";
    tx.execute(sql, &[&device.as_bytes().as_slice(), &int(last)])
        .await
        .map(drop)
        .map_err(told)
}

/// The last operation of a device; nobody else writes for it until the transaction ends.
async fn held(tx: &Transaction<'_>, device: RecordId) -> Result<u64, LogError> {
    let sql = "SELECT last FROM device WHERE id = $1 FOR UPDATE";
    let row = tx
        .query_one(sql, &[&device.as_bytes().as_slice()])
        .await
        .map_err(told)?;
    number(&row, "last")
}

/// What is known under the sequences of these operations.
async fn known(
    tx: &Transaction<'_>,
    device: RecordId,
    operations: &[Incoming],
    last: u64,
) -> Result<HashMap<u64, Hash>, LogError> {
    let old = operations
        .iter()
        .map(|one| one.sequence)
        .filter(|sequence| *sequence <= last);
    let old: Vec<i64> = old.map(int).collect();
    if old.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = "SELECT sequence, hash FROM inbox WHERE device = $1 AND sequence = ANY ($2)";
    let rows = tx
        .query(sql, &[&device.as_bytes().as_slice(), &old])
        .await
        .map_err(told)?;
    rows.iter()
        .map(|row| Ok((number(row, "sequence")?, hash(row, "hash")?)))
        .collect()
}

/// What is known of the new ones among these operations by their ids.
async fn before(
    tx: &Transaction<'_>,
    operations: &[Incoming],
    last: u64,
) -> Result<HashMap<RecordId, Before>, LogError> {
    let new = operations.iter().filter(|one| one.sequence > last);
    let by_id: HashMap<RecordId, &Incoming> = new.filter_map(|one| Some((one.id?, one))).collect();
    if by_id.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<&[u8]> = by_id.keys().map(|id| id.as_bytes().as_slice()).collect();
    let sql = "SELECT id, device, sequence, hash, verdict FROM inbox WHERE id = ANY ($1)";
    let rows = tx.query(sql, &[&ids]).await.map_err(told)?;
    let mut before = HashMap::new();
    for row in &rows {
        let known_by = id(row, "id")?;
        let came = (
            id(row, "device")?,
            number(row, "sequence")?,
            hash(row, "hash")?,
        );
        let decided: Option<&str> = row.try_get("verdict").map_err(told)?;
        let verdict = decided.map(|_there| json(row, "verdict")).transpose()?;
        if let Some(one) = by_id.get(&known_by) {
            before.insert(known_by, one.came_as(came, verdict));
        }
    }
    Ok(before)
}

/// Writes down what is new. Where another process takes an operation of the same id at the same
/// moment, one of them waits here, fails, and finds it when it is sent again.
async fn put(
    tx: &Transaction<'_>,
    device: RecordId,
    new: &[New<'_>],
    now: u64,
) -> Result<(), LogError> {
    let ones = || new.iter().map(|new| new.one);
    let sequences: Vec<i64> = ones().map(|one| int(one.sequence)).collect();
    let hashes: Vec<&[u8]> = ones().map(|one| one.hash.as_bytes().as_slice()).collect();
    let ids = new.iter().map(|new| new.id.as_ref());
    let ids: Vec<Option<&[u8]>> = ids.map(|id| Some(id?.as_bytes().as_slice())).collect();
    let verdicts = new.iter().map(|new| new.verdict.as_ref());
    let verdicts = verdicts.map(|verdict| verdict.map(text).transpose());
    let verdicts: Vec<Option<String>> = verdicts.collect::<Result<_, _>>()?;
    let bodies = new
        .iter()
        .map(|new| new.verdict.is_none().then_some(&*new.one.body));
    let bodies: Vec<Option<&str>> = bodies.collect();
    let sql = "
        INSERT INTO inbox (device, sequence, hash, taken_at, body, verdict, id)
        SELECT $1, sequence, hash, $2, body, verdict, id
        FROM unnest($3::bigint[], $4::bytea[], $5::text[], $6::text[], $7::bytea[])
            AS new (sequence, hash, body, verdict, id)
        ORDER BY sequence";
    let device = device.as_bytes().as_slice();
    tx.execute(
        sql,
        &[
            &device,
            &int(now),
            &sequences,
            &hashes,
            &bodies,
            &verdicts,
            &ids,
        ],
    )
    .await
    .map(drop)
    .map_err(told)
}

pub(super) async fn verdicts(
    client: &Object,
    device: RecordId,
    sequences: &RangeInclusive<u64>,
) -> Result<Vec<Taken>, LogError> {
    let sql = "
        SELECT sequence, verdict FROM inbox
        WHERE device = $1 AND sequence BETWEEN $2 AND $3 AND verdict IS NOT NULL
        ORDER BY sequence";
    let statement = client.prepare_cached(sql).await.map_err(told)?;
    let (from, to) = (int(*sequences.start()), int(*sequences.end()));
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 3] =
        [&device.as_bytes().as_slice(), &from, &to];
    let rows = client.query(&statement, &values).await.map_err(told)?;
    let taken = |row| {
        Ok(Taken {
            sequence: number(row, "sequence")?,
            verdict: json(row, "verdict")?,
        })
    };
    rows.iter().map(taken).collect()
}
