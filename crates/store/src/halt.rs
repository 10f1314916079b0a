//! Why a change did not come about, and who may stop it on its way.

use std::io;
use std::ops::ControlFlow;

/// Why a change was not made. Nothing of it was.
#[derive(Debug)]
pub(crate) enum Halt {
    /// The database.
    Sql(rusqlite::Error),
    /// The records that wait to be imported cannot be read.
    Staged(io::Error),
    /// Somebody stopped it.
    Cancelled,
    /// The directory is not as it was when the change was worked out.
    Stale,
    /// There is no such import, it was undone, or a later one of its source stands.
    NothingToUndo,
    /// What the hub published cannot be read.
    Lines(io::Error),
    /// The operation was sent already, or withdrawn.
    AlreadySent,
    /// This desk has no hub, or the hub has no name for it.
    NotJoined,
    /// The record would be none that can be read.
    Unfit(String),
}

impl From<rusqlite::Error> for Halt {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Self {
        Self::Staged(error)
    }
}

/// Who watches a change: told how many of how many records are done, and asked whether to go on.
pub(crate) struct Watch<'w>(pub(crate) &'w mut dyn FnMut(u64, u64) -> ControlFlow<()>);

impl Watch<'_> {
    pub(crate) fn look(&mut self, done: u64, total: u64) -> Result<(), Halt> {
        match (self.0)(done, total) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Halt::Cancelled),
        }
    }
}
