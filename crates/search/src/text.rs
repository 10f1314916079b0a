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

/// Reduces words to their stems (English Snowball), remembering what it has seen under a number.
pub(crate) struct Stems {
    stemmer: Stemmer,
    numbers: HashMap<String, u32>,
    stems: Vec<Box<str>>,
}

impl Stems {
    pub(crate) fn new() -> Self {
        Self {
            stemmer: Stemmer::new(Algorithm::English),
            numbers: HashMap::new(),
            stems: Vec::new(),
        }
    }

    /// The number of a word that went through [`words`].
    pub(crate) fn number(&mut self, word: &str) -> u32 {
        if let Some(known) = self.numbers.get(word) {
            return *known;
        }
        let number = u32::try_from(self.stems.len()).unwrap_or(u32::MAX);
        self.stems.push(stem_with(&self.stemmer, word).into());
        self.numbers.insert(word.to_owned(), number);
        number
    }

    /// The stem of the word with this number.
    pub(crate) fn stem(&self, number: u32) -> &str {
        self.stems.get(number as usize).map_or("", |stem| stem)
    }

    /// All words seen, with their numbers, in no order.
    pub(crate) fn seen(&self) -> impl Iterator<Item = (&str, u32)> {
        self.numbers
            .iter()
            .map(|(word, number)| (word.as_str(), *number))
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
        let (walking, walks) = (stems.number("walking"), stems.number("walks"));
        assert_ne!(walking, walks);
        assert_eq!(stems.stem(walking), stems.stem(walks));
        assert_eq!(stem("walked"), stems.stem(walking));
    }
}
