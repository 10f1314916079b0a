//! What a hub tells one desk alone, drafts, and what outlives updates and damage.

use std::path::Path;

use domain::{Item, ItemSort, ItemState, RecordId, Sender};
use rusqlite::Connection;
use serde_json::json;

use super::super::samples::{directory, service_id};
use super::desk::{Desk, NOON, adopt, at, device, line, membership, rename, text};
use crate::{Draft, Incident, ItemFilter, Kind, Op, Private, Scope, StaffNews, Store, migrations};

fn item(n: usize, cursor: u64, sort: ItemSort, state: ItemState) -> Item {
    Item {
        id: RecordId::named(&format!("item/{n}")),
        cursor,
        kind: Kind::Service,
        record: service_id(n),
        name: format!("S{n}"),
        sort,
        from: Sender {
            account: "Bob".to_owned(),
            device: device(),
            sequence: 1,
            claimed_at: NOON.to_owned(),
            clock_off: false,
        },
        at: NOON.to_owned(),
        state,
        rest: domain::Rest::new(),
    }
}

fn flag() -> ItemSort {
    ItemSort::Flag {
        text: "Wrong number".to_owned(),
    }
}

fn news(cursor: u64, from_start: bool, items: Vec<Item>, private: Vec<Private>) -> Op {
    Op::Staff(Box::new(StaffNews {
        epoch: 1,
        cursor,
        from_start,
        items,
        private,
        gone_items: Vec::new(),
        gone_private: Vec::new(),
        account: None,
    }))
}

fn note(n: usize, version: u64, text: Option<&str>) -> Private {
    let note = |text: &str| json!([{ "label": "Door code", "text": text }]);
    Private {
        kind: Kind::Service,
        record: service_id(n),
        version,
        members: text
            .map(|text| ("signpost.internal".to_owned(), note(text)))
            .into_iter()
            .collect(),
    }
}

#[test]
fn items_come_change_and_are_settled() {
    let desk = Desk::joined(3);
    let conflict = ItemSort::Conflict { fields: Vec::new() };
    let items = vec![
        item(0, 1, flag(), ItemState::Open),
        item(1, 2, conflict, ItemState::Open),
    ];
    desk.done(news(2, false, items, Vec::new()));
    assert_eq!(desk.store.staff_cursor().unwrap(), Some((1, 2)));
    let counts = desk.store.item_counts().unwrap();
    assert_eq!((counts.open, counts.conflicts), (2, 1));
    let declined = ItemState::Declined {
        by: "Ann".to_owned(),
        at: NOON.to_owned(),
        reason: "It is right.".to_owned(),
    };
    let settled = item(0, 3, flag(), declined);
    desk.done(news(
        3,
        false,
        vec![settled.clone(), item(0, 1, flag(), ItemState::Open)],
        Vec::new(),
    ));
    assert_eq!(
        desk.store.item(settled.id).unwrap(),
        Some(settled.clone()),
        "the latest holds"
    );
    let open = ItemFilter {
        open: Some(true),
        ..ItemFilter::default()
    };
    assert_eq!(desk.store.items(&open).unwrap().len(), 1);
    let about = ItemFilter {
        record: Some((Kind::Service, service_id(0))),
        ..ItemFilter::default()
    };
    assert_eq!(desk.store.items(&about).unwrap(), [settled]);
    let mine = ItemFilter {
        device: Some(device()),
        ..ItemFilter::default()
    };
    let all = desk.store.items(&mine).unwrap();
    assert_eq!(all.iter().map(|one| one.cursor).collect::<Vec<_>>(), [3, 2]);
}

#[test]
fn told_from_the_start_what_is_not_told_is_no_more() {
    let desk = Desk::joined(3);
    let private = vec![note(1, 5, Some("1234"))];
    desk.done(news(
        2,
        false,
        vec![item(0, 1, flag(), ItemState::Open)],
        private,
    ));
    desk.done(news(
        9,
        true,
        vec![item(2, 9, flag(), ItemState::Open)],
        Vec::new(),
    ));
    let all = desk.store.items(&ItemFilter::default()).unwrap();
    assert_eq!((all.len(), all[0].cursor), (1, 9));
    assert_eq!(desk.body(1), Some(text(1, "S1")));
}

#[test]
fn what_others_look_after_now_is_let_go_of() {
    let desk = Desk::joined(3);
    let items = (0..2).map(|n| item(n, 1 + n as u64, flag(), ItemState::Open));
    let private = vec![note(1, 5, Some("1234")), note(2, 5, Some("5678"))];
    desk.done(news(5, false, items.collect(), private));
    let known = desk.store.items(&ItemFilter::default()).unwrap();
    let goes = |cursor| {
        Op::Staff(Box::new(StaffNews {
            epoch: 1,
            cursor,
            from_start: false,
            items: Vec::new(),
            private: Vec::new(),
            gone_items: vec![known[0].id, service_id(2)],
            gone_private: vec![(Kind::Service, service_id(1)), (Kind::Place, service_id(1))],
            account: None,
        }))
    };
    let done = desk.done(goes(6));
    assert_eq!(done.rows.len(), 1);
    assert_eq!(
        desk.store.items(&ItemFilter::default()).unwrap(),
        known[1..]
    );
    assert_eq!(desk.body(1), Some(text(1, "S1")));
    assert!(desk.body(2).unwrap().contains("5678"));
    // It is not news twice, and it comes back as it was when they look after it again.
    assert!(desk.done(goes(7)).rows.is_empty());
    desk.done(news(8, false, Vec::new(), vec![note(1, 5, Some("1234"))]));
    assert!(desk.body(1).unwrap().contains("1234"));
}

#[test]
fn private_members_are_seen_and_never_in_what_was_published() {
    let desk = Desk::joined(3);
    let done = desk.done(news(1, false, Vec::new(), vec![note(1, 5, Some("1234"))]));
    assert_eq!(done.rows.len(), 1);
    assert!(desk.body(1).unwrap().contains("1234"));
    assert_eq!(desk.published(1), Some((2, Some(text(1, "S1")))));
    desk.done(news(1, false, Vec::new(), vec![note(1, 4, Some("older"))]));
    assert!(desk.body(1).unwrap().contains("1234"));
    desk.done(adopt(
        11,
        Scope::Changes,
        vec![line(1, 11, Some(&text(1, "Renamed")))],
    ));
    assert!(desk.body(1).unwrap().contains("1234"));
    assert_eq!(desk.name(1).as_deref(), Some("Renamed"));
    desk.act(rename(1, "Renamed", "Mine"));
    desk.done(news(2, false, Vec::new(), vec![note(1, 12, None)]));
    assert_eq!(desk.name(1).as_deref(), Some("Mine"));
    assert!(!desk.body(1).unwrap().contains("1234"));
    desk.done(news(
        3,
        false,
        Vec::new(),
        vec![note(1, 13, Some("5678")), note(2, 13, Some("9"))],
    ));
    desk.done(Op::Leave);
    let bodies = [1, 2].map(|n| desk.body(n).unwrap());
    assert!(
        bodies.iter().all(|body| !body.contains("Door code")),
        "{bodies:?}"
    );
    assert_eq!(desk.body(2), Some(text(2, "S2")));
}

#[test]
fn drafts_outlive_the_program() {
    let desk = Desk::new();
    let draft = |at: &str, text: &str| Draft {
        key: "service/new".to_owned(),
        at: at.to_owned(),
        body: json!({ "name": text }),
    };
    desk.done(Op::PutDraft(Box::new(draft("2026-11-22T12:00:00Z", "H"))));
    desk.done(Op::PutDraft(Box::new(draft("2026-11-22T12:00:01Z", "Ha"))));
    let desk = desk.reopened();
    let last = draft("2026-11-22T12:00:01Z", "Ha");
    assert_eq!(desk.store.draft("service/new").unwrap(), Some(last.clone()));
    assert_eq!(desk.store.drafts().unwrap(), [last]);
    desk.done(Op::DropDraft("service/new".to_owned()));
    assert!(desk.store.drafts().unwrap().is_empty());
    assert_eq!(desk.store.revision().unwrap(), 0);
}

#[test]
fn a_file_from_before_there_were_hubs_keeps_everything() {
    let folder = tempfile::tempdir().unwrap();
    let mut conn = Connection::open(folder.path().join("directory.sqlite3")).unwrap();
    conn.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))
        .unwrap();
    migrations::all().to_version(&mut conn, 2).unwrap();
    let one = serde_json::to_string(&super::super::samples::service(1)).unwrap();
    let id = service_id(1);
    conn.execute(
        "INSERT INTO service (id, name, revision, body) VALUES (?1, 'Service 1', 4, ?2)",
        rusqlite::params![id.as_bytes(), one],
    )
    .unwrap();
    conn.execute(
        "INSERT INTO history (kind, record, revision, body) VALUES ('service', ?1, 4, ?2)",
        rusqlite::params![id.as_bytes(), one],
    )
    .unwrap();
    conn.execute(
        "INSERT INTO setting (key, value) VALUES ('theme', '\"dark\"')",
        [],
    )
    .unwrap();
    conn.execute("UPDATE revision SET value = 4", []).unwrap();
    drop(conn);
    let opened = Store::open(folder.path()).unwrap();
    assert!(opened.incidents.is_empty() && !opened.fresh);
    let store = opened.store;
    assert_eq!(store.body(Kind::Service, id).unwrap(), Some(one.clone()));
    assert_eq!(
        (store.revision().unwrap(), store.setting("theme").unwrap()),
        (4, Some(json!("dark")))
    );
    let history = store.history(Kind::Service, id).unwrap();
    assert_eq!(
        (history[0].body.as_str(), history[0].at.as_deref()),
        (one.as_str(), None)
    );
    store.transact(Op::Load(Box::new(directory(3)))).unwrap();
    store.verify().unwrap();
}

/// A file of the version that kept the former names of operations, with one in its outbox.
fn with_former_names(folder: &Path, services: usize) {
    let mut conn = Connection::open(folder.join("directory.sqlite3")).unwrap();
    migrations::all().to_version(&mut conn, 4).unwrap();
    let rows = format!(
        "INSERT INTO outbox (kind, record, base, at, what, act, state, before_joining, formerly)
         SELECT 'service', randomblob(16), 0, '2026-11-22T12:00:00Z', 'flag',
           '{{\"act\":\"flag\",\"text\":\"Moved\"}}', 'waiting', 0,
           iif(value % 2 = 0, '[[\"{}\",1]]', NULL)
         FROM json_each(?1)",
        device()
    );
    let numbers: Vec<usize> = (0..services).collect();
    let numbers = serde_json::to_string(&numbers).unwrap();
    conn.execute(&rows, [numbers]).unwrap();
}

#[test]
fn an_outbox_with_former_names_is_kept_and_rescued() {
    let folder = tempfile::tempdir().unwrap();
    with_former_names(folder.path(), 4);
    let opened = Store::open(folder.path()).unwrap();
    assert!(opened.incidents.is_empty());
    let rows = opened.store.to_send(9).unwrap();
    assert!(rows.len() == 4 && rows.iter().all(|row| row.id.is_none()));
    opened
        .store
        .transact(Op::Join(Box::new(membership())))
        .unwrap();
    opened.store.transact(Op::Number { most: 9 }).unwrap();
    let rows = opened.store.to_send(9).unwrap();
    assert!(rows.iter().all(|row| row.id.is_some()), "from now on");

    let folder = tempfile::tempdir().unwrap();
    with_former_names(folder.path(), 400);
    let path = folder.path().join("directory.sqlite3");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..4096].fill(0);
    std::fs::write(&path, bytes).unwrap();
    let opened = Store::open(folder.path()).unwrap();
    let damaged = matches!(opened.incidents.as_slice(), [Incident::Damaged { .. }]);
    assert!(damaged, "{:?}", opened.incidents);
    assert_eq!(opened.store.to_send(999).unwrap().len(), 400);
}

/// A desk with everything that must outlive damage.
fn full() -> Desk {
    let desk = Desk::joined(300);
    desk.act(rename(1, "S1", "Mine"));
    desk.act(rename(2, "S2", "Sent"));
    desk.send();
    desk.act(rename(3, "S3", "Waiting"));
    desk.done(news(
        7,
        false,
        vec![item(0, 7, flag(), ItemState::Open)],
        vec![note(4, 7, Some("1234"))],
    ));
    let body = json!({ "name": "Half a na" });
    let draft = Draft {
        key: "service/new".to_owned(),
        at: NOON.to_owned(),
        body,
    };
    desk.done(Op::PutDraft(Box::new(draft)));
    desk
}

/// What must outlive damage does; the copy itself is to be fetched whole.
fn is_rescued(desk: &Desk) {
    let store = &desk.store;
    let rows = store.to_send(9).unwrap();
    let numbers: Vec<_> = rows.iter().map(|row| row.sequence).collect();
    assert_eq!(numbers, [Some(1), Some(2), None]);
    assert!(rows.iter().all(|row| row.id.is_some()));
    assert_eq!(store.membership().unwrap(), Some(membership()));
    assert_eq!(
        (store.numbered().unwrap(), store.staff_cursor().unwrap()),
        (2, None)
    );
    assert_eq!(
        (store.position().unwrap(), store.highest().unwrap()),
        (None, Some(at(10)))
    );
    assert_eq!(store.drafts().unwrap().len(), 1);
    assert_eq!(store.items(&ItemFilter::default()).unwrap().len(), 1);
    assert_eq!(
        [1, 2, 3].map(|n| desk.name(n).unwrap()),
        ["Mine", "Sent", "Waiting"]
    );
    store.verify().unwrap();
    let lines = (0..300).map(|n| line(n, 1 + n as u64, Some(&text(n, &format!("S{n}")))));
    let done = desk.done(adopt(10, Scope::Whole, lines.collect()));
    assert_eq!((done.adopted.created, done.adopted.removed), (0, 0));
    assert_eq!(store.position().unwrap(), Some(at(10)));
    assert_eq!(store.digests().unwrap(), store.digests_of_bodies().unwrap());
    assert_eq!([1, 3].map(|n| desk.name(n).unwrap()), ["Mine", "Waiting"]);
    assert_eq!(desk.body(9), Some(text(9, "S9")));
}

#[test]
fn damage_loses_nothing_that_somebody_did() {
    // The file's beginning: its schema, so that rows are told by their shape alone.
    for wiped in [100, 4096] {
        let desk = full();
        let path = desk.path();
        let (desk, incidents) = desk.reopened_after(|| {
            let mut bytes = std::fs::read(&path).unwrap();
            bytes[..wiped].fill(0);
            std::fs::write(&path, bytes).unwrap();
        });
        assert!(
            matches!(incidents.as_slice(), [Incident::Damaged { .. }]),
            "{incidents:?}"
        );
        is_rescued(&desk);
    }
}
