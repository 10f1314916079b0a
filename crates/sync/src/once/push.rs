//! Sending what waits. A timeout is not a refusal: the same operations are sent again, under the
//! same numbers. Whatever the hub answers about one operation says nothing about the others.

use std::time::Duration;

use domain::Verdict;
use store::{Answers, Op};
use wire::{Push, Pushed, Taken};

use super::run::Run;
use super::{Remark, Stage};
use crate::plan::Step;
use crate::plan::batch::{Batch, batch};
use crate::plan::pushed::{Next, Sent, next};
use crate::{HubFault, SyncError, Token};

/// How often the same operations are asked about that are not decided yet.
const MOST_ASKED: u32 = 3;
/// Requests of one sync at most: half a million operations.
const MOST_REQUESTS: u32 = 1_000;

/// What became of a request that may be too large.
enum Fitting {
    Answered(Sent, Pushed),
    /// So many operations are to be tried next.
    AtMost(usize),
    /// The hub takes nothing from this device.
    Denied,
}

impl Run<'_> {
    /// Asks which operations of this device the hub has, and makes ready those that it lost.
    pub(super) fn ask_what_arrived(&mut self) -> Result<(), SyncError> {
        let Some(token) = self.token.clone() else {
            return Ok(());
        };
        let Some((sent, answer)) = self.send(&token, &Batch::default())? else {
            return Ok(());
        };
        match next(&sent, &answer) {
            Next::Cloned => return self.cloned(),
            Next::PullFirst => self.epoch_ahead = true,
            Next::CountFrom(after) => {
                self.transact(Op::SendAgain { after })?;
                // Another copy of this disk has sent more. What waits here may be among it: under its
                // next numbers the hub tells, under later ones it would be taken a second time.
                if self.copy.store.to_send(1)?.is_empty() {
                    self.count_from(after)?;
                }
            }
            Next::GoOn | Next::AskAgain | Next::SendAgain(_) => {
                self.transact(Op::SendAgain { after: answer.last })?;
            }
        }
        if self.ask_again(&token)? && !self.epoch_ahead {
            self.journal.asked_in = sent.epoch;
        }
        Ok(())
    }

    /// Asks what the hub says now of what it answered before it was restored. It may have lost it and
    /// been sent it since, by a request that came late: then something else has become of it. False: the
    /// hub takes nothing from this device.
    fn ask_again(&mut self, token: &Token) -> Result<bool, SyncError> {
        let mut most = wire::MOST_OPERATIONS;
        for _ in 0..MOST_REQUESTS {
            let rows = self.copy.store.in_doubt(token.device, most)?;
            let batch = batch(&rows, token.device, most);
            if self.epoch_ahead || batch.operations.is_empty() {
                break;
            }
            let (sent, answer) = match self.send_fitting(token, &batch)? {
                Fitting::Answered(sent, answer) => (sent, answer),
                Fitting::AtMost(fewer) => {
                    most = fewer;
                    continue;
                }
                Fitting::Denied => return Ok(false),
            };
            match next(&sent, &answer) {
                Next::Cloned => {
                    self.cloned()?;
                    return Ok(false);
                }
                Next::PullFirst => self.epoch_ahead = true,
                Next::GoOn | Next::AskAgain | Next::SendAgain(_) | Next::CountFrom(_) => {}
            }
            if answer.verdicts.is_empty() {
                break;
            }
            self.keep(token, &answer)?;
        }
        Ok(true)
    }

    /// Sends what waits.
    pub(super) fn push(&mut self) -> Result<(), SyncError> {
        let Some(token) = self.token.clone() else {
            return Ok(());
        };
        let mut most = wire::MOST_OPERATIONS;
        let mut asked = 0;
        for _ in 0..MOST_REQUESTS {
            if self.push_over || self.epoch_ahead {
                break;
            }
            let batch = self.numbered(&token, most)?;
            if batch.operations.is_empty() {
                break;
            }
            let (sent, answer) = match self.send_fitting(&token, &batch)? {
                Fitting::Answered(sent, answer) => (sent, answer),
                Fitting::AtMost(fewer) => {
                    most = fewer;
                    continue;
                }
                Fitting::Denied => break,
            };
            let decided = answer.verdicts.len();
            self.answered(&token, &answer)?;
            asked = if decided == 0 { asked + 1 } else { 0 };
            self.after(next(&sent, &answer), asked)?;
        }
        Ok(())
    }

    fn after(&mut self, next: Next, asked: u32) -> Result<(), SyncError> {
        match next {
            Next::GoOn => Ok(()),
            Next::AskAgain if asked >= MOST_ASKED => {
                self.push_over = true;
                Ok(())
            }
            Next::AskAgain => self.pause(Duration::from_millis(200)),
            Next::PullFirst => {
                self.epoch_ahead = true;
                Ok(())
            }
            Next::SendAgain(last) => self.send_again(last),
            Next::CountFrom(last) => self.count_from(last),
            Next::Cloned => self.cloned(),
        }
    }

    /// What is to be sent next, with numbers. They are given in one transaction, before anything is
    /// sent, so that the same is sent again under the same number.
    fn numbered(&mut self, token: &Token, most: usize) -> Result<Batch, SyncError> {
        let mut rows = self.copy.store.to_send(most)?;
        if rows.iter().any(|row| row.sequence.is_none()) {
            self.transact(Op::Number { most })?;
            rows = self.copy.store.to_send(most)?;
        }
        Ok(batch(&rows, token.device, most))
    }

    /// Sends, unless that is more than goes into one request.
    fn send_fitting(&mut self, token: &Token, batch: &Batch) -> Result<Fitting, SyncError> {
        match self.send(token, batch) {
            Err(SyncError::Hub(HubFault::TooLarge(_))) if batch.operations.len() > 1 => {
                Ok(Fitting::AtMost(batch.operations.len() / 2))
            }
            other => Ok(other?.map_or(Fitting::Denied, |(sent, answer)| {
                Fitting::Answered(sent, answer)
            })),
        }
    }

    /// Sends; none: the hub takes nothing from this device.
    fn send(&mut self, token: &Token, batch: &Batch) -> Result<Option<(Sent, Pushed)>, SyncError> {
        let sent = Sent {
            first: batch.first,
            last: batch.last,
            numbered: self.copy.store.numbered()?,
            epoch: self.position()?.map(|position| position.epoch),
        };
        self.tell(Stage::Sending, self.outcome.pushed, 0);
        let push = Push {
            protocol: wire::PROTOCOL,
            operations: batch.operations.clone(),
        };
        match self.hub.push(token, &push) {
            Ok(answer) => Ok(Some((sent, answer))),
            Err(HubFault::Denied(why)) => {
                self.denied(why);
                Ok(None)
            }
            Err(other) => Err(other.into()),
        }
    }

    fn answered(&mut self, token: &Token, answer: &Pushed) -> Result<(), SyncError> {
        for taken in &answer.verdicts {
            self.count(taken);
        }
        self.keep(token, answer)
    }

    fn keep(&mut self, token: &Token, answer: &Pushed) -> Result<(), SyncError> {
        self.account(&answer.account);
        // What was accepted lies beyond where the copy stands until it is pulled.
        self.done.remove(&Step::Pull);
        self.done.remove(&Step::Staff);
        self.transact(Op::Answered(Box::new(Answers {
            device: token.device,
            verdicts: answer
                .verdicts
                .iter()
                .map(|taken| (taken.sequence, taken.verdict.clone()))
                .collect(),
            last: answer.last,
            account: Some(answer.account.clone()),
            at: self.stamp(),
        })))?;
        Ok(())
    }

    fn count(&mut self, taken: &Taken) {
        let outcome = &mut self.outcome;
        outcome.pushed += 1;
        let published = match &taken.verdict {
            Verdict::Applied { sequence } => {
                outcome.applied += 1;
                *sequence
            }
            Verdict::Merged { sequence } => {
                outcome.merged += 1;
                *sequence
            }
            Verdict::Conflict { sequence, .. } => {
                outcome.conflicts += 1;
                *sequence
            }
            Verdict::Queued { .. } => {
                outcome.queued += 1;
                None
            }
            Verdict::Refused { .. } => {
                outcome.refused += 1;
                None
            }
            Verdict::NotUnderstood => None,
        };
        self.expected = self.expected.max(published.unwrap_or_default());
    }

    /// The hub lacks what came after this number.
    fn send_again(&mut self, last: u64) -> Result<(), SyncError> {
        self.transact(Op::SendAgain { after: last })?;
        let rows = self.copy.store.to_send(1)?;
        let first = rows.first().and_then(|row| row.sequence);
        if first.is_some_and(|first| first > last.saturating_add(1)) {
            // What it lacks was let go here long ago: the numbers close up.
            self.count_from(last)?;
        }
        Ok(())
    }

    fn count_from(&mut self, last: u64) -> Result<(), SyncError> {
        self.transact(Op::Renumber { after: last })?;
        Ok(())
    }

    /// Another copy sends under this device's name: this one becomes nobody until it joins again.
    fn cloned(&mut self) -> Result<(), SyncError> {
        self.transact(Op::ForgetDevice)?;
        if let Some(token) = self.token.take() {
            self.how.keys.forget(token.device)?;
        }
        self.push_over = true;
        self.remark(Remark::Cloned);
        Ok(())
    }
}
