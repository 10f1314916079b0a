//! Taking back what was not sent yet, and what then becomes of what was done after it.

use std::collections::HashSet;

use domain::change::value;
use domain::{Act, FieldChange, FieldName, Record, RecordId, ValueChange};
use rusqlite::{Connection, params};

use super::{LIES_OVER, OutboxRow, OutboxState, get, of};
use crate::body::{self, key};
use crate::halt::Halt;
use crate::history::{Made, Stamp};
use crate::transact::Change;
use crate::{Kind, overlay, published};

/// Withdraws an operation that waits. Edits of the same record that wait behind it go on from what
/// stood there before it; where it was what made the record, they go with it.
pub(crate) fn withdraw(change: &mut Change<'_>, row: i64, at: &str) -> Result<(), Halt> {
    let conn = change.conn();
    let Some(gone) = get(conn, row)?.filter(|one| one.state == OutboxState::Waiting) else {
        return Err(Halt::AlreadySent);
    };
    let (now, by) = (at.to_owned(), None);
    change.say(Made::Said(Stamp { at: now, by }));
    end(change, row, at)?;
    if gone.lies_over {
        put_right(change, &gone, at)?;
        overlay::settle(change, gone.deed.kind, &gone.deed.record)?;
    }
    Ok(())
}

fn end(change: &mut Change<'_>, row: i64, at: &str) -> rusqlite::Result<()> {
    change
        .conn()
        .prepare_cached("UPDATE outbox SET state = 'withdrawn', ended_at = ?2 WHERE row = ?1")?
        .execute(params![row, at])?;
    change.outbox.insert(row);
    Ok(())
}

/// Puts right what waits behind an operation that is no more.
fn put_right(change: &mut Change<'_>, gone: &OutboxRow, at: &str) -> Result<(), Halt> {
    let conn = change.conn();
    let (kind, id) = (gone.deed.kind, gone.deed.record);
    let Some(base) = published::base(conn, kind, &id)? else {
        return Ok(());
    };
    let Ok(mut record) = overlay::of_base(conn, kind, &id, &base)? else {
        return Ok(());
    };
    let touched = fields(&gone.deed.act);
    let made_here = base.text.is_none();
    for mut later in of(conn, kind, &id)? {
        if later.row > gone.row && later.state == OutboxState::Waiting {
            let hangs = record.is_none() && made_here && !makes(&later);
            if hangs || !go_on_from(record.as_ref(), &mut later, touched.as_ref()) {
                end(change, later.row, at)?;
                continue;
            }
            // It says something else now: the hub may have heard what it said before.
            conn.prepare_cached(
                "UPDATE outbox SET id = iif(act = ?2, id, randomblob(16)), act = ?2 WHERE row = ?1",
            )?
            .execute(params![later.row, body::text(&later.deed.act)?])?;
        }
        if later.lies_over {
            record = overlay::lay(kind, &id, record, &later.deed.act);
        }
    }
    Ok(())
}

/// The fields that an act changes; none: all of them.
fn fields(act: &Act) -> Option<HashSet<FieldName>> {
    match act {
        Act::Edit { changes } => Some(changes.iter().map(|one| one.field.clone()).collect()),
        Act::Remove { .. } => None,
        Act::Check { .. } | Act::Suggest { .. } | Act::Flag { .. } | Act::Resolve { .. } => {
            Some(HashSet::new())
        }
    }
}

fn makes(one: &OutboxRow) -> bool {
    let (kind, id) = (one.deed.kind, &one.deed.record);
    matches!(&one.deed.act, Act::Edit { changes } if overlay::made(kind, id, changes).is_some())
}

/// Lets an edit start from this record in the fields that were touched, and says whether anything
/// of it is left.
fn go_on_from(
    record: Option<&Record>,
    later: &mut OutboxRow,
    touched: Option<&HashSet<FieldName>>,
) -> bool {
    let Act::Edit { changes } = &mut later.deed.act else {
        return true;
    };
    changes.retain_mut(|change| {
        let FieldChange { field, what } = change;
        let ValueChange::Value { old, new } = what else {
            return true;
        };
        if touched.is_none_or(|touched| touched.contains(field)) {
            *old = record.and_then(|record| value(record, field));
        }
        old != new
    });
    !changes.is_empty()
}

/// Withdraws the edits of a record that wait, as one operation takes their place, and says when and
/// by whom the last of them was made.
pub(crate) fn put_in_one(
    conn: &Connection,
    kind: Kind,
    id: &RecordId,
) -> rusqlite::Result<Option<Made>> {
    let over = |one: &OutboxRow| one.state == OutboxState::Waiting && one.lies_over;
    let last = of(conn, kind, id)?.into_iter().rfind(over);
    conn.prepare_cached(&format!(
        "UPDATE outbox SET state = 'withdrawn', ended_at = at
         WHERE record = ?1 AND kind = ?2 AND state = 'waiting' AND {LIES_OVER}"
    ))?
    .execute(params![key(id), kind.name()])?;
    Ok(last.map(|one| {
        let (at, by) = (one.deed.at, one.deed.by);
        Made::Said(Stamp { at, by })
    }))
}

/// Puts what waited about a record until now behind what was done to it last, in the same order.
pub(crate) fn put_behind(conn: &Connection, kind: Kind, id: &RecordId) -> rusqlite::Result<()> {
    let mut waiting = of(conn, kind, id)?;
    waiting.retain(|one| one.state == OutboxState::Waiting);
    waiting.pop();
    let mut update = conn.prepare_cached(
        "UPDATE outbox SET row = (SELECT max(row) + 1 FROM outbox) WHERE row = ?1",
    )?;
    for one in waiting {
        update.execute([one.row])?;
    }
    Ok(())
}
