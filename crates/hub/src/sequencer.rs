//! Decides what becomes of operations, in their order. Pure: what stands is given, what became of it
//! is given back, and a store does both within one transaction.

mod accept;
mod ask;
mod check;
mod edit;
mod ground;
mod outcome;
mod remove;
mod resolve;
mod seeded;
mod tied;
mod touched;

use std::sync::Arc;

use domain::{Act, Areas, Kind, Refusal, Resolution, Verdict};
use wire::Operation;

use crate::log::{Decided, Key, Standing, Waiting, Wanted};
use ground::{Asked, Ground};

/// Decides by these areas.
#[derive(Clone)]
pub(crate) struct Sequencer {
    areas: Arc<Areas>,
}

/// Operations that were read, and what is needed to decide them.
#[derive(Debug)]
pub(crate) struct Batch {
    operations: Vec<(Waiting, Option<Operation>)>,
    pub(crate) wanted: Wanted,
}

impl Sequencer {
    /// One that knows these areas.
    pub(crate) fn new(areas: Arc<Areas>) -> Self {
        Self { areas }
    }

    /// Reads what waits.
    pub(crate) fn read(&self, waiting: Vec<Waiting>) -> Batch {
        let mut wanted = Wanted::default();
        let read = waiting.into_iter().map(|one| {
            let operation: Option<Operation> = serde_json::from_str(&one.body).ok();
            wanted.records.extend(operation.as_ref().map(key));
            wanted
                .items_of
                .extend(operation.as_ref().filter(|one| moves(one)).map(key));
            if let Some(Act::Resolve { item, .. }) = operation.as_ref().map(|one| &one.act) {
                wanted.items.insert(*item);
            }
            (one, operation)
        });
        let operations = read.collect();
        Batch { operations, wanted }
    }

    /// Decides them.
    pub(crate) fn decide(&self, batch: Batch, standing: Standing, now: u64) -> Decided {
        let mut ground = Ground::new(&self.areas, standing, now);
        for (waiting, operation) in &batch.operations {
            let verdict = match operation {
                Some(operation) => ground.decide(&Asked::new(waiting, operation)),
                None => Verdict::Refused {
                    code: Refusal::Unknown,
                    reason: "This hub does not know what was asked of it. It may be older than \
                             the program that sent it: update the hub, and do it again."
                        .to_owned(),
                },
            };
            ground.verdicts.push((waiting.row, verdict));
        }
        ground.finish()
    }
}

fn key(operation: &Operation) -> Key {
    (operation.kind, operation.record)
}

/// Whether other curators may look after its record afterwards.
fn moves(operation: &Operation) -> bool {
    let changes = match &operation.act {
        Act::Edit { changes } => changes,
        Act::Resolve {
            resolution: Resolution::Accept { changes, .. },
            ..
        } => changes,
        Act::Suggest { .. }
        | Act::Flag { .. }
        | Act::Check { .. }
        | Act::Remove { .. }
        | Act::Resolve { .. } => return false,
    };
    let mut fields = changes.iter().map(|change| change.field.as_str());
    operation.kind == Kind::Service && fields.any(|field| field == "service_areas")
}

impl Ground<'_> {
    fn decide(&mut self, asked: &Asked<'_>) -> Verdict {
        if asked.waiting.account.closed {
            let reason = "This account is closed. Ask an administrator of the hub.";
            return asked.refused(Refusal::NotAllowed, reason);
        }
        match &asked.operation.act {
            Act::Edit { changes } => self.edit(asked, changes),
            Act::Suggest { changes, note } => self.suggest(asked, changes, note.as_deref()),
            Act::Flag { text } => self.flag(asked, text),
            Act::Check { check } => self.check(asked, check),
            Act::Remove { reason } => self.remove(asked, reason),
            Act::Resolve { item, resolution } => self.resolve(asked, *item, resolution),
        }
    }
}
