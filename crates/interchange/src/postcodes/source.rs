//! The tables in the files, folders and archives that were named.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use super::about::{date_in_metadata, date_in_name};
use super::lines::{MOST_BYTES, broken_off};
use crate::archive::{self, Archive, Bounds};
use crate::{InterchangeError, Spot};

/// Neither a folder nor an archive of postcodes has as many files: Code-Point Open has 120.
const MOST_FILES: usize = 5_000;
/// Nor as many folders within one another.
const DEEPEST: usize = 5;
const BOUNDS: Bounds = Bounds {
    entries: 5_000,
    unpacked: MOST_BYTES,
    ratio: 200,
};
/// What comes with the lists to be read by people.
const FOR_PEOPLE: [&str; 5] = ["doc", "docs", "documents", "user guide", "__macosx"];
/// The same lines once more, a file for each of the country's letters.
const ONCE_MORE: &str = "multi_csv";
/// Where Code-Point Open says of when it is, and how much of that is read.
const METADATA: &str = "metadata.txt";
const METADATA_BYTES: u64 = 4096;

/// Something that was named, with the tables in it.
#[derive(Debug)]
pub(super) struct Given {
    /// As the person knows it.
    pub(super) name: String,
    /// Of when it says that it is.
    pub(super) dated: Option<String>,
    pub(super) tables: Vec<Table>,
    /// It is a single file, which is meant to be a list, whereas an archive has others beside it.
    pub(super) single: bool,
}

/// A table in a file of its own or in an archive.
#[derive(Debug)]
pub(super) struct Table {
    /// Its path as the person knows it.
    pub(super) name: String,
    /// Bytes on the disk.
    pub(super) bytes: u64,
    file: PathBuf,
    /// Its number in the archive that the file is.
    member: Option<usize>,
}

/// A table that is being read.
pub(super) struct Input<'a> {
    pub(super) from: &'a mut dyn Read,
    /// How many bytes of the disk were read so far.
    pub(super) done: &'a dyn Fn() -> u64,
    /// Says what it means that it can't be read on.
    pub(super) fault: fn(&Spot, &io::Error) -> InterchangeError,
}

/// Reads a table.
pub(super) type Reading<'a> = dyn FnMut(Input<'_>) -> Result<(), InterchangeError> + 'a;

impl Given {
    /// The tables in what was named.
    pub(super) fn look(path: &Path) -> Result<Self, InterchangeError> {
        let name = file_name(path);
        let mut given = Self {
            dated: date_in_name(&name),
            name,
            tables: Vec::new(),
            single: false,
        };
        let kind = fs::metadata(path).map_err(|error| InterchangeError::io(path, error))?;
        if kind.is_dir() {
            let mut files = Vec::new();
            walk(path, DEEPEST, &mut files)?;
            files.sort();
            given.folder(path, &files)?;
        } else {
            given.file(path)?;
        }
        if given.dated.is_none() {
            given.dated = given.tables.iter().find_map(|t| date_in_name(&t.name));
        }
        Ok(given)
    }

    fn file(&mut self, path: &Path) -> Result<(), InterchangeError> {
        if starts_with(path, b"PK")? {
            return self.archive(path);
        }
        self.single = true;
        self.tables.push(Table::file(path, &self.name)?);
        Ok(())
    }

    fn folder(&mut self, top: &Path, files: &[PathBuf]) -> Result<(), InterchangeError> {
        let inside = |file: &PathBuf| {
            let inner = file.strip_prefix(top).unwrap_or(file);
            inner.to_string_lossy().replace('\\', "/")
        };
        let names: Vec<String> = files.iter().map(inside).collect();
        for (file, name) in files.iter().zip(&names) {
            if is_metadata(name) {
                let file = File::open(file).map_err(|error| InterchangeError::io(file, error))?;
                self.read_date(file);
            }
        }
        for (n, name) in lists(&names) {
            if let Some(file) = files.get(n) {
                let name = format!("{}/{name}", self.name);
                self.tables.push(Table::file(file, &name)?);
            }
        }
        Ok(())
    }

    fn archive(&mut self, path: &Path) -> Result<(), InterchangeError> {
        let mut archive = Archive::open(path, BOUNDS)?;
        let entries = archive.entries().to_vec();
        let names: Vec<String> = entries.iter().map(|entry| entry.path.clone()).collect();
        for entry in entries.iter().filter(|entry| is_metadata(&entry.path)) {
            self.read_date(archive.read(entry)?);
        }
        for (n, name) in lists(&names) {
            self.tables.push(Table {
                name: format!("{}/{name}", self.name),
                bytes: entries.get(n).map_or(0, |entry| entry.packed),
                file: path.to_owned(),
                member: Some(n),
            });
        }
        Ok(())
    }

    /// What can't be read says no date, which is no fault.
    fn read_date(&mut self, file: impl Read) {
        let mut text = Vec::new();
        let read = file.take(METADATA_BYTES).read_to_end(&mut text);
        if read.is_ok() && self.dated.is_none() {
            self.dated = date_in_metadata(&String::from_utf8_lossy(&text));
        }
    }
}

impl Table {
    fn file(path: &Path, name: &str) -> Result<Self, InterchangeError> {
        let about = fs::metadata(path).map_err(|error| InterchangeError::io(path, error))?;
        Ok(Self {
            name: name.to_owned(),
            bytes: about.len(),
            file: path.to_owned(),
            member: None,
        })
    }

    /// Reads it from the start.
    pub(super) fn read(&self, reading: &mut Reading<'_>) -> Result<(), InterchangeError> {
        let count = Cell::new(0);
        if let Some(member) = self.member {
            return self.read_member(member, &count, reading);
        }
        let packed = starts_with(&self.file, &[0x1f, 0x8b])?;
        let file = File::open(&self.file);
        let file = file.map_err(|error| InterchangeError::io(&self.file, error))?;
        let mut file = BufReader::new(Counted {
            inner: file,
            read: &count,
        });
        let mut unpacked;
        let from: &mut dyn Read = if packed {
            unpacked = MultiGzDecoder::new(file);
            &mut unpacked
        } else {
            &mut file
        };
        reading(Input {
            from,
            done: &|| count.get(),
            fault: broken_off,
        })
    }

    fn read_member(
        &self,
        member: usize,
        count: &Cell<u64>,
        reading: &mut Reading<'_>,
    ) -> Result<(), InterchangeError> {
        let mut archive = Archive::open(&self.file, BOUNDS)?;
        // It was there when the archive was looked through, and is not if it changed since.
        let gone = || InterchangeError::Broken {
            spot: Spot::file(&self.name),
            why: "was changed while it was read: try again".to_owned(),
        };
        let entry = archive.entries().get(member).cloned().ok_or_else(gone)?;
        let mut from = Counted {
            inner: archive.read(&entry)?,
            read: count,
        };
        // Of what is unpacked so far, as much as it takes in the archive.
        let share = || u128::from(count.get()) * u128::from(entry.packed);
        let done = || u64::try_from(share() / u128::from(entry.said.max(1))).unwrap_or(u64::MAX);
        reading(Input {
            from: &mut from,
            done: &done,
            fault: archive::fault,
        })
    }
}

/// Counts what is read.
struct Counted<'a, R> {
    inner: R,
    read: &'a Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        let more = u64::try_from(read).unwrap_or(0);
        self.read.set(self.read.get().saturating_add(more));
        Ok(read)
    }
}

fn too_many(path: &Path) -> InterchangeError {
    InterchangeError::TooLarge {
        spot: Spot::file(&file_name(path)),
        why: format!("holds more than {MOST_FILES} files: choose the list of postcodes alone"),
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

fn starts_with(path: &Path, magic: &[u8]) -> Result<bool, InterchangeError> {
    let io = |error| InterchangeError::io(path, error);
    let mut start = Vec::new();
    let file = File::open(path).map_err(io)?;
    file.take(8).read_to_end(&mut start).map_err(io)?;
    Ok(start.starts_with(magic))
}

fn is_metadata(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.eq_ignore_ascii_case(METADATA)
}

/// Which of these are lists, with their numbers, in the order of their names.
fn lists(names: &[String]) -> Vec<(usize, &str)> {
    let within = |name: &str, folder: &str| {
        let mut folders = name.split('/').rev().skip(1);
        folders.any(|part| part.eq_ignore_ascii_case(folder))
    };
    let list = |name: &str| {
        let lower = name.to_ascii_lowercase();
        let hidden = lower.rsplit('/').next().is_some_and(|n| n.starts_with('.'));
        let table = [".csv", ".csv.gz"].iter().any(|end| lower.ends_with(end));
        table && !hidden && !FOR_PEOPLE.iter().any(|folder| within(name, folder))
    };
    let all = names.iter().map(String::as_str).enumerate();
    let mut found: Vec<(usize, &str)> = all.filter(|(_, name)| list(name)).collect();
    let once = |name: &str| name.to_ascii_lowercase().contains("data/") && !within(name, ONCE_MORE);
    if found.iter().any(|(_, name)| once(name)) {
        found.retain(|(_, name)| !within(name, ONCE_MORE));
    }
    found.sort_by_key(|(_, name)| *name);
    found
}

fn walk(folder: &Path, deeper: usize, files: &mut Vec<PathBuf>) -> Result<(), InterchangeError> {
    let io = |error| InterchangeError::io(folder, error);
    for entry in fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        // A link may lead round in a circle or out of the folder.
        let kind = fs::symlink_metadata(&path).map_err(io)?;
        if kind.is_dir() && deeper > 0 {
            walk(&path, deeper - 1, files)?;
        } else if kind.is_file() {
            files.push(path);
        }
        if files.len() > MOST_FILES {
            return Err(too_many(folder));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_archive_only_the_lists_are_read_and_once() {
        let names = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        let found = |all: &[String]| {
            let found = lists(all);
            found.iter().map(|(n, _)| *n).collect::<Vec<_>>()
        };
        let code_point = names(&[
            "Doc/Code-Point_Open_Column_Headers.csv",
            "Data/CSV/m.csv",
            "Data/CSV/ab.csv",
            "Doc/licence.txt",
            "__MACOSX/Data/CSV/._m.csv",
        ]);
        assert_eq!(found(&code_point), [2, 1]);
        let ons = names(&[
            "Data/ONSPD_AUG_2025_UK.csv",
            "Data/multi_csv/ONSPD_AUG_2025_UK_M.csv",
            "Documents/LAD names.csv",
        ]);
        assert_eq!(found(&ons), [0]);
        assert_eq!(found(&names(&["Data/multi_csv/ONSPD_M.csv"])), [0]);
    }
}
