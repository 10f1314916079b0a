//! Digests: what tells two copies apart without reading either.

use domain::RecordId;
use sha2::{Digest as _, Sha256};

/// How many buckets there are, by the first byte of an identifier.
pub(crate) const BUCKETS: usize = 256;

/// The digest of a published record: the first 8 bytes of the SHA-256 of its kind, a zero byte, its
/// identifier, its version (8 bytes, the highest first) and its body. A promise to every hub.
pub(crate) fn of(kind: &str, id: &RecordId, version: u64, body: &str) -> [u8; 8] {
    let mut hash = Sha256::new();
    hash.update(kind.as_bytes());
    hash.update([0]);
    hash.update(id.as_bytes());
    hash.update(version.to_be_bytes());
    hash.update(body.as_bytes());
    let hash: [u8; 32] = hash.finalize().into();
    let mut digest = [0; 8];
    digest
        .iter_mut()
        .zip(hash)
        .for_each(|(to, from)| *to = from);
    digest
}

/// The digests of each bucket, put together.
pub(crate) struct Sums(Vec<[u8; 8]>);

impl Sums {
    /// Of no record.
    pub(crate) fn none() -> Self {
        Self(vec![[0; 8]; BUCKETS])
    }

    /// Adds a record's digest.
    pub(crate) fn add(&mut self, id: &RecordId, digest: [u8; 8]) {
        let [first, ..] = *id.as_bytes();
        if let Some(sum) = self.0.get_mut(usize::from(first)) {
            sum.iter_mut()
                .zip(digest)
                .for_each(|(to, from)| *to ^= from);
        }
    }

    /// One for each bucket.
    pub(crate) fn all(self) -> Vec<[u8; 8]> {
        self.0
    }
}
