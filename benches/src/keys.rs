//! What is typed: every key as one search, in classes that are counted apart.

use std::collections::BTreeSet;

use directory::SearchRequest;
use serde::{Deserialize, Serialize};

/// What sort of key it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Class {
    /// One letter, or two with which some word begins.
    Single,
    /// Each key of one to three words.
    Short,
    /// A whole sentence in plain words, some of them misspelt.
    Sentence,
    /// Each key of such a sentence.
    SentenceKeys,
    /// Short ones and sentences under a need, a borough and a tier.
    Filtered,
    /// The same, with a postcode to be near to.
    Near,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Single,
        Self::Short,
        Self::Sentence,
        Self::SentenceKeys,
        Self::Filtered,
        Self::Near,
    ];

    /// As people read it.
    #[must_use]
    pub fn said(self) -> &'static str {
        match self {
            Self::Single => "single keys, two letters",
            Self::Short => "each key of short queries",
            Self::Sentence => "whole sentences",
            Self::SentenceKeys => "each key of sentences",
            Self::Filtered => "short and sentences, filtered",
            Self::Near => "short and sentences, near",
        }
    }

    /// The most milliseconds that 99 in 100 may take, for up to 16,000, 200,000 and a million
    /// services.
    #[must_use]
    pub fn target_ms(self, services: usize) -> f64 {
        let [small, middle, large] = match self {
            Self::Single | Self::Short => [1.0, 5.0, 20.0],
            Self::Sentence | Self::SentenceKeys | Self::Filtered | Self::Near => [3.0, 15.0, 60.0],
        };
        match services {
            0..=16_000 => small,
            16_001..=200_000 => middle,
            _ => large,
        }
    }
}

/// One search.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Key {
    /// Its class.
    pub class: Class,
    /// What is asked.
    pub request: SearchRequest,
}

/// One to three words, as people begin.
const SHORT: &[&str] = &[
    "lonely",
    "debt advice",
    "walking group salford",
    "carers",
    "age uk",
    "food bank",
    "housing",
    "bereavement",
    "dementia cafe",
    "men's shed",
    "veteran",
    "anxiety",
    "lunch club bolton",
    "benefits",
    "stop smoking",
    "counselling",
    "autism",
    "english classes",
    "volunteering",
    "citizens advice",
    "warm hub M6",
    "swimming",
    "young carers oldham",
    "refugee",
    "stroke",
    "knit and natter",
    "choir",
    "yoga wigan",
    "domestic abuse",
    "homeless",
];

/// What people say in a surgery.
const SENTENCES: &[&str] = &[
    "my husband died and I don't know what to do with myself",
    "she is housebound and wants some company",
    "can't pay the gas bill and the bailiffs are coming",
    "somebody to take my mum shopping in salford",
    "I want to lose wieght but hate the gym",
    "drinking too much since I lost my job",
    "young mum with no freinds in bolton",
    "looking after my wife who has dementia and I am exhausted",
    "he has been in the army and has nightmares",
    "scared of my partner and need somewhere safe",
    "nothing to do all day since I retired",
    "help filling in the pip form",
    "my landlord wants me out and I have nowhere to go",
    "just come to england and can't speak english yet",
    "beravement counseling near wigan",
    "feeling low and anxious and can't sleep",
    "something for dad to do in the daytime so that I can go to work",
    "wants to get fit again after a heart atack",
    "no food in the house till payday",
    "how do I get on line and use my new phone",
    "lift to hospital for an appointment in oldham",
    "she can't hear very well and feels left out",
    "autistic teenager who never leaves his room",
    "gardening or something outdoors for my deppression",
    "support for people with diabetis in tameside",
    "gay and lonely and new in manchester",
];

/// All keys. `words` are those of which somebody may type the first letters.
#[must_use]
pub fn all(words: &[String]) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut add = |class, requests: Vec<SearchRequest>| {
        keys.extend(requests.into_iter().map(|request| Key { class, request }));
    };
    add(
        Class::Single,
        beginnings(words).iter().map(|text| asked(text)).collect(),
    );
    add(
        Class::Short,
        SHORT
            .iter()
            .flat_map(|text| typed(text))
            .map(asked)
            .collect(),
    );
    add(
        Class::Sentence,
        SENTENCES.iter().map(|text| asked(text)).collect(),
    );
    add(
        Class::SentenceKeys,
        SENTENCES
            .iter()
            .flat_map(|text| typed(text))
            .map(asked)
            .collect(),
    );
    let both: Vec<&str> = SHORT.iter().chain(SENTENCES).copied().chain([""]).collect();
    add(
        Class::Filtered,
        both.iter().map(|text| filtered(asked(text))).collect(),
    );
    let near = |text: &&str| SearchRequest {
        near: Some("M6 5PW".to_owned()),
        ..asked(text)
    };
    add(Class::Near, both.iter().map(near).collect());
    keys
}

fn asked(text: &str) -> SearchRequest {
    SearchRequest {
        text: text.to_owned(),
        limit: 10,
        ..SearchRequest::default()
    }
}

fn filtered(request: SearchRequest) -> SearchRequest {
    let one = |code: &str| vec![code.to_owned()];
    SearchRequest {
        needs: one("social-isolation"),
        boroughs: one("E08000006"),
        tiers: one("universal"),
        ..request
    }
}

/// A text after each key.
fn typed(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.char_indices()
        .filter_map(move |(at, letter)| text.get(..at + letter.len_utf8()))
}

/// The letters, and pairs of letters with which some word begins.
fn beginnings(words: &[String]) -> Vec<String> {
    let of = |letters: usize| {
        words.iter().filter_map(move |word| {
            let start = word.get(..letters)?;
            start
                .bytes()
                .all(|b| b.is_ascii_lowercase())
                .then(|| start.to_owned())
        })
    };
    of(1)
        .chain(of(2))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}
