//! How changes meet, as the protocol tells it: different fields merge, the same value is no news,
//! different values contradict; sets merge by their elements, groups go as one.

use std::collections::{BTreeMap, BTreeSet};

use domain::{FieldChange, ValueChange};
use serde_json::{Value, json};

use crate::meeting::world::{Flat, SETS, SINGLE, identities};

/// Fields that go as one.
const GROUPS: [(&str, &[&str]); 3] = [
    ("eligibility", &["eligibility_description", "minimum_age"]),
    ("hours", &["schedules"]),
    ("cost", &["fees_description"]),
];

/// What becomes of a record.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) body: Flat,
    /// Whether anything was taken.
    pub(super) changed: bool,
    /// Fields, or groups of them, that wait for a person.
    pub(super) contradicted: BTreeSet<&'static str>,
}

/// The group of a field, or the field itself.
pub(super) fn unit(field: &str) -> &'static str {
    let group = GROUPS.iter().find(|(_, fields)| fields.contains(&field));
    let known = SINGLE.iter().chain(&SETS).find(|name| **name == field);
    group
        .map(|(name, _)| *name)
        .or(known.copied())
        .unwrap_or("else")
}

pub(super) fn merge(before: &Flat, changes: &[FieldChange]) -> Outcome {
    let mut outcome = Outcome {
        body: before.clone(),
        changed: false,
        contradicted: BTreeSet::new(),
    };
    let mut singles: BTreeMap<&'static str, BTreeMap<&'static str, (Value, Value)>> =
        BTreeMap::new();
    for change in changes {
        let named = SINGLE
            .iter()
            .chain(&SETS)
            .find(|name| **name == change.field.as_str());
        let Some(&field) = named else {
            // A field that histories don't write: it comes with a new record, always the same.
            continue;
        };
        let (old, new) = match &change.what {
            ValueChange::Value { old, new } => (said(old.as_ref()), said(new.as_ref())),
            ValueChange::Set { added, removed } => (json!(removed), json!(added)),
        };
        if SETS.contains(&field) {
            outcome.elements(field, &identities(&old), &identities(&new));
        } else {
            singles
                .entry(unit(field))
                .or_default()
                .insert(field, (old, new));
        }
    }
    for (unit, mut fields) in singles {
        let group = GROUPS.iter().find(|(name, _)| *name == unit);
        for &member in group.into_iter().flat_map(|(_, fields)| *fields) {
            fields.entry(member).or_insert((Value::Null, Value::Null));
        }
        outcome.fields(unit, &fields);
    }
    outcome
}

fn said(value: Option<&Value>) -> Value {
    value.cloned().unwrap_or(Value::Null)
}

impl Outcome {
    fn elements(&mut self, field: &'static str, going: &Value, coming: &Value) {
        let list = |value: &Value| -> BTreeSet<String> {
            let elements = value.as_array().into_iter().flatten();
            elements
                .filter_map(|one| Some(one.as_str()?.to_owned()))
                .collect()
        };
        let (old, new) = (list(going), list(coming));
        let (going, coming) = (&old - &new, &new - &old);
        let mut here = list(self.body.get(field).unwrap_or(&Value::Null));
        let before = here.clone();
        here.retain(|one| !going.contains(one));
        here.extend(coming);
        self.changed |= here != before;
        self.put(field, json!(here));
    }

    fn fields(&mut self, unit: &'static str, fields: &BTreeMap<&'static str, (Value, Value)>) {
        let now = |field: &str| said(self.body.get(field));
        if fields.iter().all(|(field, (_, new))| now(field) == *new)
            || fields.values().all(|(old, new)| old == new)
        {
            return;
        }
        if fields.iter().any(|(field, (old, _))| now(field) != *old) {
            self.contradicted.insert(unit);
            return;
        }
        self.changed = true;
        for (&field, (_, new)) in fields {
            self.put(field, new.clone());
        }
    }

    fn put(&mut self, field: &'static str, value: Value) {
        if value.is_null() || value == json!([]) {
            self.body.remove(field);
        } else {
            self.body.insert(field, value);
        }
    }
}
