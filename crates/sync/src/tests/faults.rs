//! A network that does what networks do.

use super::desk::Desk;
use super::played::{Played, Trick, id};
use crate::{HubFault, SyncError};

const PAGE: &[u8] = b"<!doctype html><title>Free WiFi</title>Please accept our terms";

/// Plays a trick with some requests, by how many there were before.
fn when(which: impl Fn(usize) -> bool + Send + 'static, trick: Trick) -> Tricky {
    Box::new(move |_, before| {
        if which(before) {
            trick.clone()
        } else {
            Trick::Pass
        }
    })
}

type Tricky = Box<dyn FnMut(&str, usize) -> Trick + Send>;

/// A hub with news, and a desk with something to say.
fn apart() -> (Played, Desk) {
    let hub = Played::with(12);
    let desk = Desk::at(&hub);
    hub.state().put(id(9, 9), Some("New"));
    hub.state().put(id(0, 0), None);
    hub.state().publish();
    desk.rename(id(37, 1), "Mine");
    (hub, desk)
}

/// Asserts that what was here is still here.
fn assert_nothing_lost(desk: &Desk) {
    assert_eq!(desk.name(37, 1).as_deref(), Some("Mine"));
    assert_eq!(desk.name(74, 2).as_deref(), Some("Service 2"));
}

/// Asserts that it agrees once the network is well.
fn assert_agrees_in_two(hub: &Played, desk: &Desk) {
    hub.play(|_, _| Trick::Pass);
    desk.sync(hub).unwrap();
    desk.sync(hub).unwrap();
    desk.assert_agrees(hub);
    desk.assert_tidy();
}

fn requests() -> usize {
    let (hub, desk) = apart();
    hub.play(|_, _| Trick::Pass);
    desk.sync(&hub).unwrap();
    hub.asked().len()
}

#[test]
fn whatever_request_is_cut_or_whose_answer_is_lost_nothing_is() {
    for trick in [Trick::Cut, Trick::Lost] {
        for at in 0..requests() {
            let (hub, desk) = apart();
            hub.play(when(move |before| before == at, trick.clone()));
            let failed = desk.sync(&hub).unwrap_err();
            assert!(failed.is_no_network(), "{failed}");
            assert_nothing_lost(&desk);
            assert_agrees_in_two(&hub, &desk);
        }
    }
}

#[test]
fn a_network_that_breaks_off_at_every_request_is_got_through() {
    let (hub, desk) = apart();
    for good in 0..requests() {
        hub.play(when(move |before| before > good, Trick::Cut));
        assert!(good == 0 || desk.sync(&hub).is_err() || desk.unanswered().is_empty());
        assert_nothing_lost(&desk);
    }
    assert_agrees_in_two(&hub, &desk);
}

#[test]
fn a_sign_in_page_is_no_hub_whatever_it_answers() {
    for at in 0..requests() {
        let (hub, desk) = apart();
        hub.play(when(
            move |before| before >= at,
            Trick::Instead(PAGE.to_vec()),
        ));
        let failed = desk.sync(&hub).unwrap_err();
        assert_eq!(
            failed.to_string(),
            "The network answered with something that is not the hub: perhaps a sign-in page"
        );
        assert!(failed.what_to_do().is_some() && failed.is_no_network());
        assert_nothing_lost(&desk);
        assert_agrees_in_two(&hub, &desk);
    }
}

fn assert_refused(kind: &'static str, trick: &Trick) {
    let (hub, desk) = apart();
    let one = trick.clone();
    hub.play(move |path, _| match path.starts_with(kind) {
        true => one.clone(),
        false => Trick::Pass,
    });
    let ended = desk.sync(&hub);
    let refused = matches!(&ended, Err(SyncError::Hub(HubFault::NotTheHub(_))));
    assert!(refused, "{kind} {trick:?}: {ended:?}");
    assert_nothing_lost(&desk);
    assert_agrees_in_two(&hub, &desk);
}

#[test]
fn altered_and_shortened_answers_are_not_believed() {
    for at in (0..700).step_by(31) {
        for trick in [Trick::Short(at), Trick::Altered(at)] {
            for kind in ["/head", "/manifests", "/packs"] {
                assert_refused(kind, &trick);
            }
        }
    }
}

#[test]
fn a_head_that_somebody_else_signed_is_not_believed() {
    let (hub, desk) = apart();
    hub.state().signers = vec![[9; 32]];
    hub.state().sign();
    assert!(matches!(
        desk.sync(&hub),
        Err(SyncError::Hub(HubFault::NotTheHub(_)))
    ));
    assert_nothing_lost(&desk);
    hub.state().signers = vec![[1; 32]];
    hub.state().sign();
    assert_agrees_in_two(&hub, &desk);
}

#[test]
fn a_key_is_changed_while_both_are_used() {
    let (hub, desk) = apart();
    for signers in [
        vec![[1; 32], [2; 32]],
        vec![[2; 32]],
        vec![[2; 32], [3; 32]],
        vec![[3; 32]],
    ] {
        hub.state().signers = signers;
        hub.state().sign();
        desk.sync(&hub).unwrap();
    }
    assert_eq!(desk.store.membership().unwrap().unwrap().keys.len(), 1);
    hub.state().signers = vec![[1; 32]];
    hub.state().sign();
    assert!(desk.sync(&hub).is_err(), "the old key is believed no more");
}

#[test]
fn damage_on_the_shelf_is_noticed_and_fetched_again() {
    let hub = Played::with(0);
    let desk = Desk::at(&hub);
    for n in 0..2 {
        hub.state().put(id(n, n), Some("New"));
        hub.state().publish();
    }
    let mut packs = 0;
    hub.play(move |path, _| {
        packs += u32::from(path.starts_with("/packs"));
        if packs > 1 { Trick::Cut } else { Trick::Pass }
    });
    desk.sync(&hub).unwrap_err();
    let folder = desk.folder().join("sync/packs");
    let pack = std::fs::read_dir(folder)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let mut bytes = std::fs::read(&pack).unwrap();
    bytes[20] ^= 1;
    std::fs::write(&pack, bytes).unwrap();
    assert_agrees_in_two(&hub, &desk);
}

#[test]
fn it_stops_at_once_and_goes_on_later() {
    let (hub, mut desk) = apart();
    let stop = desk.stop.clone();
    let ended = desk.sync_watched(&hub, &mut |progress| {
        if progress.stage == crate::Stage::Fetching {
            stop.say();
        }
    });
    assert!(matches!(ended, Err(SyncError::Stopped)));
    assert_eq!(desk.journal().problem, None);
    assert_nothing_lost(&desk);
    desk.stop = crate::Stop::default();
    assert_agrees_in_two(&hub, &desk);
}

#[test]
fn no_clock_stops_a_sync() {
    let (hub, desk) = apart();
    for years in [-60, 60] {
        desk.now
            .set(super::desk::NOON + time::Duration::days(365 * years));
        hub.state().expires_at = "2026-11-23T00:00:00Z".to_owned();
        hub.state().put(id(5, 5), Some(&format!("{years}")));
        hub.state().publish();
        let outcome = desk.sync(&hub).unwrap();
        assert_eq!(outcome.remarks.len(), usize::from(years > 0));
        assert_eq!(desk.journal().stale.is_some(), years > 0);
        desk.assert_agrees(&hub);
    }
}
