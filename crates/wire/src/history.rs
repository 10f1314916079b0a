//! What became of a record over time, as the hub tells it to whoever may write.

use domain::FieldChange;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// Answer to `GET /history/<kind>/<id>`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// The accepted changes of the record, the latest first: at most 500. What this version can't
    /// read of what a newer hub tells is left out.
    #[serde(deserialize_with = "readable")]
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
    #[serde(deserialize_with = "readable")]
    pub changes: Vec<FieldChange>,
    /// A reason or a word with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What of a list can be read.
fn readable<'de, D: Deserializer<'de>, T: DeserializeOwned>(said: D) -> Result<Vec<T>, D::Error> {
    let all = Vec::<Value>::deserialize(said)?.into_iter();
    Ok(all
        .filter_map(|one| serde_json::from_value(one).ok())
        .collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_newer_hub_tells_takes_nothing_else_with_it() {
        let change = |changes: Value| json!({"sequence": 1, "at": "", "by": "", "act": "moved", "changes": changes, "why": 1});
        let whole = json!([{"field": "name", "old": "A"}, {"field": "phones", "moved": [1, 2]}]);
        let told = [change(whole), json!("a picture"), change(json!([]))];
        let told = json!({"changes": told, "epoch": 1, "more": true});
        let read: History = serde_json::from_str(&told.to_string()).unwrap();
        let fields = read.changes.iter().map(|past| past.changes.len());
        assert_eq!(fields.collect::<Vec<_>>(), [1, 0]);
    }
}
