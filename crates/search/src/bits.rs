//! Sets of documents, one bit each.

/// A set of document numbers below `len`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// The empty set over `len` documents.
    pub(crate) fn none(len: usize) -> Self {
        Self {
            words: vec![0; len.div_ceil(64)],
            len,
        }
    }

    /// All `len` documents.
    pub(crate) fn all(len: usize) -> Self {
        let mut words = vec![u64::MAX; len.div_ceil(64)];
        if let (Some(last), spare @ 1..) = (words.last_mut(), len % 64) {
            *last = (1 << spare) - 1;
        }
        Self { words, len }
    }

    /// Makes room for documents up to `len`; new ones are not in the set.
    pub(crate) fn grow(&mut self, len: usize) {
        self.len = self.len.max(len);
        self.words.resize(self.len.div_ceil(64), 0);
    }

    /// Puts a document in; growing if it lies beyond.
    pub(crate) fn insert(&mut self, doc: u32) {
        let at = doc as usize;
        self.grow(at + 1);
        if let Some(word) = self.words.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    /// Takes a document out.
    pub(crate) fn remove(&mut self, doc: u32) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word &= !(1 << (doc % 64));
        }
    }

    /// True when it is in.
    pub(crate) fn contains(&self, doc: u32) -> bool {
        self.words
            .get(doc as usize / 64)
            .is_some_and(|word| word >> (doc % 64) & 1 == 1)
    }

    /// How many are in.
    pub(crate) fn count(&self) -> u64 {
        self.words
            .iter()
            .map(|word| u64::from(word.count_ones()))
            .sum()
    }

    /// How many are in both.
    pub(crate) fn count_and(&self, other: &Self) -> u64 {
        let both = self.words.iter().zip(&other.words);
        both.map(|(a, b)| u64::from((a & b).count_ones())).sum()
    }

    /// Keeps only what is also in the other; documents beyond the other's end go.
    pub(crate) fn and(&mut self, other: &Self) {
        let beyond = other.words.len().min(self.words.len());
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a &= b;
        }
        self.words
            .iter_mut()
            .skip(beyond)
            .for_each(|word| *word = 0);
    }

    /// Adds what is in the other.
    pub(crate) fn or(&mut self, other: &Self) {
        self.grow(other.len);
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a |= b;
        }
    }

    /// Takes out what is in the other.
    pub(crate) fn and_not(&mut self, other: &Self) {
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a &= !b;
        }
    }

    /// The documents in it, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0_u32..)
            .step_by(64)
            .zip(&self.words)
            .flat_map(|(base, &word)| Ones { word, base })
    }

    /// The documents whose value satisfies `is_in`.
    pub(crate) fn of<T>(values: &[T], is_in: impl Fn(&T) -> bool) -> Self {
        let word = |part: &[T]| {
            let bits = part.iter().zip(0_u32..);
            bits.fold(0, |word, (value, bit)| {
                word | u64::from(is_in(value)) << bit
            })
        };
        Self {
            words: values.chunks(64).map(word).collect(),
            len: values.len(),
        }
    }
}

struct Ones {
    word: u64,
    base: u32,
}

impl Iterator for Ones {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        (self.word != 0).then(|| {
            let doc = self.base + self.word.trailing_zeros();
            self.word &= self.word - 1;
            doc
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn behaves_as_a_set(a in prop::collection::btree_set(0_u32..300, 0..60), b in prop::collection::btree_set(0_u32..300, 0..60)) {
            let make = |set: &BTreeSet<u32>| { let mut bits = Bits::none(300); set.iter().for_each(|d| bits.insert(*d)); bits };
            let (x, y) = (make(&a), make(&b));
            let set = |bits: &Bits| bits.iter().collect::<BTreeSet<u32>>();
            prop_assert_eq!(x.count(), a.len() as u64);
            prop_assert_eq!(x.count_and(&y), a.intersection(&b).count() as u64);
            let mut and = x.clone(); and.and(&y);
            prop_assert_eq!(set(&and), a.intersection(&b).copied().collect());
            let mut or = x.clone(); or.or(&y);
            prop_assert_eq!(set(&or), a.union(&b).copied().collect());
            let mut not = x.clone(); not.and_not(&y);
            prop_assert_eq!(set(&not), a.difference(&b).copied().collect());
            let values: Vec<bool> = (0..300).map(|d| a.contains(&d)).collect();
            prop_assert_eq!(Bits::of(&values, |v| *v), x);
        }
    }

    #[test]
    fn all_has_no_bit_beyond_its_end() {
        for len in [0, 1, 63, 64, 65] {
            assert_eq!(Bits::all(len).count(), len as u64);
        }
    }
}
