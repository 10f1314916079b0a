//! What can go wrong with the index. It is a cache: whatever it is, the cure is to build it again.

use std::path::{Path, PathBuf};

/// Why an index can't be used or written.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is none yet, or none that this version can read.
    #[error(
        "there is no search index in {0} that this version can read: it is built again from the local copy"
    )]
    Absent(PathBuf),
    /// It was made of another store, or the thesaurus or the areas have changed since.
    #[error("the search index is out of date: it is built again from the local copy")]
    Outdated,
    /// It can't be what was written.
    #[error("the search index is damaged ({0}): it is built again from the local copy")]
    Damaged(String),
    /// The disk or the folder.
    #[error(
        "the search index in {path} can't be written or read ({error}): make room on the disk or check the folder's permissions"
    )]
    Folder {
        /// Which file or folder.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// Documents must come in the order of their rows.
    #[error("row {row} came after row {after}: documents are indexed in ascending order")]
    Order {
        /// The row that came.
        row: i64,
        /// The one before.
        after: i64,
    },
}

impl IndexError {
    pub(crate) fn folder(path: &Path, error: std::io::Error) -> Self {
        Self::Folder {
            path: path.to_owned(),
            error,
        }
    }
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> Self {
        if let tantivy::TantivyError::IoError(io) = &error {
            let error = std::io::Error::new(io.kind(), io.to_string());
            return Self::Folder {
                path: PathBuf::from("the index"),
                error,
            };
        }
        Self::Damaged(error.to_string())
    }
}
