//! A hub that was restored, and a desk that is another device than before.

use std::sync::Arc;

use domain::{Act, RecordId, Verdict};

use super::desk::{Desk, Given, adopt, at, create, deed, device, line, membership, rename, text};
use crate::{Adopt, Membership, Op, OutboxRow, OutboxState, Position, Scope};

/// The hub as it was restored: in its next epoch, and with less than it had.
fn restored(sequence: u64, lines: Vec<crate::PublishedLine>) -> Op {
    Op::Adopt(Box::new(Adopt {
        position: Position {
            epoch: 2,
            ..at(sequence)
        },
        scope: Scope::Whole,
        lines: Arc::new(Given(lines)),
    }))
}

fn flag() -> Act {
    Act::Flag {
        text: "Wrong number".to_owned(),
    }
}

/// A desk of which the hub took an edit as its change 40, and a flag.
fn taken() -> Desk {
    let desk = Desk::joined(2);
    desk.act(rename(0, "S0", "Mine"));
    desk.act(deed(1, flag()));
    assert_eq!(desk.send(), [1, 2]);
    let item = RecordId::named("item");
    desk.answer(vec![
        (1, Verdict::Applied { sequence: Some(40) }),
        (2, Verdict::Queued { item }),
    ]);
    desk
}

fn as_it_was() -> Vec<crate::PublishedLine> {
    (0..2)
        .map(|n| line(n, 1 + n as u64, Some(&text(n, &format!("S{n}")))))
        .collect()
}

fn join_as(desk: &Desk, name: &str) {
    desk.done(Op::Join(Box::new(Membership {
        device: Some(RecordId::named(name)),
        ..membership()
    })));
}

fn rows(desk: &Desk) -> Vec<OutboxRow> {
    let mut rows = desk.store.outbox(None, 100).unwrap();
    rows.reverse();
    rows
}

fn ids(rows: &[OutboxRow]) -> Vec<Option<RecordId>> {
    rows.iter().map(|row| row.id).collect()
}

#[test]
fn what_a_restored_hub_may_have_lost_is_sent_again_by_the_next_device() {
    let desk = taken();
    let known_by = ids(&rows(&desk));
    desk.done(restored(12, as_it_was()));
    // It is seen as the hub has it: nothing lies over it until changes pass that it never made.
    assert_eq!(desk.name(0).as_deref(), Some("S0"));
    let settled = rows(&desk)
        .into_iter()
        .map(|row| (row.state, row.settled_at));
    let answered = OutboxState::Answered;
    assert_eq!(
        settled.collect::<Vec<_>>(),
        [(answered, Some(12)), (answered, None)]
    );
    join_as(&desk, "the next device");
    desk.done(Op::SendAgain { after: 0 });
    assert_eq!(desk.name(0).as_deref(), Some("Mine"));
    assert_eq!(desk.send(), [1, 2]);
    assert_eq!(ids(&desk.store.to_send(9).unwrap()), known_by);
    // Once is enough, and in the same epoch nothing is sent again.
    desk.done(Op::SendAgain { after: 2 });
    join_as(&desk, "a third device");
    desk.done(Op::SendAgain { after: 0 });
    assert_eq!(ids(&desk.store.to_send(9).unwrap()), known_by);
}

#[test]
fn what_a_restored_hub_lost_is_seen_while_it_is_sent_again() {
    let desk = Desk::joined(2);
    desk.act(create(5, "New"));
    assert_eq!(desk.send(), [1]);
    desk.answer(vec![(1, Verdict::Applied { sequence: Some(40) })]);
    let new = vec![line(5, 40, Some(&text(5, "New")))];
    desk.done(adopt(40, Scope::Changes, new));
    desk.done(restored(12, as_it_was()));
    assert_eq!(desk.name(5), None);
    desk.done(Op::SendAgain { after: 0 });
    assert_eq!(desk.name(5).as_deref(), Some("New"));
    assert_eq!(desk.published(5), Some((0, None)));
    // By the next device as well.
    desk.answer(vec![(1, Verdict::Applied { sequence: Some(13) })]);
    desk.done(restored(12, as_it_was()));
    join_as(&desk, "the next device");
    desk.done(Op::SendAgain { after: 0 });
    assert_eq!(desk.name(5).as_deref(), Some("New"));
}

#[test]
fn what_a_restored_hub_knows_of_this_device_stays_answered() {
    let desk = taken();
    desk.done(restored(12, as_it_was()));
    desk.done(Op::SendAgain { after: 1 });
    let now = rows(&desk);
    assert_eq!(now[0].state, OutboxState::Answered);
    assert_eq!(
        (now[1].state, now[1].sequence),
        (OutboxState::Sent, Some(2))
    );
    // What became of it may be something else by now: until the hub says so it is in doubt.
    let in_doubt = || ids(&desk.store.in_doubt(device(), 9).unwrap());
    assert_eq!(in_doubt(), [now[0].id]);
    desk.answer(vec![(1, Verdict::Merged { sequence: Some(14) })]);
    assert!(in_doubt().is_empty());
    let said = &rows(&desk)[0];
    assert_eq!(said.verdict, Some(Verdict::Merged { sequence: Some(14) }));
    assert_eq!(
        (said.settled_at, &said.ended_at),
        (Some(14), &now[0].ended_at)
    );
    // The next device does not send again what was answered in this epoch.
    join_as(&desk, "the next device");
    desk.done(Op::SendAgain { after: 0 });
    let left = desk.store.to_send(9).unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].id, now[1].id);
}

#[test]
fn what_was_not_answered_is_known_whichever_device_sends_it() {
    let desk = Desk::joined(2);
    desk.act(rename(0, "S0", "Mine"));
    desk.act(deed(1, flag()));
    let known_by = ids(&rows(&desk));
    assert!(known_by[0].is_some() && known_by[0] != known_by[1]);
    desk.send();
    join_as(&desk, "the next device");
    assert_eq!(desk.send(), [1, 2]);
    let desk = desk.reopened();
    assert_eq!(ids(&rows(&desk)), known_by);
    desk.done(Op::ForgetDevice);
    let now = rows(&desk);
    assert_eq!(ids(&now), known_by);
    assert!(now.iter().all(|row| row.state == OutboxState::Waiting));
}
