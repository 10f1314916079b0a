//! What exists only here when everything that a hub has came in: what somebody here brought in
//! becomes an operation that makes it at the hub, the rest goes.

use std::ops::RangeInclusive;

use domain::change::diff;
use domain::{Act, Record, RecordId};
use rusqlite::{Connection, params};

use super::{adopt, begin, forget_one};
use crate::body::{self, key};
use crate::halt::Halt;
use crate::transact::Change;
use crate::{Kind, outbox, published, record};

/// Settles what is in these buckets here and was not among the lines that came. At the `first`
/// adoption from a hub, what neither came with an import nor was edited is the built-in directory,
/// of which the hub has its own. Later, after a rescue, nobody can tell: so nothing is let go that
/// the hub is not known to have had.
pub(super) fn settle(
    change: &mut Change<'_>,
    buckets: &RangeInclusive<u8>,
    first: bool,
) -> Result<(), Halt> {
    let conn = change.conn();
    forget_published(change, buckets)?;
    let mut made: Vec<(Kind, RecordId)> = Vec::new();
    // Services first: what they name stays with them.
    for kind in [Kind::Service, Kind::Place, Kind::Organisation] {
        for id in ids_here(conn, kind, buckets)? {
            if !first || is_ours(conn, kind, &id, &made)? {
                made.push((kind, id));
            } else {
                record::hide(change, kind, &id)?;
                forget_one(conn, kind.name(), &id)?;
                change.adopted.removed += 1;
            }
        }
    }
    for wanted in Kind::ALL {
        for (kind, id) in made.iter().filter(|(kind, _)| *kind == wanted) {
            make(change, *kind, id)?;
        }
    }
    Ok(())
}

/// Lets go of what the hub had published and does not have any more.
fn forget_published(change: &mut Change<'_>, buckets: &RangeInclusive<u8>) -> Result<(), Halt> {
    let conn = change.conn();
    let (from, to) = bounds(buckets);
    let mut select = conn.prepare_cached(
        "SELECT kind, id FROM published WHERE id BETWEEN ?1 AND ?2 AND version > 0
           AND (id, kind) NOT IN (SELECT id, kind FROM temp.adopted)",
    )?;
    let rows = select.query_map([from, to], |row| {
        Ok((row.get::<_, String>(0)?, body::id(row, 1)?))
    })?;
    let gone: Vec<(String, RecordId)> = rows.collect::<Result<_, _>>()?;
    for (name, id) in gone {
        match Kind::named(&name) {
            Some(kind) => adopt::let_go(change, kind, &id)?,
            None => forget_one(conn, &name, &id)?,
        }
        change.adopted.removed += 1;
    }
    Ok(())
}

/// The records of this kind that stand here and were not among the lines; not those that an
/// operation here makes, as they are on their way.
fn ids_here(
    conn: &Connection,
    kind: Kind,
    buckets: &RangeInclusive<u8>,
) -> rusqlite::Result<Vec<RecordId>> {
    let (from, to) = bounds(buckets);
    let mut select = conn.prepare_cached(&format!(
        "SELECT id FROM {kind} WHERE id BETWEEN ?1 AND ?2
           AND NOT EXISTS (SELECT 1 FROM temp.adopted
                           WHERE adopted.id = {kind}.id AND adopted.kind = ?3)
           AND NOT EXISTS (SELECT 1 FROM published
                           WHERE published.id = {kind}.id AND published.kind = ?3 AND gone = 1)"
    ))?;
    let rows = select.query_map(params![from, to, kind.name()], |row| body::id(row, 0))?;
    rows.collect()
}

/// True when somebody here brought a record in: with an import, by an edit, or as what another such
/// record names.
fn is_ours(
    conn: &Connection,
    kind: Kind,
    id: &RecordId,
    made: &[(Kind, RecordId)],
) -> Result<bool, Halt> {
    if published::is_there(conn, kind, id)? || came_with_import(conn, kind, id)? {
        return Ok(true);
    }
    let naming = match kind {
        Kind::Service => return Ok(false),
        Kind::Organisation => "SELECT id FROM service WHERE organisation = ?1",
        Kind::Place => {
            "SELECT service.id FROM service_place JOIN service ON service.row = service
             WHERE place = ?1"
        }
    };
    let mut select = conn.prepare_cached(naming)?;
    let naming = select.query_map(params![key(id)], |row| body::id(row, 0))?;
    for service in naming {
        let service = service?;
        if made.contains(&(Kind::Service, service)) || is_made_here(conn, &service)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// True for a service that an operation here makes.
fn is_made_here(conn: &Connection, service: &RecordId) -> rusqlite::Result<bool> {
    conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM published
                        WHERE id = ?1 AND kind = 'service' AND version = 0 AND gone = 1)",
    )?
    .query_row(params![key(service)], |row| row.get(0))
}

fn came_with_import(conn: &Connection, kind: Kind, id: &RecordId) -> rusqlite::Result<bool> {
    // Which records came with imports long ago is known by the revision that made them.
    conn.prepare_cached(&format!(
        "SELECT EXISTS (SELECT 1 FROM imported JOIN import ON import.row = imported.import
                        WHERE record = ?1 AND imported.kind = ?2 AND undone = 0)
             OR EXISTS (SELECT 1 FROM {kind} JOIN import USING (revision)
                        WHERE id = ?1 AND undone = 0)"
    ))?
    .query_row(params![key(id), kind.name()], |row| row.get(0))
}

/// Turns what is seen of a record into the operation that makes it, in place of the edits that were
/// made here.
fn make(change: &mut Change<'_>, kind: Kind, id: &RecordId) -> Result<(), Halt> {
    let conn = change.conn();
    let Some(text) = body::seen(conn, kind, id)? else {
        return Ok(());
    };
    let wrong = |error: serde_json::Error| Halt::Unfit(error.to_string());
    let record: Record = serde_json::from_str(&text).map_err(wrong)?;
    let former = outbox::put_in_one(conn, kind, id)?;
    forget_one(conn, kind.name(), id)?;
    begin(conn, kind, id)?;
    conn.prepare_cached("UPDATE published SET gone = 1 WHERE id = ?1 AND kind = ?2")?
        .execute(params![key(id), kind.name()])?;
    let changes = diff(kind, None, &record);
    let before = change.made_when().clone();
    if let Some(stamp) = former {
        change.say(stamp);
    }
    outbox::record(change, kind, id, &Act::Edit { changes })?;
    change.say(before);
    outbox::put_behind(conn, kind, id)?;
    change.adopted.created += 1;
    Ok(())
}

/// These identifiers.
pub(super) fn ids(conn: &Connection, sql: &str) -> rusqlite::Result<Vec<RecordId>> {
    let mut select = conn.prepare_cached(sql)?;
    let rows = select.query_map([], |row| body::id(row, 0))?;
    rows.collect()
}

/// The first and the last identifier in these buckets.
fn bounds(buckets: &RangeInclusive<u8>) -> ([u8; 16], [u8; 16]) {
    let (mut from, mut to) = ([0; 16], [u8::MAX; 16]);
    let ([first, ..], [last, ..]) = (&mut from, &mut to);
    (*first, *last) = (*buckets.start(), *buckets.end());
    (from, to)
}
