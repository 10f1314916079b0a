//! Joining, and leaving.

use domain::Service;
use store::{Load, Op};

use super::desk::Desk;
use super::played::{Played, Trick, id, service};
use crate::{HubFault, KeyPlace, SyncError, leave, sync_once};

fn built_in(desk: &Desk, names: &[(u8, &str)]) {
    let services = names
        .iter()
        .map(|(n, name)| serde_json::from_str::<Service>(&service(id(*n, *n), name)).unwrap());
    let load = Load {
        services: services.collect(),
        ..Load::default()
    };
    desk.store.transact(Op::Load(Box::new(load))).unwrap();
}

#[test]
fn a_desk_joins_with_a_code_and_what_was_edited_before_goes_along() {
    let hub = Played::with(3);
    let desk = Desk::new();
    built_in(
        &desk,
        &[
            (0, "Built in, at the hub too"),
            (5, "Built in"),
            (6, "Edited here"),
        ],
    );
    desk.rename(id(6, 6), "Edited here twice");
    desk.rename(id(7, 7), "Made here");
    let joined = desk.join(&hub, Some("abcd efgh")).unwrap();
    assert_eq!(
        (joined.name.as_str(), joined.key_kept),
        ("Made-up hub", Some(KeyPlace::File))
    );
    let first = joined.first.unwrap();
    assert_eq!((first.adopted.created, first.applied), (1, 2));
    assert_eq!(desk.name(0, 0).as_deref(), Some("Service 0"));
    assert_eq!(desk.name(5, 5), None, "the hub has its own directory");
    assert_eq!(desk.name(6, 6).as_deref(), Some("Edited here twice"));
    assert_eq!(desk.name(7, 7).as_deref(), Some("Made here"));
    desk.assert_agrees(&hub);
    let membership = desk.store.membership().unwrap().unwrap();
    assert_eq!(
        (membership.device, membership.address.as_str()),
        (hub.state().device(), "http://localhost:8787")
    );
    assert_eq!(desk.sync(&hub).unwrap().rows_changed, 0);
}

#[test]
fn a_code_that_is_none_and_a_hub_that_is_none_change_nothing() {
    let hub = Played::with(3);
    let desk = Desk::new();
    assert!(matches!(
        desk.join(&hub, Some("12")),
        Err(SyncError::Code(_))
    ));
    hub.play(|_, _| Trick::Instead(b"<html>".to_vec()));
    let failed = desk.join(&hub, None);
    assert!(matches!(
        failed,
        Err(SyncError::Hub(HubFault::NotTheHub(_)))
    ));
    let refused = HubFault::Refused {
        code: "wrong_code".to_owned(),
        message: "This code is used up.".to_owned(),
    };
    hub.play(move |path, _| match path {
        "/pair" => Trick::Fault(refused.clone()),
        _ => Trick::Pass,
    });
    let failed = desk.join(&hub, Some("ABCD-EFGH")).unwrap_err();
    assert_eq!(failed.to_string(), "This code is used up.");
    assert!(desk.store.membership().unwrap().is_none());
    assert!(matches!(desk.sync(&hub), Err(SyncError::NotJoined)));
}

#[test]
fn without_a_code_one_reads_and_what_one_writes_waits() {
    let hub = Played::with(3);
    let desk = Desk::new();
    let joined = desk.join(&hub, None).unwrap();
    assert_eq!((joined.account, joined.key_kept), (None, None));
    desk.assert_agrees(&hub);
    desk.rename(id(0, 0), "Mine");
    hub.play(|_, _| Trick::Pass);
    desk.sync(&hub).unwrap();
    assert_eq!(hub.asked(), ["/head"]);
    assert_eq!(desk.name(0, 0).as_deref(), Some("Mine"));
    desk.join(&hub, Some("ABCD-EFGH")).unwrap().first.unwrap();
    assert!(desk.unanswered().is_empty());
    desk.assert_agrees(&hub);
}

#[test]
fn a_first_sync_that_fails_is_told_and_tried_again() {
    let hub = Played::with(3);
    let desk = Desk::new();
    hub.play(|path, _| {
        if path == "/head" {
            Trick::Cut
        } else {
            Trick::Pass
        }
    });
    let joined = desk.join(&hub, Some("ABCD-EFGH")).unwrap();
    assert!(joined.first.unwrap_err().is_no_network());
    hub.play(|_, _| Trick::Pass);
    desk.sync(&hub).unwrap();
    desk.assert_agrees(&hub);
}

#[test]
fn leaving_keeps_what_is_seen_and_what_waits() {
    let hub = Played::with(3);
    let desk = Desk::at(&hub);
    desk.rename(id(0, 0), "Mine");
    desk.with(false, leave).unwrap();
    assert_eq!(desk.name(0, 0).as_deref(), Some("Mine"));
    assert_eq!(desk.name(37, 1).as_deref(), Some("Service 1"));
    assert!(!desk.folder().join("sync/key").exists());
    assert_eq!(desk.journal(), crate::Journal::default());
    assert!(matches!(desk.sync(&hub), Err(SyncError::NotJoined)));
    hub.state().operations.clear();
    desk.join(&hub, Some("ABCD-EFGH")).unwrap().first.unwrap();
    desk.assert_agrees(&hub);
    assert_eq!(desk.name(0, 0).as_deref(), Some("Mine"));
}

#[test]
fn a_hub_that_moved_keeps_its_desks() {
    let hub = Played::with(3);
    let desk = Desk::at(&hub);
    let address = crate::Address::read("hub.example.org").unwrap();
    desk.rename(id(0, 0), "Mine");
    let joined = desk.join_at(&hub, &address, None).unwrap();
    assert_eq!(joined.first.unwrap().applied, 1);
    let membership = desk.store.membership().unwrap().unwrap();
    assert_eq!(membership.address, "https://hub.example.org");
    assert_eq!(membership.device, hub.state().device());
}

#[test]
fn two_programs_take_turns() {
    let hub = Played::with(3);
    let desk = Desk::at(&hub);
    let turn = crate::turn::take(desk.folder(), std::time::Duration::ZERO, &desk.stop).unwrap();
    let ended = desk.with(false, |copy, how| {
        let how = crate::How {
            asked: false,
            ..*how
        };
        sync_once(copy, &hub, &how, &mut |_| {})
    });
    assert!(matches!(ended, Err(SyncError::Elsewhere)));
    drop(turn);
    desk.sync(&hub).unwrap();
}
