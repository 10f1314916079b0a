//! Settling an item: accept, accept in part, edit then accept, decline with a reason.

use std::collections::{BTreeMap, HashMap};

use domain::change::{Group, Shape, diff, group_of, laid_over, set, shape_of, value};
use domain::{Act, FieldChange, FieldName, Item, ItemState, Kind, Record, Resolution, ValueChange};
use serde_json::Value;

use super::{Settle, SettleChoice, Take, wanted};
use crate::Now;
use crate::edit::{FieldText, May, RecordForm, Saved};
use crate::error::Error;
use crate::open::Directory;

/// How a curator rules on an item, by its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ruling {
    /// What is taken of each field that is named; of the others what the sender wrote.
    pub take: Vec<(String, Take)>,
    /// Fields that get another value than either.
    pub set: Vec<FieldText>,
    /// A word to the sender.
    pub note: Option<String>,
}

impl Directory {
    /// Settles an item.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a reason, or for an item that was settled before or that somebody
    /// else has to settle; [`Error::NotFound`], [`Error::Store`].
    pub fn settle_item(&self, item: &str, settle: Settle, now: Now) -> Result<Saved, Error> {
        match settle {
            Settle::Accept { choices, note } => {
                let take = choices
                    .into_iter()
                    .map(|SettleChoice { field, take }| (field, take));
                let ruling = Ruling {
                    take: take.collect(),
                    note,
                    ..Ruling::default()
                };
                self.rule(item, &ruling, now)
            }
            Settle::Edit { form, note } => self.settle_by_form(item, &form, note, now),
            Settle::Decline { reason } => self.decline(item, &reason, now),
        }
    }

    /// Accepts an item as this ruling says.
    ///
    /// # Errors
    /// As [`Directory::settle_item`].
    pub fn rule(&self, item: &str, ruling: &Ruling, now: Now) -> Result<Saved, Error> {
        let item = self.open_item(item)?;
        let kind = item.kind;
        let takes = Takes::of(&item, &ruling.take)?;
        let current = self.current(kind, item.record)?;
        let sets = self.values(kind, &current, &ruling.set)?;
        let (changes, left) = match self.seen(kind, item.record)? {
            Some(current) => {
                let mut after = current.clone();
                for change in wanted(&item) {
                    takes.apply(kind, &mut after, &change);
                }
                for (field, value) in &sets {
                    set(kind, &mut after, field, value.clone());
                }
                (diff(kind, Some(&current), &after), left(&item, &after))
            }
            // Of a record that is not there, the sender's own words go on.
            None => takes.as_they_are(&item, &sets),
        };
        self.accept(&item, (changes, left), ruling.note.clone(), now)
    }

    /// Declines an item; its sender sees why.
    ///
    /// # Errors
    /// As [`Directory::settle_item`].
    pub fn decline(&self, item: &str, reason: &str, now: Now) -> Result<Saved, Error> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Error::Invalid(vec![
                "Say why, in a few words: the sender sees it.".to_owned(),
            ]));
        }
        let item = self.open_item(item)?;
        let resolution = Resolution::Decline {
            reason: reason.to_owned(),
        };
        self.resolve(&item, resolution, now)
    }

    fn settle_by_form(
        &self,
        item: &str,
        form: &RecordForm,
        note: Option<String>,
        now: Now,
    ) -> Result<Saved, Error> {
        let item = self.open_item(item)?;
        let by_form = self.changes_by_form((item.kind, item.record), form)?;
        let (changes, left) = match self.seen(item.kind, item.record)? {
            Some(current) => {
                let mut after = current.clone();
                laid_over(item.kind, &mut after, &by_form);
                (diff(item.kind, Some(&current), &after), left(&item, &after))
            }
            None => (by_form, Vec::new()),
        };
        self.accept(&item, (changes, left), note, now)
    }

    fn accept(
        &self,
        item: &Item,
        (changes, left): (Vec<FieldChange>, Vec<FieldName>),
        note: Option<String>,
        now: Now,
    ) -> Result<Saved, Error> {
        let note = note.filter(|note| !note.trim().is_empty());
        self.resolve(
            item,
            Resolution::Accept {
                changes,
                left,
                note,
            },
            now,
        )
    }

    fn resolve(&self, item: &Item, resolution: Resolution, now: Now) -> Result<Saved, Error> {
        let act = Act::Resolve {
            item: item.id,
            resolution,
        };
        self.done((item.kind, item.record), act, now)
    }

    /// An item that may be settled here and now.
    fn open_item(&self, id: &str) -> Result<Item, Error> {
        let item = self.item(id)?;
        let refused = |why: &str| Err(Error::Invalid(vec![why.to_owned()]));
        if item.state != ItemState::Open {
            return refused("Somebody has settled this already.");
        }
        if self.on_their_way()?.contains(&item.id) {
            return refused("This was settled here already and waits to be sent.");
        }
        let current = self.current(item.kind, item.record)?;
        if self.may((item.kind, item.record), Some(&current), None)? == May::Suggest {
            return refused("This is for a curator of the boroughs that the entry covers.");
        }
        Ok(item)
    }
}

/// What is taken of which field: fields of a group share what is said of any of them.
struct Takes {
    fields: HashMap<FieldName, Take>,
    groups: BTreeMap<Group, Take>,
}

impl Takes {
    /// What is said of fields of an item. One that it does not have is a slip, and would leave another
    /// one accepted.
    fn of(item: &Item, said: &[(String, Take)]) -> Result<Self, Error> {
        let kind = item.kind;
        let fields: Vec<FieldName> = wanted(item).into_iter().map(|one| one.field).collect();
        let named = said
            .iter()
            .map(|(field, take)| (FieldName::new(field), *take));
        let said: Vec<(FieldName, Take)> = named.collect();
        let known = |field: &FieldName| {
            let group = group_of(kind, field);
            let same = |other: &FieldName| group.is_some() && group_of(kind, other) == group;
            fields.iter().any(|other| other == field || same(other))
        };
        if let Some((field, _)) = said.iter().find(|(field, _)| !known(field)) {
            let names: Vec<&str> = fields.iter().map(FieldName::as_str).collect();
            let has = match names.as_slice() {
                [] => "it has none: accept or decline it whole".to_owned(),
                names => format!("its fields are {}", names.join(", ")),
            };
            return Err(Error::Invalid(vec![format!(
                "Nothing is to be chosen of \"{field}\" here: {has}."
            )]));
        }
        let grouped = said
            .iter()
            .filter_map(|(field, take)| Some((group_of(kind, field)?, *take)));
        Ok(Self {
            groups: grouped.collect(),
            fields: said.iter().cloned().collect(),
        })
    }

    fn take(&self, kind: Kind, field: &FieldName) -> Take {
        let of_group = group_of(kind, field).and_then(|group| self.groups.get(&group));
        let of_field = self.fields.get(field);
        of_group.or(of_field).copied().unwrap_or(Take::Mine)
    }

    /// The changes of an item without those that are not taken, and the fields of these.
    fn as_they_are(
        &self,
        item: &Item,
        more: &[(FieldName, Option<Value>)],
    ) -> (Vec<FieldChange>, Vec<FieldName>) {
        let not_taken = |change: &FieldChange| {
            self.take(item.kind, &change.field) == Take::Theirs
                || more.iter().any(|(field, _)| *field == change.field)
        };
        let (left, mut changes): (Vec<FieldChange>, Vec<FieldChange>) =
            wanted(item).into_iter().partition(not_taken);
        changes.extend(more.iter().map(|(field, new)| FieldChange {
            field: field.clone(),
            what: ValueChange::Value {
                old: None,
                new: new.clone(),
            },
        }));
        (
            changes,
            left.into_iter().map(|change| change.field).collect(),
        )
    }

    fn apply(&self, kind: Kind, record: &mut Record, change: &FieldChange) {
        let field = &change.field;
        match self.take(kind, field) {
            Take::Theirs => {}
            Take::Mine => laid_over(kind, record, std::slice::from_ref(change)),
            Take::Both => match &change.what {
                ValueChange::Set { added, .. } => {
                    let only_added = FieldChange {
                        field: field.clone(),
                        what: ValueChange::Set {
                            added: added.clone(),
                            removed: Vec::new(),
                        },
                    };
                    laid_over(kind, record, &[only_added]);
                }
                ValueChange::Value { new, .. } => {
                    let both = both(kind, field, value(record, field), new.clone());
                    set(kind, record, field, both);
                }
            },
        }
    }
}

/// The elements of two lists, each once; of two values that are no lists the second.
fn both(
    kind: Kind,
    field: &FieldName,
    theirs: Option<Value>,
    mine: Option<Value>,
) -> Option<Value> {
    match (theirs, mine) {
        (Some(Value::Array(mut all)), Some(Value::Array(more))) => {
            let doubled = |one: &Value, all: &[Value]| all.contains(one);
            for one in more {
                if shape_of(kind, field) == Shape::Set || !doubled(&one, &all) {
                    all.push(one);
                }
            }
            Some(Value::Array(all))
        }
        (theirs, None) => theirs,
        (_, mine) => mine,
    }
}

/// The fields of an item that a record does not have as their sender wrote them.
fn left(item: &Item, after: &Record) -> Vec<FieldName> {
    let missing = |change: &FieldChange| {
        let mut taken = after.clone();
        laid_over(item.kind, &mut taken, std::slice::from_ref(change));
        (value(&taken, &change.field) != value(after, &change.field)).then(|| change.field.clone())
    };
    wanted(item).iter().filter_map(missing).collect()
}
