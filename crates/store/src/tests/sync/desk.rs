//! A desk to try things on, and what a hub would send it.

use std::io;
use std::sync::Arc;

use domain::change::diff;
use domain::{Account, Act, FieldChange, FieldName, Record, RecordId, Role, ValueChange};
use serde_json::{Value, json};

use super::super::samples::service_id;
use crate::{
    Adopt, Answers, Deed, Done, Incident, Kind, Lines, Membership, Op, Position, PublishedLine,
    Scope, Store, StoreError,
};

pub(super) const NOON: &str = "2026-11-22T12:00:00Z";

#[derive(Debug)]
pub(super) struct Given(pub(super) Vec<PublishedLine>);

impl Lines for Given {
    fn total(&self) -> u64 {
        self.0.len() as u64
    }

    fn read(&self) -> io::Result<Box<dyn Iterator<Item = io::Result<PublishedLine>> + '_>> {
        Ok(Box::new(self.0.iter().cloned().map(Ok)))
    }
}

pub(super) fn hub() -> RecordId {
    RecordId::named("hub")
}

pub(super) fn device() -> RecordId {
    RecordId::named("device")
}

pub(super) fn membership() -> Membership {
    Membership {
        hub: hub(),
        name: "The hub".to_owned(),
        address: "http://localhost".to_owned(),
        keys: vec!["00".repeat(32)],
        device: Some(device()),
        device_name: Some("Front desk".to_owned()),
        account: Some(Account {
            name: "Salford desk".to_owned(),
            role: Role::Curator,
            boroughs: Vec::new(),
        }),
        joined_at: NOON.to_owned(),
        rest: domain::Rest::new(),
    }
}

pub(super) fn at(sequence: u64) -> Position {
    Position {
        hub: hub(),
        epoch: 1,
        sequence,
        root: [7; 32],
        manifest: [8; 32],
    }
}

/// A service as a hub writes it: other spacing than ours.
pub(super) fn text(n: usize, name: &str) -> String {
    format!(
        r#"{{ "name": "{name}", "id": "{}", "status": "active", "from_the_future": [1.50] }}"#,
        service_id(n)
    )
}

pub(super) fn line(n: usize, version: u64, body: Option<&str>) -> PublishedLine {
    PublishedLine {
        kind: "service".to_owned(),
        id: service_id(n),
        version,
        at: 1_795_348_800,
        body: body.map(Into::into),
    }
}

pub(super) fn adopt(sequence: u64, scope: Scope, lines: Vec<PublishedLine>) -> Op {
    Op::Adopt(Box::new(Adopt {
        position: at(sequence),
        scope,
        lines: Arc::new(Given(lines)),
    }))
}

pub(super) fn set(field: &str, old: Option<Value>, new: Option<Value>) -> FieldChange {
    FieldChange {
        field: FieldName::new(field),
        what: ValueChange::Value { old, new },
    }
}

pub(super) fn rename(n: usize, old: &str, new: &str) -> Deed {
    deed(
        n,
        Act::Edit {
            changes: vec![set("name", Some(json!(old)), Some(json!(new)))],
        },
    )
}

pub(super) fn create(n: usize, name: &str) -> Deed {
    let record: Record = serde_json::from_str(&text(n, name)).unwrap();
    let changes = diff(Kind::Service, None, &record);
    deed(n, Act::Edit { changes })
}

pub(super) fn deed(n: usize, act: Act) -> Deed {
    Deed {
        kind: Kind::Service,
        record: service_id(n),
        act,
        at: NOON.to_owned(),
        by: Some("Ann".to_owned()),
    }
}

pub(super) struct Desk {
    folder: tempfile::TempDir,
    pub(super) store: Store,
}

impl Desk {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap().store;
        Self { folder, store }
    }

    /// One that joined a hub, and has these services from it at sequence 10.
    pub(super) fn joined(services: usize) -> Self {
        let desk = Self::new();
        desk.done(Op::Join(Box::new(membership())));
        let lines = (0..services).map(|n| line(n, 1 + n as u64, Some(&text(n, &format!("S{n}")))));
        desk.done(adopt(10, Scope::Whole, lines.collect()));
        desk
    }

    pub(super) fn done(&self, op: Op) -> Done {
        self.store.transact(op).unwrap()
    }

    pub(super) fn refused(&self, op: Op) -> StoreError {
        self.store.transact(op).unwrap_err()
    }

    pub(super) fn act(&self, deed: Deed) -> i64 {
        self.done(Op::Do(vec![deed])).outbox[0]
    }

    pub(super) fn send(&self) -> Vec<u64> {
        self.done(Op::Number { most: 500 });
        let rows = self.store.to_send(500).unwrap();
        rows.into_iter().map(|row| row.sequence.unwrap()).collect()
    }

    pub(super) fn answer(&self, verdicts: Vec<(u64, domain::Verdict)>) -> Done {
        self.done(Op::Answered(Box::new(Answers {
            device: device(),
            last: verdicts.iter().map(|(n, _)| *n).max().unwrap_or_default(),
            verdicts,
            account: None,
            at: NOON.to_owned(),
        })))
    }

    pub(super) fn name(&self, n: usize) -> Option<String> {
        let entry = self.store.entry(service_id(n)).unwrap();
        entry.map(|entry| entry.service.name)
    }

    pub(super) fn body(&self, n: usize) -> Option<String> {
        self.store.body(Kind::Service, service_id(n)).unwrap()
    }

    pub(super) fn published(&self, n: usize) -> Option<(u64, Option<String>)> {
        let found = self.store.published("service", service_id(n)).unwrap();
        found.map(|one| (one.version, one.body))
    }

    /// The same after the program ended and was started again.
    pub(super) fn reopened(self) -> Self {
        let (desk, incidents) = self.reopened_after(|| ());
        assert!(incidents.is_empty());
        desk
    }

    /// The same after the program ended and this happened.
    pub(super) fn reopened_after(self, happens: impl FnOnce()) -> (Self, Vec<Incident>) {
        let Self { folder, store } = self;
        drop(store);
        happens();
        let opened = Store::open(folder.path()).unwrap();
        let (store, incidents) = (opened.store, opened.incidents);
        (Self { folder, store }, incidents)
    }

    pub(super) fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("directory.sqlite3")
    }

    /// Writes behind the store's back, about service 1.
    pub(super) fn store_raw(&self, sql: &str, body: &str) {
        let conn = rusqlite::Connection::open(self.path()).unwrap();
        let id = service_id(1);
        conn.execute(sql, rusqlite::params![body, id.as_bytes()])
            .unwrap();
    }
}
