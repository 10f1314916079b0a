//! Documents as the API gives them, made of records of the shelf: valid by the published schemas.

use domain::{Kind, Organisation, Place, RecordId, Service};
use interchange::hsds;
use rusqlite::{Connection, OptionalExtension as _};
use serde_json::{Map, Value, json};

use super::arrange::record;
use super::moment;
use crate::log::LogError;
use crate::log::sqlite::told;

/// How much of a record is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Identity and time of the last change.
    Minimal,
    /// Members that are no lists, and the same of what it belongs to.
    Flat,
    /// Everything, of what it belongs to as well.
    Full,
}

/// A service with everything in it.
pub(super) fn service(conn: &Connection, id: RecordId) -> Result<Option<Value>, LogError> {
    let Some((service, _at)) = record::<Service>(conn, Kind::Service, id)? else {
        return Ok(None);
    };
    let organisation = match service.organisation() {
        Some(id) => record::<Organisation>(conn, Kind::Organisation, id)?,
        None => None,
    };
    let mut places = Vec::new();
    for id in service
        .service_at_locations
        .iter()
        .filter_map(domain::ServiceAtLocation::place)
    {
        places.extend(record::<Place>(conn, Kind::Place, id)?.map(|(place, _at)| place));
    }
    let organisation = organisation.map(|(organisation, _at)| organisation);
    let mut document = hsds::full_service(&service, organisation.as_ref(), &places);
    let modified: Option<i64> = conn
        .prepare_cached("SELECT modified FROM service WHERE id = ?1")
        .map_err(told)?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()
        .map_err(told)?;
    if let (Value::Object(members), Some(modified)) = (&mut document, modified) {
        members.insert("last_modified".to_owned(), moment(modified).into());
    }
    Ok(Some(document))
}

/// An organisation with everything in it; its services with everything where `deep` says so.
pub(super) fn organisation(
    conn: &Connection,
    id: RecordId,
    deep: bool,
) -> Result<Option<Value>, LogError> {
    let Some((organisation, _at)) = record::<Organisation>(conn, Kind::Organisation, id)? else {
        return Ok(None);
    };
    let mut document = hsds::organisation(&organisation);
    let mut services = Vec::new();
    for id in services_of(conn, id)? {
        let Some(mut service) = service(conn, id)? else {
            continue;
        };
        if !deep {
            service = flat(&service, &[]);
        }
        if let Value::Object(members) = &mut service {
            members.shift_remove("organization");
        }
        services.push(service);
    }
    if let Value::Object(members) = &mut document {
        members.insert("services".to_owned(), services.into());
    }
    Ok(Some(document))
}

fn services_of(conn: &Connection, organisation: RecordId) -> Result<Vec<RecordId>, LogError> {
    let sql = "SELECT id FROM service WHERE organisation = ?1 ORDER BY id";
    let mut select = conn.prepare_cached(sql).map_err(told)?;
    let rows = select
        .query_map([organisation.as_bytes()], |row| row.get(0))
        .map_err(told)?;
    rows.map(|id| id.map(RecordId::from_bytes).map_err(told))
        .collect()
}

/// The tie of a service to a place, with both in it.
pub(super) fn at_place(conn: &Connection, id: RecordId) -> Result<Option<Value>, LogError> {
    let sql = "SELECT s.id FROM at_place a JOIN service s ON s.row = a.service WHERE a.id = ?1";
    let found: Option<[u8; 16]> = conn
        .prepare_cached(sql)
        .map_err(told)?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()
        .map_err(told)?;
    let Some(found) = found.map(RecordId::from_bytes) else {
        return Ok(None);
    };
    let Some(Value::Object(mut service)) = service(conn, found)? else {
        return Ok(None);
    };
    let ties = service.shift_remove("service_at_locations");
    let name = id.to_string();
    let ties = ties
        .as_ref()
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let tie = ties
        .filter_map(Value::as_object)
        .find(|tie| tie.get("id") == Some(&json!(name)));
    let Some(mut tie) = tie.cloned() else {
        return Ok(None);
    };
    tie.insert("service_id".to_owned(), found.to_string().into());
    tie.insert("service".to_owned(), Value::Object(service));
    Ok(Some(Value::Object(tie)))
}

/// Less of a document: members that are values, and the same of the members named.
pub(super) fn flat(document: &Value, nested: &[&str]) -> Value {
    let empty = Map::new();
    let members = document.as_object().unwrap_or(&empty);
    let kept = members.iter().filter_map(|(name, value)| match value {
        Value::Array(_) => None,
        Value::Object(_) => {
            let is_kept = nested.contains(&name.as_str());
            is_kept.then(|| (name.clone(), flat(value, nested)))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Some((name.clone(), value.clone()))
        }
    });
    Value::Object(kept.collect())
}
