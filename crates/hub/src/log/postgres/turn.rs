//! A turn of the sequencer: what waits, and how things stand. One at a time among all processes, as
//! each holds the lock until its commit.

use std::collections::HashMap;
use std::sync::Arc;

use deadpool_postgres::Object;
use domain::{Item, Kind, RecordId};
use tokio_postgres::{Row, Transaction};

use super::connection::{DECIDING, lock, told};
use super::people::accounts_of;
use super::rows::{id, json, number, records, tied, words};
use super::write::write;
use crate::log::{AccountRow, Key, LogError, Standing, StoredItem, Turned, Waiting, Wanted};
use crate::seed::Seed;
use crate::sequencer::Sequencer;
use wire::Digests;

/// Operations decided in one turn at most.
const MOST: i64 = 1000;
/// Bytes of operations decided in one turn, but for the last one.
const MOST_BYTES: usize = 8 * 1024 * 1024;

pub(super) async fn turn(
    client: &mut Object,
    by: &Sequencer,
    now: u64,
) -> Result<Turned, LogError> {
    let tx = client.transaction().await.map_err(told)?;
    lock(&tx, DECIDING).await?;
    let waiting = waiting(&tx).await?;
    if waiting.is_empty() {
        let sequence = whole(&tx).await?.sequence;
        return Ok(Turned {
            decided: 0,
            sequence,
        });
    }
    let batch = by.read(waiting);
    let standing = standing(&tx, &batch.wanted).await?;
    let decided = by.decide(batch, standing, now);
    failpoints::reach("turn:decided");
    write(&tx, &decided).await?;
    tx.commit().await.map_err(told)?;
    Ok(Turned {
        decided: decided.verdicts.len(),
        sequence: decided.sequence,
    })
}

/// Puts in those records that are not there yet.
pub(super) async fn seed(
    client: &mut Object,
    by: &Sequencer,
    seeds: &[Seed],
    now: u64,
) -> Result<u64, LogError> {
    let wanted = Wanted {
        records: seeds.iter().map(Seed::key).collect(),
        ..Wanted::default()
    };
    let tx = client.transaction().await.map_err(told)?;
    lock(&tx, DECIDING).await?;
    let standing = standing(&tx, &wanted).await?;
    let decided = by.seeded(seeds, standing, now);
    write(&tx, &decided).await?;
    tx.commit().await.map_err(told)?;
    Ok(decided.sequence)
}

async fn waiting(tx: &Transaction<'_>) -> Result<Vec<Waiting>, LogError> {
    // By their bytes first, so that no more is fetched than is decided.
    let sql = "
        SELECT row, device, inbox.sequence, taken_at, body, account
        FROM (SELECT row, device, sequence, taken_at, body,
                sum(length(body)) OVER (ORDER BY row) - length(body) AS before
            FROM (SELECT * FROM inbox WHERE verdict IS NULL ORDER BY row LIMIT $1) AS first
        ) AS inbox
        JOIN device ON device.id = inbox.device
        WHERE before <= $2 ORDER BY row";
    let most = i64::try_from(MOST_BYTES).unwrap_or(i64::MAX);
    let rows = tx.query(sql, &[&MOST, &most]).await.map_err(told)?;
    let mut of: Vec<RecordId> = rows
        .iter()
        .map(|row| id(row, "account"))
        .collect::<Result<_, _>>()?;
    of.sort_unstable();
    of.dedup();
    let accounts = accounts_of(tx, &of).await?;
    let accounts: HashMap<RecordId, Arc<AccountRow>> = accounts
        .into_iter()
        .map(|account| (account.id, Arc::new(account)))
        .collect();
    rows.iter().map(|row| one(row, &accounts)).collect()
}

fn one(row: &Row, accounts: &HashMap<RecordId, Arc<AccountRow>>) -> Result<Waiting, LogError> {
    let account = accounts.get(&id(row, "account")?).map(Arc::clone);
    Ok(Waiting {
        row: row.try_get("row").map_err(told)?,
        device: id(row, "device")?,
        sequence: number(row, "sequence")?,
        account: account.ok_or_else(|| LogError::damaged("a device without account"))?,
        taken_at: number(row, "taken_at")?,
        body: words(row, "body")?.into(),
    })
}

/// How things stand for what is wanted.
async fn standing(tx: &Transaction<'_>, wanted: &Wanted) -> Result<Standing, LogError> {
    let mut standing = whole(tx).await?;
    let mut keys = wanted.records.clone();
    if !wanted.items.is_empty() || !wanted.items_of.is_empty() {
        for item in items(tx, wanted).await? {
            keys.insert((item.item.kind, item.item.record));
            standing.items.insert(item.item.id, item);
        }
    }
    let keys: Vec<Key> = keys.into_iter().collect();
    standing.records = records(tx, &keys).await?;
    let others: Vec<Key> = keys
        .into_iter()
        .filter(|key| key.0 != Kind::Service)
        .collect();
    if !others.is_empty() {
        standing.ties = tied(tx, &others).await?;
    }
    for key in others {
        standing.ties.entry(key).or_default();
    }
    Ok(standing)
}

/// The whole as it is now, without any record.
pub(super) async fn whole(tx: &Transaction<'_>) -> Result<Standing, LogError> {
    let sql = "SELECT sequence, cursor, digests, counts FROM hub";
    let row = tx.query_one(sql, &[]).await.map_err(told)?;
    Ok(Standing {
        sequence: number(&row, "sequence")?,
        cursor: number(&row, "cursor")?,
        digests: Digests::from_hex(&words(&row, "digests")?).map_err(LogError::damaged)?,
        counts: json(&row, "counts")?,
        records: HashMap::new(),
        ties: HashMap::new(),
        items: HashMap::new(),
    })
}

async fn items(tx: &Transaction<'_>, wanted: &Wanted) -> Result<Vec<StoredItem>, LogError> {
    let sql = "
        SELECT account, boroughs, body FROM item
        WHERE id = ANY ($1)
            OR (record, kind) IN (SELECT * FROM unnest($2::bytea[], $3::text[]))";
    let ids: Vec<&[u8]> = wanted
        .items
        .iter()
        .map(|id| id.as_bytes().as_slice())
        .collect();
    let of = wanted
        .items_of
        .iter()
        .map(|(kind, id)| (id.as_bytes().as_slice(), kind.name()));
    let (records, kinds): (Vec<&[u8]>, Vec<&str>) = of.unzip();
    let rows = tx
        .query(sql, &[&ids, &records, &kinds])
        .await
        .map_err(told)?;
    let item = |row| {
        Ok(StoredItem {
            item: json::<Item>(row, "body")?,
            account: id(row, "account")?,
            boroughs: json(row, "boroughs")?,
        })
    };
    rows.iter().map(item).collect()
}
