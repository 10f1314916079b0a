//! Joining a hub: the code, the address, and what was written before.

use serde_json::Value;

use super::desk::{Desk, Ran, hub, meet};
use crate::network::{Answer, Middleman};
use crate::served::Hub;

const WRONG: &str = "This code is wrong, was used already, or is older than ten minutes.";

/// A code that is not this one, but is looked for where this one is.
fn wrong(code: &str) -> String {
    let last = if code.ends_with('2') { '3' } else { '2' };
    format!("{}{last}", &code[..7])
}

#[test]
fn a_code_works_once_however_it_is_typed_and_a_wrong_one_changes_nothing() {
    let Some((stage, hub)) = hub() else { return };
    let [one, other] = ["one", "other"].map(|name| Desk::alone(stage.path(), name));
    let mut pair = hub.command(&[
        "pair",
        "--role",
        "curator",
        "--borough",
        "salford",
        "--name",
        "Ann",
    ]);
    let Ran { code: 0, out, err } = Ran::of(&mut pair) else {
        panic!("no code")
    };
    // The output is for programs; people are told beside it for whom it is, and how long it is good.
    let code = out.trim();
    assert_eq!((out.len(), code.len()), (9, 8), "{out}");
    let dashed = format!("{}-{}", &code[..4], &code[4..]);
    assert!(
        err.contains(&format!("{dashed} is for Ann: curator, Salford.")),
        "{err}"
    );
    assert!(err.contains("within ten minutes. It works once."), "{err}");
    let said = other.fails(&["join", &hub.address, &wrong(code)], 7);
    assert!(
        said.contains(WRONG) && said.contains("Ask a curator for a new pairing code"),
        "{said}"
    );
    assert_eq!(other.json(&["status"])["hub"], Value::Null);
    joined(&hub, &one, &dashed.to_lowercase());
    let said = other.fails(&["join", &hub.address, code], 7);
    assert!(said.contains(WRONG), "{said}");
}

fn joined(hub: &Hub, one: &Desk, code: &str) {
    let said = one.says(&["join", &hub.address, code, "--name", "Ann's desk"]);
    for words in [
        "In step",
        "Hub         Generated hub",
        "Account     Ann",
        "Key         in a file",
    ] {
        assert!(said.contains(words), "{said}");
    }
    let said = one.says(&["status"]);
    assert!(
        said.contains("Account     Ann, curator of Salford"),
        "{said}"
    );
    assert!(hub.must(&["device", "list"]).contains("Ann's desk, of Ann"));
}

#[test]
fn after_five_wrong_tries_the_right_code_is_wrong_too() {
    let Some((stage, hub)) = hub() else { return };
    let desk = Desk::alone(stage.path(), "desk");
    let code = hub.code("contributor", "guessed at", &[]);
    for _ in 0..5 {
        desk.fails(&["join", &hub.address, &wrong(&code)], 7);
    }
    assert!(
        desk.fails(&["join", &hub.address, &code], 7)
            .contains(WRONG)
    );
    let code = hub.code("contributor", "guessed at", &[]);
    desk.json(&["join", &hub.address, &code]);
}

#[test]
fn an_address_without_a_hub_is_told_apart_from_a_hub_that_is_down() {
    let Some((stage, mut hub)) = hub() else {
        return;
    };
    let desk = Desk::alone(stage.path(), "desk");
    let elsewhere = format!("{}/elsewhere", hub.address);
    let said = desk.fails(&["join", &elsewhere], 4);
    assert!(
        said.contains(&format!(
            "There is no hub at {elsewhere}: check the address"
        )),
        "{said}"
    );
    let page = Middleman::before(None, |_, _| {
        Answer::page("<html>Welcome, please sign in</html>")
    });
    let page = format!("http://{}", page.address());
    let said = desk.fails(&["join", &page], 6);
    assert!(
        said.contains("something that is not the hub") && said.contains("sign in"),
        "{said}"
    );
    let said = desk.fails(&["join", "http://no-such-hub.invalid"], 6);
    assert!(
        said.contains("No computer of that name was found: check the address"),
        "{said}"
    );
    assert!(
        desk.fails(&["join", "ftp://example.org"], 2)
            .contains("ftp")
    );
    let said = desk.fails(&["join", &hub.address, "ABC"], 2);
    assert!(
        said.contains("“ABC” is no pairing code") && said.contains("such as ABCD-2345"),
        "{said}"
    );
    hub.kill();
    let said = desk.fails(&["join", &hub.address], 6);
    assert!(said.contains("The hub can't be reached"), "{said}");
    // Nothing of it was joined, and the directory is as it came.
    let status = desk.json(&["status"]);
    assert_eq!(
        (&status["hub"], &status["position"]),
        (&Value::Null, &Value::Null)
    );
    assert!(
        status["entries"]
            .as_u64()
            .is_some_and(|entries| entries > 50)
    );
}

#[test]
fn what_was_written_before_joining_is_sent_after_it() {
    let Some((stage, hub)) = hub() else { return };
    let [one, other] = ["one", "other"].map(|name| Desk::alone(stage.path(), name));
    let id = one.service(&["name=Written alone"]);
    assert_eq!(one.states(), ["waiting"]);
    // Without a code it only reads, and says what is missing.
    let said = one.says(&["join", &hub.address]);
    assert!(said.contains("1 change waiting to be sent"), "{said}");
    assert!(said.contains("joined with a pairing code"), "{said}");
    assert!(
        one.says(&["status"])
            .contains("none: this computer only reads")
    );
    for (desk, name) in [(&one, "one"), (&other, "other")] {
        desk.json(&["join", &hub.address, &hub.code("curator", name, &[])]);
    }
    meet(&[&one, &other]);
    assert_eq!(other.field(&id, "name"), "Written alone");
    assert_eq!(one.states(), ["applied"]);
}

#[test]
fn whoever_leaves_keeps_the_directory_and_what_waits() {
    let Some((stage, hub)) = hub() else { return };
    let desk = Desk::curator(&hub, &stage, "desk");
    let id = desk.service(&["name=Kept by who left"]);
    desk.json(&["sync"]);
    desk.edit(&id, "email=kept@example.org");
    assert!(desk.says(&["leave"]).contains("On this computer only"));
    assert_eq!(desk.json(&["status"])["waiting"], 1);
    assert_eq!(desk.field(&id, "email"), "kept@example.org");
    assert!(desk.fails(&["sync"], 2).contains("belongs to no hub yet"));
    desk.json(&["join", &hub.address, &hub.code("curator", "desk", &[])]);
    assert_eq!(desk.json(&["sync"])["waiting"], 0);
    let reader = Desk::alone(stage.path(), "reader");
    reader.json(&["join", &hub.address]);
    meet(&[&desk, &reader]);
    assert_eq!(reader.field(&id, "email"), "kept@example.org");
}
