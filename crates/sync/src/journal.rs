//! What the last syncs came to: kept with the copy, so that every program that has it open says the
//! same, after a restart too.

use serde::{Deserialize, Serialize};
use store::{Op, Store, StoreError};
use wire::Hash;

use crate::SyncError;

/// The setting under which it is kept.
const SETTING: &str = "sync";

/// What the last syncs came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Journal {
    /// When this copy was last in step with the hub: seconds since 1970, UTC.
    pub in_step_at: Option<i64>,
    /// When that was last tried.
    pub tried_at: Option<i64>,
    /// Why the last try failed; none: it did not.
    pub problem: Option<Problem>,
    /// Why the hub takes nothing from this device any more.
    pub denied: Option<String>,
    /// The protocol that the hub wants of whoever writes. Not whether this version speaks it: another
    /// version may be the next to look.
    pub needs: u32,
    /// When the head was made that is out of date: what the hub has published since is not known.
    pub stale: Option<String>,
    /// When every body was last compared.
    pub checked_at: Option<i64>,
    /// The tag of the head at which this copy stands.
    pub(crate) tag: Option<String>,
    /// The manifest of that head.
    pub(crate) manifest: Option<Hash>,
    /// When that head was made, RFC 3339.
    pub(crate) made_at: Option<String>,
    /// The epoch and the change up to which the hub said that it has accepted what was sent here.
    pub(crate) awaited: Option<(u64, u64)>,
    /// The version of this program that was told something which it did not understand.
    pub(crate) passed_over: Option<String>,
    /// The account changed: what it may be told is to be told anew.
    pub(crate) anew: bool,
    /// The epoch in which the hub was asked which of this device's operations it has.
    pub(crate) asked_in: Option<u64>,
}

/// Why a sync failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What kind it is, for programs.
    pub code: String,
    /// What happened.
    pub said: String,
    /// What somebody can do.
    pub what_to_do: Option<String>,
    /// True where there is no network as far as the hub goes.
    pub no_network: bool,
    /// True when somebody asked for that sync, or asked for one a moment before that failed too.
    pub asked: bool,
    /// When: seconds since 1970, UTC.
    pub at: i64,
}

/// A failure that somebody asked for is said for so many seconds at least.
const SAID_FOR: i64 = 300;

impl Problem {
    pub(crate) fn of(error: &SyncError, asked: bool, at: i64, before: Option<&Self>) -> Self {
        let before = before.filter(|before| before.asked && at - before.at < SAID_FOR);
        Self {
            code: error.code().to_owned(),
            said: error.to_string(),
            what_to_do: error.what_to_do().map(str::to_owned),
            no_network: error.is_no_network(),
            asked: asked || before.is_some(),
            at: before.filter(|_| !asked).map_or(at, |before| before.at),
        }
    }
}

impl Journal {
    /// As it stands; one that can't be read says nothing.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn read(store: &Store) -> Result<Self, StoreError> {
        let kept = store.setting(SETTING)?;
        let read = kept.and_then(|value| serde_json::from_value(value).ok());
        Ok(read.unwrap_or_default())
    }

    /// True when this version is too old to write.
    #[must_use]
    pub fn too_old(&self) -> bool {
        self.needs > wire::PROTOCOL
    }

    /// What keeps it.
    pub(crate) fn kept(&self) -> Option<Op> {
        Some(Op::SetSetting {
            key: SETTING.to_owned(),
            value: serde_json::to_value(self).ok()?,
        })
    }
}
