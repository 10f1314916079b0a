//! A hub without a server: its log, its sequencer, a clock that goes when it is told to; desks that
//! push; a reader that keeps a copy.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::{
    Account, Act, Check, FieldChange, FieldName, Item, Kind, Record, RecordId, Resolution, Role,
    ValueChange, Verdict,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use wire::{Digests, Hash, Line, Operation, Told};

use crate::clock::{self, Clock};
use crate::log::{AccountRow, Incoming, Log, NewDevice, Pairing, StaffWhat, TakenIn, Visitor};
use crate::pairing::new_id;
use crate::publish::Publisher;
use crate::sequencer::Sequencer;

pub(super) const SALFORD: &str = "E08000006";
pub(super) const BOLTON: &str = "E08000001";
/// A Sunday morning.
pub(super) const START: u64 = 1_795_334_400;

/// A hub of one store.
pub(super) struct World {
    pub(super) log: Arc<dyn Log>,
    pub(super) sequencer: Sequencer,
    pub(super) publisher: Publisher,
    pub(super) folder: TempDir,
    now: Arc<AtomicU64>,
}

/// A device of an account.
pub(super) struct Desk {
    pub(super) visitor: Visitor,
    pub(super) next: u64,
}

impl World {
    pub(super) async fn on(log: Arc<dyn Log>, folder: TempDir) -> Self {
        let now = Arc::new(AtomicU64::new(START));
        let told = Arc::clone(&now);
        let clock: Clock = Arc::new(move || told.load(Ordering::Relaxed));
        let sequencer = Sequencer::new(Arc::new(crate::areas::built_in()));
        Self {
            publisher: Publisher::new(Arc::clone(&log), clock).await.unwrap(),
            log,
            sequencer,
            folder,
            now,
        }
    }

    pub(super) fn now(&self) -> u64 {
        self.now.load(Ordering::Relaxed)
    }

    pub(super) fn pass(&self, seconds: u64) {
        self.now.fetch_add(seconds, Ordering::Relaxed);
    }

    pub(super) async fn account(&self, name: &str, role: Role, boroughs: &[&str]) -> AccountRow {
        let row = AccountRow {
            id: new_id().unwrap(),
            account: Account {
                name: name.to_owned(),
                role,
                boroughs: boroughs.iter().map(|&code| code.to_owned()).collect(),
            },
            closed: false,
            made_at: self.now(),
        };
        self.log.put_account(row.clone()).await.unwrap();
        row
    }

    /// A device of a new account.
    pub(super) async fn desk(&self, name: &str, role: Role, boroughs: &[&str]) -> Desk {
        let account = self.account(name, role, boroughs).await;
        self.desk_of(&account).await
    }

    pub(super) async fn desk_of(&self, account: &AccountRow) -> Desk {
        let (pairing, code) = Pairing::new(account.id, self.now()).unwrap();
        assert!(self.log.open_pairing(pairing, self.now()).await.unwrap());
        let device = NewDevice {
            id: new_id().unwrap(),
            name: "a desk".to_owned(),
            key_hash: Hash::of(b"key"),
        };
        let visitor = self.log.pair(code, device, self.now()).await.unwrap();
        Desk {
            visitor: visitor.unwrap(),
            next: 1,
        }
    }

    pub(super) async fn curator(&self, name: &str) -> Desk {
        self.desk(name, Role::Curator, &[]).await
    }

    /// An operation as a desk makes it.
    pub(super) fn operation(
        &self,
        desk: &mut Desk,
        about: (Kind, RecordId),
        base: u64,
        act: Act,
    ) -> Operation {
        let sequence = desk.next;
        desk.next += 1;
        Operation {
            id: Some(RecordId::named(&format!(
                "{} of {}",
                sequence, desk.visitor.device.id
            ))),
            device: desk.visitor.device.id,
            sequence,
            at: clock::text(self.now()),
            kind: about.0,
            record: about.1,
            base,
            act,
            before_joining: false,
        }
    }

    pub(super) async fn take_in(&self, desk: &Desk, operations: &[Operation]) -> TakenIn {
        let incoming = |operation: &Operation| {
            let text = serde_json::to_string(operation).unwrap();
            Incoming::new(operation.sequence, &text, None)
        };
        let incoming = operations.iter().map(incoming).collect();
        self.log
            .take_in(desk.visitor.device.id, incoming, self.now())
            .await
            .unwrap()
    }

    pub(super) async fn turn(&self) {
        while self
            .log
            .turn(&self.sequencer, self.now())
            .await
            .unwrap()
            .decided
            > 0
        {}
    }

    pub(super) async fn verdict(&self, desk: &Desk, sequence: u64) -> Verdict {
        let device = desk.visitor.device.id;
        let mut found = self
            .log
            .verdicts(device, sequence..=sequence)
            .await
            .unwrap();
        found.remove(0).verdict
    }

    /// Does one thing and gives the verdict.
    pub(super) async fn act(
        &self,
        desk: &mut Desk,
        about: (Kind, RecordId),
        base: u64,
        act: Act,
    ) -> Verdict {
        let operation = self.operation(desk, about, base, act);
        self.take_in(desk, std::slice::from_ref(&operation)).await;
        self.turn().await;
        self.verdict(desk, operation.sequence).await
    }

    /// A new service, made by somebody who may, that covers these boroughs.
    pub(super) async fn service(
        &self,
        desk: &mut Desk,
        name: &str,
        boroughs: &[&str],
    ) -> (Kind, RecordId) {
        let about = (Kind::Service, RecordId::named(name));
        let areas: Vec<Value> = boroughs
            .iter()
            .map(|code| json!({"id": format!("{name}/{code}"), "extent": code}))
            .collect();
        let mut changes = vec![
            field("name", None, Some(json!(name))),
            field("status", None, Some(json!("active"))),
        ];
        if !areas.is_empty() {
            changes.push(FieldChange {
                field: FieldName::new("service_areas"),
                what: ValueChange::Set {
                    added: areas,
                    removed: Vec::new(),
                },
            });
        }
        let made = self.act(desk, about, 0, Act::Edit { changes }).await;
        assert!(
            matches!(made, Verdict::Applied { sequence: Some(_) }),
            "{made:?}"
        );
        about
    }

    pub(super) async fn record(&self, about: (Kind, RecordId)) -> Record {
        self.log
            .record(about.0, about.1)
            .await
            .unwrap()
            .unwrap()
            .body
    }

    pub(super) async fn version(&self, about: (Kind, RecordId)) -> u64 {
        self.log
            .record(about.0, about.1)
            .await
            .unwrap()
            .unwrap()
            .version
    }

    /// All items, by their place in the stream.
    pub(super) async fn items(&self) -> Vec<Item> {
        let rows = self.log.staff(0, 1000).await.unwrap();
        let items = rows.into_iter().filter_map(|row| match row.what {
            StaffWhat::Item { item, .. } => Some(*item),
            StaffWhat::Private { .. } => None,
        });
        items.collect()
    }

    pub(super) async fn item(&self, id: RecordId) -> Item {
        self.items()
            .await
            .into_iter()
            .find(|item| item.id == id)
            .unwrap()
    }

    /// What an account is told after a cursor, and the cursor then.
    pub(super) async fn told(&self, desk: &Desk, after: u64) -> (Vec<Told>, u64) {
        let rows = self.log.staff(after, 1000).await.unwrap();
        let cursor = rows.last().map_or(after, |row| row.cursor);
        let account = self
            .log
            .visitor(desk.visitor.device.id)
            .await
            .unwrap()
            .unwrap()
            .account;
        let mut all = Vec::new();
        for row in rows {
            all.extend(
                crate::router::told(&*self.log, &account, row, after)
                    .await
                    .unwrap(),
            );
        }
        (all, cursor)
    }
}

/// A field that becomes another.
pub(super) fn field(name: &str, old: Option<Value>, new: Option<Value>) -> FieldChange {
    FieldChange {
        field: FieldName::new(name),
        what: ValueChange::Value { old, new },
    }
}

/// An edit of one field.
pub(super) fn edit(name: &str, old: Value, new: Value) -> Act {
    let some = |value: Value| (!value.is_null()).then_some(value);
    Act::Edit {
        changes: vec![field(name, some(old), some(new))],
    }
}

/// A check of a whole entry on a day.
pub(super) fn checked(day: &str) -> Act {
    Act::Check {
        check: Check {
            of: None,
            when: day.parse().unwrap(),
            how: None,
            by: None,
            rest: Record::new(),
        },
    }
}

pub(super) fn accept(item: RecordId, changes: Vec<FieldChange>) -> Act {
    let resolution = Resolution::Accept {
        changes,
        left: Vec::new(),
        note: None,
    };
    Act::Resolve { item, resolution }
}

pub(super) fn decline(item: RecordId, reason: &str) -> Act {
    let reason = reason.to_owned();
    let resolution = Resolution::Decline { reason };
    Act::Resolve { item, resolution }
}

/// The item of a verdict.
pub(super) fn queued(verdict: &Verdict) -> RecordId {
    match verdict {
        Verdict::Queued { item } | Verdict::Conflict { item, .. } => *item,
        Verdict::Applied { .. }
        | Verdict::Merged { .. }
        | Verdict::Refused { .. }
        | Verdict::NotUnderstood => {
            panic!("it does not wait: {verdict:?}")
        }
    }
}

/// A copy that is kept in step by what is published.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Copy {
    pub(super) position: Option<u64>,
    pub(super) records: BTreeMap<(String, RecordId), (u64, String)>,
}

impl Copy {
    /// Takes what is published now, sometimes.
    pub(super) async fn pull_if(&mut self, now: bool, log: &dyn Log) {
        if now {
            self.pull(log).await;
        }
    }

    /// Takes what is published now. True: everything was fetched, from the snapshot on.
    pub(super) async fn pull(&mut self, log: &dyn Log) -> bool {
        let latest = log.publication().await.unwrap().unwrap();
        let manifest = latest.read_manifest().unwrap();
        manifest.check().unwrap();
        let needed = manifest.needed(self.position);
        let mut lines: BTreeMap<(String, RecordId), Line> = BTreeMap::new();
        for pack in &needed.packs {
            let bytes = log.pack(pack.hash).await.unwrap().unwrap();
            assert_eq!(Hash::of(&bytes), pack.hash);
            let read = wire::pack::read(&bytes).unwrap().map(Result::unwrap);
            let newer = |line: &Line| {
                let there = lines.get(&(line.kind.clone(), line.id));
                there.is_none_or(|there| there.version <= line.version)
            };
            let newer: Vec<Line> = read.filter(newer).collect();
            lines.extend(
                newer
                    .into_iter()
                    .map(|line| ((line.kind.clone(), line.id), line)),
            );
        }
        if needed.whole {
            self.records.clear();
        }
        for (key, line) in lines {
            match line.body {
                Some(body) => self
                    .records
                    .insert(key, (line.version, body.0.get().to_owned())),
                None => self.records.remove(&key),
            };
        }
        self.position = Some(manifest.sequence);
        let mut digests = Digests::default();
        for ((kind, id), (version, body)) in &self.records {
            digests.add(id, wire::digest::of(kind, id, *version, body));
        }
        assert_eq!(
            digests.to_hex(),
            manifest.digests,
            "the copy and the hub have different records"
        );
        needed.whole
    }
}
