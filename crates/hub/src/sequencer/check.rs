//! Checks: anybody may make one, and they contradict nothing.

use domain::{Check, FieldName, Refusal, Verdict};

use super::edit::grave;
use super::ground::{Asked, Doing, Ground, told};
use crate::clock;

/// What a check sets.
const FIELDS: [&str; 2] = ["signpost.checks", "assured_date"];

impl Ground<'_> {
    pub(super) fn check(&mut self, asked: &Asked<'_>, check: &Check) -> Verdict {
        let key = asked.key();
        let there = self.record(key).filter(|there| !there.removed);
        let Some(before) = there.map(|there| there.body.clone()) else {
            let said = "The hub does not have the record that was checked, or it was removed.";
            return self.refuse(asked, Refusal::NotFound, said, &[]);
        };
        if check.when.first() > clock::tomorrow(self.now) {
            let said = "The day of this check lies in the future. Set this computer's clock right, \
                        then check the entry again.";
            return self.refuse(asked, Refusal::Invalid, said, &[]);
        }
        let mut after = before.clone();
        check.put_into(key.0, &mut after);
        if after == before {
            return Verdict::Applied { sequence: None };
        }
        if let Some(fault) = grave(asked, &after) {
            return self.refuse(asked, Refusal::Invalid, &fault, &[]);
        }
        let fields = FIELDS.map(FieldName::new);
        let changes = told(&fields, (&before, &after), &[]);
        let sequence = self.change(
            asked,
            key,
            Doing {
                act: "check",
                after,
                removed: false,
                changes,
                note: None,
            },
        );
        Verdict::Applied {
            sequence: Some(sequence),
        }
    }
}
