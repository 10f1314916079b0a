//! The manifest: which packs make up the directory, and what a copy's digests should be.

use serde::{Deserialize, Serialize};

use crate::{Digests, Hash, LARGEST_PACK};

/// So many of the latest publications are told with their roots, without a gap.
pub const LATEST_ROOTS: usize = 32;

/// Bytes of a manifest at most.
pub const LARGEST_MANIFEST: usize = 8 * 1024 * 1024;
/// Kinds of records that a manifest counts at most.
const MOST_KINDS: usize = 64;

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
    /// sequences must have stood at that root. The last [`LATEST_ROOTS`] leave no publication out; before them
    /// are those where a segment ends.
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

/// What is wrong with a manifest.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// Something else, or larger than a manifest may be.
    #[error("it is not a list of packs: {0}")]
    Unreadable(String),
    /// It contradicts itself.
    #[error("it contradicts itself: {0}")]
    Contradiction(String),
}

/// What a reader has to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needed<'a> {
    /// True when it is everything, from the snapshot on: what is not in it is not there.
    pub whole: bool,
    /// The packs, in the order in which they are applied.
    pub packs: Vec<&'a PackRef>,
}

impl Manifest {
    /// Reads and checks a manifest.
    ///
    /// # Errors
    /// [`ManifestError`] when it is something else or contradicts itself.
    pub fn read(bytes: &[u8]) -> Result<Self, ManifestError> {
        if bytes.len() > LARGEST_MANIFEST {
            let why = format!(
                "{} bytes, where {LARGEST_MANIFEST} are the most",
                bytes.len()
            );
            return Err(ManifestError::Unreadable(why));
        }
        let manifest: Self = serde_json::from_slice(bytes)
            .map_err(|error| ManifestError::Unreadable(error.to_string()))?;
        manifest.check()?;
        Ok(manifest)
    }

    /// Makes sure that it goes up to its sequence without a gap, that its packs may be fetched, and
    /// that its digests are digests.
    ///
    /// # Errors
    /// [`ManifestError::Contradiction`] says what does not fit.
    pub fn check(&self) -> Result<(), ManifestError> {
        let wrong = |what: String| Err(ManifestError::Contradiction(what));
        check_packs("the snapshot", &self.snapshot)?;
        let mut at = self.snapshot_sequence;
        for segment in &self.segments {
            if segment.after != at || segment.to <= segment.after {
                return wrong(format!(
                    "a segment from {} to {} stands where one from {at} on should",
                    segment.after, segment.to
                ));
            }
            check_packs(&format!("the segment up to {}", segment.to), &segment.packs)?;
            at = segment.to;
        }
        if at != self.sequence {
            return wrong(format!(
                "its packs go up to {at}, and it to {}",
                self.sequence
            ));
        }
        let rising = self.roots.is_sorted_by(|(a, _), (b, _)| a < b);
        let beyond = self
            .roots
            .last()
            .is_some_and(|(last, _)| *last > self.sequence);
        if !rising || beyond {
            return wrong("its roots are not in order".to_owned());
        }
        if let Err(error) = Digests::from_hex(&self.digests) {
            return wrong(error.to_string());
        }
        if self.counts.len() > MOST_KINDS {
            return wrong(format!("it counts {} kinds of records", self.counts.len()));
        }
        Ok(())
    }

    /// What a reader at this sequence has to fetch; none: one who has nothing. A segment that starts
    /// before where the reader stands is applied all the same: it says how records are at its end.
    #[must_use]
    pub fn needed(&self, position: Option<u64>) -> Needed<'_> {
        let fits = |at: &u64| (self.snapshot_sequence..=self.sequence).contains(at);
        let later = |from: u64| {
            let missing = self
                .segments
                .iter()
                .filter(move |segment| segment.to > from);
            missing.flat_map(|segment| &segment.packs)
        };
        match position.filter(fits) {
            Some(at) => Needed {
                whole: false,
                packs: later(at).collect(),
            },
            None => Needed {
                whole: true,
                packs: self
                    .snapshot
                    .iter()
                    .chain(later(self.snapshot_sequence))
                    .collect(),
            },
        }
    }
}

fn check_packs(of: &str, packs: &[PackRef]) -> Result<(), ManifestError> {
    let largest = u64::try_from(LARGEST_PACK).unwrap_or(u64::MAX);
    let mut at = 0;
    for pack in packs {
        let why = if pack.size == 0 || pack.size > largest {
            format!("{} bytes are no size for a pack", pack.size)
        } else if pack.from_bucket < at || pack.to_bucket < pack.from_bucket {
            "it is not in the order of its records".to_owned()
        } else {
            at = pack.to_bucket;
            continue;
        };
        let what = format!("pack {} of {of}: {why}", pack.hash);
        return Err(ManifestError::Contradiction(what));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(name: &str, from_bucket: u8, to_bucket: u8) -> PackRef {
        PackRef {
            hash: Hash::of(name.as_bytes()),
            size: 9,
            from_bucket,
            to_bucket,
        }
    }

    fn segment(after: u64, to: u64) -> Segment {
        Segment {
            after,
            to,
            packs: vec![pack(&format!("{after}-{to}"), 0, 255)],
        }
    }

    fn manifest() -> Manifest {
        Manifest {
            epoch: 1,
            sequence: 30,
            snapshot_sequence: 10,
            snapshot: vec![pack("a", 0, 100), pack("b", 100, 255)],
            segments: vec![segment(10, 26), segment(26, 29), segment(29, 30)],
            roots: vec![(26, Hash::of(b"26")), (30, Hash::of(b"30"))],
            digests: Digests::default().to_hex(),
            counts: std::collections::BTreeMap::from([("service".to_owned(), 3)]),
        }
    }

    fn needed(position: Option<u64>) -> (bool, Vec<Hash>) {
        let manifest = manifest();
        let needed = manifest.needed(position);
        (
            needed.whole,
            needed.packs.iter().map(|pack| pack.hash).collect(),
        )
    }

    #[test]
    fn one_fetches_what_one_lacks() {
        let hashes = |names: &[&str]| {
            names
                .iter()
                .map(|name| Hash::of(name.as_bytes()))
                .collect::<Vec<_>>()
        };
        assert_eq!(needed(Some(30)), (false, hashes(&[])));
        assert_eq!(needed(Some(29)), (false, hashes(&["29-30"])));
        assert_eq!(
            needed(Some(20)),
            (false, hashes(&["10-26", "26-29", "29-30"]))
        );
        let all = hashes(&["a", "b", "10-26", "26-29", "29-30"]);
        for position in [None, Some(9), Some(31)] {
            assert_eq!(needed(position), (true, all.clone()));
        }
    }

    #[test]
    fn a_manifest_that_contradicts_itself_is_refused() {
        assert!(manifest().check().is_ok());
        let faults: [fn(&mut Manifest); 9] = [
            |m| m.sequence = 31,
            |m| m.snapshot_sequence = 9,
            |m| drop(m.segments.remove(1)),
            |m| m.segments.swap(0, 1),
            |m| m.snapshot[0].size = 1 << 21,
            |m| m.snapshot.swap(0, 1),
            |m| m.roots.reverse(),
            |m| m.roots.push((31, Hash::of(b"31"))),
            |m| m.digests.truncate(4095),
        ];
        for (number, fault) in faults.iter().enumerate() {
            let mut manifest = manifest();
            fault(&mut manifest);
            assert!(manifest.check().is_err(), "{number}");
        }
    }

    #[test]
    fn a_manifest_travels() {
        let bytes = serde_json::to_vec(&manifest()).unwrap();
        assert_eq!(Manifest::read(&bytes).unwrap(), manifest());
        for end in 0..bytes.len() {
            assert!(Manifest::read(&bytes[..end]).is_err());
        }
    }
}
