//! The records of a delimited text, one at a time, each within bounds.

use std::fs::File;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::decode::Decoding;
use super::source::Raw;
use crate::people::formula;
use crate::{InterchangeError, Spot};

/// A row is not read beyond this.
pub(super) const MOST_OF_A_ROW: usize = 4 * 1024 * 1024;
/// A cell is not taken beyond this.
pub(super) const MOST_OF_A_CELL: usize = 1024 * 1024;
/// No spreadsheet has more columns.
pub(super) const MOST_COLUMNS: usize = 16_384;

/// Reads a delimited text.
pub(super) struct Records {
    decoding: Decoding<File>,
    core: Reader,
    spot: Spot,
    total: u64,
    text: String,
    at: usize,
    line: u64,
    after_return: bool,
    out: Vec<u8>,
    ends: Vec<usize>,
    /// How much of the record under way is in `out` and `ends`.
    filled: (usize, usize),
}

impl Records {
    /// From this text, in which `delimiter` stands between cells; `spot` is named in errors.
    pub(super) fn new(decoding: Decoding<File>, delimiter: u8, spot: Spot, total: u64) -> Self {
        Self {
            decoding,
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            spot,
            total,
            text: String::new(),
            at: 0,
            line: 1,
            after_return: false,
            out: vec![0; 8 * 1024],
            ends: vec![0; 64],
            filled: (0, 0),
        }
    }

    /// Passes over the first line, which said what the delimiter is.
    pub(super) fn skip_line(&mut self) -> Result<(), InterchangeError> {
        while self.line == 1 && self.more()? {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            self.pass(end.map_or(rest.len(), |end| end.saturating_add(1)));
        }
        Ok(())
    }

    /// The next record that holds anything.
    pub(super) fn read(&mut self, raw: &mut Raw) -> Result<bool, InterchangeError> {
        loop {
            if !self.pass_ends()? {
                return Ok(false);
            }
            raw.begin(self.line);
            if !self.record(raw.line)? {
                return Ok(false);
            }
            self.take(raw)?;
            if !raw.is_empty() {
                return Ok(true);
            }
        }
    }

    /// How many bytes were read.
    pub(super) fn done(&self) -> u64 {
        self.decoding.done()
    }

    /// How many there are.
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// Whether there is text yet.
    fn more(&mut self) -> Result<bool, InterchangeError> {
        if self.at < self.text.len() {
            return Ok(true);
        }
        self.at = 0;
        let read = self.decoding.read(&mut self.text);
        read.map_err(|source| InterchangeError::Io {
            path: self.spot.file.clone().into(),
            source,
        })
    }

    /// Passes over this much text, counting lines: they end with LF, CR or both.
    fn pass(&mut self, length: usize) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let passed = rest.get(..length).unwrap_or(rest);
        let mut ends = newlines(passed);
        if self.after_return && passed.first() == Some(&b'\n') {
            ends = ends.saturating_sub(1);
        }
        if let Some(last) = passed.last() {
            self.after_return = *last == b'\r';
        }
        self.line = self.line.saturating_add(ends);
        self.at = self.at.saturating_add(passed.len());
    }

    /// Passes over line ends before a record, so that it begins where its text does.
    fn pass_ends(&mut self) -> Result<bool, InterchangeError> {
        while self.more()? {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let ends = rest
                .iter()
                .take_while(|byte| matches!(byte, b'\n' | b'\r'))
                .count();
            let all = ends == rest.len();
            self.pass(ends);
            if !all {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Reads a record into `out` and `ends`; false where there is none any more.
    fn record(&mut self, line: u64) -> Result<bool, InterchangeError> {
        self.filled = (0, 0);
        loop {
            if !self.more()? {
                return self.last(line);
            }
            let input = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let out = self.out.get_mut(self.filled.0..).unwrap_or_default();
            let ends = self.ends.get_mut(self.filled.1..).unwrap_or_default();
            let (result, read, written, ended) = self.core.read_record(input, out, ends);
            self.filled.0 = self.filled.0.saturating_add(written);
            self.filled.1 = self.filled.1.saturating_add(ended);
            self.pass(read);
            match result {
                ReadRecordResult::Record => return Ok(true),
                ReadRecordResult::End => return Ok(false),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.room_for_text(line)?,
                ReadRecordResult::OutputEndsFull => self.room_for_cells(line)?,
            }
        }
    }

    /// The file ended within a record. Whether a quotation mark is open shows by what becomes of a
    /// line end: inside quotes it is text.
    fn last(&mut self, line: u64) -> Result<bool, InterchangeError> {
        for input in [b"\n".as_slice(), b""] {
            let mut spare = [0; 4];
            self.ends.resize(self.filled.1.saturating_add(2), 0);
            let ends = self.ends.get_mut(self.filled.1..).unwrap_or_default();
            let (result, _, written, ended) = self.core.read_record(input, &mut spare, ends);
            self.filled.1 = self.filled.1.saturating_add(ended);
            if written > 0 {
                return Err(self.never_closed(line));
            }
            if result == ReadRecordResult::Record {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn room_for_text(&mut self, line: u64) -> Result<(), InterchangeError> {
        if self.out.len() >= MOST_OF_A_ROW {
            let open = self.open_cell(line);
            return Err(self.too_large(
                line,
                format!(
                    "the row is longer than 4 MB. A quotation mark that is never closed may be \
                     why: its cell begins on line {open}. Mend it there, or split the file."
                ),
            ));
        }
        self.out.resize(self.out.len().saturating_mul(2), 0);
        Ok(())
    }

    fn room_for_cells(&mut self, line: u64) -> Result<(), InterchangeError> {
        if self.ends.len() >= MOST_COLUMNS {
            return Err(self.too_large(
                line,
                "the row has more than 16,384 cells. Check what stands between the cells, or \
                 split the file."
                    .to_owned(),
            ));
        }
        self.ends.resize(self.ends.len().saturating_mul(2), 0);
        Ok(())
    }

    /// The line on which the cell under way begins.
    fn open_cell(&self, line: u64) -> u64 {
        let ended = self
            .filled
            .1
            .checked_sub(1)
            .and_then(|last| self.ends.get(last));
        let before = self
            .out
            .get(..ended.copied().unwrap_or(0))
            .unwrap_or_default();
        line.saturating_add(newlines(before))
    }

    fn never_closed(&self, line: u64) -> InterchangeError {
        InterchangeError::Broken {
            spot: self.spot.at_line(self.open_cell(line)),
            why: "a quotation mark opens a cell here and is never closed, so that the rest of the \
                  file stands in one cell. Close it, or take it away, and try again."
                .to_owned(),
        }
    }

    fn too_large(&self, line: u64, why: String) -> InterchangeError {
        InterchangeError::TooLarge {
            spot: self.spot.at_line(line),
            why,
        }
    }

    /// Gives the record's cells to `raw`.
    fn take(&self, raw: &mut Raw) -> Result<(), InterchangeError> {
        let bytes = self.out.get(..self.filled.0).unwrap_or_default();
        // Cells end at ASCII, so what was text is text still.
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        let mut from = 0;
        for end in self.ends.iter().take(self.filled.1) {
            let cell = text.get(from..*end).unwrap_or_default();
            if cell.len() > MOST_OF_A_CELL {
                let column = raw.used.saturating_add(1);
                return Err(self.too_large(
                    raw.line,
                    format!(
                        "cell {column} of the row holds more than 1 MB of text. Shorten it, or \
                         take the column away, and try again."
                    ),
                ));
            }
            raw.push(formula::read(cell));
            from = *end;
        }
        Ok(())
    }
}

/// How many lines end here, by LF, CR or both together.
fn newlines(bytes: &[u8]) -> u64 {
    let feeds = bytes.iter().filter(|byte| **byte == b'\n').count();
    let returns = bytes.iter().filter(|byte| **byte == b'\r').count();
    if returns == 0 {
        return feeds as u64;
    }
    let both = bytes.windows(2).filter(|pair| *pair == b"\r\n").count();
    feeds.saturating_add(returns).saturating_sub(both) as u64
}
