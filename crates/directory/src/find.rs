//! Finding: the answer to every key.

use search::{Answer, Choice, NoteKind, Query};
use serde::{Deserialize, Serialize};

use crate::Today;
use crate::error::Error;
use crate::hit::Hit;
use crate::near::Located;
use crate::open::Directory;
use crate::options::{BadOption, Facet};

/// The most hits in one answer.
const MOST_HITS: u32 = 50;

/// Said where distances are.
const COARSE: &str = "Distances are measured from the middle of the postcode district, so they are \
                      about 1.2 km out, some more.";

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SearchRequest {
    /// What was typed.
    pub text: String,
    /// Chosen needs, by code or term.
    pub needs: Vec<String>,
    /// Chosen boroughs, by code or name.
    pub boroughs: Vec<String>,
    /// Chosen tiers, by code or term.
    pub tiers: Vec<String>,
    /// A postcode or outcode.
    pub near: Option<String>,
    /// How many of the best to pass over.
    pub offset: u32,
    /// How many to give, 50 at most.
    pub limit: u32,
}

/// One option with how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct FacetCount {
    /// Its code.
    pub id: String,
    /// What people read.
    pub term: String,
    /// Services found under it as the other filters stand.
    pub count: u32,
}

/// The options of all facets, in display order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Facets {
    /// Needs.
    pub need: Vec<FacetCount>,
    /// Boroughs.
    pub borough: Vec<FacetCount>,
    /// Tiers.
    pub tier: Vec<FacetCount>,
}

/// For each facet, of how many services found it is not known, as the other filters stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
pub struct UnknownCounts {
    /// Need not known.
    pub need: u32,
    /// Coverage not known.
    pub borough: u32,
    /// Tier not known.
    pub tier: u32,
}

/// What sort of note it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum NoteSort {
    /// Words that nobody has were left out.
    Dropped,
    /// A word was taken for another.
    Corrected,
    /// Few match all words: those that match some are shown too.
    SomeWords,
    /// A word was understood as a place.
    Place,
    /// Nothing under the filters matches all words: those that match some are shown.
    Relaxed,
    /// Distances are measured from the middle of an outcode.
    NearCoarse,
    /// Where the person is could not be understood.
    NearUnknown,
}

/// Something to tell the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct NoteView {
    /// What sort.
    pub kind: NoteSort,
    /// A sentence ready to show.
    pub text: String,
}

/// Where distances are measured from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct NearView {
    /// As people say it: `M6, Salford`.
    pub label: String,
    /// Measured from the middle of an outcode.
    pub coarse: bool,
}

/// The answer to a search.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct SearchResponse {
    /// How many services there are, exactly.
    pub total: u32,
    /// Every option with its count.
    pub facets: Facets,
    /// How many the filters could not judge: not refused by any, not known to at least one.
    pub unknown: u32,
    /// The same for each facet by itself.
    pub unknown_by: UnknownCounts,
    /// The page asked for, best first.
    pub hits: Vec<Hit>,
    /// What to tell the person.
    pub notes: Vec<NoteView>,
    /// Where distances are measured from.
    pub near: Option<NearView>,
    /// When filters leave nothing: how many there are without them.
    pub without_filters: Option<u32>,
}

impl Directory {
    /// Answers a search. A `near` that can't be understood is told in a note and otherwise passed
    /// over, as it may be half typed.
    ///
    /// # Errors
    /// [`Error::BadOption`] for a need, borough or tier that there is not; [`Error::Store`];
    /// [`Error::Index`] once, when a damaged index is found out.
    pub fn search(&self, request: &SearchRequest, today: Today) -> Result<SearchResponse, Error> {
        let located = self.located(request);
        let query = self.query(request, located.as_ref(), today)?;
        let answer = self.indexer.search(&query)?;
        let hits = self.hits(&answer, today)?;
        let mut response = self.respond(answer, hits);
        match located {
            Some(Ok(located)) => {
                response.near = Some(NearView {
                    label: located.label,
                    coarse: located.coarse,
                });
                response.tell_coarseness(located.remark);
            }
            Some(Err(error)) => {
                response.notes.push(NoteView {
                    kind: NoteSort::NearUnknown,
                    text: error.to_string(),
                });
            }
            None => response.tell_coarseness(None),
        }
        Ok(response)
    }

    /// Checks that a postcode or outcode is one that the directory knows.
    ///
    /// # Errors
    /// [`BadOption`] says what is wrong with it.
    pub fn check_near(&self, said: &str) -> Result<(), BadOption> {
        self.locate(said).map(|_| ())
    }

    /// The rows of everything that a search finds, best first.
    pub(crate) fn all_found(
        &self,
        request: &SearchRequest,
        today: Today,
    ) -> Result<Vec<i64>, Error> {
        let located = self.located(request);
        let query = Query {
            offset: 0,
            limit: usize::MAX,
            ..self.query(request, located.as_ref(), today)?
        };
        let answer = self.indexer.search(&query)?;
        Ok(answer.hits.iter().map(|found| found.row).collect())
    }

    /// Where the person is, as was said or typed among the words.
    fn located(&self, request: &SearchRequest) -> Option<Result<Located, BadOption>> {
        let said = request.near.as_deref().map(str::trim);
        let said = said.filter(|said| !said.is_empty());
        let typed = || self.typed(&request.text).map(Ok);
        said.map(|said| self.locate(said)).or_else(typed)
    }

    fn query(
        &self,
        request: &SearchRequest,
        located: Option<&Result<Located, BadOption>>,
        today: Today,
    ) -> Result<Query, Error> {
        let near = located.and_then(|located| located.as_ref().ok());
        Ok(Query {
            text: request.text.clone(),
            needs: self.codes(Facet::Need, &request.needs)?,
            boroughs: self.codes(Facet::Borough, &request.boroughs)?,
            tiers: self.codes(Facet::Tier, &request.tiers)?,
            near: near.map(|located| located.near.clone()),
            offset: request.offset as usize,
            limit: request.limit.min(MOST_HITS) as usize,
            today: today.to_julian_day(),
            ..Query::default()
        })
    }

    /// The entries of an answer, as lines of results.
    pub(crate) fn hits(&self, answer: &Answer, today: Today) -> Result<Vec<Hit>, Error> {
        let rows: Vec<i64> = answer.hits.iter().map(|found| found.row).collect();
        let cards = self.store().cards(&rows)?;
        let found = |row: i64| answer.hits.iter().find(|found| found.row == row).cloned();
        let hit = |card: &store::Card| Some(Hit::of(card, found(card.row)?, today));
        Ok(cards.iter().filter_map(hit).collect())
    }

    fn respond(&self, answer: Answer, hits: Vec<Hit>) -> SearchResponse {
        let [need, borough, tier] = answer.counts;
        let facets = Facets {
            need: counted(self.choices(Facet::Need), &need),
            borough: counted(self.choices(Facet::Borough), &borough),
            tier: counted(self.choices(Facet::Tier), &tier),
        };
        let [need, borough, tier] = answer.unknown_by.map(count);
        let near = answer.outcode.map(|label| NearView {
            label,
            coarse: true,
        });
        let note = |note: search::Note| NoteView {
            kind: kind(note.kind),
            text: note.text,
        };
        SearchResponse {
            total: count(answer.total),
            facets,
            unknown: count(answer.unknown),
            unknown_by: UnknownCounts {
                need,
                borough,
                tier,
            },
            hits,
            notes: answer.notes.into_iter().map(note).collect(),
            near,
            without_filters: answer.without_filters.map(count),
        }
    }
}

impl SearchResponse {
    /// Says how coarse distances are, after what is the matter with the postcode.
    fn tell_coarseness(&mut self, remark: Option<String>) {
        let coarse = self.near.as_ref().is_some_and(|near| near.coarse);
        let measured = self.hits.iter().any(|hit| hit.distance_km.is_some());
        let from = (coarse && measured).then(|| COARSE.to_owned());
        let parts: Vec<String> = remark.into_iter().chain(from).collect();
        if !parts.is_empty() {
            self.notes.push(NoteView {
                kind: NoteSort::NearCoarse,
                text: parts.join(" "),
            });
        }
    }
}

fn count(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn counted(choices: &[Choice], counts: &[u64]) -> Vec<FacetCount> {
    let one = |(choice, n): (&Choice, &u64)| FacetCount {
        id: choice.code.clone(),
        term: choice.name.clone(),
        count: count(*n),
    };
    choices.iter().zip(counts).map(one).collect()
}

fn kind(kind: NoteKind) -> NoteSort {
    match kind {
        NoteKind::Dropped => NoteSort::Dropped,
        NoteKind::Corrected => NoteSort::Corrected,
        NoteKind::SomeWords => NoteSort::SomeWords,
        NoteKind::Place => NoteSort::Place,
        NoteKind::Relaxed => NoteSort::Relaxed,
    }
}
