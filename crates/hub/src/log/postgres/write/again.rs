//! Telling once more what others may look after now.

use domain::{Kind, RecordId};
use tokio_postgres::{Row, Transaction};

use crate::log::postgres::connection::told;
use crate::log::postgres::rows::{id, int, kind};
use crate::log::{Decided, LogError};

/// Gives what is told once more its places in the staff stream, and says which is the last now.
pub(super) async fn tell(tx: &Transaction<'_>, decided: &Decided) -> Result<u64, LogError> {
    if decided.again.is_empty() {
        return Ok(decided.cursor);
    }
    let again = decided.again.iter();
    let (ids, kinds): (Vec<&[u8]>, Vec<&str>) = again
        .map(|(kind, id)| (id.as_bytes().as_slice(), kind.name()))
        .unzip();
    let items = "
        SELECT item.id FROM item
        JOIN unnest($1::bytea[], $2::text[]) AS again (record, kind) USING (record, kind)
        ORDER BY cursor";
    let items = tx.query(items, &[&ids, &kinds]).await.map_err(told)?;
    let private = "
        SELECT id, kind FROM record
        JOIN unnest($1::bytea[], $2::text[]) AS again (id, kind) USING (id, kind)
        WHERE cursor IS NOT NULL ORDER BY cursor";
    let private = tx.query(private, &[&ids, &kinds]).await.map_err(told)?;
    let behind = decided.cursor + many(&items);
    tell_items(tx, &items, decided.cursor).await?;
    tell_private(tx, &private, behind).await?;
    Ok(behind + many(&private))
}

fn many(rows: &[Row]) -> u64 {
    u64::try_from(rows.len()).unwrap_or(u64::MAX)
}

/// The places behind this one, as many as there are rows.
fn places(rows: &[Row], behind: u64) -> Vec<i64> {
    (behind + 1..).map(int).take(rows.len()).collect()
}

async fn tell_items(tx: &Transaction<'_>, rows: &[Row], behind: u64) -> Result<(), LogError> {
    let ids: Vec<RecordId> = rows
        .iter()
        .map(|row| id(row, "id"))
        .collect::<Result<_, _>>()?;
    let ids: Vec<&[u8]> = ids.iter().map(|id| id.as_bytes().as_slice()).collect();
    let sql = "
        UPDATE item SET cursor = told.cursor
        FROM unnest($1::bytea[], $2::bigint[]) AS told (id, cursor) WHERE item.id = told.id";
    tx.execute(sql, &[&ids, &places(rows, behind)])
        .await
        .map(drop)
        .map_err(told)
}

async fn tell_private(tx: &Transaction<'_>, rows: &[Row], behind: u64) -> Result<(), LogError> {
    let named = |row| Ok((id(row, "id")?, kind(row, "kind")?));
    let named: Vec<(RecordId, Kind)> = rows.iter().map(named).collect::<Result<_, LogError>>()?;
    let (ids, kinds): (Vec<&[u8]>, Vec<&str>) = named
        .iter()
        .map(|(id, kind)| (id.as_bytes().as_slice(), kind.name()))
        .unzip();
    let sql = "
        UPDATE record SET cursor = told.cursor
        FROM unnest($1::bytea[], $2::text[], $3::bigint[]) AS told (id, kind, cursor)
        WHERE record.id = told.id AND record.kind = told.kind";
    tx.execute(sql, &[&ids, &kinds, &places(rows, behind)])
        .await
        .map(drop)
        .map_err(told)
}
