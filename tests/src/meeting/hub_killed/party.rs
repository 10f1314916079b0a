//! A hub, and desks that send to it while it is killed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use domain::{Act, Kind, Record, RecordId, Role, change};
use serde_json::json;
use store::{Deed, Op};
use wire::{Hash, Head};

use super::part::Other;
use super::whole::{self, LONG_WAIT, Past, Seen};
use crate::meeting::desk::Desk;
use crate::meeting::hub::TestHub;
use crate::meeting::log::Log;
use crate::meeting::plan::Doing;
use crate::meeting::stand::{Stand, line_to};
use crate::meeting::world;

const SERVICES: usize = 4;
/// So often all desks write and sync before a point counts as one that is not reached.
const ROUNDS: usize = 3;
/// Until there is something to tidy up.
const MANY_ROUNDS: usize = 40;
/// What is tidied away is this old.
const OLD: time::Duration = time::Duration::hours(3);
/// Letters of a text that makes its segment large.
const LONG: u32 = 15_000;

/// Who is there.
pub(super) struct Party {
    pub(super) stand: Stand,
    desks: Vec<Desk>,
    seen: Seen,
    keys: Vec<String>,
    pub(super) log: Log,
    written: u32,
}

impl Party {
    /// A hub on this store, two curators and somebody who reads.
    pub(super) fn gathered(log: Log) -> Self {
        let stand = Stand::on(log, SERVICES);
        let desks = ["one", "other"].map(|name| stand.desk(name));
        let mut desks: Vec<Desk> = desks.into();
        desks.push(stand.reader("reader"));
        let keys = stand.admin.membership().expect("joined").keys;
        Self {
            stand,
            desks,
            seen: Seen::default(),
            keys,
            log,
            written: 0,
        }
    }

    /// The hub is killed at a point while all write and send, and begins again. False: it did not come
    /// there.
    pub(super) fn survives(&mut self, point: &str) -> bool {
        if point.starts_with("publish:") {
            self.stand.hub.let_pass(OLD);
        }
        if point.starts_with("pair:") {
            return self.survives_joining(point);
        }
        let mut other = self.another_hub(point);
        self.rounds(&mut other, point);
        let killed = other.kill();
        self.stand.hub.serve();
        self.holds(point);
        killed
    }

    /// The hub is killed while somebody joins, who then asks for another code if need be.
    fn survives_joining(&mut self, point: &str) -> bool {
        let name = format!("newcomer {}", point.replace([':', '#'], " "));
        let (mut newcomer, code) = self.somebody(&name);
        let mut other = self.another_hub(point);
        self.write(false);
        drop(self.join(&mut newcomer, &code));
        self.sync();
        let killed = other.kill();
        self.stand.hub.serve();
        self.holds_with(newcomer, point);
        killed
    }

    fn join(&self, desk: &mut Desk, code: &str) -> Result<(), String> {
        let (address, now) = (self.stand.hub.address(), self.stand.hub.now());
        desk.join(&*line_to(&address), &address, Some(code), now)
            .map(drop)
    }

    fn another_hub(&mut self, point: &str) -> Other {
        if point.starts_with("shelf:") {
            // It is filled anew by whoever misses it.
            self.stand.hub.stop();
            let shelf = self.stand.hub.folder.join("api.sqlite3");
            drop(std::fs::remove_file(shelf));
        }
        Other::serving(&mut self.stand.hub, Some(point))
    }

    /// Somebody new, with a code.
    pub(super) fn somebody(&self, name: &str) -> (Desk, String) {
        let code = self.stand.code(Role::Curator, name);
        (self.stand.fresh(name), code)
    }

    /// Everything holds with somebody who wanted to join, and asks for another code if need be.
    pub(super) fn holds_with(&mut self, mut newcomer: Desk, when: &str) {
        if newcomer.membership().is_none_or(|it| it.device.is_none()) {
            let name = newcomer.folder.file_name().expect("a name");
            let code = self.stand.code(Role::Curator, &name.to_string_lossy());
            self.join(&mut newcomer, &code).expect("joined");
        }
        self.desks.push(newcomer);
        self.holds(when);
        self.bids_farewell();
    }

    /// All write and sync, again and again until the hub is gone.
    fn rounds(&mut self, other: &mut Other, point: &str) {
        let tidies = point.starts_with("compact:");
        for _ in 0..if tidies { MANY_ROUNDS } else { ROUNDS } {
            if other.is_over() {
                return;
            }
            self.write(tidies);
            self.sync();
        }
    }

    /// Every curator writes something that meets what others write.
    pub(super) fn write(&mut self, at_length: bool) {
        let now = self.stand.hub.now();
        self.written += 1;
        let of = u8::try_from(self.written % 4).expect("small");
        for (number, desk) in (1_u8..).zip(self.desks.iter_mut().take(2)) {
            let other = (of + number) % 4;
            for doing in [
                Doing::Edit(of, vec![(1, 2), (9, number)]),
                Doing::Edit(other, vec![(2, 2), (5, number)]),
                Doing::Flag(of),
                Doing::Check(other, number),
            ] {
                desk.work(&doing, now);
            }
            if at_length {
                long_text(desk, other, (self.written, number));
            }
        }
    }

    /// All sync at once, as far as they get.
    pub(super) fn sync(&mut self) {
        let now = self.stand.hub.now();
        let address = self.stand.hub.address();
        std::thread::scope(|scope| {
            for desk in &mut self.desks {
                let address = &address;
                scope.spawn(move || drop(desk.sync(&*line_to(address), now)));
            }
        });
        let _nobody_answers = self.seen.look(&*line_to(&address), &self.keys);
    }

    /// The head that this party's hub shows.
    pub(super) fn look(&self) -> Head {
        self.look_at(&self.stand.hub)
    }

    /// The head that a hub shows which has the same keys.
    pub(super) fn look_at(&self, hub: &TestHub) -> Head {
        let head = Seen::default().look(&*hub.connect(), &self.keys);
        head.expect("a head")
    }

    /// Waits until these records are published: another program may have written them.
    pub(super) fn waits_for(&self, records: &[RecordId]) {
        let line = self.stand.hub.connect();
        let long = Instant::now() + LONG_WAIT;
        let is_there = |known: &BTreeMap<_, _>| {
            let known: BTreeSet<RecordId> = known.keys().map(|(_kind, id)| *id).collect();
            records.iter().all(|id| known.contains(id))
        };
        while !is_there(&whole::published(&*line, &self.look(), &self.seen)) {
            assert!(Instant::now() < long, "{records:?} are not published");
        }
    }

    /// What became of each record that is published.
    pub(super) fn past(&self) -> Past {
        let line = self.stand.hub.connect();
        let records = whole::published(&*line, &self.look(), &self.seen);
        whole::past(&self.stand, &records)
    }

    /// Somebody joins, and stays a while.
    pub(super) fn welcomes(&mut self, name: &str, code: &str) {
        let mut newcomer = self.stand.fresh(name);
        self.join(&mut newcomer, code).expect("joined");
        self.desks.push(newcomer);
    }

    /// Who came last goes.
    pub(super) fn bids_farewell(&mut self) {
        if let Some(newcomer) = self.desks.pop() {
            self.stand.forget(newcomer);
        }
    }

    /// Everything holds, once the hub serves.
    pub(super) fn holds(&mut self, when: &str) {
        whole::hub(&mut self.stand, &mut self.desks, &mut self.seen, when);
    }
}

/// A text that hardly packs, in place of a description.
fn long_text(desk: &mut Desk, service: u8, seed: (u32, u8)) {
    let id = world::service(usize::from(service), "").0;
    let body = desk.store().body(Kind::Service, id).expect("a body");
    let before: Record = serde_json::from_str(&body.expect("a service")).expect("JSON");
    let mut after = before.clone();
    let text: String = (0..LONG / 64)
        .map(|part| Hash::of(format!("{seed:?} {part}").as_bytes()).to_string())
        .collect();
    after.insert("description".to_owned(), json!(text));
    let deed = Deed {
        kind: Kind::Service,
        record: id,
        act: Act::Edit {
            changes: change::diff(Kind::Service, Some(&before), &after),
        },
        at: crate::meeting::hub::BEGINNING.to_owned(),
        by: None,
    };
    desk.store().transact(Op::Do(vec![deed])).expect("done");
    desk.learn_words();
}
