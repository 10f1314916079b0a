//! Joining again as another device: what was taken is not done twice, and what was lost comes again.

use domain::Act;

use super::desk::Desk;
use super::played::{Played, Trick, id};
use crate::Remark;
use crate::plan::batch::batch;

fn flag(text: &str) -> Act {
    Act::Flag {
        text: text.to_owned(),
    }
}

fn join_again(desk: &Desk, hub: &Played) {
    desk.join(hub, Some("ABCD-EFGH")).unwrap().first.unwrap();
}

#[test]
fn what_was_taken_from_the_former_device_is_not_done_twice() {
    let hub = Played::with(3);
    let desk = Desk::at(&hub);
    desk.act(id(0, 0), flag("Moved"));
    desk.rename(id(37, 1), "Mine");
    hub.play(|path, _| match path {
        "/operations" => Trick::Lost,
        _ => Trick::Pass,
    });
    desk.sync(&hub).unwrap_err();
    let sequence = hub.state().sequence;
    hub.play(|_, _| Trick::Pass);
    join_again(&desk, &hub);
    assert!(desk.unanswered().is_empty());
    assert_eq!(desk.store.outbox_counts().unwrap().queued, 1);
    assert_eq!(hub.state().decided, 2);
    assert_eq!(hub.state().sequence, sequence);
    desk.assert_agrees(&hub);
}

#[test]
fn a_hub_from_a_backup_that_does_not_know_the_device_gets_everything_after_a_new_pairing() {
    let hub = Played::with(3);
    let backup = hub.state().clone();
    let desk = Desk::at(&hub);
    desk.rename(id(0, 0), "Mine");
    desk.rename(id(8, 8), "Made here");
    desk.act(id(37, 1), flag("Moved"));
    assert_eq!(desk.sync(&hub).unwrap().pushed, 3);
    let minute = hub.state().minute;
    *hub.state() = backup;
    hub.state().minute = minute;
    hub.state().next_epoch();
    let outcome = desk.sync(&hub).unwrap();
    assert!(outcome.remarks.contains(&Remark::NewEpoch), "{outcome:?}");
    let denied = |remark: &Remark| matches!(remark, Remark::Denied(_));
    assert!(outcome.remarks.iter().any(denied), "{outcome:?}");
    // Others go on there, beyond where the desk's own changes stood before.
    for n in 100..110 {
        hub.state().put(id(n, n), Some("Others'"));
    }
    hub.state().publish();
    desk.sync(&hub).unwrap();
    join_again(&desk, &hub);
    assert_eq!((hub.state().decided, desk.unanswered().len()), (3, 0));
    assert_eq!(desk.name(0, 0).as_deref(), Some("Mine"));
    assert_eq!(desk.name(8, 8).as_deref(), Some("Made here"));
    desk.assert_agrees(&hub);
    // And not once more.
    join_again(&desk, &hub);
    assert_eq!(hub.state().decided, 3);
}

#[test]
fn a_hub_that_was_restored_is_asked_for_each_whatever_it_still_has() {
    let hub = Played::with(3);
    let desk = Desk::at(&hub);
    desk.act(id(0, 0), flag("In the backup"));
    desk.sync(&hub).unwrap();
    let backup = hub.state().clone();
    desk.act(id(0, 0), flag("Lost"));
    desk.sync(&hub).unwrap();
    let minute = hub.state().minute;
    *hub.state() = backup;
    hub.state().minute = minute;
    hub.state().next_epoch();
    // Its key is gone at that very time.
    join_again(&desk, &hub);
    assert_eq!((hub.state().decided, desk.unanswered().len()), (2, 0));
    assert_eq!(desk.store.outbox_counts().unwrap().queued, 2);
    desk.assert_agrees(&hub);
}

#[test]
fn what_a_restored_hub_was_sent_by_a_late_request_is_as_it_says_now() {
    let hub = Played::with(3);
    let backup = hub.state().clone();
    let desk = Desk::at(&hub);
    desk.rename(id(0, 0), "Mine");
    desk.act(id(37, 1), flag("Moved"));
    desk.sync(&hub).unwrap();
    let rows = || {
        let mut rows = desk.store.outbox(None, 9).unwrap();
        rows.reverse();
        rows
    };
    let before = rows();
    let (minute, paired) = (hub.state().minute, desk.store.membership().unwrap());
    let device = paired.unwrap().device.unwrap();
    let joined = hub.state().clone();
    *hub.state() = backup;
    hub.state().minute = minute;
    hub.state().pair_as(&joined);
    hub.state().next_epoch();
    for n in 100..103 {
        hub.state().put(id(n, n), Some("Others'"));
    }
    // The same request as before, which nobody knows to be on its way.
    let late = batch(&before, device, 9).operations;
    let protocol = wire::PROTOCOL;
    let push = wire::Push {
        protocol,
        operations: late,
    };
    let said = hub.state().pushed(&push).verdicts;
    desk.sync(&hub).unwrap();
    let now: Vec<_> = rows().into_iter().map(|row| row.verdict).collect();
    let said: Vec<_> = said.into_iter().map(|taken| Some(taken.verdict)).collect();
    assert_eq!(now, said);
    assert_ne!(now[0], before[0].verdict, "it was published later");
    assert_eq!(hub.state().decided, 2);
    desk.assert_agrees(&hub);
    // It is asked once.
    hub.play(|_, _| Trick::Pass);
    desk.sync(&hub).unwrap();
    assert!(!hub.asked().contains(&"/operations".to_owned()));
}
