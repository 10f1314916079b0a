//! Names that operations had before: whoever sends one under another name gets the same answer.

use domain::{RecordId, Verdict};
use wire::{Hash, Operation, OperationName};

use super::{Model, place};

impl Model {
    /// What was answered to the same operation, as it was called or under any name that either had.
    pub(super) fn known(&self, operation: &Operation) -> Option<Verdict> {
        let own = OperationName {
            device: operation.device,
            sequence: operation.sequence,
        };
        let names = std::iter::once(&own).chain(&operation.formerly);
        let mut names = names.map(|name| (name, operation.said().hash_as(*name)));
        names.find_map(|(name, hash)| {
            let as_it_was = self.taken_as(name).filter(|(before, _)| *before == hash);
            let called = self.called.get(&(name.device, name.sequence));
            let mut called = called.into_iter().flatten();
            let verdict = as_it_was.map(|(_, verdict)| verdict.clone());
            verdict.or_else(|| Some(called.find(|(before, _)| *before == hash)?.1.clone()))
        })
    }

    fn taken_as(&self, name: &OperationName) -> Option<(Hash, &Verdict)> {
        let taken: &Vec<(String, Verdict)> = self.taken.get(&name.device)?;
        let (text, verdict) = taken.get(place(name.sequence))?;
        let before: Operation = serde_json::from_str(text).ok()?;
        Some((before.hash(), verdict))
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

    /// Keeps what it was called before.
    pub(super) fn keep_names(&mut self, operation: &Operation, verdict: &Verdict) {
        for name in &operation.formerly {
            let hash = operation.said().hash_as(*name);
            let called = self.called.entry((name.device, name.sequence)).or_default();
            called.push((hash, verdict.clone()));
        }
    }
}
