//! Records of any kind, as their text: the one place where rows of the directory are put and taken
//! away, whoever it is for.

use domain::change::diff;
use domain::{Act, Organisation, Place, Record, RecordId, Service};
use rusqlite::{Connection, params};
use serde::de::DeserializeOwned;

use crate::body::{self, key};
use crate::halt::Halt;
use crate::transact::{Change, Existing};
use crate::{Kind, Store, StoreError, history, organisation, outbox, place, published, service};

/// A record that was read from its text.
pub(crate) enum Typed {
    Service(Box<Service>),
    Organisation(Box<Organisation>),
    Place(Box<Place>),
}

impl Typed {
    /// The record in this text, if it is one of this kind and name.
    pub(crate) fn read(kind: Kind, id: &RecordId, text: &str) -> Result<Self, String> {
        let (typed, named) = match kind {
            Kind::Service => {
                let one: Box<Service> = parsed(text)?;
                let id = one.id;
                (Self::Service(one), id)
            }
            Kind::Organisation => {
                let one: Box<Organisation> = parsed(text)?;
                let id = one.id;
                (Self::Organisation(one), id)
            }
            Kind::Place => {
                let one: Box<Place> = parsed(text)?;
                let id = one.id;
                (Self::Place(one), id)
            }
        };
        if named == *id {
            Ok(typed)
        } else {
            Err(format!("{kind} {id} calls itself {named}"))
        }
    }

    /// Puts it into its row, with its text as it is.
    pub(crate) fn put(
        &self,
        change: &mut Change<'_>,
        text: &str,
        existing: Existing,
    ) -> rusqlite::Result<()> {
        match self {
            Self::Service(one) => service::put(change, one, text, existing),
            Self::Organisation(one) => organisation::put(change, one, text, existing),
            Self::Place(one) => place::put(change, one, text, existing),
        }
    }
}

fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// Puts a record as somebody here wants it: into its row, or, where that is a hub's business or
/// something lies over it already, as an edit.
pub(crate) fn put(
    change: &mut Change<'_>,
    kind: Kind,
    id: &RecordId,
    text: &str,
) -> Result<(), Halt> {
    if !by_operation(change, kind, id)? {
        let typed = Typed::read(kind, id, text).map_err(Halt::Unfit)?;
        return Ok(typed.put(change, text, Existing::Replaced)?);
    }
    let after: Record = parsed(text).map_err(Halt::Unfit)?;
    let before: Option<Record> = match body::seen(change.conn(), kind, id)? {
        Some(text) => Some(parsed(&text).map_err(Halt::Unfit)?),
        None => None,
    };
    let changes = diff(kind, before.as_ref(), &after);
    outbox::record(change, kind, id, &Act::Edit { changes })?;
    Ok(())
}

/// Takes a record away as somebody here wants it, and says whether it was there and did go. An
/// organisation or a place that a service names stays.
pub(crate) fn remove(
    change: &mut Change<'_>,
    kind: Kind,
    id: &RecordId,
    reason: &str,
) -> Result<bool, Halt> {
    let conn = change.conn();
    if body::seen(conn, kind, id)?.is_none() || is_named(conn, kind, id)? {
        return Ok(false);
    }
    if by_operation(change, kind, id)? {
        let reason = reason.to_owned();
        outbox::record(change, kind, id, &Act::Remove { reason })?;
    } else {
        hide(change, kind, id)?;
    }
    Ok(true)
}

/// True where a row is not to be written as it is: what is seen is then made of what the hub
/// published and what lies over it.
fn by_operation(change: &Change<'_>, kind: Kind, id: &RecordId) -> rusqlite::Result<bool> {
    Ok(change.joined() || published::is_there(change.conn(), kind, id)?)
}

fn is_named(conn: &Connection, kind: Kind, id: &RecordId) -> rusqlite::Result<bool> {
    let sql = match kind {
        Kind::Service => return Ok(false),
        Kind::Organisation => "SELECT EXISTS (SELECT 1 FROM service WHERE organisation = ?1)",
        Kind::Place => "SELECT EXISTS (SELECT 1 FROM service_place WHERE place = ?1)",
    };
    conn.prepare_cached(sql)?
        .query_row(params![key(id)], |row| row.get(0))
}

/// Takes a record's row away, whoever names it; its last body is kept, and of a service a tombstone.
/// An unknown one is left unknown.
pub(crate) fn hide(change: &mut Change<'_>, kind: Kind, id: &RecordId) -> rusqlite::Result<bool> {
    let conn = change.conn();
    let naming = match kind {
        Kind::Service => return service::remove(change, id),
        Kind::Organisation => service::of_organisation(conn, id)?,
        Kind::Place => place::services(conn, id)?,
    };
    let sql = format!("SELECT row, body FROM {kind} WHERE id = ?1");
    let Some((row, old)) = body::former(conn, &sql, id)? else {
        return Ok(false);
    };
    history::keep(change, kind, id, &old)?;
    conn.prepare_cached(&format!("DELETE FROM {kind} WHERE row = ?1"))?
        .execute([row])?;
    // Nothing else will tell another program that these services are found otherwise now.
    let mut touch = conn.prepare_cached("UPDATE service SET revision = ?2 WHERE row = ?1")?;
    for service in &naming {
        touch.execute([*service, change.revision()])?;
    }
    change.touched(naming);
    Ok(true)
}

impl Store {
    /// What is seen of a record, as JSON.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn body(&self, kind: Kind, id: RecordId) -> Result<Option<String>, StoreError> {
        self.read(|conn| body::seen(conn, kind, &id))
    }
}
