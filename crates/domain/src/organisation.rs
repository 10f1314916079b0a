//! An organisation: the body that runs services.

use serde::{Deserialize, Serialize};

use crate::{Attribute, Linked, Many, Phone, RecordId, Rest, Url};

/// In the shape of an HSDS `organization`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Identity.
    pub id: RecordId,
    /// Its name.
    pub name: String,
    /// Another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternate_name: Option<String>,
    /// What it is; absent: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Electronic mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Its website.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// More of its web.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub additional_websites: Many<Url>,
    /// Telephone numbers.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub phones: Many<Phone>,
    /// Charity number and the like.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub organization_identifiers: Many<Linked>,
    /// Ties to taxonomy terms.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub attributes: Many<Attribute>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}
