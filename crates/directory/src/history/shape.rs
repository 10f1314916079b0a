//! The history of a record, as the window shows it.

use serde::Serialize;

use crate::edit::FieldChangeView;
use crate::kind::Kind;

/// One change to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct HistoryLine {
    /// Which version it made at the hub.
    pub version: Option<u32>,
    /// Which revision of this copy it made.
    pub revision: Option<u32>,
    /// When, as people say it.
    pub at_said: String,
    /// Who.
    pub by: Option<String>,
    /// What was done: `Changed telephone and cost`.
    pub what: String,
    /// What changed.
    pub changes: Vec<FieldChangeView>,
    /// The record can be made again what it was then.
    pub can_restore: bool,
    /// Names this line.
    pub key: String,
}

/// The history of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct HistoryView {
    /// What sort of record.
    pub kind: Kind,
    /// Identity.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The latest first.
    pub lines: Vec<HistoryLine>,
    /// Why the hub's own history is not in it.
    pub hub_said: Option<String>,
}
