//! Networks and hubs that are not what they should be: nothing of it is believed, nothing is lost,
//! and the next honest sync agrees.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};

use sync::{Address, SyncError};

use super::desk::Desk;
use super::hold;
use super::log::Log;
use super::plan::Doing;
use super::stand::Stand;
use crate::network::{Answer, Middleman};

/// Requests of a sync that has something to send and to fetch, at most.
const REQUESTS: usize = 9;

pub(super) fn web(address: SocketAddr) -> Address {
    Address::read(&format!("http://{address}")).expect("an address")
}

/// Everything that a copy holds, as far as it can be seen.
fn held(desk: &Desk) -> (Option<store::Position>, Vec<[u8; 8]>, usize) {
    let store = desk.store();
    let bodies = store.digests_of_bodies().expect("digests");
    (
        store.position().expect("a position"),
        bodies,
        hold::rows(desk).len(),
    )
}

/// A curator with something to send, and news at the hub.
fn two_with_news(stand: &mut Stand, name: &str) -> Desk {
    let mut desk = stand.desk(name);
    desk.work(&Doing::Edit(1, vec![(3, 2)]), stand.hub.now());
    desk.work(&Doing::Flag(2), stand.hub.now());
    stand.publish_a_change(0, 1);
    desk
}

fn portals() -> [(&'static str, Answer); 6] {
    let page = "<!DOCTYPE html><html><title>Sign in</title><p>Welcome to our network</html>";
    let login = Answer {
        status: 302,
        headers: vec![(
            "Location".to_owned(),
            "http://login.example.org/".to_owned(),
        )],
        body: Vec::new(),
    };
    let status = |status| Answer {
        status,
        ..Answer::page(page)
    };
    [
        ("a page for everything", Answer::page(page)),
        ("sent on to sign in", login),
        ("sign-in wanted", status(511)),
        ("forbidden", status(403)),
        ("a gateway that is lost", status(502)),
        (
            "nothing at all",
            Answer {
                body: Vec::new(),
                ..Answer::page("")
            },
        ),
    ]
}

#[test]
fn a_captive_portal_is_no_network_wherever_it_sets_in() {
    let mut stand = Stand::with(4);
    for (name, portal) in portals() {
        let mut desk = two_with_news(&mut stand, name);
        for first in 0..REQUESTS {
            let middle = from_request(first, &portal, stand.hub.socket());
            let before = hold::rows(&desk).len();
            let ended = stand.sync_by(&mut desk, &web(middle.address()));
            let believed = ended.err().filter(|error| !error.is_no_network());
            assert!(
                believed.is_none(),
                "{name} from request {first} on: {believed:?}"
            );
            assert_eq!(hold::rows(&desk).len(), before);
            hold::desk(&mut desk, stand.hub.now(), name);
        }
        stand.agrees(&mut desk);
    }
}

/// Answers in the hub's place from this request on.
fn from_request(first: usize, page: &Answer, hub: SocketAddr) -> Middleman {
    let (count, page) = (AtomicUsize::new(0), page.clone());
    Middleman::before(Some(hub), move |_, answer| {
        let now = count.fetch_add(1, Ordering::SeqCst);
        if now < first { answer } else { page.clone() }
    })
}

#[test]
fn nobody_joins_a_captive_portal() {
    let stand = Stand::with(1);
    for (name, portal) in portals() {
        let mut desk = stand.fresh(name);
        let middle = Middleman::before(None, move |_, _| portal.clone());
        let address = web(middle.address());
        let line = super::stand::line_to(&address);
        let joined = desk.join(&*line, &address, Some("ABCD-2345"), stand.hub.now());
        assert!(joined.is_err(), "{name}: {joined:?}");
        assert_eq!(desk.membership(), None);
    }
}

type Alter = fn(Vec<u8>) -> Vec<u8>;

/// Alters what is answered to requests that begin so.
fn altering(path: String, alter: Alter, hub: SocketAddr) -> Middleman {
    Middleman::before(Some(hub), move |asked, mut answer| {
        if asked.starts_with(&path) && answer.status == 200 {
            answer.body = alter(answer.body);
        }
        answer
    })
}

/// What may happen to bytes on their way.
fn alterations() -> Vec<(&'static str, Alter)> {
    vec![
        ("cut in half", |bytes| bytes[..bytes.len() / 2].to_vec()),
        ("without its last byte", |bytes| {
            bytes[..bytes.len().saturating_sub(1)].to_vec()
        }),
        ("twice", |bytes| [&bytes[..], &bytes[..]].concat()),
        ("empty", |_| Vec::new()),
        ("other bytes", |bytes| {
            bytes.iter().map(|byte| byte.wrapping_add(1)).collect()
        }),
        ("a bit turned in the middle", |mut bytes| {
            let middle = bytes.len() / 2;
            if let Some(byte) = bytes.get_mut(middle) {
                *byte ^= 1;
            }
            bytes
        }),
        ("zeros behind it", |bytes| [&bytes[..], &[0; 64]].concat()),
    ]
}

#[test]
fn altered_heads_manifests_and_packs_are_not_believed() {
    let mut stand = Stand::with(4);
    let mut desk = stand.desk("reader");
    for path in ["/head", "/manifests/", "/packs/"] {
        for (name, alter) in alterations() {
            stand.publish_a_change(0, 2);
            let before = held(&desk);
            let middle = altering(format!("GET {path}"), alter, stand.hub.socket());
            let ended = stand.sync_by(&mut desk, &web(middle.address()));
            let error = ended.expect_err(&format!("{path} {name}"));
            assert!(error.is_no_network(), "{path} {name}: {error:?}");
            assert_eq!(held(&desk), before, "{path} {name}");
            stand.agrees(&mut desk);
        }
    }
}

#[test]
fn answers_that_are_cut_or_foreign_lose_no_operation() {
    Log::all().for_each(cut_or_foreign);
}

fn cut_or_foreign(log: Log) {
    let mut stand = Stand::on(log, 4);
    for path in ["POST /operations", "GET /staff"] {
        for (at, (name, alter)) in alterations().into_iter().enumerate() {
            // What is still JSON can't be told from an answer where the line is not encrypted.
            if name.starts_with("a bit") {
                continue;
            }
            let mut desk = two_with_news(&mut stand, &format!("desk {at} {}", path.len()));
            let middle = altering(path.to_owned(), alter, stand.hub.socket());
            let ended = stand.sync_by(&mut desk, &web(middle.address()));
            let error = ended.expect_err(&format!("{path} {name}"));
            assert!(error.is_no_network(), "{path} {name}: {error:?}");
            stand.agrees(&mut desk);
            let flags = stand
                .admin
                .store()
                .items(&store::ItemFilter::default())
                .expect("items");
            let own = flags
                .iter()
                .filter(|item| item.from.account == format!("desk {at} {}", path.len()));
            assert_eq!(own.count(), 1, "{path} {name}: one flag");
        }
    }
}

#[test]
fn a_hub_that_went_back_is_not_followed_and_nothing_is_cleared() {
    Log::all().for_each(went_back);
}

fn went_back(log: Log) {
    let mut stand = Stand::on(log, 3);
    let mut desk = stand.desk("desk");
    let older = stand.hub.image();
    stand.publish_a_change(0, 1);
    stand.publish_a_change(1, 1);
    stand.agrees(&mut desk);
    desk.work(&Doing::Edit(2, vec![(1, 2)]), stand.hub.now());
    let newer = stand.hub.image();
    stand.hub.put_image(&older);
    let before = held(&desk);
    let line = stand.hub.connect();
    let ended = desk.sync(&*line, stand.hub.now());
    assert!(
        matches!(ended, Err(SyncError::HubWentBack { .. })),
        "{ended:?}"
    );
    assert_eq!(held(&desk), before);
    // It tells another story by now, and a longer one.
    let mut other = stand.desk("another");
    for value in 0..6 {
        other.work(&Doing::Edit(0, vec![(1, 2), (9, value)]), stand.hub.now());
        let line = stand.hub.connect();
        other.sync(&*line, stand.hub.now()).expect("in step");
    }
    let line = stand.hub.connect();
    let ended = desk.sync(&*line, stand.hub.now());
    assert!(
        matches!(ended, Err(SyncError::HubWentBack { .. })),
        "{ended:?}"
    );
    assert_eq!(held(&desk), before);
    // The true one is found again.
    stand.hub.put_image(&newer);
    stand.agrees(&mut desk);
}

#[test]
fn a_desk_that_comes_back_after_400_days_catches_up() {
    Log::all().for_each(long_away);
}

fn long_away(log: Log) {
    let mut stand = Stand::on(log, 5);
    let mut desk = stand.desk("long away");
    desk.work(&Doing::Edit(3, vec![(3, 2)]), stand.hub.now());
    // More publications than a manifest tells the roots of.
    for week in 0_u8..58 {
        stand.hub.let_pass(time::Duration::days(7));
        stand.publish_a_change(week % 5, week % 4);
    }
    assert!(desk.store().position().expect("a position").is_some());
    stand.agrees(&mut desk);
}
