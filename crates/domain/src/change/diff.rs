//! What changed between two states of a record.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Elements, Shape, fields_of, group_of, lay, order, same_field, shape_of, value};
use crate::{FieldChange, FieldName, Kind, Record, ValueChange};

/// What changed, in the order of the record's fields.
///
/// Fields of a group come together, those too that did not change. Of a new record everything comes; of a known one neither its identifier nor
/// its checks, which are no edits.
#[must_use]
pub fn diff(kind: Kind, before: Option<&Record>, after: &Record) -> Vec<FieldChange> {
    let nothing = Record::new();
    let (old, fresh) = (before.unwrap_or(&nothing), before.is_none());
    let names = names(kind, old, after);
    let mut touched = BTreeSet::new();
    let changes: Vec<(FieldName, Option<ValueChange>)> = names
        .into_iter()
        .map(|field| {
            let change = change(
                kind,
                &field,
                (value(old, &field), value(after, &field)),
                fresh,
            );
            let group = group_of(kind, &field).filter(|_| change.is_some());
            touched.extend(group);
            (field, change)
        })
        .collect();
    let whole_groups = |(field, change): (FieldName, Option<ValueChange>)| {
        let unchanged = || {
            let goes_along = group_of(kind, &field).is_some_and(|group| touched.contains(&group));
            goes_along.then(|| ValueChange::Value {
                old: value(old, &field),
                new: value(after, &field),
            })
        };
        let what = change.or_else(unchanged)?;
        Some(FieldChange { field, what })
    };
    changes.into_iter().filter_map(whole_groups).collect()
}

/// What became of one field, if anything.
fn change(
    kind: Kind,
    field: &FieldName,
    (old, new): (Option<Value>, Option<Value>),
    fresh: bool,
) -> Option<ValueChange> {
    if lay::is_protected(field) && !fresh {
        return None;
    }
    if shape_of(kind, field) == Shape::Set {
        let (before, after) = (Elements::of(old.clone()), Elements::of(new.clone()));
        let (added, removed) = (after.beyond(&before), before.beyond(&after));
        let told = !added.is_empty() || !removed.is_empty();
        if told && before.tell_apart() && after.tell_apart() {
            return Some(ValueChange::Set { added, removed });
        }
        if !told && !fresh && before.tell_apart() && after.tell_apart() {
            return None;
        }
    }
    let differs = !same_field(field, old.as_ref(), new.as_ref());
    (differs || fresh && new.is_some()).then_some(ValueChange::Value { old, new })
}

/// The fields of both: those that are known in the order of the kind, then others as they stand.
fn names(kind: Kind, before: &Record, after: &Record) -> Vec<FieldName> {
    let mut names = fields_of(after);
    let known: BTreeSet<FieldName> = names.iter().cloned().collect();
    names.extend(
        fields_of(before)
            .into_iter()
            .filter(|field| !known.contains(field)),
    );
    names.retain(|field| field.as_str() != "id");
    names.sort_by_key(|field| order::rank(kind, field));
    names
}
