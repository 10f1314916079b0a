//! From text to words: the same way for documents, the thesaurus and what is typed.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer runs of letters are no word that somebody would type.
const LONGEST_WORD: usize = 40;

/// Words in lower case without accents or apostrophes: `can't` is `cant`, `Café` is `cafe`,
/// `step-down` is two.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.to_owned()));
    words
}

/// Calls `found` with each word of the text in turn.
pub(crate) fn each_word(text: &str, mut found: impl FnMut(&str)) {
    let mut word = String::new();
    let mut take = |c: char, word: &mut String| {
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’' | '‘' | 'ʼ') && !is_combining_mark(c) && !word.is_empty()
        {
            end(word, &mut found);
        }
    };
    if text.is_ascii() {
        text.chars().for_each(|c| take(c, &mut word));
    } else {
        text.nfkd().for_each(|c| take(c, &mut word));
    }
    take(' ', &mut word);
}

fn end(word: &mut String, found: &mut impl FnMut(&str)) {
    if word.len() <= LONGEST_WORD {
        // People write both; services' texts do too.
        found(if word == "cannot" { "cant" } else { word });
    }
    word.clear();
}

/// Reduces words to their stems (English Snowball), remembering what it has seen.
pub(crate) struct Stems {
    stemmer: Stemmer,
    seen: HashMap<String, String>,
}

impl Stems {
    pub(crate) fn new() -> Self {
        Self {
            stemmer: Stemmer::new(Algorithm::English),
            seen: HashMap::new(),
        }
    }

    /// The stem of a word that went through [`words`].
    pub(crate) fn of(&mut self, word: &str) -> &str {
        if !self.seen.contains_key(word) {
            self.seen
                .insert(word.to_owned(), stem_with(&self.stemmer, word));
        }
        self.seen.get(word).map_or("", String::as_str)
    }
}

fn stem_with(stemmer: &Stemmer, word: &str) -> String {
    let stem = stemmer.stem(word);
    if stem.is_empty() {
        word.to_owned()
    } else {
        stem.into()
    }
}

/// The stem of one word.
pub(crate) fn stem(word: &str) -> String {
    stem_with(&Stemmer::new(Algorithm::English), word)
}

/// Words that carry no meaning of their own in a search.
static LITTLE: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("little.txt").split_whitespace().collect());

/// True for words such as `the`, `my`, `wants`.
pub(crate) fn is_little(word: &str) -> bool {
    LITTLE.contains(word)
}

/// Words that half of all services use of themselves, and words that people say around what they
/// mean: they help to rank, but do not narrow.
static WEAK: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("weak.txt").split_whitespace().collect());

/// True for words such as `group`, `help`, `local`.
pub(crate) fn is_weak(word: &str) -> bool {
    WEAK.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_apostrophes_and_hyphens() {
        assert_eq!(
            words("I can’t step-down, Café’s 24/7"),
            ["i", "cant", "step", "down", "cafes", "24", "7"]
        );
        assert_eq!(words("cannot"), ["cant"]);
        assert!(words("  — …").is_empty());
        assert!(words(&"x".repeat(1000)).is_empty());
    }

    #[test]
    fn word_lists_are_apart() {
        assert!(!WEAK.iter().any(|word| is_little(word)));
    }

    #[test]
    fn stems_meet() {
        let mut stems = Stems::new();
        let walk = stems.of("walking").to_owned();
        assert_eq!(stems.of("walks"), walk);
        assert_eq!(stem("walked"), walk);
    }
}
