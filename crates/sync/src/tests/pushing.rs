//! Sending what waits.

use domain::Act;

use super::desk::Desk;
use super::played::{Played, Trick, id};
use crate::{HubFault, Remark, SyncError};

#[test]
fn one_sync_ends_in_step_with_what_was_sent() {
    let hub = Played::with(5);
    let desk = Desk::at(&hub);
    desk.rename(id(0, 0), "Changed");
    desk.rename(id(5, 5), "Made here");
    desk.act(
        id(37, 1),
        Act::Flag {
            text: "Moved".to_owned(),
        },
    );
    desk.act(
        id(37, 1),
        Act::Flag {
            text: String::new(),
        },
    );
    let outcome = desk.sync(&hub).unwrap();
    assert_eq!(
        (
            outcome.pushed,
            outcome.applied,
            outcome.queued,
            outcome.refused
        ),
        (4, 2, 1, 1)
    );
    assert_eq!(hub.asked()[..3], ["/head", "/operations", "/head"]);
    assert!(desk.unanswered().is_empty());
    desk.assert_agrees(&hub);
    assert_eq!(desk.store.outbox_counts().unwrap().refused, 1);
}

#[test]
fn a_lost_answer_is_no_refusal_and_nothing_is_done_twice() {
    let hub = Played::with(5);
    let desk = Desk::at(&hub);
    desk.rename(id(0, 0), "Changed");
    hub.play(|path, _| {
        if path == "/operations" {
            Trick::Lost
        } else {
            Trick::Pass
        }
    });
    let failed = desk.sync(&hub);
    assert!(matches!(failed, Err(SyncError::Hub(HubFault::Broken(_)))));
    let sequence = hub.state().sequence;
    assert_eq!(desk.unanswered().len(), 1);
    assert_eq!(desk.name(0, 0).as_deref(), Some("Changed"));
    hub.play(|_, _| Trick::Pass);
    let outcome = desk.sync(&hub).unwrap();
    assert_eq!((outcome.applied, hub.state().sequence), (1, sequence));
    desk.assert_agrees(&hub);
}

#[test]
fn more_than_fit_into_a_request_go_in_several() {
    let hub = Played::with(0);
    let desk = Desk::at(&hub);
    for n in 0..=255 {
        for bucket in 0..3 {
            desk.rename(id(bucket, n), "Made here");
        }
    }
    let outcome = desk.sync(&hub).unwrap();
    let requests = hub
        .asked()
        .iter()
        .filter(|path| *path == "/operations")
        .count();
    assert_eq!((outcome.pushed, requests), (768, 2));
    desk.assert_agrees(&hub);
}

#[test]
fn a_hub_that_takes_less_at_once_gets_less_at_once() {
    let hub = Played::with(0);
    let desk = Desk::at(&hub);
    for n in 0..20 {
        desk.rename(id(n, n), "Made here");
    }
    let too_large = || Trick::Fault(HubFault::TooLarge("too much".to_owned()));
    hub.play(move |path, before| match path {
        "/operations" if before < 3 => too_large(),
        _ => Trick::Pass,
    });
    assert_eq!(desk.sync(&hub).unwrap().pushed, 20);
    let requests = hub
        .asked()
        .iter()
        .filter(|path| *path == "/operations")
        .count();
    assert_eq!(requests, 2 + 4);
    desk.assert_agrees(&hub);
}

#[test]
fn what_is_not_decided_yet_is_asked_about_again() {
    let hub = Played::with(0);
    let desk = Desk::at(&hub);
    for n in 0..5 {
        desk.rename(id(n, n), "Made here");
    }
    hub.state().decides = 2;
    assert_eq!(desk.sync(&hub).unwrap().pushed, 5);
    desk.rename(id(9, 9), "Made here");
    hub.state().decides = 0;
    let outcome = desk.sync(&hub).unwrap();
    assert_eq!((outcome.pushed, outcome.undecided), (0, 1));
    hub.state().decides = 1;
    assert_eq!(desk.sync(&hub).unwrap().pushed, 1);
    desk.assert_agrees(&hub);
}

#[test]
fn a_hub_that_publishes_a_moment_later_is_waited_for() {
    let hub = Played::with(1);
    let desk = Desk::at(&hub);
    desk.rename(id(0, 0), "Changed");
    hub.state().publishes = false;
    let shared = &hub;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            while shared
                .asked()
                .iter()
                .filter(|path| *path == "/head")
                .count()
                < 2
            {
                std::thread::yield_now();
            }
            shared.state().publish();
        });
        desk.sync(&hub).unwrap();
    });
    desk.assert_agrees(&hub);
}

#[test]
fn a_device_that_was_signed_off_reads_on_and_keeps_what_it_writes() {
    let hub = Played::with(3);
    let desk = Desk::at(&hub);
    desk.rename(id(0, 0), "Mine");
    hub.state().put(id(9, 9), Some("New"));
    hub.state().publish();
    let denied = || Trick::Fault(HubFault::Denied("Signed off.".to_owned()));
    hub.play(move |path, _| match path {
        "/operations" | "/staff" => denied(),
        _ => Trick::Pass,
    });
    let outcome = desk.sync(&hub).unwrap();
    assert_eq!(outcome.remarks, [Remark::Denied("Signed off.".to_owned())]);
    assert_eq!(desk.name(9, 9).as_deref(), Some("New"));
    assert_eq!(desk.name(0, 0).as_deref(), Some("Mine"));
    assert_eq!(desk.journal().denied.as_deref(), Some("Signed off."));
    hub.play(|_, _| Trick::Pass);
    assert_eq!(desk.sync(&hub).unwrap().applied, 1);
    assert_eq!(desk.journal().denied, None);
}

#[test]
fn a_version_that_is_too_old_reads_on_and_sends_nothing() {
    let hub = Played::with(3);
    let desk = Desk::at(&hub);
    hub.state().min_reader = wire::PROTOCOL + 1;
    hub.state().put(id(9, 9), Some("New"));
    hub.state().publish();
    assert!(desk.sync(&hub).unwrap().remarks.contains(&Remark::TooOld));
    desk.rename(id(0, 0), "Mine");
    hub.play(|_, _| Trick::Pass);
    desk.sync(&hub).unwrap();
    assert_eq!(hub.asked(), ["/staff"]);
    assert_eq!(
        (desk.unanswered().len(), desk.journal().too_old()),
        (1, true)
    );
}

#[test]
fn a_cloned_desk_loses_its_name_and_nothing_else() {
    let hub = Played::with(3);
    let desk = Desk::at(&hub);
    desk.rename(id(0, 0), "Mine");
    // Its twin was here first, under the same name and number.
    let mut twin = hub.state().clone();
    twin.operations.push((
        wire::Hash::of(b"the twin's"),
        wire::Taken {
            sequence: 1,
            verdict: domain::Verdict::Applied { sequence: None },
        },
    ));
    *hub.state() = twin;
    let outcome = desk.sync(&hub).unwrap();
    assert_eq!(outcome.remarks, [Remark::Cloned]);
    assert_eq!(desk.store.membership().unwrap().unwrap().device, None);
    assert_eq!(desk.name(0, 0).as_deref(), Some("Mine"));
    assert_eq!(desk.unanswered().len(), 1);
    // A new code, and all is sent under a new name.
    hub.state().operations.clear();
    desk.join(&hub, Some("ABCD-EFGH")).unwrap().first.unwrap();
    assert!(desk.unanswered().is_empty());
    desk.assert_agrees(&hub);
}

#[test]
fn a_cloned_desk_hears_of_what_it_had_sent_before_and_sends_that_no_more() {
    let hub = Played::with(3);
    let desk = Desk::at(&hub);
    let flag = |text: &str| Act::Flag {
        text: text.to_owned(),
    };
    desk.act(id(0, 0), flag("Sent before the disk was copied"));
    hub.play(|path, _| match path {
        "/operations" => Trick::Lost,
        _ => Trick::Pass,
    });
    desk.sync(&hub).unwrap_err();
    hub.play(|_, _| Trick::Pass);
    // Its twin went on under the same name.
    hub.state().operations.push((
        wire::Hash::of(b"the twin's"),
        wire::Taken {
            sequence: 2,
            verdict: domain::Verdict::Applied { sequence: None },
        },
    ));
    desk.act(id(0, 0), flag("Done since"));
    let outcome = desk.sync(&hub).unwrap();
    assert_eq!(outcome.remarks, [Remark::Cloned]);
    let left: Vec<Act> = desk
        .unanswered()
        .into_iter()
        .map(|row| row.deed.act)
        .collect();
    assert_eq!(left, [flag("Done since")]);
    assert_eq!(desk.store.outbox_counts().unwrap().queued, 1);
}

#[test]
fn a_hub_that_lost_operations_without_a_word_gets_them_again() {
    let hub = Played::with(3);
    let desk = Desk::at(&hub);
    desk.rename(id(0, 0), "First");
    desk.sync(&hub).unwrap();
    desk.rename(id(0, 0), "Second");
    desk.sync(&hub).unwrap();
    hub.state().operations.truncate(1);
    desk.rename(id(0, 0), "Third");
    let outcome = desk.sync(&hub).unwrap();
    assert_eq!(outcome.pushed, 2);
    assert_eq!(desk.name(0, 0).as_deref(), Some("Third"));
    // What was let go here long ago can't be sent again: the numbers close up.
    hub.state().operations.clear();
    let mut later = desk.now.get();
    later += time::Duration::days(60);
    desk.now.set(later);
    desk.rename(id(37, 1), "Fourth");
    desk.sync(&hub).unwrap();
    desk.rename(id(37, 1), "Fifth");
    desk.sync(&hub).unwrap();
    assert!(desk.unanswered().is_empty());
    desk.assert_agrees(&hub);
}

#[test]
fn a_desk_that_lost_its_count_goes_on_after_the_hubs() {
    let hub = Played::with(3);
    let desk = Desk::at(&hub);
    desk.rename(id(0, 0), "First");
    desk.sync(&hub).unwrap();
    // More under its name than this copy knows of, and a reason to ask.
    let known = hub.state().operations[0].clone();
    hub.state().operations.push(known);
    hub.state().next_epoch();
    desk.sync(&hub).unwrap();
    desk.rename(id(37, 1), "Second");
    assert_eq!(desk.sync(&hub).unwrap().applied, 1);
    assert_eq!(hub.state().operations.len(), 3);
    assert_eq!(desk.name(37, 1).as_deref(), Some("Second"));
    desk.assert_agrees(&hub);
}

#[test]
fn a_hub_that_takes_nothing_now_is_read_all_the_same() {
    let hub = Played::with(3);
    let desk = Desk::at(&hub);
    desk.rename(id(0, 0), "Mine");
    hub.state().put(id(9, 9), Some("New"));
    hub.state().publish();
    let busy = HubFault::Busy {
        why: "It is being looked after.".to_owned(),
        after: None,
    };
    hub.play(move |path, _| match path {
        "/operations" => Trick::Fault(busy.clone()),
        _ => Trick::Pass,
    });
    let failed = desk.sync(&hub).unwrap_err();
    assert_eq!(failed.to_string(), "It is being looked after.");
    assert!(hub.asked().contains(&"/staff".to_owned()));
    assert_eq!(desk.name(9, 9).as_deref(), Some("New"));
    hub.play(|_, _| Trick::Pass);
    desk.sync(&hub).unwrap();
    desk.assert_agrees(&hub);
}
