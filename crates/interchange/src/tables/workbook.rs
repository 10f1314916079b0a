//! Workbooks: XLSX and ODS.

mod guard;
mod ods;
mod ole;
mod sheet;
#[cfg(test)]
mod tests;
mod value;
mod xlsx;

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::blank::is_blank;
use super::kind::{Opened, Unread};
use super::source::{Raw, Source};
use super::{About, Options, SheetInfo, heading};
use crate::archive::{Archive, Bounds};
use crate::{InterchangeError, Spot};

pub(super) use sheet::SheetRows;

/// A workbook of any make.
enum Workbook {
    Xlsx(Box<xlsx::Opened>),
    Ods(ods::Opened),
}

impl Workbook {
    fn names(&self) -> &[String] {
        match self {
            Self::Xlsx(workbook) => &workbook.names,
            Self::Ods(workbook) => &workbook.names,
        }
    }

    fn said(&self) -> &'static str {
        match self {
            Self::Xlsx(_) => "XLSX",
            Self::Ods(_) => "ODS",
        }
    }

    fn rows(&mut self, name: &str) -> Result<SheetRows, InterchangeError> {
        match self {
            Self::Xlsx(workbook) => workbook.rows(name),
            Self::Ods(workbook) => Ok(workbook.rows(name)),
        }
    }
}

/// Begins every file of the OLE sort: XLS, and workbooks with a password.
const OLE: [u8; 8] = *b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Begins every ZIP archive, one that holds anything or one that does not.
const ZIP: [[u8; 4]; 2] = [*b"PK\x03\x04", *b"PK\x05\x06"];

/// Whether a file that begins so is a workbook or an archive.
pub(super) fn is_workbook(head: &[u8]) -> bool {
    head.starts_with(&OLE) || ZIP.iter().any(|zip| head.starts_with(zip))
}

/// Opens the sheet wanted, or the first that holds a table, or the first that holds anything.
pub(super) fn open(unread: &Unread<'_>, options: &Options) -> Result<Opened, InterchangeError> {
    let mut workbook = workbook(unread)?;
    let names = match &options.sheet {
        Some(name) if workbook.names().contains(name) => vec![name.clone()],
        Some(name) => return Err(no_such_sheet(&unread.spot, name, workbook.names())),
        None => workbook.names().to_vec(),
    };
    let mut second_best = None;
    for name in names {
        let mut source = Source::Sheet(workbook.rows(&name)?);
        let ahead = source.ahead(heading::SAMPLE, options.header_line)?;
        let found = Opened {
            about: about(workbook.said(), &name),
            spot: in_sheet(&unread.spot, &name),
            findings: Vec::new(),
            source,
            ahead,
        };
        if is_table(&found.ahead) || options.sheet.is_some() {
            return Ok(found);
        }
        if second_best.is_none() && !found.ahead.is_empty() {
            second_best = Some(found);
        }
    }
    second_best.ok_or_else(|| InterchangeError::Broken {
        spot: unread.spot.clone(),
        why: "no sheet of the workbook holds anything. Choose another file.".to_owned(),
    })
}

/// The sheets that hold anything.
pub(super) fn sheets(unread: &Unread<'_>) -> Result<Vec<SheetInfo>, InterchangeError> {
    let mut workbook = workbook(unread)?;
    let mut sheets = Vec::new();
    for name in workbook.names().to_vec() {
        let mut read = workbook.rows(&name)?;
        let (mut raw, mut rows) = (Raw::default(), 0_u64);
        while read.read(&mut raw)? {
            rows = rows.saturating_add(1);
        }
        if rows > 0 {
            sheets.push(SheetInfo { name, rows });
        }
    }
    Ok(sheets)
}

fn workbook(unread: &Unread<'_>) -> Result<Workbook, InterchangeError> {
    if unread.head.starts_with(&OLE) {
        return Err(ole::refuse(unread));
    }
    let archive = Archive::open(unread.path, Bounds::default())?;
    let has = |path: &str| {
        archive
            .entries()
            .iter()
            .any(|entry| entry.path.eq_ignore_ascii_case(path))
    };
    if has("content.xml") {
        return Ok(Workbook::Ods(ods::open(
            unread.path,
            &unread.spot,
            archive,
        )?));
    }
    if has("[Content_Types].xml") && !has("xl/workbook.bin") {
        let opened = xlsx::open(unread.path, &unread.spot, archive)?;
        return Ok(Workbook::Xlsx(Box::new(opened)));
    }
    Err(InterchangeError::Broken {
        spot: unread.spot.clone(),
        why: "it is an archive, but no workbook that can be read here. Choose a CSV, XLSX, ODS or \
              XLS file."
            .to_owned(),
    })
}

/// Two rows with two cells each, or more.
fn is_table(rows: &VecDeque<Raw>) -> bool {
    let wide = |row: &&Raw| row.cells().filter(|cell| !is_blank(cell)).take(2).count() == 2;
    rows.iter().filter(wide).take(2).count() == 2
}

fn about(kind: &str, sheet: &str) -> About {
    About {
        said: format!("{kind}, sheet {sheet}"),
        delimiter: None,
        encoding: None,
        sheet: Some(sheet.to_owned()),
        header_line: 1,
        title_lines: Vec::new(),
    }
}

fn no_such_sheet(spot: &Spot, name: &str, names: &[String]) -> InterchangeError {
    InterchangeError::Broken {
        spot: spot.clone(),
        why: format!(
            "there is no sheet called \"{name}\". Choose one of: {}.",
            names.join(", ")
        ),
    }
}

fn in_sheet(spot: &Spot, name: &str) -> Spot {
    Spot {
        sheet: Some(name.to_owned()),
        ..spot.clone()
    }
}

fn too_large(spot: &Spot, why: &str) -> InterchangeError {
    InterchangeError::TooLarge {
        spot: spot.clone(),
        why: format!(
            "{why}; the workbook was not read. Open it in a spreadsheet, save the table alone as \
             CSV or XLSX, and choose that."
        ),
    }
}

fn locked(spot: &Spot) -> InterchangeError {
    InterchangeError::Broken {
        spot: spot.clone(),
        why: "the workbook is locked with a password. Open it, save it without one, and choose \
              that."
            .to_owned(),
    }
}

/// Does something in which a broken file may cause a panic.
fn unpanicked<T>(spot: &Spot, work: impl FnOnce() -> T) -> Result<T, InterchangeError> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_panic| sheet::damaged(spot))
}
