//! A small model of a desk beside the real one: whatever happens in whatever order, what is seen is
//! what was published with the outbox laid over it.

use std::collections::BTreeMap;

use domain::{Act, RecordId, Refusal, Verdict};
use serde_json::{Value, json};

use crate::{OutboxState, Scope};

/// A record as the model knows it: its members but for the identifier.
pub(super) type Fields = BTreeMap<&'static str, String>;
type Edit = BTreeMap<&'static str, (Option<String>, Option<String>)>;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    Edit(Edit),
    Remove,
}

/// An operation as the model knows it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Operation {
    pub(super) record: usize,
    pub(super) what: What,
    pub(super) state: OutboxState,
    pub(super) sequence: Option<u64>,
    settled: Option<u64>,
}

/// A desk as it should be.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) published: BTreeMap<usize, (u64, Option<Fields>)>,
    pub(super) outbox: Vec<Operation>,
    pub(super) position: u64,
    pub(super) numbered: u64,
}

/// What may become of an operation.
#[derive(Debug, Clone, Copy)]
pub(super) enum Becomes {
    Applied(u64),
    Same,
    Conflict,
    Queued,
    Refused,
}

impl Becomes {
    pub(super) fn verdict(self, position: u64) -> Verdict {
        let item = RecordId::named("item");
        match self {
            Self::Applied(more) => Verdict::Applied {
                sequence: Some(position + more),
            },
            Self::Same => Verdict::Merged { sequence: None },
            Self::Conflict => Verdict::Conflict {
                sequence: None,
                fields: Vec::new(),
                item,
            },
            Self::Queued => Verdict::Queued { item },
            Self::Refused => Verdict::Refused {
                code: Refusal::NotFound,
                reason: "There is no such entry.".to_owned(),
            },
        }
    }
}

impl Model {
    fn lies_over(&self, one: &Operation) -> bool {
        match one.state {
            OutboxState::Waiting | OutboxState::Sent => true,
            OutboxState::Answered => one.settled.is_some_and(|at| at > self.position),
            OutboxState::Withdrawn => false,
        }
    }

    fn base(&self, record: usize) -> Option<Fields> {
        self.published
            .get(&record)
            .and_then(|(_, fields)| fields.clone())
    }

    /// What is seen of a record.
    pub(super) fn seen(&self, record: usize) -> Option<Fields> {
        let base = self.base(record);
        let over = self
            .outbox
            .iter()
            .filter(|one| one.record == record && self.lies_over(one));
        let seen = over.fold(base, |fields, one| lay(fields, &one.what));
        seen.filter(|fields| fields.contains_key("name"))
    }

    /// An edit that gives a field this value, as a person would make it from what they see.
    pub(super) fn edit(&self, record: usize, field: &'static str, new: Option<String>) -> What {
        let old = self.seen(record).and_then(|seen| seen.get(field).cloned());
        What::Edit(Edit::from([(field, (old, new))]))
    }

    pub(super) fn did(&mut self, record: usize, what: What) {
        self.outbox.push(Operation {
            record,
            what,
            state: OutboxState::Waiting,
            sequence: None,
            settled: None,
        });
    }

    /// Withdraws an operation that waits.
    pub(super) fn withdraw(&mut self, index: usize) {
        self.outbox[index].state = OutboxState::Withdrawn;
        let gone = self.outbox[index].clone();
        let base = self.base(gone.record);
        let made_here = base.is_none();
        let mut fields = base;
        for later in 0..self.outbox.len() {
            let mut one = self.outbox[later].clone();
            if one.record != gone.record {
                continue;
            }
            let behind = later > index && one.state == OutboxState::Waiting;
            let hangs = fields.is_none() && made_here && lay(None, &one.what).is_none();
            if behind && (hangs || !go_on_from(fields.as_ref(), &mut one.what, &gone.what)) {
                self.outbox[later].state = OutboxState::Withdrawn;
                continue;
            }
            self.outbox[later] = one.clone();
            if self.lies_over(&one) {
                fields = lay(fields, &one.what);
            }
        }
    }

    pub(super) fn number(&mut self, most: usize) {
        let waiting = |one: &&mut Operation| one.state == OutboxState::Waiting;
        for one in self.outbox.iter_mut().filter(waiting).take(most) {
            self.numbered += 1;
            one.sequence = Some(self.numbered);
            one.state = OutboxState::Sent;
        }
    }

    /// The first operation that was sent and not answered hears what became of it.
    pub(super) fn answer(&mut self, becomes: Becomes) -> Option<u64> {
        let position = self.position;
        let mut sent = self.outbox.iter_mut();
        let one = sent.find(|one| one.state == OutboxState::Sent)?;
        one.state = OutboxState::Answered;
        one.settled = match becomes {
            Becomes::Applied(more) => Some(position + more),
            Becomes::Same => Some(position + 1),
            Becomes::Conflict | Becomes::Queued | Becomes::Refused => None,
        };
        one.sequence
    }

    /// What the hub published comes in.
    pub(super) fn adopt(
        &mut self,
        sequence: u64,
        scope: &Scope,
        lines: &[(usize, u64, Option<Fields>)],
    ) {
        if *scope == Scope::Whole {
            self.published.clear();
        }
        for (record, version, fields) in lines {
            let known = self.published.get(record);
            if known.is_none_or(|(known, _)| known < version) {
                self.published.insert(*record, (*version, fields.clone()));
            }
        }
        self.position = sequence;
    }
}

/// Lets an edit start from these fields where the withdrawn one had changed them, and says whether
/// anything of it is left.
fn go_on_from(fields: Option<&Fields>, what: &mut What, gone: &What) -> bool {
    let What::Edit(edit) = what else {
        return true;
    };
    let touched = |field: &str| match gone {
        What::Edit(gone) => gone.contains_key(field),
        What::Remove => true,
    };
    for (field, (old, _)) in edit.iter_mut().filter(|(field, _)| touched(field)) {
        *old = fields.and_then(|fields| fields.get(field).cloned());
    }
    edit.retain(|_, (old, new)| old != new);
    !edit.is_empty()
}

fn lay(fields: Option<Fields>, what: &What) -> Option<Fields> {
    let edit = match what {
        What::Remove => return None,
        What::Edit(edit) => edit,
    };
    let makes = edit.contains_key("name") && edit.values().all(|(old, _)| old.is_none());
    let mut fields = match fields {
        Some(fields) => fields,
        None if makes => Fields::new(),
        None => return None,
    };
    for (field, (_, new)) in edit {
        match new {
            Some(new) => fields.insert(field, new.clone()),
            None => fields.remove(field),
        };
    }
    Some(fields)
}

impl What {
    /// As the real desk takes it.
    pub(super) fn act(&self) -> Act {
        match self {
            Self::Remove => Act::Remove {
                reason: "It closed.".to_owned(),
            },
            Self::Edit(edit) => Act::Edit {
                changes: edit
                    .iter()
                    .map(|(field, (old, new))| {
                        let value = |text: &Option<String>| text.as_ref().map(|text| json!(text));
                        super::desk::set(field, value(old), value(new))
                    })
                    .collect(),
            },
        }
    }
}

/// The members of a record that the model knows.
pub(super) fn fields_of(text: &str) -> Fields {
    let record: Value = serde_json::from_str(text).unwrap();
    let member = |name| Some((name, record.get(name)?.as_str()?.to_owned()));
    ["name", "url"].into_iter().filter_map(member).collect()
}
