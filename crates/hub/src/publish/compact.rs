//! Tidying: merged segments and new snapshots, read from the records as they are now.
//!
//! A merged segment leaves out what a later segment says again, and a snapshot may hold records that
//! are newer than it says: whoever takes all of one manifest ends up with the same records.

use wire::pack::{SEGMENT_LEVEL, SNAPSHOT_LEVEL};
use wire::{PackRef, Packed};

use super::plan::Due;
use super::{ALL, blocking};
use crate::log::{Log, LogError, NewPack, Versions};

/// Records read at a time, about, while a snapshot is made.
const AT_A_TIME: u64 = 20_000;

/// Packs that take the place of others.
#[derive(Debug, Clone)]
pub(crate) struct Compacted {
    /// What was due.
    pub(crate) due: Due,
    /// The earliest moment at which any of it was read.
    pub(crate) read_at: u64,
    /// The packs, in order.
    pub(crate) packs: Vec<PackRef>,
    /// Their bytes.
    pub(crate) bytes: Vec<NewPack>,
}

/// Does a piece of tidying.
pub(crate) async fn compact(log: &dyn Log, due: Due) -> Result<Compacted, LogError> {
    let mut done = Compacted {
        due,
        read_at: u64::MAX,
        packs: Vec::new(),
        bytes: Vec::new(),
    };
    match due {
        Due::Merge { after, to, .. } => {
            let versions = Versions {
                after,
                to,
                tombstones: true,
            };
            let at = log.lines(ALL, versions).await?;
            done.read_at = at.sequence;
            done.take(blocking(move || packed(&at.lines, SEGMENT_LEVEL)).await?);
        }
        Due::Snapshot => {
            let versions = Versions {
                after: 0,
                to: u64::MAX,
                tombstones: false,
            };
            let counts = log.lines(0..=0, versions).await?.counts;
            let parts = counts
                .values()
                .sum::<u64>()
                .div_ceil(AT_A_TIME)
                .clamp(1, 128);
            for buckets in split(parts) {
                let at = log.lines(buckets, versions).await?;
                done.read_at = done.read_at.min(at.sequence);
                done.take(blocking(move || packed(&at.lines, SNAPSHOT_LEVEL)).await?);
                failpoints::reach("compact:snapshot");
            }
        }
    }
    Ok(done)
}

impl Compacted {
    fn take(&mut self, packed: Vec<Packed>) {
        let (packs, bytes) = named(packed);
        self.packs.extend(packs);
        self.bytes.extend(bytes);
    }
}

/// The buckets in so many parts.
fn split(parts: u64) -> impl Iterator<Item = std::ops::RangeInclusive<u8>> {
    let edge = move |part: u64| part * 256 / parts;
    let bucket = |number: u64| u8::try_from(number).unwrap_or(u8::MAX);
    (0..parts).map(move |part| bucket(edge(part))..=bucket(edge(part + 1) - 1))
}

/// Lines as packs.
pub(crate) fn packed(lines: &[wire::Line], level: i32) -> Result<Vec<Packed>, LogError> {
    wire::pack::write(lines, level).map_err(|error| LogError::Other(error.to_string()))
}

/// Packs as a manifest names them, and as they are kept.
pub(crate) fn named(packed: Vec<Packed>) -> (Vec<PackRef>, Vec<NewPack>) {
    let one = |pack: Packed| {
        let named = PackRef {
            hash: pack.hash,
            size: u64::try_from(pack.bytes.len()).unwrap_or(u64::MAX),
            from_bucket: pack.from_bucket,
            to_bucket: pack.to_bucket,
        };
        let kept = NewPack {
            hash: pack.hash,
            bytes: pack.bytes,
        };
        (named, kept)
    };
    packed.into_iter().map(one).unzip()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_parts_have_every_bucket_once() {
        for parts in [1, 2, 3, 7, 128] {
            let all: Vec<u8> = super::split(parts).flatten().collect();
            assert_eq!(all, (0..=255).collect::<Vec<u8>>());
        }
    }
}
