//! XLSX: looked through within bounds first, then read cell by cell.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::guard::Guard;
use super::sheet::{Output, SheetRows};
use super::{in_sheet, too_large, value};
use crate::archive::{self, Archive, Entry};
use crate::{InterchangeError, Spot};

/// What is not XML is skipped here and must not be large, as a part may claim to be a sheet.
const MOST_OF_OTHERS: u64 = 64 * 1024 * 1024;

type Workbook = Xlsx<BufReader<File>>;

/// A workbook that was found to be within bounds.
pub(super) struct Opened {
    path: PathBuf,
    spot: Spot,
    workbook: Option<Workbook>,
    /// The names of its worksheets, those that are shown first.
    pub names: Vec<String>,
}

/// Looks through it and opens it.
pub(super) fn open(
    path: &Path,
    spot: &Spot,
    mut archive: Archive,
) -> Result<Opened, InterchangeError> {
    look_through(&mut archive)?;
    let workbook = workbook(path, spot)?;
    let mut sheets: Vec<_> = workbook.sheets_metadata().to_vec();
    sheets.retain(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets.sort_by_key(|sheet| sheet.visible != SheetVisible::Visible);
    Ok(Opened {
        path: path.to_owned(),
        spot: spot.clone(),
        workbook: Some(workbook),
        names: sheets.into_iter().map(|sheet| sheet.name).collect(),
    })
}

impl Opened {
    /// The rows of a sheet.
    pub(super) fn rows(&mut self, name: &str) -> Result<SheetRows, InterchangeError> {
        let workbook = match self.workbook.take() {
            Some(workbook) => workbook,
            None => workbook(&self.path, &self.spot)?,
        };
        let spot = in_sheet(&self.spot, name);
        let name = name.to_owned();
        Ok(SheetRows::read_by(spot.clone(), move |output| {
            read(workbook, &name, &spot, output)
        }))
    }
}

/// All parts, whatever they are called: which of them is read is said in others.
fn look_through(archive: &mut Archive) -> Result<(), InterchangeError> {
    let entries: Vec<Entry> = archive.entries().to_vec();
    let mut buffer = vec![0; 64 * 1024];
    for entry in &entries {
        let path = entry.path.to_ascii_lowercase();
        let spot = archive.spot(entry);
        if !path.ends_with(".xml") && !path.ends_with(".rels") {
            if entry.said > MOST_OF_OTHERS {
                return Err(too_large(&spot, "it is larger than 64 MB"));
            }
            continue;
        }
        let mut guard = Guard::new();
        let mut reader = archive.read(entry)?;
        loop {
            let read = reader.read(&mut buffer);
            let read = read.map_err(|error| archive::fault(&spot, &error))?;
            if read == 0 {
                break;
            }
            let passed = guard.pass(buffer.get(..read).unwrap_or_default());
            passed.map_err(|why| too_large(&spot, why))?;
        }
    }
    Ok(())
}

fn workbook(path: &Path, spot: &Spot) -> Result<Workbook, InterchangeError> {
    let file = File::open(path).map_err(|error| InterchangeError::io(path, error))?;
    let opened = super::unpanicked(spot, || Xlsx::new(BufReader::new(file)))?;
    opened.map_err(|error| fault(spot, &error))
}

fn fault(spot: &Spot, error: &XlsxError) -> InterchangeError {
    let XlsxError::Password = error else {
        return InterchangeError::Broken {
            spot: spot.clone(),
            why: format!(
                "the workbook is damaged ({error}). Open it in a spreadsheet, save it anew as \
                 XLSX or CSV, and choose that."
            ),
        };
    };
    super::locked(spot)
}

/// Hands over row by row; cells come in the order of the file.
fn read(
    mut workbook: Workbook,
    name: &str,
    spot: &Spot,
    output: &mut Output,
) -> Result<(), InterchangeError> {
    let mut cells = match workbook.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        // A dialogue or a chart that says it is a worksheet.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return Err(fault(spot, &error)),
    };
    output.expect(u64::from(cells.dimensions().end.0).saturating_add(1));
    loop {
        let cell = match cells.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => return Ok(()),
            // Newer errors than are known to the reader (#SPILL!): nothing stands there.
            Err(XlsxError::CellError(_)) => continue,
            Err(error) => return Err(fault(&spot.at_line(output.line().max(1)), &error)),
        };
        let (row, column) = cell.get_position();
        let line = u64::from(row).saturating_add(1);
        if line != output.line() {
            output.begin(line)?;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        output.put(column, &value::text(cell.get_value()))?;
    }
}
