//! What a sync came to, and how far it is.

use domain::Account;
use store::Adopted;

/// Hears how far it is.
pub type Watch<'a> = dyn FnMut(Progress) + 'a;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done: operations, bytes or records.
    pub done: u64,
    /// Of how much; 0: not known.
    pub total: u64,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Sending operations.
    Sending,
    /// Fetching packs: in bytes.
    Fetching,
    /// Taking records over.
    Applying,
    /// Reading what is told to this account.
    Told,
    /// Comparing every body.
    Checking,
}

/// What a sync came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Operations that were decided.
    pub pushed: u64,
    /// Those that were applied as they were.
    pub applied: u64,
    /// Those that were put together with others' changes.
    pub merged: u64,
    /// Those of which some fields wait for a curator to choose.
    pub conflicts: u64,
    /// Those that wait for a curator.
    pub queued: u64,
    /// Those that were refused.
    pub refused: u64,
    /// Those that the hub has not decided yet.
    pub undecided: u64,
    /// What was taken over.
    pub adopted: Adopted,
    /// Services that are seen otherwise now.
    pub rows_changed: u64,
    /// Parts of 256 that differed and were fetched again.
    pub healed: u64,
    /// Items that were told.
    pub told: u64,
    /// True where the hub knows this computer, and may have things to tell it alone.
    pub paired: bool,
    /// Where the copy stands.
    pub sequence: u64,
    /// In which epoch.
    pub epoch: u64,
    /// What somebody may want to know.
    pub remarks: Vec<Remark>,
}

/// What somebody may want to know of a sync.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// The newest that the hub, or the file, says is out of date.
    Stale {
        /// When it was made, RFC 3339.
        made_at: String,
    },
    /// This version is too old to write: it reads on.
    TooOld,
    /// The hub takes nothing from this device any more.
    Denied(String),
    /// Another copy uses this device's identity: it needs a new pairing code.
    Cloned,
    /// The hub was restored from a backup.
    NewEpoch,
    /// The account may do other things than before.
    Account(Account),
    /// The device's key is not where it was kept.
    KeyGone,
}

impl Remark {
    /// As people are told.
    #[must_use]
    pub fn said(&self) -> String {
        match self {
            Self::Stale { made_at } => format!(
                "The newest that could be had was made on {}, and is out of date: there may be changes since. \
                 Also check this computer's date.",
                made_at.split('T').next().unwrap_or_default()
            ),
            Self::TooOld => {
                "This version of Signpost is too old to send changes to the hub. It reads on, and \
                 keeps what you change until it is updated."
                    .to_owned()
            }
            Self::Denied(why) => format!(
                "The hub takes nothing from this computer any more: {why} Reading goes on, and what you \
                 change is kept. Ask a curator for a new pairing code."
            ),
            Self::Cloned => {
                "Another computer uses the same identity as this one, perhaps because a disk was \
                 copied. Nothing is lost: ask a curator for a new pairing code and join again."
                    .to_owned()
            }
            Self::NewEpoch => {
                "The hub was restored from a backup. What it lost of yours was sent again."
                    .to_owned()
            }
            Self::Account(account) => {
                format!(
                    "The hub says that {} may now do other things.",
                    account.name
                )
            }
            Self::KeyGone => {
                "This computer's key to the hub is not where it was kept. Reading goes on, and \
                 what you change is kept. Ask a curator for a new pairing code and join again."
                    .to_owned()
            }
        }
    }
}
