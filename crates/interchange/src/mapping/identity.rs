//! What was met before, remembered as hashes alone: memory stays small however long a table is.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Hashes of keys and contents. Two of a million meet by chance once in 37 million tables.
#[derive(Default)]
pub(super) struct Ledger {
    /// How many different contents came under a key.
    counts: HashMap<u64, u32>,
    /// Where a content came first under its key, and as which of them.
    met: HashMap<u64, Met>,
}

/// Something met before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Met {
    /// Which of the contents under its key, from 1.
    pub(super) ordinal: u32,
    /// The line where it stood.
    pub(super) line: u64,
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entered {
    /// Its key was not met before.
    First,
    /// Its key was met with another content.
    Another(Met),
    /// It was met just so.
    Same(Met),
}

impl Ledger {
    /// Enters a content under a key.
    pub(super) fn enter(&mut self, key: u64, content: u64, line: u64) -> Entered {
        let both = hash(&(key, content));
        if let Some(met) = self.met.get(&both) {
            return Entered::Same(*met);
        }
        let count = self.counts.entry(key).or_default();
        *count = count.saturating_add(1);
        let met = Met {
            ordinal: *count,
            line,
        };
        self.met.insert(both, met);
        match met.ordinal {
            1 => Entered::First,
            _ => Entered::Another(met),
        }
    }
}

/// The first content under a key has the key's own identifier, every other one a number more.
pub(super) fn numbered(key: &str, entered: Entered) -> String {
    match entered {
        Entered::Another(met) | Entered::Same(met) if met.ordinal > 1 => {
            format!("{key}|#{}", met.ordinal)
        }
        Entered::First | Entered::Another(_) | Entered::Same(_) => key.to_owned(),
    }
}

/// The same on every machine and day.
pub(super) fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_are_counted_under_their_key() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.enter(1, 10, 2), Entered::First);
        assert_eq!(
            ledger.enter(1, 11, 3),
            Entered::Another(Met {
                ordinal: 2,
                line: 3
            })
        );
        assert_eq!(
            ledger.enter(1, 10, 4),
            Entered::Same(Met {
                ordinal: 1,
                line: 2
            })
        );
        assert_eq!(ledger.enter(2, 10, 5), Entered::First);
    }
}
