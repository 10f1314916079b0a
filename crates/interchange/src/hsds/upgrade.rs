//! From earlier shapes to the present one: HSDS 1.1 to 2.x and Open Referral UK 1.0 as JSON.
//!
//! What has a home in HSDS 3.1 goes there; everything else stays where it is, as it is. Nothing is
//! done to a document that is one of version 3 already.

mod eligibility;
mod place;
mod rows;
mod service;
mod terms;

use serde_json::{Map, Value};

use super::formats;

/// Members by which a service of an earlier version is known whatever its identifier looks like.
const EARLIER: [&str; 14] = [
    "organisation",
    "regular_schedules",
    "regular_schedule",
    "holiday_schedules",
    "service_taxonomys",
    "service_taxonomies",
    "service_taxonomy",
    "service_attributes",
    "eligibilitys",
    "eligibilities",
    "attending_access",
    "deliverable_type",
    "service_at_location",
    "link_taxonomies",
];

/// States of a service in version 3.
const STATUSES: [&str; 4] = ["active", "inactive", "defunct", "temporarily closed"];

/// Brings a document of this entity to the present shape.
pub(super) fn upgrade(entity: &str, members: &mut Map<String, Value>) {
    match entity {
        "service" if is_earlier(members) => service::upgrade(members),
        "service_at_location" => {
            let nested = members.get("service").and_then(Value::as_object);
            if nested.is_none_or(is_earlier) && has_no_uuid(members) {
                place::tie(members);
            }
        }
        "organization" => service::organization(members),
        "location" if has_no_uuid(members) || place::is_earlier(members) => {
            place::upgrade(members);
        }
        _ => {}
    }
}

fn is_earlier(service: &Map<String, Value>) -> bool {
    let status = service.get("status").and_then(Value::as_str);
    let is_status = status.is_some_and(|status| STATUSES.contains(&status));
    let earlier = EARLIER.iter().any(|name| service.contains_key(*name));
    earlier || !is_status || has_no_uuid(service)
}

fn has_no_uuid(members: &Map<String, Value>) -> bool {
    let id = members.get("id").and_then(Value::as_str);
    !id.is_some_and(formats::is_uuid)
}

/// Gives a member another name, unless one of that name says something.
fn rename(members: &mut Map<String, Value>, from: &str, to: &str) {
    if members.get(to).is_some_and(|there| !there.is_null()) {
        return;
    }
    if let Some(value) = members.shift_remove(from) {
        let _null = members.insert(to.to_owned(), value);
    }
}

/// The objects in an array, or the one object that stands in its place.
fn each(
    members: &mut Map<String, Value>,
    name: &str,
    mut change: impl FnMut(&mut Map<String, Value>),
) {
    match members.get_mut(name) {
        Some(Value::Array(rows)) => rows
            .iter_mut()
            .filter_map(Value::as_object_mut)
            .for_each(change),
        Some(Value::Object(row)) => change(row),
        _ => {}
    }
}

/// Adds rows to a list member, making it if there is none.
fn append(members: &mut Map<String, Value>, name: &str, rows: Vec<Value>) {
    match members.get_mut(name) {
        Some(Value::Array(there)) => there.extend(rows),
        Some(there) if !there.is_null() => {}
        _ => {
            let _null = members.insert(name.to_owned(), Value::Array(rows));
        }
    }
}

/// Takes a list of objects away; none, and it stays, if it is anything else.
fn take_rows(members: &mut Map<String, Value>, name: &str) -> Option<Vec<Map<String, Value>>> {
    let rows = members.get(name)?.as_array()?;
    if !rows.iter().all(Value::is_object) {
        return None;
    }
    let Some(Value::Array(rows)) = members.shift_remove(name) else {
        return None;
    };
    let object = |mut row: Value| row.as_object_mut().map(std::mem::take);
    Some(rows.into_iter().filter_map(object).collect())
}

#[cfg(test)]
mod tests;
