//! What is told to this account.

use domain::{Item, ItemSort, ItemState, Kind, Role, Sender};
use serde_json::json;
use wire::{PrivateMembers, Told};

use super::desk::Desk;
use super::played::{Played, Trick, device, id};
use crate::Remark;

fn item(n: u8) -> Told {
    Told::Item(Box::new(Item {
        id: id(n, n),
        cursor: u64::from(n),
        kind: Kind::Service,
        record: id(0, 0),
        name: "Service 0".to_owned(),
        sort: ItemSort::Flag {
            text: "Moved".to_owned(),
        },
        from: Sender {
            account: "Another desk".to_owned(),
            device: device(),
            sequence: 1,
            claimed_at: "2026-11-22T12:00:00Z".to_owned(),
            clock_off: false,
        },
        at: "2026-11-22T12:00:00Z".to_owned(),
        state: ItemState::Open,
        rest: domain::Rest::default(),
    }))
}

#[test]
fn items_and_private_members_are_read_page_by_page() {
    let hub = Played::with(1);
    let desk = Desk::at(&hub);
    let private = Told::Private(PrivateMembers {
        kind: Kind::Service,
        record: id(0, 0),
        version: 1,
        members: serde_json::from_value(json!({
            "signpost.internal": [{ "label": "Key", "text": "Ask next door" }]
        }))
        .unwrap(),
    });
    hub.state().told = (1..=4).map(item).chain([private]).collect();
    let outcome = desk.sync(&hub).unwrap();
    assert_eq!((outcome.told, hub.asked().len()), (4, 3 + 1));
    assert_eq!(desk.store.item_counts().unwrap().open, 4);
    hub.play(|_, _| Trick::Pass);
    assert_eq!(desk.sync(&hub).unwrap().told, 0);
    assert_eq!(hub.asked(), ["/staff"]);
    // Only what is seen has them: what was published is as it was.
    let seen = desk.store.body(Kind::Service, id(0, 0)).unwrap().unwrap();
    assert!(seen.contains("Ask next door"), "{seen}");
    let state = hub.state();
    assert_eq!(desk.store.digests().unwrap(), state.digests().buckets());
}

#[test]
fn a_page_that_does_not_come_is_asked_for_again() {
    let hub = Played::with(1);
    let desk = Desk::at(&hub);
    hub.state().told = (1..=5).map(item).collect();
    let mut pages = 0;
    hub.play(move |path, _| {
        pages += u32::from(path == "/staff");
        if pages == 2 { Trick::Lost } else { Trick::Pass }
    });
    desk.sync(&hub).unwrap_err();
    assert_eq!(desk.store.item_counts().unwrap().open, 2);
    hub.play(|_, _| Trick::Pass);
    desk.sync(&hub).unwrap();
    assert_eq!(desk.store.item_counts().unwrap().open, 5);
}

#[test]
fn a_change_of_role_is_told() {
    let hub = Played::with(1);
    let desk = Desk::at(&hub);
    hub.state().account.role = Role::Contributor;
    hub.state().told = vec![item(1)];
    let account = hub.state().account.clone();
    let outcome = desk.sync(&hub).unwrap();
    assert_eq!(outcome.remarks, [Remark::Account(account.clone())]);
    assert_eq!(
        desk.store.membership().unwrap().unwrap().account,
        Some(account)
    );
}

#[test]
fn another_epoch_is_told_from_the_start() {
    let hub = Played::with(1);
    let desk = Desk::at(&hub);
    hub.state().told = (1..=5).map(item).collect();
    desk.sync(&hub).unwrap();
    hub.state().told = (7..=9).map(item).collect();
    hub.state().next_epoch();
    desk.sync(&hub).unwrap();
    desk.sync(&hub).unwrap();
    assert_eq!(desk.store.item_counts().unwrap().open, 3);
}

#[test]
fn a_restored_hub_with_nothing_to_tell_ends_what_was_told_before() {
    let hub = Played::with(1);
    let desk = Desk::at(&hub);
    let members = serde_json::from_value(json!({"signpost.internal": [{"text": "Old"}]})).unwrap();
    let private = Told::Private(PrivateMembers {
        kind: Kind::Service,
        record: id(0, 0),
        version: 1,
        members,
    });
    hub.state().told = vec![item(1), private];
    desk.sync(&hub).unwrap();
    assert_eq!(desk.store.item_counts().unwrap().open, 1);
    hub.state().told = Vec::new();
    hub.state().next_epoch();
    desk.sync(&hub).unwrap();
    assert_eq!(desk.store.item_counts().unwrap().open, 0);
    desk.assert_agrees(&hub);
    // That is heard once.
    hub.play(|_, _| Trick::Pass);
    desk.sync(&hub).unwrap();
    assert_eq!(desk.store.staff_cursor().unwrap(), Some((2, 0)));
}

#[test]
fn a_newer_version_is_told_again_what_this_one_passed_over() {
    let hub = Played::with(1);
    let desk = Desk::at(&hub);
    hub.state().told = vec![item(1)];
    hub.state().not_understood = 1;
    desk.sync(&hub).unwrap();
    let mut journal = desk.journal();
    assert!(journal.passed_over.is_some());
    // It is not told again to the same version.
    hub.state().not_understood = 0;
    assert_eq!(desk.sync(&hub).unwrap().told, 0);
    journal.passed_over = Some("0.0.1".to_owned());
    desk.store.transact(journal.kept().unwrap()).unwrap();
    assert_eq!(desk.sync(&hub).unwrap().told, 1);
    assert_eq!(desk.journal().passed_over, None);
}

#[test]
fn what_is_published_comes_in_though_nothing_can_be_told() {
    let hub = Played::with(1);
    let desk = Desk::at(&hub);
    hub.state().put(id(9, 9), Some("New"));
    hub.state().publish();
    hub.play(|path, _| match path {
        "/staff" => Trick::Lost,
        _ => Trick::Pass,
    });
    desk.sync(&hub).unwrap_err();
    assert_eq!(desk.name(9, 9).as_deref(), Some("New"));
}

#[test]
fn who_may_do_other_things_is_told_everything_anew() {
    let hub = Played::with(1);
    let desk = Desk::at(&hub);
    hub.state().told = vec![item(1), item(2)];
    desk.sync(&hub).unwrap();
    hub.state().account.role = Role::Contributor;
    hub.state().told = (7..=9).map(item).collect();
    desk.sync(&hub).unwrap();
    let items = desk.store.items(&store::ItemFilter::default()).unwrap();
    let cursors: Vec<u64> = items.iter().map(|item| item.cursor).collect();
    assert_eq!(cursors, [9, 8, 7]);
}
