//! How the building of an index stands.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

#[derive(Default)]
pub(super) struct Progress {
    pub(super) building: AtomicBool,
    pub(super) done: AtomicUsize,
    pub(super) total: AtomicUsize,
    pub(super) failure: Mutex<Option<String>>,
}

/// How the index stands.
pub(crate) enum Standing {
    Ready,
    Building { done: usize, total: usize },
    Failed(String),
}

impl Progress {
    pub(super) fn standing(&self) -> Standing {
        if self.building.load(Ordering::Acquire) {
            let read = |n: &AtomicUsize| n.load(Ordering::Relaxed);
            return Standing::Building {
                done: read(&self.done),
                total: read(&self.total),
            };
        }
        let failure = self.failure.lock();
        let failure = failure.unwrap_or_else(PoisonError::into_inner).clone();
        failure.map_or(Standing::Ready, Standing::Failed)
    }
}
