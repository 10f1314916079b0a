//! A document's text as the terms under which it is filed.

use std::collections::{HashMap, HashSet};

use crate::document::Document;
use crate::schema::{BODY, FIELDS, LEAD, NAME, TAGS};
use crate::text::{Stems, each_word};

/// Phrases that are filed as one term wherever a text has them, so that "home visits" need not be
/// guessed from "home" here and "visits" there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Phrases {
    by_first: HashMap<String, Vec<Vec<String>>>,
}

/// The most words a phrase may have.
pub(crate) const LONGEST_PHRASE: usize = 6;

impl Phrases {
    /// These phrases, each as stems; those of one word are no phrases.
    pub(crate) fn new(phrases: impl IntoIterator<Item = Vec<String>>) -> Self {
        let mut by_first: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for phrase in phrases {
            if let (2..=LONGEST_PHRASE, Some(first)) = (phrase.len(), phrase.first()) {
                by_first.entry(first.clone()).or_default().push(phrase);
            }
        }
        Self { by_first }
    }

    /// The term of a phrase.
    pub(crate) fn term(stems: &[String]) -> String {
        stems.join("_")
    }

    /// The terms of all phrases in a run of stems.
    fn within(&self, stems: &[String]) -> Vec<String> {
        let starting_at = |n: usize| {
            let rest = stems.get(n..).unwrap_or_default();
            let known = rest.first().and_then(|first| self.by_first.get(first));
            let held = known
                .into_iter()
                .flatten()
                .filter(move |phrase| rest.starts_with(phrase));
            held.map(|phrase| Self::term(phrase)).collect::<Vec<_>>()
        };
        (0..stems.len()).flat_map(starting_at).collect()
    }
}

/// The terms of each field, and the word forms that they came from.
#[derive(Debug, Default)]
pub(crate) struct Stemmed {
    pub(crate) fields: [Vec<String>; FIELDS],
    pub(crate) forms: HashSet<(String, String)>,
    pub(crate) phrases: HashSet<String>,
}

impl Stemmed {
    /// Stems a document.
    pub(crate) fn of(document: &Document, stems: &mut Stems, phrases: &Phrases) -> Self {
        let mut stemmed = Self::default();
        let names = std::iter::once(&document.name).chain(&document.other_names);
        for name in names {
            stemmed.add(NAME, name, stems, phrases);
            let mut first = None;
            each_word(name, |word| {
                first.get_or_insert_with(|| stems.of(word).to_owned());
            });
            if let Some(lead) = stemmed.fields.get_mut(LEAD) {
                lead.extend(first);
            }
        }
        document
            .tags
            .iter()
            .for_each(|text| stemmed.add(TAGS, text, stems, phrases));
        document
            .text
            .iter()
            .for_each(|text| stemmed.add(BODY, text, stems, phrases));
        stemmed
    }

    fn add(&mut self, field: usize, text: &str, stems: &mut Stems, phrases: &Phrases) {
        let mut run = Vec::new();
        each_word(text, |word| {
            let stem = stems.of(word).to_owned();
            self.forms.insert((word.to_owned(), stem.clone()));
            run.push(stem);
        });
        let found = phrases.within(&run);
        self.phrases.extend(found.iter().cloned());
        if let Some(terms) = self.fields.get_mut(field) {
            terms.extend(run);
            terms.extend(found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_filed_beside_their_words() {
        let phrases = Phrases::new([vec!["home".to_owned(), "visit".to_owned()]]);
        let document = Document {
            name: "Age UK".into(),
            text: vec!["We do home visits".into()],
            ..Document::default()
        };
        let stemmed = Stemmed::of(&document, &mut Stems::new(), &phrases);
        assert_eq!(stemmed.fields[LEAD], ["age"]);
        assert_eq!(
            stemmed.fields[BODY],
            ["we", "do", "home", "visit", "home_visit"]
        );
    }
}
