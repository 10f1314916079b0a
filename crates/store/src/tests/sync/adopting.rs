//! Taking over what a hub published.

use domain::Organisation;

use super::super::samples::{organisation, organisation_id, service_id};
use super::desk::{Desk, adopt, line, text};
use crate::{Kind, Op, PublishedLine, Scope, StoreError};

#[test]
fn lines_come_in_as_they_are_and_twice_is_once() {
    let desk = Desk::joined(3);
    assert_eq!(desk.body(1), Some(text(1, "S1")));
    let position = desk.store.position().unwrap().unwrap();
    assert_eq!(position.sequence, 10);
    let revision = desk.store.revision().unwrap();
    let lines = vec![
        line(1, 2, Some(&text(1, "S1"))),
        line(2, 3, Some(&text(2, "Not this"))),
    ];
    let again = desk.done(adopt(10, Scope::Changes, lines));
    assert_eq!(
        (again.revision, again.rows.len(), again.adopted.records),
        (revision, 0, 0)
    );
    assert_eq!(
        desk.name(2).as_deref(),
        Some("S2"),
        "the same version says nothing new"
    );

    let row = desk.store.row_of(service_id(1)).unwrap().unwrap();
    let lines = vec![line(1, 11, None), line(5, 12, Some(&text(5, "New")))];
    let done = desk.done(adopt(12, Scope::Changes, lines));
    assert_eq!((done.adopted.records, done.adopted.removed), (1, 1));
    assert_eq!((done.rows.len(), done.rows[0]), (2, row));
    assert_eq!((desk.name(1), desk.published(1)), (None, Some((11, None))));
    assert_eq!(
        desk.store.version_of(Kind::Service, service_id(5)).unwrap(),
        12
    );
    let history = desk.store.history(Kind::Service, service_id(1)).unwrap();
    assert_eq!(history[0].at.as_deref(), Some("2026-11-22T12:00:00Z"));
    assert_eq!(
        desk.store.digests().unwrap(),
        desk.store.digests_of_bodies().unwrap()
    );
    let older = desk.done(adopt(
        12,
        Scope::Changes,
        vec![line(1, 4, Some(&text(1, "Back")))],
    ));
    assert_eq!(
        (older.adopted.records, desk.name(1)),
        (0, None),
        "what is gone stays gone"
    );
}

#[test]
fn what_cant_be_read_is_kept_and_not_shown() {
    let desk = Desk::joined(2);
    let odd = |n, body: &str| line(n, 11, Some(body));
    let deep = format!(
        r#"{{"id":"{}","name":{}1{}}}"#,
        service_id(3),
        "[".repeat(5000),
        "]".repeat(5000)
    );
    let unknown = PublishedLine {
        kind: "voyage".to_owned(),
        ..odd(4, r#"{"to":"the moon"}"#)
    };
    let lines = vec![
        odd(1, r#"{"id":"x","name":{"en":"A name in languages"}}"#),
        odd(2, &text(7, "It calls itself otherwise")),
        odd(3, &deep),
        unknown,
        odd(5, &text(5, "A plain one")),
    ];
    let done = desk.done(adopt(11, Scope::Changes, lines));
    assert_eq!(
        (
            done.adopted.records,
            done.adopted.unreadable,
            done.adopted.unknown
        ),
        (5, 3, 1)
    );
    assert_eq!([1, 2, 3].map(|n| desk.name(n)), [None, None, None]);
    assert_eq!(desk.name(5).as_deref(), Some("A plain one"));
    assert_eq!(desk.published(3), Some((11, Some(deep))));
    let voyage = desk
        .store
        .published("voyage", service_id(4))
        .unwrap()
        .unwrap();
    assert_eq!(voyage.body.as_deref(), Some(r#"{"to":"the moon"}"#));
    assert_eq!(
        desk.store.digests().unwrap(),
        desk.store.digests_of_bodies().unwrap()
    );
    desk.store.verify().unwrap();
    let fine = text(1, "Readable");
    desk.done(adopt(12, Scope::Changes, vec![line(1, 12, Some(&fine))]));
    assert_eq!(desk.body(1), Some(fine));
}

#[test]
fn what_is_not_among_everything_goes() {
    let desk = Desk::joined(4);
    let lines = vec![
        line(0, 1, Some(&text(0, "S0"))),
        line(2, 11, Some(&text(2, "Changed"))),
    ];
    let done = desk.done(adopt(11, Scope::Whole, lines));
    assert_eq!((done.adopted.records, done.adopted.removed), (1, 2));
    assert_eq!(desk.store.counts().unwrap().services, 2);
    assert_eq!((desk.published(1), desk.published(3)), (None, None));
    // An older state of a record, and a newer one behind it: a snapshot and what changed since.
    let lines = vec![
        line(0, 1, Some(&text(0, "S0"))),
        line(2, 5, Some(&text(2, "Older"))),
        line(2, 11, Some(&text(2, "Changed"))),
    ];
    desk.done(adopt(11, Scope::Whole, lines));
    assert_eq!(desk.body(2), Some(text(2, "Changed")));
}

#[test]
fn a_bucket_heals_alone() {
    let desk = Desk::joined(8);
    let digests = desk.store.digests().unwrap();
    let wrong = text(1, "Altered by a failing disk");
    desk.store_raw("UPDATE service SET body = ?1 WHERE id = ?2", &wrong);
    let now = desk.store.digests_of_bodies().unwrap();
    let bucket = service_id(1).as_bytes()[0];
    let differ: Vec<_> = (0..=255_u8)
        .filter(|n| now[usize::from(*n)] != digests[usize::from(*n)])
        .collect();
    assert_eq!(differ, [bucket]);
    let right = (0..8).filter(|n| service_id(*n).as_bytes()[0] == bucket);
    let lines: Vec<_> = right
        .map(|n| line(n, 1 + n as u64, Some(&text(n, &format!("S{n}")))))
        .collect();
    let done = desk.done(adopt(10, Scope::Buckets(bucket..=bucket), lines));
    assert_eq!((done.adopted.records, done.adopted.removed), (1, 0));
    assert_eq!(desk.store.digests_of_bodies().unwrap(), digests);
    assert_eq!(desk.store.counts().unwrap().services, 8);
}

#[test]
fn services_of_a_changed_organisation_are_found_otherwise() {
    let desk = Desk::joined(1);
    let friends = organisation(0);
    let body = text(3, "With friends").replace(
        "\"status\"",
        &format!("\"organization_id\":\"{}\", \"status\"", friends.id),
    );
    let of_friends = |version, one: Option<&Organisation>| PublishedLine {
        kind: "organisation".to_owned(),
        id: organisation_id(0),
        version,
        at: 0,
        body: one.map(|one| serde_json::to_string(one).unwrap().into()),
    };
    let lines = vec![line(3, 11, Some(&body)), of_friends(12, Some(&friends))];
    let done = desk.done(adopt(12, Scope::Changes, lines));
    let row = desk.store.row_of(service_id(3)).unwrap().unwrap();
    assert_eq!(done.rows, [row]);
    let done = desk.done(adopt(13, Scope::Changes, vec![of_friends(13, None)]));
    assert_eq!(done.rows, [row]);
    let changed = desk.store.changed_since(done.revision - 1).unwrap();
    assert_eq!(changed.rows, [row], "another program hears of it too");
    assert_eq!(desk.store.counts().unwrap().organisations, 0);
}

#[test]
fn lines_that_break_off_change_nothing() {
    #[derive(Debug)]
    struct Broken;
    impl crate::Lines for Broken {
        fn total(&self) -> u64 {
            2
        }
        fn read(
            &self,
        ) -> std::io::Result<Box<dyn Iterator<Item = std::io::Result<PublishedLine>> + '_>>
        {
            let broken = Err(std::io::Error::other("a cable was pulled"));
            Ok(Box::new([Ok(line(0, 11, None)), broken].into_iter()))
        }
    }
    let desk = Desk::joined(2);
    let before = (desk.body(0), desk.store.position().unwrap());
    let error = desk.refused(Op::Adopt(Box::new(crate::Adopt {
        position: super::desk::at(11),
        scope: Scope::Changes,
        lines: std::sync::Arc::new(Broken),
    })));
    assert!(matches!(error, StoreError::Lines { .. }), "{error}");
    assert_eq!((desk.body(0), desk.store.position().unwrap()), before);
}
