//! Syncs in the background: after a change here, at a sign from the hub, now and then, and at once
//! when somebody asks. Never two at a time; a search never waits for it.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::{HubFault, Outcome, SyncError, backoff};

/// Between two syncs that nothing called for.
const IDLE: (Duration, Duration) = (Duration::from_secs(60), Duration::from_secs(120));
/// The same while the hub tells what is new by itself.
const IDLE_LIVE: (Duration, Duration) = (Duration::from_secs(810), Duration::from_secs(990));
/// And for a computer to which things are told that are not published.
const IDLE_TOLD: (Duration, Duration) = (Duration::from_secs(100), Duration::from_secs(200));
/// Changes that come close together are sent together.
const GATHER: Duration = Duration::from_millis(300);
/// The hub tells all desks at once; they come one after the other.
const SPREAD: (Duration, Duration) = (Duration::from_millis(100), Duration::from_millis(1_400));
/// Another program syncs this copy: looked at again after.
const ELSEWHERE: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(15));

/// Why a sync is due. The first is the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Somebody asked for it.
    Asked,
    /// Something was changed here.
    Changed,
    /// The hub says that there is something new.
    Live,
    /// It is time.
    Timer,
}

/// How a round went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    /// In step.
    InStep {
        /// The hub may have things to tell this computer alone, of which live events say nothing.
        paired: bool,
    },
    /// It failed.
    Failed {
        /// How long the hub asks to be left alone.
        after: Option<Duration>,
    },
    /// There is nothing to sync with: nothing until somebody calls.
    Idle,
    /// Another program has the turn.
    Elsewhere,
    /// There will never be another one.
    Over,
}

impl Round {
    /// How a sync went.
    #[must_use]
    pub fn of(ended: &Result<Outcome, SyncError>) -> Self {
        match ended {
            Ok(outcome) => Self::InStep {
                paired: outcome.paired,
            },
            Err(SyncError::NotJoined) => Self::Idle,
            Err(SyncError::Elsewhere) => Self::Elsewhere,
            Err(SyncError::Hub(HubFault::Busy { after, .. })) => Self::Failed { after: *after },
            Err(_) => Self::Failed { after: None },
        }
    }
}

/// Wakes the worker.
#[derive(Debug, Clone)]
pub struct Bell(Arc<Shared>);

impl Bell {
    /// Says that a sync is due.
    pub fn ring(&self, why: Why) {
        self.0.lock().due.insert(why);
        self.0.changed.notify_all();
    }

    /// Says whether the hub tells by itself what is new.
    pub(crate) fn live(&self, works: bool) {
        self.0.lock().live = works;
        self.0.changed.notify_all();
    }
}

/// A thread that syncs.
#[derive(Debug)]
pub struct Worker {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    due: BTreeSet<Why>,
    live: bool,
    over: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Worker {
    /// Starts; the first round comes at once. `dice` gives numbers by chance.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn start(
        mut round: impl FnMut(Why) -> Round + Send + 'static,
        mut dice: impl FnMut() -> u64 + Send + 'static,
    ) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        let work = move || {
            let mut pace = Pace::default();
            let mut why = Some(Why::Timer);
            while let Some(now) = why {
                let ended = round(now);
                pace.ended(ended);
                let goes_on = ended != Round::Over;
                why = goes_on.then(|| own.wait(&pace, &mut dice)).flatten();
            }
        };
        let thread = thread::Builder::new().name("sync".to_owned()).spawn(work)?;
        Ok(Self {
            shared,
            thread: Some(thread),
        })
    }

    /// Says that a sync is due.
    pub fn wake(&self, why: Why) {
        self.bell().ring(why);
    }

    /// What wakes it.
    #[must_use]
    pub fn bell(&self) -> Bell {
        Bell(Arc::clone(&self.shared))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.shared.lock().over = true;
        self.shared.changed.notify_all();
        let Some(thread) = self.thread.take() else {
            return;
        };
        // Where the worker itself drops the last hold on whatever owns it, it ends by itself.
        if thread.thread().id() != thread::current().id() {
            thread.join().unwrap_or_default();
        }
    }
}

impl Shared {
    /// Waits until a sync is due; none: it is over.
    fn wait(&self, pace: &Pace, dice: &mut impl FnMut() -> u64) -> Option<Why> {
        let rolled = dice();
        let begun = Instant::now();
        let mut first = None;
        let mut state = self.lock();
        loop {
            if state.over {
                return None;
            }
            let why = state.due.first().copied();
            let wait = match why {
                Some(why) => {
                    let rung = *first.get_or_insert_with(|| begun.elapsed());
                    pace.called(why, state.live, rung, rolled)
                }
                None => pace.idle(state.live, rolled),
            };
            let left = wait.map(|wait| wait.saturating_sub(begun.elapsed()));
            if left == Some(Duration::ZERO) {
                state.due.clear();
                return Some(why.unwrap_or(Why::Timer));
            }
            state = match left {
                Some(left) => self.sleep(state, left),
                None => self
                    .changed
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    fn sleep<'s>(&self, state: MutexGuard<'s, State>, time: Duration) -> MutexGuard<'s, State> {
        let woken = self.changed.wait_timeout(state, time);
        woken.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// How long to wait, by how the last rounds went.
#[derive(Debug, Default)]
struct Pace {
    failures: u32,
    last: Option<Round>,
}

impl Pace {
    fn ended(&mut self, round: Round) {
        self.failures = match round {
            Round::Failed { .. } => self.failures.saturating_add(1),
            Round::InStep { .. } | Round::Idle | Round::Over => 0,
            Round::Elsewhere => self.failures,
        };
        self.last = Some(round);
    }

    /// After the last round, when nobody calls; none: until somebody does.
    fn idle(&self, live: bool, dice: u64) -> Option<Duration> {
        match self.last {
            Some(Round::Failed { after }) => Some(backoff::wait(self.failures, after, dice)),
            Some(Round::Elsewhere) => Some(backoff::between(ELSEWHERE.0, ELSEWHERE.1, dice)),
            Some(Round::Idle | Round::Over) => None,
            Some(Round::InStep { paired }) => {
                let (least, most) = match (live, paired) {
                    (true, false) => IDLE_LIVE,
                    (true, true) => IDLE_TOLD,
                    (false, _) => IDLE,
                };
                Some(backoff::between(least, most, dice))
            }
            None => Some(Duration::ZERO),
        }
    }

    /// After the last round, when somebody called `rung` after it.
    fn called(&self, why: Why, live: bool, rung: Duration, dice: u64) -> Option<Duration> {
        match why {
            Why::Asked => Some(Duration::ZERO),
            Why::Timer => Some(rung),
            // Whoever is turned away does not come back sooner because more is waiting.
            Why::Changed | Why::Live if self.failures > 0 => self.idle(live, dice),
            Why::Changed => Some(rung + GATHER),
            Why::Live => Some(rung + backoff::between(SPREAD.0, SPREAD.1, dice)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn it_syncs_at_once_when_asked_and_gathers_changes() {
        let (said, rounds) = channel();
        let worker = Worker::start(
            move |why| {
                said.send(why).unwrap();
                Round::InStep { paired: false }
            },
            || 0,
        )
        .unwrap();
        let next = || rounds.recv_timeout(Duration::from_secs(20)).unwrap();
        assert_eq!(next(), Why::Timer);
        worker.wake(Why::Asked);
        assert_eq!(next(), Why::Asked);
        worker.wake(Why::Live);
        worker.wake(Why::Changed);
        worker.wake(Why::Changed);
        assert_eq!(next(), Why::Changed);
        assert!(rounds.recv_timeout(Duration::from_millis(700)).is_err());
        drop(worker);
        assert!(rounds.recv().is_err());
    }

    #[test]
    fn it_sleeps_where_there_is_nothing_to_sync_with_and_ends_when_told() {
        let (said, rounds) = channel();
        let round = move |why| {
            said.send(why).unwrap();
            if why == Why::Asked {
                Round::Over
            } else {
                Round::Idle
            }
        };
        let worker = Worker::start(round, || 0).unwrap();
        assert_eq!(rounds.recv().unwrap(), Why::Timer);
        assert!(rounds.recv_timeout(Duration::from_millis(50)).is_err());
        worker.wake(Why::Asked);
        assert_eq!(rounds.recv().unwrap(), Why::Asked);
        assert!(rounds.recv().is_err());
    }

    #[test]
    fn failures_slow_it_down_and_live_events_make_the_timer_rare() {
        let seconds = |pace: &Pace, live| pace.idle(live, 1_000).map(|wait| wait.as_secs());
        let mut pace = Pace::default();
        pace.ended(Round::InStep { paired: true });
        assert_eq!(seconds(&pace, true), Some(200));
        pace.ended(Round::InStep { paired: false });
        assert_eq!(
            (seconds(&pace, false), seconds(&pace, true)),
            (Some(120), Some(990))
        );
        let rung = Duration::from_secs(7);
        assert_eq!(
            pace.called(Why::Changed, true, rung, 0),
            Some(rung + GATHER)
        );
        for _ in 0..3 {
            pace.ended(Round::Failed { after: None });
        }
        assert_eq!(seconds(&pace, true), Some(8));
        assert_eq!(
            pace.called(Why::Changed, true, rung, 1_000),
            Some(Duration::from_secs(8))
        );
        assert_eq!(
            pace.called(Why::Asked, true, rung, 1_000),
            Some(Duration::ZERO)
        );
        pace.ended(Round::Failed {
            after: Some(Duration::from_secs(90)),
        });
        assert_eq!(seconds(&pace, true), Some(100));
        pace.ended(Round::Idle);
        assert_eq!(seconds(&pace, false), None);
    }
}
