//! Other people's search on the same services, the same keys and with the same answer: the ten best,
//! the exact total, and exact counts for every need, borough and tier as the other filters stand.
//!
//! None of them has a thesaurus, places or coverage; only `MiniSearch` corrects spelling. Where
//! Signpost takes a sentence apart, they are asked for any of its words.

pub mod fts5;
pub mod node;

use std::error::Error;
use std::path::Path;

use domain::Catalogue;
use search::{Dimension, Document, Vocabulary};
use serde::{Deserialize, Serialize};
use store::Store;

use crate::generate::is_little;
use crate::keys::{Class, Key};
use crate::prepare::each_document;
use crate::signpost::ClassTimes;

/// The classes that all are asked: what needs places is left out.
pub const CLASSES: [Class; 4] = [
    Class::Single,
    Class::Short,
    Class::Sentence,
    Class::Filtered,
];

/// How one of them did.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Peer {
    /// Its name and version.
    pub name: String,
    /// Seconds until its index was built.
    pub build_s: f64,
    /// For each class of keys.
    pub classes: Vec<ClassTimes>,
}

/// Needs, boroughs and tiers as sets of bits, in the order of the options.
type Marks = [u32; 3];

/// A key as peers understand it.
#[derive(Debug, Clone, Serialize)]
struct Question {
    /// Finished words.
    words: Vec<String>,
    /// The last word, when it may be unfinished.
    open: Option<String>,
    /// Any of the words will do.
    any: bool,
    /// Chosen needs, boroughs and tiers; none: all.
    chosen: Marks,
}

/// The options of one directory.
struct Options([Vec<String>; 3]);

impl Options {
    fn of(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let store = Store::open(folder)?.store;
        let catalogue = Catalogue::new(store.taxonomies()?);
        let vocabulary = Vocabulary::new(&catalogue, &store.areas()?, &[]);
        let codes = |dimension| {
            vocabulary
                .choices(dimension)
                .iter()
                .map(|c| c.code.clone())
                .collect()
        };
        Ok(Self(Dimension::CHOSEN.map(codes)))
    }

    fn marks<'a>(&self, terms: impl Iterator<Item = (Dimension, &'a str)>) -> Marks {
        let mut marks = Marks::default();
        for (dimension, code) in terms {
            let places = Dimension::CHOSEN.iter().zip(&self.0).zip(&mut marks);
            let own = places
                .into_iter()
                .find(|((candidate, _), _)| **candidate == dimension);
            if let Some(((_, codes), mark)) = own {
                let at = codes.iter().position(|known| known == code);
                *mark |= at.map_or(0, |at| 1 << at);
            }
        }
        marks
    }

    fn question(&self, key: &Key) -> Question {
        let text = key.request.text.to_lowercase();
        let split = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        let mut words: Vec<String> = split.map(str::to_owned).collect();
        let any = words.len() > 3;
        let open = text
            .ends_with(char::is_alphanumeric)
            .then(|| words.pop())
            .flatten();
        if any {
            words.retain(|word| !is_little(word));
        }
        let all = |dimension: Dimension, codes: &'_ [String]| {
            codes
                .iter()
                .map(|code| (dimension, code.clone()))
                .collect::<Vec<_>>()
        };
        let request = &key.request;
        let chosen = [
            all(Dimension::Need, &request.needs),
            all(Dimension::Borough, &request.boroughs),
            all(Dimension::Tier, &request.tiers),
        ]
        .concat();
        let chosen = self.marks(
            chosen
                .iter()
                .map(|(dimension, code)| (*dimension, code.as_str())),
        );
        Question {
            words,
            open,
            any,
            chosen,
        }
    }
}

/// The texts of a document as peers index them: name, other names, tags, longer texts.
fn columns(document: &Document) -> [String; 4] {
    [
        document.name.clone(),
        document.other_names.join(" "),
        document.tags.join(" "),
        document.text.join(" "),
    ]
}

/// The keys of the classes that all are asked.
#[must_use]
pub fn asked(keys: &[Key]) -> Vec<Key> {
    keys.iter()
        .filter(|key| CLASSES.contains(&key.class))
        .cloned()
        .collect()
}

/// Calls `found` with each document's texts and marks.
fn each_row(
    folder: &Path,
    options: &Options,
    mut found: impl FnMut([String; 4], Marks) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    each_document(folder, |document, _| {
        let terms = document
            .terms
            .iter()
            .map(|(dimension, code)| (*dimension, code.as_str()));
        let marks = options.marks(terms);
        found(columns(&document), marks)
    })
}

/// Exact counts of every option.
#[derive(Debug, Default)]
struct Tally {
    total: u32,
    counts: [[u32; 32]; 3],
}

impl Tally {
    fn add(&mut self, marks: Marks, chosen: Marks) -> bool {
        let refused = |n: usize| {
            let (own, chosen) = (marks.get(n).copied(), chosen.get(n).copied().unwrap_or(0));
            chosen != 0 && own.unwrap_or(0) & chosen == 0
        };
        let refusals = [refused(0), refused(1), refused(2)];
        let all = refusals.iter().filter(|refused| **refused).count();
        for ((counts, own), refused) in self.counts.iter_mut().zip(marks).zip(refusals) {
            // A facet does not count against itself.
            if all == usize::from(refused) {
                ones(own).for_each(|at| counts.get_mut(at).into_iter().for_each(|n| *n += 1));
            }
        }
        self.total += u32::from(all == 0);
        all == 0
    }
}

/// The places of the bits that are set.
fn ones(mut marks: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = marks.trailing_zeros() as usize;
        (marks != 0).then(|| {
            marks &= marks - 1;
            at
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facet_does_not_count_against_itself() {
        let mut tally = Tally::default();
        assert!(tally.add([0b01, 0b1, 0], [0b01, 0, 0]));
        assert!(!tally.add([0b10, 0b1, 0], [0b01, 0, 0]));
        assert_eq!(tally.total, 1);
        assert_eq!(tally.counts[0][..2], [1, 1]);
        assert_eq!(tally.counts[1][0], 1);
    }
}
