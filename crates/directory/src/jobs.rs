//! What takes a while: how far it is, and how it is stopped. Whoever begins a job names it; somebody
//! else may ask for its progress by that name, or cancel it.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use interchange::Stop;
use serde::Serialize;

use crate::open::Directory;

/// An estimate is made once this part of the work is done, per mille.
const ENOUGH_TO_ESTIMATE: u64 = 20;

/// How far something is that takes a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct JobProgress {
    /// What is being done: `Reading`, `Importing`.
    pub said: String,
    /// How much of it is done, per mille; none: not known.
    pub per_mille: Option<u32>,
    /// An estimate of the seconds that are left; none: too early to say.
    pub seconds_left: Option<u32>,
}

/// The jobs that run.
#[derive(Debug, Default)]
pub(crate) struct Jobs(Mutex<HashMap<String, Arc<Job>>>);

/// A job that runs.
#[derive(Debug)]
pub(crate) struct Job {
    stage: Mutex<Stage>,
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
    stop: sync::Stop,
}

#[derive(Debug)]
struct Stage {
    said: &'static str,
    since: Instant,
}

/// A job while it runs; it ends with this.
pub(crate) struct Running<'j> {
    jobs: &'j Jobs,
    name: String,
    job: Arc<Job>,
}

impl Directory {
    /// How far a job is; none: it ended, or never began.
    #[must_use]
    pub fn job_progress(&self, name: &str) -> Option<JobProgress> {
        let job = Arc::clone(self.jobs.all().get(name)?);
        Some(job.progress())
    }

    /// Stops a job at the next moment at which it can be. What it was to change is not changed.
    pub fn job_cancel(&self, name: &str) {
        if let Some(job) = self.jobs.all().get(name) {
            job.cancelled.store(true, Ordering::Release);
            job.stop.say();
        }
    }
}

impl Jobs {
    /// Begins a job.
    pub(crate) fn begin(&self, name: &str, said: &'static str) -> Running<'_> {
        let job = Arc::new(Job {
            stage: Mutex::new(Stage {
                said,
                since: Instant::now(),
            }),
            done: AtomicU64::new(0),
            total: AtomicU64::new(0),
            cancelled: AtomicBool::new(false),
            stop: sync::Stop::default(),
        });
        self.all().insert(name.to_owned(), Arc::clone(&job));
        Running {
            jobs: self,
            name: name.to_owned(),
            job,
        }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Arc<Job>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.jobs.all().remove(&self.name);
    }
}

impl std::ops::Deref for Running<'_> {
    type Target = Job;

    fn deref(&self) -> &Job {
        &self.job
    }
}

impl Job {
    /// Begins its next stage.
    pub(crate) fn stage(&self, said: &'static str) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(0, Ordering::Relaxed);
        let since = Instant::now();
        *self.current() = Stage { said, since };
    }

    /// Says how far it is, and hears whether to go on.
    pub(crate) fn step(&self, done: u64, total: u64) -> Result<(), Stop> {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        if self.cancelled.load(Ordering::Acquire) {
            return Err(Stop::Cancelled);
        }
        Ok(())
    }

    /// What ends a request to the hub when the job is cancelled.
    pub(crate) fn stop(&self) -> sync::Stop {
        self.stop.clone()
    }

    /// The same for who wants a flow of control.
    pub(crate) fn watch(&self, done: u64, total: u64) -> ControlFlow<()> {
        match self.step(done, total) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    fn progress(&self) -> JobProgress {
        let (done, total) = (
            self.done.load(Ordering::Relaxed),
            self.total.load(Ordering::Relaxed),
        );
        let stage = self.current();
        let per_mille = done
            .saturating_mul(1000)
            .checked_div(total)
            .map(|part| part.min(1000));
        let left = per_mille
            .filter(|part| *part >= ENOUGH_TO_ESTIMATE)
            .map(|part| stage.since.elapsed().as_secs().saturating_mul(1000 - part) / part);
        let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        JobProgress {
            said: stage.said.to_owned(),
            per_mille: per_mille.map(small),
            seconds_left: left.map(small),
        }
    }

    fn current(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
