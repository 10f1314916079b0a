//! What was done here: what waits to be sent, and what became of the rest.

mod said;
mod shape;

use std::collections::HashSet;

use domain::{Act, Item, ItemState, Kind, RecordId, Verdict};
use store::{ItemFilter, OutboxRow};

use crate::Now;
use crate::acts::can_undo;
use crate::edit::record_id;
use crate::error::Error;
use crate::inbox::InboxSort;
use crate::open::Directory;
use crate::said::moment;

pub(crate) use said::makes;
pub use shape::{EntryWork, OutboxLine, OutboxSort, OutboxState, OutboxView};

/// Lines that are shown at once.
const MOST: usize = 500;

impl Directory {
    /// What was done here, the latest first.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn outbox(&self, now: Now) -> Result<OutboxView, Error> {
        let counts = self.store().outbox_counts()?;
        let mut lines = Vec::new();
        for row in self.store().outbox(None, MOST)? {
            lines.push(self.outbox_line(&row, now)?);
        }
        let waiting = counts.waiting + counts.sent;
        Ok(OutboxView {
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
            lines,
        })
    }

    /// What waits on an entry, on its organisation and on its places.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn entry_work(&self, id: &str, now: Now) -> Result<EntryWork, Error> {
        let id = record_id(id)?;
        let record = self.must_see(Kind::Service, id)?;
        let mut work = EntryWork {
            may: self.may((Kind::Service, id), Some(&record), None)?,
            waiting: Vec::new(),
            suggestions: Vec::new(),
            flags: Vec::new(),
            conflicts: Vec::new(),
        };
        for (kind, id) in self.entry_around(id)? {
            self.add_work(&mut work, (kind, id), now)?;
        }
        Ok(work)
    }

    /// A service, its organisation and its places.
    fn entry_around(&self, id: RecordId) -> Result<Vec<(Kind, RecordId)>, Error> {
        let mut around = vec![(Kind::Service, id)];
        if let Some(entry) = self.store().entry(id)? {
            let organisation = entry.service.organisation();
            around.extend(organisation.map(|id| (Kind::Organisation, id)));
            let mut seen = HashSet::new();
            let places = entry.places.iter().map(|place| place.id);
            around.extend(
                places
                    .filter(|id| seen.insert(*id))
                    .map(|id| (Kind::Place, id)),
            );
        }
        Ok(around)
    }

    fn add_work(
        &self,
        work: &mut EntryWork,
        (kind, id): (Kind, RecordId),
        now: Now,
    ) -> Result<(), Error> {
        let items = self.store().items(&ItemFilter {
            open: Some(true),
            record: Some((kind, id)),
            ..ItemFilter::default()
        })?;
        for row in self.store().outbox_of(kind, id)? {
            let told = item_of(&row).is_some_and(|item| items.iter().any(|known| known.id == item));
            let line = self.outbox_line(&row, now)?;
            if row.lies_over || is_under_way(line.state) && !told {
                work.waiting.push(line);
            }
        }
        for item in &items {
            let line = self.inbox_line(item, now)?;
            match line.sort {
                InboxSort::Suggestion => work.suggestions.push(line),
                InboxSort::Flag => work.flags.push(line),
                InboxSort::Conflict | InboxSort::Removal | InboxSort::Refused => {
                    work.conflicts.push(line);
                }
            }
        }
        Ok(())
    }

    /// One thing that was done here, in words.
    pub(crate) fn outbox_line(&self, row: &OutboxRow, now: Now) -> Result<OutboxLine, Error> {
        let (kind, id) = (row.deed.kind, row.deed.record);
        let item = item_of(row)
            .map(|item| self.store().item(item))
            .transpose()?;
        let item = item.flatten();
        let (state, reason) = became(row, item.as_ref());
        let act = &row.deed.act;
        let changes = match act {
            Act::Edit { changes } | Act::Suggest { changes, .. } => {
                self.changes_said(kind, changes)
            }
            Act::Resolve {
                resolution: domain::Resolution::Accept { changes, .. },
                ..
            } => self.changes_said(kind, changes),
            Act::Flag { .. } | Act::Check { .. } | Act::Remove { .. } | Act::Resolve { .. } => {
                Vec::new()
            }
        };
        Ok(OutboxLine {
            row: u32::try_from(row.row).unwrap_or(u32::MAX),
            kind: kind.into(),
            id: id.to_string(),
            name: self.name_for(row, item.as_ref()),
            what: OutboxSort::of(act),
            said: said::act(kind, act),
            at: row.deed.at.clone(),
            at_said: moment::said(&row.deed.at, now),
            state,
            state_said: said::state(state).to_owned(),
            reason,
            can_withdraw: row.state == store::OutboxState::Waiting,
            can_undo: can_undo(row),
            changes,
        })
    }

    /// The record's name: as it is, as it was to be, or as the item says.
    fn name_for(&self, row: &OutboxRow, item: Option<&Item>) -> String {
        let (kind, id) = (row.deed.kind, row.deed.record);
        let seen = self.name_of(kind, id);
        let to_be = || said::name_in(&row.deed.act);
        let told = || Some(item?.name.clone());
        let last = || {
            let history = self.store().history(kind, id).ok()?;
            let body: domain::Record = serde_json::from_str(&history.first()?.body).ok()?;
            Some(body.get("name")?.as_str()?.to_owned())
        };
        let name = seen.or_else(to_be).or_else(told).or_else(last);
        name.unwrap_or_else(|| format!("A {kind} without a name"))
    }
}

impl OutboxSort {
    fn of(act: &Act) -> Self {
        match act {
            Act::Edit { .. } => Self::Edit,
            Act::Suggest { .. } => Self::Suggest,
            Act::Flag { .. } => Self::Flag,
            Act::Check { .. } => Self::Check,
            Act::Remove { .. } => Self::Remove,
            Act::Resolve { .. } => Self::Resolve,
        }
    }
}

/// The item in the curators' inbox that an operation became.
fn item_of(row: &OutboxRow) -> Option<RecordId> {
    match row.verdict.as_ref()? {
        Verdict::Conflict { item, .. } | Verdict::Queued { item } => Some(*item),
        Verdict::Applied { .. }
        | Verdict::Merged { .. }
        | Verdict::Refused { .. }
        | Verdict::NotUnderstood => None,
    }
}

/// What became of an operation, and why.
fn became(row: &OutboxRow, item: Option<&Item>) -> (OutboxState, Option<String>) {
    match row.state {
        store::OutboxState::Waiting => return (OutboxState::Waiting, None),
        store::OutboxState::Sent => return (OutboxState::Sent, None),
        store::OutboxState::Withdrawn => return (OutboxState::Withdrawn, None),
        store::OutboxState::Answered => {}
    }
    let settled = item.map(|item| &item.state);
    let waits = match &row.verdict {
        None => return (OutboxState::Sent, None),
        Some(Verdict::Applied { .. }) => return (OutboxState::Applied, None),
        Some(Verdict::Merged { .. }) => return (OutboxState::Merged, None),
        Some(Verdict::Refused { reason, .. }) => {
            return (OutboxState::Refused, Some(reason.clone()));
        }
        Some(Verdict::NotUnderstood) => {
            let reason = "The hub has this change, and is newer than this version of Signpost: what \
                          it answered is not understood here. Update Signpost, and look at the entry.";
            return (OutboxState::NotUnderstood, Some(reason.to_owned()));
        }
        Some(Verdict::Conflict { .. }) => OutboxState::Conflict,
        Some(Verdict::Queued { .. }) => OutboxState::Queued,
    };
    match settled {
        None | Some(ItemState::Open) => (waits, None),
        Some(ItemState::Accepted { note, .. }) => (OutboxState::Accepted, note.clone()),
        Some(ItemState::Declined { reason, .. }) => (OutboxState::Declined, Some(reason.clone())),
    }
}

fn is_under_way(state: OutboxState) -> bool {
    matches!(
        state,
        OutboxState::Waiting | OutboxState::Sent | OutboxState::Conflict | OutboxState::Queued
    )
}
