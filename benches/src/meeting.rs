//! Copies that meet: bytes and seconds of a first fetch, of a thousand changes sent and fetched, and
//! of a sync that finds nothing, for Signpost and others, all through the same counting tap.

pub mod peers;
pub mod signpost;
pub mod table;
pub mod tap;

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How many records change between the first fetch and the second.
pub const CHANGED: usize = 1_000;

/// What is measured, in the order in which it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The first copy fills the server, or the server is seeded.
    Fill,
    /// An empty copy fetches everything.
    Bootstrap,
    /// The first copy sends a thousand changes.
    Push,
    /// The second copy fetches them.
    Pull,
    /// The second copy asks once more.
    Idle,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Fill,
        Self::Bootstrap,
        Self::Push,
        Self::Pull,
        Self::Idle,
    ];

    /// As the table says it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Fill => "the server is filled",
            Self::Bootstrap => "an empty copy fetches everything",
            Self::Push => "1,000 changes are sent",
            Self::Pull => "1,000 changes are fetched",
            Self::Idle => "a sync that finds nothing",
        }
    }
}

/// One step, measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Which.
    pub step: Step,
    /// How long it took.
    pub took: Duration,
    /// Bytes to the server and back, without those of IP and TCP.
    pub bytes: u64,
}
