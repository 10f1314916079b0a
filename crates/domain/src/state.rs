//! Whether a service takes people now.

use serde::{Deserialize, Serialize};

use crate::{Rest, When};

/// What keeps people from getting in, or is about to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateKind {
    /// Takes people.
    Open,
    /// Stopped for a while.
    Paused,
    /// Has no place left.
    Full,
    /// Takes names for later.
    WaitingList,
    /// Runs until its money ends.
    FundingEnds,
    /// Is no more.
    Closed,
}

/// A state with its dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Which.
    pub kind: StateKind,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<When>,
    /// Until when, or when funding ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<When>,
    /// What is to be said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}
