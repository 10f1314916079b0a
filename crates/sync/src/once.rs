//! One sync, top to bottom: what is known → [`crate::plan`] → steps, each of which ends in one
//! transaction. Whatever interrupts it, the copy is as it was before a step or as it is after it.

mod outcome;
mod pull;
mod push;
mod run;
mod staff;

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use store::{Done, Op, Store};
use time::OffsetDateTime;

use crate::error::BoxError;
use crate::hub::Hub;
use crate::{Keys, Stop, SyncError, keys, turn};
pub use outcome::{Outcome, Progress, Remark, Stage, Watch};
use run::Run;

/// The copy as a sync sees it.
#[derive(Clone, Copy)]
pub struct LocalCopy<'a> {
    /// For reading.
    pub store: &'a Store,
    /// The folder that it lies in; a folder `sync` is made in it.
    pub folder: &'a Path,
    /// Makes changes, so that whatever hangs on them keeps step.
    pub transact: &'a Transact<'a>,
}

/// Makes a change; told how far it is, which may stop it.
pub type Transact<'a> =
    dyn Fn(Op, &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<Done, BoxError> + 'a;

/// How to sync.
#[derive(Clone, Copy)]
pub struct How<'a> {
    /// Where this device's key is.
    pub keys: &'a Keys,
    /// The time.
    pub now: &'a dyn Fn() -> OffsetDateTime,
    /// Stops it.
    pub stop: &'a Stop,
    /// True when somebody waits for it: then a failure is told, and another program's sync is
    /// waited for.
    pub asked: bool,
    /// True: every body is compared, whenever that was last done.
    pub deep: bool,
}

/// Whoever asked waits this long for another program's sync.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Brings the copy and its hub to agree.
///
/// # Errors
/// [`SyncError`]; it is kept in the journal too. What was done until then stays done.
pub fn sync_once(
    copy: &LocalCopy<'_>,
    hub: &dyn Hub,
    how: &How<'_>,
    watch: &mut Watch<'_>,
) -> Result<Outcome, SyncError> {
    let wait = if how.asked { PATIENCE } else { Duration::ZERO };
    let _turn = turn::take(copy.folder, wait, how.stop)?;
    if how.asked {
        keys::ask_again();
    }
    let mut run = Run::begin(*copy, hub, *how, watch)?;
    let ended = run.all();
    run.end(ended)
}
