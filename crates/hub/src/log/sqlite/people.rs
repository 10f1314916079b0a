//! Accounts, devices, pairings.

use std::sync::Arc;

use domain::{Account, RecordId, Role};
use rusqlite::{Connection, OptionalExtension, Row};

use wire::Code;

use super::connection::told;
use super::rows::{hash, id, int, json, number, text};
use crate::log::{AccountRow, DeviceRow, LogError, NewDevice, Pairing, TELL_ALL_AGAIN, Visitor};
use crate::pairing::Tried;

/// A role's name in its column.
fn role_name(role: Role) -> &'static str {
    match role {
        Role::Contributor => "contributor",
        Role::Curator => "curator",
        Role::Administrator => "administrator",
    }
}

pub(super) fn accounts(conn: &Connection) -> Result<Vec<AccountRow>, LogError> {
    let sql = "SELECT id, name, role, boroughs, closed, made_at FROM account ORDER BY name";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let rows = statement.query_map((), account).map_err(told)?;
    rows.collect::<Result<_, _>>().map_err(told)
}

fn account(row: &Row<'_>) -> rusqlite::Result<AccountRow> {
    Ok(AccountRow {
        id: id(row, "id")?,
        account: Account {
            name: row.get("name")?,
            role: match row.get_ref("role")?.as_str()? {
                "administrator" => Role::Administrator,
                "curator" => Role::Curator,
                _ => Role::Contributor,
            },
            boroughs: json(row, "boroughs")?,
        },
        closed: row.get("closed")?,
        made_at: number(row, "made_at")?,
    })
}

/// The account of this identity.
pub(super) fn account_of(conn: &Connection, of: RecordId) -> Result<Option<AccountRow>, LogError> {
    let sql = "SELECT id, name, role, boroughs, closed, made_at FROM account WHERE id = ?1";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    statement
        .query_row([of.as_bytes()], account)
        .optional()
        .map_err(told)
}

pub(super) fn put_account(conn: &Connection, row: &AccountRow) -> Result<(), LogError> {
    let former = account_of(conn, row.id)?;
    let sql = "
        INSERT INTO account (id, name, role, boroughs, closed, made_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,
            boroughs = excluded.boroughs, closed = excluded.closed";
    let boroughs = text(&row.account.boroughs)?;
    let values = (
        row.id.as_bytes(),
        &row.account.name,
        role_name(row.account.role),
        boroughs,
        row.closed,
        int(row.made_at),
    );
    conn.execute(sql, values).map_err(told)?;
    let sees = |row: &AccountRow| (row.account.role, row.account.boroughs.clone());
    if former.is_some_and(|former| sees(&former) != sees(row)) {
        conn.execute_batch(TELL_ALL_AGAIN).map_err(told)?;
    }
    failpoints::reach("account:written");
    Ok(())
}

const DEVICE: &str = "SELECT id, account, name, key_hash, last, made_at, revoked FROM device";

pub(super) fn devices(conn: &Connection) -> Result<Vec<DeviceRow>, LogError> {
    let sql = format!("{DEVICE} ORDER BY made_at, id");
    let mut statement = conn.prepare_cached(&sql).map_err(told)?;
    let rows = statement.query_map((), device).map_err(told)?;
    rows.collect::<Result<_, _>>().map_err(told)
}

fn device(row: &Row<'_>) -> rusqlite::Result<DeviceRow> {
    Ok(DeviceRow {
        id: id(row, "id")?,
        account: id(row, "account")?,
        name: row.get("name")?,
        key_hash: hash(row, "key_hash")?,
        last: number(row, "last")?,
        made_at: number(row, "made_at")?,
        revoked: row.get("revoked")?,
    })
}

pub(super) fn visitor(conn: &Connection, of: RecordId) -> Result<Option<Visitor>, LogError> {
    let sql = format!("{DEVICE} WHERE id = ?1 AND NOT revoked");
    let mut statement = conn.prepare_cached(&sql).map_err(told)?;
    let found = statement
        .query_row([of.as_bytes()], device)
        .optional()
        .map_err(told)?;
    let Some(device) = found else {
        return Ok(None);
    };
    let account = account_of(conn, device.account)?.filter(|account| !account.closed);
    Ok(account.map(|account| Visitor {
        device,
        account: Arc::new(account),
    }))
}

pub(super) fn revoke(conn: &Connection, of: RecordId) -> Result<bool, LogError> {
    let sql = "UPDATE device SET revoked = 1 WHERE id = ?1";
    conn.execute(sql, [of.as_bytes()])
        .map(|rows| rows > 0)
        .map_err(told)
}

pub(super) fn open_pairing(conn: &Connection, new: &Pairing, now: u64) -> Result<bool, LogError> {
    let over = "DELETE FROM pairing WHERE expires_at <= ?1";
    conn.execute(over, [int(now)]).map_err(told)?;
    let sql = "
        INSERT INTO pairing (finder, proof, account, expires_at, tries)
        VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
    let values = (
        &new.finder,
        new.proof.as_bytes(),
        new.account.as_bytes(),
        int(new.expires_at),
        int(new.tries),
    );
    conn.execute(sql, values).map(|rows| rows > 0).map_err(told)
}

pub(super) fn pair(
    conn: &Connection,
    code: &Code,
    device: &NewDevice,
    now: u64,
) -> Result<Option<Visitor>, LogError> {
    let Some(pairing) = pairing(conn, code.finder())? else {
        return Ok(None);
    };
    match pairing.tried(code, now) {
        Tried::Gone => Ok(None),
        Tried::Wrong => {
            let sql = "UPDATE pairing SET tries = tries + 1 WHERE finder = ?1";
            conn.execute(sql, [&pairing.finder]).map_err(told)?;
            Ok(None)
        }
        Tried::Right => {
            let used = "DELETE FROM pairing WHERE finder = ?1";
            conn.execute(used, [&pairing.finder]).map_err(told)?;
            failpoints::reach("pair:used");
            join(conn, device, pairing.account, now)?;
            failpoints::reach("pair:joined");
            visitor(conn, device.id)
        }
    }
}

fn pairing(conn: &Connection, finder: &str) -> Result<Option<Pairing>, LogError> {
    let sql = "
        SELECT finder, proof, account, expires_at, tries FROM pairing WHERE finder = ?1";
    let found = conn.query_row(sql, [finder], |row| {
        Ok(Pairing {
            finder: row.get("finder")?,
            proof: hash(row, "proof")?,
            account: id(row, "account")?,
            expires_at: number(row, "expires_at")?,
            tries: number(row, "tries")?,
        })
    });
    found.optional().map_err(told)
}

/// Adds a device to an account.
pub(super) fn join(
    conn: &Connection,
    device: &NewDevice,
    account: RecordId,
    now: u64,
) -> Result<(), LogError> {
    let sql = "
        INSERT INTO device (id, account, name, key_hash, last, made_at, revoked)
        VALUES (?1, ?2, ?3, ?4, 0, ?5, 0)";
    let values = (
        device.id.as_bytes(),
        account.as_bytes(),
        &device.name,
        device.key_hash.as_bytes(),
        int(now),
    );
    conn.execute(sql, values).map(drop).map_err(told)
}
