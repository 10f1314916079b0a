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

/// What becomes of one field. One that says it in a way which this version does not know can't be
/// read: it would be taken for something else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Said")]
pub struct FieldChange {
    /// The field.
    pub field: FieldName,
    /// What becomes of it.
    #[serde(flatten)]
    pub what: ValueChange,
}

/// What becomes of a field's value.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
        #[serde(skip_serializing_if = "Option::is_none")]
        old: Option<Value>,
        /// What stands there after it.
        #[serde(skip_serializing_if = "Option::is_none")]
        new: Option<Value>,
    },
}

/// A change as it comes.
#[derive(Deserialize)]
struct Said {
    field: FieldName,
    added: Option<Vec<Value>>,
    removed: Option<Vec<Value>>,
    #[serde(default, deserialize_with = "present")]
    old: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    new: Option<Value>,
    #[serde(flatten)]
    rest: Rest,
}

impl TryFrom<Said> for FieldChange {
    type Error = String;

    fn try_from(said: Said) -> Result<Self, String> {
        let Said { field, .. } = said;
        let is_set = said.added.is_some() || said.removed.is_some();
        let is_value = said.old.is_some() || said.new.is_some();
        if !is_set && !is_value && !said.rest.is_empty() {
            return Err(format!("“{field}” changes in a way that is not known here"));
        }
        let what = if is_set {
            ValueChange::Set {
                added: said.added.unwrap_or_default(),
                removed: said.removed.unwrap_or_default(),
            }
        } else {
            let (old, new) = (said.old, said.new);
            ValueChange::Value { old, new }
        };
        Ok(Self { field, what })
    }
}

/// A `null` that was written is a value: a new record keeps it in members that nobody here knows.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests;
