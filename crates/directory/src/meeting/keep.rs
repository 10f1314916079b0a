//! Keeping this copy in step in the background, for as long as the window is open.

use std::io;
use std::sync::{Arc, Weak};

use sync::{Address, Live, Outcome, Round, Stop, SyncError, Why, Worker, dice, sync_once};

use super::journeys::address;
use super::{Clock, Manner, SyncLight, watching};
use crate::error::Error;
use crate::open::Directory;

/// The job under which a sync in the background says how far it is.
pub(super) const BACKGROUND: &str = "in step";

/// What whoever keeps a copy in step hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// How the copy stands to the hub now.
    Light(SyncLight),
    /// Entries are other than they were.
    Rows,
}

/// Keeps a copy in step until it is dropped.
pub struct InStep {
    stop: Stop,
    directory: Weak<Directory>,
    worker: Option<Worker>,
}

impl Drop for InStep {
    fn drop(&mut self) {
        // A request under way ends first, so that nobody waits for the network.
        self.stop.say();
        if let Some(directory) = self.directory.upgrade() {
            *directory.meeting.bell() = None;
        }
        drop(self.worker.take());
    }
}

/// What the worker needs at each round.
struct Keeper<H> {
    directory: Weak<Directory>,
    clock: Box<Clock<'static>>,
    stop: Stop,
    heard: H,
    /// The hub's own news, and where they come from.
    live: Option<(String, Live)>,
}

impl Directory {
    /// Keeps this copy in step with its hub, in the background: at once, with every change made here,
    /// with every change that the hub tells of, and now and then. `heard` is told of the light, and
    /// when entries changed.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn keep_in_step(
        self: &Arc<Self>,
        clock: Box<Clock<'static>>,
        heard: impl Fn(Heard) + Send + 'static,
    ) -> io::Result<InStep> {
        let stop = Stop::default();
        let directory = Arc::downgrade(self);
        let mut keeper = Keeper {
            directory: Weak::clone(&directory),
            clock,
            stop: stop.clone(),
            heard,
            live: None,
        };
        let worker = Worker::start(move |why| keeper.round(why), dice)?;
        *self.meeting.bell() = Some(worker.bell());
        worker.wake(Why::Asked);
        Ok(InStep {
            stop,
            directory,
            worker: Some(worker),
        })
    }
}

impl<H: Fn(Heard)> Keeper<H> {
    fn round(&mut self, why: Why) -> Round {
        let Some(directory) = self.directory.upgrade().filter(|_| !self.stop.was_said()) else {
            return Round::Over;
        };
        let Ok(Some(membership)) = directory.store().membership() else {
            self.live = None;
            self.tell(&directory);
            return Round::Idle;
        };
        let ended = match address(&membership.address) {
            Ok(address) => {
                self.listen(&directory, &address);
                self.sync(&directory, &address, why)
            }
            Err(_) => Err(SyncError::NotJoined),
        };
        if ended.as_ref().is_ok_and(|outcome| outcome.rows_changed > 0) {
            (self.heard)(Heard::Rows);
        }
        self.tell(&directory);
        Round::of(&ended)
    }

    fn sync(
        &self,
        directory: &Directory,
        address: &Address,
        why: Why,
    ) -> Result<Outcome, SyncError> {
        let hub = sync::connect(address, &directory.network(), &self.stop)?;
        let job = directory.jobs.begin(BACKGROUND, "Reaching the hub");
        let manner = Manner {
            clock: &self.clock,
            stop: &self.stop,
            asked: why == Why::Asked,
        };
        let mut stage = None;
        let mut watch = watching(&job);
        let mut told = |progress: sync::Progress| {
            let further = stage != Some(progress.stage);
            stage = Some(progress.stage);
            watch(progress);
            if further {
                self.tell(directory);
            }
        };
        directory.meet(&manner, |copy, how| {
            sync_once(copy, hub.as_ref(), how, &mut told)
        })
    }

    /// Listens to the hub's own news, where it tells any.
    fn listen(&mut self, directory: &Directory, address: &Address) {
        let Address::Web(web) = address else {
            self.live = None;
            return;
        };
        if self
            .live
            .as_ref()
            .is_some_and(|(known, _)| known == web.as_str())
        {
            return;
        }
        let bell = directory.meeting.bell().clone();
        // Without news the copy asks now and then, so that it misses none for long.
        let live = bell.and_then(|bell| Live::start(web, &directory.network(), bell).ok());
        self.live = live.map(|live| (web.as_str().to_owned(), live));
    }

    fn tell(&self, directory: &Directory) {
        let light: Result<SyncLight, Error> = directory.sync_light((self.clock)());
        if let Ok(light) = light {
            (self.heard)(Heard::Light(light));
        }
    }
}
