//! Roles, checks, flags, taking back, history: on the built-in directory.

use domain::{RecordId, Role};

use super::editing::{BOLTON, SALFORD, phone};
use super::{NOW, TODAY, desk};
use crate::{Code, HowChecked, Kind, May};

#[test]
fn a_role_and_its_boroughs_say_what_saving_does() {
    let desk = desk();
    let (bolton, salford) = (
        desk.service("Age UK Bolton"),
        desk.service("Salford Carers' Centre"),
    );
    desk.join_as(Role::Contributor, &[]);
    assert_eq!(desk.begin(&bolton).0.may, May::Suggest);
    let saved = desk.edit(&bolton, |form| form.phones.push(phone("0161 496 0001")));
    assert!(
        saved
            .said
            .starts_with("Kept on this computer as a suggestion")
    );
    assert_eq!(desk.number(&bolton), None, "a suggestion is not laid over");
    assert_eq!(
        desk.directory.entry_work(&bolton, NOW).unwrap().waiting[0].said,
        "Suggested for telephone"
    );

    desk.join_as(Role::Curator, &[SALFORD]);
    assert_eq!(
        (desk.begin(&bolton).0.may, desk.begin(&salford).0.may),
        (May::Suggest, May::Edit)
    );
    desk.edit(&salford, |form| form.phones.push(phone("0161 496 0002")));
    assert_eq!(desk.number(&salford).as_deref(), Some("0161 496 0002"));
    let saved = desk.edit(&salford, |form| form.areas = vec![BOLTON.to_owned()]);
    assert!(saved.said.contains("suggestion"), "to another borough");
    desk.join_as(Role::Administrator, &[]);
    assert_eq!(desk.begin(&bolton).0.may, May::Edit);
}

#[test]
fn a_check_makes_an_entry_fresh_and_an_edit_does_not() {
    let desk = desk();
    let id = desk.service("Age UK Bolton");
    desk.edit(&id, |form| form.phones.push(phone("0161 496 0001")));
    let stale = || desk.directory.entry(&id, None, TODAY).unwrap().checked;
    assert!(stale().stale);
    desk.directory
        .check(&id, HowChecked::Phoned, None, NOW)
        .unwrap();
    assert_eq!(stale().said, "checked today, by phone");
    desk.directory
        .check(&id, HowChecked::Web, Some("cost"), NOW)
        .unwrap();
    let checks = desk.directory.entry(&id, None, TODAY).unwrap().checks;
    assert_eq!(checks.len(), 2);
    let outbox = desk.directory.outbox(NOW).unwrap();
    assert_eq!(outbox.lines[0].said, "Checked: cost, on the web");
}

#[test]
fn a_flag_is_shown_beside_the_entry_and_needs_words() {
    let desk = desk();
    let id = desk.service("Age UK Bolton");
    assert_eq!(
        desk.directory.flag(&id, " ", NOW).unwrap_err().code(),
        Code::Invalid
    );
    desk.directory
        .flag(&id, "The number rings at a bakery", NOW)
        .unwrap();
    let work = desk.directory.entry_work(&id, NOW).unwrap();
    assert_eq!(
        work.waiting[0].said,
        "Flagged: The number rings at a bakery"
    );
    let nobody = RecordId::named("nobody").to_string();
    assert_eq!(
        desk.directory.flag(&nobody, "x", NOW).unwrap_err().code(),
        Code::NotFound
    );
}

#[test]
fn what_was_done_last_is_taken_back_one_after_the_other() {
    let desk = desk();
    let id = desk.service("Age UK Bolton");
    desk.edit(&id, |form| form.phones.push(phone("0161 496 0001")));
    desk.edit(&id, |form| {
        form.phones[0].number = "0161 496 0002".to_owned();
    });
    desk.directory
        .remove_entry(&id, "Closed down", NOW)
        .unwrap();
    assert_eq!(
        desk.directory.entry(&id, None, TODAY).unwrap_err().code(),
        Code::NotFound
    );
    for expected in [Some("0161 496 0002"), Some("0161 496 0001"), None] {
        desk.directory.undo_last(NOW).unwrap().unwrap();
        assert_eq!(desk.number(&id).as_deref(), expected);
    }
    assert_eq!(desk.directory.undo_last(NOW).unwrap(), None);
}

#[test]
fn history_tells_each_change_and_a_version_is_brought_back() {
    let desk = desk();
    let id = desk.service("Age UK Bolton");
    desk.edit(&id, |form| form.phones.push(phone("0161 496 0001")));
    desk.edit(&id, |form| {
        form.phones[0].number = "0161 496 0002".to_owned();
    });
    let history = desk.directory.history(Kind::Service, &id, NOW).unwrap();
    let whats: Vec<&str> = history
        .lines
        .iter()
        .map(|line| line.what.as_str())
        .collect();
    assert_eq!(
        whats,
        [
            "Changed telephone",
            "Changed telephone",
            "As it was when it first came here"
        ]
    );
    assert_eq!(
        history.lines[0].changes[0].old.as_deref(),
        Some("0161 496 0001")
    );
    assert_eq!(history.lines[0].at_said, "today at 14:05");
    let can: Vec<bool> = history.lines.iter().map(|line| line.can_restore).collect();
    assert_eq!(can, [false, true, true]);
    desk.directory
        .restore_version((Kind::Service, &id), &history.lines[1].key, NOW)
        .unwrap();
    assert_eq!(desk.number(&id).as_deref(), Some("0161 496 0001"));
    desk.directory
        .restore_version((Kind::Service, &id), "first", NOW)
        .unwrap();
    assert_eq!(desk.number(&id), None);
    assert!(
        desk.directory
            .restore_version((Kind::Service, &id), "never", NOW)
            .is_err()
    );
}
