//! A check: somebody confirmed that an entry is right, whether or not it changed.

use serde::{Deserialize, Serialize};

use crate::{Rest, When};

/// How it was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckHow {
    /// Somebody telephoned.
    Phoned,
    /// Somebody went there.
    Visited,
    /// Somebody looked at its website.
    Web,
    /// The organisation said so.
    ToldUs,
    /// A published survey or report says so.
    Published,
}

impl CheckHow {
    /// As people say it: `by phone`.
    #[must_use]
    pub fn said(self) -> &'static str {
        match self {
            Self::Phoned => "by phone",
            Self::Visited => "by a visit",
            Self::Web => "on the web",
            Self::ToldUs => "told by the organisation",
            Self::Published => "from a report",
        }
    }
}

/// One confirmation. Checking is not editing: mending a typo does not make an entry fresh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Which group of fields; absent: the whole entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// When, as exactly as known.
    pub when: When,
    /// How.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<CheckHow>,
    /// By whom, as a role or organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}
