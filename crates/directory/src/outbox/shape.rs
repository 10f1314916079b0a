//! What was done here, as the window shows it.

use serde::Serialize;

use crate::edit::{FieldChangeView, May};
use crate::inbox::InboxLine;
use crate::kind::Kind;

/// What became of something that was done here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    /// Not sent yet.
    Waiting,
    /// Sent; no answer yet.
    Sent,
    /// Taken as it was.
    Applied,
    /// Put together with what others changed.
    Merged,
    /// Contradicts what others changed; a curator chooses.
    Conflict,
    /// Waits for a curator.
    Queued,
    /// A curator took it.
    Accepted,
    /// A curator did not take it.
    Declined,
    /// The hub can't take it.
    Refused,
    /// The hub answered something that this version does not know.
    NotUnderstood,
    /// Taken back before it was sent.
    Withdrawn,
}

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum OutboxSort {
    /// Changed a record.
    Edit,
    /// Suggested a change.
    Suggest,
    /// Said that something is wrong.
    Flag,
    /// Confirmed a record.
    Check,
    /// Removed a record.
    Remove,
    /// Settled what waited for a curator.
    Resolve,
}

/// One thing that was done here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct OutboxLine {
    /// Its row.
    pub row: u32,
    /// The record that it is about.
    pub kind: Kind,
    /// The record that it is about.
    pub id: String,
    /// The record's name.
    pub name: String,
    /// What was done.
    pub what: OutboxSort,
    /// The same in words: `Changed telephone and cost`.
    pub said: String,
    /// When, RFC 3339.
    pub at: String,
    /// When, as people say it.
    pub at_said: String,
    /// What became of it.
    pub state: OutboxState,
    /// The same in words.
    pub state_said: String,
    /// Why it was declined or refused.
    pub reason: Option<String>,
    /// It can be taken back, as it was not sent yet.
    pub can_withdraw: bool,
    /// It can be undone.
    pub can_undo: bool,
    /// What it changes.
    pub changes: Vec<FieldChangeView>,
}

/// What was done here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct OutboxView {
    /// How many wait to be sent.
    pub waiting: u32,
    /// The latest first.
    pub lines: Vec<OutboxLine>,
}

/// What waits on one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct EntryWork {
    /// What saving an edit of it does.
    pub may: May,
    /// What was done here and is not published yet.
    pub waiting: Vec<OutboxLine>,
    /// Changes that were suggested.
    pub suggestions: Vec<InboxLine>,
    /// What is said to be wrong.
    pub flags: Vec<InboxLine>,
    /// Changes that contradict one another, removals too.
    pub conflicts: Vec<InboxLine>,
}
