//! Why a verb could not be done, and the exit code that says so.

use interchange::InterchangeError;

use crate::log::LogError;

/// What kept a verb from its end.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A setting is missing or wrong.
    #[error("{0}")]
    Settings(String),
    /// The log said no.
    #[error("{0}")]
    Log(String),
    /// There is no such account or device.
    #[error("{0}")]
    NotFound(String),
    /// A file can't be read or written, or is not what it should be.
    #[error("{0}")]
    File(String),
    /// The hub is in use.
    #[error("{0}")]
    InUse(String),
    /// The address can't be listened at.
    #[error("{0}")]
    Listen(String),
}

impl Failure {
    /// The exit code.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::NotFound(_) => 1,
            Self::Settings(_) => 2,
            Self::Log(_) | Self::InUse(_) => 3,
            Self::File(_) => 4,
            Self::Listen(_) => 5,
        }
    }

    /// A fault of the file system with this file.
    pub(crate) fn file(path: &std::path::Path, error: &dyn std::fmt::Display) -> Self {
        Self::File(format!(
            "{} can't be read or written: {error}.",
            path.display()
        ))
    }
}

impl From<LogError> for Failure {
    fn from(error: LogError) -> Self {
        Self::Log(error.to_string())
    }
}

impl From<InterchangeError> for Failure {
    fn from(error: InterchangeError) -> Self {
        Self::File(error.to_string())
    }
}
