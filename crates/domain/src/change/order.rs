//! Where a new member goes: where the types would write it. So a record has one text, whoever
//! applied the change.

use serde_json::Value;

use super::field::Spot;
use crate::{FieldName, Kind, Record};

const SERVICE: &[&str] = &[
    "id",
    "organization_id",
    "organization",
    "name",
    "alternate_name",
    "description",
    "url",
    "additional_urls",
    "email",
    "status",
    "application_process",
    "fees_description",
    "wait_time",
    "eligibility_description",
    "minimum_age",
    "maximum_age",
    "assured_date",
    "alert",
    "phones",
    "schedules",
    "service_areas",
    "service_at_locations",
    "languages",
    "cost_options",
    "funding",
    "attributes",
    "signpost",
];

const ORGANISATION: &[&str] = &[
    "id",
    "name",
    "alternate_name",
    "description",
    "email",
    "website",
    "additional_websites",
    "phones",
    "organization_identifiers",
    "attributes",
];

const PLACE: &[&str] = &[
    "id",
    "location_type",
    "name",
    "description",
    "latitude",
    "longitude",
    "transportation",
    "addresses",
    "accessibility",
    "phones",
    "schedules",
    "languages",
    "attributes",
];

/// Members of `signpost`, in the order in which the types write them.
pub(super) const NOTES: &[&str] = &[
    "summary",
    "other_names",
    "keywords",
    "state",
    "checks",
    "provenance",
    "internal",
];

/// Members of a kind that this version knows, in the order in which the types write them.
pub(super) fn members(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Service => SERVICE,
        Kind::Organisation => ORGANISATION,
        Kind::Place => PLACE,
    }
}

/// Where a field comes among the others of its kind; those that this version does not know come last.
pub(super) fn rank(kind: Kind, field: &FieldName) -> (usize, usize) {
    let among = |order: &[&str], name: &str| {
        let found = order.iter().position(|known| *known == name);
        found.unwrap_or(order.len())
    };
    match Spot::of(field) {
        Spot::Member(name) => (among(members(kind), name), 0),
        Spot::Note(name) => (among(members(kind), "signpost"), among(NOTES, name)),
        Spot::Ties(_) => (among(members(kind), "attributes"), 0),
    }
}

/// Puts a member in: in the place of the one that is there, else before the first known member that
/// comes after it, else at the end. Without a value it goes.
pub(super) fn put(order: &[&str], members: &mut Record, name: &str, value: Option<Value>) {
    let Some(value) = value else {
        members.shift_remove(name);
        return;
    };
    if let Some(there) = members.get_mut(name) {
        *there = value;
        return;
    }
    let rank = |name: &str| order.iter().position(|known| *known == name);
    let before = rank(name).and_then(|mine| {
        members
            .keys()
            .position(|other| rank(other).is_some_and(|other| other > mine))
    });
    members.shift_insert(before.unwrap_or(members.len()), name.to_owned(), value);
}
