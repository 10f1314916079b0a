//! What is searched: the built index and what has changed since, under one numbering of documents.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use domain::Point;

use crate::bits::Bits;
use crate::document::{Dimension, Document};
use crate::error::IndexError;
use crate::fresh::Fresh;
use crate::gains::{Gains, gain_of};
use crate::schema::{FIELDS, LEAD};
use crate::shelf::Shelf;
use crate::stemmed::Phrases;
use crate::text::Stems;
use crate::vocabulary::Vocabulary;

/// Numbers below the shelf's length are its documents; those above are fresh ones.
pub(crate) struct State {
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) fresh: Fresh,
    /// Documents that are current.
    pub(crate) alive: Bits,
    /// By dimension, then code.
    terms: HashMap<Dimension, HashMap<String, Bits>>,
    /// For each dimension that people narrow by, the documents of which a value is known.
    known: [Bits; 3],
    stems: Stems,
    /// What occurrences are worth while there is no index to compare with.
    own_gains: OnceLock<[Gains; FIELDS]>,
}

impl State {
    pub(crate) fn new(shelf: Arc<Shelf>, vocabulary: &Vocabulary) -> Self {
        let len = shelf.len();
        let mut terms: HashMap<Dimension, HashMap<String, Bits>> = HashMap::new();
        for (key, set) in &shelf.terms {
            if let Some((dimension, code)) = Dimension::of_key(key) {
                terms
                    .entry(dimension)
                    .or_default()
                    .insert(code, set.clone());
            }
        }
        let known = Dimension::CHOSEN.map(|dimension| {
            let mut known = Bits::none(len);
            let sets = terms.get(&dimension);
            let codes = vocabulary
                .choices(dimension)
                .iter()
                .map(|choice| &choice.code);
            codes
                .filter_map(|code| sets?.get(code))
                .for_each(|set| known.or(set));
            known
        });
        let alive = Bits::all(len);
        Self {
            shelf,
            fresh: Fresh::default(),
            alive,
            terms,
            known,
            stems: Stems::new(),
            own_gains: OnceLock::new(),
        }
    }

    /// How many document numbers there are.
    pub(crate) fn len(&self) -> usize {
        self.shelf.len() + self.fresh.len()
    }

    /// Puts a document in, in place of an older one of the same row.
    pub(crate) fn put(&mut self, document: &Document, phrases: &Phrases) {
        self.remove(document.row);
        self.own_gains = OnceLock::new();
        let base = u32::try_from(self.shelf.len()).unwrap_or(u32::MAX);
        let doc = base + self.fresh.add(document, &mut self.stems, phrases);
        self.alive.insert(doc);
        for (dimension, code) in &document.terms {
            let codes = self.terms.entry(*dimension).or_default();
            codes.entry(code.clone()).or_default().insert(doc);
            let chosen = Dimension::CHOSEN
                .iter()
                .position(|candidate| candidate == dimension);
            if let Some(known) = chosen.and_then(|n| self.known.get_mut(n)) {
                known.insert(doc);
            }
        }
        let len = self.len();
        let sets = self.terms.values_mut().flat_map(HashMap::values_mut);
        sets.chain(&mut self.known).for_each(|set| set.grow(len));
        self.alive.grow(len);
    }

    /// Takes the document of a row out.
    pub(crate) fn remove(&mut self, row: i64) {
        let base = u32::try_from(self.shelf.len()).unwrap_or(u32::MAX);
        let fresh = self.fresh.doc_of(row).map(|doc| base + doc);
        self.shelf
            .doc_of(row)
            .into_iter()
            .chain(fresh)
            .for_each(|doc| self.alive.remove(doc));
    }

    /// The documents with a term.
    pub(crate) fn term(&self, dimension: Dimension, code: &str) -> Option<&Bits> {
        self.terms.get(&dimension)?.get(code)
    }

    /// The documents of which a value is known, for a dimension that people narrow by.
    pub(crate) fn known(&self, chosen: usize) -> Option<&Bits> {
        self.known.get(chosen)
    }

    pub(crate) fn row(&self, doc: u32) -> Option<i64> {
        let doc = doc as usize;
        doc.checked_sub(self.shelf.len())
            .map_or_else(|| self.shelf.row(doc), |n| self.fresh.row(n))
    }

    pub(crate) fn doc_of(&self, row: i64) -> Option<u32> {
        let base = u32::try_from(self.shelf.len()).ok()?;
        let fresh = self.fresh.doc_of(row).map(|doc| base + doc);
        fresh
            .or_else(|| self.shelf.doc_of(row))
            .filter(|doc| self.alive.contains(*doc))
    }

    pub(crate) fn checked(&self, doc: u32) -> Option<i32> {
        let doc = doc as usize;
        let fresh = doc.checked_sub(self.shelf.len());
        fresh.map_or_else(|| self.shelf.checked(doc), |n| self.fresh.checked(n))
    }

    pub(crate) fn points(&self, doc: u32) -> &[Point] {
        let doc = doc as usize;
        let fresh = doc.checked_sub(self.shelf.len());
        fresh.map_or_else(|| self.shelf.points(doc), |n| self.fresh.points(n))
    }

    /// True when some text has this word form, or another form of the same word.
    pub(crate) fn has_word(&self, word: &str, stem: &str) -> bool {
        self.shelf.lexicon.find(word).is_some()
            || self.fresh.has_form(word)
            || self.documents(stem) > 0
    }

    /// In how many documents a stem or phrase stands, about.
    pub(crate) fn documents(&self, stem: &str) -> u32 {
        let shelf = self
            .shelf
            .lexicon
            .stem(stem)
            .map_or(0, |number| self.shelf.documents(number));
        shelf + self.fresh.count(stem)
    }

    /// Calls `found` with each document that holds a stem: number, field, worth.
    pub(crate) fn scan(
        &self,
        stem: &str,
        mut found: impl FnMut(u32, usize, f32),
    ) -> Result<(), IndexError> {
        if let Some(number) = self.shelf.lexicon.stem(stem) {
            for field in 0..FIELDS {
                self.shelf
                    .scan(field, number, |doc, gain| found(doc, field, gain))?;
            }
        }
        let base = u32::try_from(self.shelf.len()).unwrap_or(u32::MAX);
        let own = self.own_gains.get_or_init(|| self.fresh.gains());
        for (doc, field, times) in self.fresh.postings(stem) {
            let length = self.fresh.length(*doc, *field);
            let gain = self
                .shelf
                .gain(*field, length, *times)
                .unwrap_or_else(|| match *field {
                    LEAD => 1.0,
                    field => own
                        .get(field)
                        .map_or(1.0, |gains| gain_of(gains, length, *times)),
                });
            found(base + doc, *field, gain);
        }
        Ok(())
    }

    /// Calls `found` with each document and field that has a word which begins so.
    pub(crate) fn scan_prefix(
        &self,
        prefix: &str,
        mut found: impl FnMut(u32, usize),
    ) -> Result<(), IndexError> {
        if self.shelf.len() > 0 {
            let sets = self.shelf.prefix(prefix)?;
            for (field, set) in sets.iter().enumerate() {
                set.iter().for_each(|doc| found(doc, field));
            }
        }
        let base = u32::try_from(self.shelf.len()).unwrap_or(u32::MAX);
        self.fresh
            .prefix(prefix)
            .into_iter()
            .for_each(|(doc, field)| found(base + doc, field));
        Ok(())
    }
}
