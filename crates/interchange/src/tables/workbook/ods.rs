//! ODS, read from its XML piece by piece: what it says is repeated is never unfolded in memory.

mod cell;
mod xml;

use std::path::{Path, PathBuf};

use super::sheet::{Output, SheetRows, damaged};
use super::{in_sheet, too_large};
use crate::archive::{Archive, Bounds, Entry};
use crate::tables::records::{MOST_COLUMNS, MOST_OF_A_ROW};
use crate::{InterchangeError, Spot};
use cell::Cell;
use xml::{Piece, Xml, attribute, repeats};

/// A row that holds anything is taken as often as it is said to stand there, up to this.
const MOST_REPEATS: u64 = 10_000;

/// An ODS workbook.
pub(super) struct Opened {
    path: PathBuf,
    spot: Spot,
    /// The names of its sheets.
    pub names: Vec<String>,
}

/// Opens it and lists its sheets.
pub(super) fn open(
    path: &Path,
    spot: &Spot,
    mut archive: Archive,
) -> Result<Opened, InterchangeError> {
    if is_locked(&mut archive, spot)? {
        return Err(super::locked(spot));
    }
    let mut names = Vec::new();
    let mut xml = content(&mut archive, spot)?;
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Piece::Open(tag) if tag.local_name().as_ref() == "table" => {
                names.extend(attribute(&tag, "table:name"));
            }
            Piece::End => break,
            Piece::Open(_) | Piece::Close(_) | Piece::Text(_) | Piece::Other => {}
        }
    }
    Ok(Opened {
        path: path.to_owned(),
        spot: spot.clone(),
        names,
    })
}

impl Opened {
    /// The rows of a sheet.
    pub(super) fn rows(&mut self, name: &str) -> SheetRows {
        let (path, name) = (self.path.clone(), name.to_owned());
        let spot = in_sheet(&self.spot, &name);
        SheetRows::read_by(spot.clone(), move |output| {
            let mut archive = Archive::open(&path, Bounds::default())?;
            let mut xml = content(&mut archive, &spot)?;
            find(&mut xml, &name, &spot)?;
            read(&mut xml, &spot, output)
        })
    }
}

/// Reads up to where the sheet begins.
fn find(xml: &mut Xml<'_>, name: &str, spot: &Spot) -> Result<(), InterchangeError> {
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Piece::Open(tag)
                if tag.local_name().as_ref() == "table"
                    && attribute(&tag, "table:name").as_deref() == Some(name) =>
            {
                return Ok(());
            }
            Piece::End => return Err(damaged(spot)),
            Piece::Open(_) | Piece::Close(_) | Piece::Text(_) | Piece::Other => {}
        }
    }
}

fn read(xml: &mut Xml<'_>, spot: &Spot, output: &mut Output) -> Result<(), InterchangeError> {
    let mut buffer = Vec::new();
    let mut line = 1_u64;
    loop {
        match xml.next(&mut buffer)? {
            Piece::Open(tag) if tag.local_name().as_ref() == "table-row" => {
                let repeats = repeats(&tag, "table:number-rows-repeated");
                let row = row(xml, spot)?;
                hand_over(&row, line, repeats, output)?;
                line = line.saturating_add(repeats);
            }
            Piece::Close(tag) if tag.local_name().as_ref() == "table" => return Ok(()),
            Piece::End => return Err(damaged(spot)),
            Piece::Open(_) | Piece::Close(_) | Piece::Text(_) | Piece::Other => {}
        }
    }
}

fn row(xml: &mut Xml<'_>, spot: &Spot) -> Result<Vec<Cell>, InterchangeError> {
    let (mut row, mut buffer) = (Vec::new(), Vec::new());
    let mut text = 0_usize;
    loop {
        match xml.next(&mut buffer)? {
            Piece::Open(tag)
                if matches!(
                    tag.local_name().as_ref(),
                    "table-cell" | "covered-table-cell"
                ) =>
            {
                let cell = Cell::read(&tag, xml, spot)?;
                text = text.saturating_add(cell.text.len());
                if text > MOST_OF_A_ROW {
                    return Err(too_large(spot, "a row in it holds more than 4 MB of text"));
                }
                if row.len() < MOST_COLUMNS {
                    row.push(cell);
                }
            }
            Piece::Close(tag) if tag.local_name().as_ref() == "table-row" => return Ok(row),
            Piece::End => return Err(damaged(spot)),
            Piece::Open(_) | Piece::Close(_) | Piece::Text(_) | Piece::Other => {}
        }
    }
}

/// Hands a row over as often as it stands there; blank rows only count.
fn hand_over(
    row: &[Cell],
    line: u64,
    repeats: u64,
    output: &mut Output,
) -> Result<(), InterchangeError> {
    if row.iter().all(|cell| cell.text.is_empty()) {
        return Ok(());
    }
    for repeat in 0..repeats.min(MOST_REPEATS) {
        output.begin(line.saturating_add(repeat))?;
        let mut column = 0_usize;
        for cell in row {
            let next = column.saturating_add(cell.repeats);
            let stands = (column..next).take_while(|_| !cell.text.is_empty());
            for column in stands {
                output.put(column, &cell.text)?;
            }
            column = next;
        }
    }
    if repeats > MOST_REPEATS {
        return Err(output.too_large(
            "the same row is said to stand there more than 10,000 times. Take the repeated rows \
             away and try again.",
        ));
    }
    Ok(())
}

fn is_locked(archive: &mut Archive, spot: &Spot) -> Result<bool, InterchangeError> {
    let Some(entry) = entry(archive, "META-INF/manifest.xml") else {
        return Ok(false);
    };
    let mut xml = Xml::of(archive, &entry, spot)?;
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Piece::Open(tag) if tag.local_name().as_ref() == "encryption-data" => return Ok(true),
            Piece::End => return Ok(false),
            Piece::Open(_) | Piece::Close(_) | Piece::Text(_) | Piece::Other => {}
        }
    }
}

fn entry(archive: &Archive, path: &str) -> Option<Entry> {
    let mut entries = archive.entries().iter();
    entries.find(|entry| entry.path == path).cloned()
}

fn content<'a>(archive: &'a mut Archive, spot: &Spot) -> Result<Xml<'a>, InterchangeError> {
    let entry = entry(archive, "content.xml").ok_or_else(|| damaged(spot))?;
    Xml::of(archive, &entry, spot)
}
