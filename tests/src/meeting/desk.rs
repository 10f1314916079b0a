//! A desk: a real local copy and the real engine that syncs it, with somebody who writes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use domain::{
    Account, Act, Check, CheckHow, FieldChange, Kind, Record, RecordId, Resolution, Rest, change,
};
use serde_json::{Value, json};
use store::{Deed, Draft, ItemFilter, Membership, Op, OutboxState, Store};
use sync::{Address, How, Hub, Joining, Keys, LocalCopy, Outcome, Remark, Stop, SyncError};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::plan::{Doing, Post};
use super::world;

/// A desk.
pub(crate) struct Desk {
    pub(crate) folder: PathBuf,
    pub(crate) post: Post,
    /// Another desk has, or had, the same disk.
    pub(crate) copied: bool,
    /// By how much its clock is wrong.
    pub(crate) off: time::Duration,
    /// By how much it was wrong at most.
    pub(crate) once_off: time::Duration,
    store: Option<Store>,
    /// Everything that was done here: rows of the outbox, without what stood there before.
    pub(crate) words: BTreeMap<i64, Value>,
    /// What was done here had something in it that is for staff, if long ago.
    pub(crate) confided: bool,
    pub(crate) drafts: BTreeMap<String, Value>,
    /// Where it stood at last.
    pub(crate) stood: (u64, u64),
    written: u32,
}

impl Desk {
    pub(crate) fn at(folder: PathBuf, post: Post) -> Self {
        std::fs::create_dir_all(&folder).expect("a folder");
        let store = Some(open(&folder));
        Self {
            folder,
            post,
            copied: false,
            off: time::Duration::ZERO,
            once_off: time::Duration::ZERO,
            store,
            words: BTreeMap::new(),
            confided: false,
            drafts: BTreeMap::new(),
            stood: (0, 0),
            written: 0,
        }
    }

    pub(crate) fn store(&self) -> &Store {
        self.store.as_ref().expect("an open store")
    }

    /// Its clock is wrong by so much.
    pub(crate) fn set_clock(&mut self, off: time::Duration) {
        self.once_off = self.once_off.max(off.abs());
        self.off = off;
    }

    /// Its program ends.
    pub(crate) fn close(&mut self) {
        self.store = None;
    }

    /// What another program wrote at this desk counts as well.
    pub(crate) fn learn_words(&mut self) {
        for row in super::hold::rows(self) {
            let said = said(&row.deed);
            self.confided |= said.to_string().contains(world::SECRET);
            self.words.entry(row.row).or_insert(said);
        }
    }

    /// Its program ends and begins again.
    pub(crate) fn reopen(&mut self) {
        self.store = None;
        self.store = Some(open(&self.folder));
    }

    /// Another desk with the same disk.
    pub(crate) fn cloned_to(&self, folder: PathBuf) -> Self {
        // SQLite's files can be copied while nobody writes.
        copy_folder(&self.folder, &folder);
        let mut clone = Self::at(folder, self.post);
        clone.copied = true;
        (clone.off, clone.once_off) = (self.off, self.once_off);
        clone.words.clone_from(&self.words);
        clone.drafts.clone_from(&self.drafts);
        clone.stood = self.stood;
        clone.written = self.written + 1_000;
        clone
    }

    pub(crate) fn membership(&self) -> Option<Membership> {
        self.store().membership().expect("a membership")
    }

    /// Joins with a code, or again with another one; without one it only reads.
    pub(crate) fn join(
        &mut self,
        hub: &dyn Hub,
        address: &Address,
        code: Option<&str>,
        now: OffsetDateTime,
    ) -> Result<Account, String> {
        let joining = Joining {
            address,
            code,
            device_name: "a desk",
        };
        let joined = self.sync_by(now, |copy, how| {
            sync::join(copy, hub, &joining, how, &mut |_| {})
        });
        let joined = joined.map_err(|error| error.to_string())?;
        joined
            .first
            .map_err(|error| format!("joined, then {error}"))?;
        joined.account.ok_or("no account".to_owned())
    }

    /// Syncs once.
    pub(crate) fn sync(
        &mut self,
        hub: &dyn Hub,
        now: OffsetDateTime,
    ) -> Result<Outcome, SyncError> {
        self.sync_by(now, |copy, how| {
            sync::sync_once(copy, hub, how, &mut |_| {})
        })
    }

    /// The changes of a record, as the hub tells them.
    pub(crate) fn hub_history(
        &self,
        hub: &dyn Hub,
        key: (Kind, RecordId),
        now: OffsetDateTime,
    ) -> Vec<wire::PastChange> {
        let told = self.sync_by(now, |copy, how| sync::hub_history(copy, hub, how, key));
        told.expect("a history").changes
    }

    /// Does something that needs the hub.
    pub(crate) fn sync_by<T>(
        &self,
        now: OffsetDateTime,
        how: impl FnOnce(&LocalCopy<'_>, &How<'_>) -> T,
    ) -> T {
        let store = self.store();
        let transact = |op: Op, watch: &mut dyn FnMut(u64, u64) -> std::ops::ControlFlow<()>| {
            store
                .transact_watched(op, watch)
                .map_err(sync::BoxError::from)
        };
        let copy = LocalCopy {
            store,
            folder: &self.folder,
            transact: &transact,
        };
        let keys = Keys::beside(&self.folder, false);
        let now = now + self.off;
        let stop = Stop::default();
        let now = || now;
        how(
            &copy,
            &How {
                keys: &keys,
                now: &now,
                stop: &stop,
                asked: true,
                deep: false,
            },
        )
    }

    /// Does something, as far as there is anything to do it to.
    pub(crate) fn work(&mut self, doing: &Doing, now: OffsetDateTime) {
        let at = (now + self.off).format(&Rfc3339).expect("a time");
        self.written += 1;
        let fresh = format!(
            "w{}-{}",
            self.written,
            self.folder.file_name().expect("a name").display()
        );
        match doing {
            Doing::Edit(of, writes) => {
                self.edit(*of, &at, |changes| Act::Edit { changes }, (writes, &fresh));
            }
            Doing::Suggest(of, writes) => {
                let note = Some(fresh.clone());
                let suggest = |changes| Act::Suggest { changes, note };
                self.edit(*of, &at, suggest, (writes, &fresh));
            }
            Doing::Create(number) => self.create(usize::from(*number), &at, &fresh),
            Doing::Remove(of) => self.upon(*of, &at, |_| Some(Act::Remove { reason: fresh })),
            Doing::Flag(of) => self.upon(*of, &at, |_| Some(Act::Flag { text: fresh })),
            Doing::Check(of, days) => {
                let day = (now + self.off).date() - time::Duration::days((days % 5).into());
                let check = check(day, *days);
                self.upon(*of, &at, |_| Some(Act::Check { check }));
            }
            Doing::Resolve(pick, how) => self.resolve(*pick, *how, &at),
            Doing::Withdraw(pick) => self.withdraw(*pick, at),
            Doing::Draft(key) => {
                let draft = Draft {
                    key: format!("draft {}", key % 4),
                    at,
                    body: json!(fresh),
                };
                self.drafts.insert(draft.key.clone(), draft.body.clone());
                let put = Op::PutDraft(Box::new(draft));
                self.store().transact(put).expect("kept");
            }
            Doing::Nonsense(of) => self.upon(*of, &at, |body| {
                let mut after = body.clone();
                after["name"] = json!("");
                let changes = change::diff(Kind::Service, Some(body), &after);
                Some(Act::Edit { changes })
            }),
        }
    }

    /// Does this.
    pub(crate) fn deed(&mut self, (kind, record): (Kind, RecordId), act: Act, at: &str) {
        let deed = Deed {
            kind,
            record,
            act,
            at: at.to_owned(),
            by: None,
        };
        let said = said(&deed);
        self.confided |= said.to_string().contains(world::SECRET);
        let done = self.store().transact(Op::Do(vec![deed])).expect("done");
        for row in done.outbox {
            self.words.insert(row, said.clone());
        }
    }

    fn body(&self, key: (Kind, RecordId)) -> Option<Record> {
        let body = self.store().body(key.0, key.1).expect("a body");
        body.map(|body| serde_json::from_str(&body).expect("JSON"))
    }

    fn upon(&mut self, of: u8, at: &str, act: impl FnOnce(&Record) -> Option<Act>) {
        let key = (Kind::Service, world::service(usize::from(of % 7), "").0);
        if let Some(act) = self.body(key).and_then(|body| act(&body)) {
            self.deed(key, act, at);
        }
    }

    fn edit(
        &mut self,
        of: u8,
        at: &str,
        act: impl FnOnce(Vec<FieldChange>) -> Act,
        (writes, fresh): (&[(u8, u8)], &str),
    ) {
        let key = match of % 9 {
            8 => (
                Kind::Organisation,
                world::organisation(usize::from(of / 9 % 2), "").0,
            ),
            number => (Kind::Service, world::service(usize::from(number), "").0),
        };
        let Some(before) = self.body(key) else { return };
        let mut after = before.clone();
        for choice in writes {
            world::write(key.0, &mut after, *choice, fresh);
        }
        let changes = change::diff(key.0, Some(&before), &after);
        if changes.is_empty() {
            return;
        }
        let act = act(changes);
        let shows = matches!(act, Act::Edit { .. });
        self.deed(key, act, at);
        let seen = world::flat(&json!(self.body(key)));
        let expected = if shows { after } else { before };
        assert_eq!(
            seen,
            world::flat(&json!(expected)),
            "what was written is seen at once"
        );
    }

    pub(crate) fn create(&mut self, number: usize, at: &str, name: &str) {
        let (id, body) = world::service(number % 9, name);
        if self.body((Kind::Service, id)).is_none() {
            self.create_this(Kind::Service, (id, body), at);
        }
    }

    pub(crate) fn create_this(&mut self, kind: Kind, (id, body): (RecordId, Record), at: &str) {
        let changes = change::diff(kind, None, &body);
        self.deed((kind, id), Act::Edit { changes }, at);
    }

    fn resolve(&mut self, pick: u8, how: u8, at: &str) {
        let filter = ItemFilter {
            open: Some(!how.is_multiple_of(16)),
            ..ItemFilter::default()
        };
        let items = self.store().items(&filter).expect("items");
        let Some(item) = items.get(usize::from(pick) % items.len().max(1)).cloned() else {
            return;
        };
        let (changes, left) = super::curator::choice(self, &item, how);
        let resolution = match how % 4 {
            0 => Resolution::Decline {
                reason: "not so".to_owned(),
            },
            _ => Resolution::Accept {
                changes,
                left,
                note: None,
            },
        };
        let act = Act::Resolve {
            item: item.id,
            resolution,
        };
        self.deed((item.kind, item.record), act, at);
    }

    fn withdraw(&mut self, pick: u8, at: String) {
        let rows = self.store().outbox(None, 100).expect("an outbox");
        let waiting: Vec<_> = rows
            .iter()
            .filter(|row| row.state == OutboxState::Waiting)
            .collect();
        let Some(row) = waiting.get(usize::from(pick) % waiting.len().max(1)) else {
            return;
        };
        let done = self
            .store()
            .transact(Op::Withdraw { row: row.row, at })
            .expect("withdrawn");
        assert!(done.outbox.contains(&row.row));
    }

    /// Whether it has to ask somebody for a code before it can send.
    pub(crate) fn needs_a_code(&self, outcome: &Outcome) -> bool {
        let turned_away = |remark: &Remark| {
            matches!(remark, Remark::Denied(_) | Remark::Cloned | Remark::KeyGone)
        };
        self.membership().is_none_or(|it| it.device.is_none())
            || outcome.remarks.iter().any(turned_away)
    }
}

fn check(day: time::Date, how: u8) -> Check {
    Check {
        of: how.is_multiple_of(3).then(|| "hours".to_owned()),
        when: day.to_string().parse().expect("a day"),
        how: Some(CheckHow::Phoned),
        by: None,
        rest: Rest::new(),
    }
}

/// What was done, without what stood there before.
pub(crate) fn said(deed: &Deed) -> Value {
    let mut act = json!(deed.act);
    for change in act["changes"].as_array_mut().into_iter().flatten() {
        change.as_object_mut().expect("a change").remove("old");
    }
    json!([deed.kind, deed.record, act, deed.at])
}

fn open(folder: &Path) -> Store {
    let opened = Store::open(folder).expect("a store");
    assert!(opened.incidents.is_empty(), "{:?}", opened.incidents);
    opened.store
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &to);
        } else {
            std::fs::copy(&path, &to).expect("copied");
        }
    }
}
