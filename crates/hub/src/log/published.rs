//! What is published: lines, packs, the latest publication.

use std::collections::BTreeMap;

use domain::RecordId;
use wire::{Digests, Hash, Line, Manifest};

use super::LogError;
use crate::publish::plan::Levels;

/// Which versions of records are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Versions {
    /// After this sequence.
    pub(crate) after: u64,
    /// Up to this one.
    pub(crate) to: u64,
    /// With removed records.
    pub(crate) tombstones: bool,
}

/// Records as lines, with what the whole was at that moment.
#[derive(Debug, Clone)]
pub(crate) struct LinesAt {
    /// The last accepted change then.
    pub(crate) sequence: u64,
    /// Digests of all buckets then.
    pub(crate) digests: Digests,
    /// Records that were there then, by kind.
    pub(crate) counts: BTreeMap<String, u64>,
    /// The lines, by identifier.
    pub(crate) lines: Vec<Line>,
}

/// One publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Publication {
    /// 1, 2, 3…: what decides who was first.
    pub(crate) number: u64,
    /// The epoch.
    pub(crate) epoch: u64,
    /// The sequence up to which it goes.
    pub(crate) sequence: u64,
    /// The root of everything published up to here.
    pub(crate) root: Hash,
    /// How the parts of the manifest were made.
    pub(crate) levels: Levels,
    /// The manifest's name.
    pub(crate) manifest: Hash,
    /// The manifest as it travels.
    pub(crate) manifest_text: String,
    /// The signed head as it travels.
    pub(crate) head: String,
    /// When it was made: seconds since 1970.
    pub(crate) made_at: u64,
}

/// A pack that is new.
#[derive(Debug, Clone)]
pub(crate) struct NewPack {
    /// Its name.
    pub(crate) hash: Hash,
    /// Its bytes as they travel.
    pub(crate) bytes: Vec<u8>,
}

/// A published record.
#[derive(Debug, Clone)]
pub(crate) struct RecordRow {
    /// Identity.
    pub(crate) id: RecordId,
    /// As it is published.
    pub(crate) body: String,
}

/// Packs that no manifest names any more are there for so many seconds: for those who are fetching.
pub(crate) const DROPPED_FOR: u64 = 2 * 60 * 60;
/// Manifests that can still be fetched.
pub(crate) const MANIFESTS_KEPT: u64 = 200;
/// Publications of which the root is remembered.
pub(crate) const PUBLICATIONS_KEPT: u64 = 10_000;

impl Publication {
    /// Its manifest.
    pub(crate) fn read_manifest(&self) -> Result<Manifest, LogError> {
        serde_json::from_str(&self.manifest_text).map_err(LogError::damaged)
    }

    /// All packs that its manifest names.
    pub(crate) fn packs(&self) -> Result<Vec<Hash>, LogError> {
        let manifest = self.read_manifest()?;
        let segments = manifest.segments.iter().flat_map(|segment| &segment.packs);
        Ok(manifest
            .snapshot
            .iter()
            .chain(segments)
            .map(|pack| pack.hash)
            .collect())
    }
}
