//! Changes against records as they are made: by hand, and at random over a small world of fields.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{Kind, Many, Place, RecordId, Service, ServiceArea, merge};

const KIND: Kind = Kind::Service;

fn record(value: Value) -> Record {
    value.as_object().cloned().unwrap()
}

fn tie(taxonomy: &str, code: &str) -> Value {
    json!({"id": code, "taxonomy_term": {"id": code, "code": code, "name": code, "taxonomy": taxonomy}})
}

fn text(changes: &[FieldChange]) -> String {
    serde_json::to_string(changes).unwrap()
}

/// What a record says, whatever the order of members, elements and ties.
fn said(record: &Record) -> Value {
    let mut said = std::collections::BTreeMap::new();
    for field in fields_of(record) {
        let value = value(record, &field);
        let value = match shape_of(KIND, &field) {
            Shape::Single => value,
            Shape::Set => {
                let mut elements = match value {
                    Some(Value::Array(elements)) => elements,
                    other => other.into_iter().collect(),
                };
                elements.sort_by_key(ToString::to_string);
                (!elements.is_empty()).then_some(Value::Array(elements))
            }
        };
        said.extend(value.filter(|v| !v.is_null()).map(|value| (field, value)));
    }
    json!(said)
}

#[test]
fn members_stand_where_the_types_write_them() {
    for (kind, typed) in [
        (Kind::Service, full_service()),
        (Kind::Place, full_place()),
        (Kind::Organisation, full_organisation()),
    ] {
        let typed = record(typed);
        let names: Vec<&str> = typed.keys().map(String::as_str).collect();
        assert_eq!(names, order::members(kind), "{kind}");
        let mut reversed = Record::new();
        for (name, value) in typed.iter().rev() {
            order::put(
                order::members(kind),
                &mut reversed,
                name,
                Some(value.clone()),
            );
        }
        assert_eq!(json!(reversed).to_string(), json!(typed).to_string());
    }
}

fn full_service() -> Value {
    let id = RecordId::named("s");
    let mut all = json!({"id": id, "organization_id": id, "organization": {"id": id}, "name": "x",
        "status": "active", "minimum_age": 18, "maximum_age": 25, "signpost": {"summary": "x"}});
    for text in [
        "alternate_name",
        "description",
        "url",
        "email",
        "application_process",
        "fees_description",
        "wait_time",
        "eligibility_description",
        "assured_date",
        "alert",
    ] {
        all[text] = json!("x");
    }
    for list in [
        "additional_urls",
        "phones",
        "schedules",
        "service_areas",
        "service_at_locations",
        "languages",
        "cost_options",
        "funding",
        "attributes",
    ] {
        all[list] = json!([]);
    }
    json!(serde_json::from_value::<Service>(all).unwrap())
}

fn full_place() -> Value {
    let text = json!({
        "id": RecordId::named("p"), "location_type": "physical", "name": "P", "description": "x",
        "latitude": 53.5, "longitude": -2.2, "transportation": "x", "addresses": [],
        "accessibility": [], "phones": [], "schedules": [], "languages": [], "attributes": [],
    });
    json!(serde_json::from_value::<Place>(text).unwrap())
}

fn full_organisation() -> Value {
    let text = json!({
        "id": RecordId::named("o"), "name": "O", "alternate_name": "x", "description": "x",
        "email": "x", "website": "x", "additional_websites": [], "phones": [],
        "organization_identifiers": [], "attributes": [],
    });
    json!(serde_json::from_value::<crate::Organisation>(text).unwrap())
}

#[test]
fn a_change_of_hours_brings_the_whole_group() {
    let before = record(json!({"id": "1", "name": "A", "service_at_locations": [{"id": "t"}]}));
    let mut after = before.clone();
    after.insert("schedules".to_owned(), json!([{"byday": "MO"}]));
    assert_eq!(
        text(&diff(KIND, Some(&before), &after)),
        r#"[{"field":"schedules","new":[{"byday":"MO"}]},{"field":"service_at_locations","old":[{"id":"t"}],"new":[{"id":"t"}]}]"#
    );
}

#[test]
fn needs_come_and_go_singly_and_a_tier_is_one_value() {
    let before = record(
        json!({"id": "1", "attributes": [tie("need", "a"), tie("tier", "t1"), tie("need", "b")]}),
    );
    let after = record(
        json!({"id": "1", "attributes": [tie("need", "b"), tie("need", "c"), tie("tier", "t2")]}),
    );
    let changes = diff(KIND, Some(&before), &after);
    assert_eq!(
        changes,
        [
            FieldChange {
                field: FieldName::new("attributes.need"),
                what: ValueChange::Set {
                    added: vec![tie("need", "c")],
                    removed: vec![tie("need", "a")]
                }
            },
            FieldChange {
                field: FieldName::new("attributes.tier"),
                what: ValueChange::Value {
                    old: Some(json!([tie("tier", "t1")])),
                    new: Some(json!([tie("tier", "t2")]))
                }
            },
        ]
    );
    let mut laid = before.clone();
    laid_over(KIND, &mut laid, &changes);
    assert_eq!(said(&laid), said(&after));
}

#[test]
fn what_types_write_where_nothing_was_is_no_change() {
    let raw = record(json!({
        "id": RecordId::named("s"), "name": "S", "description": null, "minimum_age": 18,
        "service_areas": [{"name": "Salford"}],
        "attributes": [{"taxonomy_term": {"id": "x", "name": "Wellbeing", "taxonomy": "need"}}],
    }));
    let typed: Service = serde_json::from_value(json!(raw)).unwrap();
    let typed = record(json!(typed));
    assert!(typed.contains_key("status"));
    assert_eq!(diff(KIND, Some(&raw), &typed), []);
    let place = record(
        json!({"id": RecordId::named("p"), "location_type": "physical", "latitude": 53, "longitude": -2}),
    );
    let typed: Place = serde_json::from_value(json!(place)).unwrap();
    assert_eq!(diff(Kind::Place, Some(&place), &record(json!(typed))), []);
}

#[test]
fn an_edit_does_not_touch_identity_or_checks_and_a_new_record_brings_them() {
    let before = record(
        json!({"id": "1", "assured_date": "2018-05-01", "signpost": {"checks": [{"when": "2018"}]}}),
    );
    let after = record(json!({"id": "2", "assured_date": "2026-01-01", "last_modified": "2026"}));
    assert_eq!(diff(KIND, Some(&before), &after), []);
    let fresh = diff(KIND, None, &before);
    let mut made = record(json!({"id": "1"}));
    laid_over(KIND, &mut made, &fresh);
    assert_eq!(made, before);
    let mut newer = record(json!({"id": "1", "assured_date": "2026-02-01"}));
    laid_over(KIND, &mut newer, &fresh);
    assert_eq!(newer["assured_date"], "2026-02-01");
}

#[test]
fn a_new_record_keeps_even_nulls_and_empty_lists() {
    let after = record(
        json!({"id": "1", "name": "A", "languages": [], "attributes": [], "zzz": null,
        ".": 1, "signpost.x": 2, "attributes.need": 3, "signpost": {"zz": {"deep": [null]}}}),
    );
    let sent = text(&diff(KIND, None, &after));
    let changes: Vec<FieldChange> = serde_json::from_str(&sent).unwrap();
    let mut made = record(json!({"id": "1"}));
    laid_over(KIND, &mut made, &changes);
    assert_eq!(made, after);
}

#[test]
fn what_consists_of_fields_is_not_replaced_as_a_whole() {
    let before =
        record(json!({"id": "1", "attributes": [tie("need", "a")], "signpost": {"summary": "x"}}));
    let mut after = before.clone();
    for (field, new) in [
        ("signpost", json!({"internal": []})),
        ("signpost", json!("x")),
        ("signpost", Value::Null),
        ("attributes", json!([])),
        ("attributes", json!([tie("cost", "free")])),
        (
            "attributes.need",
            json!([tie("need", "a"), tie("cost", "free")]),
        ),
        ("id", json!("2")),
    ] {
        let what = ValueChange::Value {
            old: None,
            new: Some(new),
        };
        let change = FieldChange {
            field: FieldName::new(field),
            what,
        };
        laid_over(KIND, &mut after, &[change]);
    }
    assert_eq!(after, before);
}

#[test]
fn areas_of_a_service_are_told_apart_by_code() {
    let mut service = Service::named(RecordId::named("s"), "S");
    let area = |id: &str, code: &str| ServiceArea {
        id: id.to_owned(),
        extent: Some(code.to_owned()),
        ..ServiceArea::default()
    };
    service.service_areas = Many::from(vec![area("1", "E1"), area("2", "E2")]);
    let before = record(json!(service));
    service.service_areas = Many::from(vec![area("9", "E2"), area("3", "E3")]);
    let changes = diff(KIND, Some(&before), &record(json!(service)));
    assert_eq!(
        text(&changes),
        r#"[{"field":"service_areas","added":[{"id":"3","extent":"E3"}],"removed":[{"id":"1","extent":"E1"}]}]"#
    );
}

const MEMBERS: [&str; 11] = [
    "name",
    "description",
    "schedules",
    "service_at_locations",
    "status",
    "minimum_age",
    "maximum_age",
    "eligibility_description",
    "zzz",
    ".odd",
    "signpost.literal",
];

fn word() -> impl Strategy<Value = Value> {
    let words = ["null", "\"a\"", "\"b\"", "[\"c\"]", "{\"d\":null}"];
    prop::sample::select(
        words
            .map(|word| serde_json::from_str(word).unwrap())
            .to_vec(),
    )
}

fn some_of<const N: usize>(names: [&'static str; N]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(names.to_vec())
}

/// Records over a small world, so that random ones meet.
fn records() -> impl Strategy<Value = Record> {
    let members = prop::collection::btree_map(some_of(MEMBERS), word(), 0..6);
    let term = (
        some_of(["need", "tier", "cost", "", "x.y"]),
        some_of(["1", "2", "3"]),
    );
    let ties = prop::collection::vec(term, 0..6);
    let areas = prop::collection::vec(some_of(["E1", "E2", "E3"]), 0..4);
    let words = prop::collection::vec(some_of(["k1", "k2", "k3"]), 0..4);
    let notes = prop::collection::btree_map(some_of(["summary", "state", "zz"]), word(), 0..3);
    (members, ties, areas, words, notes).prop_map(|(members, ties, areas, words, notes)| {
        let ties: Vec<Value> = ties.iter().map(|(of, code)| tie(of, code)).collect();
        let areas: Vec<Value> = areas
            .iter()
            .map(|code| json!({"id": "", "extent": code}))
            .collect();
        let mut all =
            json!({"id": "1", "attributes": ties, "service_areas": areas, "signpost": notes});
        all["signpost"]["keywords"] = json!(words);
        let mut made = record(all);
        made.extend(
            members
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value)),
        );
        made.retain(|_, value| value.as_array().is_none_or(|items| !items.is_empty()));
        made
    })
}

proptest! {
    #[test]
    fn a_difference_laid_over_gives_the_other(before in records(), after in records()) {
        let sent = text(&diff(KIND, Some(&before), &after));
        let changes: Vec<FieldChange> = serde_json::from_str(&sent).unwrap();
        let mut laid = before.clone();
        laid_over(KIND, &mut laid, &changes);
        prop_assert_eq!(said(&laid), said(&after));
        prop_assert_eq!(diff(KIND, Some(&laid), &after), []);
        laid_over(KIND, &mut laid, &invert(&changes));
        prop_assert_eq!(said(&laid), said(&before));
        let merged = merge(KIND, &before, &changes);
        prop_assert_eq!(said(&merged.record), said(&after));
        prop_assert_eq!(merged.conflicts, []);
        prop_assert_eq!(merged.same, []);
        let again = merge(KIND, &merged.record, &changes);
        prop_assert_eq!(&again.record, &merged.record);
        prop_assert!(again.applied.is_empty() && again.conflicts.is_empty());
    }

    #[test]
    fn a_new_record_is_there_whole(after in records()) {
        let mut made = record(json!({"id": "1"}));
        laid_over(KIND, &mut made, &diff(KIND, None, &after));
        prop_assert_eq!(said(&made), said(&after));
        prop_assert_eq!(made.get("zzz"), after.get("zzz"));
    }

    #[test]
    fn any_fields_can_be_set_and_read(name in "\\PC{0,12}", of in records(), new in records()) {
        let mut of = of;
        let field = FieldName::new(name);
        set(KIND, &mut of, &field, Some(json!(new)));
        prop_assert!(fields_of(&of).iter().all(|field| value(&of, field).is_some()));
    }
}
