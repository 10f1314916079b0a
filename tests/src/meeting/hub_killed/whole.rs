//! What must hold of a hub that was killed and serves again: what it answered is there, each thing
//! once; its sequence has no gap; what it publishes is whole; all desks agree with one that is new.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::time::Instant;

use domain::{Act, FieldChange, Kind, RecordId, ValueChange, Verdict};
use serde_json::{Value, json};
use store::{ItemFilter, OutboxRow};
use sync::{AskHead, Hub, Published};
use time::Duration;
use wire::{Digests, Hash, Head, Line, Manifest, PastChange, SignedHead, digest, pack};

use crate::meeting::desk::Desk;
use crate::meeting::hold;
use crate::meeting::stand::Stand;

/// What takes longer does not come.
pub(super) const LONG_WAIT: std::time::Duration = std::time::Duration::from_secs(60);

type Key = (Kind, RecordId);

/// The accepted changes of each record.
pub(super) type Past = BTreeMap<Key, Vec<PastChange>>;

/// Heads as a reader sees them, over every end of the hub.
#[derive(Default)]
pub(super) struct Seen {
    roots: BTreeMap<(u64, u64), Hash>,
}

impl Seen {
    /// Looks at the head: it does not go back, and a sequence has one root for ever. None: nobody
    /// answers.
    pub(super) fn look(&mut self, line: &dyn Hub, keys: &[String]) -> Option<Head> {
        let head = line.head(&AskHead::default()).ok()??;
        let head = SignedHead::read(&head.bytes).expect("a head");
        let head = head.verify(keys).expect("signed by the hub");
        let stands = (head.epoch, head.sequence);
        if let Some((latest, _root)) = self.roots.last_key_value() {
            assert!(stands >= *latest, "from {latest:?} to {stands:?} (I4)");
        }
        let known = self.roots.insert(stands, head.root);
        assert!(
            known.is_none_or(|known| known == head.root),
            "two roots at {stands:?} (I4)"
        );
        Some(head)
    }

    /// What a manifest says of former roots is what was seen.
    fn agrees(&self, manifest: &Manifest) {
        for (sequence, root) in &manifest.roots {
            let seen = self.roots.get(&(manifest.epoch, *sequence));
            assert!(seen.is_none_or(|seen| seen == root), "at {sequence} (I4)");
        }
    }
}

/// All of it, with these desks beside the administrator's.
pub(super) fn hub(stand: &mut Stand, desks: &mut [Desk], seen: &mut Seen, when: &str) {
    // By its clock nobody asks too often.
    stand.hub.let_pass(Duration::minutes(2));
    let keys = stand.admin.membership().expect("joined").keys;
    for desk in &mut *desks {
        hold::desk(desk, stand.hub.now(), when);
    }
    everything_is_published(stand, desks, (seen, &keys));
    for desk in &mut *desks {
        stand.agrees(desk);
        hold::desk(desk, stand.hub.now(), when);
    }
    newcomer_agrees(stand, when);
    let line = stand.hub.connect();
    let head = seen.look(&*line, &keys).expect("it serves");
    let records = published(&*line, &head, seen);
    let past = past(stand, &records);
    without_a_gap(&past, &head, when);
    let ledger = Ledger::of(past, &stand.admin);
    for desk in desks.iter().chain([&stand.admin]) {
        ledger.has(desk, when);
        if let Some(account) = desk.membership().and_then(|it| it.account) {
            hold::flags_arrived_once(stand, desk, &account.name);
        }
    }
}

/// Waits until whatever was sent is decided, by the desks' own syncs, and published: what one desk
/// sent before the hub ended may come after another one has synced.
fn everything_is_published(
    stand: &Stand,
    desks: &mut [Desk],
    (seen, keys): (&mut Seen, &[String]),
) {
    let line = stand.hub.connect();
    let mut last = None;
    for desk in desks {
        desk.sync(&*line, stand.hub.now()).expect("in step");
        let given = hold::rows(desk).into_iter().filter_map(|row| row.verdict);
        let given = given.filter_map(|verdict| match verdict {
            Verdict::Applied { sequence }
            | Verdict::Merged { sequence }
            | Verdict::Conflict { sequence, .. } => sequence,
            Verdict::Queued { .. } | Verdict::Refused { .. } | Verdict::NotUnderstood => None,
        });
        last = last.max(given.max());
    }
    let long = Instant::now() + LONG_WAIT;
    while seen.look(&*line, keys).map(|head| head.sequence) < last {
        assert!(Instant::now() < long, "{last:?} is not published");
    }
}

/// A desk that fetches everything now has what the administrator's has.
fn newcomer_agrees(stand: &Stand, when: &str) {
    let newcomer = stand.reader("a newcomer who reads");
    let [new, old] = [&newcomer, &stand.admin].map(|desk| {
        let position = desk.store().position().expect("a position");
        let position = position.expect("it stands somewhere");
        let bodies = desk.store().digests_of_bodies().expect("digests");
        (position.epoch, position.sequence, position.root, bodies)
    });
    assert!(new == old, "{when}: a newcomer has something else (I3)");
    stand.forget(newcomer);
}

/// Everything published is there, adds up and verifies. The records, and their versions.
pub(super) fn published(line: &dyn Hub, head: &Head, seen: &Seen) -> BTreeMap<Key, u64> {
    let manifest = line.published(Published::Manifest(head.manifest));
    let manifest = manifest.expect("the head's manifest");
    assert_eq!(Hash::of(&manifest), head.manifest);
    let manifest = Manifest::read(&manifest).expect("a manifest that adds up");
    assert_eq!(
        (manifest.epoch, manifest.sequence),
        (head.epoch, head.sequence)
    );
    seen.agrees(&manifest);
    let segments = manifest.segments.iter().map(|one| &one.packs);
    let mut records: BTreeMap<(String, RecordId), Line> = BTreeMap::new();
    for named in [&manifest.snapshot].into_iter().chain(segments).flatten() {
        let bytes = line.published(Published::Pack(named.hash)).expect("a pack");
        assert_eq!(Hash::of(&bytes), named.hash);
        for line in pack::read(&bytes).expect("a pack") {
            let line = line.expect("a line");
            assert!(line.version <= head.sequence, "{line:?}");
            let key = (line.kind.clone(), line.id);
            // A snapshot may be newer than the segments beside it.
            if records.get(&key).is_none_or(|at| at.version < line.version) {
                records.insert(key, line);
            }
        }
    }
    let mut digests = Digests::default();
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    records.retain(|_key, line| line.body.is_some());
    for line in records.values() {
        let body = line.body.as_ref().map_or("", |body| body.0.get());
        digests.add(
            &line.id,
            digest::of(&line.kind, &line.id, line.version, body),
        );
        *counts.entry(line.kind.clone()).or_default() += 1;
    }
    assert_eq!(digests.to_hex(), manifest.digests, "what is published");
    let said = manifest.counts.iter().filter(|(_, many)| **many > 0);
    assert!(counts.iter().eq(said), "{counts:?}");
    let known =
        |((kind, id), line): (&(String, RecordId), &Line)| ((Kind::named(kind), *id), line.version);
    let known = records.iter().map(known);
    known
        .map(|((kind, id), version)| ((kind.expect("a kind"), id), version))
        .collect()
}

/// What became of each record over time; the last of it is what is published.
pub(super) fn past(stand: &Stand, records: &BTreeMap<Key, u64>) -> Past {
    let line = stand.hub.connect();
    let one = |(&key, &version): (&Key, &u64)| {
        let past = stand.admin.hub_history(&*line, key, stand.hub.now());
        let latest = past.iter().map(|change| change.sequence).max();
        assert_eq!(latest, Some(version), "{key:?}");
        (key, past)
    };
    records.iter().map(one).collect()
}

/// Each sequence was given once, to one change.
fn without_a_gap(past: &Past, head: &Head, when: &str) {
    let given = past.values().flatten().map(|change| change.sequence);
    let mut given: Vec<u64> = given.collect();
    given.sort_unstable();
    let all: Vec<u64> = (1..=head.sequence).collect();
    assert_eq!(given, all, "{when}: sequences (I2, I4)");
}

/// What the hub has, arranged to be looked up.
struct Ledger {
    sequences: BTreeMap<Key, BTreeSet<u64>>,
    /// Descriptions that were once written into a record, and how often.
    words: HashMap<String, usize>,
    items: HashSet<RecordId>,
    /// Whatever stands in an item.
    waiting: HashSet<String>,
}

impl Ledger {
    fn of(past: Past, admin: &Desk) -> Self {
        let mut words: HashMap<String, usize> = HashMap::new();
        let mut sequences: BTreeMap<Key, BTreeSet<u64>> = BTreeMap::new();
        for (key, changes) in past {
            let given = changes.iter().map(|change| change.sequence);
            sequences.insert(key, given.collect());
            for word in changes.iter().filter_map(|one| description(&one.changes)) {
                *words.entry(word.to_owned()).or_default() += 1;
            }
        }
        let items = admin.store().items(&ItemFilter::default()).expect("items");
        let mut waiting = HashSet::new();
        for item in &items {
            strings(json!(item), &mut waiting);
        }
        let items = items.into_iter().map(|item| item.id).collect();
        Self {
            sequences,
            words,
            items,
            waiting,
        }
    }

    /// What a desk was answered is so, and none of its words is there twice (I1, I2).
    fn has(&self, desk: &Desk, when: &str) {
        let mut taken = BTreeSet::new();
        for row in hold::rows(desk) {
            let key = (row.deed.kind, row.deed.record);
            let (sequence, item, applied) = became(&row, when);
            if let Some(sequence) = sequence {
                let there = self.sequences[&key].contains(&sequence);
                assert!(there, "{when}: {row:?} is not in the record's past (I1)");
                assert!(taken.insert(sequence), "{when}: {row:?} is another's (I2)");
            }
            let waits = item.is_none_or(|item| self.items.contains(&item));
            assert!(waits, "{when}: {row:?} waits nowhere (I1)");
            let Act::Edit { changes } = &row.deed.act else {
                continue;
            };
            if let Some(word) = description(changes) {
                let many = self.words.get(word).copied().unwrap_or_default();
                assert_eq!(many, usize::from(applied), "{when}: {row:?} (I1, I2)");
                let kept = applied || self.waiting.contains(word);
                assert!(kept, "{when}: {row:?} (I1)");
            }
        }
    }
}

/// The sequence that a row was given, the item that it became, and whether all of it was applied.
fn became(row: &OutboxRow, when: &str) -> (Option<u64>, Option<RecordId>, bool) {
    match row.verdict {
        Some(Verdict::Applied { sequence } | Verdict::Merged { sequence }) => {
            (sequence, None, true)
        }
        Some(Verdict::Conflict { sequence, item, .. }) => (sequence, Some(item), false),
        Some(Verdict::Queued { item }) => (None, Some(item), false),
        Some(Verdict::Refused { .. } | Verdict::NotUnderstood) | None => {
            panic!("{when}: it was not taken: {row:?}")
        }
    }
}

fn strings(value: Value, found: &mut HashSet<String>) {
    match value {
        Value::String(text) => drop(found.insert(text)),
        Value::Array(all) => all.into_iter().for_each(|one| strings(one, found)),
        Value::Object(all) => all.into_iter().for_each(|(_, one)| strings(one, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What an edit makes of the description: words that nobody else writes.
fn description(changes: &[FieldChange]) -> Option<&str> {
    let mut changes = changes.iter();
    let of = changes.find(|change| change.field.as_str() == "description")?;
    match &of.what {
        ValueChange::Value { new, .. } => new.as_ref()?.as_str(),
        ValueChange::Set { .. } => None,
    }
}
