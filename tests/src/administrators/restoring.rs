//! A backup that is taken while the hub serves, and what it does not have.

use super::desk::{Desk, Ran, hub, meet};

#[test]
fn a_hub_restored_from_a_backup_gets_back_what_it_lost() {
    let Some((stage, mut hub)) = hub() else {
        return;
    };
    let [one, other] = ["one", "other"].map(|name| Desk::curator(&hub, &stage, name));
    let helper = Desk::joined(&hub, (stage.path(), "helper"), "contributor");
    let id = one.service(&["name=Before the backup"]);
    meet(&[&one, &other, &helper]);
    let backup = stage.path().join("backup.sqlite3");
    let backup = backup.to_str().expect("a path");
    assert_eq!(
        hub.must(&["backup", backup]),
        format!("The hub is copied to {backup}.\n")
    );
    one.edit(&id, "name=After the backup");
    let new = other.service(&["name=New after the backup"]);
    helper.json(&["flag", &id, "Flagged after the backup"]);
    meet(&[&one, &other, &helper]);
    let before = one.json(&["status"])["position"].clone();
    assert_eq!(before["epoch"], 1);
    let said = Ran::of(&mut hub.command(&["restore", backup]));
    assert_eq!(said.code, 3, "{}", said.err);
    assert!(said.err.contains("Stop it first"), "{}", said.err);
    assert_eq!(hub.stop(), Some(0));
    let said = hub.must(&["restore", backup]);
    assert!(
        said.contains("“Generated hub” is restored, in epoch "),
        "{said}"
    );
    hub.serve();
    meet(&[&other, &one, &helper, &other]);
    let after = one.json(&["status"])["position"].clone();
    assert!(
        after["epoch"].as_u64() > before["epoch"].as_u64(),
        "{after}"
    );
    for desk in [&one, &other, &helper] {
        assert_eq!(desk.field(&id, "name"), "After the backup");
        assert_eq!(desk.field(&new, "name"), "New after the backup");
    }
    let flags = one.inbox();
    let flags = flags
        .iter()
        .filter(|line| line["said"] == "Flagged after the backup");
    assert_eq!(flags.count(), 1);
    assert_eq!(one.states(), ["applied", "applied"]);
    // A code that was good before the backup is not good again.
    let reader = Desk::alone(stage.path(), "reader");
    reader.json(&["join", &hub.address]);
    assert_eq!(reader.json(&["status"])["position"], after);
}

#[test]
fn a_backup_that_is_none_restores_nothing() {
    let Some((stage, mut hub)) = hub() else {
        return;
    };
    let desk = Desk::curator(&hub, &stage, "desk");
    let id = desk.service(&["name=Still here"]);
    meet(&[&desk]);
    hub.stop();
    let none = stage.path().join("none.sqlite3");
    std::fs::write(&none, "no database").expect("written");
    let absent = stage.path().join("absent.sqlite3");
    for file in [&none, &absent] {
        let name = file.to_str().expect("a path");
        let ran = Ran::of(&mut hub.command(&["restore", name]));
        assert_eq!((ran.code, ran.out.as_str()), (4, ""), "{}", ran.err);
        assert!(ran.err.contains(name), "{}", ran.err);
    }
    let nowhere = stage.path().join("nowhere").join("backup");
    let ran = Ran::of(&mut hub.command(&["backup", nowhere.to_str().expect("a path")]));
    assert_eq!(ran.code, 4, "{}", ran.err);
    hub.serve();
    meet(&[&desk]);
    assert_eq!(desk.field(&id, "name"), "Still here");
}
