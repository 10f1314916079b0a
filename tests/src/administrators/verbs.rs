//! The hub's verbs beside serving: making one from what there is, people and devices, in and out.

use serde_json::Value;

use super::desk::{Desk, Ran, hub, meet, stage, until};
use super::serving::{get, json};
use crate::served::Hub;

/// Two services of an organisation, as HSDS has them; generated.
const DOCUMENTS: &str = r#"[
 {"id": "11111111-1111-4111-8111-111111111111", "name": "Generated pantry", "status": "active",
  "description": "Food for a small fee.", "phones": [{"number": "0161 496 0009"}],
  "organization": {"id": "22222222-2222-4222-8222-222222222222", "name": "Generated trust", "description": "A trust."}},
 {"id": "33333333-3333-4333-8333-333333333333", "name": "Generated repairs", "status": "active",
  "organization_id": "22222222-2222-4222-8222-222222222222"}
]"#;

#[test]
fn a_hub_begins_with_a_desk_s_directory() {
    let Some(stage) = stage() else { return };
    let desk = Desk::alone(stage.path(), "desk");
    let entries = desk.json(&["status"])["entries"].clone();
    let id = desk.json(&["search", "Age UK Bolton"])["hits"][0]["id"].clone();
    let id = id.as_str().expect("an identifier");
    let before = desk.json(&["show", id]);
    let hub = Hub::begin(stage.path().join("hub"), Some(&desk.folder));
    // What there was is put in order first.
    until(|| get(&hub, "/services").status == 200);
    assert_eq!(json(&hub, "/services")["total_items"], entries);
    // Who joins has everything once, as it was.
    desk.json(&["join", &hub.address, &hub.code("curator", "desk", &[])]);
    let status = desk.json(&["status"]);
    assert_eq!(
        (&status["entries"], status["waiting"].as_u64()),
        (&entries, Some(0))
    );
    assert_eq!(desk.json(&["show", id]), before);
    let ran = Ran::of(&mut hub.command(&["init"]));
    assert_eq!(ran.code, 3, "{}", ran.err);
}

#[test]
fn a_hub_begins_with_files_takes_more_and_gives_all() {
    let Some(stage) = stage() else { return };
    let path = |name: &str| stage.path().join(name).to_str().expect("a path").to_owned();
    let documents = path("documents.json");
    std::fs::write(&documents, DOCUMENTS).expect("written");
    let hub = Hub::begin(stage.path().join("hub"), Some(documents.as_ref()));
    let desk = Desk::curator(&hub, &stage, "desk");
    let pantry = "11111111-1111-4111-8111-111111111111";
    assert_eq!(
        desk.field(pantry, "organization")["name"],
        "Generated trust"
    );
    let said = desk.says(&["history", pantry]);
    assert!(said.contains("Brought in. From documents"), "{said}");
    // The same again changes nothing; what it says of a new and a known one comes in while it serves.
    let none = "0 records new or changed, 3 as they were, 0 wait for a curator, 0 refused.\n";
    assert_eq!(hub.must(&["import", &documents]), none);
    let more = DOCUMENTS
        .replace(
            "33333333-3333-4333-8333-333333333333",
            "44444444-4444-4444-8444-444444444444",
        )
        .replace("small fee", "very small fee");
    std::fs::write(&documents, more).expect("written");
    let said = hub.must(&["import", &documents]);
    assert_eq!(
        said,
        none.replace("0 records new or changed, 3", "2 records new or changed, 1")
    );
    until(|| json(&hub, "/services")["total_items"] == 3);
    meet(&[&desk]);
    assert_eq!(
        desk.field(pantry, "description"),
        "Food for a very small fee."
    );
    assert!(
        desk.says(&["history", pantry])
            .contains("Import on the hub")
    );
    given(&hub, &path("all.ndjson"));
    let empty = path("empty.json");
    std::fs::write(&empty, "[]").expect("written");
    for (file, said) in [
        (&empty, "holds no record"),
        (&path("absent.json"), "absent.json"),
    ] {
        let ran = Ran::of(&mut hub.command(&["import", file]));
        assert_eq!((ran.code, ran.out.as_str()), (4, ""), "{}", ran.err);
        assert!(ran.err.contains(said), "{}", ran.err);
    }
}

/// What it gives is what it has: taken in again it changes nothing.
fn given(hub: &Hub, all: &str) {
    let said = hub.must(&["export", all]);
    assert_eq!(said, format!("3 records are written to {all}.\n"));
    let lines = std::fs::read_to_string(all).expect("a file");
    let name = |line: &str| {
        let read: Value = serde_json::from_str(line).expect("JSON");
        read["organization"]["name"].clone()
    };
    let names: Vec<Value> = lines.lines().map(name).collect();
    assert_eq!(names, vec!["Generated trust"; 3]);
    let none = "0 records new or changed, 4 as they were, 0 wait for a curator, 0 refused.\n";
    assert_eq!(hub.must(&["import", all]), none);
}

#[test]
fn accounts_are_listed_added_changed_and_closed() {
    let Some((stage, hub)) = hub() else { return };
    for (words, said) in [
        (&["account", "list"][..], ""),
        (&["account", "add", "Ann"], "Ann: contributor\n"),
        (
            &[
                "account",
                "set",
                "Ann",
                "--role",
                "curator",
                "--borough",
                "E08000006",
            ],
            "Ann: curator, Salford\n",
        ),
        (
            &["account", "set", "Ann", "--all-boroughs"],
            "Ann: curator, all boroughs\n",
        ),
        (
            &["account", "add", "Bob", "--role", "administrator"],
            "Bob: administrator\n",
        ),
        (
            &["account", "list"],
            "Ann: curator, all boroughs\nBob: administrator\n",
        ),
        (&["account", "close", "Bob"], "Bob: administrator, closed\n"),
        (&["device", "list"], ""),
    ] {
        assert_eq!(hub.must(words), said, "{words:?}");
    }
    // Whose account is there already needs a code only.
    let desk = Desk::alone(stage.path(), "desk");
    let code = hub.must(&["pair", "--name", "Ann"]);
    assert_eq!(
        desk.json(&["join", &hub.address, code.trim()])["role"],
        "curator"
    );
    let said = hub.must(&["device", "list"]);
    assert!(
        said.contains(", of Ann, joined ") && said.ends_with(", 0 operations\n"),
        "{said}"
    );
}

#[test]
fn what_can_not_be_done_to_an_account_is_told() {
    let Some((_stage, hub)) = hub() else { return };
    hub.must(&["account", "add", "Ann"]);
    hub.must(&["account", "add", "Bob"]);
    hub.must(&["account", "close", "Bob"]);
    for (words, code, said) in [
        (
            &["account", "add", "Ann"][..],
            3,
            "There is an account with this name already.",
        ),
        (&["account", "add", " "], 2, "An account has a name"),
        (
            &["account", "set", "Bob", "--role", "curator"],
            1,
            "There is no open account “Bob”.",
        ),
        (
            &["account", "set", "Ann", "--borough", "Atlantis"],
            2,
            "Known are: Bolton, Bury",
        ),
        (
            &["account", "set", "Ann", "--role", "king"],
            2,
            "write contributor, curator or administrator",
        ),
        (
            &["pair", "--name", "Ann", "--role", "administrator"],
            2,
            "change it with signpost-hub account set",
        ),
        (
            &["device", "revoke", "33333333-3333-4333-8333-333333333333"],
            1,
            "There is no device",
        ),
    ] {
        let ran = Ran::of(&mut hub.command(words));
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (code, ""),
            "{words:?}: {}",
            ran.err
        );
        assert!(ran.err.contains(said), "{words:?}: {}", ran.err);
    }
}
