//! From what was typed to what is looked for: concepts, each with the ways in which a text may
//! express it.

mod concepts;
mod places;
mod spelling;

use std::collections::BTreeSet;

use domain::OutcodeArea;

use crate::answer::{Note, NoteKind, ReasonKind};
use crate::document::Dimension;
use crate::place_names::Named;
use crate::state::State;
use crate::text::{is_little, words};
use crate::vocabulary::Vocabulary;

/// More words than this are not looked at: nobody says more in one breath.
const MOST_WORDS: usize = 40;

/// One way in which a text may express a concept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expansion {
    pub(crate) source: Source,
    /// How good a match this way is: 1 for the very word.
    pub(crate) weight: f32,
    pub(crate) reason: ReasonKind,
    /// What people are told was found.
    pub(crate) found: String,
    /// So general that it counts only where little else is found.
    pub(crate) general: bool,
}

/// Where the matches of an expansion come from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Source {
    /// A stem, or a phrase filed as one term.
    Stem(String),
    /// Every word that begins so.
    Prefix(String),
    /// A term of a taxonomy, or an area.
    Term(Dimension, String),
}

/// What a concept is to the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Should be met; the quorum counts these.
    Wanted,
    /// A place: met by what covers it.
    Place,
    /// Only lifts what is found anyway.
    Bonus,
}

/// Something that was said.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Concept {
    pub(crate) part: Part,
    pub(crate) said: String,
    pub(crate) expansions: Vec<Expansion>,
}

/// What is looked for.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) concepts: Vec<Concept>,
    pub(crate) notes: Vec<Note>,
    /// The areas that were said.
    pub(crate) areas: Vec<String>,
    /// An outcode that was typed among the words.
    pub(crate) outcode: Option<OutcodeArea>,
    /// Words were typed, but none of them is known: nothing can be found.
    pub(crate) hopeless: bool,
}

/// A word as typed and as understood.
#[derive(Debug, Clone, PartialEq)]
struct Typed {
    /// Its place among the words.
    at: usize,
    said: String,
    /// The word itself or its correction; absent: nobody has anything like it.
    word: Option<String>,
    /// Other words it may have meant.
    others: Vec<String>,
    /// The last word, perhaps unfinished.
    open: bool,
}

impl Typed {
    fn corrected(&self) -> bool {
        self.word.as_ref().is_some_and(|word| *word != self.said)
    }

    fn understood(&self) -> &str {
        self.word.as_deref().unwrap_or(&self.said)
    }
}

/// Understands what was typed.
pub(crate) fn understand(text: &str, state: &State, vocabulary: &Vocabulary) -> Plan {
    let mut said = words(text);
    let open = said.len() <= MOST_WORDS && text.ends_with(char::is_alphanumeric);
    said.truncate(MOST_WORDS);
    let last = said.len().saturating_sub(1);
    let typed: Vec<Typed> = said
        .into_iter()
        .enumerate()
        .map(|(n, said)| spelling::read((n, said), open && n == last, state, vocabulary))
        .collect();
    let mut plan = Plan::default();
    let mut reader = concepts::Reader::new(state, vocabulary, &mut plan);
    reader.read(&typed);
    let unheard = reader.unheard();
    note_spelling(&typed, &unheard, &mut plan);
    let meant = |(n, one): (usize, &Typed)| unheard.contains(&n) || !is_little(one.understood());
    plan.hopeless = plan.concepts.is_empty() && typed.iter().enumerate().any(meant);
    plan
}

/// Tells which words were taken for others, and which nobody has (by place among the words).
fn note_spelling(typed: &[Typed], unheard: &BTreeSet<usize>, plan: &mut Plan) {
    let heard = typed
        .iter()
        .enumerate()
        .filter(|(n, _)| !unheard.contains(n));
    for (_, one) in heard.filter(|(_, one)| one.corrected()) {
        let text = format!(
            "Showing results for \u{201c}{}\u{201d} instead of \u{201c}{}\u{201d}.",
            one.understood(),
            one.said
        );
        plan.notes.push(Note {
            kind: NoteKind::Corrected,
            text,
        });
    }
    let dropped: BTreeSet<&str> = unheard
        .iter()
        .filter_map(|n| Some(typed.get(*n)?.said.as_str()))
        .collect();
    if !dropped.is_empty() {
        let quoted: Vec<String> = dropped
            .iter()
            .map(|said| format!("\u{201c}{said}\u{201d}"))
            .collect();
        let text = format!("No service mentions {}.", quoted.join(" or "));
        plan.notes.push(Note {
            kind: NoteKind::Dropped,
            text,
        });
    }
}

/// The areas that a place which was typed stands for.
fn areas_of(named: &Named, vocabulary: &Vocabulary) -> Vec<String> {
    match named {
        Named::Area(code) => vocabulary
            .areas
            .covered_by(code)
            .iter()
            .map(|area| area.code.clone())
            .collect(),
        Named::Outcode(outcode) => vocabulary
            .areas
            .outcode(outcode)
            .map(|area| area.areas.clone())
            .unwrap_or_default(),
    }
}
