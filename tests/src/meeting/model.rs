//! The reference: what the hub has to make of operations, told by the protocol's promises alone.
//! Records are maps of fields; there is no storage, no network, no batching and no packs.

mod known;
mod may;
mod merge;
mod settle;

use std::collections::{BTreeMap, BTreeSet};

use domain::{Account, Act, Check, FieldChange, ItemSort, Kind, RecordId, Refusal, Verdict};
use serde_json::{Value, json};
use wire::{Operation, Pushed};

use super::world::{Flat, flat};
use merge::{Outcome, merge};

/// What the hub has to have.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    pub(crate) epoch: u64,
    /// Accepted changes so far.
    pub(crate) sequence: u64,
    pub(crate) records: BTreeMap<(Kind, RecordId), Entry>,
    pub(crate) items: BTreeMap<RecordId, Waits>,
    /// Of each device: its operations, in order, and what became of them.
    pub(crate) taken: BTreeMap<RecordId, Vec<(String, Verdict)>>,
    /// What came under an id first, and what became of it.
    first: BTreeMap<RecordId, (Operation, Verdict)>,
    /// Operations that were taken from another device before.
    pub(crate) again: BTreeSet<(RecordId, u64)>,
    pub(crate) accounts: BTreeMap<RecordId, Account>,
    /// The day by the hub's clock.
    pub(crate) today: Option<time::Date>,
    /// A backup was restored: versions that desks remember may mean something else now.
    pub(crate) restored: bool,
}

/// A record.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Entry {
    pub(crate) body: Flat,
    pub(crate) organisation: Option<String>,
    pub(crate) removed: bool,
    pub(crate) version: u64,
    /// Checks, by what they are of.
    checks: BTreeMap<String, (time::Date, Value)>,
    /// Every change: when, and by which device.
    pub(crate) changes: Vec<(u64, RecordId)>,
}

/// What waits for a curator, or waited.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Waits {
    pub(crate) about: (Kind, RecordId),
    pub(crate) sort: &'static str,
    /// A removal that waits, as against an edit of what was removed.
    removes: bool,
    /// The record as it would be made, where it is not there.
    proposed: Flat,
    pub(crate) open: bool,
}

/// What the hub has to say of an operation.
#[derive(Debug, Clone, PartialEq)]
enum Says {
    Taken(Option<u64>, bool),
    Conflict(Option<u64>, Vec<&'static str>),
    Queued(&'static str, bool),
    Refused(Refusal, Option<&'static str>),
}

impl Model {
    /// Operations of a device reached the hub, and this is what it answered.
    pub(crate) fn deliver(
        &mut self,
        device: RecordId,
        operations: &[String],
        answer: &Pushed,
    ) -> Result<(), String> {
        let mut cloned = false;
        let mut asked = Vec::new();
        for text in operations {
            let operation: Operation = serde_json::from_str(text).map_err(|e| e.to_string())?;
            let taken = self.taken.entry(device).or_default();
            let number = operation.sequence;
            let next = taken.len() as u64 + 1;
            if number < next && taken[place(number)].0 != *text {
                cloned = true;
                break;
            }
            if number > next {
                break;
            }
            asked.push(number);
            if number == next {
                let found = answer.verdicts.iter().find(|one| one.sequence == number);
                let verdict = found.ok_or(format!("operation {number} has no verdict"))?;
                let judged = match self.known(&operation) {
                    Some(before) => self.same(&operation, &before, &verdict.verdict),
                    None => self.judge(device, &operation, &verdict.verdict),
                };
                judged.map_err(|fault| format!("{fault}: {text}"))?;
                self.keep(&operation, &verdict.verdict);
                let taken = self.taken.entry(device).or_default();
                taken.push((text.clone(), verdict.verdict.clone()));
            }
        }
        self.answered(device, &asked, answer)?;
        if answer.cloned == cloned {
            return Ok(());
        }
        Err(format!("cloned: {} in place of {cloned}", answer.cloned))
    }

    fn answered(&self, device: RecordId, asked: &[u64], answer: &Pushed) -> Result<(), String> {
        let none = Vec::new();
        let taken = self.taken.get(&device).unwrap_or(&none);
        let numbers: Vec<u64> = answer.verdicts.iter().map(|one| one.sequence).collect();
        if numbers != asked || answer.last != taken.len() as u64 || answer.epoch != self.epoch {
            return Err(format!(
                "asked about {asked:?} of {} in epoch {}: {answer:?}",
                taken.len(),
                self.epoch
            ));
        }
        for one in &answer.verdicts {
            let before = &taken[place(one.sequence)].1;
            if *before != one.verdict {
                return Err(format!("first {before:?}, then {:?}", one.verdict));
            }
        }
        Ok(())
    }

    /// Compares what the hub says with what it has to say.
    fn judge(&mut self, device: RecordId, op: &Operation, verdict: &Verdict) -> Result<(), String> {
        let says = self.decide(device, op);
        let (matches, item) = match (&says, verdict) {
            (Says::Taken(at, merged), Verdict::Applied { sequence }) => {
                (at == sequence && (!merged || self.restored), None)
            }
            (Says::Taken(at, merged), Verdict::Merged { sequence }) => {
                (at == sequence && (*merged || self.restored), None)
            }
            (
                Says::Conflict(at, units),
                Verdict::Conflict {
                    sequence,
                    fields,
                    item,
                },
            ) => {
                let mut named: Vec<_> = fields.iter().map(|it| merge::unit(it.as_str())).collect();
                named.sort_unstable();
                named.dedup();
                (
                    at == sequence && named == *units,
                    Some((*item, "conflict", false)),
                )
            }
            (Says::Queued(sort, removes), Verdict::Queued { item }) => {
                (true, Some((*item, *sort, *removes)))
            }
            (Says::Refused(why, item), Verdict::Refused { code, .. }) => {
                let item = item.map(|sort| (item_of(device, op.sequence), sort, false));
                (why == code, item)
            }
            _ => (false, None),
        };
        if !matches {
            return Err(format!("{verdict:?} in place of {says:?}"));
        }
        item.map_or(Ok(()), |item| self.waits(op, item))
    }

    fn waits(
        &mut self,
        op: &Operation,
        (id, sort, removes): (RecordId, &'static str, bool),
    ) -> Result<(), String> {
        let proposed = match &op.act {
            Act::Edit { changes } | Act::Suggest { changes, .. } => {
                merge(&Flat::default(), changes).body
            }
            Act::Flag { .. } | Act::Check { .. } | Act::Remove { .. } | Act::Resolve { .. } => {
                Flat::default()
            }
        };
        let waits = Waits {
            about: (op.kind, op.record),
            sort,
            removes,
            proposed,
            open: true,
        };
        match self.items.insert(id, waits) {
            None => Ok(()),
            Some(_) => Err(format!("item {id} was there before")),
        }
    }

    fn decide(&mut self, device: RecordId, op: &Operation) -> Says {
        let there = self.records.get(&(op.kind, op.record)).cloned();
        let removed = there.as_ref().is_some_and(|it| it.removed);
        match &op.act {
            Act::Edit { .. } if removed => Says::Queued("removal", false),
            Act::Edit { .. } | Act::Suggest { .. } if there.is_none() && op.base > 0 => {
                Says::Refused(Refusal::NotFound, Some("refused"))
            }
            Act::Edit { changes } => self.edit(device, op, changes),
            Act::Suggest { .. } => Says::Queued("suggestion", false),
            Act::Flag { .. } | Act::Remove { .. } if there.is_none() => {
                Says::Refused(Refusal::NotFound, Some("refused"))
            }
            Act::Flag { .. } => Says::Queued("flag", false),
            Act::Check { .. } if there.is_none() || removed => {
                Says::Refused(Refusal::NotFound, Some("refused"))
            }
            Act::Check { check } => self.check(device, op, check),
            Act::Remove { .. } if removed => Says::Taken(None, false),
            Act::Remove { .. } => {
                if !self.may(device, (op.kind, op.record), &[]) || self.others_since(device, op) {
                    return Says::Queued("removal", true);
                }
                Says::Taken(
                    Some(self.change(device, op, |entry| entry.removed = true)),
                    false,
                )
            }
            Act::Resolve { item, resolution } => self.resolve(device, op, *item, resolution),
        }
    }

    fn check(&mut self, device: RecordId, op: &Operation, check: &Check) -> Says {
        let (of, day) = (check.of.clone().unwrap_or_default(), check.when.first());
        let tomorrow = self.today.and_then(time::Date::next_day);
        if tomorrow.is_some_and(|tomorrow| day > tomorrow) {
            return Says::Refused(Refusal::Invalid, Some("refused"));
        }
        let checks = &self.records[&(op.kind, op.record)].checks;
        let this = (day, json!(check));
        if checks
            .get(&of)
            .is_some_and(|there| there.0 > day || *there == this)
        {
            return Says::Taken(None, false);
        }
        let sequence = self.change(device, op, |entry| drop(entry.checks.insert(of, this)));
        Says::Taken(Some(sequence), false)
    }

    fn edit(&mut self, device: RecordId, op: &Operation, changes: &[FieldChange]) -> Says {
        let key = (op.kind, op.record);
        let new = !self.records.contains_key(&key);
        let before = self.records.get(&key).cloned().unwrap_or_default();
        let merged = merge(&before.body, changes);
        if !merged.changed && merged.contradicted.is_empty() && !new {
            return Says::Taken(None, false);
        }
        if merged.body.get("name").is_none_or(|name| name == "") {
            return Says::Refused(Refusal::Invalid, Some("refused"));
        }
        let after = &merged.body;
        let may = if new {
            self.may_new(device, op, after)
        } else {
            self.may(device, key, &[after])
        };
        if !may {
            return Says::Queued("suggestion", false);
        }
        self.take(device, op, merged, changes)
    }

    fn take(
        &mut self,
        device: RecordId,
        op: &Operation,
        merged: Outcome,
        changes: &[FieldChange],
    ) -> Says {
        let others = self.others_since(device, op);
        let organisation = organisation(changes);
        let sequence = merged.changed.then(|| {
            self.change(device, op, |entry| {
                entry.body.clone_from(&merged.body);
                entry.organisation = organisation.or(entry.organisation.take());
                entry.removed = false;
            })
        });
        if merged.contradicted.is_empty() {
            return Says::Taken(sequence, others);
        }
        Says::Conflict(sequence, merged.contradicted.into_iter().collect())
    }

    fn change(&mut self, device: RecordId, op: &Operation, how: impl FnOnce(&mut Entry)) -> u64 {
        self.sequence += 1;
        let entry = self.records.entry((op.kind, op.record)).or_default();
        how(entry);
        entry.version = self.sequence;
        entry.changes.push((self.sequence, device));
        self.sequence
    }

    fn others_since(&self, device: RecordId, op: &Operation) -> bool {
        let entry = self.records.get(&(op.kind, op.record));
        let mut changes = entry.into_iter().flat_map(|entry| &entry.changes);
        changes.any(|(at, by)| *at > op.base && *by != device)
    }

    /// A backup from before was restored.
    pub(crate) fn restore(&mut self, backup: &Self, epoch: u64) {
        assert!(epoch > self.epoch, "{epoch} after {}", self.epoch);
        let today = self.today;
        *self = backup.clone();
        self.epoch = epoch;
        self.today = today;
        self.restored = true;
    }
}

fn organisation(changes: &[FieldChange]) -> Option<String> {
    let changes = json!(changes);
    let mut changes = changes.as_array().into_iter().flatten();
    let named = changes.find(|change| change["field"] == "organization_id")?;
    Some(named["new"].as_str()?.to_owned())
}

/// Where an operation stands among those of its device.
fn place(sequence: u64) -> usize {
    usize::try_from(sequence).expect("a number") - 1
}

/// The item of an operation, where its verdict does not name it.
fn item_of(device: RecordId, sequence: u64) -> RecordId {
    RecordId::named(&format!("item/{device}/{sequence}"))
}

/// What kind of item it is.
pub(crate) fn sort_of(sort: &ItemSort) -> &'static str {
    match sort {
        ItemSort::Suggestion { .. } => "suggestion",
        ItemSort::Flag { .. } => "flag",
        ItemSort::Conflict { .. } => "conflict",
        ItemSort::Removal { .. } => "removal",
        ItemSort::Refused { .. } => "refused",
    }
}

/// Whether a published body is that of an entry.
pub(crate) fn same_body(entry: &Entry, body: Option<&str>) -> bool {
    match body {
        None => entry.removed,
        Some(body) => {
            let body: Value = serde_json::from_str(body).expect("a body is JSON");
            !entry.removed && flat(&body) == entry.body
        }
    }
}
