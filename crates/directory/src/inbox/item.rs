//! An item whole: what it was, what the directory says now, what the sender wrote.

use domain::change::{created, group_of, laid_over, value};
use domain::{
    FieldChange, FieldName, Item, ItemSort, ItemState, Kind, Record, RecordId, ValueChange,
};
use serde_json::Value;

use super::{InboxField, InboxItem};
use crate::Now;
use crate::edit::{May, record_id};
use crate::error::Error;
use crate::open::Directory;
use crate::said::value::element;

impl Directory {
    /// An item whole, side by side.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn inbox_item(&self, item: &str, now: Now) -> Result<InboxItem, Error> {
        let item = self.item(item)?;
        let line = self.inbox_line(&item, now)?;
        let current = self.current(item.kind, item.record)?;
        let can_settle = item.state == ItemState::Open
            && !line.waiting
            && self.may((item.kind, item.record), Some(&current), None)? == May::Edit;
        let (mut note, mut text, mut reason) = (None, None, None);
        match &item.sort {
            ItemSort::Suggestion { note: said, .. } => note.clone_from(said),
            ItemSort::Flag { text: said } => text = Some(said.clone()),
            ItemSort::Removal { reason: said, .. } => reason.clone_from(said),
            ItemSort::Refused { reason: said, .. } => reason = Some(said.clone()),
            ItemSort::Conflict { .. } => {}
        }
        Ok(InboxItem {
            line,
            note,
            text,
            reason,
            fields: self.fields(&item, &current),
            can_settle,
        })
    }

    pub(crate) fn item(&self, id: &str) -> Result<Item, Error> {
        let none = || Error::NoItem(id.to_owned());
        let parsed = record_id(id).map_err(|_no_id| none())?;
        self.store().item(parsed)?.ok_or_else(none)
    }

    /// The record as it is seen, or of one that is not there what is left: its identifier.
    pub(super) fn current(&self, kind: Kind, id: RecordId) -> Result<Record, Error> {
        Ok(self.seen(kind, id)?.unwrap_or_else(|| created(id)))
    }

    fn fields(&self, item: &Item, current: &Record) -> Vec<InboxField> {
        let changes = wanted(item);
        let told = changes.iter().filter(|change| {
            let now = value(current, &change.field);
            !matches!(&change.what, ValueChange::Value { old, new } if old == new && *new == now)
        });
        told.map(|change| self.field(item.kind, change, current))
            .collect()
    }

    fn field(&self, kind: Kind, change: &FieldChange, current: &Record) -> InboxField {
        let FieldChange { field, what } = change;
        let theirs = value(current, field);
        let mut after = current.clone();
        laid_over(kind, &mut after, std::slice::from_ref(change));
        let mine = value(&after, field);
        let said = |value: Option<&Value>| self.value_said(field, value);
        let (base, added, removed) = match what {
            ValueChange::Value { old, .. } => (said(old.as_ref()), Vec::new(), Vec::new()),
            ValueChange::Set { added, removed } => {
                (None, elements(field, added), elements(field, removed))
            }
        };
        InboxField {
            field: field.to_string(),
            label: field.label().to_owned(),
            group: group_of(kind, field).map(|group| group.label().to_owned()),
            base,
            theirs: said(theirs.as_ref()),
            mine: said(mine.as_ref()),
            added,
            removed,
            differs: theirs != mine,
            json: mine.unwrap_or(Value::Null).to_string(),
        }
    }
}

fn elements(field: &FieldName, elements: &[Value]) -> Vec<String> {
    elements
        .iter()
        .filter_map(|one| element(field, one))
        .collect()
}

/// The changes that the sender of an item wants.
pub(crate) fn wanted(item: &Item) -> Vec<FieldChange> {
    match &item.sort {
        ItemSort::Suggestion { changes, .. }
        | ItemSort::Removal { changes, .. }
        | ItemSort::Refused { changes, .. } => changes.clone(),
        ItemSort::Flag { .. } => Vec::new(),
        ItemSort::Conflict { fields } => {
            let of_group = fields.iter().flat_map(|conflict| &conflict.fields);
            let change = of_group.map(|field| FieldChange {
                field: field.field.clone(),
                what: ValueChange::Value {
                    old: field.base.clone(),
                    new: field.mine.clone(),
                },
            });
            change.collect()
        }
    }
}
