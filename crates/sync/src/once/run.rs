//! A sync under way: what is known so far, and how it ends.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use domain::Account;
use store::{Done, Membership, Op, Position, StoreError};

use super::{How, LocalCopy, Outcome, Progress, Remark, Stage, Watch};
use crate::hub::Hub;
use crate::journal::{Journal, Problem};
use crate::plan::{State, Step, plan};
use crate::{SyncError, Token};

/// How often a sync looks whether something is left to do.
const ROUNDS: usize = 6;
/// Every body is compared as often.
const DEEP_EVERY: i64 = 7 * 24 * 3_600;

/// A sync under way.
pub(super) struct Run<'a> {
    pub(super) copy: LocalCopy<'a>,
    pub(super) hub: &'a dyn Hub,
    pub(super) how: How<'a>,
    pub(super) watch: &'a mut Watch<'a>,
    pub(super) membership: Membership,
    pub(super) token: Option<Token>,
    pub(super) journal: Journal,
    pub(super) outcome: Outcome,
    /// The sequence that is published at least, as its verdicts say.
    pub(super) expected: u64,
    /// The hub said that it is in a later epoch than the copy.
    pub(super) epoch_ahead: bool,
    /// Nothing more can be sent in this sync.
    pub(super) push_over: bool,
    /// Why not, where that is no reason not to read.
    pub(super) unsent: Option<SyncError>,
    /// Steps that were taken, and need not be taken again.
    pub(super) done: BTreeSet<Step>,
}

impl<'a> Run<'a> {
    pub(super) fn begin(
        copy: LocalCopy<'a>,
        hub: &'a dyn Hub,
        how: How<'a>,
        watch: &'a mut Watch<'_>,
    ) -> Result<Self, SyncError> {
        let membership = copy.store.membership()?.ok_or(SyncError::NotJoined)?;
        let mut run = Self {
            copy,
            hub,
            how,
            watch,
            membership,
            token: None,
            journal: Journal::read(copy.store)?,
            outcome: Outcome::default(),
            expected: 0,
            epoch_ahead: false,
            push_over: false,
            unsent: None,
            done: BTreeSet::new(),
        };
        let epoch = run.position()?.map(|position| position.epoch);
        let awaited = run.journal.awaited.filter(|(of, _)| Some(*of) == epoch);
        run.expected = awaited.map_or(0, |(_, sequence)| sequence);
        if let Some(device) = run.membership.device.filter(|_| hub.takes_operations()) {
            run.token = how.keys.find(device)?.map(|(token, _)| token);
            if run.token.is_none() {
                run.remark(Remark::KeyGone);
            }
        }
        Ok(run)
    }

    pub(super) fn all(&mut self) -> Result<(), SyncError> {
        for _ in 0..ROUNDS {
            let steps = plan(&self.state()?);
            if steps.is_empty() {
                break;
            }
            for step in steps {
                self.take(step)?;
            }
        }
        self.unsent.take().map_or(Ok(()), Err)
    }

    pub(super) fn take(&mut self, step: Step) -> Result<(), SyncError> {
        if self.how.stop.was_said() {
            return Err(SyncError::Stopped);
        }
        match step {
            Step::Look => self.look_before_sending(),
            Step::AskWhatArrived | Step::Push => self.send_or_go_on(step),
            Step::Pull if self.pulled() => Ok(()),
            Step::Pull => self.pull(),
            Step::Staff => self.staff_or_pull(),
            Step::Check => self.check(),
        }
    }

    /// A hub that takes nothing now may well be readable.
    fn send_or_go_on(&mut self, step: Step) -> Result<(), SyncError> {
        let sent = match step {
            _ if self.push_over => return Ok(()),
            Step::AskWhatArrived => self.ask_what_arrived(),
            Step::Look | Step::Push | Step::Pull | Step::Staff | Step::Check => self.push(),
        };
        match sent {
            Err(SyncError::Hub(fault)) if fault.is_of_sending() => {
                self.push_over = true;
                self.unsent = Some(SyncError::Hub(fault));
                Ok(())
            }
            other => other,
        }
    }

    pub(super) fn state(&self) -> Result<State, SyncError> {
        let store = self.copy.store;
        let position = store.position()?;
        let waits = !store.to_send(1)?.is_empty();
        let epoch = position.as_ref().map(|position| position.epoch);
        let since = self.journal.checked_at.unwrap_or(i64::MIN);
        let due = self.now().saturating_sub(since) > DEEP_EVERY;
        Ok(State {
            stands: position.is_some(),
            paired: self.token.is_some() && self.journal_allows(),
            may_write: !self.journal.too_old() && !self.push_over,
            to_send: waits,
            epoch_is_new: epoch != self.journal.asked_in,
            looked: self.done.contains(&Step::Look),
            pulled: self.pulled(),
            told: self.done.contains(&Step::Staff),
            deep: position.is_some() && !self.done.contains(&Step::Check) && (self.how.deep || due),
        })
    }

    /// The published stream was looked at since anything was sent.
    pub(super) fn pulled(&self) -> bool {
        self.done.contains(&Step::Pull) && !self.epoch_ahead
    }

    /// What is published comes in even where nothing is told.
    fn staff_or_pull(&mut self) -> Result<(), SyncError> {
        let heard = self.staff();
        if let Err(SyncError::Hub(_)) = &heard
            && !self.pulled()
        {
            self.pull()?;
        }
        heard
    }

    /// Somebody who was turned away in this sync is not sent again in it.
    pub(super) fn journal_allows(&self) -> bool {
        !self
            .outcome
            .remarks
            .iter()
            .any(|remark| matches!(remark, Remark::Denied(_) | Remark::Cloned))
    }

    pub(super) fn end(mut self, ended: Result<(), SyncError>) -> Result<Outcome, SyncError> {
        let now = self.now();
        let position = self.position()?;
        let awaited = position.filter(|position| position.sequence < self.expected);
        self.journal.awaited = awaited.map(|position| (position.epoch, self.expected));
        // A stick is not the hub: what it brings says nothing about the way there.
        let is_hub = self.hub.takes_operations() || self.hub.name() == self.membership.address;
        if is_hub {
            self.journal.tried_at = Some(now);
        }
        match &ended {
            _ if !is_hub => {}
            Ok(()) => {
                self.journal.in_step_at = Some(now);
                self.journal.problem = None;
            }
            Err(SyncError::Stopped) => {}
            Err(error) => {
                let before = self.journal.problem.as_ref();
                let problem = Problem::of(error, self.how.asked, now, before);
                self.journal.problem = Some(problem);
            }
        }
        let kept = self.journal.kept().map(|op| self.transact(op));
        ended?;
        kept.transpose()?;
        self.outcome.paired = self.token.is_some();
        let sent = self.copy.store.outbox_counts()?.sent;
        self.outcome.undecided = u64::try_from(sent).unwrap_or(u64::MAX);
        if let Some(position) = self.copy.store.position()? {
            self.outcome.sequence = position.sequence;
            self.outcome.epoch = position.epoch;
        }
        Ok(self.outcome)
    }

    /// Seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        (self.how.now)().unix_timestamp()
    }

    /// The time as operations say it.
    pub(super) fn stamp(&self) -> String {
        let now = (self.how.now)().to_offset(time::UtcOffset::UTC);
        let format = time::format_description::well_known::Rfc3339;
        now.replace_nanosecond(0)
            .unwrap_or(now)
            .format(&format)
            .unwrap_or_default()
    }

    pub(super) fn remark(&mut self, remark: Remark) {
        if !self.outcome.remarks.contains(&remark) {
            self.outcome.remarks.push(remark);
        }
    }

    /// The hub turned this device away: reading goes on.
    pub(super) fn denied(&mut self, why: String) {
        self.journal.denied = Some(why.clone());
        self.push_over = true;
        self.remark(Remark::Denied(why));
    }

    pub(super) fn account(&mut self, account: &Account) {
        self.journal.denied = None;
        if self.membership.account.as_ref() != Some(account) {
            self.membership.account = Some(account.clone());
            self.journal.anew = true;
            self.remark(Remark::Account(account.clone()));
        }
    }

    pub(super) fn position(&self) -> Result<Option<Position>, SyncError> {
        Ok(self.copy.store.position()?)
    }

    pub(super) fn transact(&mut self, op: Op) -> Result<Done, SyncError> {
        let watch = &mut *self.watch;
        let stop = self.how.stop;
        let mut step = |done, total| {
            let stage = Stage::Applying;
            watch(Progress { stage, done, total });
            match stop.was_said() {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        let done = (self.copy.transact)(op, &mut step).map_err(|error| {
            match error.downcast_ref::<StoreError>() {
                Some(StoreError::Cancelled) => SyncError::Stopped,
                _ => SyncError::Change(error),
            }
        })?;
        let rows = u64::try_from(done.rows.len()).unwrap_or(u64::MAX);
        self.outcome.rows_changed = self.outcome.rows_changed.saturating_add(rows);
        Ok(done)
    }

    pub(super) fn tell(&mut self, stage: Stage, done: u64, total: u64) {
        (self.watch)(Progress { stage, done, total });
    }

    /// Lets time pass, unless somebody says to stop.
    pub(super) fn pause(&self, time: Duration) -> Result<(), SyncError> {
        let begun = Instant::now();
        while begun.elapsed() < time {
            if self.how.stop.was_said() {
                return Err(SyncError::Stopped);
            }
            std::thread::park_timeout(Duration::from_millis(20).min(time));
        }
        Ok(())
    }
}
