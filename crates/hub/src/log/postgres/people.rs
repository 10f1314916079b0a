//! Accounts, devices, pairings.

use std::sync::Arc;

use deadpool_postgres::Object;
use domain::{Account, RecordId, Role};
use tokio_postgres::{GenericClient, Row};
use wire::Code;

use super::connection::{DECIDING, lock, told};
use super::rows::{hash, id, int, json, number, said, text, words};
use crate::log::{AccountRow, DeviceRow, LogError, NewDevice, Pairing, TELL_ALL_AGAIN, Visitor};
use crate::pairing::Tried;

const ACCOUNT: &str = "SELECT id, name, role, boroughs, closed, made_at FROM account";

pub(super) async fn accounts(client: &Object) -> Result<Vec<AccountRow>, LogError> {
    let sql = format!("{ACCOUNT} ORDER BY name");
    let rows = client.query(&sql, &[]).await.map_err(told)?;
    rows.iter().map(account).collect()
}

fn account(row: &Row) -> Result<AccountRow, LogError> {
    Ok(AccountRow {
        id: id(row, "id")?,
        account: Account {
            name: words(row, "name")?,
            role: match words(row, "role")?.as_str() {
                "administrator" => Role::Administrator,
                "curator" => Role::Curator,
                _ => Role::Contributor,
            },
            boroughs: json(row, "boroughs")?,
        },
        closed: row.try_get("closed").map_err(told)?,
        made_at: number(row, "made_at")?,
    })
}

/// The accounts of these identities.
pub(super) async fn accounts_of(
    client: &impl GenericClient,
    of: &[RecordId],
) -> Result<Vec<AccountRow>, LogError> {
    let sql = format!("{ACCOUNT} WHERE id = ANY ($1)");
    let of: Vec<&[u8]> = of.iter().map(|id| id.as_bytes().as_slice()).collect();
    let rows = client.query(&sql, &[&of]).await.map_err(told)?;
    rows.iter().map(account).collect()
}

pub(super) async fn put_account(client: &mut Object, row: &AccountRow) -> Result<(), LogError> {
    let tx = client.transaction().await.map_err(told)?;
    // The staff stream may move, which only one at a time may do.
    lock(&tx, DECIDING).await?;
    let former = accounts_of(&*tx, &[row.id]).await?.pop();
    let sql = "
        INSERT INTO account (id, name, role, boroughs, closed, made_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,
            boroughs = excluded.boroughs, closed = excluded.closed";
    let role = match row.account.role {
        Role::Contributor => "contributor",
        Role::Curator => "curator",
        Role::Administrator => "administrator",
    };
    let boroughs = text(&row.account.boroughs)?;
    let (of, name, made_at) = (
        row.id.as_bytes().as_slice(),
        said(&row.account.name),
        int(row.made_at),
    );
    tx.execute(sql, &[&of, &name, &role, &boroughs, &row.closed, &made_at])
        .await
        .map_err(told)?;
    let sees = |row: &AccountRow| (row.account.role, row.account.boroughs.clone());
    if former.is_some_and(|former| sees(&former) != sees(row)) {
        tx.batch_execute(TELL_ALL_AGAIN).await.map_err(told)?;
    }
    failpoints::reach("account:written");
    tx.commit().await.map_err(told)
}

const DEVICE: &str = "SELECT id, account, name, key_hash, last, made_at, revoked FROM device";

pub(super) async fn devices(client: &Object) -> Result<Vec<DeviceRow>, LogError> {
    let sql = format!("{DEVICE} ORDER BY made_at, id");
    let rows = client.query(&sql, &[]).await.map_err(told)?;
    rows.iter().map(device).collect()
}

fn device(row: &Row) -> Result<DeviceRow, LogError> {
    Ok(DeviceRow {
        id: id(row, "id")?,
        account: id(row, "account")?,
        name: words(row, "name")?,
        key_hash: hash(row, "key_hash")?,
        last: number(row, "last")?,
        made_at: number(row, "made_at")?,
        revoked: row.try_get("revoked").map_err(told)?,
    })
}

pub(super) async fn visitor(
    client: &impl GenericClient,
    of: RecordId,
) -> Result<Option<Visitor>, LogError> {
    let sql = format!("{DEVICE} WHERE id = $1 AND NOT revoked");
    let found = client
        .query_opt(&sql, &[&of.as_bytes().as_slice()])
        .await
        .map_err(told)?;
    let Some(device) = found.as_ref().map(device).transpose()? else {
        return Ok(None);
    };
    let account = accounts_of(client, &[device.account]).await?.pop();
    let account = account.filter(|account| !account.closed);
    Ok(account.map(|account| Visitor {
        device,
        account: Arc::new(account),
    }))
}

pub(super) async fn revoke(client: &Object, of: RecordId) -> Result<bool, LogError> {
    let sql = "UPDATE device SET revoked = true WHERE id = $1";
    let rows = client
        .execute(sql, &[&of.as_bytes().as_slice()])
        .await
        .map_err(told)?;
    Ok(rows > 0)
}

pub(super) async fn open_pairing(
    client: &Object,
    new: &Pairing,
    now: u64,
) -> Result<bool, LogError> {
    let over = "DELETE FROM pairing WHERE expires_at <= $1";
    client.execute(over, &[&int(now)]).await.map_err(told)?;
    let sql = "
        INSERT INTO pairing (finder, proof, account, expires_at, tries)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    let (proof, account) = (
        new.proof.as_bytes().as_slice(),
        new.account.as_bytes().as_slice(),
    );
    let (expires, tries) = (int(new.expires_at), int(new.tries));
    let rows = client
        .execute(sql, &[&new.finder, &proof, &account, &expires, &tries])
        .await
        .map_err(told)?;
    Ok(rows > 0)
}

pub(super) async fn pair(
    client: &mut Object,
    code: &Code,
    device: &NewDevice,
    now: u64,
) -> Result<Option<Visitor>, LogError> {
    let tx = client.transaction().await.map_err(told)?;
    // Whoever tries next waits: no two tries count as one, no code is used twice.
    let sql = "
        SELECT finder, proof, account, expires_at, tries FROM pairing WHERE finder = $1 FOR UPDATE";
    let finder = code.finder();
    let found = tx.query_opt(sql, &[&finder]).await.map_err(told)?;
    let Some(pairing) = found.as_ref().map(pairing).transpose()? else {
        return Ok(None);
    };
    let visitor = match pairing.tried(code, now) {
        Tried::Gone => None,
        Tried::Wrong => {
            let sql = "UPDATE pairing SET tries = tries + 1 WHERE finder = $1";
            tx.execute(sql, &[&finder]).await.map_err(told)?;
            None
        }
        Tried::Right => {
            let used = "DELETE FROM pairing WHERE finder = $1";
            tx.execute(used, &[&finder]).await.map_err(told)?;
            failpoints::reach("pair:used");
            join(&*tx, device, pairing.account, now).await?;
            failpoints::reach("pair:joined");
            visitor(&*tx, device.id).await?
        }
    };
    tx.commit().await.map_err(told)?;
    Ok(visitor)
}

fn pairing(row: &Row) -> Result<Pairing, LogError> {
    Ok(Pairing {
        finder: words(row, "finder")?,
        proof: hash(row, "proof")?,
        account: id(row, "account")?,
        expires_at: number(row, "expires_at")?,
        tries: number(row, "tries")?,
    })
}

/// Adds a device to an account.
async fn join(
    client: &impl GenericClient,
    device: &NewDevice,
    account: RecordId,
    now: u64,
) -> Result<(), LogError> {
    let sql = "
        INSERT INTO device (id, account, name, key_hash, last, made_at, revoked)
        VALUES ($1, $2, $3, $4, 0, $5, false)";
    let (of, account) = (
        device.id.as_bytes().as_slice(),
        account.as_bytes().as_slice(),
    );
    let (name, key_hash) = (said(&device.name), device.key_hash.as_bytes().as_slice());
    client
        .execute(sql, &[&of, &account, &name, &key_hash, &int(now)])
        .await
        .map(drop)
        .map_err(told)
}
