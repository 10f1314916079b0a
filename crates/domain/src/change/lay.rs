//! Laying a change over a record, and taking it back.

use serde_json::Value;

use super::{Elements, Shape, element::identity, set, shape_of, value};
use crate::{FieldChange, FieldName, Kind, Record, RecordId, ValueChange};

/// A record of which only the identifier is known: what a new one's changes are laid over.
#[must_use]
pub fn created(id: RecordId) -> Record {
    Record::from_iter([("id".to_owned(), Value::from(id.to_string()))])
}

/// Lays changes over a record, whatever stands there: what the person who made them sees. The
/// identifier never changes, and checks that are there stay.
pub fn laid_over(kind: Kind, record: &mut Record, changes: &[FieldChange]) {
    for change in changes {
        let current = value(record, &change.field);
        if is_protected(&change.field) && (current.is_some() || change.field.as_str() == "id") {
            continue;
        }
        let new = value_after(kind, &change.field, current, &change.what);
        set(kind, record, &change.field, new);
    }
}

/// The changes that take these back.
#[must_use]
pub fn invert(changes: &[FieldChange]) -> Vec<FieldChange> {
    let taken_back = |change: &FieldChange| FieldChange {
        field: change.field.clone(),
        what: turned(&change.what),
    };
    changes.iter().rev().map(taken_back).collect()
}

/// A change of a value the other way round.
pub(crate) fn turned(what: &ValueChange) -> ValueChange {
    match what.clone() {
        ValueChange::Set { added, removed } => ValueChange::Set {
            added: removed,
            removed: added,
        },
        ValueChange::Value { old, new } => ValueChange::Value { old: new, new: old },
    }
}

/// A field's value with a change laid over it.
pub(crate) fn value_after(
    kind: Kind,
    field: &FieldName,
    current: Option<Value>,
    what: &ValueChange,
) -> Option<Value> {
    let (added, removed) = match (as_elements(kind, field, what), what) {
        (Some(elements), _) => elements,
        (None, ValueChange::Set { added, removed }) => (added.clone(), removed.clone()),
        (None, ValueChange::Value { new, .. }) => return new.clone(),
    };
    let mut elements = Elements::of(current.clone());
    if added.is_empty() && removed.is_empty() {
        return match what {
            ValueChange::Value { new, .. } if elements.is_empty() => new.clone(),
            ValueChange::Value { .. } | ValueChange::Set { .. } => current,
        };
    }
    let coming: Elements = added.iter().cloned().collect();
    for gone in removed.iter().map(identity) {
        if coming.get(&gone).is_none() {
            elements.remove(&gone);
        }
    }
    for element in added {
        elements.put(element);
    }
    elements.into_value()
}

/// The elements that come and go where a set is changed; none: it changes as one value. A set given
/// as one value and another (a version restored, a conflict settled) comes and goes by elements too.
pub(crate) fn as_elements(
    kind: Kind,
    field: &FieldName,
    what: &ValueChange,
) -> Option<(Vec<Value>, Vec<Value>)> {
    if shape_of(kind, field) == Shape::Single {
        return None;
    }
    match what {
        ValueChange::Set { added, removed } => Some((added.clone(), removed.clone())),
        ValueChange::Value { old, new } => {
            let (old, new) = (Elements::of(old.clone()), Elements::of(new.clone()));
            (old.tell_apart() && new.tell_apart()).then(|| (new.beyond(&old), old.beyond(&new)))
        }
    }
}

/// True for what no edit changes: the identifier, and what a check sets.
pub(crate) fn is_protected(field: &FieldName) -> bool {
    matches!(
        field.as_str(),
        "id" | "signpost.checks" | "assured_date" | "assurer_email" | "last_modified"
    )
}
