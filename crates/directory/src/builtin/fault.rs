//! What is wrong with an asset file, where, and what to do about it.

use std::cell::RefCell;
use std::fmt;

use super::AssetFile;

/// One fault of one asset file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}: {message}")]
pub struct AssetFault {
    /// The file, from the folder of assets.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The record and field: `entry age-uk-oldham, needs`.
    pub what: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// Asset files cannot be used: everything that is wrong with them, by file and line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct AssetError {
    /// The faults; at least one.
    pub faults: Vec<AssetFault>,
}

impl fmt::Display for AssetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the directory's files have faults")?;
        self.faults
            .iter()
            .try_for_each(|fault| write!(f, "\n{fault}"))
    }
}

/// A spot in a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) file: AssetFile<'a>,
    /// Bytes from the start of the file.
    pub(super) offset: usize,
}

impl At<'_> {
    fn line(self) -> usize {
        let before = self.file.text.bytes().take(self.offset);
        1 + before.filter(|byte| *byte == b'\n').count()
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file.path, self.line())
    }
}

/// The faults found so far. Reading goes on after a fault, so that one run shows them all.
#[derive(Debug, Default)]
pub(super) struct Faults(RefCell<Vec<AssetFault>>);

impl Faults {
    pub(super) fn add(&self, at: At<'_>, what: &str, message: String) {
        self.0.borrow_mut().push(AssetFault {
            file: at.file.path.to_owned(),
            line: at.line(),
            what: what.to_owned(),
            message,
        });
    }

    /// Fails if there are any.
    pub(super) fn none(&self) -> Result<(), AssetError> {
        let mut faults = self.0.take();
        faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        if faults.is_empty() {
            Ok(())
        } else {
            Err(AssetError { faults })
        }
    }
}
