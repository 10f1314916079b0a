//! What the sequencer is given, and what it gives back.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{Boroughs, FieldChange, Item, Kind, Record, RecordId, Verdict};
use wire::Digests;

/// Names a record.
pub(crate) type Key = (Kind, RecordId);

/// What a batch of operations needs to be decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Records that it names.
    pub(crate) records: BTreeSet<Key>,
    /// Items that it names.
    pub(crate) items: BTreeSet<RecordId>,
    /// Records of which all items are needed, as other curators may look after them afterwards.
    pub(crate) items_of: BTreeSet<Key>,
}

/// How things stand before a batch: only what was wanted, and the records of its items.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    /// The last accepted change.
    pub(crate) sequence: u64,
    /// The last cursor of the staff stream.
    pub(crate) cursor: u64,
    /// Digests of all buckets.
    pub(crate) digests: Digests,
    /// Records that are there, by kind.
    pub(crate) counts: BTreeMap<String, u64>,
    /// Records that are there, or were.
    pub(crate) records: HashMap<Key, Stored>,
    /// Services tied to the organisations and places among the records.
    pub(crate) ties: HashMap<Key, Vec<Tied>>,
    /// Items.
    pub(crate) items: HashMap<RecordId, StoredItem>,
}

/// A record as the hub keeps it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stored {
    /// The sequence at which it last changed.
    pub(crate) version: u64,
    /// When: seconds since 1970.
    pub(crate) at: u64,
    /// The whole record; of a removed one as it was last.
    pub(crate) body: Record,
    /// Whether it was removed.
    pub(crate) removed: bool,
    /// The device that made the last change; none: the hub.
    pub(crate) editor: Option<RecordId>,
    /// The last sequence at which it was changed by any other device than `editor`.
    pub(crate) others: u64,
    /// The digest of its line as it is published now; of a removed one nothing but zeros.
    pub(crate) digest: [u8; 8],
    /// The sequence at which its private members last changed; none: it never had any.
    pub(crate) private: Option<u64>,
}

/// Services of the same boroughs that a record is tied to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tied {
    /// The boroughs whose curators look after them.
    pub(crate) boroughs: Boroughs,
    /// How many they are.
    pub(crate) services: u64,
}

/// An item as the hub keeps it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StoredItem {
    /// The item.
    pub(crate) item: Item,
    /// The account of its sender.
    pub(crate) account: RecordId,
    /// Boroughs of the record as it would be, where it is not there yet.
    pub(crate) boroughs: Boroughs,
}

/// What became of a batch: to be written in one transaction.
#[derive(Debug, Clone)]
pub(crate) struct Decided {
    /// The last accepted change now.
    pub(crate) sequence: u64,
    /// The last cursor of the staff stream now.
    pub(crate) cursor: u64,
    /// Digests of all buckets now.
    pub(crate) digests: Digests,
    /// Records that are there now, by kind.
    pub(crate) counts: BTreeMap<String, u64>,
    /// Records that changed, each as it is at the end.
    pub(crate) records: Vec<RecordChange>,
    /// Each accepted change, in order.
    pub(crate) changes: Vec<ChangeRow>,
    /// Items that are new or changed, each as it is at the end.
    pub(crate) items: Vec<ItemRow>,
    /// Organisations and places that others may look after now: what waits about them, and their
    /// private members, are told once more, at cursors behind the last one.
    pub(crate) again: BTreeSet<Key>,
    /// Verdicts by rows of the inbox.
    pub(crate) verdicts: Vec<(i64, Verdict)>,
}

/// A record that changed.
#[derive(Debug, Clone)]
pub(crate) struct RecordChange {
    /// Which.
    pub(crate) key: Key,
    /// As it is now.
    pub(crate) stored: Stored,
    /// Its text as published; none: the same as the whole one.
    pub(crate) public: Option<String>,
    /// Of a service: the boroughs whose curators look after it.
    pub(crate) boroughs: Option<Boroughs>,
    /// Of a service: the organisation and places that it names, where these changed.
    pub(crate) ties: Option<Vec<RecordId>>,
    /// The new place in the staff stream, where private members changed.
    pub(crate) cursor: Option<u64>,
}

/// An accepted change.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ChangeRow {
    /// The sequence that it was given.
    pub(crate) sequence: u64,
    /// The record.
    pub(crate) key: Key,
    /// Who, as others are told; empty: the hub itself.
    pub(crate) by: String,
    /// The device; none: the hub.
    pub(crate) device: Option<RecordId>,
    /// Which of the device's operations.
    pub(crate) device_sequence: u64,
    /// When the hub took it: seconds since 1970.
    pub(crate) at: u64,
    /// When by the device's clock, RFC 3339.
    pub(crate) claimed_at: String,
    /// What was done: `create`, `edit`, `check`, `remove`, `restore`, `accept`, `import`.
    pub(crate) act: Cow<'static, str>,
    /// Each field before and after.
    pub(crate) changes: Vec<FieldChange>,
    /// A reason or a word with it.
    pub(crate) note: Option<String>,
}

/// An item that is new or changed.
pub(crate) type ItemRow = StoredItem;
