//! Tables of any make, read row by row within bounds: CSV of every sort, XLSX and ODS.
//!
//! Promises: what a file is, is told from its bytes, not from its name. Nothing is changed in a
//! cell but what is said here. Memory stays flat however long a table is; a row or cell beyond
//! all measure is an error that names its line.

mod blank;
mod decode;
mod delimiter;
mod heading;
mod kind;
mod number;
mod records;
mod source;
mod survey;
#[cfg(test)]
mod tests;
mod text;
mod workbook;

use std::collections::VecDeque;
use std::path::Path;

use encoding_rs::Encoding;

use crate::{Finding, InterchangeError, Spot};
use source::{Raw, Source};

pub use blank::is_blank;
pub use heading::Heading;
pub(crate) use number::digits;

/// How to read a table, where it is known better than it can be told.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The sheet; none: the first that holds a table.
    pub sheet: Option<String>,
    /// The line of the headings, from 1; none: found.
    pub header_line: Option<u64>,
    /// What stands between the cells of a text file; none: found.
    pub delimiter: Option<u8>,
    /// The encoding of a text file; none: found.
    pub encoding: Option<&'static Encoding>,
}

/// A row as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The line where it begins, as an editor or a spreadsheet counts.
    pub line: u64,
    /// Its cells, as many as there are headings.
    pub cells: Vec<String>,
    /// What stands beyond the last heading, up to the last cell that holds anything.
    pub surplus: Vec<String>,
    /// Whether the line ended before the last heading's cell; never said of a spreadsheet.
    pub short: bool,
}

/// What was told from a file before its rows were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// In words: `CSV, Windows-1252, semicolons`.
    pub said: String,
    /// What stands between the cells of a text file.
    pub delimiter: Option<u8>,
    /// The encoding of a text file.
    pub encoding: Option<&'static Encoding>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The line of the headings.
    pub header_line: u64,
    /// What stands above the headings, a line each.
    pub title_lines: Vec<String>,
}

/// A sheet that holds anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetInfo {
    /// Its name; none in a text file.
    pub name: String,
    /// How many of its rows hold anything, headings and titles too.
    pub rows: u64,
}

/// A table being read.
pub struct Table {
    /// The headings, in the file's order.
    pub headings: Vec<Heading>,
    /// The file, and the sheet of a workbook.
    pub spot: Spot,
    /// What was told from it.
    pub about: About,
    /// What is worth telling of the file as a whole.
    pub findings: Vec<Finding>,
    ahead: VecDeque<Raw>,
    source: Source,
    raw: Raw,
}

impl Table {
    /// Opens a table and reads as far as its headings.
    ///
    /// # Errors
    /// If the file cannot be read, is no table, or breaks a bound.
    pub fn open(path: &Path, options: &Options) -> Result<Self, InterchangeError> {
        let opened = kind::open(path, options)?;
        let (source, mut ahead) = (opened.source, opened.ahead);
        let found = heading::find(&ahead, options.header_line, source.is_sheet());
        let Some(found) = found else {
            return Err(InterchangeError::Broken {
                spot: opened.spot,
                why: "there is no row with headings in it. Choose another file, sheet or line."
                    .to_owned(),
            });
        };
        ahead.drain(..found.index.saturating_add(1).min(ahead.len()));
        let mut about = opened.about;
        about.header_line = found.line;
        about.title_lines = found.title_lines;
        Ok(Self {
            headings: found.headings,
            spot: opened.spot,
            about,
            findings: opened.findings,
            ahead,
            source,
            raw: Raw::default(),
        })
    }

    /// Reads the next row that holds anything into `row`; false at the end.
    ///
    /// # Errors
    /// If the file cannot be read on, is broken from here on, or breaks a bound.
    pub fn next(&mut self, row: &mut Row) -> Result<bool, InterchangeError> {
        if let Some(raw) = self.ahead.pop_front() {
            self.raw = raw;
        } else if !self.source.read(&mut self.raw)? {
            return Ok(false);
        }
        let width = self.headings.len();
        row.line = self.raw.line;
        row.short = self.raw.used < width && !self.source.is_sheet();
        row.cells.resize(width, String::new());
        row.surplus.clear();
        for cell in &mut row.cells {
            cell.clear();
        }
        let used = self.raw.used;
        let mut read = self.raw.cells.iter_mut().take(used);
        // Swapped rather than copied: both rows keep their room.
        for (cell, read) in row.cells.iter_mut().zip(&mut read) {
            std::mem::swap(cell, read);
        }
        row.surplus.extend(read.map(std::mem::take));
        while row
            .surplus
            .last()
            .is_some_and(|cell| cell.trim().is_empty())
        {
            row.surplus.pop();
        }
        Ok(true)
    }

    /// How far the reading is, in the measure of [`Table::total`].
    #[must_use]
    pub fn done(&self) -> u64 {
        self.source.done()
    }

    /// How much there is to read: bytes of a text file, rows of a sheet; 0 where it is not known.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.source.total()
    }
}

/// The sheets of a workbook that hold anything; a text file is one sheet without a name.
///
/// # Errors
/// If the file cannot be read, is no table, or breaks a bound.
pub fn sheets(path: &Path) -> Result<Vec<SheetInfo>, InterchangeError> {
    kind::sheets(path)
}
