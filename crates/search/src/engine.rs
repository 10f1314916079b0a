//! The search engine: answers queries while documents change and the index is built anew.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use crate::answer::{Answer, Found, Near, Note, NoteKind, Query, Reason, ReasonKind};
use crate::bits::Bits;
use crate::document::Document;
use crate::error::IndexError;
use crate::evaluate::{Scores, Scratch};
use crate::facets::Filters;
use crate::plan::{Concept, Expansion, Part, Plan, Source, understand};
use crate::rank::{Ranked, Ranking};
use crate::schema::{LEAD, NAME};
use crate::shelf::Shelf;
use crate::state::State;
use crate::vocabulary::Vocabulary;

/// When fewer services than this match all words, those that match some are shown too.
const ENOUGH: u64 = 5;
/// How many vectors of past searches are kept for the next ones.
const SCRATCHES: usize = 4;

/// An index ready to be searched, opened apart so that searching goes on meanwhile.
pub struct OpenIndex(Shelf);

impl OpenIndex {
    /// Opens the current index of a folder, made from the store of this name.
    ///
    /// # Errors
    /// [`IndexError`] when there is none or it is of no use; build a new one then.
    pub fn open(home: &Path, store: &str, vocabulary: &Vocabulary) -> Result<Self, IndexError> {
        Shelf::open(home, store, vocabulary).map(Self)
    }

    /// An index that holds nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self(Shelf::empty())
    }

    /// The store's revision that it covers.
    #[must_use]
    pub fn revision(&self) -> i64 {
        self.0.revision
    }

    /// How many services it holds.
    #[must_use]
    pub fn services(&self) -> usize {
        self.0.len()
    }
}

/// Answers searches.
pub struct Engine {
    vocabulary: Vocabulary,
    state: RwLock<State>,
    scratch: Mutex<Vec<Scratch>>,
}

impl Engine {
    /// An engine that finds nothing yet.
    #[must_use]
    pub fn new(vocabulary: Vocabulary) -> Self {
        let state = State::new(Arc::new(Shelf::empty()), &vocabulary);
        Self {
            vocabulary,
            state: RwLock::new(state),
            scratch: Mutex::default(),
        }
    }

    /// Its words.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Searches this index from now on. Documents put in before are forgotten.
    pub fn replace(&self, index: OpenIndex) {
        self.succeed(index).take_over();
    }

    /// Prepares this index to be searched, while the former one still is: what changed since its
    /// revision can be put in before it takes over, so that no search misses it.
    #[must_use]
    pub fn succeed(&self, index: OpenIndex) -> Successor<'_> {
        Successor {
            engine: self,
            state: State::new(Arc::new(index.0), &self.vocabulary),
        }
    }

    /// Puts documents in, each in place of an older one of its row. They are found at once.
    pub fn put(&self, documents: &[Document]) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        self.put_into(&mut state, documents);
    }

    fn put_into(&self, state: &mut State, documents: &[Document]) {
        let phrases = self.vocabulary.phrases();
        documents
            .iter()
            .for_each(|document| state.put(document, &phrases));
    }

    /// Takes the documents of these rows out.
    pub fn remove(&self, rows: &[i64]) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        rows.iter().for_each(|row| state.remove(*row));
    }

    /// How many documents were put in since the index was built.
    #[must_use]
    pub fn fresh(&self) -> usize {
        self.read().fresh.len()
    }

    /// How many services can be found.
    #[must_use]
    pub fn services(&self) -> u64 {
        self.read().alive.count()
    }

    /// The store's revision that the index covers; absent: there is no index yet.
    #[must_use]
    pub fn revision(&self) -> Option<i64> {
        let state = self.read();
        state.shelf.is_built().then_some(state.shelf.revision)
    }

    /// Compares the index with its checksums: slow, for a quiet moment.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] when it is not what was written.
    pub fn verify(&self) -> Result<(), IndexError> {
        let shelf = Arc::clone(&self.read().shelf);
        shelf.verify()
    }

    /// Looks up what people type first, so that the first key is as quick as the others.
    ///
    /// # Errors
    /// [`IndexError`] when the index can't be read.
    pub fn warm(&self) -> Result<(), IndexError> {
        let shelf = Arc::clone(&self.read().shelf);
        shelf.warm()
    }

    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a query.
    ///
    /// # Errors
    /// [`IndexError`] when the index can't be read; build it again then.
    pub fn search(&self, query: &Query) -> Result<Answer, IndexError> {
        let state = self.read();
        let mut plan = understand(&query.text, &state, &self.vocabulary);
        plan.concepts.extend(alike(query));
        let filters = Filters::of(query, &state);
        if plan.hopeless {
            return Ok(Answer {
                notes: plan.notes,
                ..self.counted(&Bits::none(state.len()), &filters, &state)
            });
        }
        let mut scratch = self.scratch().pop().unwrap_or_default();
        let scores = if plan.concepts.is_empty() {
            None
        } else {
            Some(Scores::of(&plan.concepts, &state, &mut scratch)?)
        };
        let answer = self.answer(query, (plan, &filters), scores.as_ref(), &state);
        if let Some(scores) = scores {
            scores.recycle(&mut scratch);
        }
        let mut kept = self.scratch();
        if kept.len() < SCRATCHES {
            kept.push(scratch);
        }
        Ok(answer)
    }

    fn scratch(&self) -> std::sync::MutexGuard<'_, Vec<Scratch>> {
        self.scratch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(
        &self,
        query: &Query,
        (mut plan, filters): (Plan, &Filters),
        scores: Option<&Scores>,
        state: &State,
    ) -> Answer {
        let mut matches = scores.map_or_else(
            || state.alive.clone(),
            |scores| enough(scores, (filters, &mut plan), &state.alive),
        );
        if let Some(doc) = query.except.and_then(|row| state.doc_of(row)) {
            matches.remove(doc);
        }
        let mut answer = self.counted(&matches, filters, state);
        let typed = plan.outcode.as_ref().map(|o| Near {
            point: o.centre,
            areas: o.areas.clone(),
        });
        let near = query.near.as_ref().or(typed.as_ref());
        let ranking = Ranking::new(
            scores,
            (state, &self.vocabulary),
            (query, &plan.areas),
            near,
        );
        let best = ranking.best(&filters.apply(&matches), query.offset, query.limit);
        let found = |ranked: &Ranked| Found {
            row: state.row(ranked.doc).unwrap_or(i64::MIN),
            score: ranked.score,
            distance_km: near.and_then(|near| ranking.distance_km(ranked.doc, near)),
            why: scores
                .map(|scores| why(&plan.concepts, scores, ranked.doc))
                .unwrap_or_default(),
        };
        answer.hits = best.iter().map(found).collect();
        answer.outcode = plan.outcode.map(|outcode| outcode.outcode.to_string());
        answer.notes = plan.notes;
        if answer.total == 0 && filters.any() {
            answer.without_filters = Some(matches.count());
        }
        answer
    }

    fn counted(&self, matches: &Bits, filters: &Filters, state: &State) -> Answer {
        let counted = filters.count(matches, state, &self.vocabulary);
        Answer {
            total: counted.found.count(),
            counts: counted.counts,
            unknown_by: counted.unknown_by,
            unknown: counted.unknown,
            ..Answer::default()
        }
    }
}

/// The concepts of "services like this one".
fn alike(query: &Query) -> Option<Concept> {
    let way = |(dimension, code): &(crate::Dimension, String)| Expansion {
        source: Source::Term(*dimension, code.clone()),
        weight: 1.0,
        reason: ReasonKind::Synonym,
        found: code.clone(),
        general: false,
    };
    let expansions: Vec<Expansion> = query.like.iter().map(way).collect();
    (!expansions.is_empty()).then(|| Concept {
        part: Part::Wanted,
        said: String::new(),
        expansions,
    })
}

/// The documents that meet enough of what was said: all of it where that gives enough, else some.
///
/// How much is enough does not depend on the filters, so that the count beside an option is what
/// choosing it gives; only where filters would leave nothing at all, less is asked.
fn enough(scores: &Scores, (filters, plan): (&Filters, &mut Plan), alive: &Bits) -> Bits {
    let all = scores.wanted;
    let mut quorum = all;
    let mut matches = scores.meeting(quorum, alive);
    let strict = matches.count();
    while quorum > 1 && matches.count() < ENOUGH {
        quorum -= 1;
        matches = scores.meeting(quorum, alive);
    }
    if quorum < all {
        let text = match strict {
            0 => "No service matches all the words: these match some of them.".to_owned(),
            1 => {
                "Only one service matches all the words: others here match some of them.".to_owned()
            }
            n => format!("Only {n} services match all the words: others here match some of them."),
        };
        plan.notes.push(Note {
            kind: NoteKind::SomeWords,
            text,
        });
    }
    let before = quorum;
    while quorum > 1 && filters.any() && filters.apply(&matches).count() == 0 {
        quorum -= 1;
        matches = scores.meeting(quorum, alive);
    }
    if quorum < before && filters.apply(&matches).count() > 0 {
        let text = "Nothing under these filters matches all the words: these match some of them."
            .to_owned();
        plan.notes.push(Note {
            kind: NoteKind::Relaxed,
            text,
        });
    }
    matches
}

/// Why a document was found: for each concept that it meets, the best way in which it does.
fn why(concepts: &[Concept], scores: &Scores, doc: u32) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    for (n, concept) in concepts
        .iter()
        .enumerate()
        .filter(|(_, c)| !c.said.is_empty())
    {
        let Some((which, field)) = scores.reason(n, doc) else {
            continue;
        };
        let Some(way) = concept.expansions.get(which) else {
            continue;
        };
        let kind = match way.reason {
            ReasonKind::Word if matches!(field, LEAD | NAME) => ReasonKind::Name,
            ReasonKind::Name
            | ReasonKind::Word
            | ReasonKind::Beginning
            | ReasonKind::Synonym
            | ReasonKind::Spelling
            | ReasonKind::Area => way.reason,
        };
        let reason = Reason {
            kind,
            said: concept.said.clone(),
            found: way.found.clone(),
        };
        let told = reasons.iter().any(|known| known.found == reason.found);
        if !told {
            reasons.push(reason);
        }
    }
    reasons
}
/// An index that is about to be searched.
pub struct Successor<'e> {
    engine: &'e Engine,
    state: State,
}

impl Successor<'_> {
    /// Puts documents in, each in place of an older one of its row.
    pub fn put(&mut self, documents: &[Document]) {
        self.engine.put_into(&mut self.state, documents);
    }

    /// Takes the documents of these rows out.
    pub fn remove(&mut self, rows: &[i64]) {
        rows.iter().for_each(|row| self.state.remove(*row));
    }

    /// Is searched from now on.
    pub fn take_over(self) {
        let state = self.engine.state.write();
        *state.unwrap_or_else(PoisonError::into_inner) = self.state;
    }
}
