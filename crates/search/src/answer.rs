//! What is asked and what is answered.

use domain::Point;

/// A search. Codes are those of [`Vocabulary::choices`](crate::Vocabulary::choices).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// What was typed.
    pub text: String,
    /// Chosen needs: any of them.
    pub needs: Vec<String>,
    /// Chosen boroughs: any of them.
    pub boroughs: Vec<String>,
    /// Chosen tiers: any of them.
    pub tiers: Vec<String>,
    /// Where the person is.
    pub near: Option<Near>,
    /// Only services with one of these terms, the more of them the better (similar services).
    pub like: Vec<(crate::Dimension, String)>,
    /// A row to leave out.
    pub except: Option<i64>,
    /// How many of the best to pass over.
    pub offset: usize,
    /// How many to give.
    pub limit: usize,
    /// The Julian day of today, for freshness.
    pub today: i32,
}

/// Where somebody is.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// Distances are measured from here.
    pub point: Point,
    /// The areas in which it lies.
    pub areas: Vec<String>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// How many services there are, exactly.
    pub total: u64,
    /// For need, borough and tier: the number of services under each choice, in the order of
    /// [`Vocabulary::choices`](crate::Vocabulary::choices), as the other filters stand.
    pub counts: [Vec<u64>; 3],
    /// For need, borough and tier: how many services say nothing of it, as the other filters stand.
    pub unknown_by: [u64; 3],
    /// How many services no filter refuses but at least one can't judge.
    pub unknown: u64,
    /// The page asked for, best first.
    pub hits: Vec<Found>,
    /// What a person should be told.
    pub notes: Vec<Note>,
    /// The outcode that was typed among the words.
    pub outcode: Option<String>,
    /// When filters leave nothing: how many there are without them.
    pub without_filters: Option<u64>,
}

/// A service that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its row in the store.
    pub row: i64,
    /// Higher is better; only for comparison within one answer.
    pub score: f32,
    /// Kilometres to the nearest of its places, where both ends are known.
    pub distance_km: Option<f64>,
    /// Why it was found.
    pub why: Vec<Reason>,
}

/// One reason why a service was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What sort.
    pub kind: ReasonKind,
    /// What was typed.
    pub said: String,
    /// What in the entry answered it.
    pub found: String,
}

/// What sort of match it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonKind {
    /// The very word, in its name.
    Name,
    /// The very word.
    Word,
    /// The beginning of a word.
    Beginning,
    /// Another word for it.
    Synonym,
    /// The word it was taken for.
    Spelling,
    /// The area it covers.
    Area,
}

/// Something a person should be told of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What sort.
    pub kind: NoteKind,
    /// A sentence ready to show.
    pub text: String,
}

/// What sort of note it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// Words that nobody has were left out.
    Dropped,
    /// A word was taken for another.
    Corrected,
    /// Few services match all words: those that match some are shown too.
    SomeWords,
    /// A word was understood as a place.
    Place,
    /// Nothing under the filters matches all words: those that match some are shown.
    Relaxed,
}
