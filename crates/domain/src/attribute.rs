//! The tie between a record and a taxonomy term (HSDS `attribute`).

use serde::{Deserialize, Serialize};

use crate::{Rest, TaxonomyTerm};

/// A term that holds for a record, with what is said about it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Identifier of the tie.
    #[serde(default)]
    pub id: String,
    /// The detail given with the term, such as the named condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// A label of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taxonomy_term: Option<TaxonomyTerm>,
    /// True when an editor read it out of a description instead of being told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub assessed: bool,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

impl Attribute {
    /// A tie to this term.
    #[must_use]
    pub fn to(term: &TaxonomyTerm) -> Self {
        Self {
            id: term.id.clone(),
            taxonomy_term: Some(term.clone()),
            ..Self::default()
        }
    }

    /// The term's code, if it is of this taxonomy.
    #[must_use]
    pub fn code_in(&self, taxonomy: &str) -> Option<&str> {
        let term = self.taxonomy_term.as_ref()?;
        (term.taxonomy.as_deref() == Some(taxonomy))
            .then_some(term.code.as_deref())
            .flatten()
    }
}
