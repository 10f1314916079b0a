//! The inbox: what devices sent, until it is decided, and the verdicts afterwards.

use std::sync::Arc;

use domain::{RecordId, Verdict};
use wire::{Hash, OperationName};

use super::people::AccountRow;

/// An operation as it comes in.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    /// Which of the device's operations it is.
    pub(crate) sequence: u64,
    /// Tells it from any other.
    pub(crate) hash: Hash,
    /// The operation as JSON.
    pub(crate) body: Box<str>,
    /// What became of it, where that is clear without looking further: it can't be read.
    pub(crate) verdict: Option<Verdict>,
    /// The names under which it may have come before, each with the hash that it had then.
    pub(crate) formerly: Vec<(OperationName, Hash)>,
}

/// What is known of an operation that may have come under another name before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Before {
    /// It has not come.
    New,
    /// It waits to be decided.
    Waits,
    /// It was decided.
    Decided(Verdict),
}

impl Incoming {
    /// Whether it is the operation of this hash. One that could not be read when it came first has the
    /// hash of its text.
    pub(crate) fn is(&self, hash: Hash) -> bool {
        hash == self.hash || hash == Hash::of(self.body.as_bytes())
    }

    /// All names under which it may be known, each with its hash: its own only where the device has
    /// `renamed` operations, as that is asked about each one.
    pub(crate) fn names(&self, device: RecordId, renamed: bool) -> Vec<(OperationName, Hash)> {
        let sequence = self.sequence;
        let own = renamed.then_some((OperationName { device, sequence }, self.hash));
        own.into_iter().chain(self.formerly.clone()).collect()
    }
}

/// What became of a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TakenIn {
    /// The last operation of the device that is on the disk.
    pub(crate) last: u64,
    /// The first of these sequences under which another operation stands.
    pub(crate) cloned: Option<u64>,
    /// Operations that are new.
    pub(crate) new: usize,
}

/// An operation that waits for its verdict.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    /// Its place in the inbox.
    pub(crate) row: i64,
    /// Whose.
    pub(crate) device: RecordId,
    /// Which of the device's.
    pub(crate) sequence: u64,
    /// The account as it is now.
    pub(crate) account: Arc<AccountRow>,
    /// When it came: seconds since 1970.
    pub(crate) taken_at: u64,
    /// The operation as JSON.
    pub(crate) body: Box<str>,
}

/// What a turn of the sequencer did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Turned {
    /// Operations decided; 0: nothing waits.
    pub(crate) decided: usize,
    /// The last accepted change now.
    pub(crate) sequence: u64,
}
