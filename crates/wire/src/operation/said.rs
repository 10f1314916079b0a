//! What an operation says, whatever of it a version knows.

use domain::RecordId;
use serde_json::Value;

use crate::{Hash, LARGEST_OPERATION};

/// What an operation says, as it came: with all that this version does not know of it, as whichever
/// version of a hub took it has to know it again when it is sent again.
#[derive(Debug, Clone)]
pub struct Said(Value);

impl Said {
    /// Of this text. Whether it was meant for another hub does not count, nor the order of members.
    #[must_use]
    pub fn read(text: &str) -> Self {
        // What is too large for an operation takes no more memory here than it did already.
        let short = Some(text).filter(|text| text.len() <= LARGEST_OPERATION);
        let mut said = match short.map(serde_json::from_str) {
            Some(Ok(said @ Value::Object(_))) => said,
            Some(Ok(_) | Err(_)) | None => Value::String(text.to_owned()),
        };
        if let Some(members) = said.as_object_mut() {
            members.remove("before_joining");
        }
        said.sort_all_objects();
        Self(said)
    }

    /// What it is known by, whichever device sends it, if it says so.
    #[must_use]
    pub fn id(&self) -> Option<RecordId> {
        self.0.get("id")?.as_str()?.parse().ok()
    }

    /// Its hash.
    #[must_use]
    pub fn hash(&self) -> Hash {
        Hash::of(self.0.to_string().as_bytes())
    }

    /// The hash that it has where this device sends it under this number.
    #[must_use]
    pub fn hash_as(&self, device: RecordId, sequence: u64) -> Hash {
        let mut said = self.0.clone();
        if let Some(members) = said.as_object_mut() {
            // In their places, as both are there.
            members.insert("device".to_owned(), device.to_string().into());
            members.insert("sequence".to_owned(), sequence.into());
        }
        Self(said).hash()
    }
}

#[cfg(test)]
mod tests {
    use domain::{Act, FieldChange, FieldName, Kind, ValueChange};
    use serde_json::json;

    use super::*;
    use crate::Operation;

    fn operation() -> Operation {
        let what = ValueChange::Value {
            old: Some(json!("A")),
            new: None,
        };
        let field = FieldName::new("name");
        Operation {
            id: None,
            device: RecordId::named("desk"),
            sequence: 3,
            at: "2026-11-22T09:00:00Z".to_owned(),
            kind: Kind::Service,
            record: RecordId::named("service"),
            base: 12,
            act: Act::Edit {
                changes: vec![FieldChange { field, what }],
            },
            before_joining: false,
        }
    }

    #[test]
    fn an_operation_has_one_hash_whatever_a_version_knows_of_it() {
        let mut newer = serde_json::to_value(operation()).unwrap();
        newer["changes"][0]["why"] = json!("a typo");
        let hash = |said: &Value| Said::read(&said.to_string()).hash();
        assert_ne!(hash(&newer), operation().hash());
        let other = json!({"why": "a typo", "field": "name", "old": "A"});
        let mut turned = newer.clone();
        turned["changes"][0] = other;
        assert_eq!(hash(&newer), hash(&turned));
        // Not even readable here, and known again when it is.
        newer["act"] = json!("merge_entries");
        let sent = hash(&newer);
        newer["before_joining"] = json!(true);
        assert_eq!(hash(&newer), sent);
        assert_ne!(Said::read("[1]").hash(), Said::read("[2]").hash());
    }
}
