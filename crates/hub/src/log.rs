//! What the hub keeps, and how it is asked for: the inbox, the records with their changes, what
//! waits for curators, accounts and devices, what was published.
//!
//! Promises of every store: a method that changes something returns when it is on the disk;
//! sequences and cursors are given without a gap and become visible in order; [`Log::turn`] and the
//! inbox may be used by several processes at once.

mod about;
mod error;
mod inbox;
mod people;
pub(crate) mod postgres;
mod published;
pub(crate) mod sqlite;
mod staff;
mod standing;

use std::ops::RangeInclusive;

use async_trait::async_trait;
use domain::{Kind, RecordId};
use wire::{Code, Hash, Taken};

pub(crate) use about::{About, News, SigningKey};
pub(crate) use error::LogError;
pub(crate) use inbox::{Before, Incoming, TakenIn, Turned, Waiting};
pub(crate) use people::{AccountRow, DeviceRow, NewDevice, Pairing, Visitor};
pub(crate) use published::{LinesAt, NewPack, Publication, RecordRow, Versions};
pub(crate) use staff::{StaffRow, StaffWhat, TELL_ALL_AGAIN};
pub(crate) use standing::{
    ChangeRow, Decided, ItemRow, Key, RecordChange, Standing, Stored, StoredItem, Tied, Wanted,
};

use crate::sequencer::Sequencer;

/// What the hub keeps.
#[async_trait]
pub(crate) trait Log: Send + Sync + 'static {
    // What the hub is

    /// Told whenever something happened, in this process or another one.
    fn news(&self) -> &News;
    /// The hub's identity, name, epoch and keys.
    async fn about(&self) -> Result<About, LogError>;
    /// Whether it can be read and written now.
    async fn ready(&self) -> Result<(), LogError>;

    // Who may write

    /// All accounts, by name.
    async fn accounts(&self) -> Result<Vec<AccountRow>, LogError>;
    /// Adds an account, or changes the one of this identity. A change of what it may see makes the
    /// staff stream begin anew for everybody.
    async fn put_account(&self, account: AccountRow) -> Result<(), LogError>;
    /// All devices.
    async fn devices(&self) -> Result<Vec<DeviceRow>, LogError>;
    /// A device that may still be used, with its account.
    async fn visitor(&self, device: RecordId) -> Result<Option<Visitor>, LogError>;
    /// Puts a device out of use. False: there is none.
    async fn revoke(&self, device: RecordId) -> Result<bool, LogError>;
    /// Keeps a pairing until it is used or its time is over. False: its finder is taken.
    async fn open_pairing(&self, pairing: Pairing, now: u64) -> Result<bool, LogError>;
    /// Adds a device if this is the code of a pairing that stands. A wrong one counts as a try.
    async fn pair(
        &self,
        code: Code,
        device: NewDevice,
        now: u64,
    ) -> Result<Option<Visitor>, LogError>;

    // Operations

    /// Writes operations of one device into the inbox, in order, from its last one on; stops at a
    /// gap or at one that contradicts what is there.
    async fn take_in(
        &self,
        device: RecordId,
        operations: Vec<Incoming>,
        now: u64,
    ) -> Result<TakenIn, LogError>;
    /// The verdicts that stand, among these operations of a device.
    async fn verdicts(
        &self,
        device: RecordId,
        sequences: RangeInclusive<u64>,
    ) -> Result<Vec<Taken>, LogError>;
    /// Decides what waits in the inbox, a batch of it, in one transaction: one turn at a time among
    /// all processes.
    async fn turn(&self, by: &Sequencer, now: u64) -> Result<Turned, LogError>;
    /// Puts records in that come from outside the inbox, when the hub is made.
    async fn seed(
        &self,
        by: &Sequencer,
        seeds: Vec<crate::seed::Seed>,
        now: u64,
    ) -> Result<u64, LogError>;

    // Publishing

    /// Records whose version and bucket lie in these ranges as lines, with what the whole was at
    /// that moment.
    async fn lines(
        &self,
        buckets: RangeInclusive<u8>,
        versions: Versions,
    ) -> Result<LinesAt, LogError>;
    /// The latest publication.
    async fn publication(&self) -> Result<Option<Publication>, LogError>;
    /// Makes a publication the latest, with the packs that are new in it. False: another process
    /// was first, and nothing was written.
    async fn publish(
        &self,
        publication: Publication,
        packs: Vec<NewPack>,
        now: u64,
    ) -> Result<bool, LogError>;
    /// The bytes of a pack.
    async fn pack(&self, hash: Hash) -> Result<Option<Vec<u8>>, LogError>;
    /// The text of a manifest.
    async fn manifest(&self, hash: Hash) -> Result<Option<String>, LogError>;

    // Reading

    /// Published records of a kind after an identifier, by identifier.
    async fn records(
        &self,
        kind: Kind,
        after: Option<RecordId>,
        most: usize,
    ) -> Result<Vec<RecordRow>, LogError>;
    /// One published record.
    async fn published(&self, kind: Kind, id: RecordId) -> Result<Option<RecordRow>, LogError>;
    /// One record as it stands, also a removed one.
    async fn record(&self, kind: Kind, id: RecordId) -> Result<Option<Stored>, LogError>;
    /// The services on whose boroughs it depends who may edit a record, by these boroughs: itself, or
    /// those tied to it.
    async fn tied(&self, kind: Kind, id: RecordId) -> Result<Vec<Tied>, LogError>;
    /// The changes of a record, the latest first.
    async fn history(
        &self,
        kind: Kind,
        id: RecordId,
        most: usize,
    ) -> Result<Vec<ChangeRow>, LogError>;
    /// The staff stream after a cursor, for everybody: who may see what is decided above.
    async fn staff(&self, after: u64, most: usize) -> Result<Vec<StaffRow>, LogError>;
    /// The last cursor of the staff stream.
    async fn cursor(&self) -> Result<u64, LogError>;
}
