//! What becomes of an item when a curator settles it.

use domain::{FieldChange, RecordId, Refusal, Resolution};
use wire::Operation;

use super::merge::merge;
use super::{Model, Says, Waits};

impl Model {
    pub(super) fn resolve(
        &mut self,
        device: RecordId,
        op: &Operation,
        id: RecordId,
        how: &Resolution,
    ) -> Says {
        let Some(item) = self.items.get(&id).cloned() else {
            return Says::Refused(Refusal::NotFound, None);
        };
        let before = self.records.get(&item.about).cloned();
        let may = match &before {
            Some(_) => self.may(device, item.about, &[]),
            None => self.looks_after(device, item.about, &item.proposed),
        };
        if !may {
            return Says::Refused(Refusal::NotAllowed, None);
        }
        if !item.open {
            return Says::Refused(Refusal::AlreadySettled, None);
        }
        let says = match how {
            Resolution::Decline { .. } => Says::Taken(None, false),
            Resolution::Accept { changes, .. } => self.accept(device, op, &item, changes),
        };
        if !matches!(says, Says::Refused(..)) {
            self.items.entry(id).and_modify(|item| item.open = false);
        }
        says
    }

    fn accept(
        &mut self,
        device: RecordId,
        op: &Operation,
        item: &Waits,
        changes: &[FieldChange],
    ) -> Says {
        let before = self.records.get(&item.about).cloned();
        let removed = before.as_ref().is_some_and(|it| it.removed);
        if item.removes && changes.is_empty() {
            if removed {
                return Says::Taken(None, false);
            }
            // Nobody has weighed what others changed since the curator looked.
            if self.others_since(device, op) {
                return Says::Queued("removal", true);
            }
            return Says::Taken(Some(self.change(device, op, |it| it.removed = true)), false);
        }
        if changes.is_empty() {
            return Says::Taken(None, false);
        }
        if removed && item.sort != "removal" {
            return Says::Refused(Refusal::NotFound, None);
        }
        let merged = merge(&before.unwrap_or_default().body, changes);
        if merged.body.get("name").is_none_or(|name| name == "") {
            return Says::Refused(Refusal::Invalid, None);
        }
        if !self.may_new(device, op, &merged.body) {
            return Says::Refused(Refusal::NotAllowed, None);
        }
        self.take(device, op, merged, changes)
    }
}
