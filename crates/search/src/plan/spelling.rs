//! Reads one word: as it is where anybody has it, else the nearest word that somebody has.

use std::cmp::Reverse;

use super::Typed;
use crate::fuzzy::Typo;
use crate::sound::sound;
use crate::state::State;
use crate::text::{is_little, stem};
use crate::vocabulary::Vocabulary;

/// How many words a misspelt one may stand for.
const MOST_OTHERS: usize = 3;

pub(super) fn read(
    (at, said): (usize, String),
    open: bool,
    state: &State,
    vocabulary: &Vocabulary,
) -> Typed {
    if is_known(&said, open, state, vocabulary) {
        return Typed {
            at,
            word: Some(said.clone()),
            said,
            others: Vec::new(),
            open,
        };
    }
    let mut found = corrections(&said, open, state, vocabulary).into_iter();
    let word = found.next();
    Typed {
        at,
        word,
        others: found.take(MOST_OTHERS).collect(),
        said,
        open,
    }
}

fn is_known(word: &str, open: bool, state: &State, vocabulary: &Vocabulary) -> bool {
    let whole = is_little(word)
        || state.has_word(word, &stem(word))
        || vocabulary.thesaurus.knows(word)
        || vocabulary.places.has_word(word)
        || vocabulary.places.at(&[word.to_owned()]).is_some();
    let begun = || {
        !state.shelf.lexicon.beginning(word).is_empty()
            || state.fresh.beginning(word).next().is_some()
            || !vocabulary.thesaurus.beginning(word, 1).is_empty()
    };
    whole || open && begun()
}

/// A word that may have been meant.
struct Candidate {
    word: String,
    distance: u8,
    common: u32,
}

/// The nearest known words, best first: fewer edits, the same first letter, more common. Where no
/// word is near by its letters, one that sounds alike.
fn corrections(said: &str, open: bool, state: &State, vocabulary: &Vocabulary) -> Vec<String> {
    let Some(typo) = Typo::of(said) else {
        return Vec::new();
    };
    let mut found = near(&typo, state, vocabulary);
    if found.is_empty() {
        found = sounding(said, state, vocabulary);
    }
    if found.is_empty() && open {
        found = Typo::beginning(said)
            .map(|typo| near(&typo, state, vocabulary))
            .unwrap_or_default();
    }
    let other_start = |word: &str| word.chars().next() != said.chars().next();
    found.sort_by(|a, b| {
        let key = |c: &Candidate| (c.distance, other_start(&c.word), Reverse(c.common));
        key(a).cmp(&key(b)).then_with(|| a.word.cmp(&b.word))
    });
    found.dedup_by(|a, b| a.word == b.word);
    let nearest = found
        .first()
        .map(|best| (best.distance, other_start(&best.word)));
    found.retain(|c| Some((c.distance, other_start(&c.word))) == nearest);
    found.into_iter().map(|candidate| candidate.word).collect()
}

fn sounding(said: &str, state: &State, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let heard = sound(said);
    let lexicons = [&state.shelf.lexicon, &vocabulary.said];
    let alike = lexicons
        .into_iter()
        .flat_map(|lexicon| lexicon.sounding(&heard));
    alike
        .map(|(word, common)| Candidate {
            word: word.to_owned(),
            distance: 0,
            common,
        })
        .collect()
}

fn near(typo: &Typo, state: &State, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let lexicons = [&state.shelf.lexicon, &vocabulary.said];
    let near = lexicons.into_iter().flat_map(|lexicon| lexicon.near(typo));
    let fresh = typo.among(state.fresh.forms().map(|form| (form, 1)));
    near.chain(fresh)
        .filter(|(word, ..)| !is_little(word))
        .map(|(word, distance, common)| Candidate {
            word: word.to_owned(),
            distance,
            common,
        })
        .collect()
}
