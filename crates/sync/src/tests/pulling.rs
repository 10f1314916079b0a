//! Taking over what was published.

use std::sync::{Arc, Mutex};

use store::Op;

use super::desk::Desk;
use super::played::{Played, Trick, id};
use crate::{HubFault, Remark, SyncError};

#[test]
fn an_idle_sync_asks_once_and_changes_nothing() {
    let hub = Played::with(5);
    let desk = Desk::at(&hub);
    desk.assert_agrees(&hub);
    let revision = desk.store.revision().unwrap();
    let outcome = desk.sync(&hub).unwrap();
    assert_eq!(hub.asked(), ["/staff"]);
    assert_eq!((outcome.rows_changed, outcome.remarks.len()), (0, 0));
    assert_eq!(desk.store.revision().unwrap(), revision);
    desk.assert_tidy();
}

#[test]
fn changes_come_as_segments_and_only_what_is_missing_is_fetched() {
    let hub = Played::with(5);
    let desk = Desk::at(&hub);
    for n in 0..3 {
        hub.state().put(id(n, 100 + n), Some("New"));
        hub.state().publish();
    }
    hub.state().put(id(37, 1), None);
    hub.state().publish();
    let outcome = desk.sync(&hub).unwrap();
    assert_eq!((outcome.adopted.records, outcome.adopted.removed), (3, 1));
    let packs = hub
        .asked()
        .iter()
        .filter(|path| path.starts_with("/packs"))
        .count();
    assert_eq!(packs, 4);
    desk.assert_agrees(&hub);
    // Packs that were merged meanwhile need nothing.
    hub.state().compact();
    hub.play(|_, _| Trick::Pass);
    assert_eq!(desk.sync(&hub).unwrap().rows_changed, 0);
    assert_eq!(hub.asked(), ["/staff", "/head"]);
}

#[test]
fn a_desk_that_was_away_for_long_gets_the_snapshot() {
    let hub = Played::with(5);
    let desk = Desk::at(&hub);
    desk.rename(id(0, 0), "Mine");
    hub.state().put(id(37, 1), None);
    hub.state().put(id(9, 9), Some("New"));
    hub.state().publish();
    hub.state().compact();
    desk.sync(&hub).unwrap();
    assert_eq!(desk.name(0, 0).as_deref(), Some("Mine"));
    desk.assert_agrees(&hub);
}

#[test]
fn a_pull_that_is_cut_goes_on_where_it_was() {
    let hub = Played::with(0);
    let desk = Desk::at(&hub);
    for n in 0..6 {
        hub.state().put(id(n, n), Some("New"));
        hub.state().publish();
    }
    let fetched = Arc::new(Mutex::new(Vec::new()));
    for round in 1..=6 {
        let fetched = Arc::clone(&fetched);
        let mut left = 1;
        hub.play(move |path, _| match path.starts_with("/packs") {
            true if left == 0 => Trick::Cut,
            true => {
                left -= 1;
                fetched.lock().unwrap().push(path.to_owned());
                Trick::Pass
            }
            false => Trick::Pass,
        });
        assert_eq!(desk.sync(&hub).is_ok(), round == 6, "{round}");
    }
    let mut fetched = fetched.lock().unwrap().clone();
    assert_eq!(fetched.len(), 6);
    fetched.sort();
    fetched.dedup();
    assert_eq!(fetched.len(), 6, "nothing was fetched twice");
    desk.assert_agrees(&hub);
    desk.assert_tidy();
}

#[test]
fn packs_that_were_merged_under_way_are_no_fault() {
    let hub = Arc::new(Played::with(3));
    let desk = Desk::at(&hub);
    hub.state().put(id(7, 7), Some("New"));
    hub.state().publish();
    let missing = || Trick::Fault(HubFault::Missing("merged".to_owned()));
    let mut first = true;
    hub.play(
        move |path, _| match path.starts_with("/packs") && std::mem::take(&mut first) {
            true => missing(),
            false => Trick::Pass,
        },
    );
    desk.sync(&*hub).unwrap();
    desk.assert_agrees(&hub);
}

#[test]
fn what_differs_is_fetched_again_alone() {
    let hub = Played::with(40);
    let desk = Desk::at(&hub);
    // Something here went wrong unnoticed: a record is another one than the hub's.
    let line = store::PublishedLine {
        kind: "service".to_owned(),
        id: id(37, 1),
        version: 10_000,
        at: 1,
        body: Some(super::played::service(id(37, 1), "Wrong").into()),
    };
    let position = desk.store.position().unwrap().unwrap();
    desk.store
        .transact(Op::Adopt(Box::new(store::Adopt {
            position,
            scope: store::Scope::Changes,
            lines: Arc::new(One(line)),
        })))
        .unwrap();
    assert_eq!(desk.name(37, 1).as_deref(), Some("Wrong"));
    let outcome = desk.sync_deep(&hub).unwrap();
    assert_eq!((outcome.healed, outcome.rows_changed), (1, 1));
    desk.assert_agrees(&hub);
    assert_eq!(desk.sync_deep(&hub).unwrap().healed, 0);
    assert_eq!(
        desk.journal().checked_at,
        Some(super::desk::NOON.unix_timestamp())
    );
}

#[derive(Debug)]
struct One(store::PublishedLine);

impl store::Lines for One {
    fn total(&self) -> u64 {
        1
    }

    fn read(
        &self,
    ) -> std::io::Result<Box<dyn Iterator<Item = std::io::Result<store::PublishedLine>> + '_>> {
        Ok(Box::new(std::iter::once(Ok(self.0.clone()))))
    }
}

#[test]
fn a_hub_that_went_back_is_not_followed() {
    let hub = Played::with(5);
    let before = hub.state().clone();
    let desk = Desk::at(&hub);
    hub.state().put(id(1, 1), Some("New"));
    hub.state().publish();
    desk.sync(&hub).unwrap();
    let seen = desk.store.position().unwrap();
    // Older, and made later: restored without saying so.
    let minute = hub.state().minute;
    *hub.state() = before.clone();
    hub.state().minute = minute;
    hub.state().sign();
    assert!(matches!(
        desk.sync(&hub),
        Err(SyncError::HubWentBack { .. })
    ));
    // Grown again, another way.
    hub.state().put(id(2, 2), Some("Other"));
    hub.state().publish();
    assert!(matches!(
        desk.sync(&hub),
        Err(SyncError::HubWentBack { .. })
    ));
    hub.state().put(id(3, 3), Some("Another"));
    hub.state().publish();
    assert!(matches!(
        desk.sync(&hub),
        Err(SyncError::HubWentBack { .. })
    ));
    assert_eq!(desk.store.position().unwrap(), seen);
    assert_eq!(desk.name(1, 1).as_deref(), Some("New"));
    assert_eq!(desk.journal().problem.unwrap().code, "hub_went_back");
    // Older, and made before: some cache had it.
    *hub.state() = before;
    desk.sync(&hub).unwrap();
    assert_eq!(desk.store.position().unwrap(), seen);
}

#[test]
fn a_hub_that_went_back_is_sent_nothing() {
    let hub = Played::with(5);
    let before = hub.state().clone();
    let desk = Desk::at(&hub);
    desk.rename(id(1, 1), "Taken");
    desk.sync(&hub).unwrap();
    let minute = hub.state().minute;
    *hub.state() = before;
    hub.state().minute = minute;
    hub.state().sign();
    desk.rename(id(2, 2), "Waits");
    hub.play(|_, _| Trick::Pass);
    let refused = desk.sync(&hub);
    assert!(matches!(refused, Err(SyncError::HubWentBack { .. })));
    assert!(!hub.asked().contains(&"/operations".to_owned()));
    assert_eq!(desk.unanswered().len(), 1);
    assert_eq!(hub.state().decided, 0);
}

#[test]
fn a_hub_that_says_that_it_was_restored_is_followed_and_gets_what_it_lost() {
    let hub = Played::with(5);
    let desk = Desk::at(&hub);
    desk.rename(id(0, 0), "Kept in the backup");
    desk.sync(&hub).unwrap();
    let mut backup = hub.state().clone();
    desk.rename(id(0, 0), "Lost by the hub");
    desk.rename(id(8, 8), "Lost and made here");
    desk.sync(&hub).unwrap();
    hub.state().put(id(9, 9), Some("Lost for good"));
    hub.state().publish();
    desk.sync(&hub).unwrap();
    backup.minute = hub.state().minute;
    *hub.state() = backup;
    hub.state().next_epoch();
    let outcome = desk.sync(&hub).unwrap();
    assert!(outcome.remarks.contains(&Remark::NewEpoch));
    assert_eq!(outcome.pushed, 2);
    assert_eq!(desk.name(0, 0).as_deref(), Some("Lost by the hub"));
    assert_eq!(desk.name(8, 8).as_deref(), Some("Lost and made here"));
    assert_eq!(desk.name(9, 9), None);
    desk.assert_agrees(&hub);
    hub.play(|_, _| Trick::Pass);
    desk.sync(&hub).unwrap();
    assert_eq!(hub.asked(), ["/staff"]);
}
