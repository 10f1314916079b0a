//! Operations that come more than once: whoever sends one again gets the same answer.

use domain::{RecordId, Verdict};
use wire::Operation;

use super::Model;

impl Model {
    /// What was answered to the same operation, whoever sent it.
    pub(super) fn known(&self, operation: &Operation) -> Option<Verdict> {
        let (first, verdict) = self.first.get(&operation.id?)?;
        let hash = operation.said().hash_as(first.device, first.sequence);
        (hash == first.hash()).then(|| verdict.clone())
    }

    /// It came once more.
    pub(super) fn same(
        &mut self,
        operation: &Operation,
        before: &Verdict,
        now: &Verdict,
    ) -> Result<(), String> {
        let name: (RecordId, u64) = (operation.device, operation.sequence);
        self.again.insert(name);
        match before == now {
            true => Ok(()),
            false => Err(format!("{now:?} in place of {before:?}")),
        }
    }

    /// Keeps what came under an id first.
    pub(super) fn keep(&mut self, operation: &Operation, verdict: &Verdict) {
        if let Some(id) = operation.id {
            let first = (operation.clone(), verdict.clone());
            self.first.entry(id).or_insert(first);
        }
    }
}
