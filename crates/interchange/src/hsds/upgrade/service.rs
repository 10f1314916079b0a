//! Services and organisations of earlier versions.

use serde_json::{Map, Value, json};

use super::{append, each, eligibility, place, rename, rows, take_rows, terms};

/// Members that have another name now.
const RENAMED: [(&str, &str); 12] = [
    ("organisation", "organization"),
    ("organisation_id", "organization_id"),
    ("min_age", "minimum_age"),
    ("max_age", "maximum_age"),
    ("regular_schedules", "schedules"),
    ("regular_schedule", "schedules"),
    ("service_area", "service_areas"),
    ("service_at_location", "service_at_locations"),
    ("fundings", "funding"),
    ("required_document", "required_documents"),
    ("cost_option", "cost_options"),
    ("updated_at", "last_modified"),
];

pub(super) fn upgrade(members: &mut Map<String, Value>) {
    for (from, to) in RENAMED {
        rename(members, from, to);
    }
    links(members);
    locations(members);
    terms::attributes(members);
    eligibility::upgrade(members);
    each(members, "organization", organization);
    each(members, "service_at_locations", place::tie);
    each(members, "schedules", rows::schedule);
    each(members, "languages", rows::language);
    each(members, "service_areas", rows::area);
    each(members, "contacts", rows::contact);
}

pub(super) fn organization(members: &mut Map<String, Value>) {
    rename(members, "url", "website");
    rename(
        members,
        "organisation_identifiers",
        "organization_identifiers",
    );
    each(members, "contacts", rows::contact);
}

/// `links` with a label and an address each.
fn links(members: &mut Map<String, Value>) {
    let rows = members.get("links").and_then(Value::as_array);
    let has_address = |row: &Value| row.get("url").is_some_and(Value::is_string);
    if !rows.is_some_and(|rows| rows.iter().all(has_address)) {
        return;
    }
    if let Some(Value::Array(rows)) = members.shift_remove("links") {
        append(members, "additional_urls", rows);
    }
}

/// Places that stand at the service itself.
fn locations(members: &mut Map<String, Value>) {
    let Some(locations) = take_rows(members, "locations") else {
        return;
    };
    let service = members.get("id").cloned().unwrap_or_default();
    let tie = |location: Map<String, Value>| {
        let Some(id) = location.get("id").filter(|id| !id.is_null()) else {
            return json!({ "location": location });
        };
        let id = format!("{}/{}", word(&service), word(id));
        json!({ "id": id, "location": location })
    };
    let ties = locations.into_iter().map(tie).collect();
    append(members, "service_at_locations", ties);
}

fn word(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
