//! One line of a pack: a record as it stands, or a tombstone.

use domain::RecordId;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// One record as it stands at a version. The body is kept as the text that the hub wrote, so that
/// every copy has the same bytes and members that nobody here knows travel on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Line {
    /// `service`, `organisation`, `place`, or a kind that this version does not know.
    #[serde(rename = "k")]
    pub kind: String,
    /// The record.
    pub id: RecordId,
    /// The sequence at which it last changed.
    #[serde(rename = "v")]
    pub version: u64,
    /// When the hub took that change: seconds since 1970, UTC.
    #[serde(rename = "t")]
    pub at: u64,
    /// The record; none: it was removed.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub body: Option<LineBody>,
}

/// A body as the text that travelled.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LineBody(pub Box<RawValue>);

impl PartialEq for LineBody {
    fn eq(&self, other: &Self) -> bool {
        self.0.get() == other.0.get()
    }
}

impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        (&self.kind, self.id, self.version, self.at, &self.body)
            == (&other.kind, other.id, other.version, other.at, &other.body)
    }
}

impl Line {
    /// The bucket that it belongs to: the first byte of its identifier.
    #[must_use]
    pub fn bucket(&self) -> u8 {
        bucket_of(&self.id)
    }
}

/// The bucket of a record: the first byte of its identifier.
#[must_use]
pub fn bucket_of(id: &RecordId) -> u8 {
    let [first, ..] = id.as_bytes();
    *first
}
