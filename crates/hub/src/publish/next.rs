//! The next publication: a new segment, what was tidied meanwhile, roots, manifest, head.

use std::collections::BTreeSet;

use wire::pack::{SEGMENT_LEVEL, SNAPSHOT_LEVEL};
use wire::{Hash, LATEST_ROOTS, Manifest, Segment, root};

use super::compact::{Compacted, named, packed};
use super::head::{Stands, signed};
use super::plan::{Due, Levels, bytes, bytes_of};
use crate::log::{About, LinesAt, LogError, NewPack, Publication};

/// Up to so many records a first snapshot is packed well at once.
const FEW: usize = 2_000;
/// More changes than this are packed in haste: they are merged soon.
const MANY: usize = 500;
/// The level for them.
const HASTY_LEVEL: i32 = 3;

/// A publication in the making.
pub(super) struct Next {
    about: About,
    number: u64,
    now: u64,
    at: LinesAt,
    root: Hash,
    manifest: Manifest,
    levels: Levels,
    packs: Vec<NewPack>,
}

/// A publication with the packs that are new in it.
pub(super) struct Built {
    pub(super) publication: Publication,
    pub(super) packs: Vec<NewPack>,
}

impl Next {
    /// The first one of an epoch: everything is its snapshot.
    pub(super) fn first(about: About, (number, now): (u64, u64), at: LinesAt) -> Self {
        let manifest = Manifest {
            epoch: about.epoch,
            sequence: at.sequence,
            snapshot_sequence: at.sequence,
            snapshot: Vec::new(),
            segments: Vec::new(),
            roots: Vec::new(),
            digests: String::new(),
            counts: at.counts.clone(),
        };
        let levels = Levels {
            hasty: at.lines.len() > FEW,
            segments: Vec::new(),
        };
        Self {
            root: root::first(about.hub, about.epoch),
            about,
            number,
            now,
            at,
            manifest,
            levels,
            packs: Vec::new(),
        }
    }

    /// The one after another.
    pub(super) fn after(
        about: About,
        (number, now): (u64, u64),
        at: LinesAt,
        latest: &Publication,
    ) -> Result<Self, LogError> {
        Ok(Self {
            about,
            number,
            now,
            at,
            root: latest.root,
            manifest: latest.read_manifest()?,
            levels: latest.levels.clone(),
            packs: Vec::new(),
        })
    }

    /// With what was tidied since.
    pub(super) fn adopting(mut self, compacted: Vec<Compacted>) -> Self {
        for one in compacted {
            let adopted = match one.due {
                Due::Snapshot => self.adopt_snapshot(&one),
                Due::Merge { after, to, level } => self.adopt_merged(&one, (after, to), level),
            };
            if adopted {
                failpoints::reach("compact:adopted");
                self.packs.extend(one.bytes);
            }
        }
        self
    }

    /// Takes a merged segment, if those that it is made of still stand.
    fn adopt_merged(&mut self, merged: &Compacted, (after, to): (u64, u64), level: u8) -> bool {
        let segments = &mut self.manifest.segments;
        let first = segments.iter().position(|segment| segment.after == after);
        let last = segments.iter().position(|segment| segment.to == to);
        let (Some(first), Some(last)) = (first, last) else {
            return false;
        };
        if first > last || self.levels.segments.len() != segments.len() {
            return false;
        }
        let packs = merged.packs.clone();
        segments.splice(first..=last, [Segment { after, to, packs }]);
        self.levels.segments.splice(first..=last, [level]);
        true
    }

    /// Takes a new snapshot. The latest segments stay: up to a quarter of its size.
    fn adopt_snapshot(&mut self, snapshot: &Compacted) -> bool {
        let keep = bytes(&snapshot.packs) / 4;
        let segments = &mut self.manifest.segments;
        if self.levels.segments.len() != segments.len() {
            return false;
        }
        let mut from = segments.len();
        let mut kept = 0;
        while let Some(before) = from.checked_sub(1).and_then(|at| segments.get(at)) {
            kept += bytes_of(std::slice::from_ref(before));
            // What came after the snapshot was begun has to stay.
            if kept > keep && before.to <= snapshot.read_at {
                break;
            }
            from -= 1;
        }
        let sequence = segments
            .get(from)
            .map_or(self.manifest.sequence, |first| first.after);
        segments.drain(..from);
        self.levels.segments.drain(..from);
        self.levels.hasty = false;
        self.manifest.snapshot_sequence = sequence;
        self.manifest.snapshot.clone_from(&snapshot.packs);
        true
    }

    /// The publication.
    pub(super) fn built(mut self) -> Result<Built, LogError> {
        if self.manifest.roots.is_empty() {
            self.snapshot()?;
        } else if self.at.sequence > self.manifest.sequence {
            self.segment()?;
        }
        self.manifest.digests = self.at.digests.to_hex();
        self.manifest.counts.clone_from(&self.at.counts);
        let told = |error: &dyn std::fmt::Display| LogError::Other(error.to_string());
        self.manifest.check().map_err(|error| told(&error))?;
        let text = serde_json::to_string(&self.manifest).map_err(|error| told(&error))?;
        let stands = Stands {
            epoch: self.about.epoch,
            sequence: self.manifest.sequence,
            root: self.root,
            manifest: Hash::of(text.as_bytes()),
        };
        let publication = Publication {
            number: self.number,
            epoch: stands.epoch,
            sequence: stands.sequence,
            root: stands.root,
            levels: self.levels,
            manifest: stands.manifest,
            manifest_text: text,
            head: signed(&self.about, &stands, self.now)?,
            made_at: self.now,
        };
        Ok(Built {
            publication,
            packs: self.packs,
        })
    }

    fn snapshot(&mut self) -> Result<(), LogError> {
        let level = if self.levels.hasty {
            SEGMENT_LEVEL
        } else {
            SNAPSHOT_LEVEL
        };
        let (packs, bytes) = named(packed(&self.at.lines, level)?);
        self.packs.extend(bytes);
        self.manifest.snapshot = packs;
        let hashes: Vec<Hash> = self
            .manifest
            .snapshot
            .iter()
            .map(|pack| pack.hash)
            .collect();
        self.rooted(&hashes);
        Ok(())
    }

    fn segment(&mut self) -> Result<(), LogError> {
        let level = if self.at.lines.len() > MANY {
            HASTY_LEVEL
        } else {
            SEGMENT_LEVEL
        };
        let (packs, bytes) = named(packed(&self.at.lines, level)?);
        self.packs.extend(bytes);
        let hashes: Vec<Hash> = packs.iter().map(|pack| pack.hash).collect();
        self.manifest.segments.push(Segment {
            after: self.manifest.sequence,
            to: self.at.sequence,
            packs,
        });
        self.levels.segments.push(0);
        self.manifest.sequence = self.at.sequence;
        self.rooted(&hashes);
        Ok(())
    }

    /// A new root on top of the others; those of former publications are told as long as they are
    /// among the latest, or a segment ends there.
    fn rooted(&mut self, packs: &[Hash]) {
        self.root = root::next(self.root, packs);
        let edges = self
            .manifest
            .segments
            .iter()
            .flat_map(|one| [one.after, one.to]);
        let edges: BTreeSet<u64> = edges.collect();
        let roots = &mut self.manifest.roots;
        roots.push((self.manifest.sequence, self.root));
        let latest = roots.len().saturating_sub(LATEST_ROOTS);
        let mut at = 0;
        roots.retain(|(sequence, _)| {
            at += 1;
            at > latest || edges.contains(sequence)
        });
    }
}
