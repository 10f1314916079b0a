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

    /// The words among these, which must be sorted, that may have been meant, with their distances.
    /// What two neighbours share is judged once.
    pub(crate) fn among<'a, T>(
        &self,
        sorted: impl Iterator<Item = (&'a str, T)>,
    ) -> Vec<(&'a str, u8, T)> {
        let mut found = Vec::new();
        let mut before = "";
        // The automaton's state after each byte of the word before, up to where it gave up.
        let mut states = vec![self.0.initial_state()];
        for (word, extra) in sorted {
            let shared = word
                .bytes()
                .zip(before.bytes())
                .take_while(|(a, b)| a == b)
                .count();
            before = word;
            // Given up within what is shared: this word is as hopeless.
            if states.len() <= shared && states.last() == Some(&SINK_STATE) {
                continue;
            }
            states.truncate(shared + 1);
            if let Some(distance) = self.follow(word, &mut states) {
                found.push((word, distance, extra));
            }
        }
        found
    }

    /// Goes on from the states reached so far; the distance if the word is near enough.
    fn follow(&self, word: &str, states: &mut Vec<u32>) -> Option<u8> {
        let mut state = states.last().copied()?;
        for byte in word.bytes().skip(states.len() - 1) {
            if state == SINK_STATE {
                return None;
            }
            state = self.0.transition(state, byte);
            states.push(state);
        }
        match self.0.distance(state) {
            Distance::Exact(distance) if state != SINK_STATE => Some(distance),
            Distance::Exact(_) | Distance::AtLeast(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(typed: &str, word: &str) -> Option<u8> {
        let typo = Typo::of(typed)?;
        typo.among(std::iter::once((word, ())))
            .first()
            .map(|(_, distance, ())| *distance)
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
        let words = ["befog", "befriending", "befriends", "begin"];
        let found = typo.among(words.into_iter().map(|word| (word, ())));
        assert_eq!(found, [("befriending", 1, ()), ("befriends", 1, ())]);
    }

    #[test]
    fn walking_sorted_words_together_is_judging_each_alone() {
        let words = [
            "", "a", "car", "care", "carer", "carers", "caring", "cat", "scar", "scarer", "zz",
        ];
        for typed in ["carer", "scare", "crae", "catering"] {
            let typo = Typo::of(typed).unwrap();
            let together = typo.among(words.into_iter().map(|word| (word, ())));
            let alone: Vec<_> = words
                .into_iter()
                .flat_map(|word| typo.among(std::iter::once((word, ()))))
                .collect();
            assert_eq!(together, alone, "{typed}");
        }
    }
}
