//! What waits for a curator: suggestions, flags, conflicts, removals, refused changes.

mod item;
mod settle;
mod shape;

use std::collections::HashSet;

use domain::{Act, Item, ItemSort, ItemState, RecordId};
use store::{ItemFilter, OutboxState};

use crate::Now;
use crate::edit::fields_said;
use crate::error::Error;
use crate::open::Directory;
use crate::said::{moment, shortened};

pub(crate) use item::wanted;
pub use settle::Ruling;
pub use shape::{
    InboxField, InboxItem, InboxLine, InboxSort, InboxView, Settle, SettleChoice, Take,
};

/// Letters of what somebody wrote, in a line.
const LINE: usize = 120;
/// Rows of the outbox among which settlements on their way are looked for.
const ON_THEIR_WAY: usize = 500;

impl Directory {
    /// What waits for a curator, or also what was settled; the latest first.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn inbox(&self, open: bool, now: Now) -> Result<InboxView, Error> {
        let items = self.store().items(&ItemFilter {
            open: open.then_some(true),
            ..ItemFilter::default()
        })?;
        let on_their_way = self.on_their_way()?;
        let counts = self.store().item_counts()?;
        let line = |item: &Item| self.line_of(item, on_their_way.contains(&item.id), now);
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(InboxView {
            lines: items.iter().map(line).collect(),
            open: small(counts.open),
            conflicts: small(counts.conflicts),
        })
    }

    /// An item in a line.
    pub(crate) fn inbox_line(&self, item: &Item, now: Now) -> Result<InboxLine, Error> {
        let waiting = self.on_their_way()?.contains(&item.id);
        Ok(self.line_of(item, waiting, now))
    }

    /// Items that were settled here and are not settled at the hub yet.
    fn on_their_way(&self) -> Result<HashSet<RecordId>, Error> {
        let rows = self.store().outbox(None, ON_THEIR_WAY)?.into_iter();
        let unsent =
            rows.filter(|row| matches!(row.state, OutboxState::Waiting | OutboxState::Sent));
        let settled = unsent.filter_map(|row| match row.deed.act {
            Act::Resolve { item, .. } => Some(item),
            Act::Edit { .. }
            | Act::Suggest { .. }
            | Act::Flag { .. }
            | Act::Check { .. }
            | Act::Remove { .. } => None,
        });
        Ok(settled.collect())
    }

    fn line_of(&self, item: &Item, waiting: bool, now: Now) -> InboxLine {
        let name = self.name_of(item.kind, item.record);
        InboxLine {
            item: item.id.to_string(),
            sort: InboxSort::of(&item.sort),
            kind: item.kind.into(),
            id: item.record.to_string(),
            name: name.unwrap_or_else(|| item.name.clone()),
            said: said(item),
            from: item.from.account.clone(),
            at_said: moment::said(&item.at, now),
            clock_off: item.from.clock_off,
            open: item.state == ItemState::Open,
            outcome: outcome(&item.state, now),
            waiting,
        }
    }
}

impl InboxSort {
    fn of(sort: &ItemSort) -> Self {
        match sort {
            ItemSort::Suggestion { .. } => Self::Suggestion,
            ItemSort::Flag { .. } => Self::Flag,
            ItemSort::Conflict { .. } => Self::Conflict,
            ItemSort::Removal { .. } => Self::Removal,
            ItemSort::Refused { .. } => Self::Refused,
        }
    }
}

/// What an item is, in a line.
fn said(item: &Item) -> String {
    match &item.sort {
        ItemSort::Suggestion { changes, note } => {
            let fields = fields_said(item.kind, changes);
            let note = note
                .as_ref()
                .map(|note| format!(": {}", shortened(note, LINE)));
            format!("Suggests {fields}{}", note.unwrap_or_default())
        }
        ItemSort::Flag { text } => shortened(text, LINE),
        ItemSort::Conflict { fields } => {
            let group = |conflict: &domain::Conflict| {
                let first = conflict.fields.first()?;
                let group = domain::change::group_of(item.kind, &first.field);
                let label = match group {
                    Some(group) => group.label(),
                    None => first.field.label(),
                };
                Some(crate::said::lowered(label))
            };
            let names: Vec<String> = fields.iter().filter_map(group).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            format!("Two different changes of {}", crate::said::list(&names))
        }
        ItemSort::Removal { reason, .. } => match reason {
            Some(reason) => format!("To be removed: {}", shortened(reason, LINE)),
            None => "Edited after it was removed".to_owned(),
        },
        ItemSort::Refused { reason, .. } => shortened(reason, LINE),
    }
}

/// How it was settled, and by whom.
fn outcome(state: &ItemState, now: Now) -> Option<String> {
    match state {
        ItemState::Open => None,
        ItemState::Accepted { by, at, left, note } => {
            let part = if left.is_empty() { "" } else { " in part" };
            let note = note
                .as_ref()
                .map(|note| format!(": {}", shortened(note, LINE)));
            let at = moment::said(at, now);
            Some(format!(
                "Accepted{part} by {by}, {at}{}",
                note.unwrap_or_default()
            ))
        }
        ItemState::Declined { by, at, reason } => {
            let at = moment::said(at, now);
            Some(format!(
                "Declined by {by}, {at}: {}",
                shortened(reason, LINE)
            ))
        }
    }
}
