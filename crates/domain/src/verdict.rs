//! What the hub says of an operation.

use serde::{Deserialize, Serialize};

use crate::{FieldName, RecordId};

/// What became of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// The record is now as its sender had it.
    Applied {
        /// The sequence at which it was; none: there was nothing left to change.
        sequence: Option<u64>,
    },
    /// It was put together with what others had changed meanwhile.
    Merged {
        /// The sequence at which it was.
        sequence: Option<u64>,
    },
    /// Some of its fields contradict what others had changed meanwhile; a curator chooses. The
    /// other fields were applied.
    Conflict {
        /// The sequence at which the other fields were applied; none: there were none.
        sequence: Option<u64>,
        /// The fields that wait.
        fields: Vec<FieldName>,
        /// The item in the curators' inbox.
        item: RecordId,
    },
    /// It waits for a curator.
    Queued {
        /// The item in the curators' inbox.
        item: RecordId,
    },
    /// It can't be taken.
    Refused {
        /// What a program goes by.
        code: Refusal,
        /// What happened and what to do, for people.
        reason: String,
    },
    /// The hub said something that this version does not know.
    #[serde(other)]
    NotUnderstood,
}

/// Why an operation can't be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The record would not be valid.
    Invalid,
    /// Its sender may not do this.
    NotAllowed,
    /// There is no such record or item.
    NotFound,
    /// Somebody else settled the item before.
    AlreadySettled,
    /// It is larger than the hub takes.
    TooLarge,
    /// One of both does not know what the other one means: the hub this act, or this version the
    /// hub's reason.
    #[serde(other)]
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_newer_hub_says_is_read_as_far_as_it_is_known() {
        let read = |text| serde_json::from_str::<Verdict>(text).unwrap();
        let later = r#"{"verdict":"postponed","until":"tomorrow"}"#;
        assert_eq!(read(later), Verdict::NotUnderstood);
        let refused = r#"{"verdict":"refused","code":"too_early","reason":"Wait."}"#;
        let reason = "Wait.".to_owned();
        let code = Refusal::Unknown;
        assert_eq!(read(refused), Verdict::Refused { code, reason });
        for verdict in [Verdict::NotUnderstood, read(refused)] {
            let text = serde_json::to_string(&verdict).unwrap();
            assert_eq!(serde_json::from_str::<Verdict>(&text).unwrap(), verdict);
        }
    }
}
