//! Joining a hub with what was here before, and leaving it.

use domain::{Act, Organisation, Place, RecordId, Service};

use super::super::samples::{organisation, organisation_id, place, place_id, service, service_id};
use super::desk::{Desk, NOON, adopt, at, create, deed, line, membership, rename, text};
use crate::{
    Import, ImportAbout, Kind, Load, Membership, Op, PublishedLine, Scope, StagedRecord,
    StagedWriter, Stamp,
};

/// What the hub of these tests has: another service 0, and one of its own.
fn theirs() -> Vec<PublishedLine> {
    let (here, new) = (text(0, "As the hub has it"), text(9, "Theirs"));
    vec![line(0, 4, Some(&here)), line(9, 5, Some(&new))]
}

fn import(desk: &Desk, services: &[Service]) -> Op {
    let folder = desk.path();
    let mut writer = StagedWriter::create(folder.parent().unwrap()).unwrap();
    for one in services {
        let body = Some(serde_json::to_string(one).unwrap());
        let record = StagedRecord {
            kind: Kind::Service,
            id: one.id,
            source_id: None,
            at: "generated.csv, line 2".to_owned(),
            digest: 1,
            body,
        };
        writer.push(&record).unwrap();
    }
    let about = ImportAbout {
        source: "A list".to_owned(),
        ..ImportAbout::default()
    };
    Op::Import(Box::new(Import {
        about,
        records: writer.finish().unwrap(),
        at_revision: desk.store.revision().unwrap(),
    }))
}

/// A service of an organisation at a place.
fn at_place(n: usize) -> Service {
    let mut one = service(n);
    one.organization_id = Some(organisation_id(n));
    one.service_at_locations = service(2 * n).service_at_locations;
    one
}

/// A desk with the built-in services 0 to 3, each with its organisation and its place, of which 2
/// was edited, and 5 that came with an import.
fn alone() -> Desk {
    let desk = Desk::new();
    desk.done(Op::Load(Box::new(Load {
        organisations: (0..6).map(organisation).collect::<Vec<Organisation>>(),
        places: (0..6).map(place).collect::<Vec<Place>>(),
        services: (0..4).map(at_place).collect(),
        ..Load::default()
    })));
    desk.done(import(&desk, &[at_place(5)]));
    desk.act(rename(2, "Service 2", "Mine"));
    desk.act(deed(
        2,
        Act::Flag {
            text: "Wrong number".to_owned(),
        },
    ));
    desk.act(create(8, "New"));
    desk
}

#[test]
fn without_a_hub_edits_lie_over_what_was_here() {
    let desk = alone();
    let before = desk.published(2).unwrap();
    assert_eq!(before.0, 0);
    assert!(before.1.unwrap().contains("Service 2"));
    assert_eq!(desk.name(2).as_deref(), Some("Mine"));
    // An import of what was edited goes on as an edit; loading leaves it alone.
    let mut changed = at_place(2);
    changed.name = "Mine".to_owned();
    changed.url = Some("https://example.org".to_owned());
    desk.done(import(&desk, &[changed]));
    desk.done(Op::Load(Box::new(Load {
        services: vec![at_place(2)],
        ..Load::default()
    })));
    assert_eq!(desk.store.outbox(None, 9).unwrap().len(), 4);
    assert!(desk.body(2).unwrap().contains("example.org"));
    for row in desk.store.outbox_of(Kind::Service, service_id(2)).unwrap() {
        desk.done(Op::Withdraw {
            row: row.row,
            at: NOON.to_owned(),
        });
    }
    assert_eq!(
        (desk.name(2).as_deref(), desk.published(2)),
        (Some("Service 2"), None)
    );
}

#[test]
fn a_first_join_keeps_what_people_brought_in_and_doubles_nothing() {
    let desk = alone();
    desk.done(Op::Join(Box::new(membership())));
    let waiting = desk.store.to_send(9).unwrap();
    assert!(waiting.iter().all(|row| row.before_joining));
    let done = desk.done(adopt(10, Scope::Whole, theirs()));
    // Services 1 and 3 were built in; organisations and places of those that stay do.
    assert_eq!(
        [0, 1, 3, 9].map(|n| desk.name(n).is_some()),
        [true, false, false, true]
    );
    assert_eq!(desk.name(0).as_deref(), Some("As the hub has it"));
    assert_eq!(desk.name(2).as_deref(), Some("Mine"));
    assert_eq!(desk.name(8).as_deref(), Some("New"));
    assert!(desk.name(5).is_some());
    let counts = desk.store.counts().unwrap();
    assert_eq!((counts.organisations, counts.places), (2, 2));
    assert_eq!(done.adopted.created, 6);

    let rows = desk.store.to_send(99).unwrap();
    let order: Vec<_> = rows
        .iter()
        .map(|row| (row.deed.kind, row.deed.record))
        .collect();
    let place_of = |kind, id| order.iter().position(|one| *one == (kind, id)).unwrap();
    let named = |n| place_of(Kind::Organisation, organisation_id(n));
    assert!(named(2) < place_of(Kind::Service, service_id(2)));
    assert!(place_of(Kind::Place, place_id(5)) < place_of(Kind::Service, service_id(5)));
    let about_two = desk.store.outbox_of(Kind::Service, service_id(2)).unwrap();
    assert!(
        matches!(about_two.last().unwrap().deed.act, Act::Flag { .. }),
        "behind what makes it"
    );
    let made = &about_two[about_two.len() - 2];
    assert_eq!((made.base, made.deed.by.as_deref()), (0, Some("Ann")));
    assert!(matches!(&made.deed.act, Act::Edit { changes } if changes.len() > 3));
    assert_eq!(
        desk.store.digests().unwrap(),
        desk.store.digests_of_bodies().unwrap()
    );
    desk.store.verify().unwrap();
    // The same once more finds everything in order.
    let done = desk.done(adopt(10, Scope::Whole, theirs()));
    assert_eq!(
        (done.adopted.created, done.adopted.removed, done.rows.len()),
        (0, 0, 0)
    );
}

#[test]
fn an_edit_from_before_lies_over_what_the_hub_has() {
    let desk = alone();
    desk.done(Op::Join(Box::new(membership())));
    let theirs = text(2, "Service 2").replace("active", "inactive");
    desk.done(adopt(10, Scope::Whole, vec![line(2, 4, Some(&theirs))]));
    assert_eq!(desk.name(2).as_deref(), Some("Mine"));
    assert!(desk.body(2).unwrap().contains("inactive"));
    let about_two = desk.store.outbox_of(Kind::Service, service_id(2)).unwrap();
    assert_eq!((about_two.len(), about_two[0].base), (2, 0));
}

#[test]
fn on_a_joined_desk_imports_and_their_undoing_are_operations() {
    let desk = Desk::joined(3);
    let mut changed: Service = serde_json::from_str(&text(1, "S1")).unwrap();
    changed.url = Some("https://example.org".to_owned());
    let stamp = Stamp {
        at: NOON.to_owned(),
        by: Some("Bob".to_owned()),
    };
    let op = import(
        &desk,
        &[
            changed,
            at_place(7),
            serde_json::from_str(&text(2, "S2")).unwrap(),
        ],
    );
    let done = desk.done(Op::Stamped(stamp, Box::new(op)));
    assert_eq!(
        (done.outbox.len(), done.rows.len()),
        (2, 2),
        "one says nothing new"
    );
    let rows = desk.store.to_send(9).unwrap();
    assert!(rows.iter().all(|row| row.deed.by.as_deref() == Some("Bob")));
    assert_eq!(desk.published(1), Some((2, Some(text(1, "S1")))));
    assert!(desk.name(7).is_some());

    let import = desk.store.imports().unwrap()[0].row;
    let done = desk.done(Op::UndoImport(import));
    assert_eq!((done.undone.restored, done.undone.removed), (1, 1));
    assert_eq!((done.outbox.len(), desk.name(7)), (2, None));
    assert!(!desk.body(1).unwrap().contains("example.org"));
    let mut put = service(2);
    put.name = "Put".to_owned();
    desk.done(Op::PutService(Box::new(put)));
    desk.done(Op::RemoveService(service_id(0)));
    assert_eq!((desk.name(2).as_deref(), desk.name(0)), (Some("Put"), None));
    assert_eq!(desk.store.to_send(99).unwrap().len(), 6);
    let filled = desk.done(Op::Fill(Box::new(Load {
        services: vec![service(30)],
        ..Load::default()
    })));
    assert_eq!(filled.rows, [0_i64; 0], "a hub's records are its business");
}

#[test]
fn leaving_keeps_what_is_seen_and_what_waits() {
    let desk = Desk::joined(4);
    desk.act(rename(1, "S1", "Sent"));
    desk.act(rename(2, "S2", "Taken"));
    desk.send();
    desk.answer(vec![(2, domain::Verdict::Applied { sequence: Some(20) })]);
    desk.act(rename(3, "S3", "Mine"));
    let seen: Vec<_> = (0..4).map(|n| desk.name(n)).collect();
    desk.done(Op::Leave);
    assert_eq!((0..4).map(|n| desk.name(n)).collect::<Vec<_>>(), seen);
    assert_eq!(desk.store.membership().unwrap(), None);
    assert_eq!(desk.store.highest().unwrap(), None);
    let waiting = desk.store.to_send(9).unwrap();
    let waiting: Vec<_> = waiting
        .iter()
        .map(|row| (row.deed.record, row.sequence))
        .collect();
    assert_eq!(waiting, [(service_id(1), None), (service_id(3), None)]);
    assert_eq!(desk.published(0), None);
    for row in desk.store.to_send(9).unwrap() {
        desk.done(Op::Withdraw {
            row: row.row,
            at: NOON.to_owned(),
        });
    }
    assert_eq!(
        (desk.name(1).as_deref(), desk.name(3).as_deref()),
        (Some("S1"), Some("S3"))
    );
}

#[test]
fn joining_again_keeps_the_position_and_another_hub_does_not() {
    let desk = Desk::joined(2);
    let renamed = Membership {
        name: "Our hub".to_owned(),
        ..membership()
    };
    desk.act(rename(1, "S1", "Mine"));
    desk.send();
    desk.done(Op::Join(Box::new(renamed.clone())));
    assert_eq!(desk.store.membership().unwrap(), Some(renamed));
    assert_eq!(
        (
            desk.store.numbered().unwrap(),
            desk.store.position().unwrap()
        ),
        (1, Some(at(10)))
    );
    let other = RecordId::named("another hub");
    desk.done(Op::Join(Box::new(Membership {
        hub: other,
        ..membership()
    })));
    assert_eq!(
        (
            desk.store.numbered().unwrap(),
            desk.store.position().unwrap()
        ),
        (0, None)
    );
    let rows = desk.store.to_send(9).unwrap();
    assert!(rows.len() == 1 && rows[0].before_joining && rows[0].sequence.is_none());
}
