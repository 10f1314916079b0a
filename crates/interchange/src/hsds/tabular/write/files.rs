//! The files of a package while it is written, out of sight until it is whole.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use csv::Writer;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::rows::Row;
use super::{BEYOND_COLUMNS, BEYOND_VALUE, beyond_file, description, headings};
use crate::hsds::entities::{self, Entity};
use crate::{InterchangeError, Spot};

/// Files that are written beside their place.
#[derive(Debug)]
pub(super) struct Files {
    target: PathBuf,
    /// Holds the unfinished package, and takes it away when it is dropped.
    staging: TempDir,
    tables: BTreeMap<&'static str, Writer<File>>,
    beyond: Option<Writer<File>>,
    numbered: u64,
}

impl Files {
    /// Begins beside this path.
    pub(super) fn create(target: &Path) -> Result<Self, InterchangeError> {
        let failed = |error| InterchangeError::io(target, error);
        if is_taken(target).map_err(failed)? {
            return Err(InterchangeError::Broken {
                spot: Spot::file(&target.to_string_lossy()),
                why: "is there already and not an empty folder; choose another name".to_owned(),
            });
        }
        let parent = target
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        let mut builder = tempfile::Builder::new();
        let staging = builder
            .prefix(".unfinished-")
            .tempdir_in(parent.unwrap_or(Path::new(".")))
            .map_err(failed)?;
        let files = Self {
            target: target.to_owned(),
            staging,
            tables: BTreeMap::new(),
            beyond: None,
            numbered: 0,
        };
        fs::create_dir(files.folder()).map_err(failed)?;
        Ok(files)
    }

    /// Adds a row to an entity's table.
    pub(super) fn row(
        &mut self,
        entity: &'static Entity,
        cells: &[String],
    ) -> Result<(), InterchangeError> {
        let path = self.folder().join(format!("{}.csv", entity.file));
        if !self.tables.contains_key(entity.name) {
            let table = begin(&path, headings(entity))?;
            self.tables.insert(entity.name, table);
        }
        match self.tables.get_mut(entity.name) {
            Some(table) => write(table, cells.iter().map(String::as_str), &path),
            None => Ok(()),
        }
    }

    /// Adds a row to the table that is not HSDS's.
    pub(super) fn beyond(
        &mut self,
        row: &Row,
        says: &str,
        member: &str,
        value: &str,
    ) -> Result<(), InterchangeError> {
        let path = self.folder().join(beyond_file());
        if self.beyond.is_none() {
            let columns = BEYOND_COLUMNS.into_iter().chain([BEYOND_VALUE]);
            self.beyond = Some(begin(&path, columns)?);
        }
        self.numbered = self.numbered.saturating_add(1);
        let number = self.numbered.to_string();
        let cells = [&number, row.entity.name, &row.id, says, member, value];
        match &mut self.beyond {
            Some(table) => write(table, cells.into_iter(), &path),
            None => Ok(()),
        }
    }

    /// Writes the description and puts everything in its place.
    pub(super) fn finish(mut self) -> Result<(), InterchangeError> {
        let tables = std::mem::take(&mut self.tables);
        let has_rows = |entity: &&Entity| tables.contains_key(entity.name);
        let written: Vec<&'static Entity> = entities::all().filter(has_rows).collect();
        let beyond = self.beyond.take();
        let description = description::describe(&written, beyond.is_some());
        let failed = |error| InterchangeError::io(&self.target, error);
        let zipped = is_zip(&self.target);
        for table in tables.into_values().chain(beyond) {
            let file = table
                .into_inner()
                .map_err(|error| failed(error.into_error()))?;
            if !zipped {
                file.sync_all().map_err(failed)?;
            }
        }
        fs::write(self.folder().join("datapackage.json"), description).map_err(failed)?;
        if zipped {
            let zipped = self.staging.path().join("package.zip");
            pack(&self.folder(), &zipped).map_err(failed)?;
            fs::rename(zipped, &self.target).map_err(failed)?;
        } else {
            if self.target.is_dir() {
                fs::remove_dir(&self.target).map_err(failed)?;
            }
            fs::rename(self.folder(), &self.target).map_err(failed)?;
        }
        Ok(())
    }

    fn folder(&self) -> PathBuf {
        self.staging.path().join("package")
    }
}

/// Whether something stands at the target that must not be lost. A ZIP archive is replaced, as
/// whoever asks for a file's name asks about that as well.
fn is_taken(target: &Path) -> io::Result<bool> {
    if target.is_dir() {
        return Ok(is_zip(target) || fs::read_dir(target)?.next().is_some());
    }
    Ok(target.exists() && !is_zip(target))
}

fn is_zip(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

fn begin<'a>(
    path: &Path,
    headings: impl Iterator<Item = &'a str>,
) -> Result<Writer<File>, InterchangeError> {
    let file = File::create(path).map_err(|error| InterchangeError::io(path, error))?;
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(file);
    write(&mut table, headings, path)?;
    Ok(table)
}

fn write<'a>(
    table: &mut Writer<File>,
    cells: impl Iterator<Item = &'a str>,
    path: &Path,
) -> Result<(), InterchangeError> {
    let written = table.write_record(cells);
    written.map_err(|error| InterchangeError::io(path, io::Error::other(error)))
}

fn pack(folder: &Path, to: &Path) -> io::Result<()> {
    let mut names: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.path());
    }
    names.sort();
    let mut zip = ZipWriter::new(File::create(to)?);
    for path in names {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let mut file = File::open(&path)?;
        let large = file.metadata()?.len() > u64::from(u32::MAX) / 2;
        zip.start_file(name, SimpleFileOptions::default().large_file(large))?;
        io::copy(&mut file, &mut zip)?;
    }
    zip.finish()?.sync_all()
}
