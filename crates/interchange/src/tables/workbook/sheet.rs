//! The rows of a sheet, read ahead by a thread of their own.
//!
//! Readers of workbooks hand out what borrows from them; a thread that owns its reader needs no
//! such ties, a panic in it ends nothing but itself, and parsing goes on while rows are used.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::vec::IntoIter;

use crate::tables::records::{MOST_COLUMNS, MOST_OF_A_CELL, MOST_OF_A_ROW};
use crate::tables::source::Raw;
use crate::{InterchangeError, Spot};

/// Rows handed over together.
const BATCH: usize = 256;
/// Cells handed over together, roughly.
const BATCH_CELLS: usize = 16 * 1024;
/// Text handed over together, roughly.
const BATCH_TEXT: usize = 1024 * 1024;
/// Batches read ahead.
const AHEAD: usize = 2;
/// A sheet has no more cells, counting blank ones before others in a row.
const MOST_CELLS: u64 = 32_000_000;
/// A sheet gives no more text, counting a text as often as it stands there.
const MOST_TEXT: u64 = 4 * 1024 * 1024 * 1024;

type Batch = Result<Vec<Raw>, InterchangeError>;

/// Rows of a sheet.
pub(in crate::tables) struct SheetRows {
    receiver: Receiver<Batch>,
    batch: IntoIter<Raw>,
    done: u64,
    total: Arc<AtomicU64>,
}

/// Takes rows from the thread that reads them.
pub(super) struct Output {
    sender: SyncSender<Batch>,
    spot: Spot,
    batch: Vec<Raw>,
    batch_cells: usize,
    batch_text: usize,
    row: Raw,
    row_text: usize,
    text: u64,
    cells: u64,
    total: Arc<AtomicU64>,
}

impl SheetRows {
    /// Has a thread read rows; `spot` is named in errors.
    pub(super) fn read_by(
        spot: Spot,
        read: impl FnOnce(&mut Output) -> Result<(), InterchangeError> + Send + 'static,
    ) -> Self {
        let (sender, receiver) = sync_channel(AHEAD);
        let total = Arc::new(AtomicU64::new(0));
        let mut output = Output {
            sender,
            spot,
            batch: Vec::new(),
            batch_cells: 0,
            batch_text: 0,
            row: Raw::default(),
            row_text: 0,
            text: 0,
            cells: 0,
            total: Arc::clone(&total),
        };
        // Not joined: it ends by itself when nobody takes rows any more.
        drop(std::thread::spawn(move || output.run(read)));
        Self {
            receiver,
            batch: Vec::new().into_iter(),
            done: 0,
            total,
        }
    }

    /// The next row that holds anything.
    pub(in crate::tables) fn read(&mut self, raw: &mut Raw) -> Result<bool, InterchangeError> {
        loop {
            if let Some(row) = self.batch.next() {
                self.done = row.line;
                *raw = row;
                return Ok(true);
            }
            match self.receiver.recv() {
                Ok(batch) => self.batch = batch?.into_iter(),
                // The thread has ended and said all it had to say.
                Err(_ended) => return Ok(false),
            }
        }
    }

    /// The row last read.
    pub(in crate::tables) fn done(&self) -> u64 {
        self.done
    }

    /// The last row by the file's own account, but never one that was passed.
    pub(in crate::tables) fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed).max(self.done)
    }
}

impl Output {
    fn run(&mut self, read: impl FnOnce(&mut Self) -> Result<(), InterchangeError>) {
        let ended = catch_unwind(AssertUnwindSafe(|| {
            read(self).and_then(|()| self.end_row())
        }));
        let result = ended.unwrap_or_else(|_panic| Err(damaged(&self.spot)));
        let sent = self.flush();
        if let (Err(error), Ok(())) = (result, sent) {
            // Whoever took rows may be gone: nobody is left to tell.
            drop(self.sender.send(Err(error)));
        }
    }

    /// How many rows there are by the file's own account.
    pub(super) fn expect(&self, rows: u64) {
        self.total.store(rows, Ordering::Relaxed);
    }

    /// The row under way.
    pub(super) fn line(&self) -> u64 {
        self.row.line
    }

    /// Ends the row under way and begins another.
    pub(super) fn begin(&mut self, line: u64) -> Result<(), InterchangeError> {
        self.end_row()?;
        self.row.begin(line);
        Ok(())
    }

    /// Puts a text into a column of the row under way, counted from 0, with blank cells before it.
    pub(super) fn put(&mut self, column: usize, text: &str) -> Result<(), InterchangeError> {
        if text.is_empty() {
            return Ok(());
        }
        if column >= MOST_COLUMNS {
            return Err(damaged(&self.spot.at_line(self.row.line)));
        }
        self.row_text = self.row_text.saturating_add(text.len());
        if text.len() > MOST_OF_A_CELL || self.row_text > MOST_OF_A_ROW {
            return Err(self.too_large(
                "the row holds more than 4 MB of text, or one of its cells more than 1 MB. \
                 Shorten it and try again.",
            ));
        }
        self.row.pad(column);
        match self.row.cells.get_mut(column) {
            Some(cell) if column < self.row.used => text.clone_into(cell),
            Some(_) | None => self.row.push(text),
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), InterchangeError> {
        let row = std::mem::take(&mut self.row);
        let text = std::mem::take(&mut self.row_text);
        self.cells = self.cells.saturating_add(row.used as u64);
        self.text = self.text.saturating_add(text as u64);
        if self.cells > MOST_CELLS || self.text > MOST_TEXT {
            return Err(self.too_large(
                "the sheet has more than 32,000,000 cells or 4 GB of text. Save the part that \
                 holds the table as a file of its own.",
            ));
        }
        if row.is_empty() {
            return Ok(());
        }
        self.batch_text = self.batch_text.saturating_add(text);
        self.batch_cells = self.batch_cells.saturating_add(row.used);
        self.batch.push(row);
        let full = self.batch.len() >= BATCH
            || self.batch_cells >= BATCH_CELLS
            || self.batch_text >= BATCH_TEXT;
        if full { self.flush() } else { Ok(()) }
    }

    /// The row under way is too much.
    pub(super) fn too_large(&self, why: &str) -> InterchangeError {
        InterchangeError::TooLarge {
            spot: self.spot.at_line(self.row.line),
            why: why.to_owned(),
        }
    }

    fn flush(&mut self) -> Result<(), InterchangeError> {
        self.batch_cells = 0;
        self.batch_text = 0;
        let batch = std::mem::take(&mut self.batch);
        let sent = self.sender.send(Ok(batch));
        sent.map_err(|_nobody| InterchangeError::Cancelled)
    }
}

/// The file made a reader stumble.
pub(super) fn damaged(spot: &Spot) -> InterchangeError {
    InterchangeError::Broken {
        spot: spot.clone(),
        why: "the workbook is damaged and cannot be read. Open it in a spreadsheet, save it anew \
              as XLSX or CSV, and choose that."
            .to_owned(),
    }
}
