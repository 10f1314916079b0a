//! Searches that found nothing: kept as words and areas, so that gaps can be seen. Of the person
//! who was helped nothing is kept.

use store::{Op, Unmet};

use crate::Today;
use crate::error::Error;
use crate::find::SearchRequest;
use crate::open::Directory;
use crate::options::Facet;

/// Longer texts are no search for a service.
const MOST_LETTERS: usize = 120;

impl Directory {
    /// Keeps a search that found nothing. What looks like a telephone number, a postcode or an
    /// address is left out.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::BadOption`].
    pub fn keep_unmet(&self, request: &SearchRequest, today: Today) -> Result<(), Error> {
        let words = impersonal(&request.text);
        if words.is_empty() {
            return Ok(());
        }
        let areas = self.codes(Facet::Borough, &request.boroughs)?;
        self.indexer.transact(Op::KeepUnmet {
            words,
            areas,
            day: today.to_string(),
        })?;
        Ok(())
    }

    /// The searches that found nothing.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn unmet(&self) -> Result<Vec<Unmet>, Error> {
        Ok(self.store().unmet()?)
    }
}

/// The words of a search without anything that has a digit or an at sign in it, in lower case.
fn impersonal(text: &str) -> String {
    let plain = |word: &&str| !word.contains(|c: char| c.is_numeric() || c == '@');
    let words: Vec<&str> = text.split_whitespace().filter(plain).collect();
    words
        .join(" ")
        .to_lowercase()
        .chars()
        .take(MOST_LETTERS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_points_to_a_person_is_kept() {
        assert_eq!(
            impersonal("Kickboxing  for a@b.uk M6 5JA 07700 tel"),
            "kickboxing for tel"
        );
    }
}
