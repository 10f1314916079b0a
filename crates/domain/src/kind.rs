//! The sorts of records.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A sort of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A service.
    Service,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
}

impl Kind {
    /// All of them, those that others refer to first.
    pub const ALL: [Self; 3] = [Self::Organisation, Self::Place, Self::Service];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Organisation => "organisation",
            Self::Place => "place",
        }
    }

    /// The sort of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
