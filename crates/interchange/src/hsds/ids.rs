//! Identifiers: whatever a source numbers its rows with becomes a UUID, the same one each time.

use domain::RecordId;
use serde_json::{Map, Value};

use super::entities::Entity;

/// The identifier that a source's own one stands for; none: it is no identifier.
///
/// A UUID stands for itself, written in small letters with hyphens; anything else is named within
/// the source's namespace and its entity.
pub(super) fn canonical(namespace: &str, entity: &str, raw: &Value) -> Option<String> {
    let text = match raw {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    if text.is_empty() {
        return None;
    }
    if is_canonical(&text) {
        return Some(text);
    }
    let id = text
        .parse()
        .unwrap_or_else(|_| RecordId::named(&format!("{namespace}/{entity}/{text}")));
    Some(id.to_string())
}

/// Whether a text is a UUID just as identifiers are written here.
pub(super) fn is_canonical(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

/// An identifier for a row that came without one: from its parent's, and what it says.
///
/// What several records share is named by what it says alone, so that it is the same everywhere.
pub(super) fn of_content(
    namespace: &str,
    parent: &str,
    entity: &Entity,
    members: &Map<String, Value>,
) -> String {
    let name = members.get("name").and_then(Value::as_str);
    let named = match (entity.name, name) {
        ("organization", Some(name)) => format!("{namespace}/organization/{name}"),
        _ if is_shared(entity) => format!("{namespace}/{}/{}", entity.name, sorted(members)),
        _ => format!("{parent}/{}/{}", entity.name, sorted(members)),
    };
    RecordId::named(&named).to_string()
}

/// Whether several records may share a row of this entity.
pub(super) fn is_shared(entity: &Entity) -> bool {
    matches!(
        entity.name,
        "organization" | "location" | "program" | "taxonomy_term" | "taxonomy" | "unit"
    )
}

/// What an object says, whatever the order of its members.
pub(super) fn sorted(members: &Map<String, Value>) -> String {
    let mut value = Value::Object(members.clone());
    value.sort_all_objects();
    value.to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whatever_a_source_numbers_with_becomes_a_uuid() {
        let uuid = "ac148810-d857-441c-9679-408f346de14b";
        assert_eq!(canonical("n", "service", &json!(uuid)).unwrap(), uuid);
        let large = uuid.to_uppercase();
        assert_eq!(canonical("n", "service", &json!(large)).unwrap(), uuid);
        let numbered = canonical("n", "service", &json!(7)).unwrap();
        assert_eq!(numbered, RecordId::named("n/service/7").to_string());
        assert_eq!(canonical("n", "service", &json!("7")).unwrap(), numbered);
        for none in [json!(null), json!(""), json!([1]), json!(true)] {
            assert_eq!(canonical("n", "service", &none), None);
        }
    }

    #[test]
    fn the_order_of_members_makes_no_other_identifier() {
        let phone = super::super::entities::entity("phone").unwrap();
        let id = |text: &str| of_content("n", "p", phone, &serde_json::from_str(text).unwrap());
        let one = id(r#"{"number":"1","x":{"a":1,"b":2}}"#);
        assert_eq!(one, id(r#"{"x":{"b":2,"a":1},"number":"1"}"#));
        assert_ne!(one, id(r#"{"number":"2"}"#));
    }
}
