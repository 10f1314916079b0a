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

pub(super) fn read(said: String, open: bool, state: &State, vocabulary: &Vocabulary) -> Typed {
    if is_known(&said, open, state, vocabulary) {
        return Typed {
            word: Some(said.clone()),
            said,
            others: Vec::new(),
            open,
        };
    }
    let mut found = corrections(&said, open, state, vocabulary).into_iter();
    let word = found.next();
    Typed {
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

/// Words outside the lexicon: of changed entries, of the thesaurus, of places.
fn others<'a>(state: &'a State, vocabulary: &'a Vocabulary) -> impl Iterator<Item = &'a str> {
    let said = vocabulary.thesaurus.words();
    state
        .fresh
        .forms()
        .chain(said)
        .chain(vocabulary.places.words())
}

fn sounding(said: &str, state: &State, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let heard = sound(said);
    let shelf = state.shelf.lexicon.sounding(&heard).into_iter();
    let alike = others(state, vocabulary).filter(|word| sound(word) == heard);
    let said_by_people = alike.map(|word| (word.to_owned(), SAID_BY_PEOPLE));
    shelf
        .chain(said_by_people)
        .map(|(word, common)| Candidate {
            word,
            distance: 0,
            common,
        })
        .collect()
}

/// What people say counts like a word in this many services: it is in the thesaurus because many
/// say it.
const SAID_BY_PEOPLE: u32 = 3;

fn near(typo: &Typo, state: &State, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let shelf = state.shelf.lexicon.near(typo).into_iter();
    let candidates = shelf.map(|(word, distance, common)| Candidate {
        word,
        distance,
        common,
    });
    let judged = others(state, vocabulary).filter_map(|word| {
        let distance = typo.judge(word).ok()?;
        Some(Candidate {
            word: word.to_owned(),
            distance,
            common: SAID_BY_PEOPLE,
        })
    });
    candidates
        .chain(judged)
        .filter(|candidate| !is_little(&candidate.word))
        .collect()
}
