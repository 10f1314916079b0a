//! Lists of postcodes made into one small file.
//!
//! Ordnance Survey (Code-Point Open), the Office for National Statistics (ONSPD) and others give
//! them out; the pack says where each postcode is, in which district, and which are no longer in use.
//!
//! Promises: the pack is complete or not there at all; a damaged one is refused, never half
//! believed. Points are within about five metres of those in the list.

mod about;
mod bits;
mod code;
mod draft;
mod encode;
mod grid;
mod headings;
mod lines;
mod pack;
mod read;
mod rows;
mod source;

#[cfg(test)]
mod tests;

use std::io::Write;
use std::path::{Path, PathBuf};

pub use about::{About, Kind, Source};
pub use pack::{Found, Middle, Pack};

use crate::{Finding, InterchangeError, Spot, Stop};

/// Is told how far an import is, in bytes of the files: done, and all. An error ends it; nothing
/// has changed then.
pub type Watch<'a> = dyn FnMut(u64, u64) -> Result<(), Stop> + 'a;

/// What an import read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// What is in the pack.
    pub about: About,
    /// Lines read, headings not among them.
    pub lines: u64,
    /// Lines that could not be understood.
    pub refused: u64,
    /// The first of them, and files that were passed over.
    pub findings: Vec<Finding>,
}

/// Reads lists of postcodes and writes them as one pack, in the place of one that is there already.
///
/// A list is a file of Code-Point Open or ONSPD as they are given out (a ZIP file, the folder that
/// was in it, or one of its tables), or any table with a column of postcodes and headings; it may be
/// packed with gzip. Where lists differ, the last one named holds, but a postcode that any of them
/// has in use is in use.
///
/// # Errors
/// [`InterchangeError`] when a file can't be read or is no list of postcodes, when most of its lines
/// can't be understood, when the pack can't be written, or when `watch` says so.
pub fn import(
    from: &[PathBuf],
    to: &Path,
    watch: &mut Watch<'_>,
) -> Result<Import, InterchangeError> {
    let (draft, import) = read::all(from, watch)?;
    let bytes = encode::pack(&draft, &import.about).ok_or_else(|| {
        let spot = Spot::file(&to.to_string_lossy());
        let why = "the lists are too large to be put together: choose fewer".to_owned();
        InterchangeError::TooLarge { spot, why }
    })?;
    write(&bytes, to).map_err(|error| InterchangeError::io(to, error))?;
    Ok(import)
}

/// Beside its place first: whoever opens the pack meanwhile, or after a power cut, finds the old one
/// or the new one whole.
fn write(bytes: &[u8], to: &Path) -> std::io::Result<()> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(to).map_err(|failed| failed.error)?;
    Ok(())
}
