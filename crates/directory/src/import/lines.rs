//! The lines of a dry run: however many, on the disk, a page at a time.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use interchange::Spot;
use serde::{Deserialize, Serialize};

use super::shape::{DryRunLine, DryRunPage, EntryRef, FieldChange, LineSort};

/// Lines of a page.
const PAGE: u32 = 50;

/// A line as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) sort: LineSort,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) sheet: Option<String>,
    pub(crate) line: Option<u64>,
    pub(crate) column: Option<String>,
    pub(crate) message: String,
    pub(crate) changes: Vec<FieldChange>,
    pub(crate) entry: Option<EntryRef>,
}

impl Line {
    /// A line about this spot.
    pub(crate) fn at(sort: LineSort, spot: &Spot) -> Self {
        Self {
            sort,
            kind: String::new(),
            name: String::new(),
            file: spot.file.clone(),
            sheet: spot.sheet.clone(),
            line: spot.line,
            column: spot.column.clone(),
            message: String::new(),
            changes: Vec::new(),
            entry: None,
        }
    }

    fn view(self) -> DryRunLine {
        let spot = Spot {
            file: self.file,
            sheet: self.sheet,
            line: self.line,
            column: self.column,
        };
        DryRunLine {
            sort: self.sort,
            kind: self.kind,
            name: self.name,
            at: spot.to_string(),
            message: self.message,
            changes: self.changes,
            entry: self.entry,
        }
    }
}

/// Lines of one sort: a file, and where each page of it begins.
struct Sort {
    file: BufWriter<tempfile::NamedTempFile>,
    pages: Vec<u64>,
    at: u64,
    total: u32,
}

/// The lines of a dry run; they go with it.
pub(crate) struct Lines {
    folder: PathBuf,
    sorts: BTreeMap<LineSort, Sort>,
}

impl Lines {
    /// None yet; they will lie in this folder.
    pub(crate) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            sorts: BTreeMap::new(),
        }
    }

    /// Keeps a line.
    pub(crate) fn push(&mut self, line: &Line) -> io::Result<()> {
        if !self.sorts.contains_key(&line.sort) {
            let file = tempfile::Builder::new()
                .prefix("lines-")
                .suffix(".part")
                .tempfile_in(&self.folder)?;
            let sort = Sort {
                file: BufWriter::new(file),
                pages: Vec::new(),
                at: 0,
                total: 0,
            };
            self.sorts.insert(line.sort, sort);
        }
        let Some(sort) = self.sorts.get_mut(&line.sort) else {
            return Ok(());
        };
        if sort.total.is_multiple_of(PAGE) {
            sort.pages.push(sort.at);
        }
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        sort.file.write_all(&text)?;
        sort.at += u64::try_from(text.len()).unwrap_or(u64::MAX);
        sort.total = sort.total.saturating_add(1);
        Ok(())
    }

    /// How many there are of a sort.
    pub(crate) fn total(&self, sort: LineSort) -> u32 {
        self.sorts.get(&sort).map_or(0, |sort| sort.total)
    }

    /// A page, from 0, of the lines of a sort.
    pub(crate) fn page(&mut self, sort: LineSort, page: u32) -> io::Result<DryRunPage> {
        let total = self.total(sort);
        let start = usize::try_from(page).unwrap_or(usize::MAX);
        let begin = self
            .sorts
            .get(&sort)
            .and_then(|sort| sort.pages.get(start).copied());
        let Some(begin) = begin else {
            return Ok(DryRunPage {
                total,
                lines: Vec::new(),
            });
        };
        let lines = self.from(sort, begin)?.take(PAGE as usize);
        let lines = lines.map(|line| line.map(Line::view));
        Ok(DryRunPage {
            total,
            lines: lines.collect::<io::Result<_>>()?,
        })
    }

    /// Every line, sort by sort: what is refused first.
    pub(crate) fn all(&mut self) -> io::Result<impl Iterator<Item = io::Result<Line>> + use<>> {
        const ORDER: [LineSort; 7] = [
            LineSort::Refused,
            LineSort::Doubtful,
            LineSort::Duplicate,
            LineSort::Vanished,
            LineSort::Changed,
            LineSort::New,
            LineSort::Tidied,
        ];
        let mut readers = Vec::new();
        for sort in ORDER {
            if self.sorts.contains_key(&sort) {
                readers.push(self.from(sort, 0)?);
            }
        }
        Ok(readers.into_iter().flatten())
    }

    fn from(
        &mut self,
        sort: LineSort,
        begin: u64,
    ) -> io::Result<impl Iterator<Item = io::Result<Line>> + use<>> {
        let kept = self.sorts.get_mut(&sort);
        let mut file: Option<File> = None;
        if let Some(kept) = kept {
            kept.file.flush()?;
            let mut again = kept.file.get_ref().reopen()?;
            again.seek(SeekFrom::Start(begin))?;
            file = Some(again);
        }
        let lines = file
            .into_iter()
            .flat_map(|file| BufReader::new(file).lines());
        Ok(lines.map(|line| Ok(serde_json::from_str(&line?)?)))
    }
}
