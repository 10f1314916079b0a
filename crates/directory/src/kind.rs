//! The sorts of records, as the window names them.

use serde::{Deserialize, Serialize};

/// A sort of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A service: an entry of the directory.
    Service,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
}

impl From<Kind> for domain::Kind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Service => Self::Service,
            Kind::Organisation => Self::Organisation,
            Kind::Place => Self::Place,
        }
    }
}

impl From<domain::Kind> for Kind {
    fn from(kind: domain::Kind) -> Self {
        match kind {
            domain::Kind::Service => Self::Service,
            domain::Kind::Organisation => Self::Organisation,
            domain::Kind::Place => Self::Place,
        }
    }
}
