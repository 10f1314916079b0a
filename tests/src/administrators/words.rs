//! What can't be done is said: which field or record, why, and what to do instead. Nothing is changed
//! by it.

use serde_json::json;

use super::desk::{Desk, hub, meet, stage};

const NOBODY: &str = "01234567-89ab-cdef-0123-456789abcdef";

/// What can't stand in a field, and what is said of it.
const VALUES: [(&str, &str); 14] = [
    (
        "email=x",
        "email: An email address looks like name@example.org; one only.",
    ),
    (
        r#"phones=[{"number":"ring us"}]"#,
        "phones: Write digits and spaces",
    ),
    (
        "phones=0161 496 0000",
        "phones: write JSON, as `signpost show ID --json` has it.",
    ),
    ("url=example", "url: A web address starts with https://"),
    (
        "maximum_age=40",
        "maximum_age: Up to 40 is less than from 50: swap them, or mend one.",
    ),
    (
        r#"schedules=[{"opens_at":"25:00"}]"#,
        "schedules: Write a time as 09:30 or 18:00",
    ),
    ("name=", "name: It needs a name."),
    (
        "status=open",
        "status: write one of active, inactive, defunct, temporarily closed.",
    ),
    (
        r#"signpost.internal=[{"text":"x"}]"#,
        "signpost.internal: “Notes for staff” is not in a form",
    ),
    (
        "organization_id=abc",
        "organization_id: there is no organisation abc in this directory.",
    ),
    (
        "phone=1",
        "A service has no field \"phone\": did you mean \"phones\"?",
    ),
    (
        "attributes.need=nothing",
        "attributes.need: there is no \"nothing\"",
    ),
    (
        "service_areas=Nowhere",
        "There is no area \"Nowhere\" in this directory.",
    ),
    (
        "assured_date=2020-01-01",
        "it follows from what else is done",
    ),
];

#[test]
fn a_value_that_can_not_stand_is_told_with_its_field() {
    let Some(stage) = stage() else { return };
    let desk = Desk::alone(stage.path(), "desk");
    let id = desk.service(&["name=Generated lunch club", "minimum_age=50"]);
    let before = desk.json(&["show", &id]);
    for (set, said) in VALUES {
        for verb in ["edit", "suggest"] {
            let told = desk.fails(&[verb, &id, "--set", set], 2);
            assert!(told.contains(said), "{set}: {told}");
            assert!(told.starts_with("signpost: "), "{told}");
        }
    }
    let tie = format!(r#"service_at_locations=[{{"location_id":"{NOBODY}"}}]"#);
    let told = desk.fails(&["edit", &id, "--set", &tie], 2);
    assert!(told.contains("location_id: there is no place"), "{told}");
    assert!(told.contains("signpost edit --new place"), "{told}");
    assert_eq!(desk.json(&["show", &id]), before);
    assert_eq!(desk.json(&["outbox"])["waiting"], 1);
}

#[test]
fn what_is_not_there_is_told_by_every_verb() {
    let Some(stage) = stage() else { return };
    let desk = Desk::alone(stage.path(), "desk");
    for id in [NOBODY, "nonsense"] {
        for words in [
            &["show", id][..],
            &["history", id],
            &["edit", id, "--set", "name=x"],
            &["suggest", id, "--set", "name=x"],
            &["flag", id, "Gone?"],
            &["check", id, "--how", "phoned"],
            &["remove", id, "Gone"],
        ] {
            let told = desk.fails(words, 1);
            assert!(
                told.contains(&format!("There is no entry {id} in this directory")),
                "{told}"
            );
        }
        for words in [
            &["inbox", id][..],
            &["resolve", id, "--accept"],
            &["resolve", id, "--decline", "No"],
        ] {
            let told = desk.fails(words, 1);
            assert!(
                told.contains(&format!("Nothing in the inbox has the ID {id}")),
                "{told}"
            );
        }
    }
    let told = desk.fails(&["withdraw", "7"], 1);
    assert!(
        told.contains("There is no number 7 in the outbox"),
        "{told}"
    );
    assert_eq!(desk.json(&["outbox"])["lines"], json!([]));
    assert!(
        desk.says(&["outbox"])
            .contains("Nothing was done here so far.")
    );
    assert!(
        desk.says(&["inbox"])
            .contains("Nothing waits for a curator.")
    );
}

#[test]
fn what_was_sent_is_not_withdrawn() {
    let Some((stage, hub)) = hub() else { return };
    let desk = Desk::curator(&hub, &stage, "desk");
    let id = desk.service(&["name=Generated kitchen"]);
    meet(&[&desk]);
    let sent = desk.json(&["outbox"])["lines"][0]["row"].to_string();
    let told = desk.fails(&["withdraw", &sent], 2);
    assert!(
        told.contains("it was sent already") && told.contains("make a new change"),
        "{told}"
    );
    let waits = desk.edit(&id, "email=kitchen@example.org")["row"].to_string();
    assert!(desk.says(&["withdraw", &waits]).contains("Taken back"));
    assert!(desk.field(&id, "email").is_null());
    assert_eq!(desk.states(), ["withdrawn", "applied"]);
}

#[test]
fn a_record_that_is_removed_goes_everywhere_and_its_history_stays() {
    let Some((stage, hub)) = hub() else { return };
    let [one, other] = ["one", "other"].map(|name| Desk::curator(&hub, &stage, name));
    let id = one.service(&["name=Generated boxing club"]);
    meet(&[&one, &other]);
    assert!(one.fails(&["remove", &id, ""], 2).contains("Say why"));
    one.json(&["remove", &id, "Closed for good"]);
    meet(&[&one, &other]);
    other.fails(&["show", &id], 1);
    let said = other.says(&["history", &id]);
    assert!(
        said.contains(", one: ") && said.contains("Closed for good"),
        "{said}"
    );
}
