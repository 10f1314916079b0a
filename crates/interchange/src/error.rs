//! Why a file, a folder or a service on the web could not be read or written at all.

use std::io;
use std::path::{Path, PathBuf};

use crate::{Spot, Stop};

/// Why nothing came of it. What is wrong with single records is told as findings instead.
#[derive(Debug, thiserror::Error)]
pub enum InterchangeError {
    /// The computer could not read or write it.
    #[error("{} could not be read or written: {source}", path.display())]
    Io {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is not what it should be, or broken, from this spot on.
    #[error("{spot}: {why}")]
    Broken {
        /// Where.
        spot: Spot,
        /// What is wrong, and what to do.
        why: String,
    },
    /// It is larger than it may be, so it was not read on.
    #[error("{spot}: {why}")]
    TooLarge {
        /// Where.
        spot: Spot,
        /// Which bound, and what to do.
        why: String,
    },
    /// The other computer could not be reached, or answered with an error.
    #[error("{address}: {why}")]
    Network {
        /// Which address was asked for.
        address: String,
        /// What it answered, and what to do.
        why: String,
    },
    /// Somebody cancelled it.
    #[error("Cancelled. Nothing was changed.")]
    Cancelled,
}

impl InterchangeError {
    /// A fault of the file system.
    pub fn io(path: &Path, source: io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            source,
        }
    }
}

impl From<Stop> for InterchangeError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Cancelled => Self::Cancelled,
            Stop::Failed(error) => *error,
        }
    }
}
