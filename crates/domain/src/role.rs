//! Who may do what.

use serde::{Deserialize, Serialize};

use crate::GssCode;

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Suggests, flags, checks.
    Contributor,
    /// Edits, approves and settles in their boroughs.
    Curator,
    /// Everything, everywhere.
    Administrator,
}

/// Somebody, or a desk that several people share, as the hub knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// What others are told.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Codes of the boroughs of a curator; none: all.
    #[serde(default)]
    pub boroughs: Vec<GssCode>,
}
