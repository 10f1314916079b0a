//! What other files may refer to: terms and areas.

use domain::{Area, Attribute, Catalogue};

use super::table::{Said, Table};
use crate::nearest::advice;

/// The terms and areas of the directory.
pub(super) struct Known<'k> {
    catalogue: &'k Catalogue,
    areas: &'k [Area],
}

impl<'k> Known<'k> {
    pub(super) fn new(catalogue: &'k Catalogue, areas: &'k [Area]) -> Self {
        Self { catalogue, areas }
    }

    /// A tie to the term with this code, or what to write instead.
    pub(super) fn attribute(&self, taxonomy: &str, code: &str) -> Result<Attribute, String> {
        self.catalogue.attribute(taxonomy, code).ok_or_else(|| {
            let terms = self.catalogue.terms(taxonomy).iter();
            let choices: Vec<_> = terms
                .filter_map(|term| Some((term.code.as_deref()?, term.name.as_str())))
                .collect();
            let advice = advice(code, &choices);
            format!("\"{code}\" is not in taxonomies/{taxonomy}.toml: {advice}")
        })
    }

    /// The area with this code, or what to write instead.
    pub(super) fn area(&self, code: &str) -> Result<&'k Area, String> {
        let found = self.areas.iter().find(|area| area.code == code);
        found.ok_or_else(|| {
            let areas = self.areas.iter();
            let choices: Vec<_> = areas.map(|a| (a.code.as_str(), a.name.as_str())).collect();
            format!(
                "\"{code}\" is not in areas.toml: {}",
                advice(code, &choices)
            )
        })
    }

    /// Codes of a taxonomy in a list of a table.
    pub(super) fn codes(
        &self,
        table: &mut Table<'_>,
        key: &'static str,
        taxonomy: &str,
    ) -> Vec<String> {
        let said = table.texts(key);
        for &code in &said {
            if let Err(message) = self.attribute(taxonomy, code.text) {
                table.fault(code, message);
            }
        }
        said.into_iter().map(Said::owned).collect()
    }
}
