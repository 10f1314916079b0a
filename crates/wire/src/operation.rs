//! Operations, and what the hub answers.

use domain::{Account, Act, Kind, RecordId, Verdict};
use serde::{Deserialize, Serialize};

/// One thing that somebody did on a desk. `(device, sequence)` names it for ever.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// The device.
    pub device: RecordId,
    /// Which of the device's operations it is: 1, 2, 3… without a gap.
    pub sequence: u64,
    /// When by the device's clock, RFC 3339.
    pub at: String,
    /// The record's kind.
    pub kind: Kind,
    /// The record. Of a resolution: the item's record.
    pub record: RecordId,
    /// The record's version on the desk; 0: it is not in the published stream.
    pub base: u64,
    /// What was done.
    #[serde(flatten)]
    pub act: Act,
    /// True when a person may have meant it for another hub or account: it was made before this
    /// desk joined. Told to curators.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub before_joining: bool,
}

/// Body of `POST /operations`. Each operation stands as its own JSON text, so that one that can't
/// be read does not take the others with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Push {
    /// The protocol of the sender.
    pub protocol: u32,
    /// Up to [`crate::MOST_OPERATIONS`], in order.
    pub operations: Vec<Box<serde_json::value::RawValue>>,
}

/// Answer to [`Push`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pushed {
    /// A verdict for each operation that was decided, in order. What is missing at the end was
    /// taken and is not decided yet, or was not taken: `last` tells.
    pub verdicts: Vec<Taken>,
    /// The last operation of this device that the hub has on its disk.
    pub last: u64,
    /// The epoch.
    pub epoch: u64,
    /// True when the hub has another operation under one of these sequences: the device was cloned
    /// and has to join again as a new one, without losing anything.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cloned: bool,
    /// The account as it is now.
    pub account: Account,
}

/// What became of one operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Taken {
    /// Which of the device's operations.
    pub sequence: u64,
    /// What became of it.
    #[serde(flatten)]
    pub verdict: Verdict,
}
