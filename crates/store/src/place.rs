//! The tables `place` and `service_place`: where services happen.

use domain::{Place, Point, RecordId, Service, ServiceAtLocation};
use rusqlite::{Connection, Row, params};

use crate::body::{self, key};
use crate::transact::{Change, Existing};
use crate::{Kind, history};

/// What a list shows of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceBrief {
    /// Identity.
    pub id: RecordId,
    /// Its name or else the first line of its address, where either is known.
    pub name: Option<String>,
    /// Where it lies, where known.
    pub point: Option<Point>,
    /// The postcode of its first address, as it was written.
    pub postcode: Option<String>,
}

/// Puts a place, whose text is this. Its services are to be indexed again, as they are found by where it lies.
pub(crate) fn put(
    change: &mut Change<'_>,
    place: &Place,
    text: &str,
    existing: Existing,
) -> rusqlite::Result<()> {
    let id = &place.id;
    let conn = change.conn();
    let former = body::former(conn, "SELECT row, body FROM place WHERE id = ?1", id)?;
    let (north, east) = (place.latitude, place.longitude);
    match former {
        Some((_, old)) if existing == Existing::Kept || old == text => return Ok(()),
        Some((row, old)) => {
            history::keep(change, Kind::Place, id, &old)?;
            conn.prepare_cached(
                "UPDATE place SET name = ?2, latitude = ?3, longitude = ?4, revision = ?5, body = ?6
                 WHERE row = ?1",
            )?
            .execute(params![row, place.name, north, east, change.revision(), text])?;
        }
        None => {
            conn.prepare_cached(
                "INSERT INTO place (id, name, latitude, longitude, revision, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                key(id),
                place.name,
                north,
                east,
                change.revision(),
                text
            ])?;
        }
    }
    let rows = services(conn, id)?;
    change.touched(rows);
    Ok(())
}

/// The rows of the services that name a place.
pub(crate) fn services(conn: &Connection, id: &RecordId) -> rusqlite::Result<Vec<i64>> {
    let mut select =
        conn.prepare_cached("SELECT DISTINCT service FROM service_place WHERE place = ?1")?;
    let rows = select.query_map(params![key(id)], |row| row.get(0))?;
    rows.collect()
}

/// Ties a service to the places that it names now.
pub(crate) fn tie(conn: &Connection, row: i64, service: &Service) -> rusqlite::Result<()> {
    conn.prepare_cached("DELETE FROM service_place WHERE service = ?1")?
        .execute([row])?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO service_place (service, position, place) VALUES (?1, ?2, ?3)",
    )?;
    let places = service
        .service_at_locations
        .iter()
        .filter_map(ServiceAtLocation::place);
    for (position, place) in (0_i64..).zip(places) {
        insert.execute(params![row, position, key(&place)])?;
    }
    Ok(())
}

/// The places of the service in this row, whole, in its order.
pub(crate) fn of_service(conn: &Connection, row: i64) -> rusqlite::Result<Vec<Place>> {
    let mut select = conn.prepare_cached(
        "SELECT place.body FROM service_place JOIN place ON place.id = service_place.place
         WHERE service_place.service = ?1 ORDER BY service_place.position",
    )?;
    let rows = select.query_map([row], |row| body::read(row, 0))?;
    rows.collect()
}

/// The places of the services from one row to another, in brief, each with its service's row.
pub(crate) fn briefs(
    conn: &Connection,
    first: i64,
    last: i64,
) -> rusqlite::Result<Vec<(i64, PlaceBrief)>> {
    let mut select = conn.prepare_cached(
        "SELECT service_place.service, place.id,
                coalesce(place.name, place.body ->> '$.addresses[0].address_1'),
                place.latitude, place.longitude, place.body ->> '$.addresses[0].postal_code'
         FROM service_place JOIN place ON place.id = service_place.place
         WHERE service_place.service BETWEEN ?1 AND ?2
         ORDER BY service_place.service, service_place.position",
    )?;
    let rows = select.query_map([first, last], |row| Ok((row.get(0)?, brief(row)?)))?;
    rows.collect()
}

fn brief(row: &Row<'_>) -> rusqlite::Result<PlaceBrief> {
    let point = match (row.get(3)?, row.get(4)?) {
        (Some(north), Some(east)) => Point::new(north, east).ok(),
        _ => None,
    };
    Ok(PlaceBrief {
        id: body::id(row, 1)?,
        name: row.get(2)?,
        point,
        postcode: row.get(5)?,
    })
}
