//! What is due to be merged. Pure.
//!
//! Sixteen segments of a level become one of the next, up to the second. Where all segments together
//! outgrow half of the snapshot, the snapshot is made again; the latest segments stay beside it, so
//! that whoever is a little behind does not need it.

use serde::{Deserialize, Serialize};
use wire::{Manifest, PackRef, Segment};

/// Segments of one level that become one of the next.
const TOGETHER: usize = 16;
/// The highest level.
const HIGHEST: u8 = 2;
/// Smaller segments than this are never a reason for a new snapshot; bytes.
const SMALL: u64 = 64 * 1024;

/// How the parts of a manifest were made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Levels {
    /// Whether the snapshot was made in haste and should be packed better.
    pub(crate) hasty: bool,
    /// The level of each segment.
    pub(crate) segments: Vec<u8>,
}

/// A piece of tidying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// All records as they are.
    Snapshot,
    /// The segments from one sequence to another as one of this level.
    Merge {
        /// After this sequence.
        after: u64,
        /// Up to this one.
        to: u64,
        /// The level that it gets.
        level: u8,
    },
}

/// What is due, the cheapest first.
pub(crate) fn due(manifest: &Manifest, levels: &Levels) -> Option<Due> {
    (0..HIGHEST)
        .find_map(|level| merge(manifest, levels, level))
        .or_else(|| {
            let outgrown = bytes_of(&manifest.segments) > bytes(&manifest.snapshot) / 2;
            let worth = bytes_of(&manifest.segments) > SMALL;
            (levels.hasty || outgrown && worth).then_some(Due::Snapshot)
        })
}

fn merge(manifest: &Manifest, levels: &Levels, level: u8) -> Option<Due> {
    let mut run: Vec<&Segment> = Vec::new();
    for (segment, of) in manifest.segments.iter().zip(&levels.segments) {
        if *of != level {
            run.clear();
            continue;
        }
        run.push(segment);
        if let ([first, .., last], TOGETHER) = (run.as_slice(), run.len()) {
            return Some(Due::Merge {
                after: first.after,
                to: last.to,
                level: level + 1,
            });
        }
    }
    None
}

/// Bytes of packs.
pub(crate) fn bytes(packs: &[PackRef]) -> u64 {
    packs.iter().map(|pack| pack.size).sum()
}

/// Bytes of segments.
pub(crate) fn bytes_of(segments: &[Segment]) -> u64 {
    segments.iter().map(|segment| bytes(&segment.packs)).sum()
}
