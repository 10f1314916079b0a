//! What the hub says of an operation.

use serde::{Deserialize, Serialize};

use crate::{FieldName, RecordId};

/// What became of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// The record is now as its sender had it.
    Applied {
        /// The sequence at which it was; none: there was nothing left to change.
        sequence: Option<u64>,
    },
    /// It was put together with what others had changed meanwhile.
    Merged {
        /// The sequence at which it was.
        sequence: Option<u64>,
    },
    /// Some of its fields contradict what others had changed meanwhile; a curator chooses. The
    /// other fields were applied.
    Conflict {
        /// The sequence at which the other fields were applied; none: there were none.
        sequence: Option<u64>,
        /// The fields that wait.
        fields: Vec<FieldName>,
        /// The item in the curators' inbox.
        item: RecordId,
    },
    /// It waits for a curator.
    Queued {
        /// The item in the curators' inbox.
        item: RecordId,
    },
    /// It can't be taken.
    Refused {
        /// What a program goes by.
        code: Refusal,
        /// What happened and what to do, for people.
        reason: String,
    },
}

/// Why an operation can't be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The record would not be valid.
    Invalid,
    /// Its sender may not do this.
    NotAllowed,
    /// There is no such record or item.
    NotFound,
    /// Somebody else settled the item before.
    AlreadySettled,
    /// It is larger than the hub takes.
    TooLarge,
    /// The hub does not know this act.
    Unknown,
}
