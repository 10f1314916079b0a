//! What services are chosen by: the same for searching and for exporting.

use clap::Args;
use directory::{Directory, SearchRequest};

use crate::failure::Failure;

/// What to look for, and what narrows it.
#[derive(Debug, Args)]
pub(crate) struct Filters {
    /// What to look for
    words: Vec<String>,
    /// Only services for this need
    #[arg(long, value_name = "TERM")]
    need: Vec<String>,
    /// Only services that cover this borough
    #[arg(long, value_name = "TERM")]
    borough: Vec<String>,
    /// Only services of this tier
    #[arg(long, value_name = "TERM")]
    tier: Vec<String>,
    /// Nearest first, and what covers the place: a postcode or its first half, such as M6
    #[arg(long, value_name = "POSTCODE")]
    near: Option<String>,
}

impl Filters {
    /// The search that they make: `offset` are passed over, `limit` given.
    pub(crate) fn request(
        &self,
        directory: &Directory,
        (offset, limit): (u32, u32),
    ) -> Result<SearchRequest, Failure> {
        if let Some(near) = &self.near {
            directory.check_near(near)?;
        }
        Ok(SearchRequest {
            text: self.words.join(" "),
            needs: self.need.clone(),
            boroughs: self.borough.clone(),
            tiers: self.tier.clone(),
            near: self.near.clone(),
            offset,
            limit,
        })
    }

    /// Whether they choose anything.
    pub(crate) fn are_given(&self) -> bool {
        let narrowed = [&self.words, &self.need, &self.borough, &self.tier];
        self.near.is_some() || narrowed.iter().any(|given| !given.is_empty())
    }
}
