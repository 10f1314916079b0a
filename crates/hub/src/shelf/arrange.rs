//! Puts published lines on the shelf, and arranges the services that they touch.

use std::collections::BTreeSet;

use domain::{Areas, Kind, Organisation, Place, RecordId, Service};
use rusqlite::{Connection, OptionalExtension as _, params};
use wire::Line;

use super::{hours, taxonomies, terms};
use crate::log::LogError;
use crate::log::sqlite::told;

/// Empties the shelf for this hub and epoch, and puts the built-in taxonomies on it.
pub(super) fn clear(conn: &Connection, hub: RecordId, epoch: i64) -> Result<(), LogError> {
    for table in [
        "standing", "record", "service", "at_place", "point", "cover", "hours", "taxonomy", "term",
        "tie", "words",
    ] {
        let all = match table {
            "words" => "INSERT INTO words (words) VALUES ('delete-all')".to_owned(),
            table => format!("DELETE FROM {table}"),
        };
        conn.execute(&all, []).map_err(told)?;
    }
    let put = "INSERT INTO standing (only, hub, epoch, sequence) VALUES (1, ?1, ?2, -1)";
    conn.execute(put, params![hub.as_bytes(), epoch])
        .map_err(told)?;
    for (taxonomy, words) in taxonomies::built_in() {
        terms::put_taxonomy(conn, &taxonomy, true)?;
        for word in &words {
            terms::put_term(conn, word, true)?;
        }
    }
    Ok(())
}

/// Puts lines on the shelf: of each record the highest version stays. Kinds that this version does
/// not know are passed over.
pub(super) fn put(conn: &Connection, areas: &Areas, lines: &[Line]) -> Result<(), LogError> {
    let mut touched = BTreeSet::new();
    for line in lines {
        let Some(kind) = Kind::named(&line.kind) else {
            continue;
        };
        line_in(conn, kind, line, &mut touched)?;
    }
    for row in touched {
        arrange(conn, areas, row)?;
    }
    Ok(())
}

fn line_in(
    conn: &Connection,
    kind: Kind,
    line: &Line,
    touched: &mut BTreeSet<i64>,
) -> Result<(), LogError> {
    let [version, at] = [line.version, line.at].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    if held_version(conn, kind, line.id)?.is_some_and(|held| held > version) {
        return Ok(());
    }
    let row = match &line.body {
        Some(body) => {
            let put = "INSERT INTO record (kind, id, version, at, body) VALUES (?1, ?2, ?3, ?4, ?5) \
                       ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, \
                       at = excluded.at, body = excluded.body RETURNING row";
            let values = params![kind.name(), line.id.as_bytes(), version, at, body.0.get()];
            let mut put = conn.prepare_cached(put).map_err(told)?;
            put.query_row(values, |row| row.get(0)).map_err(told)?
        }
        None => match drop_record(conn, kind, line.id)? {
            Some(row) => row,
            None => return Ok(()),
        },
    };
    match kind {
        Kind::Service => {
            touched.insert(row);
        }
        Kind::Organisation => {
            organisation_in(conn, row)?;
            add(
                conn,
                "SELECT row FROM service WHERE organisation = ?1",
                line.id,
                touched,
            )?;
        }
        Kind::Place => {
            place_in(conn, line.id)?;
            add(
                conn,
                "SELECT service FROM at_place WHERE place = ?1",
                line.id,
                touched,
            )?;
        }
    }
    Ok(())
}

fn held_version(conn: &Connection, kind: Kind, id: RecordId) -> Result<Option<i64>, LogError> {
    conn.prepare_cached("SELECT version FROM record WHERE kind = ?1 AND id = ?2")
        .map_err(told)?
        .query_row(params![kind.name(), id.as_bytes()], |row| row.get(0))
        .optional()
        .map_err(told)
}

fn drop_record(conn: &Connection, kind: Kind, id: RecordId) -> Result<Option<i64>, LogError> {
    conn.prepare_cached("DELETE FROM record WHERE kind = ?1 AND id = ?2 RETURNING row")
        .map_err(told)?
        .query_row(params![kind.name(), id.as_bytes()], |row| row.get(0))
        .optional()
        .map_err(told)
}

fn add(
    conn: &Connection,
    sql: &str,
    id: RecordId,
    touched: &mut BTreeSet<i64>,
) -> Result<(), LogError> {
    let mut select = conn.prepare_cached(sql).map_err(told)?;
    let rows = select
        .query_map([id.as_bytes()], |row| row.get(0))
        .map_err(told)?;
    for row in rows {
        touched.insert(row.map_err(told)?);
    }
    Ok(())
}

/// A record of the shelf with the time of its last change.
pub(super) fn record<T: serde::de::DeserializeOwned>(
    conn: &Connection,
    kind: Kind,
    id: RecordId,
) -> Result<Option<(T, i64)>, LogError> {
    let found: Option<(String, i64)> = conn
        .prepare_cached("SELECT body, at FROM record WHERE kind = ?1 AND id = ?2")
        .map_err(told)?
        .query_row(params![kind.name(), id.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
        .map_err(told)?;
    Ok(found.and_then(|(body, at)| Some((serde_json::from_str(&body).ok()?, at))))
}

fn body<T: serde::de::DeserializeOwned>(
    conn: &Connection,
    row: i64,
) -> Result<Option<(T, i64)>, LogError> {
    let found: Option<(String, i64)> = conn
        .prepare_cached("SELECT body, at FROM record WHERE row = ?1")
        .map_err(told)?
        .query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
        .map_err(told)?;
    Ok(found.and_then(|(body, at)| Some((serde_json::from_str(&body).ok()?, at))))
}

/// Takes everything away that was said of a row.
fn forget(conn: &Connection, row: i64) -> Result<(), LogError> {
    for sql in [
        "DELETE FROM service WHERE row = ?1",
        "DELETE FROM at_place WHERE service = ?1",
        "DELETE FROM cover WHERE service = ?1",
        "DELETE FROM hours WHERE service = ?1",
        "DELETE FROM tie WHERE record = ?1",
        "DELETE FROM words WHERE rowid = ?1",
    ] {
        let mut delete = conn.prepare_cached(sql).map_err(told)?;
        delete.execute([row]).map_err(told)?;
    }
    Ok(())
}

fn organisation_in(conn: &Connection, row: i64) -> Result<(), LogError> {
    forget(conn, row)?;
    let Some((organisation, _at)) = body::<Organisation>(conn, row)? else {
        return Ok(());
    };
    terms::tie(conn, row, &organisation.attributes)?;
    let more = [&organisation.alternate_name, &organisation.description];
    let more: Vec<&str> = more.into_iter().flatten().map(String::as_str).collect();
    put_words(conn, row, &organisation.name, &more.join("\n"))
}

fn place_in(conn: &Connection, id: RecordId) -> Result<(), LogError> {
    let mut delete = conn
        .prepare_cached("DELETE FROM point WHERE place = ?1")
        .map_err(told)?;
    delete.execute([id.as_bytes()]).map_err(told)?;
    let place = record::<Place>(conn, Kind::Place, id)?;
    let Some(point) = place.and_then(|(place, _at)| place.point()) else {
        return Ok(());
    };
    conn.prepare_cached("INSERT INTO point (place, latitude, longitude) VALUES (?1, ?2, ?3)")
        .map_err(told)?
        .execute(params![id.as_bytes(), point.latitude(), point.longitude()])
        .map_err(told)?;
    Ok(())
}

/// Arranges a service anew; one that is gone or can't be read is no longer listed.
fn arrange(conn: &Connection, areas: &Areas, row: i64) -> Result<(), LogError> {
    forget(conn, row)?;
    let Some((service, at)) = body::<Service>(conn, row)? else {
        return Ok(());
    };
    let organisation = match service.organisation() {
        Some(id) => record::<Organisation>(conn, Kind::Organisation, id)?,
        None => None,
    };
    let mut places = Vec::new();
    for tie in &service.service_at_locations {
        let put = "INSERT OR REPLACE INTO at_place (id, service, place) VALUES (?1, ?2, ?3)";
        let place = tie.place();
        let values = params![
            tie.id.as_bytes(),
            row,
            place.as_ref().map(RecordId::as_bytes)
        ];
        conn.prepare_cached(put)
            .map_err(told)?
            .execute(values)
            .map_err(told)?;
        if let Some(id) = place
            && let Some(place) = record::<Place>(conn, Kind::Place, id)?
        {
            places.push(place);
        }
    }
    let parts = places.iter().map(|(_place, at)| *at);
    let parts = parts.chain(organisation.iter().map(|(_organisation, at)| *at));
    let modified = parts.fold(at, i64::max);
    let anywhere = cover(conn, areas, row, &service)?;
    put_service(conn, row, &service, (modified, anywhere))?;
    hours::put(conn, row, &service)?;
    terms::tie(conn, row, &service.attributes)?;
    let organisation = organisation.map(|(organisation, _at)| organisation);
    let places: Vec<Place> = places.into_iter().map(|(place, _at)| place).collect();
    put_words(
        conn,
        row,
        &names(&service),
        &rest(&service, organisation.as_ref(), &places),
    )
}

fn put_service(
    conn: &Connection,
    row: i64,
    service: &Service,
    (modified, anywhere): (i64, bool),
) -> Result<(), LogError> {
    let age = |age: &Option<serde_json::Number>| age.as_ref().and_then(serde_json::Number::as_f64);
    let organisation = service.organisation();
    let put = "INSERT INTO service \
               (row, id, organisation, modified, minimum_age, maximum_age, anywhere) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let values = params![
        row,
        service.id.as_bytes(),
        organisation.as_ref().map(RecordId::as_bytes),
        modified,
        age(&service.minimum_age),
        age(&service.maximum_age),
        anywhere
    ];
    conn.prepare_cached(put)
        .map_err(told)?
        .execute(values)
        .map_err(told)?;
    Ok(())
}

/// Writes the boroughs down that a service covers; true: some of what it covers is not known.
fn cover(conn: &Connection, areas: &Areas, row: i64, service: &Service) -> Result<bool, LogError> {
    let mut anywhere = service.service_areas.is_empty();
    for area in &service.service_areas {
        let boroughs = area.extent.as_deref().map(|code| areas.covered_by(code));
        let boroughs = boroughs.unwrap_or_default();
        anywhere |= boroughs.is_empty();
        for borough in boroughs {
            conn.prepare_cached("INSERT OR IGNORE INTO cover (service, area) VALUES (?1, ?2)")
                .map_err(told)?
                .execute(params![row, borough.code])
                .map_err(told)?;
        }
    }
    Ok(anywhere)
}

fn put_words(conn: &Connection, row: i64, name: &str, rest: &str) -> Result<(), LogError> {
    conn.prepare_cached("INSERT INTO words (rowid, name, rest) VALUES (?1, ?2, ?3)")
        .map_err(told)?
        .execute(params![row, name, rest])
        .map_err(told)?;
    Ok(())
}

fn names(service: &Service) -> String {
    let names = std::iter::once(service.name.as_str()).chain(service.other_names());
    names.collect::<Vec<_>>().join("\n")
}

/// What else can be searched of a service: what it says, who runs it, where, by which terms.
fn rest(service: &Service, organisation: Option<&Organisation>, places: &[Place]) -> String {
    let mut words: Vec<&str> = Vec::new();
    let said = [
        &service.signpost.summary,
        &service.description,
        &service.eligibility_description,
        &service.application_process,
    ];
    words.extend(said.into_iter().flatten().map(String::as_str));
    words.extend(service.signpost.keywords.iter().map(String::as_str));
    words.extend(organisation.map(|organisation| organisation.name.as_str()));
    words.extend(
        service
            .service_areas
            .iter()
            .filter_map(|area| area.name.as_deref()),
    );
    let terms = service
        .attributes
        .iter()
        .filter_map(|tie| tie.taxonomy_term.as_ref());
    words.extend(terms.map(|term| term.name.as_str()));
    for place in places {
        words.extend(place.name.as_deref());
        for address in &place.addresses {
            let parts = [&address.city, &address.postal_code];
            words.extend(parts.into_iter().flatten().map(String::as_str));
        }
    }
    words.join("\n")
}
