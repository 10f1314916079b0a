//! The first bytes of the file, read without the database's help: they say whether it is one at all
//! and which version made it, and looking at them changes nothing.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::salvage::pages::be32;

/// What the first bytes say.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// No file, or an empty one.
    Nothing,
    /// A database, of this version of the schema.
    Database {
        /// SQLite's `user_version`.
        version: i64,
    },
    /// Not a database.
    Broken,
}

/// Bytes of a header (SQLite file format, section 1.3).
const LENGTH: usize = 100;
/// The schema format of today's SQLite; 0 until the first table is made.
const NEWEST_FORMAT: u32 = 4;
/// The text encoding; 0 until the first table is made.
const UTF_8: u32 = 1;
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Looks at the first bytes.
///
/// # Errors
/// When the file is there and cannot be read.
pub(crate) fn look(path: &Path) -> io::Result<Look> {
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Look::Nothing),
        opened => opened?,
    };
    let mut bytes = Vec::with_capacity(LENGTH);
    file.take(LENGTH as u64).read_to_end(&mut bytes)?;
    if bytes.is_empty() {
        return Ok(Look::Nothing);
    }
    Ok(version(&bytes).map_or(Look::Broken, |version| Look::Database { version }))
}

/// The version, if every field that has a fixed value has it. The fields are those of our own files:
/// WAL mode (or not yet), no reserved space, UTF-8.
fn version(bytes: &[u8]) -> Option<i64> {
    let at = |range: std::ops::Range<usize>| bytes.get(range);
    let one = |at: usize| bytes.get(at).copied();
    let fixed = at(0..16)? == MAGIC
        && matches!((one(18)?, one(19)?), (1, 1) | (2, 2))
        && at(20..24)? == [0, 64, 32, 32]
        && be32(bytes, 44)? <= NEWEST_FORMAT
        && be32(bytes, 56)? <= UTF_8;
    let version = be32(bytes, 60)?;
    (fixed && bytes.len() == LENGTH).then(|| i64::from(version))
}

/// The file that SQLite keeps beside this one under its name and a suffix.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// True when the file is there and holds something.
pub(crate) fn holds_something(path: &Path) -> bool {
    path.metadata().is_ok_and(|about| about.len() > 0)
}
