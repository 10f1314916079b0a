//! Writes a file whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::{Cell, CsvWriter, Document, Format, XlsxWriter};
use crate::{Finding, InterchangeError, Stop, beside};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// How many rows, without the headings.
    pub rows: u64,
    /// What could not be written as it was.
    pub findings: Vec<Finding>,
}

/// Writes a table to a file, in place of what is there. It is written beside the file and takes
/// its name at the end; where `rows` stops, or anything fails, nothing is changed.
///
/// # Errors
/// If it cannot be written, or `rows` gives a [`Stop`].
pub fn save(
    path: &Path,
    document: &Document,
    rows: impl Iterator<Item = Result<Vec<Cell>, Stop>>,
) -> Result<Saved, InterchangeError> {
    let failed = |source| InterchangeError::io(path, source);
    let beside = beside(path).map_err(failed)?;
    let write = || match document.format {
        Format::Csv => csv(path, document, rows, beside.as_file()),
        Format::Xlsx => xlsx(path, document, rows, beside.as_file()),
    };
    // The writer of workbooks panics where its own temporary files cannot be written to.
    let written = catch_unwind(AssertUnwindSafe(write));
    let full = "the place for temporary files may be full";
    let mut saved = written.unwrap_or_else(|_panic| Err(failed(io::Error::other(full))))?;
    beside.as_file().sync_all().map_err(failed)?;
    beside.persist(path).map_err(|error| failed(error.error))?;
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy();
    for finding in &mut saved.findings {
        finding.spot.file = name.clone().into_owned();
    }
    Ok(saved)
}

fn csv(
    path: &Path,
    document: &Document,
    rows: impl Iterator<Item = Result<Vec<Cell>, Stop>>,
    file: &File,
) -> Result<Saved, InterchangeError> {
    let failed = |source| InterchangeError::io(path, source);
    let mut writer = CsvWriter::new(BufWriter::new(file), &document.headings).map_err(failed)?;
    let mut written = 0_u64;
    for row in rows {
        writer.row(&row?).map_err(failed)?;
        written = written.saturating_add(1);
    }
    writer
        .finish()
        .and_then(|mut out| out.flush())
        .map_err(failed)?;
    Ok(Saved {
        rows: written,
        findings: Vec::new(),
    })
}

fn xlsx(
    path: &Path,
    document: &Document,
    rows: impl Iterator<Item = Result<Vec<Cell>, Stop>>,
    file: &File,
) -> Result<Saved, InterchangeError> {
    let failed = |source| InterchangeError::io(path, source);
    let mut writer = XlsxWriter::new(document).map_err(failed)?;
    let mut written = 0_u64;
    for row in rows {
        writer.row(&row?).map_err(failed)?;
        written = written.saturating_add(1);
    }
    let mut out = BufWriter::new(file);
    let findings = writer.finish(&mut out).map_err(failed)?;
    out.flush().map_err(failed)?;
    Ok(Saved {
        rows: written,
        findings,
    })
}

#[cfg(test)]
mod tests;
