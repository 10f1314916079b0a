//! Doing things, sending them, hearing what became of them.

use domain::{Act, Check, CheckHow, RecordId, Refusal, Verdict};
use serde_json::json;

use super::super::samples::service_id;
use super::desk::{Desk, NOON, adopt, create, deed, device, line, membership, rename, set, text};
use crate::{Kind, Membership, Op, OutboxState, Scope, StoreError};

#[test]
fn an_edit_is_seen_at_once_and_what_was_published_stays_beside_it() {
    let desk = Desk::joined(3);
    let before = desk.body(1).unwrap();
    let row = desk.act(rename(1, "S1", "Mine"));
    assert_eq!(desk.name(1).as_deref(), Some("Mine"));
    assert!(desk.body(1).unwrap().contains("from_the_future"));
    assert_eq!(desk.published(1), Some((2, Some(before.clone()))));
    let [one] = &desk.store.outbox_of(Kind::Service, service_id(1)).unwrap()[..] else {
        panic!("one operation");
    };
    assert_eq!(
        (one.row, one.base, one.state),
        (row, 2, OutboxState::Waiting)
    );
    assert!(one.lies_over && !one.before_joining);
    let history = desk.store.history(Kind::Service, service_id(1)).unwrap();
    assert_eq!(history[0].body, before);
    assert_eq!(history[0].at.as_deref(), Some(NOON));
    assert_eq!(history[0].by.as_deref(), Some("Ann"));

    let desk = desk.reopened();
    assert_eq!(desk.name(1).as_deref(), Some("Mine"));
    desk.done(Op::Withdraw {
        row,
        at: NOON.to_owned(),
    });
    assert_eq!(desk.body(1), Some(before), "the very text that came");
    assert_eq!(
        desk.store.outbox_row(row).unwrap().unwrap().state,
        OutboxState::Withdrawn
    );
    assert!(matches!(
        desk.refused(Op::Withdraw {
            row,
            at: NOON.to_owned()
        }),
        StoreError::AlreadySent
    ));
}

#[test]
fn numbers_have_no_gaps_and_are_given_in_the_order_done() {
    let desk = Desk::joined(4);
    let first = desk.act(rename(0, "S0", "A"));
    desk.act(rename(1, "S1", "B"));
    desk.done(Op::Withdraw {
        row: first,
        at: NOON.to_owned(),
    });
    desk.act(rename(2, "S2", "C"));
    assert_eq!(desk.send(), [1, 2]);
    desk.act(rename(3, "S3", "D"));
    assert_eq!(desk.send(), [1, 2, 3]);
    assert_eq!(desk.store.numbered().unwrap(), 3);
    let sent = desk.store.to_send(1).unwrap()[0].row;
    assert!(matches!(
        desk.refused(Op::Withdraw {
            row: sent,
            at: NOON.to_owned()
        }),
        StoreError::AlreadySent
    ));
}

#[test]
fn what_was_applied_is_seen_until_it_is_published() {
    let desk = Desk::joined(3);
    desk.act(rename(1, "S1", "Mine"));
    assert_eq!(desk.send(), [1]);
    desk.answer(vec![(1, Verdict::Applied { sequence: Some(12) })]);
    assert_eq!(desk.name(1).as_deref(), Some("Mine"));
    desk.done(adopt(
        11,
        Scope::Changes,
        vec![line(0, 11, Some(&text(0, "Other")))],
    ));
    assert_eq!(desk.name(1).as_deref(), Some("Mine"));
    let merged = text(1, "Mine, and more");
    desk.done(adopt(12, Scope::Changes, vec![line(1, 12, Some(&merged))]));
    assert_eq!(desk.body(1), Some(merged));
    assert!(!desk.store.outbox(None, 9).unwrap()[0].lies_over);
}

#[test]
fn what_was_not_taken_is_no_longer_seen() {
    let desk = Desk::joined(4);
    for n in 0..4 {
        desk.act(rename(n, &format!("S{n}"), "Mine"));
    }
    assert_eq!(desk.send(), [1, 2, 3, 4]);
    let item = RecordId::named("item");
    let refused = Verdict::Refused {
        code: Refusal::Invalid,
        reason: "The name is too long.".to_owned(),
    };
    let conflict = |sequence| Verdict::Conflict {
        sequence,
        fields: Vec::new(),
        item,
    };
    desk.answer(vec![
        (1, refused),
        (2, Verdict::Queued { item }),
        (3, conflict(None)),
        (4, conflict(Some(11))),
    ]);
    let names: Vec<_> = (0..4).filter_map(|n| desk.name(n)).collect();
    assert_eq!(names, ["S0", "S1", "S2", "Mine"]);
    let counts = desk.store.outbox_counts().unwrap();
    assert_eq!((counts.refused, counts.queued, counts.conflicts), (1, 1, 2));
    assert_eq!((counts.waiting, counts.sent), (0, 0));
}

#[test]
fn a_new_record_a_removal_and_a_check_are_laid_over_too() {
    let desk = Desk::joined(2);
    desk.act(create(7, "New"));
    assert_eq!(desk.name(7).as_deref(), Some("New"));
    assert_eq!(desk.published(7), Some((0, None)));
    let check = Check {
        of: None,
        when: "2026-11-22".parse().unwrap(),
        how: Some(CheckHow::Phoned),
        by: None,
        rest: domain::Rest::new(),
    };
    desk.act(deed(7, Act::Check { check }));
    assert!(desk.body(7).unwrap().contains("2026-11-22"));
    let reason = "It closed.".to_owned();
    let removed = desk.act(deed(1, Act::Remove { reason }));
    assert_eq!(desk.name(1), None);
    desk.act(deed(
        0,
        Act::Flag {
            text: "Wrong number".to_owned(),
        },
    ));
    assert_eq!(desk.name(0).as_deref(), Some("S0"));
    desk.done(Op::Withdraw {
        row: removed,
        at: NOON.to_owned(),
    });
    assert_eq!(desk.body(1), Some(text(1, "S1")));

    let made = desk.store.outbox_of(Kind::Service, service_id(7)).unwrap();
    let gone = desk.done(Op::Withdraw {
        row: made[0].row,
        at: NOON.to_owned(),
    });
    assert_eq!(
        gone.outbox,
        [made[0].row, made[1].row],
        "the check hung on it"
    );
    assert_eq!((desk.name(7), desk.published(7)), (None, None));
}

#[test]
fn an_edit_behind_a_withdrawn_one_starts_from_what_stands_there_then() {
    let desk = Desk::joined(2);
    let first = desk.act(rename(1, "S1", "B"));
    let second = desk.act(rename(1, "B", "C"));
    let back = desk.act(rename(1, "C", "S1"));
    let known_by = |row| desk.store.outbox_row(row).unwrap().unwrap().id;
    let before = [first, second].map(known_by);
    desk.done(Op::Withdraw {
        row: first,
        at: NOON.to_owned(),
    });
    let row = desk.store.outbox_row(second).unwrap().unwrap();
    let expected = Act::Edit {
        changes: vec![set("name", Some(json!("S1")), Some(json!("C")))],
    };
    assert_eq!(row.deed.act, expected);
    assert_eq!(known_by(first), before[0]);
    assert_ne!(row.id, before[1], "it says something else");
    desk.done(Op::Withdraw {
        row: second,
        at: NOON.to_owned(),
    });
    let row = desk.store.outbox_row(back).unwrap().unwrap();
    assert_eq!(row.state, OutboxState::Withdrawn, "nothing is left of it");
    assert_eq!(desk.body(1), Some(text(1, "S1")));
}

#[test]
fn a_change_that_leaves_an_unreadable_entry_is_refused() {
    let desk = Desk::joined(2);
    let changes = vec![set("name", Some(json!("S1")), Some(json!(7)))];
    let error = desk.refused(Op::Do(vec![deed(1, Act::Edit { changes })]));
    assert!(matches!(error, StoreError::Unfit { .. }), "{error}");
    assert!(desk.store.outbox(None, 9).unwrap().is_empty());
    assert_eq!(desk.body(1), Some(text(1, "S1")));
}

#[test]
fn a_restored_hub_gets_again_what_it_lost_under_the_same_numbers() {
    let desk = Desk::joined(3);
    desk.act(rename(0, "S0", "A"));
    desk.act(rename(1, "S1", "B"));
    assert_eq!(desk.send(), [1, 2]);
    desk.answer(vec![
        (1, Verdict::Applied { sequence: Some(11) }),
        (2, Verdict::Applied { sequence: Some(12) }),
    ]);
    let lines = vec![
        line(0, 11, Some(&text(0, "A"))),
        line(1, 12, Some(&text(1, "B"))),
    ];
    desk.done(adopt(12, Scope::Changes, lines));
    // The hub is back at 11, in a new epoch.
    let whole = (0..3).map(|n| {
        let name = if n == 0 {
            "A".to_owned()
        } else {
            format!("S{n}")
        };
        line(
            n,
            if n == 0 { 11 } else { 1 + n as u64 },
            Some(&text(n, &name)),
        )
    });
    desk.done(adopt(11, Scope::Whole, whole.collect()));
    assert_eq!(
        desk.name(1).as_deref(),
        Some("B"),
        "it is not lost from sight"
    );
    desk.done(Op::SendAgain { after: 1 });
    assert_eq!(desk.send(), [2]);
    desk.answer(vec![(
        2,
        Verdict::Refused {
            code: Refusal::NotFound,
            reason: String::new(),
        },
    )]);
    assert_eq!(desk.name(1).as_deref(), Some("S1"));
}

#[test]
fn a_cloned_desk_keeps_everything_and_numbers_anew() {
    let desk = Desk::joined(3);
    desk.act(rename(0, "S0", "A"));
    desk.act(rename(1, "S1", "B"));
    assert_eq!(desk.send(), [1, 2]);
    desk.answer(vec![(1, Verdict::Applied { sequence: Some(11) })]);
    desk.done(Op::ForgetDevice);
    assert!(matches!(
        desk.refused(Op::Number { most: 1 }),
        StoreError::NotJoined
    ));
    assert_eq!(desk.name(1).as_deref(), Some("B"));
    desk.act(rename(2, "S2", "C"));
    let device = RecordId::named("another device");
    desk.done(Op::Join(Box::new(Membership {
        device: Some(device),
        ..membership()
    })));
    assert_eq!(desk.send(), [1, 2]);
    let rows = desk.store.to_send(9).unwrap();
    assert!(
        rows.iter()
            .all(|row| row.device == Some(device) && !row.before_joining)
    );
    assert_eq!(desk.store.position().unwrap().unwrap().sequence, 10);
}

#[test]
fn numbers_that_the_hub_never_saw_are_given_again() {
    let desk = Desk::joined(3);
    for n in 0..3 {
        desk.act(rename(n, &format!("S{n}"), "Mine"));
    }
    assert_eq!(desk.send(), [1, 2, 3]);
    desk.done(Op::Renumber { after: 1 });
    let rows = desk.store.to_send(9).unwrap();
    let numbers: Vec<_> = rows.iter().map(|row| row.sequence).collect();
    assert_eq!(numbers, [Some(1), None, None]);
    assert_eq!(desk.send(), [1, 2, 3]);
}

#[test]
fn what_was_answered_long_ago_is_let_go() {
    let desk = Desk::joined(3);
    desk.act(rename(0, "S0", "A"));
    desk.act(rename(1, "S1", "B"));
    desk.send();
    desk.answer(vec![
        (1, Verdict::Applied { sequence: Some(10) }),
        (2, Verdict::Applied { sequence: Some(99) }),
    ]);
    let answers = |at: &str| {
        Op::Answered(Box::new(crate::Answers {
            device: device(),
            verdicts: Vec::new(),
            last: 2,
            account: None,
            at: at.to_owned(),
        }))
    };
    desk.done(answers("2026-12-21T12:00:00Z"));
    assert_eq!(desk.store.outbox(None, 9).unwrap().len(), 2);
    desk.done(answers("2026-12-23T12:00:00Z"));
    let left = desk.store.outbox(None, 9).unwrap();
    assert_eq!(left.len(), 1, "one is not published yet");
    assert_eq!(left[0].sequence, Some(2));
    assert_eq!(desk.store.numbered().unwrap(), 2);
}
