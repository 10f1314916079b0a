//! A document's text as the terms under which it is filed.

use std::collections::HashMap;

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

    /// The terms of all phrases in a run of words.
    fn within(&self, run: &[u32], stems: &Stems) -> Vec<String> {
        let mut found = Vec::new();
        for (n, first) in run.iter().enumerate() {
            let known = self.by_first.get(stems.stem(*first));
            let rest = || {
                run.get(n..)
                    .unwrap_or_default()
                    .iter()
                    .map(|number| stems.stem(*number))
            };
            let held = |phrase: &&Vec<String>| {
                n + phrase.len() <= run.len()
                    && phrase
                        .iter()
                        .map(String::as_str)
                        .zip(rest())
                        .all(|(a, b)| a == b)
            };
            found.extend(
                known
                    .into_iter()
                    .flatten()
                    .filter(held)
                    .map(|phrase| Self::term(phrase)),
            );
        }
        found
    }
}

/// The terms of each field, with blanks between, and what they came from, each once.
#[derive(Debug, Default)]
pub(crate) struct Stemmed {
    pub(crate) fields: [String; FIELDS],
    /// Numbers of word forms.
    pub(crate) forms: Vec<u32>,
    /// Terms of phrases.
    pub(crate) phrases: Vec<String>,
}

impl Stemmed {
    /// Stems a document.
    pub(crate) fn of(document: &Document, stems: &mut Stems, phrases: &Phrases) -> Self {
        let mut stemmed = Self::default();
        let names = std::iter::once(&document.name).chain(&document.other_names);
        for name in names {
            let run = stemmed.add(NAME, name, stems, phrases);
            stemmed.file(
                LEAD,
                run.first().map(|first| stems.stem(*first)).into_iter(),
            );
        }
        for text in &document.tags {
            stemmed.add(TAGS, text, stems, phrases);
        }
        for text in &document.text {
            stemmed.add(BODY, text, stems, phrases);
        }
        stemmed.forms.sort_unstable();
        stemmed.forms.dedup();
        stemmed.phrases.sort_unstable();
        stemmed.phrases.dedup();
        stemmed
    }

    /// Adds a text to a field and gives its words.
    fn add(&mut self, field: usize, text: &str, stems: &mut Stems, phrases: &Phrases) -> Vec<u32> {
        let mut run = Vec::new();
        each_word(text, |word| run.push(stems.number(word)));
        let found = phrases.within(&run, stems);
        self.file(field, run.iter().map(|number| stems.stem(*number)));
        self.file(field, found.iter().map(String::as_str));
        self.forms.extend(&run);
        self.phrases.extend(found);
        run
    }

    fn file<'a>(&mut self, field: usize, terms: impl Iterator<Item = &'a str>) {
        let Some(filed) = self.fields.get_mut(field) else {
            return;
        };
        for term in terms {
            filed.push_str(term);
            filed.push(' ');
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
        assert_eq!(stemmed.fields[LEAD], "age ");
        assert_eq!(stemmed.fields[BODY], "we do home visit home_visit ");
    }
}
