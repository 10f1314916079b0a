//! What the hub says of a record: every change that it took, from whichever computer.

use domain::change::{created, invert, laid_over};
use domain::{Kind, Record, RecordId};
use sync::hub_history;
use wire::PastChange;

use super::HistoryLine;
use crate::Now;
use crate::edit::{fields_said, members};
use crate::error::Error;
use crate::open::Directory;
use crate::said::moment;

/// The beginning of the key of one of the hub's versions.
const KEY: &str = "hub-";

/// The changes that the hub took of a record, the latest first.
pub(super) struct HubPast {
    changes: Vec<PastChange>,
    /// The record as it is published.
    now: Option<Record>,
}

impl Directory {
    /// What the hub says of a record; none: this computer may not ask it.
    pub(super) fn hub_past(
        &self,
        kind: Kind,
        id: RecordId,
        now: Now,
    ) -> Result<Option<HubPast>, Error> {
        let Some(membership) = self.store().membership()? else {
            return Ok(None);
        };
        if membership.device.is_none() {
            return Ok(None);
        }
        let told = self.ask_hub(&membership.address, now, |copy, hub, how| {
            hub_history(copy, hub, how, (kind, id))
        })?;
        let published = self.store().published(kind.name(), id)?;
        let now = match published.map(|published| published.body) {
            Some(Some(body)) => Some(members(kind, id, &body)?),
            Some(None) | None => self.seen(kind, id)?,
        };
        Ok(Some(HubPast {
            changes: told.changes,
            now,
        }))
    }

    /// The hub's lines of a history.
    pub(super) fn hub_lines(&self, kind: Kind, past: &HubPast, now: Now) -> Vec<HistoryLine> {
        let line = |(at, change): (usize, &PastChange)| HistoryLine {
            version: change.sequence.try_into().ok(),
            revision: None,
            at_said: moment::said(&change.at, now),
            by: Some(change.by.clone()).filter(|by| !by.is_empty()),
            what: said(kind, change),
            changes: self.changes_said(kind, &change.changes),
            can_restore: at > 0 && change.act != "remove",
            key: format!("{KEY}{}", change.sequence),
        };
        past.changes.iter().enumerate().map(line).collect()
    }
}

impl HubPast {
    /// When the hub's history of the record begins.
    pub(super) fn begins(&self) -> Option<&str> {
        self.changes.last().map(|change| change.at.as_str())
    }

    /// The record as it was after the change that this key names.
    pub(super) fn version(&self, kind: Kind, id: RecordId, key: &str) -> Option<Record> {
        let sequence: u64 = key.strip_prefix(KEY)?.parse().ok()?;
        let mut record = self.now.clone().unwrap_or_else(|| created(id));
        for change in &self.changes {
            if change.sequence == sequence {
                return Some(record);
            }
            laid_over(kind, &mut record, &invert(&change.changes));
        }
        None
    }
}

/// Whether a key names one of the hub's versions.
pub(super) fn is_key(key: &str) -> bool {
    key.starts_with(KEY)
}

/// What was done, in words.
fn said(kind: Kind, change: &PastChange) -> String {
    let fields = fields_said(kind, &change.changes);
    let what = match (change.act.as_str(), fields.is_empty()) {
        ("create", _) => format!("Added the {kind}"),
        ("remove", _) => "Removed".to_owned(),
        ("restore", _) => "Brought back".to_owned(),
        ("check", _) => "Checked".to_owned(),
        ("import", true) => "Brought in".to_owned(),
        ("accept", false) => format!("Accepted a change of {fields}"),
        (_, false) => format!("Changed {fields}"),
        (other, true) => crate::said::capital(other),
    };
    match &change.note {
        Some(note) => format!("{what}. {note}"),
        None => what,
    }
}
