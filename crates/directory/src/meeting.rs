//! How this computer and its hub come to agree: joining, leaving, now or in the background.

mod facts;
mod journeys;
mod keep;
mod shape;
mod view;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use store::{Done, Op};
use sync::{
    Bell, BoxError, How, Hub, Keys, LocalCopy, Network, Progress, Stage, Stop, SyncError, Why,
};

use crate::Now;
use crate::error::Error;
use crate::jobs::Running;
use crate::open::Directory;

pub use facts::{PositionFacts, SyncFacts};
pub use keep::{Heard, InStep};
pub use shape::{LightState, RoleView, SyncLight, SyncView};

/// How long the hub may say nothing while a person waits for an answer.
const SOON: Duration = Duration::from_secs(5);

/// The caller's clock.
pub type Clock<'c> = dyn Fn() -> Now + Send + Sync + 'c;

/// Meeting the hub: one sync at a time, and who is told of a change.
#[derive(Default)]
pub(crate) struct Meeting {
    turn: Mutex<()>,
    under_way: AtomicBool,
    bell: Mutex<Option<Bell>>,
}

/// Says that a sync is under way, for as long as it lives.
struct UnderWay<'m> {
    meeting: &'m Meeting,
    _turn: MutexGuard<'m, ()>,
}

impl Meeting {
    fn begin(&self) -> UnderWay<'_> {
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.under_way.store(true, Ordering::Release);
        UnderWay {
            meeting: self,
            _turn: turn,
        }
    }

    fn bell(&self) -> MutexGuard<'_, Option<Bell>> {
        self.bell.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ring(&self, why: Why) {
        if let Some(bell) = &*self.bell() {
            bell.ring(why);
        }
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.meeting.under_way.store(false, Ordering::Release);
    }
}

/// How a sync is done.
struct Manner<'m> {
    clock: &'m Clock<'m>,
    stop: &'m Stop,
    asked: bool,
}

impl Directory {
    /// Tells who keeps this copy in step that something waits to be sent.
    pub(crate) fn changed(&self) {
        self.meeting.ring(Why::Changed);
    }

    fn network(&self) -> Network {
        Network {
            proxy: self.proxy.address.clone(),
            no_proxy: self.proxy.except.clone(),
            ..Network::default()
        }
    }

    fn keys(&self) -> Keys {
        Keys::beside(&self.folder, self.keychain)
    }

    /// Does something with the hub, as the local copy stands; nothing else does meanwhile.
    fn meet<T>(&self, manner: &Manner<'_>, with: impl FnOnce(&LocalCopy<'_>, &How<'_>) -> T) -> T {
        let _under_way = self.meeting.begin();
        let copy = LocalCopy {
            store: self.store(),
            folder: &self.folder,
            transact: &|op, watch| self.transact_for_sync(op, watch),
        };
        let how = How {
            keys: &self.keys(),
            now: &|| (manner.clock)(),
            stop: manner.stop,
            asked: manner.asked,
            deep: false,
        };
        with(&copy, &how)
    }

    /// Asks the hub something while a person waits: it has to answer soon, and a sync that is under way
    /// goes on.
    pub(crate) fn ask_hub<T>(
        &self,
        address: &str,
        now: Now,
        ask: impl FnOnce(&LocalCopy<'_>, &dyn Hub, &How<'_>) -> Result<T, SyncError>,
    ) -> Result<T, Error> {
        let network = Network {
            stall: SOON,
            ..self.network()
        };
        let stop = Stop::default();
        let address = journeys::address(address)?;
        let hub = sync::connect(&address, &network, &stop).map_err(SyncError::from)?;
        let how = How {
            keys: &self.keys(),
            now: &|| now,
            stop: &stop,
            asked: true,
            deep: false,
        };
        let copy = LocalCopy {
            store: self.store(),
            folder: &self.folder,
            transact: &|op, watch| self.transact_for_sync(op, watch),
        };
        Ok(ask(&copy, hub.as_ref(), &how)?)
    }

    /// Changes the local copy as a sync does.
    fn transact_for_sync(
        &self,
        op: Op,
        watch: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Done, BoxError> {
        let done = self.indexer.transact_watched(op, watch);
        done.map_err(|error| {
            if let Error::Store(error) = error {
                Box::new(error) as BoxError
            } else {
                Box::new(error)
            }
        })
    }

    /// The hub at an address.
    fn reach(&self, address: &sync::Address, stop: &Stop) -> Result<Box<dyn Hub>, Error> {
        let hub = sync::connect(address, &self.network(), stop);
        hub.map_err(|fault| Error::Sync(fault.into()))
    }
}

/// Tells a job how far a sync is.
fn watching<'j>(job: &'j Running<'_>) -> impl FnMut(Progress) + 'j {
    let mut stage = None;
    move |progress| {
        if stage != Some(progress.stage) {
            stage = Some(progress.stage);
            job.stage(said(progress.stage));
        }
        // Whoever cancels a job says so to the sync itself.
        let _cancelled = job.step(progress.done, progress.total);
    }
}

fn said(stage: Stage) -> &'static str {
    match stage {
        Stage::Sending => "Sending changes",
        Stage::Fetching => "Fetching changes",
        Stage::Applying => "Taking changes over",
        Stage::Told => "Reading what waits",
        Stage::Checking => "Comparing",
    }
}
