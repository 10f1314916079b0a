//! The inbox. Devices write into it at the same time; each for itself is in order, as whoever writes
//! for it holds its row.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use deadpool_postgres::Object;
use domain::{RecordId, Verdict};
use tokio_postgres::Transaction;
use wire::{Hash, OperationName, Taken};

use super::connection::told;
use super::rows::{hash, int, json, number, text};
use crate::log::{Before, Incoming, LogError, TakenIn};

pub(super) async fn take_in(
    client: &mut Object,
    device: RecordId,
    operations: &[Incoming],
    now: u64,
) -> Result<TakenIn, LogError> {
    let tx = client.transaction().await.map_err(told)?;
    let first = held(&tx, device).await?;
    let before = known(&tx, device, operations, first).await?;
    let mut taken = TakenIn {
        last: first,
        cloned: None,
        new: 0,
    };
    let renamed = renamed(&tx, device).await?;
    let mut new = Vec::new();
    for one in operations {
        if one.sequence > taken.last + 1 {
            break;
        }
        if one.sequence <= first {
            if before.get(&one.sequence).is_some_and(|hash| !one.is(*hash)) {
                taken.cloned = Some(one.sequence);
                break;
            }
            continue;
        }
        // The same sequence twice in one push: the first one counts.
        if one.sequence == taken.last + 1 {
            let verdict = match before_this(&tx, &one.names(device, renamed)).await? {
                Before::New => {
                    keep_names(&tx, device, one, "").await?;
                    one.verdict.clone()
                }
                Before::Decided(verdict) => {
                    keep_names(&tx, device, one, "ON CONFLICT DO NOTHING").await?;
                    Some(verdict)
                }
                Before::Waits => break,
            };
            new.push((one, verdict));
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

/// Whether operations of this device are known that came under another name.
async fn renamed(tx: &Transaction<'_>, device: RecordId) -> Result<bool, LogError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM former_name WHERE device = $1)";
    let row = tx.query_one(sql, &[&device.as_bytes().as_slice()]).await;
    row.map_err(told)?.try_get(0).map_err(told)
}

/// What is known of an operation under these names: as it came, or as one that came had been called.
async fn before_this(
    tx: &Transaction<'_>,
    names: &[(OperationName, Hash)],
) -> Result<Before, LogError> {
    let sql = "
        SELECT verdict FROM inbox WHERE device = $1 AND sequence = $2 AND hash = $3
        UNION ALL
        SELECT inbox.verdict FROM former_name AS former
        JOIN inbox ON inbox.device = now_device AND inbox.sequence = now_sequence
        WHERE former.device = $1 AND former.sequence = $2 AND former.hash = $3
        LIMIT 1";
    for (name, hash) in names {
        let device = name.device.as_bytes().as_slice();
        let (sequence, hash) = (int(name.sequence), hash.as_bytes().as_slice());
        let found = tx.query_opt(sql, &[&device, &sequence, &hash]).await;
        if let Some(row) = found.map_err(told)? {
            let decided: Option<&str> = row.try_get("verdict").map_err(told)?;
            return Ok(match decided {
                Some(_) => Before::Decided(json(&row, "verdict")?),
                None => Before::Waits,
            });
        }
    }
    Ok(Before::New)
}

/// Keeps how an operation was called before. Where another copy of its disk sends a new one at the
/// same moment, one of them waits here, fails, and finds it when it is sent again.
async fn keep_names(
    tx: &Transaction<'_>,
    device: RecordId,
    one: &Incoming,
    where_there: &str,
) -> Result<(), LogError> {
    let sql = format!(
        "INSERT INTO former_name (device, sequence, hash, now_device, now_sequence)
         VALUES ($1, $2, $3, $4, $5) {where_there}"
    );
    let now = (device.as_bytes().as_slice(), int(one.sequence));
    for (name, hash) in &one.formerly {
        let name = (name.device.as_bytes().as_slice(), int(name.sequence));
        let hash = hash.as_bytes().as_slice();
        tx.execute(&sql, &[&name.0, &name.1, &hash, &now.0, &now.1])
            .await
            .map_err(told)?;
    }
    Ok(())
}

async fn put(
    tx: &Transaction<'_>,
    device: RecordId,
    new: &[(&Incoming, Option<Verdict>)],
    now: u64,
) -> Result<(), LogError> {
    let sequences: Vec<i64> = new.iter().map(|(one, _)| int(one.sequence)).collect();
    let hashes: Vec<&[u8]> = new
        .iter()
        .map(|(one, _)| one.hash.as_bytes().as_slice())
        .collect();
    let verdicts = new
        .iter()
        .map(|(_, verdict)| verdict.as_ref().map(text).transpose());
    let verdicts: Vec<Option<String>> = verdicts.collect::<Result<_, _>>()?;
    let bodies = new
        .iter()
        .map(|(one, verdict)| verdict.is_none().then_some(&*one.body));
    let bodies: Vec<Option<&str>> = bodies.collect();
    let sql = "
        INSERT INTO inbox (device, sequence, hash, taken_at, body, verdict)
        SELECT $1, sequence, hash, $2, body, verdict
        FROM unnest($3::bigint[], $4::bytea[], $5::text[], $6::text[])
            AS new (sequence, hash, body, verdict)
        ORDER BY sequence";
    let device = device.as_bytes().as_slice();
    tx.execute(
        sql,
        &[&device, &int(now), &sequences, &hashes, &bodies, &verdicts],
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
