//! The inbox: what devices sent, until it is decided, and the verdicts afterwards.

use std::sync::Arc;

use domain::{RecordId, Verdict};
use wire::{Hash, Said};

use super::people::AccountRow;

/// An operation as it comes in.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    /// Which of the device's operations it is.
    pub(crate) sequence: u64,
    /// What it says.
    said: Said,
    /// Tells it from any other of its device.
    pub(crate) hash: Hash,
    /// What it is known by, whichever device sends it.
    pub(crate) id: Option<RecordId>,
    /// The operation as JSON.
    pub(crate) body: Box<str>,
    /// What became of it, where that is clear without looking further: it can't be read.
    pub(crate) verdict: Option<Verdict>,
}

/// What is known of an operation that another device may have sent before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Before {
    /// It has not come.
    New,
    /// Something else came under its id.
    Other,
    /// It waits to be decided.
    Waits,
    /// It was decided.
    Decided(Verdict),
}

impl Incoming {
    /// An operation from its text.
    pub(crate) fn new(sequence: u64, text: &str, verdict: Option<Verdict>) -> Self {
        let said = Said::read(text);
        Self {
            sequence,
            hash: said.hash(),
            id: said.id(),
            said,
            body: text.into(),
            verdict,
        }
    }

    /// Whether it is the operation of this hash. One that could not be read when it came first has the
    /// hash of its text.
    pub(crate) fn is(&self, hash: Hash) -> bool {
        hash == self.hash || hash == Hash::of(self.body.as_bytes())
    }

    /// What it means that this one came under its id: `hash` as this device's under this number, and
    /// the verdict, if it has one.
    pub(crate) fn came_as(
        &self,
        (device, sequence, hash): (RecordId, u64, Hash),
        verdict: Option<Verdict>,
    ) -> Before {
        if self.said.hash_as(device, sequence) != hash {
            return Before::Other;
        }
        verdict.map_or(Before::Waits, Before::Decided)
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
