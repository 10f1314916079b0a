//! Removals.

use domain::{ItemSort, Refusal, Verdict};

use super::ground::{Asked, Doing, Ground};

impl Ground<'_> {
    /// Removes a record, unless somebody else has changed it since the sender saw it: then a curator
    /// looks first.
    pub(super) fn remove(&mut self, asked: &Asked<'_>, reason: &str) -> Verdict {
        let key = asked.key();
        let Some(there) = self.record(key) else {
            let said = "The hub does not have this record, so it can't be removed.";
            return self.refuse(asked, Refusal::NotFound, said, &[]);
        };
        if there.removed {
            return Verdict::Applied { sequence: None };
        }
        let body = there.body.clone();
        let boroughs = self.boroughs(key, &body);
        let may = asked.waiting.account.account.may_edit(&boroughs);
        if !may || self.others_since(asked) {
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

    /// Puts a removal before a curator.
    pub(super) fn queue_removal(&mut self, asked: &Asked<'_>, reason: &str) -> Verdict {
        let reason = Some(reason.to_owned());
        let changes = Vec::new();
        let item = self.queue(asked, ItemSort::Removal { reason, changes });
        Verdict::Queued { item }
    }
}
