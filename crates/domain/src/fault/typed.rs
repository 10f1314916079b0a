//! Whether a record can be read and held at all.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Found, LARGEST_RECORD};
use crate::{FieldName, Kind, Organisation, Place, Record, RecordId, Service};

pub(super) fn check(kind: Kind, found: &mut Found<'_>) {
    let name = found.text("name").map(str::trim).unwrap_or_default();
    if name.is_empty() && kind != Kind::Place {
        found.say_grave("name", "It needs a name.");
    }
    let size = Value::Object(found.record.clone()).to_string().len();
    if size > LARGEST_RECORD {
        let message = format!(
            "The entry is too long: {} KiB of text, where {} are the most. Shorten its longest texts.",
            size / 1024,
            LARGEST_RECORD / 1024
        );
        found.say_grave("description", message);
    }
    if can_be_read(kind, found.record.clone()) {
        return;
    }
    let members = found.record.iter();
    let unreadable: Vec<String> = members
        .filter(|(name, value)| !alone(kind, name, value))
        .flat_map(|(name, value)| within(kind, name, value))
        .collect();
    for name in &unreadable {
        let label = FieldName::new(name.as_str());
        let message = format!(
            "“{}” is not in a form that the directory can hold: write it anew.",
            label.label()
        );
        found.say_grave(name, message);
    }
    if !found.faults.iter().any(|fault| fault.grave) {
        found.say_grave(
            "id",
            "The entry is not in a form that the directory can hold.",
        );
    }
}

/// The fields that can't be read of a member that can't.
fn within(kind: Kind, name: &str, value: &Value) -> Vec<String> {
    let members = value.as_object().filter(|_| name == "signpost");
    let members = members.into_iter().flatten();
    let single = |inner: &str, value: &Value| {
        Value::Object(Record::from_iter([(inner.to_owned(), value.clone())]))
    };
    let fields: Vec<String> = members
        .filter(|(inner, value)| !alone(kind, name, &single(inner, value)))
        .map(|(inner, _)| format!("{name}.{inner}"))
        .collect();
    if fields.is_empty() {
        return vec![name.to_owned()];
    }
    fields
}

/// Whether a record with this one member can be read.
fn alone(kind: Kind, name: &str, value: &Value) -> bool {
    let mut record = Record::new();
    record.insert(
        "id".to_owned(),
        Value::from(RecordId::named("x").to_string()),
    );
    for required in ["name", "location_type"] {
        record.insert(required.to_owned(), Value::from("x"));
    }
    record.insert(name.to_owned(), value.clone());
    can_be_read(kind, record)
}

fn can_be_read(kind: Kind, record: Record) -> bool {
    fn reads<T: DeserializeOwned>(record: Record) -> bool {
        serde_json::from_value::<T>(Value::Object(record)).is_ok()
    }
    match kind {
        Kind::Service => reads::<Service>(record),
        Kind::Organisation => reads::<Organisation>(record),
        Kind::Place => reads::<Place>(record),
    }
}
