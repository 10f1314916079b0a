//! Why a sync ended without agreement.

use std::error::Error;
use std::path::{Path, PathBuf};

use store::StoreError;

use crate::{BadAddress, HubFault};

/// An error of whoever makes changes for us.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// Why a sync ended without agreement. Whatever it was, the copy is as it was before, or further.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// This copy belongs to no hub.
    #[error("this directory belongs to no hub yet: join one first, with its address")]
    NotJoined,
    /// What was typed is no address.
    #[error(transparent)]
    Address(#[from] BadAddress),
    /// What was typed is no pairing code.
    #[error("“{0}” is no pairing code: it has eight letters and digits, such as ABCD-2345")]
    Code(String),
    /// The hub did not answer as hoped.
    #[error(transparent)]
    Hub(HubFault),
    /// Another hub answers at the address.
    #[error(
        "another hub answers at {address} than the one that this directory belongs to: nothing was taken \
         from it. Ask who runs it; if the old one is gone for good, leave it and join this one"
    )]
    OtherHub {
        /// Where.
        address: String,
    },
    /// The hub has less than it had, and does not say why.
    #[error(
        "the hub went back: {what}. Nothing was taken from it and nothing was lost here. Whoever runs the \
         hub should restore it as its guide says, which tells every copy"
    )]
    HubWentBack {
        /// What shows it.
        what: String,
    },
    /// The copy still differs from the hub's after it was fetched again.
    #[error(
        "{buckets} of 256 parts of this directory differ from the hub's although they were fetched again; \
         they are fetched once more with the next full check. Tell whoever runs the hub if it stays so"
    )]
    Unhealed {
        /// How many parts.
        buckets: usize,
    },
    /// Another program syncs this copy.
    #[error("another Signpost is just syncing this directory")]
    Elsewhere,
    /// The device's key is not where it was kept.
    #[error("{0}")]
    Key(String),
    /// A file beside the copy can't be read or written.
    #[error("“{}”: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The local copy can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The local copy can't be changed.
    #[error(transparent)]
    Change(BoxError),
    /// Somebody said to stop.
    #[error("stopped before it was done; what was fetched is kept")]
    Stopped,
}

impl From<HubFault> for SyncError {
    fn from(fault: HubFault) -> Self {
        if fault == HubFault::Stopped {
            Self::Stopped
        } else {
            Self::Hub(fault)
        }
    }
}

impl SyncError {
    pub(crate) fn io(path: &Path, source: std::io::Error) -> Self {
        Self::Io {
            path: path.to_path_buf(),
            source,
        }
    }

    /// What kind it is, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotJoined => "not_joined",
            Self::Address(_) => "address",
            Self::Code(_) => "code",
            Self::Hub(fault) => fault_code(fault),
            Self::OtherHub { .. } => "other_hub",
            Self::HubWentBack { .. } => "hub_went_back",
            Self::Unhealed { .. } => "unhealed",
            Self::Elsewhere => "elsewhere",
            Self::Key(_) => "key",
            Self::Io { .. } => "io",
            Self::Store(_) | Self::Change(_) => "copy",
            Self::Stopped => "stopped",
        }
    }

    /// What somebody can do about it; none: the message says it, or nothing but waiting helps.
    #[must_use]
    pub fn what_to_do(&self) -> Option<&'static str> {
        match self {
            Self::Hub(HubFault::NotTheHub(_)) => Some(
                "Open a web page to see whether the network asks you to sign in. Until then everything \
                 works here; what you change is kept and sent later.",
            ),
            Self::Hub(HubFault::Unreachable(_) | HubFault::Broken(_) | HubFault::Busy { .. }) => {
                Some("Everything works here meanwhile; what you change is kept and sent later.")
            }
            Self::Hub(HubFault::Denied(_)) | Self::Key(_) => Some(
                "Ask a curator for a new pairing code and join again. Nothing that you wrote is lost.",
            ),
            Self::Hub(
                HubFault::Missing(_)
                | HubFault::Refused { .. }
                | HubFault::TooLarge(_)
                | HubFault::ReadOnly(_)
                | HubFault::Stopped,
            )
            | Self::NotJoined
            | Self::Address(_)
            | Self::Code(_)
            | Self::OtherHub { .. }
            | Self::HubWentBack { .. }
            | Self::Unhealed { .. }
            | Self::Elsewhere
            | Self::Io { .. }
            | Self::Store(_)
            | Self::Change(_)
            | Self::Stopped => None,
        }
    }

    /// True where there is no network as far as the hub goes, which is nobody's error.
    #[must_use]
    pub fn is_no_network(&self) -> bool {
        matches!(self, Self::Hub(fault) if fault.is_no_network())
    }
}

fn fault_code(fault: &HubFault) -> &'static str {
    match fault {
        HubFault::Unreachable(_) | HubFault::Broken(_) => "offline",
        HubFault::NotTheHub(_) => "not_the_hub",
        HubFault::Busy { .. } => "busy",
        HubFault::Missing(_) => "missing",
        HubFault::Denied(_) => "denied",
        HubFault::Refused { .. } => "refused",
        HubFault::TooLarge(_) => "too_large",
        HubFault::ReadOnly(_) => "read_only",
        HubFault::Stopped => "stopped",
    }
}
