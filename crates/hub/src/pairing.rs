//! Codes by which a device joins: eight characters, ten minutes, one use, five tries.

use domain::RecordId;
use wire::{Code, Hash};

use crate::log::{LogError, Pairing};

/// A code is good for so many seconds.
pub(crate) const GOOD_FOR: u64 = 10 * 60;
/// Wrong codes that may be tried.
const TRIES: u64 = 5;

/// What became of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tried {
    /// It is right.
    Right,
    /// It is wrong.
    Wrong,
    /// Its time is over, or it was tried too often.
    Gone,
}

impl Pairing {
    /// A new one with its code.
    pub(crate) fn new(account: RecordId, now: u64) -> Result<(Self, Code), LogError> {
        let code = Code::of(random()?);
        let pairing = Self {
            finder: code.finder().to_owned(),
            proof: code.hash(),
            account,
            expires_at: now + GOOD_FOR,
            tries: 0,
        };
        Ok((pairing, code))
    }

    /// Tries a code of the same finder.
    pub(crate) fn tried(&self, code: &Code, now: u64) -> Tried {
        if now >= self.expires_at || self.tries >= TRIES {
            return Tried::Gone;
        }
        match same(&code.hash(), &self.proof) {
            true => Tried::Right,
            false => Tried::Wrong,
        }
    }
}

/// Bytes that nobody can guess.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], LogError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| LogError::Other(error.to_string()))?;
    Ok(bytes)
}

/// Whether two hashes are the same, in a time that does not depend on where they differ.
pub(crate) fn same(one: &Hash, other: &Hash) -> bool {
    let pairs = one.as_bytes().iter().zip(other.as_bytes());
    pairs.fold(0, |differs, (a, b)| std::hint::black_box(differs | (a ^ b))) == 0
}

/// A new identity (UUID version 4).
pub(crate) fn new_id() -> Result<RecordId, LogError> {
    let mut bytes: [u8; 16] = random()?;
    let [.., version, _, variant, _, _, _, _, _, _, _] = &mut bytes;
    *version = *version & 0x0f | 0x40;
    *variant = *variant & 0x3f | 0x80;
    Ok(RecordId::from_bytes(bytes))
}
