//! Makes a document meet the published schemas where a record of the directory says less than they
//! ask for. A document that meets them is not touched.

use domain::RecordId;
use serde_json::{Map, Value};

use crate::hsds::entities::{Entity, Kind, Link};
use crate::hsds::{formats, ids};

/// Completes a record and all that stands in it.
pub(super) fn complete(entity: &Entity, members: &mut Map<String, Value>) {
    members.retain(|name, value| {
        let kind = entity.field(name).map(|field| field.kind);
        kind.is_none_or(|kind| is_right(kind, value))
    });
    for field in entity.fields.iter().filter(|field| field.required) {
        if let Some(value) = empty(field.kind).filter(|_| !members.contains_key(field.name)) {
            let _none = members.insert(field.name.to_owned(), value);
        }
    }
    let parent = members.get("id").and_then(Value::as_str);
    let parent = parent.unwrap_or_default().to_owned();
    members.retain(|name, value| {
        let link = entity.link(name);
        link.is_none_or(|link| rows(link, &parent, value))
    });
}

/// Whether a value is what the schemas take, mended where there is one way to. Identifiers are seen to
/// with their rows.
fn is_right(kind: Kind, value: &mut Value) -> bool {
    if let (Kind::Text | Kind::Date | Kind::Time, Value::Number(number)) = (kind, &value) {
        *value = Value::String(number.to_string());
    }
    if kind == Kind::Number {
        return value.is_number();
    }
    let Some(text) = value.as_str() else {
        return false;
    };
    match kind {
        Kind::Text | Kind::Date | Kind::Time | Kind::Number | Kind::Id => true,
        Kind::Key(_) | Kind::AnyKey => formats::is_uuid(text),
        Kind::Email => text.contains('@'),
        Kind::DateTime => formats::is_moment(text),
        Kind::OneOf(values) => values.contains(&text),
        Kind::Uri if formats::is_uri(text) => true,
        Kind::Uri => {
            let mended = formats::to_uri(text);
            let is_mended = mended.is_some();
            *value = mended.map_or(Value::Null, Value::String);
            is_mended
        }
    }
}

/// What stands for a required value that nobody knows; none: there is nothing that could.
fn empty(kind: Kind) -> Option<Value> {
    match kind {
        Kind::Text | Kind::Date | Kind::Time => Some("".into()),
        Kind::OneOf(values) => values.first().map(|first| (*first).into()),
        Kind::Number | Kind::Id | Kind::Key(_) | Kind::AnyKey => None,
        Kind::Uri | Kind::Email | Kind::DateTime => None,
    }
}

/// Completes what is nested, and whether any of it may stay.
fn rows(link: &Link, parent: &str, value: &mut Value) -> bool {
    let Some(child) = link.entity() else {
        return true;
    };
    if !link.many {
        return row(child, link.member, parent, value);
    }
    let Value::Array(rows) = value else {
        return false;
    };
    rows.retain_mut(|value| row(child, link.member, parent, value));
    true
}

fn row(entity: &Entity, member: &str, parent: &str, value: &mut Value) -> bool {
    let Value::Object(members) = value else {
        return false;
    };
    let id = members
        .get("id")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !formats::is_uuid(id) {
        let id = made_id(entity, member, parent, members);
        let _bad = members.insert("id".to_owned(), id.into());
    }
    complete(entity, members);
    let has = |name: &str| members.contains_key(name);
    entity
        .fields
        .iter()
        .filter(|field| field.required)
        .all(|field| has(field.name))
        && entity
            .links
            .iter()
            .filter(|link| link.required)
            .all(|link| has(link.member))
}

/// The identifier of a row whose own one is no UUID: the same each time.
fn made_id(entity: &Entity, member: &str, parent: &str, members: &Map<String, Value>) -> String {
    let own = members
        .get("id")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let name = match own {
        "" => return ids::of_content("", parent, entity, members),
        own if ids::is_shared(entity) => format!("{}/{own}", entity.name),
        own => format!("{parent}/{member}/{own}"),
    };
    RecordId::named(&name).to_string()
}
