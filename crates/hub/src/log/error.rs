//! Why the log could not be used.

/// Why the log could not be read or changed. Nothing was changed then.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum LogError {
    /// Another program holds it for longer than we wait, or the database can't be reached.
    #[error("The hub's database is busy or can't be reached ({0}). Try again in a moment.")]
    Busy(String),
    /// No room is left.
    #[error("The disk of the hub's database is full ({0}). Make room; nothing was half saved.")]
    Full(String),
    /// It can't be read as it should.
    #[error(
        "The hub's database is damaged ({0}). Stop the hub and restore the latest backup: desks \
         send again what is missing in it."
    )]
    Damaged(String),
    /// A newer version made it.
    #[error(
        "The hub's database was made by a newer version (its format is {found}, this one knows up \
         to {known}). It was left as it is. Install the newest version."
    )]
    Newer {
        /// Its format.
        found: i64,
        /// The newest known here.
        known: i64,
    },
    /// The folder or file can't be used.
    #[error("{path} can't be used: {why}. Check that it is there and may be written.")]
    Folder {
        /// Which.
        path: String,
        /// What the system said.
        why: String,
    },
    /// An account's name that is taken.
    #[error("There is an account with this name already. Choose another name, or change that one.")]
    NameTaken,
    /// Anything else that the database said.
    #[error("The hub's database could not be used: {0}. Nothing was changed.")]
    Other(String),
}

impl LogError {
    /// Something in the database is not what it should be.
    pub(crate) fn damaged(what: impl std::fmt::Display) -> Self {
        Self::Damaged(what.to_string())
    }
}
