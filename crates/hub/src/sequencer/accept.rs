//! A curator takes something: whole, in part, or changed.

use domain::{FieldChange, Item, ItemSort, Merged, Record, Refusal, Verdict, merge};

use super::edit::grave;
use super::ground::{Asked, Doing, Ground, told};

/// What a curator takes.
pub(super) struct Accepted<'a> {
    pub(super) item: &'a Item,
    /// The record as it is, was last, or would begin.
    pub(super) before: Record,
    pub(super) changes: &'a [FieldChange],
    pub(super) note: Option<&'a str>,
}

impl Ground<'_> {
    /// Changes the record as the curator says. What contradicts changes that the curator had not seen
    /// becomes an item of its own; nothing is settled silently.
    pub(super) fn accept(&mut self, asked: &Asked<'_>, accepted: Accepted<'_>) -> Verdict {
        let key = asked.key();
        let removed = self.record(key).map(|there| there.removed);
        let is_removal = matches!(accepted.item.sort, ItemSort::Removal { .. });
        if removed == Some(true) && !is_removal && !accepted.changes.is_empty() {
            let said =
                "The record was removed meanwhile. Decline this, or restore the record first.";
            return asked.refused(Refusal::NotFound, said);
        }
        if let ItemSort::Removal {
            reason: Some(reason),
            ..
        } = &accepted.item.sort
            && accepted.changes.is_empty()
        {
            return self.accept_removal(asked, accepted.before, reason);
        }
        if accepted.changes.is_empty() {
            return Verdict::Applied { sequence: None };
        }
        let merged = merge(key.0, &accepted.before, accepted.changes);
        if let Some(fault) = grave(asked, &merged.record) {
            return asked.refused(Refusal::Invalid, &fault);
        }
        let account = &asked.waiting.account.account;
        if !account.may_edit(&self.boroughs(key, &merged.record)) {
            let said = "This would give the record to boroughs of which you are no curator. Ask an \
                        administrator.";
            return asked.refused(Refusal::NotAllowed, said);
        }
        let doing = |merged: &Merged| Doing {
            act: match removed {
                None => "create",
                Some(true) => "restore",
                Some(false) => "accept",
            },
            after: merged.record.clone(),
            removed: false,
            changes: told(
                &merged.applied,
                (&accepted.before, &merged.record),
                accepted.changes,
            ),
            note: Some(credit(accepted.item, accepted.note)),
        };
        self.take(asked, merged, doing)
    }

    /// Removes a record as the curator says, unless somebody else has changed it since the curator
    /// looked: nobody has weighed that change yet.
    fn accept_removal(&mut self, asked: &Asked<'_>, body: Record, reason: &str) -> Verdict {
        let key = asked.key();
        if self.record(key).is_none_or(|there| there.removed) {
            return Verdict::Applied { sequence: None };
        }
        if self.others_since(asked) {
            return self.queue_removal(asked, reason);
        }
        let sequence = self.change(
            asked,
            key,
            Doing {
                act: "remove",
                after: body,
                removed: true,
                changes: Vec::new(),
                note: Some(reason.to_owned()),
            },
        );
        Verdict::Applied {
            sequence: Some(sequence),
        }
    }
}

/// Whose idea it was, and what the curator said.
fn credit(item: &Item, note: Option<&str>) -> String {
    let from = format!("From {}", item.from.account);
    match note {
        Some(note) => format!("{from}. {note}"),
        None => from,
    }
}
