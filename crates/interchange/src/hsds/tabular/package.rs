//! A folder or a ZIP archive with tables in it: which of its files are which tables.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::NamedTempFile;

use super::kind::{Make, TableKind, table_kind};
use crate::archive::{self, Archive, Bounds, Entry};
use crate::{InterchangeError, Spot};

/// Folders within folders are looked into this deep.
const DEEPEST: usize = 4;
/// No more files than this are looked at.
const MOST_FILES: usize = 10_000;
/// A description is not read beyond this.
const LONGEST_DESCRIPTION: u64 = 16 * 1024 * 1024;
/// The name that the specification gives a package's description.
const DESCRIPTION: &str = "datapackage.json";

/// A file of a package.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Its path inside the package, with `/` between the names.
    path: String,
    size: u64,
    entry: Option<Entry>,
}

/// A table's file, and which table it is.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// The table.
    pub kind: TableKind,
    /// What the file or its description calls it.
    pub part: Part,
}

/// An open package.
#[derive(Debug)]
pub(super) struct Package {
    path: PathBuf,
    archive: Option<Archive>,
    /// Its tables.
    pub members: Vec<Member>,
}

/// A file on the disk that can be read: the file itself, or a copy that goes away by itself.
pub(super) struct OnDisk {
    /// Where it is.
    pub path: PathBuf,
    _copy: Option<NamedTempFile>,
}

impl Package {
    /// Looks into a folder or archive.
    ///
    /// # Errors
    /// It can't be read, or is an archive that is not safe.
    pub(super) fn open(path: &Path) -> Result<Self, InterchangeError> {
        let meta = fs::metadata(path).map_err(|error| InterchangeError::io(path, error))?;
        let (archive, parts) = if meta.is_dir() {
            (None, list(path)?)
        } else {
            let archive = Archive::open(path, Bounds::default())?;
            let parts = archive.entries().iter().map(Part::of_entry).collect();
            (Some(archive), parts)
        };
        let mut package = Self {
            path: path.to_owned(),
            archive,
            members: Vec::new(),
        };
        package.choose(&parts)?;
        Ok(package)
    }

    /// Where a file is, for people.
    pub(super) fn spot(&self, part: &Part) -> Spot {
        match (&self.archive, &part.entry) {
            (Some(archive), Some(entry)) => archive.spot(entry),
            (Some(_), None) | (None, _) => Spot::file(&part.path),
        }
    }

    /// How many bytes its tables have, by their own account.
    pub(super) fn size(&self) -> u64 {
        self.members.iter().map(|member| member.part.size).sum()
    }

    /// A file where it can be read from the disk.
    ///
    /// # Errors
    /// It can't be unpacked within bounds, or there is no room for it.
    pub(super) fn on_disk(&mut self, part: &Part) -> Result<OnDisk, InterchangeError> {
        let spot = self.spot(part);
        let (Some(archive), Some(entry)) = (&mut self.archive, &part.entry) else {
            return Ok(OnDisk {
                path: self.path.join(&part.path),
                _copy: None,
            });
        };
        let no_room = |error| InterchangeError::io(&std::env::temp_dir(), error);
        let mut copy = NamedTempFile::new().map_err(no_room)?;
        let mut reader = archive.read(entry)?;
        io::copy(&mut reader, copy.as_file_mut()).map_err(|error| archive::fault(&spot, &error))?;
        Ok(OnDisk {
            path: copy.path().to_owned(),
            _copy: Some(copy),
        })
    }

    /// Takes the files of one folder of it: the one that has services, or else the most tables, and
    /// of two like that the outer one. Original material is often kept in a folder further in.
    fn choose(&mut self, parts: &[Part]) -> Result<(), InterchangeError> {
        let mut folders: BTreeMap<&str, Vec<&Part>> = BTreeMap::new();
        for part in parts {
            folders.entry(part.folder()).or_default().push(part);
        }
        let mut best = Vec::new();
        let mut rank = (false, 0, 0);
        for (folder, files) in folders {
            let mut members = self.described(&files, parts, folder)?;
            if members.is_empty() {
                members = files.iter().filter_map(|part| part.member()).collect();
            }
            let services = members.iter().any(|member| member.is_of("service"));
            let depth = folder.split('/').count();
            let this = (services, members.len(), DEEPEST.saturating_sub(depth));
            if this > rank {
                rank = this;
                best = members;
            }
        }
        self.members = best;
        Ok(())
    }

    /// The tables that a description in this folder names, as far as they exist.
    fn described(
        &mut self,
        files: &[&Part],
        parts: &[Part],
        folder: &str,
    ) -> Result<Vec<Member>, InterchangeError> {
        let is = |part: &&&Part| part.name().eq_ignore_ascii_case(DESCRIPTION);
        let Some(part) = files.iter().find(is).copied().cloned() else {
            return Ok(Vec::new());
        };
        if part.size > LONGEST_DESCRIPTION {
            return Ok(Vec::new());
        }
        let file = self.on_disk(&part)?;
        let text = File::open(&file.path)
            .and_then(|file| io::read_to_string(io::Read::take(file, LONGEST_DESCRIPTION)));
        // A description that is no JSON is passed over: files have names of their own.
        let Ok(description) = serde_json::from_str::<Value>(&text.unwrap_or_default()) else {
            return Ok(Vec::new());
        };
        let resources = description.get("resources").and_then(Value::as_array);
        let member = |resource: &Value| {
            let path = resource.get("path")?.as_str()?.trim_start_matches("./");
            let path = if folder.is_empty() {
                path.to_owned()
            } else {
                format!("{folder}/{path}")
            };
            let part = parts.iter().find(|part| part.path == path)?;
            let name = resource.get("name").and_then(Value::as_str);
            let kind = name
                .and_then(table_kind)
                .or_else(|| table_kind(part.name()))?;
            Some(Member {
                kind,
                part: part.clone(),
            })
        };
        Ok(resources.into_iter().flatten().filter_map(member).collect())
    }
}

impl Part {
    fn of_entry(entry: &Entry) -> Self {
        Self {
            path: entry.path.clone(),
            size: entry.said,
            entry: Some(entry.clone()),
        }
    }

    fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    fn name(&self) -> &str {
        self.path
            .rsplit_once('/')
            .map_or(&self.path, |(_, name)| name)
    }

    fn member(&self) -> Option<Member> {
        let name = self.name();
        let is_csv = name.to_ascii_lowercase().ends_with(".csv");
        Some(Member {
            kind: is_csv.then(|| table_kind(name)).flatten()?,
            part: self.clone(),
        })
    }
}

impl Member {
    /// Whether its rows are of this entity.
    pub(super) fn is_of(&self, entity: &str) -> bool {
        self.kind.entity.is_some_and(|of| of.name == entity)
    }

    /// Whether HSDS 3 has no such table, or calls it otherwise.
    pub(super) fn is_older(&self) -> bool {
        let name = self.part.name().to_ascii_lowercase();
        let name = name.strip_suffix(".csv").unwrap_or(&name);
        let present = self.kind.entity.is_some_and(|entity| {
            entity.file == name || entity.name == name || entity.file.trim_end_matches('s') == name
        });
        match self.kind.make {
            Make::Plain => !present && name != "services_at_location",
            Make::Address(_) | Make::Weekly | Make::Kept(_) => true,
            Make::Beyond => false,
        }
    }
}

/// The files of a folder and those in it; links are not followed.
fn list(root: &Path) -> Result<Vec<Part>, InterchangeError> {
    let mut parts = Vec::new();
    let mut open = vec![(root.to_owned(), String::new(), 1)];
    while let Some((folder, path, depth)) = open.pop() {
        let failed = |error| InterchangeError::io(&folder, error);
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let meta = entry.metadata().map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let inner = if path.is_empty() {
                name
            } else {
                format!("{path}/{name}")
            };
            if meta.is_dir() && depth < DEEPEST {
                open.push((entry.path(), inner, depth + 1));
            } else if meta.is_file() && parts.len() < MOST_FILES {
                parts.push(Part {
                    path: inner,
                    size: meta.len(),
                    entry: None,
                });
            }
        }
    }
    parts.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(parts)
}
