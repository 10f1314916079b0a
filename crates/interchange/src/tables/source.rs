//! Where rows come from.

use std::collections::VecDeque;

use super::records::Records;
use super::workbook::SheetRows;
use crate::InterchangeError;

/// A row before headings are known. Strings are kept for the next row: only `used` of them count.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// The line where it begins.
    pub line: u64,
    /// Its cells, and spare room.
    pub cells: Vec<String>,
    /// How many of them are cells.
    pub used: usize,
}

impl Raw {
    /// Its cells.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().take(self.used).map(String::as_str)
    }

    /// Begins a new row.
    pub(super) fn begin(&mut self, line: u64) {
        self.line = line;
        self.used = 0;
    }

    /// Adds a cell.
    pub(super) fn push(&mut self, text: &str) {
        match self.cells.get_mut(self.used) {
            Some(cell) => {
                cell.clear();
                cell.push_str(text);
            }
            None => self.cells.push(text.to_owned()),
        }
        self.used = self.used.saturating_add(1);
    }

    /// Adds blank cells up to this many cells.
    pub(super) fn pad(&mut self, cells: usize) {
        if cells <= self.used {
            return;
        }
        for spare in self.cells.iter_mut().skip(self.used) {
            spare.clear();
        }
        self.cells
            .resize(cells.max(self.cells.len()), String::new());
        self.used = cells;
    }

    /// Whether there is nothing to be seen in any cell.
    pub(super) fn is_empty(&self) -> bool {
        self.cells().all(|cell| cell.trim().is_empty())
    }
}

/// A file's rows.
pub(super) enum Source {
    /// Of a text file.
    Text(Box<Records>),
    /// Of a sheet of a workbook.
    Sheet(SheetRows),
}

impl Source {
    /// The next row that holds anything.
    pub(super) fn read(&mut self, raw: &mut Raw) -> Result<bool, InterchangeError> {
        match self {
            Self::Text(records) => records.read(raw),
            Self::Sheet(rows) => rows.read(raw),
        }
    }

    /// The next rows, as many as there are up to this number; rows above `wanted`, as titles, are
    /// not counted.
    pub(super) fn ahead(
        &mut self,
        most: usize,
        wanted: Option<u64>,
    ) -> Result<VecDeque<Raw>, InterchangeError> {
        let mut rows = VecDeque::new();
        let mut counted = 0_usize;
        while counted < most {
            let mut raw = Raw::default();
            if !self.read(&mut raw)? {
                break;
            }
            let above = wanted.is_some_and(|line| raw.line < line);
            counted = counted.saturating_add(usize::from(!above));
            if !above || rows.len() < most {
                rows.push_back(raw);
            }
        }
        Ok(rows)
    }

    /// Whether it is a sheet, in which no row ends early.
    pub(super) fn is_sheet(&self) -> bool {
        match self {
            Self::Text(_) => false,
            Self::Sheet(_) => true,
        }
    }

    /// How far the reading is.
    pub(super) fn done(&self) -> u64 {
        match self {
            Self::Text(records) => records.done(),
            Self::Sheet(rows) => rows.done(),
        }
    }

    /// How much there is.
    pub(super) fn total(&self) -> u64 {
        match self {
            Self::Text(records) => records.total(),
            Self::Sheet(rows) => rows.total(),
        }
    }
}
