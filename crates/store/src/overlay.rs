//! What is seen of a record: as it was published, with its private members as far as this desk is
//! told, and with what was done here and is not published yet laid over it.

use domain::change::{created, laid_over};
use domain::{Act, FieldChange, Record, RecordId, ValueChange, private};
use rusqlite::Connection;

use crate::halt::Halt;
use crate::published::Base;
use crate::record::Typed;
use crate::transact::{Change, Existing};
use crate::{Kind, outbox, published, record, staff};

/// Works out anew what is seen of a record, after anything that it is made of has changed. Says
/// what is wrong with it where this version can't read it: then the record is seen as it was
/// published, or not at all. A record of which nothing is published stands by itself.
pub(crate) fn settle(
    change: &mut Change<'_>,
    kind: Kind,
    id: &RecordId,
) -> Result<Option<String>, Halt> {
    let conn = change.conn();
    let Some(base) = published::base(conn, kind, id)? else {
        return Ok(None);
    };
    let over = outbox::lying_over(conn, kind, id)?;
    let (seen, wrong) = match laid(conn, (kind, id), &base, &over)? {
        Ok(text) => match show(change, kind, id, text.as_deref())? {
            None => (text, None),
            wrong => (as_published(change, kind, id, &base)?, wrong),
        },
        Err(wrong) => (as_published(change, kind, id, &base)?, Some(wrong)),
    };
    published::rest(conn, kind, id, (&base, seen.as_deref()), over.is_empty())?;
    Ok(wrong)
}

/// Shows a record as it was published, where this version can read that.
fn as_published(
    change: &mut Change<'_>,
    kind: Kind,
    id: &RecordId,
    base: &Base,
) -> Result<Option<String>, Halt> {
    if show(change, kind, id, base.text.as_deref())?.is_none() {
        return Ok(base.text.clone());
    }
    record::hide(change, kind, id)?;
    Ok(None)
}

/// Puts what is seen of a record, or says why it can't be read.
fn show(
    change: &mut Change<'_>,
    kind: Kind,
    id: &RecordId,
    text: Option<&str>,
) -> Result<Option<String>, Halt> {
    let Some(text) = text else {
        record::hide(change, kind, id)?;
        return Ok(None);
    };
    match Typed::read(kind, id, text) {
        Ok(typed) => {
            typed.put(change, text, Existing::Replaced)?;
            Ok(None)
        }
        Err(wrong) => Ok(Some(wrong)),
    }
}

/// The text of a record with these acts laid over it: the very text that was published where
/// nothing lies over it.
fn laid(
    conn: &Connection,
    (kind, id): (Kind, &RecordId),
    base: &Base,
    over: &[Act],
) -> Result<Result<Option<String>, String>, Halt> {
    let members = staff::members(conn, kind, id)?;
    if over.is_empty() && members.is_none() {
        return Ok(Ok(base.text.clone()));
    }
    let record = match of_base(conn, kind, id, base)? {
        Ok(record) => record,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let record = over
        .iter()
        .fold(record, |record, act| lay(kind, id, record, act));
    let text = record.map(|record| serde_json::to_string(&record));
    Ok(text.transpose().map_err(|error| error.to_string()))
}

/// A record as it was published, with its private members.
pub(crate) fn of_base(
    conn: &Connection,
    kind: Kind,
    id: &RecordId,
    base: &Base,
) -> Result<Result<Option<Record>, String>, Halt> {
    let Some(text) = &base.text else {
        return Ok(Ok(None));
    };
    let mut record: Record = match serde_json::from_str(text) {
        Ok(record) => record,
        Err(error) => return Ok(Err(error.to_string())),
    };
    if let Some(members) = staff::members(conn, kind, id)? {
        private::join(kind, &mut record, &members);
    }
    Ok(Ok(Some(record)))
}

/// Lays one act over a record; none: it is not there.
pub(crate) fn lay(kind: Kind, id: &RecordId, record: Option<Record>, act: &Act) -> Option<Record> {
    match act {
        Act::Edit { changes } => {
            let Some(mut record) = record else {
                return made(kind, id, changes);
            };
            laid_over(kind, &mut record, changes);
            Some(record)
        }
        Act::Check { check } => record.map(|mut record| {
            check.put_into(kind, &mut record);
            record
        }),
        Act::Remove { .. } => None,
        Act::Suggest { .. } | Act::Flag { .. } | Act::Resolve { .. } => record,
    }
}

/// The record that these changes make; none: they change one that was there, and don't bring it
/// back.
pub(crate) fn made(kind: Kind, id: &RecordId, changes: &[FieldChange]) -> Option<Record> {
    let is_new = |change: &FieldChange| match &change.what {
        ValueChange::Set { removed, .. } => removed.is_empty(),
        ValueChange::Value { old, .. } => old.is_none(),
    };
    let mut record = created(*id);
    laid_over(kind, &mut record, changes);
    let text = serde_json::to_string(&record).ok()?;
    let is_whole = changes.iter().all(is_new) && Typed::read(kind, id, &text).is_ok();
    is_whole.then_some(record)
}
