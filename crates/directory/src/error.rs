//! What can go wrong for a person, in their words, with a code that programs can act on.

use domain::{Kind, RecordId};
use interchange::InterchangeError;
use search::IndexError;
use serde::Serialize;
use store::StoreError;
use sync::{HubFault, SyncError};

use crate::builtin::AssetError;
use crate::options::BadOption;
use crate::said::capital;

/// Why a journey could not be finished.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The local copy.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index; it is being built again.
    #[error("{0}. Searching goes on with what is ready; nothing of the directory is lost")]
    Index(#[from] IndexError),
    /// The built-in directory has a fault: the program was put together wrongly.
    #[error(
        "The built-in directory can't be read, so Signpost can't start with it: install it again.\n{0}"
    )]
    BuiltIn(#[from] AssetError),
    /// There is no such entry.
    #[error(
        "There is no entry {0} in this directory. It may have been removed or merged: search for its name."
    )]
    NotFound(String),
    /// Nothing was done here under this number.
    #[error("There is no number {0} in the outbox: it lists what was done here, with its numbers.")]
    NoOutboxRow(u32),
    /// Nothing of this identifier waits, or waited, for a curator.
    #[error(
        "Nothing in the inbox has the ID {0}: the inbox lists what waits. What was told to another account is only seen there."
    )]
    NoItem(String),
    /// An option that does not exist.
    #[error(transparent)]
    BadOption(#[from] BadOption),
    /// A file, folder or address of others, in or out.
    #[error(transparent)]
    Interchange(#[from] InterchangeError),
    /// Nothing was named to be imported.
    #[error("Nothing was named to be imported. Choose a file or folder, or give a web address.")]
    NoSource,
    /// A table is wanted from an address.
    #[error(
        "Tables can only be read from this computer. Save the file first, then choose it; an address must be that of an HSDS or Open Referral UK service."
    )]
    TableFromWeb,
    /// A mapping can't be used as it is.
    #[error("The columns can't be read this way: {}.", .0.join("; "))]
    Mapping(Vec<String>),
    /// No mapping is called so.
    #[error("No mapping is called \"{name}\". {}", known_mappings(known))]
    NoMapping {
        /// What was asked for.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// Something is to be saved without a name.
    #[error("A mapping needs a name to be saved under.")]
    NoName,
    /// The dry run is no longer there.
    #[error("That check is no longer at hand. Check once more, then go on.")]
    NoDryRun,
    /// A record of the local copy can't be read.
    #[error(
        "The {0} {1} can't be read. Close Signpost and start it again: it looks through the local copy and repairs it."
    )]
    Unreadable(Kind, RecordId),
    /// What was written can't be kept as it is: why, in sentences.
    #[error("{}", .0.join(" "))]
    Invalid(Vec<String>),
    /// The system gives no random numbers.
    #[error(
        "This computer gives no random numbers just now, so a new record can't be named. Try again."
    )]
    NoChance,
    /// A file or folder is not what a hub wrote, or not as it wrote it.
    #[error("{}.", capital(&.0.to_string()))]
    BadBundle(SyncError),
    /// The hub, or what lies in its place.
    #[error("{}", sentence(.0))]
    Sync(#[from] SyncError),
}

fn known_mappings(known: &[String]) -> String {
    if known.is_empty() {
        return "None was saved yet.".to_owned();
    }
    format!("These were saved: {}.", known.join(", "))
}

/// What sort of error it is, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The local copy can't be read.
    StoreUnreadable,
    /// A newer Signpost made the local copy.
    StoreNewer,
    /// Another program holds the local copy.
    StoreLocked,
    /// No room on the disk.
    DiskFull,
    /// The folder may not be written.
    ReadOnly,
    /// No such entry.
    NotFound,
    /// Something asked for does not exist.
    BadQuery,
    /// The index can't be read just now.
    IndexUnavailable,
    /// Somebody cancelled it; nothing was changed.
    Cancelled,
    /// What was worked out before no longer holds: it is to be worked out once more.
    Stale,
    /// A file or folder of others can't be read or written, or is not what it should be.
    BadFile,
    /// Another computer can't be reached, or gives no answer.
    Network,
    /// This computer has joined no hub.
    NotJoined,
    /// The hub said no.
    Refused,
    /// What was written can't be kept as it is.
    Invalid,
    /// The same is under way already.
    Busy,
    /// Something else.
    Internal,
}

/// An error as it crosses to the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct AppError {
    /// What sort.
    pub code: Code,
    /// What happened, to what, and what to do.
    pub message: String,
}

impl Error {
    /// True when the hub could not be reached: nothing is lost, and what waits goes on waiting.
    #[must_use]
    pub fn is_hub_out_of_reach(&self) -> bool {
        matches!(self, Self::Sync(error) if error.is_no_network())
    }

    /// What sort of error it is.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Store(error) => code_of_store(error),
            Self::Index(_) => Code::IndexUnavailable,
            Self::BuiltIn(_) | Self::NoChance => Code::Internal,
            Self::Unreadable(..) => Code::StoreUnreadable,
            Self::Invalid(_) => Code::Invalid,
            Self::NotFound(_) | Self::NoOutboxRow(_) | Self::NoItem(_) => Code::NotFound,
            Self::BadOption(_)
            | Self::NoSource
            | Self::TableFromWeb
            | Self::Mapping(_)
            | Self::NoMapping { .. }
            | Self::NoName => Code::BadQuery,
            Self::BadBundle(_) => Code::BadFile,
            Self::Sync(error) => code_of_sync(error),
            Self::NoDryRun => Code::Stale,
            Self::Interchange(error) => match error {
                InterchangeError::Cancelled => Code::Cancelled,
                InterchangeError::Network { .. } => Code::Network,
                InterchangeError::Io { source, .. }
                    if source.kind() == std::io::ErrorKind::StorageFull =>
                {
                    Code::DiskFull
                }
                InterchangeError::Io { .. }
                | InterchangeError::Broken { .. }
                | InterchangeError::TooLarge { .. } => Code::BadFile,
            },
        }
    }
}

fn code_of_store(error: &StoreError) -> Code {
    match error {
        StoreError::Newer { .. } => Code::StoreNewer,
        StoreError::Locked { .. } => Code::StoreLocked,
        StoreError::DiskFull { .. } => Code::DiskFull,
        StoreError::ReadOnly { .. } => Code::ReadOnly,
        StoreError::Damaged { .. } | StoreError::Folder { .. } | StoreError::Moved { .. } => {
            Code::StoreUnreadable
        }
        StoreError::Cancelled => Code::Cancelled,
        StoreError::Stale | StoreError::NothingToUndo | StoreError::Staged { .. } => Code::Stale,
        StoreError::AlreadySent | StoreError::Unfit { .. } => Code::Invalid,
        StoreError::NotJoined => Code::NotJoined,
        StoreError::Lines { .. } => Code::BadFile,
        StoreError::Other { .. } => Code::Internal,
    }
}

fn code_of_sync(error: &SyncError) -> Code {
    match error {
        SyncError::NotJoined => Code::NotJoined,
        SyncError::Address(_) | SyncError::Code(_) => Code::Invalid,
        SyncError::Hub(fault) => match fault {
            HubFault::Unreachable(_)
            | HubFault::Broken(_)
            | HubFault::NotTheHub(_)
            | HubFault::Busy { .. } => Code::Network,
            HubFault::Missing(_) | HubFault::ReadOnly(_) => Code::BadFile,
            HubFault::Denied(_) | HubFault::Refused { .. } | HubFault::TooLarge(_) => Code::Refused,
            HubFault::Stopped => Code::Cancelled,
        },
        SyncError::OtherHub { .. }
        | SyncError::HubWentBack { .. }
        | SyncError::Unhealed { .. }
        | SyncError::Key(_) => Code::Refused,
        SyncError::Elsewhere => Code::Busy,
        SyncError::Io { .. } => Code::BadFile,
        SyncError::Store(error) => code_of_store(error),
        SyncError::Change(error) => match error.downcast_ref::<StoreError>() {
            Some(error) => code_of_store(error),
            None => Code::Internal,
        },
        SyncError::Stopped => Code::Cancelled,
    }
}

/// What happened and what to do, as sentences.
fn sentence(error: &SyncError) -> String {
    let said = error.to_string();
    let end = if said.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    let what_to_do = error.what_to_do().map(|what| format!(" {what}"));
    format!("{}{end}{}", capital(&said), what_to_do.unwrap_or_default())
}

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        Self {
            code: error.code(),
            message: error.to_string(),
        }
    }
}
