//! Editing, flagging and checking without a screen. Telephone numbers are from the range that Ofcom
//! keeps for drama.

use serde_json::{Value, json};

use crate::copy::Copy;

const PHONES: &str = r#"phones=[{"number":"0161 496 0001","description":"desk"}]"#;

fn bolton(copy: &Copy) -> String {
    let found = copy.json(&["search", "Age UK Bolton"]);
    found["hits"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn fields_are_set_by_their_hsds_names_and_withdrawn_again() {
    let copy = Copy::new();
    let id = bolton(&copy);
    let before = copy.json(&["show", &id]);
    let sets = [
        "--set",
        PHONES,
        "--set",
        "signpost.summary=In a line",
        "--set",
        "minimum_age=50",
    ];
    let saved = copy.json(&[&["edit", &id][..], &sets].concat());
    assert_eq!(
        (&saved["id"], &saved["state"]),
        (&json!(id), &json!("waiting"))
    );
    let shown = copy.json(&["show", &id]);
    assert_eq!(shown["phones"][0]["number"], "0161 496 0001");
    assert_eq!(
        (&shown["signpost"]["summary"], &shown["minimum_age"]),
        (&json!("In a line"), &json!(50))
    );

    let outbox = copy.json(&["outbox"]);
    assert_eq!(
        (&outbox["waiting"], &outbox["lines"][0]["what"]),
        (&json!(1), &json!("edit"))
    );
    let row = saved["row"].to_string();
    assert_eq!(copy.json(&["withdraw", &row])["state"], "withdrawn");
    assert_eq!(copy.json(&["show", &id]), before);
    assert_eq!(copy.run(&["withdraw", "999"]).code, 1);
}

#[test]
fn an_emptied_field_is_not_known_any_more() {
    let copy = Copy::new();
    let id = bolton(&copy);
    copy.json(&["edit", &id, "--set", PHONES]);
    copy.json(&[
        "edit",
        &id,
        "--set",
        "phones=",
        "--set",
        "attributes.need=employment,Wellbeing",
        "--set",
        "service_areas=Salford",
    ]);
    let shown = copy.json(&["show", &id]);
    assert_eq!(shown.get("phones"), None);
    let areas: Vec<&Value> = shown["service_areas"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| &a["extent"])
        .collect();
    assert_eq!(areas, ["E08000006"]);
    let history = copy.json(&["history", &id]);
    assert_eq!(history["lines"].as_array().unwrap().len(), 3);
    assert_eq!(
        copy.json(&["edit", &id, "--set", "phones="])["state"],
        "nothing"
    );
}

#[test]
fn what_can_not_be_set_is_told_with_what_can() {
    let copy = Copy::new();
    let id = bolton(&copy);
    for (set, said) in [
        ("phone=x", "did you mean \"phones\"?"),
        ("id=x", "is not edited"),
        ("phones=0161 496 0001", "write JSON"),
        ("minimum_age=old", "write a number"),
        ("attributes.need=employmnt", "did you mean \"employment\"?"),
        ("attributes.tier=universal,tier-1", "only one"),
        ("service_areas=Nowhere", "no area \"Nowhere\""),
        ("name=", "name"),
        ("status=shut", ""),
    ] {
        let ran = copy.run(&["edit", &id, "--set", set]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{set}: {}", ran.err);
        assert!(
            ran.err.to_lowercase().contains(&said.to_lowercase()),
            "{set}: {}",
            ran.err
        );
    }
    assert_eq!(copy.run(&["edit", &id, "--set", "name"]).code, 2);
    assert_eq!(copy.run(&["edit", &id]).code, 2);
    let nobody = "01234567-89ab-cdef-0123-456789abcdef";
    assert_eq!(copy.run(&["edit", nobody, "--set", "name=x"]).code, 1);
}

#[test]
fn new_records_are_made_and_tied() {
    let copy = Copy::new();
    let make = |kind: &str, sets: &[&str]| {
        let sets: Vec<&str> = sets.iter().flat_map(|set| ["--set", set]).collect();
        let made = copy.json(&[&["edit", "--new", kind][..], &sets].concat());
        made["id"].as_str().unwrap().to_owned()
    };
    let organisation = make("organisation", &["name=Quokka Trust"]);
    let place = make(
        "place",
        &[
            "name=Quokka Hall",
            r#"addresses=[{"postal_code":"M6 5JA"}]"#,
        ],
    );
    let tie = format!("service_at_locations=[{{\"location_id\":\"{place}\"}}]");
    let run_by = format!("organization_id={organisation}");
    let service = make("service", &["name=Quokka Choir", &run_by, &tie]);
    let shown = copy.json(&["show", &service]);
    assert_eq!(shown["organization"]["name"], "Quokka Trust");
    assert_eq!(
        shown["service_at_locations"][0]["location"]["name"],
        "Quokka Hall"
    );
    assert_eq!(copy.json(&["show", &place])["name"], "Quokka Hall");
    assert!(
        copy.run(&["show", &organisation])
            .out
            .contains("Quokka Trust")
    );
    copy.json(&["edit", &place, "--set", "transportation=Bus 10"]);
    assert_eq!(copy.json(&["show", &place])["transportation"], "Bus 10");
    assert_eq!(
        copy.json(&["search", "quokka choir"])["hits"][0]["id"],
        json!(service)
    );
}

#[test]
fn a_suggestion_a_flag_a_check_and_a_removal_wait_too() {
    let copy = Copy::new();
    let id = bolton(&copy);
    copy.json(&["suggest", &id, "--set", PHONES, "--note", "They told me"]);
    assert_eq!(
        copy.json(&["show", &id]).get("phones"),
        None,
        "a suggestion is not laid over"
    );
    copy.json(&["flag", &id, "The number is wrong"]);
    copy.json(&["check", &id, "--how", "phoned"]);
    assert_eq!(
        copy.json(&["check", &id, "--how", "told", "--of", "cost"])["state"],
        "waiting"
    );
    let checks = copy.json(&["show", &id])["signpost"]["checks"].clone();
    assert_eq!(checks.as_array().unwrap().len(), 2);
    copy.json(&["remove", &id, "Closed down"]);
    assert_eq!(copy.run(&["show", &id]).code, 1);
    let outbox = copy.json(&["outbox"]);
    let whats: Vec<&Value> = outbox["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["what"])
        .collect();
    assert_eq!(whats, ["remove", "check", "check", "flag", "suggest"]);
    assert!(
        copy.run(&["outbox"])
            .out
            .contains("Age UK Bolton: Removed: Closed down")
    );
    assert_eq!(copy.run(&["check", &id, "--how", "guessed"]).code, 2);
}

#[test]
fn an_inbox_without_a_hub_is_empty() {
    let copy = Copy::new();
    let inbox = copy.json(&["inbox", "--all"]);
    assert_eq!((&inbox["open"], &inbox["lines"]), (&json!(0), &json!([])));
    let nobody = "01234567-89ab-cdef-0123-456789abcdef";
    assert_eq!(copy.run(&["resolve", nobody, "--accept"]).code, 1);
    assert_eq!(copy.run(&["resolve", nobody]).code, 2);
    assert_eq!(
        copy.run(&["resolve", nobody, "--accept", "--decline", "no"])
            .code,
        2
    );
    assert_eq!(
        copy.run(&["resolve", nobody, "--take", "phones=yours"])
            .code,
        2
    );
}
