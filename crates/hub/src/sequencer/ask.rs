//! What is put before a curator: suggestions and flags.

use domain::{FieldChange, ItemSort, Refusal, Verdict};

use super::ground::{Asked, Ground};

impl Ground<'_> {
    pub(super) fn suggest(
        &mut self,
        asked: &Asked<'_>,
        changes: &[FieldChange],
        note: Option<&str>,
    ) -> Verdict {
        if !self.is_there(asked) && asked.operation.base > 0 {
            let said = "The hub does not have this record, so nothing can be suggested for it.";
            return self.refuse(asked, Refusal::NotFound, said, changes);
        }
        let item = self.queue(
            asked,
            ItemSort::Suggestion {
                changes: changes.to_vec(),
                note: note.map(str::to_owned),
            },
        );
        Verdict::Queued { item }
    }

    pub(super) fn flag(&mut self, asked: &Asked<'_>, text: &str) -> Verdict {
        if text.trim().is_empty() {
            let said = "A flag says in a few words what is wrong; this one said nothing.";
            return asked.refused(Refusal::Invalid, said);
        }
        if !self.is_there(asked) {
            let said = format!("The hub does not have the record of this flag: “{text}”.");
            return self.refuse(asked, Refusal::NotFound, &said, &[]);
        }
        let text = text.to_owned();
        let item = self.queue(asked, ItemSort::Flag { text });
        Verdict::Queued { item }
    }

    /// Whether its record is there, or was.
    fn is_there(&self, asked: &Asked<'_>) -> bool {
        self.record(asked.key()).is_some()
    }
}
