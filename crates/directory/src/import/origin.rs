//! Where an import comes from, and what it looks like.

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};

use interchange::InterchangeError;
use interchange::hsds;

use super::shape::{ImportFormat, ImportSource};
use crate::error::Error;

/// Bytes of a file that are looked at.
const START: u64 = 256;
/// Endings of workbooks.
const WORKBOOKS: [&str; 5] = ["xlsx", "xlsm", "ods", "xls", "xlsb"];

/// Where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A file or a folder.
    Path(PathBuf),
    /// A running service.
    Web(String),
}

impl Origin {
    /// What somebody typed, chose or dropped.
    pub(crate) fn of(source: &ImportSource) -> Result<Self, Error> {
        let from = source.from.trim();
        if from.is_empty() {
            return Err(Error::NoSource);
        }
        if from.starts_with("http://") || from.starts_with("https://") {
            return Ok(Self::Web(from.to_owned()));
        }
        let path = PathBuf::from(from.strip_prefix("file://").unwrap_or(from));
        match path.try_exists() {
            Ok(true) => Ok(Self::Path(path)),
            Ok(false) => Err(InterchangeError::io(
                &path,
                std::io::Error::new(
                    std::io::ErrorKind::NotFound,
                    "there is no such file or folder",
                ),
            )
            .into()),
            Err(error) => Err(InterchangeError::io(&path, error).into()),
        }
    }

    /// Its name for people: the last part of its path, or the other computer's name.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Path(path) => {
                last(path.file_name()).unwrap_or_else(|| path.display().to_string())
            }
            Self::Web(address) => host(address).to_owned(),
        }
    }

    /// The source's name where nobody gave it one.
    pub(crate) fn source(&self, given: &ImportSource) -> String {
        let said = given.mapping.as_ref().map(|mapping| &mapping.source);
        let said = said.or(given.source.as_ref()).map(|name| name.trim());
        if let Some(name) = said.filter(|name| !name.is_empty()) {
            return name.to_owned();
        }
        match self {
            Self::Path(path) => last(path.file_stem()).unwrap_or_else(|| self.name()),
            Self::Web(_) => self.name(),
        }
    }

    /// As what it is read.
    pub(crate) fn format(&self, asked: Option<ImportFormat>) -> Result<ImportFormat, Error> {
        if let Some(format) = asked {
            return Ok(format);
        }
        let Self::Path(path) = self else {
            return Ok(ImportFormat::Oruk);
        };
        if hsds::tabular::recognise(path)?.is_some() || looks_like_json(path)? {
            return Ok(ImportFormat::Hsds);
        }
        let ending = last(path.extension()).unwrap_or_default().to_lowercase();
        Ok(if WORKBOOKS.contains(&ending.as_str()) {
            ImportFormat::Xlsx
        } else {
            ImportFormat::Csv
        })
    }

    /// The file, where it is one on this computer.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::Path(path) => Some(path),
            Self::Web(_) => None,
        }
    }
}

/// Whether a file begins as JSON does, or a folder holds such files and no table.
fn looks_like_json(path: &Path) -> Result<bool, InterchangeError> {
    let failed = |error| InterchangeError::io(path, error);
    if path.is_dir() {
        let mut files = std::fs::read_dir(path).map_err(failed)?.flatten();
        return Ok(files.any(|file| is_called_json(&file.path())));
    }
    let mut start = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(START).read_to_end(&mut start).map_err(failed)?;
    // UTF-16 has a zero beside each of these letters.
    let mark = |byte: &u8| matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF);
    let first = start
        .iter()
        .find(|byte| !byte.is_ascii_whitespace() && !mark(byte));
    Ok(is_called_json(path) || matches!(first, Some(b'{' | b'[')))
}

fn is_called_json(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    ["json", "ndjson", "jsonl"].contains(&ending.to_lowercase().as_str())
}

fn last(part: Option<&OsStr>) -> Option<String> {
    part.map(|part| part.to_string_lossy().into_owned())
}

fn host(address: &str) -> &str {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    bare.split(['/', '?', '#']).next().unwrap_or(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_called_after_its_file_or_computer_unless_somebody_names_it() {
        let mut given = ImportSource::default();
        let file = Origin::Path("lists/Food banks.csv".into());
        assert_eq!(file.source(&given), "Food banks");
        let web = Origin::Web("https://directory.example.org/o/v3?x=1".to_owned());
        assert_eq!(web.source(&given), "directory.example.org");
        given.source = Some(" A list ".to_owned());
        assert_eq!(file.source(&given), "A list");
    }

    #[test]
    fn what_is_not_there_is_told() {
        for (from, told) in [("", "Nothing"), ("/no/such/file.csv", "no such file")] {
            let source = ImportSource {
                from: from.to_owned(),
                ..ImportSource::default()
            };
            let error = Origin::of(&source).unwrap_err();
            assert!(error.to_string().contains(told), "{error}");
        }
    }
}
