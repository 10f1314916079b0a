//! Pages of a database file, and the rows in them, read without the database's help (SQLite file
//! format, sections 1.6 and 2.1): what is left when the way to a page is lost, not the page.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use rusqlite::types::Value;

use crate::wal::Wal;

/// Bytes of a page, in every file that Signpost makes.
pub(crate) const PAGE: usize = 4096;

/// The longest row that is believed, bytes.
const LONGEST: usize = 64 * 1024 * 1024;

const TABLE_LEAF: u8 = 13;

/// A row as it lies in its page.
pub(crate) struct Row {
    /// Its number in its table.
    pub(crate) rowid: i64,
    /// Its columns.
    pub(crate) values: Vec<Value>,
}

/// Visits every row of every table leaf, of the log (the latest first) and of
/// the file, freed pages too.
///
/// # Errors
/// When the file cannot be read at all; parts that cannot be read are passed over.
pub(crate) fn rows(path: &Path, wal: &Wal, mut visit: impl FnMut(Row)) -> io::Result<()> {
    let mut pages = Pages::open(path, wal)?;
    for frame in wal.finished().into_iter().rev() {
        pages.visit(frame.content, &mut visit);
    }
    for number in 1..=pages.count {
        if let Some(content) = pages.in_file(number) {
            pages.visit(&content, &mut visit);
        }
    }
    Ok(())
}

struct Pages<'w> {
    /// Absent: there is only the log.
    file: Option<File>,
    count: u32,
    latest: HashMap<u32, &'w [u8]>,
}

impl<'w> Pages<'w> {
    fn open(path: &Path, wal: &'w Wal) -> io::Result<Self> {
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            opened => Some(opened?),
        };
        let length = file
            .as_ref()
            .map_or(Ok(0), |file| file.metadata().map(|about| about.len()))?;
        let count = length.div_ceil(PAGE as u64);
        let latest = wal.finished().into_iter().map(|f| (f.page, f.content));
        Ok(Self {
            file,
            count: u32::try_from(count).unwrap_or(u32::MAX),
            latest: latest.collect(),
        })
    }

    /// The page as the file has it, short at its end.
    fn in_file(&mut self, number: u32) -> Option<Vec<u8>> {
        let start = u64::from(number.checked_sub(1)?).checked_mul(PAGE as u64)?;
        let file = self.file.as_mut()?;
        file.seek(SeekFrom::Start(start)).ok()?;
        let mut content = Vec::with_capacity(PAGE);
        file.take(PAGE as u64).read_to_end(&mut content).ok()?;
        content.resize(PAGE, 0);
        Some(content)
    }

    fn visit(&mut self, page: &[u8], visit: &mut impl FnMut(Row)) {
        if page.first() != Some(&TABLE_LEAF) {
            return;
        }
        let cells = be16(page, 3).unwrap_or_default();
        for cell in 0..usize::from(cells) {
            let start = be16(page, 8 + cell * 2).map(usize::from);
            let bytes = start.and_then(|start| page.get(start..));
            if let Some(row) = bytes.and_then(|bytes| self.row(bytes)) {
                visit(row);
            }
        }
    }

    fn row(&mut self, cell: &[u8]) -> Option<Row> {
        let mut rest = cell;
        let length = usize::try_from(varint(&mut rest)?).ok()?;
        let rowid = varint(&mut rest)?;
        let payload = self.payload(rest, length)?;
        let values = columns(&payload)?;
        Some(Row { rowid, values })
    }

    /// What belongs to a row: in its cell as far as it fits, the rest in a chain of pages.
    fn payload(&mut self, cell: &[u8], length: usize) -> Option<Vec<u8>> {
        if length <= PAGE - 35 {
            return cell.get(..length).map(<[u8]>::to_vec);
        }
        if length > LONGEST {
            return None;
        }
        let least = (PAGE - 12) * 32 / 255 - 23;
        let most = least + (length - least) % (PAGE - 4);
        let local = if most <= PAGE - 35 { most } else { least };
        let mut payload = cell.get(..local)?.to_vec();
        let mut next = be32(cell, local)?;
        while payload.len() < length {
            let page = match self.latest.get(&next) {
                Some(content) => content.to_vec(),
                None if next <= self.count => self.in_file(next)?,
                None => return None,
            };
            let wanted = (length - payload.len()).min(PAGE - 4);
            payload.extend_from_slice(page.get(4..4 + wanted)?);
            next = be32(&page, 0)?;
        }
        Some(payload)
    }
}

fn columns(payload: &[u8]) -> Option<Vec<Value>> {
    let mut rest = payload;
    let header = usize::try_from(varint(&mut rest)?).ok()?;
    let mut types = payload.get(payload.len() - rest.len()..header)?;
    let mut content = payload.get(header..)?;
    let mut values = Vec::new();
    while !types.is_empty() {
        let kind = varint(&mut types)?;
        values.push(value(kind, &mut content)?);
    }
    Some(values)
}

fn value(kind: i64, content: &mut &[u8]) -> Option<Value> {
    match kind {
        0 => Some(Value::Null),
        1..=4 => integer(content, usize::try_from(kind).ok()?),
        5 => integer(content, 6),
        6 => integer(content, 8),
        7 => {
            let bytes: [u8; 8] = take(content, 8)?.try_into().ok()?;
            Some(Value::Real(f64::from_be_bytes(bytes)))
        }
        8 => Some(Value::Integer(0)),
        9 => Some(Value::Integer(1)),
        12.. => {
            let length = usize::try_from((kind - 12) / 2).ok()?;
            let bytes = take(content, length)?;
            Some(if kind % 2 == 0 {
                Value::Blob(bytes.to_vec())
            } else {
                Value::Text(String::from_utf8_lossy(bytes).into_owned())
            })
        }
        _ => None,
    }
}

/// A signed number of this many bytes, the highest first.
fn integer(content: &mut &[u8], length: usize) -> Option<Value> {
    let bytes = take(content, length)?;
    let negative = bytes.first()? & 0x80 != 0;
    let start = if negative { -1 } else { 0 };
    let number = bytes
        .iter()
        .fold(start, |number: i64, byte| (number << 8) | i64::from(*byte));
    Some(Value::Integer(number))
}

fn take<'b>(content: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
    let (taken, rest) = content.split_at_checked(length)?;
    *content = rest;
    Some(taken)
}

/// A number of one to nine bytes.
fn varint(bytes: &mut &[u8]) -> Option<i64> {
    let mut number: i64 = 0;
    for nth in 0..9 {
        let byte = *take(bytes, 1)?.first()?;
        if nth == 8 {
            return Some((number << 8) | i64::from(byte));
        }
        number = (number << 7) | i64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(two.try_into().ok()?))
}

/// The number in the four bytes from here, the highest first.
pub(crate) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}
