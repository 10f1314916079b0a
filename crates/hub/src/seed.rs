//! A record that comes from outside the inbox.

use domain::Record;

use crate::log::Key;

/// A record that a hub begins with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seed {
    /// Which.
    pub(crate) key: Key,
    /// The record, whole.
    pub(crate) record: Record,
    /// Where it comes from, in words.
    pub(crate) source: String,
}

impl Seed {
    /// Which record it is.
    pub(crate) fn key(&self) -> Key {
        self.key
    }
}
