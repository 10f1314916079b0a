//! Writing: records of the directory as full documents of HSDS 3.1, which Open Referral UK 3.0 takes
//! as well.

mod complete;
mod writer;

use domain::{Organisation, Place, RecordId, Service};
use serde_json::{Map, Value};

use super::entities::entity;

pub use writer::{JsonShape, JsonWriter};

/// A service as one document that holds everything: its organisation and places stand in it, where
/// their source had them or only their identifiers are known.
///
/// `places` may hold more places than are needed. A record that is held but not given leaves its
/// identifier. What the published schemas require and nobody knows is there and empty.
#[must_use]
pub fn full_service(
    service: &Service,
    organisation: Option<&Organisation>,
    places: &[Place],
) -> Value {
    let mut members = members_of(service);
    put_back(&mut members, "organization", "organization_id", |id| {
        let organisation = organisation.filter(|organisation| organisation.id == id)?;
        Some(public(members_of(organisation)))
    });
    if let Some(Value::Array(ties)) = members.get_mut("service_at_locations") {
        for tie in ties.iter_mut().filter_map(Value::as_object_mut) {
            put_back(tie, "location", "location_id", |id| {
                let place = places.iter().find(|place| place.id == id)?;
                Some(public(members_of(place)))
            });
        }
    }
    let mut members = public(members);
    if let Some(entity) = entity("service") {
        complete::complete(entity, &mut members);
    }
    Value::Object(members)
}

/// An organisation as a document of its own.
#[must_use]
pub fn organisation(organisation: &Organisation) -> Value {
    alone("organization", members_of(organisation))
}

/// A place as a document of its own.
#[must_use]
pub fn place(place: &Place) -> Value {
    alone("location", members_of(place))
}

fn alone(name: &str, members: Map<String, Value>) -> Value {
    let mut members = public(members);
    if let Some(entity) = entity(name) {
        complete::complete(entity, &mut members);
    }
    Value::Object(members)
}

fn members_of(record: &impl serde::Serialize) -> Map<String, Value> {
    let mut value = serde_json::to_value(record).unwrap_or_default();
    value
        .as_object_mut()
        .map(std::mem::take)
        .unwrap_or_default()
}

/// Puts a record where its stub or its identifier stands.
fn put_back(
    members: &mut Map<String, Value>,
    member: &str,
    key: &str,
    record: impl Fn(RecordId) -> Option<Map<String, Value>>,
) {
    let id = |value: Option<&Value>| value.and_then(Value::as_str).and_then(|id| id.parse().ok());
    let stub = members.get(member).map(|stub| id(stub.get("id")));
    let Some(id) = stub.unwrap_or_else(|| id(members.get(key))) else {
        return;
    };
    if let Some(record) = record(id) {
        let _stub = members.insert(member.to_owned(), Value::Object(record));
    } else if members.shift_remove(member).is_some() {
        let _same = members.insert(key.to_owned(), id.to_string().into());
    }
}

/// Without what is for staff only.
fn public(mut members: Map<String, Value>) -> Map<String, Value> {
    let Some(Value::Object(notes)) = members.get_mut("signpost") else {
        return members;
    };
    let _internal = notes.shift_remove("internal");
    if notes.is_empty() {
        let _nothing = members.shift_remove("signpost");
    }
    members
}

#[cfg(test)]
mod tests;
