//! Which parts of a copy differ from the hub's, and what to fetch for them.

use std::ops::RangeInclusive;

use wire::{Manifest, PackRef};

/// With more stretches than this, everything is fetched in one go.
const MOST_STRETCHES: usize = 16;

/// Stretches of buckets whose digests differ.
pub(crate) fn differing(ours: &[[u8; 8]], theirs: &[[u8; 8]]) -> Vec<RangeInclusive<u8>> {
    let mut stretches: Vec<RangeInclusive<u8>> = Vec::new();
    for bucket in 0..=u8::MAX {
        if ours.get(usize::from(bucket)) == theirs.get(usize::from(bucket)) {
            continue;
        }
        match stretches.last_mut() {
            Some(last) if last.end().checked_add(1) == Some(bucket) => {
                *last = *last.start()..=bucket;
            }
            _ => stretches.push(bucket..=bucket),
        }
    }
    if stretches.len() > MOST_STRETCHES {
        return vec![0..=u8::MAX];
    }
    stretches
}

/// How many buckets those are.
pub(crate) fn count(stretches: &[RangeInclusive<u8>]) -> usize {
    stretches.iter().map(RangeInclusive::len).sum()
}

/// All packs that have records of these buckets, the oldest first.
pub(crate) fn packs_of(manifest: &Manifest, buckets: &RangeInclusive<u8>) -> Vec<PackRef> {
    let later = manifest.segments.iter().flat_map(|segment| &segment.packs);
    let all = manifest.snapshot.iter().chain(later);
    all.filter(|pack| pack.from_bucket <= *buckets.end() && pack.to_bucket >= *buckets.start())
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_fetched_together_and_very_many_all_at_once() {
        let same = vec![[7; 8]; 256];
        let other = |buckets: &[usize]| {
            let mut other = same.clone();
            for bucket in buckets {
                other[*bucket] = [8; 8];
            }
            differing(&same, &other)
        };
        assert!(other(&[]).is_empty());
        assert_eq!(other(&[0, 1, 9, 255]), [0..=1, 9..=9, 255..=255]);
        assert_eq!(count(&other(&[0, 1, 9, 255])), 4);
        let scattered: Vec<usize> = (0..256).step_by(2).collect();
        assert_eq!(other(&scattered), [0..=255]);
        // A list that is too short differs wherever it is.
        assert_eq!(differing(&same, &same[..250]), [250..=255]);
    }
}
