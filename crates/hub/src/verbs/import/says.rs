//! What a source says that the hub does not have already. Documents of HSDS carry what their schema
//! asks for, whether anybody knows it or not: empty texts, identifiers of elements, and a stub where a
//! record stood that is kept by itself.

use domain::{FieldChange, Record, ValueChange};
use serde_json::Value;

/// Records that a document may nest, with the member that names them.
const NESTED: [(&str, &str); 2] = [
    ("organization", "organization_id"),
    ("location", "location_id"),
];

/// Whether a change brings anything. What a source does not say is not taken away.
pub(super) fn something(change: &FieldChange, before: Option<&Record>) -> bool {
    match &change.what {
        ValueChange::Set { added, removed } => {
            let known: Vec<Option<Value>> = removed.iter().map(plain).collect();
            added.iter().any(|one| !known.contains(&plain(one)))
        }
        ValueChange::Value { old, new } => {
            let named = NESTED
                .iter()
                .find(|(nested, _)| *nested == change.field.as_str());
            let stub = named.is_some_and(|(_, key)| before.is_some_and(|it| it.contains_key(*key)));
            let new = new.as_ref().and_then(plain);
            !stub && new.is_some() && new != old.as_ref().and_then(plain)
        }
    }
}

/// A value without what says nothing; none: nothing is left.
fn plain(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::Array(list) => {
            let list: Vec<Value> = list.iter().filter_map(plain).collect();
            (!list.is_empty()).then_some(Value::Array(list))
        }
        Value::Object(members) => {
            let stub = |name: &str| {
                let nested = NESTED.iter().find(|(nested, _)| *nested == name);
                nested.is_some_and(|(_, key)| members.contains_key(*key))
            };
            let said = members
                .iter()
                .filter(|(name, _)| *name != "id" && !stub(name));
            let said: Record = said
                .filter_map(|(name, value)| Some((name.clone(), plain(value)?)))
                .collect();
            (!said.is_empty()).then_some(Value::Object(said))
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => Some(value.clone()),
    }
}

#[cfg(test)]
mod tests {
    use domain::{Kind, change};
    use serde_json::json;

    use super::*;

    fn brings(before: &Value, said: &Value) -> bool {
        let record = |value: &Value| value.as_object().unwrap().clone();
        let before = record(before);
        let changes = change::diff(Kind::Service, Some(&before), &record(said));
        changes.iter().any(|one| something(one, Some(&before)))
    }

    #[test]
    fn what_a_schema_asks_for_is_nothing_new() {
        let id = "01234567-89ab-cdef-0123-456789abcdef";
        let before = json!({"name": "A", "organization_id": id,
            "phones": [{"number": "0161 496 0000"}],
            "service_at_locations": [{"location_id": id}]});
        let said = json!({"name": "A", "organization_id": id, "description": "", "url": null,
            "organization": {"id": id}, "phones": [{"id": id, "number": "0161 496 0000"}],
            "service_at_locations": [{"location_id": id, "location": {"id": id}}]});
        assert!(!brings(&before, &said));
        let mut other = said.clone();
        other["phones"][0]["number"] = json!("0161 496 0001");
        assert!(brings(&before, &other));
        assert!(brings(&before, &json!({"description": "B"})));
        assert!(
            !brings(&before, &json!({"name": "A"})),
            "nothing is taken away"
        );
    }
}
