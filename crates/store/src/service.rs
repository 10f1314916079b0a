//! The tables `service` and `tombstone`: the entries of the directory, and those that are no more.

use std::collections::BTreeSet;

use domain::{RecordId, Service};
use rusqlite::{Connection, OptionalExtension, params};

use crate::body::{self, key};
use crate::transact::{Change, Existing};
use crate::{Kind, history, place};

/// What is to be indexed again since a revision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows of services that changed, or whose organisation or place did; ascending.
    pub rows: Vec<i64>,
    /// Rows that are no more; ascending.
    pub gone: Vec<i64>,
}

const FORMER: &str = "SELECT row, body FROM service WHERE id = ?1";

/// Puts a service, whose text is this, in a new row if it was removed before.
pub(crate) fn put(
    change: &mut Change<'_>,
    service: &Service,
    text: &str,
    existing: Existing,
) -> rusqlite::Result<()> {
    let conn = change.conn();
    let former = body::former(conn, FORMER, &service.id)?;
    let organisation = service.organisation();
    let organisation = organisation.as_ref().map(RecordId::as_bytes);
    let row = match former {
        Some((_, old)) if existing == Existing::Kept || old == text => return Ok(()),
        Some((row, old)) => {
            history::keep(change, Kind::Service, &service.id, &old)?;
            conn.prepare_cached(
                "UPDATE service SET name = ?2, organisation = ?3, revision = ?4, body = ?5
                 WHERE row = ?1",
            )?
            .execute(params![
                row,
                service.name,
                organisation,
                change.revision(),
                text
            ])?;
            row
        }
        None => conn
            .prepare_cached(
                "INSERT INTO service (id, name, organisation, revision, body)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .insert(params![
                key(&service.id),
                service.name,
                organisation,
                change.revision(),
                text
            ])?,
    };
    place::tie(conn, row, service)?;
    change.touched([row]);
    Ok(())
}

/// Removes a service, leaving a tombstone, its last body kept, and says whether it was there.
pub(crate) fn remove(change: &mut Change<'_>, id: &RecordId) -> rusqlite::Result<bool> {
    let conn = change.conn();
    let Some((row, old)) = body::former(conn, FORMER, id)? else {
        return Ok(false);
    };
    history::keep(change, Kind::Service, id, &old)?;
    conn.prepare_cached("DELETE FROM service WHERE row = ?1")?
        .execute([row])?;
    conn.prepare_cached("INSERT INTO tombstone (row, id, revision) VALUES (?1, ?2, ?3)")?
        .execute(params![row, key(id), change.revision()])?;
    change.touched([row]);
    Ok(true)
}

/// True when the service was removed and not put back.
pub(crate) fn removed(conn: &Connection, id: &RecordId) -> rusqlite::Result<bool> {
    conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM tombstone WHERE id = ?1)
           AND NOT EXISTS (SELECT 1 FROM service WHERE id = ?1)",
    )?
    .query_row(params![key(id)], |row| row.get(0))
}

/// The row of the service with this identifier.
pub(crate) fn row_of(conn: &Connection, id: &RecordId) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached("SELECT row FROM service WHERE id = ?1")?
        .query_row(params![key(id)], |row| row.get(0))
        .optional()
}

/// The rows of an organisation's services.
pub(crate) fn of_organisation(conn: &Connection, id: &RecordId) -> rusqlite::Result<Vec<i64>> {
    let mut select = conn.prepare_cached("SELECT row FROM service WHERE organisation = ?1")?;
    let rows = select.query_map(params![key(id)], |row| row.get(0))?;
    rows.collect()
}

/// What changed after this revision.
pub(crate) fn changed_since(conn: &Connection, revision: i64) -> rusqlite::Result<Changes> {
    // One question each: put together with UNION and ORDER BY, SQLite walks through whole tables.
    let mut rows: BTreeSet<i64> = BTreeSet::new();
    for question in [
        "SELECT row FROM service WHERE revision > ?1",
        "SELECT service.row FROM organisation
         JOIN service ON service.organisation = organisation.id WHERE organisation.revision > ?1",
        "SELECT service_place.service FROM place
         JOIN service_place ON service_place.place = place.id WHERE place.revision > ?1",
    ] {
        let mut changed = conn.prepare_cached(question)?;
        let changed = changed.query_map([revision], |row| row.get(0))?;
        rows.extend(changed.collect::<Result<Vec<i64>, _>>()?);
    }
    let mut gone =
        conn.prepare_cached("SELECT row FROM tombstone WHERE revision > ?1 ORDER BY 1")?;
    let gone = gone.query_map([revision], |row| row.get(0))?;
    Ok(Changes {
        rows: rows.into_iter().collect(),
        gone: gone.collect::<Result<_, _>>()?,
    })
}
