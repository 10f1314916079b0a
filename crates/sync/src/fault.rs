//! Why a hub did not answer as hoped.

use std::time::Duration;

/// Why a hub did not answer as hoped. None of these says anything about what the copy holds:
/// nothing is ever cleared because of one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HubFault {
    /// There is no way to it now.
    #[error("{0}")]
    Unreachable(String),
    /// It broke off, or stopped answering.
    #[error("{0}")]
    Broken(String),
    /// What answered is not the hub, or not as it was written: a sign-in page, a proxy, damage.
    #[error("{0}")]
    NotTheHub(String),
    /// It can't answer now.
    #[error("{why}")]
    Busy {
        /// Why.
        why: String,
        /// How long it asks to be left alone.
        after: Option<Duration>,
    },
    /// It has no such thing, or no more.
    #[error("{0}")]
    Missing(String),
    /// It does not take this device's key any more.
    #[error("{0}")]
    Denied(String),
    /// It does not do what it was asked.
    #[error("{message}")]
    Refused {
        /// The hub's code.
        code: String,
        /// Why, for people.
        message: String,
    },
    /// More was sent than it takes at once.
    #[error("{0}")]
    TooLarge(String),
    /// Files can be read only.
    #[error("{0}")]
    ReadOnly(String),
    /// Somebody said to stop.
    #[error("stopped before it was done")]
    Stopped,
}

impl HubFault {
    /// Something that is not the hub answered.
    pub(crate) fn not_the_hub(what: &str) -> Self {
        Self::NotTheHub(format!(
            "The network answered with something that is not the hub: {what}"
        ))
    }

    /// True where there is no network as far as the hub goes, which is nobody's error.
    #[must_use]
    pub fn is_no_network(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::Broken(_) | Self::NotTheHub(_) | Self::Busy { .. } => true,
            Self::Missing(_)
            | Self::Denied(_)
            | Self::Refused { .. }
            | Self::TooLarge(_)
            | Self::ReadOnly(_)
            | Self::Stopped => false,
        }
    }

    /// True for a fault that may well be of sending alone.
    pub(crate) fn is_of_sending(&self) -> bool {
        match self {
            Self::Busy { .. } | Self::Missing(_) | Self::Refused { .. } | Self::TooLarge(_) => true,
            Self::Unreachable(_)
            | Self::Broken(_)
            | Self::NotTheHub(_)
            | Self::Denied(_)
            | Self::ReadOnly(_)
            | Self::Stopped => false,
        }
    }
}
