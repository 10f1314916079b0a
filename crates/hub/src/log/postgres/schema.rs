//! The schema, step by step. Steps are only ever added.

use tokio_postgres::Transaction;

use super::connection::{MAKING, lock, told};
use crate::log::LogError;

const STEPS: [&str; 2] = [
    include_str!("../../../migrations/postgres/01_hub.sql"),
    include_str!("../../../migrations/postgres/02_identity.sql"),
];

/// Brings a database of any older version to this one, and refuses one of a newer version. Of
/// several processes that begin at once, one does it.
pub(super) async fn migrate(tx: &Transaction<'_>) -> Result<(), LogError> {
    lock(tx, MAKING).await?;
    let sql = "CREATE TABLE IF NOT EXISTS hub_schema (version BIGINT NOT NULL)";
    tx.batch_execute(sql).await.map_err(told)?;
    let sql = "SELECT coalesce(max(version), 0) FROM hub_schema";
    let found: i64 = tx
        .query_one(sql, &[])
        .await
        .map_err(told)?
        .try_get(0)
        .map_err(told)?;
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(LogError::Newer { found, known });
    }
    let done = usize::try_from(found).unwrap_or_default();
    for (step, sql) in (1_i64..).zip(STEPS).skip(done) {
        tx.batch_execute(sql).await.map_err(told)?;
        let sql = "INSERT INTO hub_schema (version) VALUES ($1)";
        tx.execute(sql, &[&step]).await.map_err(told)?;
    }
    Ok(())
}
