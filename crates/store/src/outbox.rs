//! The table `outbox`: what was done here, in its order: seen at once, on its way to the hub, and for
//! a while what became of it.

mod send;
mod withdraw;

use domain::{Act, RecordId, Verdict};
use rusqlite::types::Null;
use rusqlite::{Connection, Row, ToSql, params};

use crate::body::{self, key, number as stored, unsigned};
use crate::halt::Halt;
use crate::history::{Made, Stamp};
use crate::transact::Change;
use crate::{Kind, Store, StoreError, count, overlay, published};

pub use send::Answers;
pub(crate) use send::{answered, doubt, forget_numbers, number, renumber, send_again};
pub(crate) use withdraw::{put_behind, put_in_one, withdraw};

/// Something that somebody does to a record, or to what waits for a curator.
#[derive(Debug, Clone, PartialEq)]
pub struct Deed {
    /// The record's kind.
    pub kind: Kind,
    /// The record; of a settlement, the item's record.
    pub record: RecordId,
    /// What is done.
    pub act: Act,
    /// When, RFC 3339.
    pub at: String,
    /// By whom, as far as that is said.
    pub by: Option<String>,
}

/// Where an operation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutboxState {
    /// It waits to be sent, and may be withdrawn.
    Waiting,
    /// It was numbered, and sent or about to be; whether the hub has it is not known yet.
    Sent,
    /// The hub said what became of it.
    Answered,
    /// It was taken back before it was sent.
    Withdrawn,
}

impl OutboxState {
    const ALL: [Self; 4] = [Self::Waiting, Self::Sent, Self::Answered, Self::Withdrawn];

    fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Answered => "answered",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Something that was done here.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxRow {
    /// Its row: the order in which things were done.
    pub row: i64,
    /// What it is known by, whichever device sends it under which number. None: it was made by a
    /// version that gave none, and was not sent since.
    pub id: Option<RecordId>,
    /// The device under whose name it is sent; none: it was not sent yet.
    pub device: Option<RecordId>,
    /// Which of the device's operations it is; none: it was not sent yet.
    pub sequence: Option<u64>,
    /// What was done.
    pub deed: Deed,
    /// The record's version when it was done; 0: it was not in the published stream.
    pub base: u64,
    /// Where it stands.
    pub state: OutboxState,
    /// What the hub said.
    pub verdict: Option<Verdict>,
    /// The published sequence from which on the published record has it.
    pub settled_at: Option<u64>,
    /// When it was answered or withdrawn, RFC 3339.
    pub ended_at: Option<String>,
    /// True when it was done before this desk joined its hub.
    pub before_joining: bool,
    /// True when it lies over what was published, so that the record is seen with it.
    pub lies_over: bool,
}

/// How many operations stand where. Those that were answered count for as long as they are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Waiting to be sent.
    pub waiting: usize,
    /// Sent, and not answered yet.
    pub sent: usize,
    /// Answered: they wait for a curator.
    pub queued: usize,
    /// Answered: a part of them waits for a curator to choose.
    pub conflicts: usize,
    /// Answered: refused.
    pub refused: usize,
}

/// Which operations lie over what was published: those that change what is seen, until what was
/// published has them, or it is known that it won't.
macro_rules! lies_over {
    () => {
        "(what IN ('edit', 'check', 'remove') AND (state IN ('waiting', 'sent') OR state = 'answered'
           AND coalesce(settled_at > coalesce((SELECT sequence FROM position), 0), 0)))"
    };
}

const LIES_OVER: &str = lies_over!();

/// Does these things, one after the other.
pub(crate) fn carry(change: &mut Change<'_>, deeds: &[Deed]) -> Result<(), Halt> {
    for deed in deeds {
        let (at, by) = (deed.at.clone(), deed.by.clone());
        change.say(Made::Said(Stamp { at, by }));
        record(change, deed.kind, &deed.record, &deed.act)?;
    }
    Ok(())
}

/// Writes down what was done to a record, and lays it over what is seen. An edit that changes
/// nothing is none.
pub(crate) fn record(
    change: &mut Change<'_>,
    kind: Kind,
    id: &RecordId,
    act: &Act,
) -> Result<(), Halt> {
    if matches!(act, Act::Edit { changes } if changes.is_empty()) {
        return Ok(());
    }
    let conn = change.conn();
    if lays_over(act) {
        published::begin(conn, kind, id)?;
    }
    let row = insert(change, kind, id, act)?;
    change.outbox.insert(row);
    failpoints::reach("outbox:row");
    if lays_over(act)
        && let Some(wrong) = overlay::settle(change, kind, id)?
    {
        return Err(Halt::Unfit(wrong));
    }
    failpoints::reach("seen");
    Ok(())
}

fn insert(change: &Change<'_>, kind: Kind, id: &RecordId, act: &Act) -> rusqlite::Result<i64> {
    let conn = change.conn();
    let base = stored(published::version(conn, kind, id)?)?;
    let (at, by): (&dyn ToSql, Option<&String>) = match change.made_when() {
        Made::Said(Stamp { at, by }) => (at, by.as_ref()),
        Made::Unsaid | Made::Published(_) => (&Null, None),
    };
    conn.prepare_cached(
        "INSERT INTO outbox (kind, record, base, at, by, what, act, state, before_joining, id)
         VALUES (?1, ?2, ?3, coalesce(?4, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), ?5, ?6, ?7,
                 'waiting', 0, randomblob(16))",
    )?
    .insert(params![
        kind.name(),
        key(id),
        base,
        at,
        by,
        what(act),
        body::text(act)?
    ])
}

/// True for what changes what is seen of a record.
fn lays_over(act: &Act) -> bool {
    match act {
        Act::Edit { .. } | Act::Check { .. } | Act::Remove { .. } => true,
        Act::Suggest { .. } | Act::Flag { .. } | Act::Resolve { .. } => false,
    }
}

fn what(act: &Act) -> &'static str {
    match act {
        Act::Edit { .. } => "edit",
        Act::Suggest { .. } => "suggest",
        Act::Flag { .. } => "flag",
        Act::Check { .. } => "check",
        Act::Remove { .. } => "remove",
        Act::Resolve { .. } => "resolve",
    }
}

/// What lies over a record, in its order.
pub(crate) fn lying_over(
    conn: &Connection,
    kind: Kind,
    id: &RecordId,
) -> rusqlite::Result<Vec<Act>> {
    acts(conn, kind, id, LIES_OVER)
}

/// What lies over a record and was taken by the hub.
pub(crate) fn taken(conn: &Connection, kind: Kind, id: &RecordId) -> rusqlite::Result<Vec<Act>> {
    acts(
        conn,
        kind,
        id,
        &format!("{LIES_OVER} AND state = 'answered'"),
    )
}

fn acts(conn: &Connection, kind: Kind, id: &RecordId, which: &str) -> rusqlite::Result<Vec<Act>> {
    let mut select = conn.prepare_cached(&format!(
        "SELECT act FROM outbox WHERE record = ?1 AND kind = ?2 AND {which} ORDER BY row"
    ))?;
    let acts = select.query_map(params![key(id), kind.name()], |row| body::read(row, 0))?;
    acts.collect()
}

/// The records over which something lies.
pub(crate) fn records_lain_over(conn: &Connection) -> rusqlite::Result<Vec<(Kind, RecordId)>> {
    records(conn, LIES_OVER)
}

/// The records over which something lies that the hub has taken, and will publish.
pub(crate) fn records_settled(conn: &Connection) -> rusqlite::Result<Vec<(Kind, RecordId)>> {
    records(conn, &format!("{LIES_OVER} AND state = 'answered'"))
}

fn records(conn: &Connection, which: &str) -> rusqlite::Result<Vec<(Kind, RecordId)>> {
    let mut select = conn.prepare_cached(&format!(
        "SELECT DISTINCT kind, record FROM outbox WHERE {which}"
    ))?;
    let rows = select.query_map([], |row| Ok((body::kind(row, 0)?, body::id(row, 1)?)))?;
    rows.collect()
}

/// Marks what waits as done before this desk joined.
pub(crate) fn mark_before_joining(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute(
        "UPDATE outbox SET before_joining = 1 WHERE state IN ('waiting', 'sent')",
        [],
    )
    .map(drop)
}

/// Forgets at which sequences a hub published what was done here.
pub(crate) fn forget_settled(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute("UPDATE outbox SET settled_at = NULL, in_doubt = 0", [])
        .map(drop)
}

/// What [`from_row`] takes.
pub(crate) const COLUMNS: &str = concat!(
    "row, device, sequence, kind, record, base, at, by, act, state, verdict, settled_at, ended_at,
     before_joining, ",
    lies_over!(),
    ", id"
);

/// An operation from its columns.
pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<OutboxRow> {
    let word = row.get_ref(9)?.as_str()?;
    let wrong = || std::io::Error::other(format!("no state of an operation: {word}"));
    let state = OutboxState::ALL
        .into_iter()
        .find(|state| state.word() == word);
    let optional = |column| -> rusqlite::Result<Option<u64>> {
        let value: Option<i64> = row.get(column)?;
        value.map(|_| unsigned(row, column)).transpose()
    };
    let (device, id): (Option<[u8; 16]>, Option<[u8; 16]>) = (row.get(1)?, row.get(15)?);
    let verdict: Option<String> = row.get(10)?;
    let verdict = verdict.map(|text| serde_json::from_str(&text));
    let verdict = verdict.transpose();
    Ok(OutboxRow {
        row: row.get(0)?,
        id: id.map(RecordId::from_bytes),
        device: device.map(RecordId::from_bytes),
        sequence: optional(2)?,
        deed: Deed {
            kind: body::kind(row, 3)?,
            record: body::id(row, 4)?,
            act: body::read(row, 8)?,
            at: row.get(6)?,
            by: row.get(7)?,
        },
        base: unsigned(row, 5)?,
        state: state.ok_or_else(|| body::unreadable(9, wrong()))?,
        verdict: verdict.map_err(|error| body::unreadable(10, error))?,
        settled_at: optional(11)?,
        ended_at: row.get(12)?,
        before_joining: row.get(13)?,
        lies_over: row.get(14)?,
    })
}

/// The operations that are asked for.
fn select(
    conn: &Connection,
    rest: &str,
    values: &[&dyn ToSql],
) -> rusqlite::Result<Vec<OutboxRow>> {
    let sql = format!("SELECT {COLUMNS} FROM outbox {rest}");
    let mut select = conn.prepare_cached(&sql)?;
    let rows = select.query_map(values, from_row)?;
    rows.collect()
}

/// The operation in this row.
fn get(conn: &Connection, row: i64) -> rusqlite::Result<Option<OutboxRow>> {
    Ok(select(conn, "WHERE row = ?1", &[&row])?.pop())
}

/// All that was done to a record, in its order.
fn of(conn: &Connection, kind: Kind, id: &RecordId) -> rusqlite::Result<Vec<OutboxRow>> {
    let rest = "WHERE record = ?1 AND kind = ?2 ORDER BY row";
    select(conn, rest, &[key(id), &kind.name()])
}

fn counts(conn: &Connection) -> rusqlite::Result<OutboxCounts> {
    conn.prepare_cached(
        "SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'sent'),
                count(*) FILTER (WHERE verdict ->> '$.verdict' = 'queued'),
                count(*) FILTER (WHERE verdict ->> '$.verdict' = 'conflict'),
                count(*) FILTER (WHERE verdict ->> '$.verdict' = 'refused')
         FROM outbox",
    )?
    .query_row([], |row| {
        Ok(OutboxCounts {
            waiting: count(row, 0)?,
            sent: count(row, 1)?,
            queued: count(row, 2)?,
            conflicts: count(row, 3)?,
            refused: count(row, 4)?,
        })
    })
}

impl Store {
    /// What was done here, the latest first: up to `limit`, those before a row, or the latest.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn outbox(&self, before: Option<i64>, limit: usize) -> Result<Vec<OutboxRow>, StoreError> {
        let (before, limit) = (before.unwrap_or(i64::MAX), most(limit));
        let rest = "WHERE row < ?1 ORDER BY row DESC LIMIT ?2";
        self.read(|conn| select(conn, rest, &[&before, &limit]))
    }

    /// The operation in this row of the outbox.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn outbox_row(&self, row: i64) -> Result<Option<OutboxRow>, StoreError> {
        self.read(|conn| get(conn, row))
    }

    /// All that was done to a record here and is still kept, in its order.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn outbox_of(&self, kind: Kind, id: RecordId) -> Result<Vec<OutboxRow>, StoreError> {
        self.read(|conn| of(conn, kind, &id))
    }

    /// What is to be sent next: what was sent and not answered by its number, then what waits.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn to_send(&self, most_rows: usize) -> Result<Vec<OutboxRow>, StoreError> {
        let rest = "WHERE state IN ('sent', 'waiting') ORDER BY sequence IS NULL, sequence, row
                    LIMIT ?1";
        self.read(|conn| select(conn, rest, &[&most(most_rows)]))
    }

    /// How many operations stand where.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn outbox_counts(&self) -> Result<OutboxCounts, StoreError> {
        self.read(counts)
    }
}

fn most(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
