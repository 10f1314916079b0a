//! Operations, and what the hub answers.

mod said;

use domain::{Account, Act, Kind, RecordId, Refusal, Verdict};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

pub use said::Said;

use crate::{Hash, LARGEST_OPERATION};

/// One thing that somebody did on a desk. `(device, sequence)` names it on the device that sends it;
/// its `id` wherever it is sent from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// Given when it was made, and kept whichever device sends it under which number: a hub that has
    /// taken it answers as it did then. None: it was made by a version that gave none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<RecordId>,
    /// The device that sends it.
    pub device: RecordId,
    /// Which of the device's operations it is: 1, 2, 3… without a gap.
    pub sequence: u64,
    /// When by the device's clock, RFC 3339.
    pub at: String,
    /// The record's kind.
    pub kind: Kind,
    /// The record. Of a resolution: the item's record.
    pub record: RecordId,
    /// The record's version on the desk; 0: it is not in the published stream.
    pub base: u64,
    /// What was done.
    #[serde(flatten)]
    pub act: Act,
    /// True when a person may have meant it for another hub or account: it was made before this
    /// desk joined. Told to curators.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub before_joining: bool,
}

/// Body of `POST /operations`. Each operation stands as its own JSON text, so that one that can't
/// be read does not take the others with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Push {
    /// The protocol of the sender.
    pub protocol: u32,
    /// Up to [`crate::MOST_OPERATIONS`], in order.
    pub operations: Vec<Box<serde_json::value::RawValue>>,
}

/// Answer to [`Push`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pushed {
    /// A verdict for each operation that was decided, in order. What is missing at the end was
    /// taken and is not decided yet, or was not taken: `last` tells.
    #[serde(deserialize_with = "taken")]
    pub verdicts: Vec<Taken>,
    /// The last operation of this device that the hub has on its disk.
    pub last: u64,
    /// The epoch.
    pub epoch: u64,
    /// True when the hub has another operation under one of these sequences: the device was cloned
    /// and has to join again as a new one, without losing anything.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cloned: bool,
    /// The account as it is now.
    pub account: Account,
}

/// What became of one operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Taken {
    /// Which of the device's operations.
    pub sequence: u64,
    /// What became of it. Not flattened: it has a sequence of its own.
    pub verdict: Verdict,
}

/// Verdicts one by one: one that this version can't read takes none of the others with it.
fn taken<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Taken>, D::Error> {
    #[derive(Deserialize)]
    struct Numbered {
        sequence: u64,
    }
    let not_understood = |said: Value| {
        let Numbered { sequence } = serde_json::from_value(said).ok()?;
        let verdict = Verdict::NotUnderstood;
        Some(Taken { sequence, verdict })
    };
    let read = |said: Value| {
        let taken = Taken::deserialize(&said).ok();
        taken.or_else(|| not_understood(said))
    };
    let all = Vec::<Value>::deserialize(deserializer)?;
    Ok(all.into_iter().filter_map(read).collect())
}

/// Acts that this version knows, as they are called in an operation.
const ACTS: [&str; 6] = ["edit", "suggest", "flag", "check", "remove", "resolve"];

/// An operation that can't be read: what a hub has to know to give it a verdict all the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Unreadable {
    /// The device, if that much could be read.
    pub device: Option<RecordId>,
    /// Which of the device's operations it is, if that much could be read.
    pub sequence: Option<u64>,
    /// What a program goes by.
    pub code: Refusal,
    /// What is wrong, for people.
    pub reason: String,
}

impl Operation {
    /// Reads an operation as it came.
    ///
    /// # Errors
    /// [`Unreadable`] when it is too large, of a newer version, or something else.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        if text.len() > LARGEST_OPERATION {
            let reason = format!(
                "The change is too large: {} KiB, where {} are the most.",
                text.len() / 1024,
                LARGEST_OPERATION / 1024
            );
            return Err(unreadable(text, Refusal::TooLarge, reason));
        }
        match serde_json::from_str::<Self>(text) {
            Ok(operation) if operation.sequence > 0 => Ok(operation),
            Ok(_) => {
                let reason = "The change has no number: they start at 1.".to_owned();
                Err(unreadable(text, Refusal::Invalid, reason))
            }
            Err(error) => Err(unread(text, &error)),
        }
    }

    /// What it says.
    #[must_use]
    pub fn said(&self) -> Said {
        // Everything in it came from JSON or can go into it, so there is always a text.
        Said::read(&serde_json::to_string(self).unwrap_or_default())
    }

    /// The hash of what it says: two operations of one device under one number differ by it.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.said().hash()
    }
}

impl Unreadable {
    /// Said to somebody who speaks this protocol: what a newer one wrote is most likely new.
    #[must_use]
    pub fn to(self, protocol: u32) -> Self {
        if self.code != Refusal::Invalid || protocol <= crate::PROTOCOL {
            return self;
        }
        let reason = "This hub does not understand the change: it needs a newer version.";
        Self {
            code: Refusal::Unknown,
            reason: reason.to_owned(),
            ..self
        }
    }
}

/// As much of an operation as tells whose it is.
#[derive(Deserialize)]
struct Whose {
    #[serde(default)]
    device: Option<RecordId>,
    #[serde(default)]
    sequence: Option<u64>,
    #[serde(default)]
    act: Option<String>,
    #[serde(default)]
    kind: Option<String>,
}

fn unread(text: &str, error: &serde_json::Error) -> Unreadable {
    let whose = serde_json::from_str::<Whose>(text).ok();
    let (act, kind) = whose.map(|whose| (whose.act, whose.kind)).unzip();
    let act = act.flatten().filter(|act| !ACTS.contains(&act.as_str()));
    let kind = kind.flatten().filter(|kind| Kind::named(kind).is_none());
    match act.or(kind) {
        Some(word) => {
            let word: String = word.chars().take(40).collect();
            let reason = format!("This hub does not know “{word}”: it needs a newer version.");
            unreadable(text, Refusal::Unknown, reason)
        }
        None => unreadable(
            text,
            Refusal::Invalid,
            format!("The change can't be read: {error}."),
        ),
    }
}

fn unreadable(text: &str, code: Refusal, reason: String) -> Unreadable {
    let whose = serde_json::from_str::<Whose>(text).ok();
    Unreadable {
        device: whose.as_ref().and_then(|whose| whose.device),
        sequence: whose.as_ref().and_then(|whose| whose.sequence),
        code,
        reason,
    }
}

#[cfg(test)]
mod tests {
    use domain::{FieldChange, FieldName, ValueChange};
    use serde_json::json;

    use super::*;

    fn operation() -> Operation {
        let change = |field: &str, what| FieldChange {
            field: FieldName::new(field),
            what,
        };
        let (added, removed) = (vec![json!({"extent": "E1"})], Vec::new());
        Operation {
            id: Some(RecordId::named("operation")),
            device: RecordId::named("desk"),
            sequence: 3,
            at: "2026-11-22T09:00:00Z".to_owned(),
            kind: Kind::Service,
            record: RecordId::named("service"),
            base: 12,
            act: Act::Edit {
                changes: vec![
                    change(
                        "name",
                        ValueChange::Value {
                            old: Some(json!("A")),
                            new: None,
                        },
                    ),
                    change(
                        "zzz",
                        ValueChange::Value {
                            old: None,
                            new: Some(json!({"b": 1.5, "a": null})),
                        },
                    ),
                    change("service_areas", ValueChange::Set { added, removed }),
                ],
            },
            before_joining: false,
        }
    }

    #[test]
    fn an_operation_that_another_device_sends_says_the_same() {
        let before = Operation {
            device: RecordId::named("the desk before"),
            sequence: 9,
            before_joining: true,
            ..operation()
        };
        let again = operation();
        assert_ne!(again.hash(), before.hash());
        assert_eq!(again.said().hash_as(before.device, 9), before.hash());
        let other = Operation {
            id: None,
            ..operation()
        };
        assert_ne!(again.hash(), other.hash());
    }

    #[test]
    fn an_operation_travels_and_keeps_its_hash() {
        let text = serde_json::to_string(&operation()).unwrap();
        let read = Operation::read(&text).unwrap();
        assert_eq!(read, operation());
        assert_eq!(read.hash(), operation().hash());
        let other = Operation {
            base: 13,
            ..operation()
        };
        assert_ne!(other.hash(), operation().hash());
    }

    #[test]
    fn an_answer_travels() {
        let taken = Taken {
            sequence: 3,
            verdict: Verdict::Applied { sequence: Some(70) },
        };
        let text = serde_json::to_string(&taken).unwrap();
        assert_eq!(
            serde_json::from_str::<Taken>(&text).unwrap(),
            taken,
            "{text}"
        );
    }

    #[test]
    fn a_verdict_that_is_not_understood_takes_no_other_with_it() {
        let account = json!({"name": "Desk", "role": "curator"});
        let answer = json!({"last": 4, "epoch": 1, "account": account, "verdicts": [
            {"sequence": 1, "verdict": {"verdict": "applied", "sequence": 9}},
            {"sequence": 2, "verdict": {"verdict": "postponed"}},
            {"sequence": 3, "verdict": {"verdict": "queued", "item": 7}},
            {"sequence": 4, "verdict": {"verdict": "merged", "sequence": null}},
        ]});
        let read: Pushed = serde_json::from_str(&answer.to_string()).unwrap();
        let verdicts: Vec<_> = read
            .verdicts
            .into_iter()
            .map(|taken| (taken.sequence, taken.verdict))
            .collect();
        let expected = [
            (1, Verdict::Applied { sequence: Some(9) }),
            (2, Verdict::NotUnderstood),
            (3, Verdict::NotUnderstood),
            (4, Verdict::Merged { sequence: None }),
        ];
        assert_eq!(verdicts, expected);
    }

    #[test]
    fn what_cannot_be_read_still_gets_its_verdict() {
        let whole = serde_json::to_value(operation()).unwrap();
        let with = |name: &str, value| {
            let mut other = whole.clone();
            other[name] = value;
            Operation::read(&other.to_string()).unwrap_err()
        };
        let newer = with("act", json!("merge_entries"));
        assert_eq!((newer.sequence, newer.code), (Some(3), Refusal::Unknown));
        assert_eq!(
            newer.reason,
            "This hub does not know “merge_entries”: it needs a newer version."
        );
        let event = with("kind", json!("event"));
        assert_eq!((event.sequence, event.code), (Some(3), Refusal::Unknown));
        let odd = with("changes", json!(7));
        let to_newer = odd.clone().to(crate::PROTOCOL + 1);
        assert_eq!(to_newer.code, Refusal::Unknown);
        assert_eq!(odd.clone().to(crate::PROTOCOL), odd);
        assert_eq!((odd.sequence, odd.code), (Some(3), Refusal::Invalid));
        let large = with("changes", json!("x".repeat(LARGEST_OPERATION)));
        assert_eq!(
            (large.device, large.code),
            (Some(RecordId::named("desk")), Refusal::TooLarge)
        );
        assert_eq!(with("sequence", json!(0)).code, Refusal::Invalid);
        assert_eq!(Operation::read("<html>").unwrap_err().sequence, None);
    }
}
