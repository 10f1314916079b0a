//! Merging against a model: each field by itself, groups as one.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::change::{diff, fields_of, laid_over};

const KIND: Kind = Kind::Service;

fn record(value: Value) -> Record {
    value.as_object().cloned().unwrap()
}

fn names(fields: &[FieldName]) -> Vec<&str> {
    fields.iter().map(FieldName::as_str).collect()
}

fn waiting(merged: &Merged) -> Vec<Vec<&str>> {
    merged
        .conflicts
        .iter()
        .map(|conflict| {
            conflict
                .fields
                .iter()
                .map(|field| field.field.as_str())
                .collect()
        })
        .collect()
}

/// What two desks made of one record, met on the hub.
fn met(base: Value, theirs: Value, mine: Value) -> Merged {
    let (base, theirs, mine) = (record(base), record(theirs), record(mine));
    merge(KIND, &theirs, &diff(KIND, Some(&base), &mine))
}

#[test]
fn different_fields_merge() {
    let merged = met(
        json!({"id": "1", "name": "A", "url": "u"}),
        json!({"id": "1", "name": "B", "url": "u", "zzz": 1}),
        json!({"id": "1", "name": "A", "url": "v", "yyy": 2}),
    );
    assert_eq!(
        json!(merged.record).to_string(),
        r#"{"id":"1","name":"B","url":"v","zzz":1,"yyy":2}"#
    );
    assert_eq!(names(&merged.applied), ["url", "yyy"]);
    assert!(merged.conflicts.is_empty());
}

#[test]
fn one_field_with_two_values_waits_and_the_others_go_on() {
    let merged = met(
        json!({"id": "1", "name": "A", "url": "u"}),
        json!({"id": "1", "name": "B", "url": "u"}),
        json!({"id": "1", "name": "C", "url": "v"}),
    );
    assert_eq!(merged.record["name"], "B");
    assert_eq!(merged.record["url"], "v");
    assert_eq!(
        merged.conflicts[0].fields,
        [ConflictField {
            field: FieldName::new("name"),
            base: Some(json!("A")),
            theirs: Some(json!("B")),
            mine: Some(json!("C")),
        }]
    );
}

#[test]
fn half_of_the_hours_is_never_merged() {
    let merged = met(
        json!({"id": "1", "schedules": ["mo"], "service_at_locations": ["here"]}),
        json!({"id": "1", "schedules": ["mo"], "service_at_locations": ["there"]}),
        json!({"id": "1", "schedules": ["tu"], "service_at_locations": ["here"]}),
    );
    assert_eq!(waiting(&merged), [["schedules", "service_at_locations"]]);
    assert_eq!(merged.record["schedules"], json!(["mo"]));
}

#[test]
fn a_member_of_a_group_that_its_sender_never_saw_is_a_contradiction() {
    let merged = met(
        json!({"id": "1", "eligibility_description": "all"}),
        json!({"id": "1", "eligibility_description": "all", "minimum_age": 65}),
        json!({"id": "1", "eligibility_description": "young people"}),
    );
    assert_eq!(
        waiting(&merged),
        [["eligibility_description", "minimum_age"]]
    );
}

#[test]
fn both_made_the_same_change() {
    let merged = met(
        json!({"id": "1", "fees_description": "?", "email": "x"}),
        json!({"id": "1", "fees_description": "free"}),
        json!({"id": "1", "fees_description": "free"}),
    );
    assert_eq!(names(&merged.same), ["email", "fees_description"]);
    assert!(merged.applied.is_empty() && merged.conflicts.is_empty());
}

#[test]
fn boroughs_that_two_people_add_are_both_there() {
    let area = |code: &str| json!({"id": "", "extent": code});
    let merged = met(
        json!({"id": "1", "service_areas": [area("E1"), area("E2")]}),
        json!({"id": "1", "service_areas": [area("E1"), area("E2"), area("E3")]}),
        json!({"id": "1", "service_areas": [area("E4"), area("E2")]}),
    );
    assert_eq!(
        merged.record["service_areas"],
        json!([area("E2"), area("E3"), area("E4")])
    );
}

#[test]
fn an_element_that_two_people_change_differently_waits() {
    let area = |name: &str| json!({"extent": "E1", "name": name});
    let (base, theirs) = (
        json!([area("old")]),
        json!([area("theirs"), {"extent": "E2"}]),
    );
    let merged = met(
        json!({"id": "1", "service_areas": base}),
        json!({"id": "1", "service_areas": theirs}),
        json!({"id": "1", "service_areas": [area("mine")]}),
    );
    let waits = &merged.conflicts[0].fields[0];
    assert_eq!(waits.base, Some(json!([area("old"), {"extent": "E2"}])));
    assert_eq!(waits.theirs, Some(theirs));
    assert_eq!(waits.mine, Some(json!([area("mine"), {"extent": "E2"}])));
    // A curator chooses mine: given as whole values, it goes by elements.
    let what = ValueChange::Value {
        old: waits.theirs.clone(),
        new: waits.mine.clone(),
    };
    let choice = FieldChange {
        field: waits.field.clone(),
        what,
    };
    let mut later = merged.record.clone();
    set(
        KIND,
        &mut later,
        &waits.field,
        Some(json!([area("theirs"), {"extent": "E2"}, {"extent": "E3"}])),
    );
    let settled = merge(KIND, &later, &[choice]);
    assert_eq!(
        settled.record["service_areas"],
        json!([area("mine"), {"extent": "E2"}, {"extent": "E3"}])
    );
}

#[test]
fn a_record_made_twice_merges_field_by_field() {
    let there = record(json!({"id": "1", "name": "A", "url": "u", "assured_date": "2026-01-01"}));
    let mine = record(
        json!({"id": "1", "name": "A", "email": "e", "url": "v", "assured_date": "2018-01-01"}),
    );
    let merged = merge(KIND, &there, &diff(KIND, None, &mine));
    assert_eq!(names(&merged.applied), ["email"]);
    assert_eq!(names(&merged.same), ["name", "assured_date"]);
    assert_eq!(waiting(&merged), [["url"]]);
    assert_eq!(merged.record["assured_date"], "2026-01-01");
}

/// Single-valued fields, groups among them, and one set.
fn records() -> impl Strategy<Value = Record> {
    let names = vec![
        "name",
        "url",
        "schedules",
        "service_at_locations",
        "minimum_age",
        "maximum_age",
        "zzz",
    ];
    let members = prop::collection::btree_map(prop::sample::select(names), 0..3_u8, 0..6);
    let words = prop::collection::btree_set(0..4_u8, 0..4);
    (members, words).prop_map(|(members, words)| {
        let mut made = Record::from_iter([("id".to_owned(), json!("1"))]);
        made.extend(
            members
                .iter()
                .map(|(name, value)| ((*name).to_owned(), json!(value))),
        );
        if !words.is_empty() {
            let words: Vec<_> = words
                .iter()
                .map(|n| json!({"name": n.to_string()}))
                .collect();
            made.insert("languages".to_owned(), json!(words));
        }
        made
    })
}

/// The fields that go together with this one.
fn together(field: &FieldName) -> Vec<FieldName> {
    match group_of(KIND, field) {
        Some(group) => group
            .fields(KIND)
            .iter()
            .map(|name| FieldName::new(*name))
            .collect(),
        None => vec![field.clone()],
    }
}

/// The model: what a field should be.
fn modelled(field: &FieldName, base: &Record, theirs: &Record, mine: &Record) -> Option<Value> {
    let of = |record: &Record| {
        together(field)
            .iter()
            .map(|f| value(record, f))
            .collect::<Vec<_>>()
    };
    if field.as_str() == "languages" {
        let set = |record: &Record| -> BTreeSet<String> {
            let value = value(record, field);
            value
                .iter()
                .flat_map(|v| v.as_array().unwrap())
                .map(ToString::to_string)
                .collect()
        };
        let (base, theirs, mine) = (set(base), set(theirs), set(mine));
        let kept = theirs
            .iter()
            .filter(|e| !base.contains(*e) || mine.contains(*e));
        let all: BTreeSet<_> = kept.chain(mine.difference(&base)).cloned().collect();
        return (!all.is_empty()).then(|| json!(all));
    }
    let takes_mine = of(base) == of(theirs) && of(base) != of(mine);
    value(if takes_mine { mine } else { theirs }, field)
}

proptest! {
    #[test]
    fn each_field_is_what_the_model_says(base in records(), theirs in records(), mine in records()) {
        let merged = merge(KIND, &theirs, &diff(KIND, Some(&base), &mine));
        let fields: BTreeSet<FieldName> =
            [&base, &theirs, &mine].into_iter().flat_map(fields_of).collect();
        for field in fields.iter().filter(|field| field.as_str() != "id") {
            let mut found = value(&merged.record, field);
            if field.as_str() == "languages" {
                let items = found.iter().flat_map(|v| v.as_array().unwrap());
                let sorted: BTreeSet<String> = items.map(ToString::to_string).collect();
                found = (!sorted.is_empty()).then(|| json!(sorted));
            }
            prop_assert_eq!(found, modelled(field, &base, &theirs, &mine), "{}", field);
            let waits = merged.conflicts.iter().flat_map(|c| &c.fields).any(|c| c.field == *field);
            if waits {
                prop_assert_eq!(value(&merged.record, field), value(&theirs, field));
                let of = |record: &Record| together(field).iter().map(|f| value(record, f)).collect::<Vec<_>>();
                prop_assert!(of(&base) != of(&theirs) && of(&base) != of(&mine) && of(&theirs) != of(&mine));
            }
        }
    }

    #[test]
    fn what_does_not_contradict_commutes(base in records(), one in records(), other in records()) {
        let (a, b) = (diff(KIND, Some(&base), &one), diff(KIND, Some(&base), &other));
        let a_first = merge(KIND, &merge(KIND, &base, &a).record, &b);
        let b_first = merge(KIND, &merge(KIND, &base, &b).record, &a);
        prop_assert_eq!(a_first.conflicts.len(), b_first.conflicts.len());
        if a_first.conflicts.is_empty() {
            prop_assert_eq!(diff(KIND, Some(&a_first.record), &b_first.record), []);
        }
    }

    #[test]
    fn merging_into_what_nobody_changed_is_laying_over(base in records(), mine in records()) {
        let changes = diff(KIND, Some(&base), &mine);
        let mut laid = base.clone();
        laid_over(KIND, &mut laid, &changes);
        prop_assert_eq!(diff(KIND, Some(&merge(KIND, &base, &changes).record), &laid), []);
    }
}
