//! The fields of a record: how they are named, read and set.

use std::collections::BTreeSet;

use serde_json::Value;

use super::order;
use crate::{FieldName, Kind, Record};

/// How changes of a field meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One value: two different ones contradict each other.
    Single,
    /// Elements that come and go singly.
    Set,
}

/// Taxonomies of which a record has one term.
const SINGLE_TERM: [&str; 5] = [
    "tier",
    "delivery-level",
    "prescribing-level",
    "commissioned",
    "cost",
];

/// How changes of this field meet.
#[must_use]
pub fn shape_of(kind: Kind, field: &FieldName) -> Shape {
    let is_set = match Spot::of(field) {
        Spot::Ties(taxonomy) => !SINGLE_TERM.contains(&taxonomy),
        Spot::Member("service_areas") => kind == Kind::Service,
        Spot::Member(name) => name == "languages",
        Spot::Note(name) => matches!(name, "keywords" | "other_names"),
    };
    if is_set { Shape::Set } else { Shape::Single }
}

/// The fields of a kind that this version knows by name, in the order of its records; ties to
/// taxonomies (`attributes.need`) come beside them.
#[must_use]
pub fn fields(kind: Kind) -> Vec<FieldName> {
    let members = order::members(kind).iter().copied();
    let plain = members.filter(|name| !matches!(*name, "id" | "attributes" | "signpost"));
    let notes = order::NOTES.iter().map(|name| format!("signpost.{name}"));
    let has_notes = order::members(kind).contains(&"signpost");
    let notes = notes.filter(|_| has_notes);
    let mut found: Vec<FieldName> = plain
        .map(FieldName::new)
        .chain(notes.map(FieldName::new))
        .collect();
    if kind == Kind::Place {
        found.push(FieldName::new("signpost.private"));
    }
    found
}

/// The fields of this very record, in its order.
#[must_use]
pub fn fields_of(record: &Record) -> Vec<FieldName> {
    let mut seen = BTreeSet::new();
    let names = record
        .iter()
        .flat_map(|(name, value)| match (name.as_str(), value) {
            ("signpost", Value::Object(notes)) => {
                notes.keys().map(|note| Spot::Note(note).name()).collect()
            }
            ("attributes", Value::Array(ties)) if !ties.is_empty() => {
                let fields = ties.iter().map(|tie| Spot::Ties(taxonomy(tie)).name());
                fields.collect()
            }
            _ => vec![Spot::Member(name).name()],
        });
    names.filter(|name| seen.insert(name.clone())).collect()
}

/// The value of a field; none: it is not there.
#[must_use]
pub fn value(record: &Record, field: &FieldName) -> Option<Value> {
    match Spot::of(field) {
        Spot::Member(name) => record
            .get(name)
            .filter(|value| !in_parts(name, value))
            .cloned(),
        Spot::Note(name) => record.get("signpost")?.as_object()?.get(name).cloned(),
        Spot::Ties(of) => {
            let ties = record.get("attributes")?.as_array()?.iter();
            let found: Vec<Value> = ties.filter(|tie| taxonomy(tie) == of).cloned().collect();
            (!found.is_empty()).then_some(Value::Array(found))
        }
    }
}

/// Sets a field, or takes it out. What consists of fields itself (`signpost`, `attributes`) is only
/// ever changed by its fields.
pub fn set(kind: Kind, record: &mut Record, field: &FieldName, value: Option<Value>) {
    let order = order::members(kind);
    match Spot::of(field) {
        Spot::Member(name) => {
            let parts = |value: Option<&Value>| value.is_some_and(|value| in_parts(name, value));
            if !parts(record.get(name)) && !parts(value.as_ref()) {
                order::put(order, record, name, value);
            }
        }
        Spot::Note(name) => {
            let mut notes = match record.get_mut("signpost").map(Value::take) {
                Some(Value::Object(notes)) => notes,
                Some(_) | None => Record::new(),
            };
            order::put(order::NOTES, &mut notes, name, value);
            let notes = (!notes.is_empty()).then_some(Value::Object(notes));
            order::put(order, record, "signpost", notes);
        }
        Spot::Ties(of) => {
            let ties = match record.get_mut("attributes").map(Value::take) {
                Some(Value::Array(ties)) => ties,
                Some(_) | None => Vec::new(),
            };
            let ties = with_ties(ties, of, value);
            let ties = (!ties.is_empty()).then_some(Value::Array(ties));
            order::put(order, record, "attributes", ties);
        }
    }
}

/// Ties with those to one taxonomy replaced, where the first of them stood or else at the end.
fn with_ties(ties: Vec<Value>, of: &str, value: Option<Value>) -> Vec<Value> {
    let first = ties.iter().position(|tie| taxonomy(tie) == of);
    let mut ties: Vec<Value> = ties.into_iter().filter(|tie| taxonomy(tie) != of).collect();
    let new = match value {
        Some(Value::Array(new)) => new,
        Some(_) | None => Vec::new(),
    };
    let at = first.unwrap_or(ties.len());
    ties.splice(at..at, new.into_iter().filter(|tie| taxonomy(tie) == of));
    ties
}

/// The code of the taxonomy of a tie; empty: it names none.
fn taxonomy(tie: &Value) -> &str {
    let taxonomy = tie
        .get("taxonomy_term")
        .and_then(|term| term.get("taxonomy"));
    taxonomy.and_then(Value::as_str).unwrap_or_default()
}

/// True for a member that consists of fields.
fn in_parts(name: &str, value: &Value) -> bool {
    match value {
        Value::Object(_) => name == "signpost",
        Value::Array(ties) => name == "attributes" && !ties.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Where a field stands.
pub(super) enum Spot<'a> {
    /// A member of the record.
    Member(&'a str),
    /// A member of `signpost`.
    Note(&'a str),
    /// Ties to a taxonomy.
    Ties(&'a str),
}

impl<'a> Spot<'a> {
    pub(super) fn of(field: &'a FieldName) -> Self {
        let name = field.as_str();
        if let Some(literally) = name.strip_prefix('.') {
            Self::Member(literally)
        } else if let Some(note) = name.strip_prefix("signpost.") {
            Self::Note(note)
        } else if let Some(taxonomy) = name.strip_prefix("attributes.") {
            Self::Ties(taxonomy)
        } else {
            Self::Member(name)
        }
    }

    /// Its name. A member whose own name looks like that of another spot has a dot before it.
    fn name(&self) -> FieldName {
        FieldName::new(match self {
            Self::Member(name)
                if ["signpost.", "attributes.", "."]
                    .iter()
                    .any(|start| name.starts_with(start)) =>
            {
                format!(".{name}")
            }
            Self::Member(name) => (*name).to_owned(),
            Self::Note(name) => format!("signpost.{name}"),
            Self::Ties(taxonomy) => format!("attributes.{taxonomy}"),
        })
    }
}
