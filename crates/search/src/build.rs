//! Writing an index: a folder of its own that becomes the current one only when it is whole.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use domain::Point;
use tantivy::directory::MmapDirectory;
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager, WhitespaceTokenizer};
use tantivy::{Index, IndexBuilder, SingleSegmentIndexWriter, TantivyDocument};

use crate::document::Document;
use crate::error::IndexError;
use crate::lexicon::Gather;
use crate::schema::{FORMAT, Fields, TOKENIZER, schema};
use crate::stemmed::{Phrases, Stemmed};
use crate::text::Stems;
use crate::vocabulary::Vocabulary;

/// What the writer sets aside at the start, bytes; it grows with the texts.
const WRITER_MEMORY: usize = 15_000_000;

/// The file that names the current index and says what it covers.
const LABEL: &str = "index";
/// The file beside the index that holds its word forms.
pub(crate) const LEXICON: &str = "lexicon";

/// The turn to build an index in a folder: one builder at a time, also among processes. Given up
/// when it is dropped, and when the process ends, however it ends.
pub struct Turn(#[expect(dead_code, reason = "held for its lock")] File);

impl Turn {
    /// Waits for the turn. Another may have built meanwhile: look before you build.
    ///
    /// # Errors
    /// [`IndexError`] when the folder can't be written.
    pub fn take(home: &Path) -> Result<Self, IndexError> {
        fs::create_dir_all(home).map_err(|e| IndexError::folder(home, e))?;
        let path = home.join("turn");
        let opened = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path);
        let locked = opened.and_then(|file| file.lock().map(|()| file));
        locked.map(Self).map_err(|e| IndexError::folder(&path, e))
    }
}

/// Makes a folder's index count no more, as it turned out to be damaged.
pub fn discard(home: &Path) {
    // What can't be removed is found damaged again.
    let _may_resist = fs::remove_file(home.join(LABEL));
}

/// What stands on the label of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) folder: PathBuf,
    pub(crate) revision: i64,
    pub(crate) vocabulary: u64,
    /// Names the store that was indexed.
    pub(crate) store: String,
}

impl Label {
    /// Reads the label in a folder; `None` when there is none that this version understands.
    pub(crate) fn read(folder: &Path) -> Option<Self> {
        let text = fs::read_to_string(folder.join(LABEL)).ok()?;
        let mut lines = text.lines();
        let mut next = |key: &str| lines.next()?.strip_prefix(key)?.strip_prefix(' ');
        let format: u32 = next("format")?.parse().ok()?;
        let name = next("folder")?;
        let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let revision = next("revision")?.parse().ok()?;
        let vocabulary = next("vocabulary")?.parse().ok()?;
        let store = next("store")?.to_owned();
        (format == FORMAT && plain).then(|| Self {
            folder: folder.join(name),
            revision,
            vocabulary,
            store,
        })
    }

    fn write(&self, folder: &Path) -> Result<(), IndexError> {
        let name = self
            .folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let text = format!(
            "format {FORMAT}\nfolder {name}\nrevision {}\nvocabulary {}\nstore {}\n",
            self.revision, self.vocabulary, self.store
        );
        let fresh = folder.join(format!("{LABEL}.new"));
        fs::write(&fresh, text).map_err(|e| IndexError::folder(&fresh, e))?;
        fs::rename(&fresh, folder.join(LABEL)).map_err(|e| IndexError::folder(folder, e))
    }
}

/// The tokenizers that the schema names.
pub(crate) fn tokenizers() -> TokenizerManager {
    // The writer asks for tantivy's own by default, for numbers too.
    let manager = TokenizerManager::default();
    manager.register(
        TOKENIZER,
        TextAnalyzer::builder(WhitespaceTokenizer::default()).build(),
    );
    manager
}

/// An index being written. Dropped before [`Builder::finish`], it leaves nothing behind that counts.
pub struct Builder {
    home: PathBuf,
    folder: PathBuf,
    fields: Fields,
    writer: SingleSegmentIndexWriter,
    stems: Stems,
    phrases: Phrases,
    vocabulary: u64,
    store: String,
    lexicon: Gather,
    last_row: i64,
    _turn: Turn,
}

impl Builder {
    /// Begins an index of the store of this name, in a folder that may hold another index.
    ///
    /// # Errors
    /// [`IndexError`] when the folder can't be written.
    pub fn new(
        home: &Path,
        store: &str,
        vocabulary: &Vocabulary,
        turn: Turn,
    ) -> Result<Self, IndexError> {
        let folder = unused(home)?;
        let (schema, fields) = schema();
        let directory = MmapDirectory::open(&folder).map_err(tantivy::TantivyError::from)?;
        let index: IndexBuilder = Index::builder().schema(schema).tokenizers(tokenizers());
        let writer = index.single_segment_index_writer(directory, WRITER_MEMORY)?;
        Ok(Self {
            home: home.to_owned(),
            folder,
            fields,
            writer,
            stems: Stems::new(),
            phrases: vocabulary.phrases(),
            vocabulary: vocabulary.fingerprint(),
            store: store.to_owned(),
            lexicon: Gather::default(),
            last_row: i64::MIN,
            _turn: turn,
        })
    }

    /// Adds a document. Rows must come in ascending order.
    ///
    /// # Errors
    /// [`IndexError`] when a row comes out of order or the disk is full.
    pub fn add(&mut self, document: &Document) -> Result<(), IndexError> {
        if document.row <= self.last_row {
            return Err(IndexError::Order {
                row: document.row,
                after: self.last_row,
            });
        }
        self.last_row = document.row;
        let stemmed = Stemmed::of(document, &mut self.stems, &self.phrases);
        let mut filed = TantivyDocument::new();
        for (field, terms) in self.fields.text.into_iter().zip(&stemmed.fields) {
            filed.add_text(field, terms);
        }
        let keys = document
            .terms
            .iter()
            .map(|(dimension, code)| dimension.key(code));
        filed.add_text(self.fields.terms, keys.collect::<Vec<_>>().join(" "));
        filed.add_i64(self.fields.row, document.row);
        filed.add_i64(
            self.fields.checked,
            i64::from(document.checked.unwrap_or(i32::MIN)),
        );
        document
            .points
            .iter()
            .for_each(|p| filed.add_u64(self.fields.points, pack(*p)));
        self.lexicon.document(&stemmed.forms, &stemmed.phrases);
        Ok(self.writer.add_document(filed)?)
    }

    /// Writes the rest and makes this the current index, covering the store up to `revision`.
    ///
    /// # Errors
    /// [`IndexError`] when the disk is full; the former index stays current then.
    pub fn finish(self, revision: i64) -> Result<(), IndexError> {
        let Self {
            home,
            folder,
            writer,
            stems,
            lexicon,
            vocabulary,
            store,
            _turn,
            ..
        } = self;
        writer.finalize()?;
        let lexicon_file = folder.join(LEXICON);
        fs::write(&lexicon_file, lexicon.write(&stems))
            .map_err(|e| IndexError::folder(&lexicon_file, e))?;
        Label {
            folder,
            revision,
            vocabulary,
            store,
        }
        .write(&home)
    }
}

/// Makes a new folder for an index and clears away those that are no longer current. One that is
/// still open elsewhere may resist; it goes the next time.
fn unused(home: &Path) -> Result<PathBuf, IndexError> {
    let current = Label::read(home).map(|label| label.folder);
    let mut highest = 0;
    for entry in fs::read_dir(home)
        .map_err(|e| IndexError::folder(home, e))?
        .flatten()
    {
        let name = entry.file_name();
        let number = name
            .to_str()
            .and_then(|n| n.strip_prefix("index-")?.parse::<u64>().ok());
        let Some(number) = number else { continue };
        highest = highest.max(number);
        if current.as_deref() != Some(&entry.path()) {
            let _may_resist = fs::remove_dir_all(entry.path());
        }
    }
    let folder = home.join(format!("index-{}", highest + 1));
    fs::create_dir_all(&folder).map_err(|e| IndexError::folder(&folder, e))?;
    Ok(folder)
}

/// A point in 64 bits, to about a metre.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a checked point gives 0 to 36,000,000"
)]
fn pack(point: Point) -> u64 {
    let fixed = |degrees: f64, offset: f64| ((degrees + offset) * 1e5).round() as u64;
    fixed(point.latitude(), 90.0) << 32 | fixed(point.longitude(), 180.0)
}

/// The point that [`pack`] packed.
#[expect(clippy::cast_precision_loss, reason = "both halves are far below 2^53")]
pub(crate) fn unpack(packed: u64) -> Option<Point> {
    let degrees = |fixed: u64, offset: f64| fixed as f64 / 1e5 - offset;
    Point::new(
        degrees(packed >> 32, 90.0),
        degrees(packed & 0xffff_ffff, 180.0),
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_survive_packing_to_a_metre() {
        for (lat, lon) in [
            (53.4794, -2.2453),
            (-90.0, 180.0),
            (90.0, -180.0),
            (0.0, 0.0),
        ] {
            let point = Point::new(lat, lon).unwrap();
            assert!(unpack(pack(point)).unwrap().distance_km(point) < 0.002);
        }
    }

    #[test]
    fn a_label_that_is_not_ours_is_no_label() {
        let home = tempfile::tempdir().unwrap();
        for text in [
            "",
            "format 999\nfolder index-1\nrevision 1\nvocabulary 1\n",
            "format 1\nfolder ../x\nrevision 1\nvocabulary 1\n",
            "\u{0}\u{1}",
        ] {
            fs::write(home.path().join(LABEL), text).unwrap();
            assert_eq!(Label::read(home.path()), None, "{text:?}");
        }
        let label = Label {
            folder: home.path().join("index-3"),
            revision: 7,
            vocabulary: 9,
            store: "s".to_owned(),
        };
        label.write(home.path()).unwrap();
        assert_eq!(Label::read(home.path()), Some(label));
    }
}
