//! Edits.

use domain::{FieldChange, ItemSort, Merged, Record, Refusal, Verdict, change, faults, merge};

use super::ground::{Asked, Doing, Ground, told};

impl Ground<'_> {
    pub(super) fn edit(&mut self, asked: &Asked<'_>, changes: &[FieldChange]) -> Verdict {
        let key = asked.key();
        let (before, new) = match self.record(key) {
            Some(there) if there.removed => return self.edit_of_removed(asked, changes),
            Some(there) => (there.body.clone(), false),
            None if asked.operation.base > 0 => {
                let reason = "The hub does not have this record, so it can't be changed.";
                return self.refuse(asked, Refusal::NotFound, reason, changes);
            }
            None => (change::created(key.1), true),
        };
        let merged = merge(key.0, &before, changes);
        if merged.applied.is_empty() && merged.conflicts.is_empty() && !new {
            return Verdict::Applied { sequence: None };
        }
        if let Some(fault) = grave(asked, &merged.record) {
            return self.refuse(asked, Refusal::Invalid, &fault, changes);
        }
        let was = (!new).then(|| self.boroughs(key, &before));
        let is = self.boroughs(key, &merged.record);
        let account = &asked.waiting.account.account;
        if !account.may_change(was.as_ref(), &is) {
            let changes = changes.to_vec();
            let item = self.queue(
                asked,
                ItemSort::Suggestion {
                    changes,
                    note: None,
                },
            );
            return Verdict::Queued { item };
        }
        let doing = |merged: &Merged| Doing {
            act: if new { "create" } else { "edit" },
            after: merged.record.clone(),
            removed: false,
            changes: told(&merged.applied, (&before, &merged.record), changes),
            note: None,
        };
        self.take(asked, merged, doing)
    }

    /// Makes the change that was merged, and queues what contradicts.
    pub(super) fn take(
        &mut self,
        asked: &Asked<'_>,
        merged: Merged,
        doing: impl Fn(&Merged) -> Doing,
    ) -> Verdict {
        let others = self.others_since(asked);
        let sequence =
            (!merged.applied.is_empty()).then(|| self.change(asked, asked.key(), doing(&merged)));
        if !merged.conflicts.is_empty() {
            let named = merged
                .conflicts
                .iter()
                .flat_map(|conflict| &conflict.fields);
            let fields = named.map(|field| field.field.clone()).collect();
            let sort = ItemSort::Conflict {
                fields: merged.conflicts,
            };
            let item = self.queue(asked, sort);
            return Verdict::Conflict {
                sequence,
                fields,
                item,
            };
        }
        match others {
            true => Verdict::Merged { sequence },
            false => Verdict::Applied { sequence },
        }
    }

    fn edit_of_removed(&mut self, asked: &Asked<'_>, changes: &[FieldChange]) -> Verdict {
        let changes = changes.to_vec();
        let reason = None;
        let item = self.queue(asked, ItemSort::Removal { reason, changes });
        Verdict::Queued { item }
    }

    /// Refuses, and keeps what was sent for its sender and for curators.
    pub(super) fn refuse(
        &mut self,
        asked: &Asked<'_>,
        code: Refusal,
        reason: &str,
        changes: &[FieldChange],
    ) -> Verdict {
        let sort = ItemSort::Refused {
            reason: reason.to_owned(),
            changes: changes.to_vec(),
        };
        self.queue(asked, sort);
        asked.refused(code, reason)
    }
}

/// What keeps a record from being taken at all, in a sentence for each.
pub(super) fn grave(asked: &Asked<'_>, record: &Record) -> Option<String> {
    let found = faults(asked.operation.kind, record).into_iter();
    let grave: Vec<String> = found
        .filter(|fault| fault.grave)
        .map(|fault| fault.message)
        .collect();
    (!grave.is_empty()).then(|| grave.join(" "))
}
