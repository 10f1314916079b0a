//! Tells whether two objects say the same.

use std::hash::BuildHasher;

use serde_json::{Map, Value};

use super::Rows;

impl Rows {
    /// A hash of an object, whatever the order of its members.
    pub(super) fn hash_of(&self, members: &Map<String, Value>) -> u64 {
        let hashes = members
            .iter()
            .map(|(name, value)| self.hashing.hash_one((name, self.hash_value(value))));
        // Members come in any order.
        hashes.fold(1, u64::wrapping_add)
    }

    fn hash_value(&self, value: &Value) -> u64 {
        match value {
            Value::Object(members) => self.hash_of(members),
            Value::Array(items) => {
                let items: Vec<u64> = items.iter().map(|item| self.hash_value(item)).collect();
                self.hashing.hash_one(items)
            }
            Value::String(text) => self.hashing.hash_one(text),
            Value::Null | Value::Bool(_) | Value::Number(_) => {
                self.hashing.hash_one((1_u8, value.to_string()))
            }
        }
    }
}
