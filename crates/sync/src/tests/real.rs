//! Desks at a real hub, over real connections.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use clap::Parser as _;
use domain::change::diff;
use domain::{Act, FieldName, Kind, Record, RecordId, Resolution};
use serde_json::{Value, json};

use super::desk::Desk;
use super::front::{cut, tap};
use super::played::id;
use crate::{
    Address, FileHub, Hub, HubFault, Live, Network, Remark, Round, Stop, Why, Worker, connect,
    hub_history,
};

/// A hub that serves until the tests are over.
struct Real {
    folder: tempfile::TempDir,
    address: String,
}

/// Where the hub says where it listens.
struct Said(Sender<String>);

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        // Later lines are heard by nobody.
        drop(self.0.send(String::from_utf8_lossy(bytes).into_owned()));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn clock() -> hub::Clock {
    Arc::new(|| u64::try_from(super::desk::NOON.unix_timestamp()).unwrap())
}

fn told(folder: &Path, words: &[&str]) -> String {
    let line = hub::Line::parse_from(
        [
            "signpost-hub",
            "--log",
            "error",
            "--data",
            folder.to_str().unwrap(),
        ]
        .iter()
        .chain(words),
    );
    let mut out = Vec::new();
    hub::obey(line, clock(), &mut out, &mut std::io::sink()).unwrap();
    String::from_utf8(out).unwrap()
}

impl Real {
    fn start() -> Self {
        Self::serve(tempfile::tempdir().unwrap())
    }

    fn serve(folder: tempfile::TempDir) -> Self {
        let (said, hears) = channel();
        let data = folder.path().to_str().unwrap().to_owned();
        std::thread::spawn(move || {
            let words = ["signpost-hub", "--log", "error", "--data", &data, "serve"];
            let free = ["--listen", "127.0.0.1:0"];
            let line = hub::Line::parse_from(words.iter().chain(&free));
            hub::obey(line, clock(), &mut Said(said), &mut std::io::sink()).unwrap();
        });
        let mut line = String::new();
        while !line.contains('\n') {
            line += &hears.recv_timeout(Duration::from_secs(60)).unwrap();
        }
        let address = line.trim().rsplit(' ').next().unwrap().to_owned();
        Self { folder, address }
    }

    fn web(&self) -> Box<dyn Hub> {
        web(&self.address)
    }

    fn code(&self, role: &str, name: &str) -> String {
        told(
            self.folder.path(),
            &["pair", "--role", role, "--name", name],
        )
        .trim()
        .to_owned()
    }

    fn desk(&self, role: &str, name: &str) -> Desk {
        let desk = Desk::new();
        let address = Address::read(&self.address).unwrap();
        let code = self.code(role, name);
        let joined = desk.join_at(&*self.web(), &address, Some(&code)).unwrap();
        joined.first.unwrap();
        desk
    }

    fn reader(&self) -> Desk {
        let desk = Desk::new();
        let address = Address::read(&self.address).unwrap();
        let joined = desk.join_at(&*self.web(), &address, None).unwrap();
        joined.first.unwrap();
        desk
    }
}

fn web(address: &str) -> Box<dyn Hub> {
    let address = Address::read(address).unwrap();
    connect(&address, &Network::default(), &Stop::default()).unwrap()
}

impl Desk {
    fn set(&self, id: RecordId, field: &str, value: Value) {
        let before: Record =
            serde_json::from_str(&self.store.body(Kind::Service, id).unwrap().unwrap()).unwrap();
        let mut after = before.clone();
        domain::change::set(
            Kind::Service,
            &mut after,
            &FieldName::new(field),
            Some(value),
        );
        let changes = diff(Kind::Service, Some(&before), &after);
        self.act(id, Act::Edit { changes });
    }

    fn get(&self, id: RecordId, field: &str) -> Option<Value> {
        let text = self.store.body(Kind::Service, id).unwrap()?;
        domain::change::value(
            &serde_json::from_str(&text).unwrap(),
            &FieldName::new(field),
        )
    }

    /// What must be the same on all desks that are in step.
    fn stands(&self) -> (Option<store::Position>, Vec<[u8; 8]>) {
        let bodies = self.store.digests_of_bodies().unwrap();
        assert_eq!(self.store.digests().unwrap(), bodies);
        let position = self.store.position().unwrap();
        // Packs may have been merged between two looks.
        let position = position.map(|it| store::Position {
            manifest: [0; 32],
            ..it
        });
        (position, bodies)
    }
}

#[test]
fn edits_meet_and_a_conflict_is_settled_by_a_curator() {
    let hub = Real::start();
    let (ann, bob) = (hub.desk("curator", "Ann"), hub.desk("curator", "Bob"));
    let club = id(1, 1);
    ann.rename(club, "Lunch club");
    assert_eq!(ann.sync(&*hub.web()).unwrap().applied, 1);
    bob.sync(&*hub.web()).unwrap();
    assert_eq!(ann.stands(), bob.stands());
    // Apart: other fields merge, the same field does not.
    ann.set(club, "url", json!("https://club.example.org/"));
    bob.set(club, "email", json!("club@example.org"));
    ann.rename(club, "Lunch club, Mondays");
    bob.rename(club, "Lunch club, Tuesdays");
    let first = ann.sync(&*hub.web()).unwrap();
    assert_eq!((first.applied, first.conflicts), (2, 0), "{first:?}");
    let second = bob.sync(&*hub.web()).unwrap();
    assert_eq!((second.merged, second.conflicts), (1, 1), "{second:?}");
    ann.sync(&*hub.web()).unwrap();
    assert_eq!(ann.stands(), bob.stands());
    for desk in [&ann, &bob] {
        assert_eq!(desk.get(club, "name"), Some(json!("Lunch club, Mondays")));
        assert_eq!(desk.get(club, "email"), Some(json!("club@example.org")));
        assert_eq!(
            desk.get(club, "url"),
            Some(json!("https://club.example.org/"))
        );
        assert_eq!(desk.store.item_counts().unwrap().conflicts, 1);
    }
    let item = &ann.store.items(&store::ItemFilter::default()).unwrap()[0];
    let reason = "It is on Mondays.".to_owned();
    let resolution = Resolution::Decline { reason };
    ann.act(
        club,
        Act::Resolve {
            item: item.id,
            resolution,
        },
    );
    ann.sync(&*hub.web()).unwrap();
    bob.sync(&*hub.web()).unwrap();
    for desk in [&ann, &bob] {
        assert_eq!(desk.store.item_counts().unwrap().open, 0);
    }
    assert_eq!(ann.stands(), bob.stands());
    let history = ann.with(false, |copy, how| {
        hub_history(copy, &*hub.web(), how, (Kind::Service, club)).unwrap()
    });
    assert_eq!(history.changes.last().unwrap().by, "Ann");
}

#[test]
fn notes_for_staff_reach_curators_and_nobody_else() {
    let hub = Real::start();
    let (ann, bob) = (hub.desk("curator", "Ann"), hub.desk("curator", "Bob"));
    let (helper, reader) = (hub.desk("contributor", "Cat"), hub.reader());
    let club = id(1, 1);
    ann.rename(club, "Lunch club");
    let notes = json!([{ "label": "Key", "text": "Ask next door" }]);
    ann.set(club, "signpost.internal", notes.clone());
    ann.sync(&*hub.web()).unwrap();
    for desk in [&bob, &helper, &reader] {
        desk.sync(&*hub.web()).unwrap();
        assert_eq!(desk.stands(), ann.stands());
    }
    assert_eq!(ann.get(club, "signpost.internal"), Some(notes.clone()));
    assert_eq!(bob.get(club, "signpost.internal"), Some(notes));
    assert_eq!(helper.get(club, "signpost.internal"), None);
    assert_eq!(reader.get(club, "signpost.internal"), None);
    // What a contributor changes goes to the curators.
    helper.rename(club, "Dinner club");
    assert_eq!(helper.sync(&*hub.web()).unwrap().queued, 1);
    bob.sync(&*hub.web()).unwrap();
    assert_eq!(bob.store.item_counts().unwrap().open, 1);
    assert_eq!(bob.get(club, "name"), Some(json!("Lunch club")));
}

#[test]
fn an_edit_on_one_desk_wakes_the_other_within_two_seconds() {
    let hub = Real::start();
    let ann = hub.desk("curator", "Ann");
    let (said, rounds) = channel();
    let round = move |why| {
        said.send((why, Instant::now())).unwrap();
        Round::InStep { paired: false }
    };
    let worker = Worker::start(round, crate::dice).unwrap();
    let Address::Web(address) = Address::read(&hub.address).unwrap() else {
        unreachable!()
    };
    let live = Live::start(&address, &Network::default(), worker.bell()).unwrap();
    let next = || loop {
        let (why, when) = rounds.recv_timeout(Duration::from_secs(30)).unwrap();
        if why == Why::Live {
            return when;
        }
    };
    // Whoever begins to listen is told where things stand.
    next();
    ann.rename(id(1, 1), "Lunch club");
    let sent = Instant::now();
    ann.sync(&*hub.web()).unwrap();
    let took = next().duration_since(sent);
    // Two seconds are what is promised; a busy computer may need more to run the test.
    assert!(took < Duration::from_secs(20), "{took:?}");
    drop((live, worker));
}

#[test]
fn a_device_that_is_taken_out_reads_on() {
    let hub = Real::start();
    let (ann, bob) = (hub.desk("curator", "Ann"), hub.desk("curator", "Bob"));
    let device = bob.store.membership().unwrap().unwrap().device.unwrap();
    told(
        hub.folder.path(),
        &["device", "revoke", &device.to_string()],
    );
    ann.rename(id(1, 1), "Lunch club");
    ann.sync(&*hub.web()).unwrap();
    bob.rename(id(2, 2), "Mine");
    let outcome = bob.sync(&*hub.web()).unwrap();
    assert!(
        matches!(outcome.remarks[..], [Remark::Denied(_)]),
        "{outcome:?}"
    );
    assert_eq!(bob.stands(), ann.stands());
    assert_eq!(bob.unanswered().len(), 1);
    let code = hub.code("curator", "Bob");
    let address = Address::read(&hub.address).unwrap();
    let joined = bob.join_at(&*hub.web(), &address, Some(&code)).unwrap();
    assert_eq!(joined.first.unwrap().applied, 1);
    let used = Desk::new().join_at(&*hub.web(), &address, Some(&code));
    assert!(
        matches!(used, Err(crate::SyncError::Hub(HubFault::Denied(_)))),
        "{used:?}"
    );
}

#[test]
fn a_hub_that_was_restored_gets_back_what_it_lost() {
    let hub = Real::start();
    let (ann, bob) = (hub.desk("curator", "Ann"), hub.desk("curator", "Bob"));
    ann.rename(id(1, 1), "In the backup");
    ann.sync(&*hub.web()).unwrap();
    let backup = hub.folder.path().join("backup");
    told(hub.folder.path(), &["backup", backup.to_str().unwrap()]);
    ann.rename(id(1, 1), "After the backup");
    ann.rename(id(2, 2), "Made after the backup");
    ann.sync(&*hub.web()).unwrap();
    bob.sync(&*hub.web()).unwrap();
    assert_eq!(bob.name(2, 2).as_deref(), Some("Made after the backup"));
    let folder = tempfile::tempdir().unwrap();
    told(folder.path(), &["restore", backup.to_str().unwrap()]);
    let hub = Real::serve(folder);
    // Whoever knows of what was lost by reading alone has it no more, until it is sent again.
    assert!(
        bob.sync(&*hub.web())
            .unwrap()
            .remarks
            .contains(&Remark::NewEpoch)
    );
    assert_eq!(bob.name(1, 1).as_deref(), Some("In the backup"));
    assert_eq!(ann.sync(&*hub.web()).unwrap().pushed, 2);
    bob.sync(&*hub.web()).unwrap();
    for desk in [&ann, &bob] {
        assert_eq!(desk.name(1, 1).as_deref(), Some("After the backup"));
        assert_eq!(desk.name(2, 2).as_deref(), Some("Made after the backup"));
    }
    assert_eq!(ann.stands(), bob.stands());
}

#[test]
fn a_stick_brings_what_the_hub_published() {
    let hub = Real::start();
    let ann = hub.desk("curator", "Ann");
    for n in 0..40 {
        ann.rename(id(n, n), "Made here");
    }
    ann.sync(&*hub.web()).unwrap();
    let stick = tempfile::tempdir().unwrap();
    let (bundle, folder) = (
        stick.path().join("a.bundle"),
        stick.path().join("published"),
    );
    told(hub.folder.path(), &["bundle", bundle.to_str().unwrap()]);
    told(hub.folder.path(), &["publish", folder.to_str().unwrap()]);
    for path in [bundle, folder] {
        let desk = Desk::new();
        let files = FileHub::open(&path).unwrap();
        let joined = desk.join_at(&files, &Address::Files(path), None).unwrap();
        joined.first.unwrap();
        assert_eq!(desk.stands(), ann.stands());
    }
}

/// Bytes of an idle sync at most, there and back together.
const IDLE: u64 = 400;

#[test]
fn an_idle_sync_takes_few_bytes() {
    let hub = Real::start();
    let desks = [hub.reader(), hub.desk("curator", "Ann")];
    for (name, desk) in ["reader", "paired"].into_iter().zip(desks) {
        // Whatever is left of the first syncs.
        desk.sync(&*hub.web()).unwrap();
        let (tap, counted) = tap(hub.address.trim_start_matches("http://"));
        desk.sync(&*web(&tap.address)).unwrap();
        let bytes = u64::MAX - counted.load(std::sync::atomic::Ordering::SeqCst);
        println!("idle sync, {name}: {bytes} bytes");
        assert!((1..=IDLE).contains(&bytes), "{name}: {bytes}");
    }
}

#[test]
fn a_connection_that_is_cut_anywhere_doubles_nothing() {
    let hub = Real::start();
    let (ann, bob) = (hub.desk("curator", "Ann"), hub.desk("curator", "Bob"));
    for (round, bytes) in (0_u8..).zip((0..4_000).step_by(173)) {
        bob.rename(id(200, round), "By Bob");
        bob.sync(&*hub.web()).unwrap();
        ann.rename(id(100, round), "By Ann");
        let cutting = cut(hub.address.trim_start_matches("http://"), bytes);
        let cut_off = ann.sync(&*web(&cutting.address)).is_err();
        assert_eq!(ann.name(100, round).as_deref(), Some("By Ann"));
        if cut_off {
            ann.sync(&*hub.web()).unwrap();
        }
        bob.sync(&*hub.web()).unwrap();
        assert_eq!(ann.stands(), bob.stands(), "{bytes}");
        let sequence = ann.store.position().unwrap().unwrap().sequence;
        assert_eq!(sequence, 2 * (u64::from(round) + 1), "{bytes}");
    }
}
