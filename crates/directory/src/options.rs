//! What people can narrow a search by, said by term or by code, in any case.

use domain::Catalogue;
use search::{Choice, Dimension};
use serde::Serialize;

use crate::nearest::advice;
use crate::open::Directory;

/// What a search can be narrowed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// Why a person is sent.
    Need,
    /// A borough it covers.
    Borough,
    /// How much care it gives.
    Tier,
}

impl Facet {
    pub(crate) fn dimension(self) -> Dimension {
        match self {
            Self::Need => Dimension::Need,
            Self::Borough => Dimension::Borough,
            Self::Tier => Dimension::Tier,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Need => "need",
            Self::Borough => "borough",
            Self::Tier => "tier",
        }
    }
}

/// Something that was asked for does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadOption {
    /// A term that the directory does not have.
    #[error("There is no {what} \"{said}\": {advice}")]
    Term {
        /// `need`, `borough` or `tier`.
        what: &'static str,
        /// What was said.
        said: String,
        /// What to say instead.
        advice: String,
    },
    /// Not a postcode.
    #[error("{0}")]
    Postcode(#[from] domain::ParsePostcodeError),
    /// A postcode outside what the directory knows.
    #[error(
        "The directory does not know where {0} is. It knows the outcodes of its own area, such as {1}."
    )]
    Elsewhere(String, String),
    /// A postcode that is no longer in use or not known, in an outcode that is not known either.
    #[error("{0}")]
    NoPlace(String),
}

impl Directory {
    /// The codes of what was asked for: terms, codes or identifiers, in any case. The whole county
    /// means every borough in it.
    ///
    /// # Errors
    /// [`BadOption::Term`] names the nearest right one.
    pub fn codes(&self, facet: Facet, said: &[String]) -> Result<Vec<String>, BadOption> {
        let mut codes = Vec::new();
        for one in said {
            codes.extend(self.code(facet, one)?);
        }
        codes.dedup();
        Ok(codes)
    }

    fn code(&self, facet: Facet, said: &str) -> Result<Vec<String>, BadOption> {
        let choices = self.choices(facet);
        let wanted = plain(said);
        let is = |choice: &&Choice| {
            plain(&choice.code) == wanted
                || plain(&choice.name) == wanted
                || Catalogue::term_id(facet.word(), &choice.code).to_string() == wanted
        };
        if let Some(found) = choices.iter().find(is) {
            return Ok(vec![found.code.clone()]);
        }
        if facet == Facet::Borough
            && let Some(area) = self.area_named(&wanted)
        {
            return Ok(self
                .areas
                .covered_by(area)
                .iter()
                .map(|a| a.code.clone())
                .collect());
        }
        // "tier 1" is enough of "Tier 1 Community-based health programme".
        let starts: Vec<&Choice> = choices
            .iter()
            .filter(|c| !wanted.is_empty() && plain(&c.name).starts_with(&wanted))
            .collect();
        if let [only] = starts.as_slice() {
            return Ok(vec![only.code.clone()]);
        }
        let names: Vec<(&str, &str)> = choices
            .iter()
            .map(|c| (c.name.as_str(), c.code.as_str()))
            .collect();
        Err(BadOption::Term {
            what: facet.word(),
            said: said.to_owned(),
            advice: advice(said, &names),
        })
    }

    fn area_named(&self, wanted: &str) -> Option<&str> {
        let named = |area: &&domain::Area| {
            plain(&area.name) == wanted
                || plain(area.name.trim_start_matches("Whole of ")) == wanted
                || plain(&area.code) == wanted
        };
        self.areas
            .all()
            .iter()
            .find(named)
            .map(|area| area.code.as_str())
    }

    /// The options of a facet in display order.
    #[must_use]
    pub fn choices(&self, facet: Facet) -> &[Choice] {
        self.engine().vocabulary().choices(facet.dimension())
    }
}

/// In lower case, with single blanks.
fn plain(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
