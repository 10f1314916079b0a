//! A desk to sync.

use std::cell::Cell;

use domain::change::diff;
use domain::{Act, Kind, Record, RecordId};
use store::{Deed, Op, OutboxRow, Store};
use tempfile::TempDir;
use time::OffsetDateTime;
use time::macros::datetime;

use super::played::{Played, id, service};
use crate::{
    Address, How, Hub, Joined, Joining, Journal, Keys, LocalCopy, Outcome, Progress, Stop,
    SyncError, join, sync_once,
};

pub(super) const NOON: OffsetDateTime = datetime!(2026-11-22 12:00 UTC);

pub(super) struct Desk {
    folder: TempDir,
    pub(super) store: Store,
    pub(super) now: Cell<OffsetDateTime>,
    pub(super) stop: Stop,
}

impl Desk {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap().store;
        Self {
            folder,
            store,
            now: Cell::new(NOON),
            stop: Stop::default(),
        }
    }

    /// One that joined with a code and is in step.
    pub(super) fn at(hub: &Played) -> Self {
        let desk = Self::new();
        desk.join(hub, Some("ABCD-EFGH")).unwrap().first.unwrap();
        hub.play(|_, _| super::played::Trick::Pass);
        desk
    }

    pub(super) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub(super) fn join(&self, hub: &dyn Hub, code: Option<&str>) -> Result<Joined, SyncError> {
        self.join_at(hub, &Address::read("localhost:8787")?, code)
    }

    pub(super) fn join_at(
        &self,
        hub: &dyn Hub,
        address: &Address,
        code: Option<&str>,
    ) -> Result<Joined, SyncError> {
        let joining = Joining {
            address,
            code,
            device_name: "Front desk",
        };
        self.with(false, |copy, how| {
            join(copy, hub, &joining, how, &mut |_| {})
        })
    }

    pub(super) fn sync(&self, hub: &dyn Hub) -> Result<Outcome, SyncError> {
        self.with(false, |copy, how| sync_once(copy, hub, how, &mut |_| {}))
    }

    pub(super) fn sync_deep(&self, hub: &dyn Hub) -> Result<Outcome, SyncError> {
        self.with(true, |copy, how| sync_once(copy, hub, how, &mut |_| {}))
    }

    pub(super) fn sync_watched(
        &self,
        hub: &dyn Hub,
        watch: &mut dyn FnMut(Progress),
    ) -> Result<Outcome, SyncError> {
        self.with(false, |copy, how| sync_once(copy, hub, how, watch))
    }

    /// Does something with the copy.
    pub(super) fn with<T>(
        &self,
        deep: bool,
        work: impl FnOnce(&LocalCopy<'_>, &How<'_>) -> T,
    ) -> T {
        let keys = Keys::beside(self.folder.path(), false);
        let transact = |op: Op, watch: &mut dyn FnMut(u64, u64) -> std::ops::ControlFlow<()>| {
            Ok(self.store.transact_watched(op, watch)?)
        };
        let copy = LocalCopy {
            store: &self.store,
            folder: self.folder.path(),
            transact: &transact,
        };
        let how = How {
            keys: &keys,
            now: &|| self.now.get(),
            stop: &self.stop,
            asked: true,
            deep,
        };
        work(&copy, &how)
    }

    /// Renames a service, or makes it.
    pub(super) fn rename(&self, id: RecordId, name: &str) {
        let before = self.record(id);
        let mut after = match &before {
            Some(before) => before.clone(),
            None => serde_json::from_str(&service(id, name)).unwrap(),
        };
        after.insert("name".to_owned(), name.into());
        let changes = diff(Kind::Service, before.as_ref(), &after);
        self.act(id, Act::Edit { changes });
    }

    pub(super) fn act(&self, record: RecordId, act: Act) {
        let deed = Deed {
            kind: Kind::Service,
            record,
            act,
            at: "2026-11-22T12:00:00Z".to_owned(),
            by: None,
        };
        self.store.transact(Op::Do(vec![deed])).unwrap();
    }

    fn record(&self, id: RecordId) -> Option<Record> {
        let text = self.store.body(Kind::Service, id).unwrap()?;
        Some(serde_json::from_str(&text).unwrap())
    }

    pub(super) fn name(&self, bucket: u8, n: u8) -> Option<String> {
        let record = self.record(id(bucket, n))?;
        Some(record.get("name")?.as_str()?.to_owned())
    }

    pub(super) fn journal(&self) -> Journal {
        Journal::read(&self.store).unwrap()
    }

    pub(super) fn unanswered(&self) -> Vec<OutboxRow> {
        self.store.to_send(10_000).unwrap()
    }

    /// Asserts that nothing is left beside the copy of a pull that is over.
    pub(super) fn assert_tidy(&self) {
        assert!(!self.folder.path().join("sync/packs").exists());
    }

    /// Asserts that it has what the hub published, and nothing else.
    pub(super) fn assert_agrees(&self, hub: &Played) {
        let state = hub.state();
        let position = self.store.position().unwrap().unwrap();
        let manifest = state.manifest();
        assert_eq!(
            (position.epoch, position.sequence),
            (manifest.epoch, manifest.sequence)
        );
        assert_eq!(self.store.digests().unwrap(), state.digests().buckets());
        assert_eq!(
            self.store.digests_of_bodies().unwrap(),
            state.digests().buckets()
        );
        for ((id, _), line) in &state.records {
            let text = line.body.as_ref().map(|body| body.0.get().to_owned());
            assert_eq!(self.store.body(Kind::Service, *id).unwrap(), text, "{id}");
        }
        let there = manifest.counts.values().sum::<u64>();
        assert_eq!(self.store.counts().unwrap().services as u64, there);
    }
}
