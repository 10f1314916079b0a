//! Why a command could not be done, and the exit code that says so.

use std::fmt;
use std::io;

use directory::{BadOption, Code, Error};

/// What kept a command from its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The directory said no.
    Directory(Error),
    /// A postcode that is not in use, in a sentence.
    NoPostcode(String),
    /// The system names no folder for a person's data.
    NoFolder,
    /// Who read the output has gone, as `head` does: no fault.
    ReaderGone,
    /// The output could not be written.
    Output(io::Error),
    /// A file named on the command line can't be read as what it should be.
    File(String),
    /// A file that was validated has faults; they were told.
    Faults(u64),
    /// The hub was joined, and then could not be reached.
    JoinedOnly(String),
    /// The hub takes nothing from this computer: why, and what to do.
    ReadingOnly(Vec<String>),
    /// Every record of what was to be imported is refused; the reasons were told.
    AllRefused(u32),
}

impl Failure {
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::ReaderGone => 0,
            Self::NoPostcode(_) => 1,
            Self::NoFolder => 2,
            Self::Output(_) => 3,
            Self::Faults(_) => 1,
            Self::File(_) => 4,
            Self::AllRefused(_) => 5,
            Self::JoinedOnly(_) => 6,
            Self::ReadingOnly(_) => 7,
            Self::Directory(error) if error.is_hub_out_of_reach() => 6,
            Self::Directory(error) => match error.code() {
                Code::NotFound => 1,
                Code::BadQuery | Code::Invalid | Code::NotJoined => 2,
                Code::BadFile | Code::Network => 4,
                Code::StoreUnreadable
                | Code::StoreNewer
                | Code::StoreLocked
                | Code::DiskFull
                | Code::ReadOnly
                | Code::IndexUnavailable
                | Code::Cancelled
                | Code::Stale
                | Code::Busy
                | Code::Internal => 3,
                Code::Refused => 7,
            },
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory(error) => error.fmt(f),
            Self::NoPostcode(said) => f.write_str(said),
            Self::NoFolder => f.write_str(
                "This computer does not say where a person's data is kept. Name a folder with --data DIR.",
            ),
            Self::ReaderGone => f.write_str("The output is no longer read."),
            Self::File(why) => f.write_str(why),
            Self::ReadingOnly(said) => f.write_str(&said.join(" ")),
            Self::JoinedOnly(why) => write!(f, "The hub was joined. {why}"),
            Self::Faults(1) => f.write_str("1 record has faults."),
            Self::Faults(records) => write!(f, "{records} records have faults."),
            Self::AllRefused(records) => write!(
                f,
                "Nothing was imported: all {records} records are refused. --report FILE says why."
            ),
            Self::Output(error) => write!(f, "The answer could not be written: {error}."),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Directory(error)
    }
}

impl From<BadOption> for Failure {
    fn from(error: BadOption) -> Self {
        Self::Directory(error.into())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ReaderGone
        } else {
            Self::Output(error)
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}
