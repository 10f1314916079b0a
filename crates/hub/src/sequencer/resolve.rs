//! Settling what waits for a curator.

use domain::{ItemState, RecordId, Refusal, Resolution, Verdict, change};

use super::accept::Accepted;
use super::ground::{Asked, Ground};
use crate::clock;

impl Ground<'_> {
    pub(super) fn resolve(
        &mut self,
        asked: &Asked<'_>,
        id: RecordId,
        resolution: &Resolution,
    ) -> Verdict {
        let Some(stored) = self.item(id) else {
            return asked.refused(Refusal::NotFound, "The hub has no such item in its inbox.");
        };
        let item = stored.item.clone();
        let key = (item.kind, item.record);
        if key != asked.key() {
            let said = "The item is about another record than was said with it.";
            return asked.refused(Refusal::Invalid, said);
        }
        let there = self.record(key).map(|there| there.body.clone());
        let boroughs = match &there {
            Some(record) => self.boroughs(key, record),
            None => stored.boroughs.clone(),
        };
        if !asked.waiting.account.account.may_edit(&boroughs) {
            let said = "Only curators of the record's boroughs, and administrators, settle this.";
            return asked.refused(Refusal::NotAllowed, said);
        }
        if let ItemState::Accepted { by, .. } | ItemState::Declined { by, .. } = &item.state {
            let said = format!("{by} had settled this already. Nothing was changed.");
            return asked.refused(Refusal::AlreadySettled, &said);
        }
        let (by, at) = (asked.by().to_owned(), clock::text(self.now));
        match resolution {
            Resolution::Decline { reason } => {
                let reason = reason.clone();
                self.settle(id, ItemState::Declined { by, at, reason });
                Verdict::Applied { sequence: None }
            }
            Resolution::Accept {
                changes,
                left,
                note,
            } => {
                let accepted = Accepted {
                    item: &item,
                    before: there.unwrap_or_else(|| change::created(key.1)),
                    changes,
                    note: note.as_deref(),
                };
                let verdict = self.accept(asked, accepted);
                if !matches!(verdict, Verdict::Refused { .. }) {
                    let (left, note) = (left.clone(), note.clone());
                    self.settle(id, ItemState::Accepted { by, at, left, note });
                }
                verdict
            }
        }
    }
}
