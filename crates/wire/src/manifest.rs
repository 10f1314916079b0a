//! The manifest: which packs make up the directory, and what a copy's digests should be.

use serde::{Deserialize, Serialize};

use crate::Hash;

/// Which packs make up the published stream at a sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The epoch.
    pub epoch: u64,
    /// The sequence up to which it goes.
    pub sequence: u64,
    /// The sequence of the snapshot.
    pub snapshot_sequence: u64,
    /// Packs of the snapshot, by identifier: all records as they were at `snapshot_sequence`.
    pub snapshot: Vec<PackRef>,
    /// The segments since the snapshot, in order, without a gap; merged in levels of 1, 16, 256.
    pub segments: Vec<Segment>,
    /// The roots of the latest publications, oldest first: (sequence, root). A reader who stood at one of these
    /// sequences must have stood at that root.
    pub roots: Vec<(u64, Hash)>,
    /// A digest for each of the 256 buckets, 8 bytes each, as 4,096 hexadecimal digits.
    pub digests: String,
    /// Records that are there, by kind.
    pub counts: std::collections::BTreeMap<String, u64>,
}

/// A pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackRef {
    /// Its name, at `/packs/<hash>`: the SHA-256 of its bytes as they travel.
    pub hash: Hash,
    /// Bytes as they travel.
    pub size: u64,
    /// The first bucket whose records are in it.
    pub from_bucket: u8,
    /// The last bucket whose records are in it.
    pub to_bucket: u8,
}

/// Changes after one sequence up to another: each record that changed as it was at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// After this sequence.
    pub after: u64,
    /// Up to this one.
    pub to: u64,
    /// Its packs.
    pub packs: Vec<PackRef>,
}
