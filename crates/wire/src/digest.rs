//! Digests: what tells two copies apart without reading either.

use domain::RecordId;
use sha2::Digest as _;

use crate::{BUCKETS, bucket_of, hex};

/// The digest of a record that is there: the first 8 bytes of the SHA-256 of its kind, a zero byte,
/// its identifier, its version (8 bytes, the highest first) and its body as it travelled.
#[must_use]
pub fn of(kind: &str, id: &RecordId, version: u64, body: &str) -> [u8; 8] {
    let mut hash = sha2::Sha256::new();
    hash.update(kind.as_bytes());
    hash.update([0]);
    hash.update(id.as_bytes());
    hash.update(version.to_be_bytes());
    hash.update(body.as_bytes());
    let hash: [u8; 32] = hash.finalize().into();
    let mut digest = [0; 8];
    for (to, from) in digest.iter_mut().zip(hash) {
        *to = from;
    }
    digest
}

/// The digests of all records that are there, put together in 256 buckets: exclusive or, so that
/// records come and go one by one, in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digests(Vec<[u8; 8]>);

impl Default for Digests {
    fn default() -> Self {
        Self(vec![[0; 8]; BUCKETS])
    }
}

/// Not the digests of 256 buckets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "digests are 4,096 hexadecimal digits in lower case; these are something else, of length {0}"
)]
pub struct BadDigests(usize);

impl Digests {
    /// A record comes.
    pub fn add(&mut self, id: &RecordId, digest: [u8; 8]) {
        if let Some(bucket) = self.0.get_mut(usize::from(bucket_of(id))) {
            for (to, from) in bucket.iter_mut().zip(digest) {
                *to ^= from;
            }
        }
    }

    /// A record goes, with the digest that it came with.
    pub fn remove(&mut self, id: &RecordId, digest: [u8; 8]) {
        self.add(id, digest);
    }

    /// One for each bucket.
    #[must_use]
    pub fn buckets(&self) -> &[[u8; 8]] {
        &self.0
    }

    /// As 4,096 hexadecimal digits.
    #[must_use]
    pub fn to_hex(&self) -> String {
        self.0.iter().map(|bucket| hex::written(bucket)).collect()
    }

    /// From 4,096 hexadecimal digits.
    ///
    /// # Errors
    /// [`BadDigests`] when it is something else.
    pub fn from_hex(text: &str) -> Result<Self, BadDigests> {
        let bad = || BadDigests(text.len());
        let bytes: [u8; BUCKETS * 8] = hex::read(text).ok_or_else(bad)?;
        let (buckets, _) = bytes.as_chunks::<8>();
        Ok(Self(buckets.to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_digest_is_a_promise_to_every_copy() {
        let id: RecordId = "6f1c0c1e-9a52-5d1c-8a48-1de8cf1f0f3a".parse().unwrap();
        let digest = of("service", &id, 7, r#"{"name":"A"}"#);
        assert_eq!(hex::written(&digest), "14dcfbdd2509b1e3");
        assert_ne!(digest, of("service", &id, 8, r#"{"name":"A"}"#));
    }

    proptest! {
        #[test]
        fn records_come_and_go_in_any_order(ids in prop::collection::vec(any::<[u8; 16]>(), 0..20)) {
            let each = |id: &[u8; 16]| {
                let id = RecordId::from_bytes(*id);
                (id, of("service", &id, 1, "{}"))
            };
            let (mut one, mut other) = (Digests::default(), Digests::default());
            for (id, digest) in ids.iter().map(each) {
                one.add(&id, digest);
            }
            for (id, digest) in ids.iter().rev().map(each) {
                other.add(&id, digest);
            }
            prop_assert_eq!(&one, &other);
            prop_assert_eq!(Digests::from_hex(&one.to_hex()), Ok(one.clone()));
            for (id, digest) in ids.iter().map(each) {
                one.remove(&id, digest);
            }
            prop_assert_eq!(one, Digests::default());
        }
    }
}
