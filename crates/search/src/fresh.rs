//! Documents changed since the index was built, searched beside it. A few thousand at most: they
//! are in memory, and in the next index.

use std::collections::{BTreeMap, HashMap};

use domain::Point;

use crate::document::Document;
use crate::gains::{Gains, gains, rounded};
use crate::schema::{FIELDS, LENGTH_COUNTS};
use crate::stemmed::{Phrases, Stemmed};
use crate::text::Stems;

/// The changed documents, numbered from zero.
#[derive(Default)]
pub(crate) struct Fresh {
    documents: Vec<FreshDocument>,
    /// Where each stem stands: document and field, with how often.
    postings: HashMap<String, Vec<(u32, usize, u32)>>,
    /// Word forms and their stems.
    forms: BTreeMap<String, String>,
    latest: HashMap<i64, u32>,
    /// Words in each field, over all documents.
    words: [u64; FIELDS],
}

struct FreshDocument {
    row: i64,
    checked: Option<i32>,
    points: Vec<Point>,
    lengths: [u32; FIELDS],
}

impl Fresh {
    /// Adds a document; an older one of the same row stays but is no longer found by its row.
    pub(crate) fn add(&mut self, document: &Document, stems: &mut Stems, phrases: &Phrases) -> u32 {
        let stemmed = Stemmed::of(document, stems, phrases);
        let number = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        let lengths = stemmed
            .fields
            .each_ref()
            .map(|terms| u32::try_from(terms.split_whitespace().count()).unwrap_or(u32::MAX));
        for (total, length) in self.words.iter_mut().zip(lengths) {
            // As exact as the index keeps lengths, so that both rank alike.
            *total += u64::from(rounded(length));
        }
        for (field, terms) in stemmed.fields.iter().enumerate() {
            let mut times: HashMap<&str, u32> = HashMap::new();
            terms
                .split_whitespace()
                .for_each(|term| *times.entry(term).or_default() += 1);
            for (term, count) in times {
                self.postings
                    .entry(term.to_owned())
                    .or_default()
                    .push((number, field, count));
            }
        }
        let mut words = Vec::new();
        document.texts(|text| crate::text::each_word(text, |word| words.push(word.to_owned())));
        for word in words {
            let number = stems.number(&word);
            self.forms
                .entry(word)
                .or_insert_with(|| stems.stem(number).to_owned());
        }
        self.latest.insert(document.row, number);
        let points = document.points.clone();
        self.documents.push(FreshDocument {
            row: document.row,
            checked: document.checked,
            points,
            lengths,
        });
        number
    }

    pub(crate) fn len(&self) -> usize {
        self.documents.len()
    }

    pub(crate) fn row(&self, doc: usize) -> Option<i64> {
        self.documents.get(doc).map(|document| document.row)
    }

    pub(crate) fn doc_of(&self, row: i64) -> Option<u32> {
        self.latest.get(&row).copied()
    }

    pub(crate) fn checked(&self, doc: usize) -> Option<i32> {
        self.documents.get(doc)?.checked
    }

    pub(crate) fn points(&self, doc: usize) -> &[Point] {
        self.documents
            .get(doc)
            .map(|document| document.points.as_slice())
            .unwrap_or_default()
    }

    /// Documents and fields with a stem, and how often it stands there.
    pub(crate) fn postings(&self, stem: &str) -> &[(u32, usize, u32)] {
        self.postings
            .get(stem)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// In how many documents a stem stands, in the field that has it most.
    pub(crate) fn count(&self, stem: &str) -> u32 {
        let mut counts = [0_u32; FIELDS];
        for (_, field, _) in self.postings(stem) {
            counts
                .get_mut(*field)
                .into_iter()
                .for_each(|count| *count += 1);
        }
        counts.into_iter().max().unwrap_or(0)
    }

    /// The length of a document's field, in words.
    pub(crate) fn length(&self, doc: u32, field: usize) -> u32 {
        let lengths = self
            .documents
            .get(doc as usize)
            .map(|document| document.lengths);
        lengths
            .and_then(|lengths| lengths.get(field).copied())
            .unwrap_or(0)
    }

    /// What occurrences are worth among these documents alone, for each field.
    #[expect(clippy::cast_precision_loss, reason = "a mean")]
    pub(crate) fn gains(&self) -> [Gains; FIELDS] {
        let documents = self.documents.len().max(1) as f64;
        std::array::from_fn(|field| {
            let words = self.words.get(field).copied().unwrap_or_default();
            gains(
                words as f64 / documents,
                LENGTH_COUNTS.get(field).copied().unwrap_or_default(),
            )
        })
    }

    pub(crate) fn has_form(&self, form: &str) -> bool {
        self.forms.contains_key(form)
    }

    /// Forms that begin so, with their stems.
    pub(crate) fn beginning<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let from = self.forms.range(prefix.to_owned()..);
        from.take_while(move |(form, _)| form.starts_with(prefix))
            .map(|(form, stem)| (form.as_str(), stem.as_str()))
    }

    /// All forms.
    pub(crate) fn forms(&self) -> impl Iterator<Item = &str> {
        self.forms.keys().map(String::as_str)
    }

    /// Documents and fields with a word that begins so, each once.
    pub(crate) fn prefix(&self, prefix: &str) -> Vec<(u32, usize)> {
        let mut stems: Vec<&str> = self.beginning(prefix).map(|(_, stem)| stem).collect();
        stems.dedup();
        let places = stems.iter().flat_map(|stem| self.postings(stem));
        let mut found: Vec<(u32, usize)> = places.map(|(doc, field, _)| (*doc, *field)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

const _: () = assert!(FIELDS <= 8, "field numbers are kept with each match");
