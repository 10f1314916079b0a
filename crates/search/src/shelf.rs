//! A built index, open for reading: postings on disk through tantivy, everything that is asked of
//! each matching document in memory.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use domain::Point;
use tantivy::directory::MmapDirectory;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, ReloadPolicy, SegmentReader, TantivyError};

use crate::bits::Bits;
use crate::build::{LEXICON, Label, tokenizers, unpack};
use crate::error::IndexError;
use crate::gains::{Gains, MOST_OCCURRENCES, average, gain_of, gains};
use crate::lexicon::Lexicon;
use crate::schema::{FIELDS, Fields, LEAD, LENGTH_COUNTS, schema};
use crate::vocabulary::Vocabulary;

/// A prefix with more matches than this is remembered once it was looked up.
const REMEMBERED_FROM: u64 = 20_000;

/// An open index.
pub(crate) struct Shelf {
    pub(crate) revision: i64,
    pub(crate) lexicon: Lexicon,
    /// Documents by the key of a term (`n:wellbeing`).
    pub(crate) terms: HashMap<String, Bits>,
    index: Option<Index>,
    fields: Vec<TextField>,
    rows: Vec<i64>,
    checked: Vec<i32>,
    points: Points,
    prefixes: Mutex<HashMap<String, Arc<[Bits; FIELDS]>>>,
}

struct TextField {
    postings: Arc<InvertedIndexReader>,
    /// Where the postings of each stem lie.
    terms: Vec<Posting>,
    lengths: Vec<u8>,
    gains: Gains,
}

#[derive(Clone, Copy, Default)]
struct Posting {
    documents: u32,
    bytes: u32,
    start: u64,
}

/// The points of all documents, one after the other.
#[derive(Default)]
struct Points {
    all: Vec<Point>,
    ends: Vec<u32>,
}

impl Shelf {
    /// No documents.
    pub(crate) fn empty() -> Self {
        Self {
            revision: 0,
            lexicon: Lexicon::default(),
            terms: HashMap::new(),
            index: None,
            fields: Vec::new(),
            rows: Vec::new(),
            checked: Vec::new(),
            points: Points::default(),
            prefixes: Mutex::default(),
        }
    }

    /// Opens the current index of a folder.
    pub(crate) fn open(
        home: &Path,
        store: &str,
        vocabulary: &Vocabulary,
    ) -> Result<Self, IndexError> {
        let label = Label::read(home).ok_or_else(|| IndexError::Absent(home.to_owned()))?;
        if label.vocabulary != vocabulary.fingerprint() || label.store != store {
            return Err(IndexError::Outdated);
        }
        let damaged = |what: &str| IndexError::Damaged(what.to_owned());
        let file = label.folder.join(LEXICON);
        let text = fs::read_to_string(&file).map_err(|e| IndexError::folder(&file, e))?;
        let lexicon = Lexicon::read(&text).ok_or_else(|| damaged("its list of words"))?;
        let directory = MmapDirectory::open(&label.folder).map_err(TantivyError::from)?;
        let mut index = Index::open(directory)?;
        index.set_tokenizers(tokenizers());
        let (_, fields) = schema();
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let searcher = reader.searcher();
        let mut shelf = Self {
            revision: label.revision,
            lexicon,
            index: Some(index),
            ..Self::empty()
        };
        match searcher.segment_readers() {
            [] => {}
            [segment] => shelf.fill(segment, fields)?,
            _ => return Err(damaged("more parts than were written")),
        }
        Ok(shelf)
    }

    fn fill(&mut self, segment: &SegmentReader, fields: Fields) -> Result<(), IndexError> {
        for (n, field) in fields.text.into_iter().enumerate() {
            self.fields
                .push(TextField::open(segment, field, n, self.lexicon.stems())?);
        }
        self.terms = terms(segment, fields)?;
        let (row, checked) = (
            segment.fast_fields().i64("row")?,
            segment.fast_fields().i64("checked")?,
        );
        let points = segment.fast_fields().u64("points")?;
        for doc in 0..segment.max_doc() {
            let day = checked.first(doc).and_then(|day| i32::try_from(day).ok());
            self.rows.push(row.first(doc).unwrap_or(i64::MIN));
            self.checked.push(day.unwrap_or(i32::MIN));
            self.points
                .push(points.values_for_doc(doc).filter_map(unpack));
        }
        let ascending = self
            .rows
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a < b));
        ascending
            .then_some(())
            .ok_or_else(|| IndexError::Damaged("its rows are out of order".to_owned()))
    }

    /// Reads everything and compares it with its checksums. Slow for a large index.
    pub(crate) fn verify(&self) -> Result<(), IndexError> {
        let Some(index) = &self.index else {
            return Ok(());
        };
        let bad = index.validate_checksum()?;
        match bad.iter().next() {
            None => Ok(()),
            Some(file) => Err(IndexError::Damaged(file.display().to_string())),
        }
    }

    /// True unless it is the empty one of before the first index.
    pub(crate) fn is_built(&self) -> bool {
        self.index.is_some()
    }

    /// What so many occurrences in a field of this many words are worth; absent: there is no index
    /// to compare with.
    pub(crate) fn gain(&self, field: usize, length: u32, times: u32) -> Option<f32> {
        let field = self.fields.get(field)?;
        Some(if field.lengths.is_empty() {
            1.0
        } else {
            gain_of(&field.gains, length, times)
        })
    }

    /// How many documents there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn row(&self, doc: usize) -> Option<i64> {
        self.rows.get(doc).copied()
    }

    pub(crate) fn doc_of(&self, row: i64) -> Option<u32> {
        self.rows
            .binary_search(&row)
            .ok()
            .and_then(|doc| u32::try_from(doc).ok())
    }

    pub(crate) fn checked(&self, doc: usize) -> Option<i32> {
        self.checked
            .get(doc)
            .copied()
            .filter(|day| *day != i32::MIN)
    }

    pub(crate) fn points(&self, doc: usize) -> &[Point] {
        self.points.of(doc)
    }

    /// In how many documents a stem stands, in the field that has it most.
    pub(crate) fn documents(&self, stem: u32) -> u32 {
        let of = |field: &TextField| field.terms.get(stem as usize).map_or(0, |p| p.documents);
        self.fields.iter().map(of).max().unwrap_or(0)
    }

    /// Calls `found` with each document whose field holds the stem, and what that is worth.
    pub(crate) fn scan(
        &self,
        field: usize,
        stem: u32,
        mut found: impl FnMut(u32, f32),
    ) -> Result<(), IndexError> {
        let Some(field) = self.fields.get(field) else {
            return Ok(());
        };
        let Some(posting) = field.terms.get(stem as usize).filter(|p| p.documents > 0) else {
            return Ok(());
        };
        let wanted = if field.lengths.is_empty() {
            IndexRecordOption::Basic
        } else {
            IndexRecordOption::WithFreqs
        };
        let start = usize::try_from(posting.start).unwrap_or(usize::MAX);
        let info = TermInfo {
            doc_freq: posting.documents,
            postings_range: start..start.saturating_add(posting.bytes as usize),
            positions_range: 0..0,
        };
        let mut block = field
            .postings
            .read_block_postings_from_terminfo(&info, wanted)
            .map_err(TantivyError::from)?;
        while !block.docs().is_empty() {
            let docs = block.docs().iter();
            if field.lengths.is_empty() {
                docs.for_each(|doc| found(*doc, 1.0));
            } else {
                docs.zip(block.freqs())
                    .for_each(|(doc, times)| found(*doc, field.gain(*doc, *times)));
            }
            block.advance();
        }
        Ok(())
    }

    /// The documents with a word that begins so, each under the best field that has one.
    pub(crate) fn prefix(&self, prefix: &str) -> Result<Arc<[Bits; FIELDS]>, IndexError> {
        let mut remembered = self.prefixes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = remembered.get(prefix) {
            return Ok(Arc::clone(known));
        }
        let mut stems: Vec<u32> = self
            .lexicon
            .beginning(prefix)
            .filter_map(|at| self.lexicon.stem_at(at))
            .collect();
        stems.sort_unstable();
        stems.dedup();
        let mut sets: [Bits; FIELDS] = std::array::from_fn(|_| Bits::none(self.len()));
        for (field, set) in sets.iter_mut().enumerate() {
            for stem in &stems {
                self.scan(field, *stem, |doc, _| set.insert(doc))?;
            }
        }
        // A document counts under its best field only, so that it is looked at once.
        let mut better = Bits::none(self.len());
        for set in &mut sets {
            set.and_not(&better);
            better.or(set);
        }
        let sets = Arc::new(sets);
        let matches: u64 = sets.iter().map(Bits::count).sum();
        if matches > REMEMBERED_FROM || prefix.chars().count() < 3 {
            remembered.insert(prefix.to_owned(), Arc::clone(&sets));
        }
        Ok(sets)
    }

    /// Looks up the one- and two-letter prefixes that a person may type first.
    pub(crate) fn warm(&self) -> Result<(), IndexError> {
        let starts = |letters: usize| {
            let mut all: Vec<&str> = (0..self.lexicon.len())
                .filter_map(|at| self.lexicon.form(at).get(..letters))
                .collect();
            all.dedup();
            all
        };
        for prefix in starts(1).into_iter().chain(starts(2)) {
            self.prefix(prefix)?;
        }
        Ok(())
    }
}

impl TextField {
    fn open(
        segment: &SegmentReader,
        field: tantivy::schema::Field,
        n: usize,
        stems: &[Box<str>],
    ) -> Result<Self, IndexError> {
        let postings = segment.inverted_index(field)?;
        let mut terms = vec![Posting::default(); stems.len()];
        let mut stream = postings.terms().stream().map_err(TantivyError::from)?;
        let mut at = 0;
        while stream.advance() {
            // Both are sorted: walking on finds the stem of each term without a search.
            while stems
                .get(at)
                .is_some_and(|stem| stem.as_bytes() < stream.key())
            {
                at += 1;
            }
            let (Some(stem), Some(posting)) = (stems.get(at), terms.get_mut(at)) else {
                break;
            };
            if stem.as_bytes() == stream.key() {
                let info = stream.value();
                *posting = Posting {
                    documents: info.doc_freq,
                    bytes: u32::try_from(info.postings_range.len()).unwrap_or(u32::MAX),
                    start: info.postings_range.start as u64,
                };
            }
        }
        let lengths = if n == LEAD {
            Vec::new()
        } else {
            lengths(segment, field)?
        };
        let gains = gains(
            average(&lengths),
            LENGTH_COUNTS.get(n).copied().unwrap_or_default(),
        );
        Ok(Self {
            postings,
            terms,
            lengths,
            gains,
        })
    }

    #[inline]
    fn gain(&self, doc: u32, times: u32) -> f32 {
        let length = self.lengths.get(doc as usize).copied().unwrap_or_default();
        let of_length = self
            .gains
            .get(usize::from(length))
            .copied()
            .unwrap_or_default();
        let at = (times as usize).clamp(1, MOST_OCCURRENCES) - 1;
        of_length.get(at).copied().unwrap_or_default()
    }
}

fn lengths(segment: &SegmentReader, field: tantivy::schema::Field) -> Result<Vec<u8>, IndexError> {
    let reader = segment.get_fieldnorms_reader(field)?;
    Ok((0..segment.max_doc())
        .map(|doc| reader.fieldnorm_id(doc))
        .collect())
}

fn terms(segment: &SegmentReader, fields: Fields) -> Result<HashMap<String, Bits>, IndexError> {
    let postings = segment.inverted_index(fields.terms)?;
    let mut stream = postings.terms().stream().map_err(TantivyError::from)?;
    let mut terms = HashMap::new();
    while stream.advance() {
        let key = String::from_utf8_lossy(stream.key()).into_owned();
        let mut set = Bits::none(segment.max_doc() as usize);
        let mut block = postings
            .read_block_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)
            .map_err(TantivyError::from)?;
        while !block.docs().is_empty() {
            block.docs().iter().for_each(|doc| set.insert(*doc));
            block.advance();
        }
        terms.insert(key, set);
    }
    Ok(terms)
}

impl Points {
    fn push(&mut self, points: impl Iterator<Item = Point>) {
        self.all.extend(points);
        self.ends
            .push(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
    }

    fn of(&self, doc: usize) -> &[Point] {
        let start = doc
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |e| *e as usize);
        let end = self.ends.get(doc).map_or(start, |end| *end as usize);
        self.all.get(start..end).unwrap_or_default()
    }
}
