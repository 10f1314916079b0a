//! What is fetched, and how far it is: the one file that is written anew each time it changes.

use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::fault;
use crate::InterchangeError;
use crate::api::address::Address;

/// Of what is written in the folder; another one is begun anew.
const FORMAT: u32 = 1;
/// Longer ago, and the list may have changed too much.
const GOES_ON: Duration = Duration::days(1);

/// The file's name.
pub(super) const NAME: &str = "fetch.json";

/// What is fetched, and how far it is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::api) struct Head {
    format: u32,
    address: String,
    began: i64,
    /// Where the API is, as it may have moved.
    pub(in crate::api) base: String,
    pub(in crate::api) stage: Stage,
    pub(in crate::api) form: Form,
    /// The number of the first page.
    pub(in crate::api) first_page: u64,
    /// Whether pages of a certain size can be asked for.
    pub(in crate::api) sized: bool,
    pub(in crate::api) version: Option<String>,
    /// How many services there are, as the list said in the end.
    pub(in crate::api) said: Option<u64>,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::api) enum Stage {
    /// Nothing is known.
    Begun,
    /// The form of the list is known.
    Surveyed,
    /// The list is complete.
    Listed,
    /// All is there.
    Ended,
}

/// Where whole documents come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::api) enum Form {
    /// Each is asked for.
    Documents,
    /// They stand in the list.
    Entries,
}

impl Head {
    /// Nothing is known of this address yet.
    pub(super) fn new(address: &Address, now: OffsetDateTime) -> Self {
        Self {
            format: FORMAT,
            address: address.name(),
            began: now.unix_timestamp(),
            base: address.base().to_owned(),
            stage: Stage::Begun,
            form: Form::Documents,
            first_page: 1,
            sized: true,
            version: None,
            said: None,
        }
    }

    /// Whether a fetch of this address goes on with it.
    pub(super) fn goes_on(&self, address: &Address, now: OffsetDateTime) -> bool {
        let age = now.unix_timestamp().saturating_sub(self.began);
        self.format == FORMAT
            && self.address == address.name()
            && self.stage != Stage::Ended
            && (0..GOES_ON.whole_seconds()).contains(&age)
    }

    /// Reads it, where there is one that this version understands.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(NAME)).ok()?).ok()
    }

    /// Written beside and renamed into place, so that it is never half there.
    pub(super) fn write(&self, folder: &Path) -> Result<(), InterchangeError> {
        let path = folder.join(NAME);
        let beside = folder.join("fetch.json.new");
        let text = serde_json::to_vec(self).map_err(io::Error::from);
        text.and_then(|text| fs::write(&beside, text))
            .and_then(|()| fs::rename(&beside, &path))
            .map_err(|e| fault(&path, e))
    }
}
