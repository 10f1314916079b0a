//! Making a hub's tables, and beginning anew after a backup was brought back. Backups themselves,
//! replication and failover are PostgreSQL's.

use super::connection::{DECIDING, config, connection, lock, pool, told};
use super::rows::{int, said};
use super::tls::Tls;
use super::{reading, schema};
use crate::log::{About, LogError};

/// Makes the log of a new hub in a database, unless one is there. True: it is new.
pub(crate) async fn make(address: &str, about: &About) -> Result<bool, LogError> {
    let pool = pool(config(address)?, Tls::new()?)?;
    let mut client = connection(&pool).await?;
    let tx = client.transaction().await.map_err(told)?;
    schema::migrate(&tx).await?;
    let there = tx.query_opt("SELECT 1 FROM hub", &[]).await.map_err(told)?;
    failpoints::reach("make:schema");
    if there.is_some() {
        tx.commit().await.map_err(told)?;
        return Ok(false);
    }
    let sql = "
        INSERT INTO hub (id, name, epoch, sequence, cursor, digests, counts)
        VALUES ($1, $2, $3, 0, 0, $4, '{}')";
    let digests = wire::Digests::default().to_hex();
    let (hub, name) = (about.hub.as_bytes().as_slice(), said(&about.name));
    tx.execute(sql, &[&hub, &name, &int(about.epoch), &digests])
        .await
        .map_err(told)?;
    failpoints::reach("make:hub");
    for (position, key) in (0_i64..).zip(&about.keys) {
        let sql = "INSERT INTO signing_key (position, secret) VALUES ($1, $2)";
        tx.execute(sql, &[&position, &key.0.as_slice()])
            .await
            .map_err(told)?;
    }
    failpoints::reach("make:keys");
    tx.commit().await.map_err(told)?;
    failpoints::reach("make:committed");
    Ok(true)
}

/// Begins a new epoch in a database that was brought back from a backup: what desks have seen beyond
/// the backup is over, and they send again what they keep.
pub(crate) async fn begin_epoch(address: &str, now: u64) -> Result<About, LogError> {
    let pool = pool(config(address)?, Tls::new()?)?;
    let mut client = connection(&pool).await?;
    let tx = client.transaction().await.map_err(told)?;
    schema::migrate(&tx).await?;
    lock(&tx, DECIDING).await?;
    let mut about = reading::about(&*tx).await?;
    about.epoch = About::next_epoch(about.epoch, now);
    tx.execute("UPDATE hub SET epoch = $1", &[&int(about.epoch)])
        .await
        .map_err(told)?;
    failpoints::reach("restore:begun");
    tx.commit().await.map_err(told)?;
    failpoints::reach("restore:kept");
    Ok(about)
}
