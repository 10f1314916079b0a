//! The root: names everything that was published up to a sequence, each publication on top of the
//! ones before.

use domain::RecordId;
use sha2::Digest as _;

use crate::Hash;

/// Before the first publication of a hub in an epoch.
#[must_use]
pub fn first(hub: RecordId, epoch: u64) -> Hash {
    let mut hash = sha2::Sha256::new();
    hash.update(b"signpost root");
    hash.update(hub.as_bytes());
    hash.update(epoch.to_be_bytes());
    Hash::from_bytes(hash.finalize().into())
}

/// After a publication of these packs: H(root before ‖ hashes of the packs).
#[must_use]
pub fn next(before: Hash, packs: &[Hash]) -> Hash {
    let mut hash = sha2::Sha256::new();
    hash.update(before.as_bytes());
    for pack in packs {
        hash.update(pack.as_bytes());
    }
    Hash::from_bytes(hash.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_story_has_another_root() {
        let packs = [Hash::of(b"1"), Hash::of(b"2")];
        let start = first(RecordId::named("hub"), 1);
        let [one, two] = packs;
        let root = next(next(start, &[one]), &[two]);
        assert_eq!(root, next(next(start, &[one]), &[two]));
        assert_ne!(root, next(next(start, &[two]), &[one]));
        assert_ne!(root, next(start, &packs));
        assert_ne!(start, first(RecordId::named("hub"), 2));
    }
}
