//! Writes down what was decided: a statement a table, however many rows.

mod again;

use domain::RecordId;
use tokio_postgres::Transaction;
use tokio_postgres::types::ToSql;

use super::connection::told;
use super::listen::tell;
use super::rows::{int, said, text};
use crate::log::{ChangeRow, Decided, ItemRow, LogError, RecordChange};

/// Rows of one statement.
const AT_ONCE: usize = 1000;

/// Writes down what was decided, and tells the other processes.
pub(super) async fn write(tx: &Transaction<'_>, decided: &Decided) -> Result<(), LogError> {
    for changes in decided.records.chunks(AT_ONCE) {
        put_records(tx, changes).await?;
        put_ties(tx, changes).await?;
    }
    failpoints::reach("turn:records");
    for changes in decided.changes.chunks(AT_ONCE) {
        put_changes(tx, changes).await?;
    }
    failpoints::reach("turn:changes");
    for items in decided.items.chunks(AT_ONCE) {
        put_items(tx, items).await?;
    }
    failpoints::reach("turn:items");
    let rows: Vec<i64> = decided
        .verdicts
        .iter()
        .map(|(row, _verdict)| *row)
        .collect();
    let verdicts = decided.verdicts.iter().map(|(_row, verdict)| text(verdict));
    let verdicts: Vec<String> = verdicts.collect::<Result<_, _>>()?;
    let sql = "
        UPDATE inbox SET verdict = new.verdict, body = NULL
        FROM unnest($1::bigint[], $2::text[]) AS new (row, verdict) WHERE inbox.row = new.row";
    tx.execute(sql, &[&rows, &verdicts]).await.map_err(told)?;
    failpoints::reach("turn:verdicts");
    let cursor = again::tell(tx, decided).await?;
    let sql = "UPDATE hub SET sequence = $1, cursor = $2, digests = $3, counts = $4";
    let (sequence, cursor) = (int(decided.sequence), int(cursor));
    let (digests, counts) = (decided.digests.to_hex(), text(&decided.counts)?);
    tx.execute(sql, &[&sequence, &cursor, &digests, &counts])
        .await
        .map_err(told)?;
    tell(tx, "decided").await?;
    failpoints::reach("turn:written");
    Ok(())
}

/// A column of values, one for each row.
fn column<'a, R, T>(rows: &'a [R], value: impl Fn(&'a R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}

async fn put(
    tx: &Transaction<'_>,
    sql: &str,
    columns: &[&(dyn ToSql + Sync)],
) -> Result<(), LogError> {
    tx.execute(sql, columns).await.map(drop).map_err(told)
}

async fn put_records(tx: &Transaction<'_>, rows: &[RecordChange]) -> Result<(), LogError> {
    let sql = "
        INSERT INTO record (id, kind, version, at, removed, editor, others, digest, boroughs,
            private, cursor, body, public)
        SELECT * FROM unnest($1::bytea[], $2::text[], $3::bigint[], $4::bigint[], $5::boolean[],
            $6::bytea[], $7::bigint[], $8::bytea[], $9::text[], $10::bigint[], $11::bigint[],
            $12::text[], $13::text[])
        ON CONFLICT (id, kind) DO UPDATE SET version = excluded.version, at = excluded.at,
            removed = excluded.removed, editor = excluded.editor, others = excluded.others,
            digest = excluded.digest, boroughs = excluded.boroughs, private = excluded.private,
            cursor = coalesce(excluded.cursor, record.cursor), body = excluded.body,
            public = excluded.public";
    let boroughs = rows
        .iter()
        .map(|row| row.boroughs.as_ref().map(text).transpose());
    let boroughs: Vec<Option<String>> = boroughs.collect::<Result<_, _>>()?;
    let bodies = rows.iter().map(|row| text(&row.stored.body));
    let bodies: Vec<String> = bodies.collect::<Result<_, _>>()?;
    let editor = |row: &RecordChange| row.stored.editor.map(|id| id.as_bytes().to_vec());
    let columns: [&(dyn ToSql + Sync); 13] = [
        &column(rows, |row| row.key.1.as_bytes().as_slice()),
        &column(rows, |row| row.key.0.name()),
        &column(rows, |row| int(row.stored.version)),
        &column(rows, |row| int(row.stored.at)),
        &column(rows, |row| row.stored.removed),
        &column(rows, editor),
        &column(rows, |row| int(row.stored.others)),
        &column(rows, |row| row.stored.digest.as_slice()),
        &boroughs,
        &column(rows, |row| row.stored.private.map(int)),
        &column(rows, |row| row.cursor.map(int)),
        &bodies,
        &column(rows, |row| row.public.as_deref()),
    ];
    put(tx, sql, &columns).await
}

async fn put_ties(tx: &Transaction<'_>, rows: &[RecordChange]) -> Result<(), LogError> {
    let changed: Vec<(RecordId, &[RecordId])> = rows
        .iter()
        .filter_map(|row| Some((row.key.1, row.ties.as_deref()?)))
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    let gone = column(&changed, |(service, _others)| service.as_bytes().as_slice());
    put(tx, "DELETE FROM tie WHERE service = ANY ($1)", &[&gone]).await?;
    let pairs = changed.iter().flat_map(|(service, others)| {
        let pair = |other| {
            (
                service.as_bytes().as_slice(),
                RecordId::as_bytes(other).as_slice(),
            )
        };
        others.iter().map(pair)
    });
    let (services, others): (Vec<&[u8]>, Vec<&[u8]>) = pairs.unzip();
    let sql = "
        INSERT INTO tie (service, other) SELECT * FROM unnest($1::bytea[], $2::bytea[])
        ON CONFLICT DO NOTHING";
    put(tx, sql, &[&services, &others]).await
}

async fn put_changes(tx: &Transaction<'_>, rows: &[ChangeRow]) -> Result<(), LogError> {
    let sql = "
        INSERT INTO change (sequence, kind, record, by, device, device_sequence, at, claimed_at,
            act, changes, note)
        SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::text[], $5::bytea[],
            $6::bigint[], $7::bigint[], $8::text[], $9::text[], $10::text[], $11::text[])";
    let changes = rows.iter().map(|row| text(&row.changes));
    let changes: Vec<String> = changes.collect::<Result<_, _>>()?;
    let columns: [&(dyn ToSql + Sync); 11] = [
        &column(rows, |row| int(row.sequence)),
        &column(rows, |row| row.key.0.name()),
        &column(rows, |row| row.key.1.as_bytes().as_slice()),
        &column(rows, |row| said(&row.by)),
        &column(rows, |row| row.device.map(|id| id.as_bytes().to_vec())),
        &column(rows, |row| int(row.device_sequence)),
        &column(rows, |row| int(row.at)),
        &column(rows, |row| said(&row.claimed_at)),
        &column(rows, |row| row.act.as_ref()),
        &changes,
        &column(rows, |row| row.note.as_deref().map(said)),
    ];
    put(tx, sql, &columns).await
}

async fn put_items(tx: &Transaction<'_>, rows: &[ItemRow]) -> Result<(), LogError> {
    let sql = "
        INSERT INTO item (id, kind, record, account, cursor, boroughs, body)
        SELECT * FROM unnest($1::bytea[], $2::text[], $3::bytea[], $4::bytea[], $5::bigint[],
            $6::text[], $7::text[])
        ON CONFLICT (id) DO UPDATE SET cursor = excluded.cursor, body = excluded.body";
    let boroughs = rows.iter().map(|row| text(&row.boroughs));
    let boroughs: Vec<String> = boroughs.collect::<Result<_, _>>()?;
    let bodies = rows.iter().map(|row| text(&row.item));
    let bodies: Vec<String> = bodies.collect::<Result<_, _>>()?;
    let columns: [&(dyn ToSql + Sync); 7] = [
        &column(rows, |row| row.item.id.as_bytes().as_slice()),
        &column(rows, |row| row.item.kind.name()),
        &column(rows, |row| row.item.record.as_bytes().as_slice()),
        &column(rows, |row| row.account.as_bytes().as_slice()),
        &column(rows, |row| int(row.item.cursor)),
        &boroughs,
        &bodies,
    ];
    put(tx, sql, &columns).await
}
