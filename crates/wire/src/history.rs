//! What became of a record over time, as the hub tells it to whoever may write.

use domain::FieldChange;
use serde::{Deserialize, Serialize};

/// Answer to `GET /history/<kind>/<id>`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// The accepted changes of the record, the latest first: at most 500.
    pub changes: Vec<PastChange>,
    /// The epoch.
    pub epoch: u64,
}

/// One accepted change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastChange {
    /// The sequence at which it was accepted: the record's version from then on.
    pub sequence: u64,
    /// When the hub took it, RFC 3339, UTC.
    pub at: String,
    /// Who made it; empty: the hub itself.
    pub by: String,
    /// When it was made by the device's clock, RFC 3339.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub claimed_at: String,
    /// What was done: `create`, `edit`, `accept`, `check`, `remove`, `restore`, `import`, or another
    /// word in later versions.
    pub act: String,
    /// Each field before and after; without values that the asker may not see.
    pub changes: Vec<FieldChange>,
    /// A reason or a word with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
