//! Takes the records apart that a document holds inside each other.

use serde_json::{Map, Value, json};

use crate::hsds::normal::Normal;
use crate::hsds::remarks::Way;

type Members = Map<String, Value>;

/// The organisation inside a service, where a stub stays.
pub(super) fn organisation(service: &mut Members, normal: &mut Normal) -> Option<Members> {
    let organisation = held(
        service,
        "organization",
        "organization_id",
        &Way::Top,
        normal,
    )?;
    if organisation.contains_key("name") {
        return Some(organisation);
    }
    // An organisation is nothing without a name; which one it is may still be known.
    let _stub = service.shift_remove("organization");
    let id = organisation
        .get("id")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if organisation.len() > 1 {
        let message = "the organisation has no name; only its identifier is kept".to_owned();
        normal.remarks.doubt(&Way::Top.to("organization"), message);
    }
    if normal.original(id).is_some() {
        let _same = service.insert("organization_id".to_owned(), id.into());
    }
    None
}

/// The places inside a service's ties, where stubs stay.
pub(super) fn places(service: &mut Members, normal: &mut Normal) -> Vec<Members> {
    let Some(Value::Array(ties)) = service.get_mut("service_at_locations") else {
        return Vec::new();
    };
    let top = Way::Top.to("service_at_locations");
    let ties = ties.iter_mut().enumerate();
    let place = |(number, tie): (usize, &mut Value)| {
        held(
            tie.as_object_mut()?,
            "location",
            "location_id",
            &top.item(number),
            normal,
        )
    };
    ties.filter_map(place).collect()
}

/// A record that stands in a member, where a stub stays.
fn held(
    members: &mut Members,
    member: &str,
    key: &str,
    at: &Way<'_>,
    normal: &mut Normal,
) -> Option<Members> {
    let nested = members.get_mut(member)?;
    let id = nested.get("id")?.clone();
    let stub = json!({ "id": id });
    let Value::Object(record) = std::mem::replace(nested, stub) else {
        return None;
    };
    if members.get(key).is_some_and(|key| *key != id) {
        let message = format!("it names another record than stands in {member}; that one counts");
        normal.remarks.doubt(&at.to(key), message);
        let _other = members.shift_remove(key);
    }
    Some(record)
}

/// Takes the records in a list away, if it is a list of records.
pub(super) fn rows(members: &mut Members, name: &str) -> Vec<Members> {
    let rows = members.get(name).and_then(Value::as_array);
    if !rows.is_some_and(|rows| rows.iter().all(Value::is_object)) {
        return Vec::new();
    }
    let Some(Value::Array(rows)) = members.shift_remove(name) else {
        return Vec::new();
    };
    rows.into_iter().filter_map(object).collect()
}

/// The records in a list, which stays.
pub(super) fn copies(members: &Members, name: &str) -> Vec<Members> {
    let rows = members.get(name).and_then(Value::as_array);
    rows.into_iter()
        .flatten()
        .cloned()
        .filter_map(object)
        .collect()
}

fn object(mut value: Value) -> Option<Members> {
    value.as_object_mut().map(std::mem::take)
}
