//! Desks that write while the hub is down, contradict each other, and are put right by a curator.

use serde_json::{Value, json};

use super::desk::{Desk, hub, lines, meet, text};

const PHONES: &str = r#"phones=[{"number":"0161 496 0001"}]"#;
const OTHER_PHONES: &str = r#"phones=[{"number":"0161 496 0002"}]"#;
const RIGHT_PHONES: &str = r#"phones=[{"number":"0161 496 0003"}]"#;

#[test]
fn what_was_written_for_days_without_the_hub_meets_when_it_is_back() {
    let Some((stage, mut hub)) = hub() else {
        return;
    };
    let [one, other] = ["one", "other"].map(|name| Desk::curator(&hub, &stage, name));
    let id = one.service(&["name=Generated advice"]);
    meet(&[&one, &other]);
    hub.kill();
    for (desk, own) in [
        (&one, "description=From one"),
        (&other, "email=o@example.org"),
    ] {
        let name = format!("name=Advice of {own}");
        let saved = desk.json(&["edit", &id, "--set", own, "--set", &name]);
        assert_eq!(saved["state"], "waiting");
    }
    // It shows at once, is told to be waiting, and nothing of it depends on the hub.
    assert_eq!(one.field(&id, "name"), "Advice of description=From one");
    let said = one.fails(&["sync"], 6);
    assert!(
        said.contains("can't be reached") && said.contains("kept and sent later"),
        "{said}"
    );
    assert_eq!(one.states(), ["waiting", "applied"]);
    let said = one.says(&["status"]);
    assert!(said.contains("1 waiting, 0 refused"), "{said}");
    assert!(
        one.says(&["search", "advice description"])
            .contains("Advice of description")
    );
    hub.serve();
    meet(&[&one, &other, &one]);
    // What does not contradict is together; of what does, the first stands and a curator chooses.
    for desk in [&one, &other] {
        assert_eq!(desk.field(&id, "description"), "From one");
        assert_eq!(desk.field(&id, "email"), "o@example.org");
        assert_eq!(desk.field(&id, "name"), "Advice of description=From one");
    }
    let status = other.json(&["status"]);
    assert_eq!(
        [&status["conflicts"], &status["inbox"]],
        [&json!(1), &json!(1)]
    );
    assert_eq!(other.states(), ["conflict"]);
    chosen(&one, &other, &id);
}

/// Both values stand side by side; one of the curators takes the other's.
fn chosen(one: &Desk, other: &Desk, id: &str) {
    let item = text(&one.inbox()[0]["item"]);
    let said = one.says(&["inbox", &item]);
    for words in [
        "Two different changes of name",
        "From other",
        "Directory   Advice of desc",
    ] {
        assert!(said.contains(words), "{said}");
    }
    one.json(&["resolve", &item, "--take", "name=mine"]);
    let said = one.says(&["inbox"]);
    assert!(said.contains("Settled here, waiting to be sent"), "{said}");
    meet(&[one, other]);
    for desk in [one, other] {
        assert_eq!(desk.field(id, "name"), "Advice of email=o@example.org");
        assert_eq!(desk.inbox(), Vec::<Value>::new());
        assert_eq!(desk.json(&["status"])["conflicts"], 0);
    }
    let said = other.says(&["history", id]);
    assert!(
        said.contains(", one: Accepted a change of name. From other"),
        "{said}"
    );
    assert!(
        said.contains("Name        Advice of description=From one → Advice of email"),
        "{said}"
    );
    let history = other.json(&["history", id]);
    let by: Vec<&Value> = lines(&history).iter().map(|line| &line["by"]).collect();
    assert_eq!(by, ["one", "other", "one", "one"]);
}

#[test]
fn a_conflict_is_taken_in_part_with_a_value_that_neither_wrote() {
    let Some((stage, hub)) = hub() else { return };
    let [one, other] = ["one", "other"].map(|name| Desk::curator(&hub, &stage, name));
    let id = one.service(&["name=Generated meals"]);
    meet(&[&one, &other]);
    one.json(&[
        "edit",
        &id,
        "--set",
        PHONES,
        "--set",
        "url=https://one.example.org",
    ]);
    other.json(&[
        "edit",
        &id,
        "--set",
        OTHER_PHONES,
        "--set",
        "url=https://other.example.org",
    ]);
    meet(&[&one, &other]);
    let item = text(&other.inbox()[0]["item"]);
    let whole = other.json(&["inbox", &item]);
    let fields = whole["fields"].as_array().expect("fields");
    let names: Vec<&Value> = fields.iter().map(|field| &field["field"]).collect();
    assert_eq!(names, ["url", "phones"]);
    settled(&one, &other, (&id, &item));
}

fn settled(one: &Desk, other: &Desk, (id, item): (&str, &str)) {
    // A slip settles nothing, and says what could have been meant.
    let slip = [
        "resolve",
        item,
        "--take",
        "url=theirs",
        "--take",
        "phone=theirs",
    ];
    let said = other.fails(&slip, 2);
    assert!(
        said.contains("\"phone\" here: its fields are url, phones"),
        "{said}"
    );
    let settled = [
        "resolve",
        item,
        "--take",
        "url=theirs",
        "--set",
        RIGHT_PHONES,
        "--note",
        "Rang",
    ];
    let said = other.says(&settled);
    assert!(
        said.contains("Settled on this computer, and sent with"),
        "{said}"
    );
    let said = other.fails(&["resolve", item, "--accept"], 2);
    assert!(said.contains("settled here already"), "{said}");
    meet(&[other, one]);
    for desk in [one, other] {
        assert_eq!(desk.field(id, "url"), "https://one.example.org");
        assert_eq!(desk.field(id, "phones")[0]["number"], "0161 496 0003");
    }
    let said = one.says(&["inbox", "--all"]);
    assert!(
        said.contains("Accepted in part by other") && said.contains("Rang"),
        "{said}"
    );
    assert!(
        one.fails(&["resolve", item, "--accept"], 2)
            .contains("settled this already")
    );
}

#[test]
fn a_helper_suggests_and_hears_what_became_of_it() {
    let Some((stage, hub)) = hub() else { return };
    let desk = Desk::curator(&hub, &stage, "curator");
    let helper = Desk::joined(&hub, (stage.path(), "helper"), "contributor");
    let id = desk.service(&["name=Generated lunch club"]);
    meet(&[&desk, &helper]);
    let note = ["--note", "I was there"];
    helper.json(&[&["suggest", &id, "--set", "description=Shut"][..], &note].concat());
    helper.json(&["suggest", &id, "--set", "fees_description=Free"]);
    helper.json(&["flag", &id, "The number rings out"]);
    // From somebody who may not edit, an edit is a suggestion, and it is said.
    let said = helper.says(&["edit", &id, "--set", "name=Another name"]);
    assert!(said.contains("as a suggestion"), "{said}");
    assert_eq!(helper.field(&id, "name"), "Generated lunch club");
    meet(&[&helper, &desk]);
    assert!(
        helper.states().iter().all(|state| state == "queued"),
        "{:?}",
        helper.states()
    );
    let said = desk.says(&["inbox"]);
    assert!(
        said.contains("Inbox: 4 open, 0 of them conflicts"),
        "{said}"
    );
    for words in [
        "Suggests description: I was there",
        "The number rings out",
        "From helper",
    ] {
        assert!(said.contains(words), "{said}");
    }
    ruled(&desk, &helper, &id);
}

/// One is taken, one edited, the rest declined with a reason that the sender sees.
fn ruled(desk: &Desk, helper: &Desk, id: &str) {
    let item = |said: &str| {
        let inbox = desk.inbox();
        let line = inbox.iter().find(|line| text(&line["said"]).contains(said));
        text(&line.expect("an item")["item"])
    };
    assert!(
        desk.fails(&["resolve", &item("name"), "--decline", " "], 2)
            .contains("Say why")
    );
    // Nor may its sender settle it.
    assert!(
        helper
            .fails(&["resolve", &item("name"), "--accept"], 2)
            .contains("for a curator")
    );
    desk.json(&["resolve", &item("cost"), "--accept"]);
    let better = "description=Open on Mondays";
    desk.json(&["resolve", &item("description"), "--set", better]);
    for said in ["name", "rings out"] {
        desk.json(&["resolve", &item(said), "--decline", "They moved to Mondays"]);
    }
    meet(&[desk, helper]);
    for desk in [desk, helper] {
        assert_eq!(desk.field(id, "description"), "Open on Mondays");
        assert_eq!(desk.field(id, "fees_description"), "Free");
        assert_eq!(desk.field(id, "name"), "Generated lunch club");
    }
    assert_eq!(
        helper.states(),
        ["declined", "declined", "accepted", "accepted"]
    );
    let said = helper.says(&["outbox"]);
    let declined = "declined by a curator: They moved to Mondays";
    assert_eq!(said.matches(declined).count(), 2, "{said}");
}

#[test]
fn a_check_is_no_edit_and_anybody_may_make_one() {
    let Some((stage, hub)) = hub() else { return };
    let desk = Desk::curator(&hub, &stage, "curator");
    let helper = Desk::joined(&hub, (stage.path(), "helper"), "contributor");
    let id = desk.service(&["name=Generated drop-in"]);
    meet(&[&desk, &helper]);
    for how in ["phoned", "visited", "web", "told"] {
        helper.json(&["check", &id, "--how", how]);
    }
    helper.json(&["check", &id, "--how", "phoned", "--of", "cost_options"]);
    meet(&[&helper, &desk]);
    assert!(desk.field(&id, "assured_date").is_string());
    assert_eq!(desk.inbox(), Vec::<Value>::new());
    // The last one of the whole entry stands, and one of a part beside it, by its name for people.
    let checks = desk.field(&id, "signpost")["checks"].clone();
    let hows: Vec<(&Value, &Value)> = checks
        .as_array()
        .expect("checks")
        .iter()
        .map(|check| (&check["of"], &check["how"]))
        .collect();
    let (told, phoned) = (json!("told_us"), json!("phoned"));
    assert_eq!(hows, [(&Value::Null, &told), (&json!("prices"), &phoned)]);
    let said = desk.says(&["show", &id]);
    assert!(said.contains("told by the organisation, helper"), "{said}");
}
