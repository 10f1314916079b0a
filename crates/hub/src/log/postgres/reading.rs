//! What is read for everything else: the hub itself, pages of records, history, the staff stream.

use deadpool_postgres::Object;
use domain::{Item, Kind, Record, RecordId};
use tokio_postgres::{GenericClient, Row};

use super::connection::{moment, told};
use super::rows::{
    bytes, id, int, json, kind, maybe_id, maybe_number, number, records as stored, tied, words,
};
use crate::log::{
    About, ChangeRow, Key, LogError, RecordRow, SigningKey, StaffRow, StaffWhat, Stored, Tied,
};

pub(super) async fn about(client: &impl GenericClient) -> Result<About, LogError> {
    let sql = "SELECT secret FROM signing_key ORDER BY position";
    let keys = client.query(sql, &[]).await.map_err(told)?;
    let keys = keys.iter().map(|row| bytes(row, "secret").map(SigningKey));
    let keys = keys.collect::<Result<_, _>>()?;
    let row = client
        .query_one("SELECT id, name, epoch FROM hub", &[])
        .await
        .map_err(told)?;
    Ok(About {
        hub: id(&row, "id")?,
        name: words(&row, "name")?,
        epoch: number(&row, "epoch")?,
        keys,
    })
}

pub(super) async fn cursor(client: &Object) -> Result<u64, LogError> {
    let statement = client
        .prepare_cached("SELECT cursor FROM hub")
        .await
        .map_err(told)?;
    number(
        &client.query_one(&statement, &[]).await.map_err(told)?,
        "cursor",
    )
}

pub(super) async fn records(
    client: &Object,
    kind: Kind,
    after: Option<RecordId>,
    most: usize,
) -> Result<Vec<RecordRow>, LogError> {
    let sql = "
        SELECT id, coalesce(public, body) AS text FROM record
        WHERE kind = $1 AND ($2::bytea IS NULL OR id > $2) AND NOT removed ORDER BY id LIMIT $3";
    let after = after.map(|id| id.as_bytes().to_vec());
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = client
        .query(sql, &[&kind.name(), &after, &most])
        .await
        .map_err(told)?;
    rows.iter().map(record_row).collect()
}

pub(super) async fn published(
    client: &Object,
    (kind, record): Key,
) -> Result<Option<RecordRow>, LogError> {
    let sql = "
        SELECT id, coalesce(public, body) AS text FROM record
        WHERE id = $1 AND kind = $2 AND NOT removed";
    let values = (record.as_bytes().as_slice(), kind.name());
    let row = client.query_opt(sql, &[&values.0, &values.1]).await;
    row.map_err(told)?.as_ref().map(record_row).transpose()
}

fn record_row(row: &Row) -> Result<RecordRow, LogError> {
    Ok(RecordRow {
        id: id(row, "id")?,
        body: words(row, "text")?,
    })
}

pub(super) async fn record(client: &mut Object, key: Key) -> Result<Option<Stored>, LogError> {
    let tx = moment(client).await?;
    let mut found = stored(&tx, &[key]).await?;
    Ok(found.remove(&key))
}

pub(super) async fn tied_of(client: &mut Object, key: Key) -> Result<Vec<Tied>, LogError> {
    let tx = moment(client).await?;
    let mut found = tied(&tx, &[key]).await?;
    Ok(found.remove(&key).unwrap_or_default())
}

pub(super) async fn history(
    client: &Object,
    (of, record): Key,
    most: usize,
) -> Result<Vec<ChangeRow>, LogError> {
    let sql = "
        SELECT sequence, kind, record, by, device, device_sequence, at, claimed_at, act, changes,
            note
        FROM change WHERE record = $1 AND kind = $2 ORDER BY sequence DESC LIMIT $3";
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let values = (record.as_bytes().as_slice(), of.name());
    let rows = client
        .query(sql, &[&values.0, &values.1, &most])
        .await
        .map_err(told)?;
    rows.iter().map(change).collect()
}

fn change(row: &Row) -> Result<ChangeRow, LogError> {
    Ok(ChangeRow {
        sequence: number(row, "sequence")?,
        key: (kind(row, "kind")?, id(row, "record")?),
        by: words(row, "by")?,
        device: maybe_id(row, "device")?,
        device_sequence: number(row, "device_sequence")?,
        at: number(row, "at")?,
        claimed_at: words(row, "claimed_at")?,
        act: words(row, "act")?.into(),
        changes: json(row, "changes")?,
        note: row.try_get("note").map_err(told)?,
    })
}

pub(super) async fn staff(
    client: &mut Object,
    after: u64,
    most: usize,
) -> Result<Vec<StaffRow>, LogError> {
    let sql = "
        SELECT cursor, kind, record, account, boroughs, body, NULL::bigint AS version,
            false AS removed
        FROM item WHERE cursor > $1
        UNION ALL
        SELECT cursor, kind, id, NULL, NULL, body, private, removed
        FROM record WHERE cursor > $1
        ORDER BY cursor LIMIT $2";
    let tx = moment(client).await?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = tx.query(sql, &[&int(after), &most]).await.map_err(told)?;
    let told: Vec<(Key, u64, StaffWhat)> = rows.iter().map(read).collect::<Result<_, _>>()?;
    let mut keys: Vec<Key> = told.iter().map(|(key, _cursor, _what)| *key).collect();
    keys.sort_unstable_by_key(|(kind, id)| (*id, kind.name()));
    keys.dedup();
    let tied = tied(&tx, &keys).await?;
    let row = |(key, cursor, what)| StaffRow {
        cursor,
        what,
        tied: tied.get(&key).cloned().unwrap_or_default(),
    };
    Ok(told.into_iter().map(row).collect())
}

fn read(row: &Row) -> Result<(Key, u64, StaffWhat), LogError> {
    let cursor = number(row, "cursor")?;
    let key = (kind(row, "kind")?, id(row, "record")?);
    let what = match maybe_number(row, "version")? {
        Some(version) => StaffWhat::Private {
            kind: key.0,
            record: key.1,
            version,
            body: match row.try_get("removed").map_err(told)? {
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
