//! The table `organisation`.

use domain::{Organisation, RecordId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::body::{self, key};
use crate::transact::{Change, Existing};
use crate::{Kind, history, service};

/// Puts an organisation, whose text is this. Its services are to be indexed again, as they are found by its name.
pub(crate) fn put(
    change: &mut Change<'_>,
    organisation: &Organisation,
    text: &str,
    existing: Existing,
) -> rusqlite::Result<()> {
    let id = &organisation.id;
    let conn = change.conn();
    let former = body::former(conn, "SELECT row, body FROM organisation WHERE id = ?1", id)?;
    match former {
        Some((_, old)) if existing == Existing::Kept || old == text => return Ok(()),
        Some((row, old)) => {
            history::keep(change, Kind::Organisation, id, &old)?;
            conn.prepare_cached(
                "UPDATE organisation SET name = ?2, revision = ?3, body = ?4 WHERE row = ?1",
            )?
            .execute(params![row, organisation.name, change.revision(), text])?;
        }
        None => {
            conn.prepare_cached(
                "INSERT INTO organisation (id, name, revision, body) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![key(id), organisation.name, change.revision(), text])?;
        }
    }
    let rows = service::of_organisation(conn, id)?;
    change.touched(rows);
    Ok(())
}

/// The organisation with this identifier.
pub(crate) fn get(conn: &Connection, id: &RecordId) -> rusqlite::Result<Option<Organisation>> {
    conn.prepare_cached("SELECT body FROM organisation WHERE id = ?1")?
        .query_row(params![key(id)], |row| body::read(row, 0))
        .optional()
}
