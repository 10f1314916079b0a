//! Goes through the documents of a file or a folder of files.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::encoding::Text;
use super::json::{self, Parsed};
use super::remarks::{Remarks, Way};
use super::scan::{Documents, Found};
use crate::{InterchangeError, Spot, Stop};

/// Takes documents: reading does one thing with them, checking another.
pub(super) trait Taker {
    /// A document, and what is to be told of it besides.
    fn document(&mut self, value: Value, remarks: Remarks, spot: &Spot) -> Result<(), Stop>;

    /// A document that can't be read.
    fn refuse(&mut self, spot: Spot, message: String) -> Result<(), Stop>;

    /// How far it is.
    fn step(&mut self, done: u64, total: u64) -> Result<(), Stop>;
}

/// Goes through a file, or all JSON files of a folder in the order of their names; those that tie
/// services to places come last, as they name what others hold.
pub(super) fn walk(path: &Path, taker: &mut dyn Taker) -> Result<(), InterchangeError> {
    let mut files = Vec::new();
    if path.is_dir() {
        list(path, String::new(), 0, &mut files)?;
        files.sort_by_key(|file| (file.name.contains("service_at_location"), file.name.clone()));
    } else {
        let name = path.file_name().unwrap_or(path.as_os_str());
        files.push(Listed::of(
            path.to_owned(),
            name.to_string_lossy().into_owned(),
        )?);
    }
    let total = files.iter().map(|file| file.length).sum();
    let mut before = 0;
    for file in files {
        let reader =
            File::open(&file.path).map_err(|error| InterchangeError::io(&file.path, error))?;
        let text = Text::open(reader).map_err(|error| InterchangeError::io(&file.path, error))?;
        let times = if text.is_wide() { 2 } else { 1 };
        let spot = Spot::file(&file.name);
        documents(text, &spot, taker, &|done| (before + done * times, total))?;
        before += file.length;
    }
    Ok(taker.step(total, total)?)
}

/// After so many documents it is told how far it is, and after so many bytes in between.
const OFTEN: u64 = 100;

/// Goes through what a reader gives. `progress` makes what was done and the whole of the bytes read.
pub(super) fn documents(
    reader: impl Read,
    spot: &Spot,
    taker: &mut dyn Taker,
    progress: &dyn Fn(u64) -> (u64, u64),
) -> Result<(), InterchangeError> {
    let mut documents = Documents::new(reader, spot);
    let mut count: u64 = 0;
    loop {
        let mut tick = |read| {
            let (done, total) = progress(read);
            taker.step(if total == 0 { done } else { done.min(total) }, total)
        };
        if count.is_multiple_of(OFTEN) {
            tick(documents.done())?;
        }
        let Some(found) = documents.next(&mut tick)? else {
            return Ok(());
        };
        document(found, spot, taker)?;
        count += 1;
    }
}

fn document(found: Found, spot: &Spot, taker: &mut dyn Taker) -> Result<(), InterchangeError> {
    let at = spot.at_line(found.line);
    let Some(text) = found.text else {
        let message = "the record is longer than 16 MiB and was left out".to_owned();
        return Ok(taker.refuse(at, message)?);
    };
    if let Err(error) = std::str::from_utf8(&text) {
        let before = text.get(..error.valid_up_to()).unwrap_or_default();
        let lines = before.iter().filter(|byte| **byte == b'\n').count() as u64;
        return Err(InterchangeError::Broken {
            spot: spot.at_line(found.line + lines),
            why: "a letter is not written in UTF-8, as JSON has to be. Save the file as UTF-8 and \
                  try again."
                .to_owned(),
        });
    }
    match json::parse(&text) {
        Ok(Parsed { value, twice }) => {
            let mut remarks = Remarks::on(text);
            for name in twice {
                let message = "it stands twice here; the first one counts".to_owned();
                remarks.doubt(&Way::Top.to(&name), message);
            }
            taker.document(value, remarks, &at)?;
        }
        Err(error) => {
            let (line, column) = (error.line() as u64, error.column() as u64);
            let before = if line <= 1 {
                found.column.saturating_sub(1)
            } else {
                0
            };
            let at = spot.at_line(found.line + line.saturating_sub(1));
            taker.refuse(at, unread(&error, before + column))?;
        }
    }
    Ok(())
}

fn unread(error: &serde_json::Error, column: u64) -> String {
    let why = error.to_string();
    let why = why.split(" at line ").next().unwrap_or_default();
    format!("column {column}: this is not JSON ({why}); the record was left out")
}

struct Listed {
    path: PathBuf,
    name: String,
    length: u64,
}

impl Listed {
    fn of(path: PathBuf, name: String) -> Result<Self, InterchangeError> {
        let about = fs::metadata(&path).map_err(|error| InterchangeError::io(&path, error))?;
        let length = about.len();
        Ok(Self { path, name, length })
    }
}

/// So deep folders are looked into, and so many files taken.
const DEEPEST: usize = 8;
const MOST: usize = 100_000;

fn list(
    folder: &Path,
    above: String,
    depth: usize,
    files: &mut Vec<Listed>,
) -> Result<(), InterchangeError> {
    let failed = |error| InterchangeError::io(folder, error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let name = if above.is_empty() {
            name
        } else {
            format!("{above}/{name}")
        };
        if kind.is_dir() && depth < DEEPEST {
            list(&entry.path(), name, depth + 1, files)?;
        } else if kind.is_file() && is_json(&name) {
            files.push(Listed::of(entry.path(), name)?);
        }
        if files.len() > MOST {
            return Err(InterchangeError::TooLarge {
                spot: Spot::file(&folder.to_string_lossy()),
                why: format!("it holds more than {MOST} files. Choose a folder further down."),
            });
        }
    }
    Ok(())
}

fn is_json(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| {
        ["json", "ndjson", "jsonl"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(extension))
    })
}
