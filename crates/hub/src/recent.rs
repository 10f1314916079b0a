//! Packs that were asked for a moment ago: after each publication all desks ask for the same one.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;
use wire::Hash;

/// Bytes of packs kept in memory at most.
const MOST: usize = 8 * 1024 * 1024;

/// Packs by their names, the latest first.
#[derive(Debug, Default)]
pub(crate) struct Recent(Mutex<VecDeque<(Hash, Bytes)>>);

impl Recent {
    /// A pack, if it is kept.
    pub(crate) fn pack(&self, hash: Hash) -> Option<Bytes> {
        let packs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = packs.iter().find(|(of, _)| *of == hash);
        found.map(|(_, bytes)| bytes.clone())
    }

    /// Keeps a pack, and lets go of those that are no longer among the latest.
    pub(crate) fn keep(&self, hash: Hash, bytes: &Bytes) {
        let mut packs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if packs.iter().any(|(of, _)| *of == hash) {
            return;
        }
        packs.push_front((hash, bytes.clone()));
        let mut sum = 0;
        packs.retain(|(_, bytes)| {
            sum += bytes.len();
            sum <= MOST
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_are_kept_as_far_as_there_is_room() {
        let recent = Recent::default();
        let pack = Bytes::from(vec![0; MOST / 2]);
        let names = [b"one", b"two", b"six"].map(|name| Hash::of(name));
        for name in names {
            recent.keep(name, &pack);
            recent.keep(name, &pack);
        }
        let kept = names.map(|name| recent.pack(name).is_some());
        assert_eq!(kept, [false, true, true]);
        assert_eq!(recent.pack(names[2]), Some(pack));
    }
}
