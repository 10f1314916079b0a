//! A change to one record, field by field: what an edit, a suggestion and a conflict are made of.
//!
//! Records are taken as their members, so that what this version does not know changes and merges
//! like everything else. A member that is `null` counts as one that is not there.

mod diff;
mod element;
mod field;
mod group;
mod lay;
mod order;
mod same;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

pub use diff::diff;
pub(crate) use element::{Elements, identity, same_element};
pub use field::{Shape, fields, fields_of, set, shape_of, value};
pub use group::{Group, group_of};
pub(crate) use lay::{as_elements, is_protected, turned, value_after};
pub use lay::{created, invert, laid_over};
pub(crate) use same::same_field;

use crate::Rest;

/// A record as its members, by their HSDS names: the shape in which records merge, so that members
/// which this version does not know merge as well.
pub type Record = Rest;

/// Names a field. A member of the record (`name`), a member of what Signpost adds
/// (`signpost.summary`), or the ties to one taxonomy (`attributes.need`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldName(String);

impl FieldName {
    /// The field of this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Its name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What becomes of one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field.
    pub field: FieldName,
    /// What becomes of it.
    #[serde(flatten)]
    pub what: ValueChange,
}

/// What becomes of a field's value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ValueChange {
    /// Of a set (needs, boroughs, populations): elements that come and go.
    Set {
        /// Elements that come.
        added: Vec<Value>,
        /// Elements that go.
        removed: Vec<Value>,
    },
    /// Of anything else: one value in place of another; none: the field is not there.
    Value {
        /// What stood there for whoever made the change.
        #[serde(
            default,
            deserialize_with = "present",
            skip_serializing_if = "Option::is_none"
        )]
        old: Option<Value>,
        /// What stands there after it.
        #[serde(
            default,
            deserialize_with = "present",
            skip_serializing_if = "Option::is_none"
        )]
        new: Option<Value>,
    },
}

/// A `null` that was written is a value: a new record keeps it in members that nobody here knows.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests;
