//! What waits for a curator, as the window shows it.

use serde::{Deserialize, Serialize};

use crate::edit::RecordForm;
use crate::kind::Kind;

/// What waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum InboxSort {
    /// A change that somebody suggests.
    Suggestion,
    /// Something that is said to be wrong.
    Flag,
    /// Changes that contradict one another.
    Conflict,
    /// A removal that met edits, or the other way round.
    Removal,
    /// A change that the hub could not take.
    Refused,
}

/// One thing that waits for a curator, or was settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct InboxLine {
    /// Identity.
    pub item: String,
    /// What it is.
    pub sort: InboxSort,
    /// The record that it is about.
    pub kind: Kind,
    /// The record that it is about.
    pub id: String,
    /// The record's name.
    pub name: String,
    /// What it is, in a line.
    pub said: String,
    /// Who sent it.
    pub from: String,
    /// When, as people say it.
    pub at_said: String,
    /// The sender's clock was wrong.
    pub clock_off: bool,
    /// Nobody has settled it.
    pub open: bool,
    /// How it was settled, and by whom.
    pub outcome: Option<String>,
    /// It was settled here, which is not sent yet.
    pub waiting: bool,
}

/// One field of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct InboxField {
    /// The field, by its HSDS name.
    pub field: String,
    /// What people read.
    pub label: String,
    /// The name of the group with which it goes.
    pub group: Option<String>,
    /// What it was when the sender saw it.
    pub base: Option<String>,
    /// What the directory says now.
    pub theirs: Option<String>,
    /// What the sender wrote.
    pub mine: Option<String>,
    /// Of a list: what the sender adds.
    pub added: Vec<String>,
    /// Of a list: what the sender takes away.
    pub removed: Vec<String>,
    /// The directory says something else now than the sender wrote.
    pub differs: bool,
    /// What the sender wrote, as JSON.
    pub json: String,
}

/// An item whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct InboxItem {
    /// It in a line.
    pub line: InboxLine,
    /// What the sender says with it.
    pub note: Option<String>,
    /// What is said to be wrong.
    pub text: Option<String>,
    /// Why it was to be removed, or could not be taken.
    pub reason: Option<String>,
    /// Its fields.
    pub fields: Vec<InboxField>,
    /// Whoever sits here may settle it.
    pub can_settle: bool,
}

/// What waits for a curator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct InboxView {
    /// The latest first.
    pub lines: Vec<InboxLine>,
    /// How many are open.
    pub open: u32,
    /// How many of them are conflicts.
    pub conflicts: u32,
}

/// Which of two values is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Take {
    /// What the sender wrote.
    Mine,
    /// What the directory says.
    Theirs,
    /// Both, of a list.
    Both,
}

/// What is chosen for one field. Fields of a group share a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SettleChoice {
    /// The field, by its HSDS name.
    pub field: String,
    /// What is taken.
    pub take: Take,
}

/// How an item is settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Settle {
    /// It is taken, wholly or in part.
    Accept {
        /// What is taken of each field; a field that is not named is taken as the sender wrote it.
        choices: Vec<SettleChoice>,
        /// A word to the sender.
        note: Option<String>,
    },
    /// It is taken with changes.
    Edit {
        /// The record as it shall be.
        form: Box<RecordForm>,
        /// A word to the sender.
        note: Option<String>,
    },
    /// It is not taken.
    Decline {
        /// Why: the sender reads it.
        reason: String,
    },
}
