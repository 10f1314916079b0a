//! What waits for a curator, and what became of it: the inbox, and what its senders hear.

use serde::{Deserialize, Serialize};

use crate::{FieldChange, FieldName, Kind, RecordId, Rest};

/// What waits for a curator, or was settled. The same to all who may see it: curators of the
/// record's boroughs, administrators, and whoever sent it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Identity.
    pub id: RecordId,
    /// Grows with every change to any item: what a desk has seen up to.
    pub cursor: u64,
    /// The record it is about.
    pub kind: Kind,
    /// The record it is about.
    pub record: RecordId,
    /// The record's name, also where the record is not here yet.
    pub name: String,
    /// What it is. Not flattened: `rest` would take its members as well.
    pub sort: ItemSort,
    /// Who sent it.
    pub from: Sender,
    /// When the hub took it, RFC 3339, UTC.
    pub at: String,
    /// Where it stands.
    pub state: ItemState,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What an item is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "sort", rename_all = "snake_case")]
pub enum ItemSort {
    /// A change suggested by somebody who may not make it.
    Suggestion {
        /// The fields that would change.
        changes: Vec<FieldChange>,
        /// What the sender says with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Something is wrong with the record.
    Flag {
        /// In a few words.
        text: String,
    },
    /// Two changes that contradict each other. Both are kept in it.
    Conflict {
        /// The fields, each with what stood before (`base`), what the directory says now (`theirs`) and what this sender wrote.
        fields: Vec<Conflict>,
    },
    /// A removal that met edits, or an edit of what was removed.
    Removal {
        /// Why it was to be removed; none: an edit of a removed record.
        reason: Option<String>,
        /// The edit that met it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        changes: Vec<FieldChange>,
    },
    /// An operation that was refused: told to its sender and to curators.
    Refused {
        /// Why.
        reason: String,
        /// What it would have changed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        changes: Vec<FieldChange>,
    },
}

/// One field, or fields of one group, set to different values from the same base.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// The fields of one group, or the one field.
    pub fields: Vec<ConflictField>,
}

/// One field of a conflict; a value that is none: the field is not there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConflictField {
    /// The field.
    pub field: FieldName,
    /// What both started from.
    pub base: Option<serde_json::Value>,
    /// What the directory says.
    pub theirs: Option<serde_json::Value>,
    /// What the sender wrote.
    pub mine: Option<serde_json::Value>,
}

/// Who sent something, as far as others are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// The account's name.
    pub account: String,
    /// The device.
    pub device: RecordId,
    /// Which of the device's operations it was.
    pub sequence: u64,
    /// When by the device's clock, RFC 3339.
    pub claimed_at: String,
    /// True when the device's clock was more than five minutes off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clock_off: bool,
}

/// Where an item stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ItemState {
    /// It waits.
    Open,
    /// Taken whole, in part, or with changes.
    Accepted {
        /// By whom.
        by: String,
        /// When, RFC 3339.
        at: String,
        /// Fields that were not taken.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        left: Vec<FieldName>,
        /// A word to the sender.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Not taken.
    Declined {
        /// By whom.
        by: String,
        /// When, RFC 3339.
        at: String,
        /// Why.
        reason: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_travels_and_keeps_what_is_not_known_here() {
        let text = r#"{"id":"01010101-0101-0101-0101-010101010101","cursor":4,"kind":"service",
            "record":"02020202-0202-0202-0202-020202020202","name":"Lunch club",
            "sort":{"sort":"flag","text":"It moved"},
            "from":{"account":"Desk","device":"03030303-0303-0303-0303-030303030303",
            "sequence":1,"claimed_at":"2026-11-22T12:00:00Z"},
            "at":"2026-11-22T12:00:01Z","state":{"state":"open"},"unheard_of":7}"#;
        let item: Item = serde_json::from_str(text).unwrap();
        assert_eq!(item.rest.len(), 1);
        let written = serde_json::to_string(&item).unwrap();
        assert_eq!(serde_json::from_str::<Item>(&written).unwrap(), item);
        let twice = serde_json::from_str::<Item>(&written).unwrap();
        assert_eq!(serde_json::to_string(&twice).unwrap(), written);
    }
}
