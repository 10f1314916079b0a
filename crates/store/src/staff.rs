//! The tables `item` and `private`: what the hub tells this desk alone. What waits for curators and
//! what became of it, and members of records that only their curators are told.

use domain::{Account, Item, ItemSort, ItemState, Record, RecordId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::body::{self, key, number, unsigned};
use crate::halt::Halt;
use crate::transact::Change;
use crate::{Kind, Store, StoreError, count, hub, overlay};

/// What the hub told this desk since it last asked.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffNews {
    /// The hub's epoch.
    pub epoch: u64,
    /// Where to go on from.
    pub cursor: u64,
    /// True when everything that was told before is told again: what is not among it is no more.
    pub from_start: bool,
    /// Items, new or changed.
    pub items: Vec<Item>,
    /// Private members, new or changed.
    pub private: Vec<Private>,
    /// Items that others look after.
    pub gone_items: Vec<RecordId>,
    /// Records that others look after: their private members are theirs.
    pub gone_private: Vec<(Kind, RecordId)>,
    /// Who sits here, as the hub says now.
    pub account: Option<Account>,
}

/// What of a record only its curators are told.
#[derive(Debug, Clone, PartialEq)]
pub struct Private {
    /// The record's kind.
    pub kind: Kind,
    /// The record.
    pub record: RecordId,
    /// The sequence at which they last changed.
    pub version: u64,
    /// The members by their path; empty: none any more.
    pub members: Record,
}

/// Which items are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemFilter {
    /// Only those that wait, or only those that don't.
    pub open: Option<bool>,
    /// Only those about this record.
    pub record: Option<(Kind, RecordId)>,
    /// Only those that this device sent.
    pub device: Option<RecordId>,
}

/// How many items wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ItemCounts {
    /// All that wait.
    pub open: usize,
    /// Those of them that are conflicts.
    pub conflicts: usize,
}

/// Takes what the hub told.
pub(crate) fn take(change: &mut Change<'_>, news: &StaffNews) -> Result<(), Halt> {
    if news.from_start {
        forget(change)?;
    }
    let conn = change.conn();
    for item in &news.items {
        put_item(conn, item)?;
    }
    for one in &news.private {
        if put_private(conn, one)? {
            overlay::settle(change, one.kind, &one.record)?;
        }
    }
    let mut let_go = conn.prepare_cached("DELETE FROM item WHERE id = ?1")?;
    for id in &news.gone_items {
        let_go.execute([key(id)])?;
    }
    let mut let_go = conn.prepare_cached("DELETE FROM private WHERE record = ?1 AND kind = ?2")?;
    for (kind, record) in &news.gone_private {
        if let_go.execute(params![key(record), kind.name()])? > 0 {
            overlay::settle(change, *kind, record)?;
        }
    }
    if let Some(account) = &news.account {
        hub::set_account(conn, account)?;
    }
    conn.prepare_cached("UPDATE membership SET staff_epoch = ?1, staff_cursor = ?2")?
        .execute([number(news.epoch)?, number(news.cursor)?])?;
    Ok(())
}

/// Lets go of everything that was told.
pub(crate) fn forget(change: &mut Change<'_>) -> Result<(), Halt> {
    let conn = change.conn();
    conn.execute("DELETE FROM item", [])?;
    let told = all_private(conn)?;
    conn.execute("DELETE FROM private", [])?;
    for (kind, record) in told {
        overlay::settle(change, kind, &record)?;
    }
    conn.execute(
        "UPDATE membership SET staff_epoch = NULL, staff_cursor = NULL",
        [],
    )?;
    Ok(())
}

fn put_item(conn: &Connection, item: &Item) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO item (id, cursor, kind, record, device, sort, open, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (id) DO UPDATE SET cursor = ?2, kind = ?3, record = ?4, device = ?5,
           sort = ?6, open = ?7, body = ?8
         WHERE excluded.cursor > item.cursor",
    )?
    .execute(params![
        key(&item.id),
        number(item.cursor)?,
        item.kind.name(),
        key(&item.record),
        key(&item.from.device),
        sort(&item.sort),
        matches!(item.state, ItemState::Open),
        body::text(item)?
    ])
    .map(drop)
}

fn sort(sort: &ItemSort) -> &'static str {
    match sort {
        ItemSort::Suggestion { .. } => "suggestion",
        ItemSort::Flag { .. } => "flag",
        ItemSort::Conflict { .. } => "conflict",
        ItemSort::Removal { .. } => "removal",
        ItemSort::Refused { .. } => "refused",
    }
}

/// Puts private members, and says whether they are news.
fn put_private(conn: &Connection, one: &Private) -> rusqlite::Result<bool> {
    let (kind, version) = (one.kind.name(), number(one.version)?);
    let written = if one.members.is_empty() {
        conn.prepare_cached("DELETE FROM private WHERE record = ?1 AND kind = ?2 AND version < ?3")?
            .execute(params![key(&one.record), kind, version])?
    } else {
        conn.prepare_cached(
            "INSERT INTO private (version, kind, record, members) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (record, kind) DO UPDATE SET version = ?1, members = ?4
             WHERE excluded.version > private.version",
        )?
        .execute(params![
            version,
            kind,
            key(&one.record),
            body::text(&one.members)?
        ])?
    };
    Ok(written > 0)
}

/// The records of which private members are known.
pub(crate) fn all_private(conn: &Connection) -> rusqlite::Result<Vec<(Kind, RecordId)>> {
    let mut select = conn.prepare_cached("SELECT kind, record FROM private")?;
    let rows = select.query_map([], |row| Ok((body::kind(row, 0)?, body::id(row, 1)?)))?;
    rows.collect()
}

/// The private members of a record, as far as this desk was told.
pub(crate) fn members(
    conn: &Connection,
    kind: Kind,
    id: &RecordId,
) -> rusqlite::Result<Option<Record>> {
    conn.prepare_cached("SELECT members FROM private WHERE record = ?1 AND kind = ?2")?
        .query_row(params![key(id), kind.name()], |row| body::read(row, 0))
        .optional()
}

fn items(conn: &Connection, filter: &ItemFilter) -> rusqlite::Result<Vec<Item>> {
    let (kind, record) = filter.record.unzip();
    let mut select = conn.prepare_cached(
        "SELECT body FROM item
         WHERE (?1 IS NULL OR open = ?1) AND (?2 IS NULL OR record = ?2 AND kind = ?3)
           AND (?4 IS NULL OR device = ?4)
         ORDER BY cursor DESC, row DESC",
    )?;
    let rows = select.query_map(
        params![
            filter.open,
            record.as_ref().map(RecordId::as_bytes),
            kind.map(Kind::name),
            filter.device.as_ref().map(RecordId::as_bytes)
        ],
        |row| body::read(row, 0),
    )?;
    rows.collect()
}

impl Store {
    /// What waits for curators and what became of it, the latest told first.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn items(&self, filter: &ItemFilter) -> Result<Vec<Item>, StoreError> {
        self.read(|conn| items(conn, filter))
    }

    /// The item of this identifier.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn item(&self, id: RecordId) -> Result<Option<Item>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached("SELECT body FROM item WHERE id = ?1")?
                .query_row(params![key(&id)], |row| body::read(row, 0))
                .optional()
        })
    }

    /// How many items wait.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn item_counts(&self) -> Result<ItemCounts, StoreError> {
        self.read(|conn| {
            conn.prepare_cached(
                "SELECT count(*), count(*) FILTER (WHERE sort = 'conflict') FROM item
                 WHERE open = 1",
            )?
            .query_row([], |row| {
                Ok(ItemCounts {
                    open: count(row, 0)?,
                    conflicts: count(row, 1)?,
                })
            })
        })
    }

    /// Up to where the staff stream was heard: epoch and cursor; none: nothing of it.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn staff_cursor(&self) -> Result<Option<(u64, u64)>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached(
                "SELECT staff_epoch, staff_cursor FROM membership WHERE staff_cursor IS NOT NULL",
            )?
            .query_row([], |row| Ok((unsigned(row, 0)?, unsigned(row, 1)?)))
            .optional()
        })
    }
}
