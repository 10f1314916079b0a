//! Places of earlier versions, and their ties to services.

use serde_json::{Map, Value};

use super::{append, each, rename, rows, take_rows};

/// Members by which a place of an earlier version is known.
const EARLIER: [&str; 8] = [
    "physical_addresses",
    "physical_address",
    "postal_addresses",
    "postal_address",
    "accessibility_for_disabilities",
    "accessibilities",
    "regular_schedules",
    "geometry",
];

pub(super) fn is_earlier(place: &Map<String, Value>) -> bool {
    EARLIER.iter().any(|name| place.contains_key(*name))
}

pub(super) fn tie(members: &mut Map<String, Value>) {
    rename(members, "regular_schedules", "schedules");
    rename(members, "regular_schedule", "schedules");
    each(members, "schedules", rows::schedule);
    each(members, "contacts", rows::contact);
    each(members, "service_areas", rows::area);
    each(members, "location", upgrade);
}

pub(super) fn upgrade(members: &mut Map<String, Value>) {
    for (list, kind) in [
        ("physical_addresses", "physical"),
        ("physical_address", "physical"),
        ("postal_addresses", "postal"),
        ("postal_address", "postal"),
    ] {
        addresses(members, list, kind);
    }
    own_address(members);
    point(members);
    rename(members, "accessibility_for_disabilities", "accessibility");
    rename(members, "accessibilities", "accessibility");
    rename(members, "regular_schedules", "schedules");
    rename(members, "regular_schedule", "schedules");
    each(members, "accessibility", rows::accessibility);
    each(members, "schedules", rows::schedule);
    each(members, "languages", rows::language);
    each(members, "contacts", rows::contact);
    if members.get("location_type").is_none_or(Value::is_null) {
        let _null = members.insert("location_type".to_owned(), "physical".into());
    }
}

fn addresses(members: &mut Map<String, Value>, list: &str, kind: &str) {
    if members.get(list).is_some_and(Value::is_object) {
        let one = members.shift_remove(list).unwrap_or_default();
        let _none = members.insert(list.to_owned(), Value::Array(vec![one]));
    }
    let Some(mut rows) = take_rows(members, list) else {
        return;
    };
    for row in &mut rows {
        let _kind = row.entry("address_type").or_insert_with(|| kind.into());
    }
    append(
        members,
        "addresses",
        rows.into_iter().map(Value::Object).collect(),
    );
}

/// An address whose lines stand at the place itself.
fn own_address(members: &mut Map<String, Value>) {
    const LINES: [&str; 8] = [
        "attention",
        "address_1",
        "address_2",
        "city",
        "region",
        "state_province",
        "postal_code",
        "country",
    ];
    let said = |name: &&str| members.get(*name).is_some_and(Value::is_string);
    if !LINES.iter().any(said) || members.get("addresses").is_some_and(|all| !all.is_null()) {
        return;
    }
    let mut address = Map::new();
    for line in LINES {
        let kept = members
            .get(line)
            .is_some_and(|line| !line.is_string() && !line.is_null());
        if let Some(text) = (!kept).then(|| members.shift_remove(line)).flatten() {
            let trimmed = text.as_str().map(|text| Value::from(text.trim()));
            let _none = address.insert(line.to_owned(), trimmed.unwrap_or_default());
        }
    }
    let _none = address.insert("address_type".to_owned(), "physical".into());
    append(members, "addresses", vec![Value::Object(address)]);
}

/// A point as `GeoJSON` writes it: longitude first.
fn point(members: &mut Map<String, Value>) {
    let Some(geometry) = members.get("geometry") else {
        return;
    };
    let coordinates = geometry.get("coordinates").and_then(Value::as_array);
    let numbers = coordinates.filter(|all| all.iter().all(Value::is_number));
    let is_point = geometry.get("type").and_then(Value::as_str) == Some("Point");
    let Some([east, north]) = numbers.filter(|_| is_point).map(Vec::as_slice) else {
        return;
    };
    let (east, north) = (east.clone(), north.clone());
    // Nought and nought lies in the sea off Africa: it is how some say that they don't know.
    if east.as_f64() == Some(0.0) && north.as_f64() == Some(0.0) {
        return;
    }
    if ["latitude", "longitude"]
        .iter()
        .any(|name| members.get(*name).is_some_and(|v| !v.is_null()))
    {
        return;
    }
    let _geometry = members.shift_remove("geometry");
    let _null = members.insert("latitude".to_owned(), north);
    let _null = members.insert("longitude".to_owned(), east);
}
