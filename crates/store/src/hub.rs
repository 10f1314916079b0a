//! The tables `membership` and `position`: the hub that this desk belongs to, and how far this copy
//! has come in what it publishes.

use domain::{Account, RecordId, Rest};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::body::{self, key, number, unsigned};
use crate::halt::Halt;
use crate::transact::Change;
use crate::{Store, StoreError, outbox, published, staff};

/// That this desk belongs to a hub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The hub.
    pub hub: RecordId,
    /// What people call it.
    pub name: String,
    /// Its address, or the folder or file that it publishes in.
    pub address: String,
    /// The keys that sign its heads: the ones that are believed from now on.
    pub keys: Vec<String>,
    /// What the hub calls this device; none: it only reads.
    #[serde(default)]
    pub device: Option<RecordId>,
    /// What people call this device.
    #[serde(default)]
    pub device_name: Option<String>,
    /// Who sits here, as the hub knows them.
    #[serde(default)]
    pub account: Option<Account>,
    /// When it joined, RFC 3339.
    pub joined_at: String,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A point of a hub's published stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The hub.
    pub hub: RecordId,
    /// Its epoch.
    pub epoch: u64,
    /// The last change that is in it.
    pub sequence: u64,
    /// Names everything up to here.
    pub root: [u8; 32],
    /// Names the manifest.
    pub manifest: [u8; 32],
}

/// Joins a hub, or joins the same again. Of another one that it belonged to before, nothing but the
/// records and what waits to be sent stays.
pub(crate) fn join(change: &mut Change<'_>, membership: &Membership) -> Result<(), Halt> {
    let conn = change.conn();
    let former = member(conn)?;
    let same = former
        .as_ref()
        .is_some_and(|former| former.hub == membership.hub);
    if !same {
        if former.is_some() {
            leave(change)?;
        }
        outbox::mark_before_joining(conn)?;
    }
    let device = |one: &Membership| one.device;
    if !same || former.as_ref().and_then(device) != membership.device {
        outbox::forget_numbers(conn, membership.device)?;
        conn.execute("DELETE FROM membership", [])?;
    }
    conn.prepare_cached(
        "INSERT INTO membership (only, body, numbered) VALUES (1, ?1, 0)
         ON CONFLICT (only) DO UPDATE SET body = excluded.body",
    )?
    .execute([body::text(membership)?])?;
    Ok(())
}

/// Leaves the hub. Records stay as they are seen, but for what only curators of that hub are told;
/// what waits to be sent stays waiting.
pub(crate) fn leave(change: &mut Change<'_>) -> Result<(), Halt> {
    let conn = change.conn();
    staff::forget(change)?;
    outbox::forget_numbers(conn, None)?;
    published::forget(change)?;
    conn.execute("DELETE FROM position", [])?;
    conn.execute("DELETE FROM membership", [])?;
    Ok(())
}

/// Forgets what the hub calls this device: another one goes by the same name.
pub(crate) fn forget_device(conn: &Connection) -> Result<(), Halt> {
    let Some(mut membership) = member(conn)? else {
        return Err(Halt::NotJoined);
    };
    membership.device = None;
    outbox::forget_numbers(conn, None)?;
    put(conn, &membership)?;
    set_numbered(conn, 0)?;
    Ok(())
}

/// Puts who sits here, as the hub says now.
pub(crate) fn set_account(conn: &Connection, account: &Account) -> rusqlite::Result<()> {
    match member(conn)? {
        Some(mut membership) if membership.account.as_ref() != Some(account) => {
            membership.account = Some(account.clone());
            put(conn, &membership)
        }
        _ => Ok(()),
    }
}

fn put(conn: &Connection, membership: &Membership) -> rusqlite::Result<()> {
    conn.prepare_cached("UPDATE membership SET body = ?1")?
        .execute([body::text(membership)?])
        .map(drop)
}

/// The hub that this desk belongs to.
pub(crate) fn member(conn: &Connection) -> rusqlite::Result<Option<Membership>> {
    conn.prepare_cached("SELECT body FROM membership")?
        .query_row([], |row| body::read(row, 0))
        .optional()
}

/// The last number that was given to an operation.
pub(crate) fn numbered(conn: &Connection) -> rusqlite::Result<u64> {
    let found = conn
        .prepare_cached("SELECT numbered FROM membership")?
        .query_row([], |row| unsigned(row, 0))
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// Says which number was given last.
pub(crate) fn set_numbered(conn: &Connection, last: u64) -> rusqlite::Result<()> {
    conn.prepare_cached("UPDATE membership SET numbered = ?1")?
        .execute([number(last)?])
        .map(drop)
}

/// The highest point that was ever adopted, and whether this copy is whole up to there.
pub(crate) fn highest(conn: &Connection) -> rusqlite::Result<Option<(Position, bool)>> {
    conn.prepare_cached("SELECT hub, epoch, sequence, root, manifest, whole FROM position")?
        .query_row([], |row| Ok((position(row)?, row.get(5)?)))
        .optional()
}

/// Where this copy stands.
pub(crate) fn standing(conn: &Connection) -> rusqlite::Result<Option<Position>> {
    let highest = highest(conn)?;
    Ok(highest
        .filter(|(_, whole)| *whole)
        .map(|(position, _)| position))
}

fn position(row: &Row<'_>) -> rusqlite::Result<Position> {
    Ok(Position {
        hub: body::id(row, 0)?,
        epoch: unsigned(row, 1)?,
        sequence: unsigned(row, 2)?,
        root: row.get(3)?,
        manifest: row.get(4)?,
    })
}

/// Says that this copy stands here now.
pub(crate) fn stand(conn: &Connection, position: &Position) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT OR REPLACE INTO position (only, hub, epoch, sequence, root, manifest, whole)
         VALUES (1, ?1, ?2, ?3, ?4, ?5, 1)",
    )?
    .execute(params![
        key(&position.hub),
        number(position.epoch)?,
        number(position.sequence)?,
        position.root,
        position.manifest
    ])
    .map(drop)
}

impl Store {
    /// The hub that this desk belongs to.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn membership(&self) -> Result<Option<Membership>, StoreError> {
        self.read(member)
    }

    /// Where this copy stands in what the hub publishes; none: nothing was adopted yet, or the copy
    /// is to be fetched whole, as it was rescued from a damaged file.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn position(&self) -> Result<Option<Position>, StoreError> {
        self.read(standing)
    }

    /// The highest point that was ever adopted, also where the copy was damaged since: what tells a
    /// hub that went back.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn highest(&self) -> Result<Option<Position>, StoreError> {
        let found = self.read(highest)?;
        Ok(found.map(|(position, _)| position))
    }

    /// The last number that was given to an operation of this device.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn numbered(&self) -> Result<u64, StoreError> {
        self.read(numbered)
    }
}
