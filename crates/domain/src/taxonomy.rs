//! Taxonomies: published lists of terms with stable identifiers.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{Attribute, RecordId, Rest};

/// A term, in the shape of an HSDS `taxonomy_term`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxonomyTerm {
    /// UUIDv5 of `<taxonomy>/<code>` for Signpost's own terms.
    pub id: String,
    /// Short stable code, unique in its taxonomy: `social-isolation`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What people read.
    pub name: String,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The code of the taxonomy it belongs to: `need`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taxonomy: Option<String>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A list of terms in the order in which screens show them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxonomy {
    /// Its code: `need`, `tier`, `population`.
    pub code: String,
    /// What people read.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Where its terms come from.
    pub source: String,
    /// Its terms.
    pub terms: Vec<TaxonomyTerm>,
}

/// Every taxonomy that the directory uses, and quick ways to a term.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    taxonomies: Vec<Taxonomy>,
    by_code: HashMap<(String, String), (usize, usize)>,
}

impl Catalogue {
    /// A catalogue of these taxonomies.
    #[must_use]
    pub fn new(taxonomies: Vec<Taxonomy>) -> Self {
        let place = |t: usize, taxonomy: &Taxonomy| -> Vec<_> {
            let coded = taxonomy.terms.iter().enumerate();
            coded
                .filter_map(|(n, term)| Some(((taxonomy.code.clone(), term.code.clone()?), (t, n))))
                .collect()
        };
        let by_code = taxonomies
            .iter()
            .enumerate()
            .flat_map(|(t, taxonomy)| place(t, taxonomy))
            .collect();
        Self {
            taxonomies,
            by_code,
        }
    }

    /// The identifier of a term of one of Signpost's own taxonomies.
    #[must_use]
    pub fn term_id(taxonomy: &str, code: &str) -> RecordId {
        RecordId::named(&format!("{taxonomy}/{code}"))
    }

    /// All taxonomies.
    #[must_use]
    pub fn taxonomies(&self) -> &[Taxonomy] {
        &self.taxonomies
    }

    /// The terms of a taxonomy in display order; none if there is no such taxonomy.
    #[must_use]
    pub fn terms(&self, taxonomy: &str) -> &[TaxonomyTerm] {
        self.taxonomies
            .iter()
            .find(|candidate| candidate.code == taxonomy)
            .map(|found| found.terms.as_slice())
            .unwrap_or_default()
    }

    /// The term with this code.
    #[must_use]
    pub fn term(&self, taxonomy: &str, code: &str) -> Option<&TaxonomyTerm> {
        let (t, n) = self.by_code.get(&(taxonomy.to_owned(), code.to_owned()))?;
        self.taxonomies.get(*t)?.terms.get(*n)
    }

    /// An attribute that ties a record to the term with this code.
    #[must_use]
    pub fn attribute(&self, taxonomy: &str, code: &str) -> Option<Attribute> {
        self.term(taxonomy, code).map(Attribute::to)
    }
}
