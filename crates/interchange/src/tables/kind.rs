//! What a file is, told from its first bytes.

use std::fs::File;
use std::path::Path;

use super::source::{Raw, Source};
use super::{About, Options, SheetInfo, text};
use crate::{Finding, InterchangeError, Spot};

/// A file that was opened.
pub(super) struct Opened {
    pub source: Source,
    pub about: About,
    pub spot: Spot,
    pub findings: Vec<Finding>,
}

/// A file before it is known what it is.
pub(super) struct Unread<'a> {
    pub path: &'a Path,
    pub file: File,
    pub length: u64,
    pub spot: Spot,
}

/// Opens whatever it is.
pub(super) fn open(path: &Path, options: &Options) -> Result<Opened, InterchangeError> {
    let unread = unread(path)?;
    text::open(unread, options)
}

/// The sheets that hold anything.
pub(super) fn sheets(path: &Path) -> Result<Vec<SheetInfo>, InterchangeError> {
    let unread = unread(path)?;
    let mut source = text::open(unread, &Options::default())?.source;
    let mut raw = Raw::default();
    let mut rows = 0_u64;
    while source.read(&mut raw)? {
        rows = rows.saturating_add(1);
    }
    let name = String::new();
    Ok(vec![SheetInfo { name, rows }])
}

fn unread(path: &Path) -> Result<Unread<'_>, InterchangeError> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    let spot = Spot::file(&name.to_string_lossy());
    let failed = |source| InterchangeError::io(path, source);
    let about = std::fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        let why = "it is not a file. Choose a file.".to_owned();
        return Err(InterchangeError::Broken { spot, why });
    }
    if about.len() == 0 {
        let why = "the file is empty. Choose another one.".to_owned();
        return Err(InterchangeError::Broken { spot, why });
    }
    Ok(Unread {
        path,
        file: File::open(path).map_err(failed)?,
        length: about.len(),
        spot,
    })
}
