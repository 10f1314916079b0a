//! Slips of the keyboard: one edit for words of 4 to 7 letters, two beyond; a swap of neighbours is
//! one edit, and the first letter may be wrong too. Shorter words are taken as they are.

use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};

static ONE: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
static TWO: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));

/// Judges how far words lie from one that was typed.
pub(crate) struct Typo(DFA);

impl Typo {
    fn builder(word: &str) -> Option<&'static LevenshteinAutomatonBuilder> {
        match word.chars().count() {
            0..=3 => None,
            4..=7 => Some(&ONE),
            _ => Some(&TWO),
        }
    }

    /// Words that may have been meant by this one.
    pub(crate) fn of(word: &str) -> Option<Self> {
        Self::builder(word).map(|builder| Self(builder.build_dfa(word)))
    }

    /// Words of whose beginning this may be meant: for a word that is still being typed.
    pub(crate) fn beginning(word: &str) -> Option<Self> {
        Self::builder(word).map(|builder| Self(builder.build_prefix_dfa(word)))
    }

    /// The distance of a word; or, where it is too far, after how many bytes that was certain.
    pub(crate) fn judge(&self, word: &str) -> Result<u8, Option<usize>> {
        let mut state = self.0.initial_state();
        for (n, byte) in word.bytes().enumerate() {
            state = self.0.transition(state, byte);
            if state == SINK_STATE {
                // Only a cut between two letters can serve as a beginning of words.
                let cut = (n + 1..=word.len()).find(|cut| word.is_char_boundary(*cut));
                return Err(cut);
            }
        }
        match self.0.distance(state) {
            Distance::Exact(distance) => Ok(distance),
            Distance::AtLeast(_) => Err(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(typed: &str, word: &str) -> Option<u8> {
        Typo::of(typed).and_then(|typo| typo.judge(word).ok())
    }

    #[test]
    fn edits_allowed_grow_with_the_word() {
        assert!(Typo::of("gym").is_none());
        assert_eq!(distance("stoke", "stroke"), Some(1));
        assert_eq!(distance("lonley", "lonely"), Some(1));
        assert_eq!(distance("lonly", "lovely"), None);
        assert_eq!(distance("bereavment", "bereavement"), Some(1));
        assert_eq!(distance("berevement", "bereavement"), Some(1));
        assert_eq!(distance("counciling", "counselling"), None);
        assert_eq!(distance("vouncelling", "counselling"), Some(2));
    }

    #[test]
    fn a_word_being_typed_is_judged_by_its_beginning() {
        let typo = Typo::beginning("befrei").unwrap();
        assert_eq!(typo.judge("befriending"), Ok(1));
    }
}
