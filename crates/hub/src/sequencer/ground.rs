//! How things stand while a batch is decided, and what has become of it so far.

use std::collections::BTreeMap;

use domain::{
    Areas, Boroughs, FieldChange, Item, ItemSort, ItemState, Kind, Record, RecordId, Refusal,
    Sender, ValueChange, Verdict, change,
};
use serde_json::Value;
use wire::Operation;

use super::touched::{Touched, hidden, shown};
use crate::clock;
use crate::log::{ChangeRow, Key, Standing, Stored, StoredItem, Waiting};

/// A device's clock may be wrong by this many seconds before it is told.
const CLOCK_MAY_BE_OFF: u64 = 5 * 60;

/// An operation with whoever sent it.
pub(super) struct Asked<'a> {
    pub(super) waiting: &'a Waiting,
    pub(super) operation: &'a Operation,
}

impl<'a> Asked<'a> {
    pub(super) fn new(waiting: &'a Waiting, operation: &'a Operation) -> Self {
        Self { waiting, operation }
    }

    /// The record that it is about.
    pub(super) fn key(&self) -> Key {
        (self.operation.kind, self.operation.record)
    }

    /// The name of the sender.
    pub(super) fn by(&self) -> &str {
        &self.waiting.account.account.name
    }

    /// A verdict.
    pub(super) fn refused(&self, code: Refusal, reason: &str) -> Verdict {
        let reason = reason.to_owned();
        Verdict::Refused { code, reason }
    }

    fn sender(&self) -> Sender {
        let latest = self.waiting.taken_at + CLOCK_MAY_BE_OFF;
        let claimed = clock::seconds(&self.operation.at);
        Sender {
            account: self.by().to_owned(),
            device: self.waiting.device,
            sequence: self.waiting.sequence,
            claimed_at: self.operation.at.clone(),
            clock_off: claimed.is_none_or(|claimed| claimed > latest),
        }
    }
}

/// A change that is to be made.
pub(super) struct Doing {
    pub(super) act: &'static str,
    /// The record afterwards.
    pub(super) after: Record,
    pub(super) removed: bool,
    pub(super) changes: Vec<FieldChange>,
    pub(super) note: Option<String>,
}

/// How things stand, and what has become of them.
pub(super) struct Ground<'a> {
    pub(super) areas: &'a Areas,
    pub(super) now: u64,
    pub(super) verdicts: Vec<(i64, Verdict)>,
    pub(super) standing: Standing,
    pub(super) touched: BTreeMap<Key, Touched>,
    pub(super) changes: Vec<ChangeRow>,
    /// Items that are new or changed, by their places in the staff stream.
    pub(super) items: BTreeMap<u64, RecordId>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(areas: &'a Areas, standing: Standing, now: u64) -> Self {
        Self {
            areas,
            now,
            verdicts: Vec::new(),
            standing,
            touched: BTreeMap::new(),
            changes: Vec::new(),
            items: BTreeMap::new(),
        }
    }

    /// A record, also a removed one.
    pub(super) fn record(&self, key: Key) -> Option<&Stored> {
        self.standing.records.get(&key)
    }

    /// An item.
    pub(super) fn item(&self, id: RecordId) -> Option<&StoredItem> {
        self.standing.items.get(&id)
    }

    /// The boroughs of a record as it is given here.
    pub(super) fn boroughs(&self, key: Key, record: &Record) -> Boroughs {
        if key.0 == Kind::Service {
            return Boroughs::of_service(record, self.areas);
        }
        let tied = self.standing.ties.get(&key).into_iter().flatten();
        Boroughs::of_services(tied.map(|tied| tied.boroughs.clone()))
    }

    /// Whether any other device than the sender's has changed a record since the version that the
    /// sender had before. A version that this hub has not come to is of a former epoch and says
    /// nothing here: then everybody else's changes count.
    pub(super) fn others_since(&self, asked: &Asked<'_>) -> bool {
        let base = Some(asked.operation.base);
        let base = base.filter(|base| *base <= self.standing.sequence);
        let base = base.unwrap_or_default();
        self.record(asked.key()).is_some_and(|stored| {
            let own = stored.editor == Some(asked.waiting.device);
            if own {
                stored.others > base
            } else {
                stored.version > base
            }
        })
    }

    /// Changes a record for a sender, and gives the sequence.
    pub(super) fn change(&mut self, asked: &Asked<'_>, key: Key, doing: Doing) -> u64 {
        let row = ChangeRow {
            sequence: 0,
            key,
            by: asked.by().to_owned(),
            device: Some(asked.waiting.device),
            device_sequence: asked.waiting.sequence,
            at: self.now,
            claimed_at: asked.operation.at.clone(),
            act: doing.act.into(),
            changes: doing.changes,
            note: doing.note,
        };
        self.put(row, doing.after, doing.removed)
    }

    /// Changes a record, and gives the sequence.
    pub(super) fn put(&mut self, mut row: ChangeRow, after: Record, removed: bool) -> u64 {
        self.standing.sequence += 1;
        row.sequence = self.standing.sequence;
        let key = row.key;
        let before = self.standing.records.remove(&key);
        let moved = hidden(key.0, before.as_ref()) != shown(key.0, &after, removed);
        let was = before.as_ref().filter(|before| !before.removed);
        self.tie(
            key.0,
            was.map(|was| &was.body),
            (!removed).then_some(&after),
        );
        let touched = self
            .touched
            .entry(key)
            .or_insert_with(|| Touched::first(key.0, before.as_ref(), self.areas));
        touched.private_moved |= moved;
        let was_there = before.as_ref().is_some_and(|before| !before.removed);
        let count = self
            .standing
            .counts
            .entry(key.0.name().to_owned())
            .or_default();
        *count = (*count + u64::from(!removed)).saturating_sub(u64::from(was_there));
        let others = before
            .as_ref()
            .map_or(0, |before| match before.editor == row.device {
                true => before.others,
                false => before.version,
            });
        let stored = Stored {
            version: row.sequence,
            at: row.at,
            body: after,
            removed,
            editor: row.device,
            others,
            digest: [0; 8],
            private: match moved {
                true => Some(row.sequence),
                false => before.and_then(|before| before.private),
            },
        };
        self.standing.records.insert(key, stored);
        self.changes.push(row);
        self.standing.sequence
    }

    /// Puts something into the curators' inbox.
    pub(super) fn queue(&mut self, asked: &Asked<'_>, sort: ItemSort) -> RecordId {
        let key = asked.key();
        let sender = asked.sender();
        let id = RecordId::named(&format!("item/{}/{}", sender.device, sender.sequence));
        let proposed = self.proposed(key, &sort);
        let mut item = Item {
            id,
            cursor: self.next_cursor(),
            kind: key.0,
            record: key.1,
            name: name(&proposed),
            sort,
            from: sender,
            at: clock::text(self.waiting_since(asked)),
            state: ItemState::Open,
            rest: Record::new(),
        };
        if asked.operation.before_joining {
            item.rest.insert("before_joining".to_owned(), true.into());
        }
        let boroughs = self.boroughs(key, &proposed);
        let account = asked.waiting.account.id;
        self.items.insert(item.cursor, id);
        let stored = StoredItem {
            item,
            account,
            boroughs,
        };
        self.standing.items.insert(id, stored);
        id
    }

    fn waiting_since(&self, asked: &Asked<'_>) -> u64 {
        asked.waiting.taken_at.min(self.now)
    }

    /// The record that an item is about, with what the item would change where it is not there.
    fn proposed(&self, key: Key, sort: &ItemSort) -> Record {
        if let Some(there) = self.record(key) {
            return there.body.clone();
        }
        let changes: &[FieldChange] = match sort {
            ItemSort::Suggestion { changes, .. }
            | ItemSort::Removal { changes, .. }
            | ItemSort::Refused { changes, .. } => changes,
            ItemSort::Flag { .. } | ItemSort::Conflict { .. } => &[],
        };
        let mut record = change::created(key.1);
        change::laid_over(key.0, &mut record, changes);
        record
    }

    /// Settles an item.
    pub(super) fn settle(&mut self, id: RecordId, state: ItemState) {
        if let Some(stored) = self.standing.items.get_mut(&id) {
            stored.item.state = state;
            self.tell(id);
        }
    }

    /// Gives an item a new place in the staff stream.
    pub(super) fn tell(&mut self, id: RecordId) {
        let cursor = self.next_cursor();
        if let Some(stored) = self.standing.items.get_mut(&id) {
            self.items.remove(&stored.item.cursor);
            stored.item.cursor = cursor;
            self.items.insert(cursor, id);
        }
    }

    pub(super) fn next_cursor(&mut self) -> u64 {
        self.standing.cursor += 1;
        self.standing.cursor
    }
}

/// What people call a record.
fn name(record: &Record) -> String {
    let name = record.get("name").and_then(Value::as_str);
    name.unwrap_or_default().chars().take(300).collect()
}

/// The fields as they were before and as they are after, for the history.
pub(super) fn told(
    fields: &[domain::FieldName],
    (before, after): (&Record, &Record),
    changes: &[FieldChange],
) -> Vec<FieldChange> {
    let one = |field: &domain::FieldName| {
        let asked = changes.iter().find(|change| change.field == *field);
        match asked {
            Some(change) if matches!(change.what, ValueChange::Set { .. }) => change.clone(),
            Some(_) | None => FieldChange {
                field: field.clone(),
                what: ValueChange::Value {
                    old: change::value(before, field),
                    new: change::value(after, field),
                },
            },
        }
    };
    fields.iter().map(one).collect()
}
