//! What somebody does to a record: edit, suggest, flag, check, remove, settle.

use serde::{Deserialize, Serialize};

use crate::{Check, FieldChange, FieldName, RecordId};

/// What somebody does to a record, or to what waits for a curator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// Changes fields of a record; makes the record where its base is version 0. From somebody who
    /// may not edit it, the hub takes it as a suggestion.
    Edit {
        /// The fields that change. Fields of one group come together.
        changes: Vec<FieldChange>,
    },
    /// Suggests a change; a curator decides.
    Suggest {
        /// The fields that would change.
        changes: Vec<FieldChange>,
        /// What the sender wants to say with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Says that something is wrong here; a curator looks.
    Flag {
        /// In a few words.
        text: String,
    },
    /// Confirms that the record is right. Not an edit.
    Check {
        /// The confirmation.
        check: Check,
    },
    /// Removes the record: a tombstone with its history stays.
    Remove {
        /// Why.
        reason: String,
    },
    /// Settles what waits for a curator.
    Resolve {
        /// The item.
        item: RecordId,
        /// How.
        resolution: Resolution,
    },
}

/// How a curator settles an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Resolution {
    /// Takes it: these fields change (all that was suggested, a part of it, or something else; none
    /// for a flag that needed no change). `old` is what the curator saw.
    Accept {
        /// The fields that change.
        changes: Vec<FieldChange>,
        /// The fields of the suggestion that were not taken.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        left: Vec<FieldName>,
        /// A word to the sender.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Does not take it; the sender sees why.
    Decline {
        /// Why.
        reason: String,
    },
}
