//! Merging a change into a record that others may have changed meanwhile.
//!
//! Different fields merge. The same field with the same value: nothing to do. The same field with
//! different values contradict each other: the record keeps its value, and a person chooses. Fields
//! of one group go and wait together; elements of a set come and go singly.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::change::{
    Elements, Group, as_elements, group_of, identity, is_protected, same_element, same_field, set,
    turned, value, value_after,
};
use crate::{Conflict, ConflictField, FieldChange, FieldName, Kind, Record, ValueChange};

/// What became of a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The record with what could be applied.
    pub record: Record,
    /// Fields that changed.
    pub applied: Vec<FieldName>,
    /// Fields that already were as the change wants them.
    pub same: Vec<FieldName>,
    /// Fields that wait for a person; the record keeps its values in them.
    pub conflicts: Vec<Conflict>,
}

/// Merges changes into a record as it is now.
#[must_use]
pub fn merge(kind: Kind, current: &Record, changes: &[FieldChange]) -> Merged {
    let mut merged = Merged {
        record: current.clone(),
        applied: Vec::new(),
        same: Vec::new(),
        conflicts: Vec::new(),
    };
    let mut groups: BTreeMap<Group, Vec<&FieldChange>> = BTreeMap::new();
    for change in changes {
        match group_of(kind, &change.field) {
            Some(group) => groups.entry(group).or_default().push(change),
            None => merged.one(kind, change),
        }
    }
    for (group, changes) in groups {
        merged.group(kind, group, &changes);
    }
    merged
}

/// What becomes of one field.
enum Meeting {
    /// It takes this value.
    Apply(Option<Value>),
    /// There is nothing to do.
    Same,
    /// It contradicts what others did.
    Contradiction,
}

impl Merged {
    fn one(&mut self, kind: Kind, change: &FieldChange) {
        let field = &change.field;
        let now = value(&self.record, field);
        match meet(kind, field, now.as_ref(), &change.what) {
            Meeting::Apply(new) => {
                set(kind, &mut self.record, field, new);
                self.applied.push(field.clone());
            }
            Meeting::Same => self.same.push(field.clone()),
            Meeting::Contradiction => {
                let field = contradicted(kind, field, now, &change.what);
                self.conflicts.push(Conflict {
                    fields: vec![field],
                });
            }
        }
    }

    /// Fields of a group: a field that the change does not speak of was not there for its sender.
    fn group(&mut self, kind: Kind, group: Group, changes: &[&FieldChange]) {
        let fields: Vec<ConflictField> = group
            .fields(kind)
            .iter()
            .map(|name| self.member(kind, &FieldName::new(*name), changes))
            .collect();
        let all = |same: &dyn Fn(&ConflictField) -> bool| fields.iter().all(same);
        let like = |field: &ConflictField, a: &Option<Value>, b: &Option<Value>| {
            same_field(&field.field, a.as_ref(), b.as_ref())
        };
        let wanted = |field: &&ConflictField| !like(field, &field.base, &field.mine);
        let untouched = all(&|field| like(field, &field.theirs, &field.base));
        let there = all(&|field| like(field, &field.theirs, &field.mine));
        if there || !fields.iter().any(|field| wanted(&field)) {
            let names = fields
                .iter()
                .filter(wanted)
                .map(|field| field.field.clone());
            self.same.extend(names);
        } else if untouched {
            for field in fields.into_iter().filter(|field| wanted(&field)) {
                set(kind, &mut self.record, &field.field, field.mine);
                self.applied.push(field.field);
            }
        } else {
            let told = |field: &ConflictField| {
                field.base.is_some() || field.theirs.is_some() || field.mine.is_some()
            };
            let fields = fields.into_iter().filter(told).collect();
            self.conflicts.push(Conflict { fields });
        }
    }

    fn member(&self, kind: Kind, field: &FieldName, changes: &[&FieldChange]) -> ConflictField {
        let theirs = value(&self.record, field);
        let change = changes.iter().rev().find(|change| change.field == *field);
        let (base, mine) = match change.map(|change| &change.what) {
            None => (None, None),
            Some(ValueChange::Value { old, new }) => (old.clone(), new.clone()),
            Some(what @ ValueChange::Set { .. }) => (
                value_after(kind, field, theirs.clone(), &turned(what)),
                value_after(kind, field, theirs.clone(), what),
            ),
        };
        ConflictField {
            field: field.clone(),
            base,
            theirs,
            mine,
        }
    }
}

/// How a change meets a field's value as it is now.
fn meet(kind: Kind, field: &FieldName, now: Option<&Value>, what: &ValueChange) -> Meeting {
    let like = |a: Option<&Value>, b: Option<&Value>| same_field(field, a, b);
    if is_protected(field) {
        let vacant = like(now, None) && field.as_str() != "id";
        let new = value_after(kind, field, None, what);
        return match new {
            Some(new) if vacant => Meeting::Apply(Some(new)),
            Some(_) | None => Meeting::Same,
        };
    }
    if let Some((added, removed)) = as_elements(kind, field, what) {
        return meet_elements(now, &added, &removed, || {
            value_after(kind, field, now.cloned(), what)
        });
    }
    match what {
        ValueChange::Set { added, removed } => meet_elements(now, added, removed, || {
            value_after(kind, field, now.cloned(), what)
        }),
        ValueChange::Value { old, new } => {
            let (old, new) = (old.as_ref(), new.as_ref());
            if like(old, new) || like(now, new) {
                Meeting::Same
            } else if like(now, old) {
                Meeting::Apply(new.cloned())
            } else {
                Meeting::Contradiction
            }
        }
    }
}

/// Each element meets its like, by the same rule as a single value.
fn meet_elements(
    now: Option<&Value>,
    added: &[Value],
    removed: &[Value],
    after: impl FnOnce() -> Option<Value>,
) -> Meeting {
    let there = Elements::of(now.cloned());
    let (coming, going) = (elements(added), elements(removed));
    let mut anything = false;
    for identity in added.iter().chain(removed).map(identity) {
        let (old, new) = (going.get(&identity), coming.get(&identity));
        let now = there.get(&identity);
        if same_element(now, new) {
            continue;
        }
        if !same_element(now, old) {
            return Meeting::Contradiction;
        }
        anything = true;
    }
    let after = after();
    let emptied = added.is_empty() && removed.is_empty() && now.is_none() && after.is_some();
    if anything || emptied {
        Meeting::Apply(after)
    } else {
        Meeting::Same
    }
}

fn elements(of: &[Value]) -> Elements {
    of.iter().cloned().collect()
}

/// A field that waits: of a set, all of it as it is now, as it was for the sender, and as the
/// sender has it.
fn contradicted(
    kind: Kind,
    field: &FieldName,
    theirs: Option<Value>,
    what: &ValueChange,
) -> ConflictField {
    let (base, mine) = match (as_elements(kind, field, what), what) {
        (None, ValueChange::Value { old, new }) => (old.clone(), new.clone()),
        (Some(_), _) | (None, ValueChange::Set { .. }) => (
            value_after(kind, field, theirs.clone(), &turned(what)),
            value_after(kind, field, theirs.clone(), what),
        ),
    };
    ConflictField {
        field: field.clone(),
        base,
        theirs,
        mine,
    }
}

#[cfg(test)]
mod tests;
