//! Sending what waits, and what the hub says of it.

use domain::{Account, RecordId, Verdict};
use rusqlite::{Connection, ToSql, params};

use super::{LIES_OVER, OutboxRow, most, select, stored};
use crate::body::{self, key};
use crate::halt::Halt;
use crate::transact::Change;
use crate::{Kind, Store, StoreError, hub, overlay, published};

/// Days for which what was answered is kept: as long as a hub may be restored to an older state and
/// need it again.
const KEPT_DAYS: i64 = 30;

/// What the hub says of operations.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// The device whose operations they are.
    pub device: RecordId,
    /// Verdicts, each with the number of its operation.
    pub verdicts: Vec<(u64, Verdict)>,
    /// The last number of this device that the hub knows.
    pub last: u64,
    /// Who sits here, as the hub says now.
    pub account: Option<Account>,
    /// When it said so, RFC 3339.
    pub at: String,
}

/// Numbers what waits first, for the device that this desk is.
pub(crate) fn number(change: &mut Change<'_>, rows: usize) -> Result<(), Halt> {
    let conn = change.conn();
    let device = device(conn)?;
    let mut select = conn
        .prepare_cached("SELECT row FROM outbox WHERE state = 'waiting' ORDER BY row LIMIT ?1")?;
    let waiting = select.query_map([most(rows)], |row| row.get(0))?;
    let waiting: Vec<i64> = waiting.collect::<Result<_, _>>()?;
    let mut last = hub::numbered(conn)?;
    let mut update = conn.prepare_cached(
        "UPDATE outbox SET device = ?2, sequence = ?3, state = 'sent',
           id = coalesce(id, randomblob(16)) WHERE row = ?1",
    )?;
    for row in waiting {
        last = last.saturating_add(1);
        update.execute(params![row, key(&device), stored(last)?])?;
        change.outbox.insert(row);
    }
    hub::set_numbered(conn, last)?;
    Ok(())
}

fn device(conn: &Connection) -> Result<RecordId, Halt> {
    let device = hub::member(conn)?.and_then(|membership| membership.device);
    device.ok_or(Halt::NotJoined)
}

/// Takes what the hub says, and lets go of what was answered long ago.
pub(crate) fn answered(change: &mut Change<'_>, answers: &Answers) -> Result<(), Halt> {
    let conn = change.conn();
    if device(conn)? == answers.device {
        let last = hub::numbered(conn)?.max(answers.last);
        hub::set_numbered(conn, last)?;
    }
    let here = hub::highest(conn)?.map_or(0, |(position, _)| position.sequence);
    for (sequence, verdict) in &answers.verdicts {
        let touched = changed(
            conn,
            "UPDATE outbox SET state = 'answered', verdict = ?3, settled_at = ?4, item = ?5,
               ended_at = iif(in_doubt, ended_at, ?6), in_doubt = 0
             WHERE device = ?1 AND sequence = ?2 AND (state = 'sent' OR in_doubt = 1)
             RETURNING kind, record",
            params![
                key(&answers.device),
                stored(*sequence)?,
                body::text(verdict)?,
                settled_at(verdict, here).map(stored).transpose()?,
                item(verdict).as_ref().map(RecordId::as_bytes),
                answers.at
            ],
        )?;
        settle(change, touched)?;
    }
    if let Some(account) = &answers.account {
        hub::set_account(conn, account)?;
    }
    let_go(conn, &answers.at)?;
    Ok(())
}

/// The published sequence from which on the record has what was done; none: it never will. `here`
/// is how far this copy has come.
fn settled_at(verdict: &Verdict, here: u64) -> Option<u64> {
    match verdict {
        // Nothing was left to change: whatever is published next has it.
        Verdict::Applied { sequence } | Verdict::Merged { sequence } => {
            Some(sequence.unwrap_or_else(|| here.saturating_add(1)))
        }
        Verdict::Conflict { sequence, .. } => *sequence,
        Verdict::Queued { .. } | Verdict::Refused { .. } | Verdict::NotUnderstood => None,
    }
}

fn item(verdict: &Verdict) -> Option<RecordId> {
    match verdict {
        Verdict::Conflict { item, .. } | Verdict::Queued { item } => Some(*item),
        Verdict::Applied { .. }
        | Verdict::Merged { .. }
        | Verdict::Refused { .. }
        | Verdict::NotUnderstood => None,
    }
}

/// What was answered or withdrawn long ago goes, unless its record is still seen with it or its
/// item waits.
fn let_go(conn: &Connection, now: &str) -> rusqlite::Result<()> {
    conn.prepare_cached(&format!(
        "DELETE FROM outbox WHERE state IN ('answered', 'withdrawn')
           AND julianday(ended_at) < julianday(?1) - {KEPT_DAYS} AND NOT {LIES_OVER}
           AND NOT EXISTS (SELECT 1 FROM item WHERE item.id = outbox.item AND open = 1)"
    ))?
    .execute([now])
    .map(drop)
}

/// The hub was restored: whether it still has what it answered is not known until it is asked, nor
/// when that is published, but that it is by now where it ever will be.
pub(crate) fn doubt(conn: &Connection, here: u64) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "UPDATE outbox SET settled_at = ?1 WHERE state = 'answered' AND settled_at > ?1",
    )?
    .execute([stored(here)?])?;
    conn.prepare_cached("UPDATE outbox SET in_doubt = 1 WHERE state = 'answered'")?
        .execute([])
        .map(drop)
}

/// What the hub answered and has forgotten since is sent again, as it was. What it answered to
/// another device before it was restored waits again: the hub tells whether it has it. What it still
/// has of this device, or was sent again by a request that came late, stays in doubt until it says so.
pub(crate) fn send_again(change: &mut Change<'_>, after: u64) -> Result<(), Halt> {
    let conn = change.conn();
    let own = device(conn)?;
    let lost = changed(
        conn,
        "UPDATE outbox SET state = 'sent', verdict = NULL, settled_at = NULL, item = NULL,
           ended_at = NULL, in_doubt = 0
         WHERE device = ?1 AND sequence > ?2 AND state = 'answered' RETURNING kind, record",
        params![key(&own), stored(after)?],
    )?;
    let in_doubt = changed(
        conn,
        "UPDATE outbox SET state = 'waiting', device = NULL, sequence = NULL, verdict = NULL,
           settled_at = NULL, item = NULL, ended_at = NULL, in_doubt = 0
         WHERE device IS NOT ?1 AND state = 'answered' AND in_doubt = 1 RETURNING kind, record",
        params![key(&own)],
    )?;
    // What it made went with what the hub has forgotten: it is seen again, as it is on its way.
    for (kind, id) in lost.iter().chain(&in_doubt) {
        published::begin(conn, *kind, id)?;
    }
    settle(change, lost)?;
    settle(change, in_doubt)
}

impl Store {
    /// What the hub answered to this device before it was restored, and has not said again since, by
    /// its number.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn in_doubt(
        &self,
        device: RecordId,
        most_rows: usize,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let rest = "WHERE state = 'answered' AND in_doubt = 1 AND device = ?1
                    ORDER BY sequence LIMIT ?2";
        self.read(|conn| select(conn, rest, &[key(&device), &most(most_rows)]))
    }
}

/// Takes away the numbers beyond this one, and those of another device; what was not answered waits
/// again.
pub(crate) fn renumber(conn: &Connection, after: u64) -> Result<(), Halt> {
    conn.prepare_cached(
        "UPDATE outbox SET device = NULL, sequence = NULL,
           state = iif(state = 'sent', 'waiting', state)
         WHERE device = ?1 AND sequence > ?2 OR device <> ?1 AND state = 'sent'",
    )?
    .execute(params![key(&device(conn)?), stored(after)?])?;
    hub::set_numbered(conn, after)?;
    Ok(())
}

/// Takes away the numbers of what was not answered, but for those of this device. The hub may have
/// taken it all the same, and tells so when it comes again.
pub(crate) fn forget_numbers(conn: &Connection, but: Option<RecordId>) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "UPDATE outbox SET device = NULL, sequence = NULL, state = 'waiting'
         WHERE state = 'sent' AND device IS NOT ?1",
    )?
    .execute([but.as_ref().map(RecordId::as_bytes)])
    .map(drop)
}

/// The records of the operations that a statement changed.
fn changed(
    conn: &Connection,
    sql: &str,
    values: &[&dyn ToSql],
) -> rusqlite::Result<Vec<(Kind, RecordId)>> {
    let mut update = conn.prepare_cached(sql)?;
    let rows = update.query_map(values, |row| Ok((body::kind(row, 0)?, body::id(row, 1)?)))?;
    rows.collect()
}

fn settle(change: &mut Change<'_>, touched: Vec<(Kind, RecordId)>) -> Result<(), Halt> {
    for (kind, id) in touched {
        overlay::settle(change, kind, &id)?;
    }
    Ok(())
}
