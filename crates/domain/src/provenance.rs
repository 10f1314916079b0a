//! Where a record came from.

use serde::{Deserialize, Serialize};

use crate::{Rest, When};

/// One source of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The publication, directory or file.
    pub source: String,
    /// Where in it: page, appendix, line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The date of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<When>,
    /// Who entered it, as a role or organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<String>,
    /// Under what licence it may be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}
