//! An entry as one line of results: the line that matters.

use domain::{Catalogue, Freshness, Service, StateKind};
use search::{Found, Reason, ReasonKind};
use serde::{Deserialize, Serialize};
use store::Card;

use crate::Today;
use crate::said::{filled, list, lowered, shortened};

/// Letters of a line in a list of results.
const LINE: usize = 160;

/// One result.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct Hit {
    /// Identity of the entry.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The organisation that runs it; absent: not known.
    pub organisation: Option<String>,
    /// What it is and for whom.
    pub summary: Option<String>,
    /// For whom it is.
    pub for_whom: Option<String>,
    /// `comes to you`, `at …`; absent: not known.
    pub where_line: Option<String>,
    /// What it costs; absent: not known.
    pub cost: Option<String>,
    /// Names of its needs.
    pub needs: Vec<String>,
    /// Names of the areas it covers.
    pub boroughs: Vec<String>,
    /// Its tier; absent: not known.
    pub tier: Option<String>,
    /// How to get in; absent: not known.
    pub way_in: Option<WayIn>,
    /// When it was last known to be right.
    pub checked: FreshnessView,
    /// Whether it takes people.
    pub status: StatusView,
    /// Kilometres to its nearest place, where both ends are known.
    pub distance_km: Option<f64>,
    /// Why it was found.
    pub why: Vec<ReasonView>,
}

/// How to get in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct WayIn {
    /// Names of the ways: drop in, phone.
    pub ways: Vec<String>,
    /// One line, ready to show.
    pub line: String,
}

/// How fresh an entry is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct FreshnessView {
    /// Date of the oldest last check, as exactly as known.
    pub date: Option<String>,
    /// As people say it.
    pub said: String,
    /// Older than a year, or never checked.
    pub stale: bool,
}

/// Whether a service takes people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct StatusView {
    /// Which state it is in.
    pub state: EntryState,
    /// Until when, where that is known.
    pub until: Option<String>,
    /// As people say it; absent when it is open.
    pub said: Option<String>,
}

/// What keeps people from getting in, or is about to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// Takes people.
    Open,
    /// Stopped for a while.
    Paused,
    /// Has no place left.
    Full,
    /// Takes names for later.
    WaitingList,
    /// Runs until its money ends.
    FundingEnds,
    /// Is no more.
    Closed,
}

/// What sort of match a reason is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ReasonSort {
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

/// One reason why an entry was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ReasonView {
    /// What sort of reason.
    pub kind: ReasonSort,
    /// What was typed.
    pub said: String,
    /// What in the entry answered it.
    pub found: String,
}

impl FreshnessView {
    pub(crate) fn of(service: &Service, today: Today) -> Self {
        let Freshness { when, said, stale } = Freshness::of(service, today);
        Self {
            date: when.map(|when| when.to_string()),
            said,
            stale,
        }
    }
}

impl From<StateKind> for EntryState {
    fn from(kind: StateKind) -> Self {
        match kind {
            StateKind::Open => Self::Open,
            StateKind::Paused => Self::Paused,
            StateKind::Full => Self::Full,
            StateKind::WaitingList => Self::WaitingList,
            StateKind::FundingEnds => Self::FundingEnds,
            StateKind::Closed => Self::Closed,
        }
    }
}

impl From<EntryState> for StateKind {
    fn from(state: EntryState) -> Self {
        match state {
            EntryState::Open => Self::Open,
            EntryState::Paused => Self::Paused,
            EntryState::Full => Self::Full,
            EntryState::WaitingList => Self::WaitingList,
            EntryState::FundingEnds => Self::FundingEnds,
            EntryState::Closed => Self::Closed,
        }
    }
}

impl StatusView {
    pub(crate) fn of(service: &Service, today: Today) -> Self {
        let kind = service.state();
        let (state, words) = match kind {
            StateKind::Open => (EntryState::Open, None),
            StateKind::Paused => (EntryState::Paused, Some("Paused: not taking people now")),
            StateKind::Full => (EntryState::Full, Some("Full at the moment")),
            StateKind::WaitingList => (EntryState::WaitingList, Some("Has a waiting list")),
            StateKind::FundingEnds => (EntryState::FundingEnds, Some("Funding ends")),
            StateKind::Closed => (EntryState::Closed, Some("Closed")),
        };
        let dated = service.signpost.state.as_ref();
        let until = dated.and_then(|state| state.until.as_ref());
        let since = dated.and_then(|state| state.since.as_ref());
        let said = words.map(|words| match (kind, since, until) {
            (StateKind::FundingEnds, _, Some(until)) => format!("{words} {}", until.said(today)),
            (_, _, Some(until)) => format!("{words}, until {}", until.named()),
            (_, Some(since), None) => format!("{words}, since {}", since.named()),
            _ => words.to_owned(),
        });
        let more = dated.and_then(|state| filled(state.words.as_ref()));
        let said = match (said, more) {
            (Some(said), Some(more)) => Some(format!("{said}. {more}")),
            (said, more) => said.or(more),
        };
        Self {
            state,
            until: until.map(ToString::to_string),
            said,
        }
    }
}

impl From<Reason> for ReasonView {
    fn from(reason: Reason) -> Self {
        let kind = match reason.kind {
            ReasonKind::Name => ReasonSort::Name,
            ReasonKind::Word => ReasonSort::Word,
            ReasonKind::Beginning => ReasonSort::Beginning,
            ReasonKind::Synonym => ReasonSort::Synonym,
            ReasonKind::Spelling => ReasonSort::Spelling,
            ReasonKind::Area => ReasonSort::Area,
        };
        Self {
            kind,
            said: reason.said,
            found: reason.found,
        }
    }
}

impl Hit {
    pub(crate) fn of(card: &Card, found: Found, today: Today) -> Self {
        let service = &card.service;
        let summary = filled(service.signpost.summary.as_ref());
        Self {
            id: service.id.to_string(),
            name: service.name.clone(),
            organisation: card.organisation.clone(),
            summary: summary.or_else(|| service.description.as_ref().map(|d| shortened(d, LINE))),
            for_whom: filled(service.eligibility_description.as_ref())
                .map(|text| shortened(&text, LINE)),
            where_line: where_line(card),
            cost: cost(service),
            needs: names(service, "need"),
            boroughs: service
                .service_areas
                .iter()
                .filter_map(|area| area.name.clone())
                .collect(),
            tier: names(service, "tier").into_iter().next(),
            way_in: way_in(service),
            checked: FreshnessView::of(service, today),
            status: StatusView::of(service, today),
            distance_km: found.distance_km.map(|km| (km * 10.0).round() / 10.0),
            why: found.why.into_iter().map(ReasonView::from).collect(),
        }
    }
}

/// Names of a service's terms of a taxonomy.
pub(crate) fn names(service: &Service, taxonomy: &str) -> Vec<String> {
    let terms = service
        .attributes_in(taxonomy)
        .filter_map(|a| a.taxonomy_term.as_ref());
    let mut names: Vec<String> = terms.map(|term| term.name.clone()).collect();
    names.dedup();
    names
}

fn where_line(card: &Card) -> Option<String> {
    let meets: Vec<&str> = card.service.codes("meets-you").collect();
    let place = card.places.iter().find_map(|place| place.name.as_deref());
    let more = card.places.len().saturating_sub(1);
    let mut parts = Vec::new();
    if let Some(name) = place {
        let others = match more {
            0 => String::new(),
            1 => " and one more place".to_owned(),
            n => format!(" and {n} more places"),
        };
        parts.push(format!("at {name}{others}"));
    }
    for (code, words) in [
        ("home-visit", "comes to you"),
        ("phone", "by phone"),
        ("online", "online"),
    ] {
        if meets.contains(&code) {
            parts.push(words.to_owned());
        }
    }
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// What a service costs, in one line.
pub(crate) fn cost(service: &Service) -> Option<String> {
    let options = || {
        service
            .cost_options
            .iter()
            .find_map(domain::CostOption::line)
    };
    let term = || names(service, "cost").into_iter().next();
    filled(service.fees_description.as_ref())
        .map(|text| shortened(&text, LINE))
        .or_else(options)
        .or_else(term)
}

fn way_in(service: &Service) -> Option<WayIn> {
    let ways = names(service, "way-in");
    let written = filled(service.application_process.as_ref());
    let referrers = names(service, "referral-source");
    let line = if let Some(written) = written {
        shortened(&written, LINE)
    } else if !ways.is_empty() {
        ways.join(" · ")
    } else if referrers.is_empty() {
        return None;
    } else {
        let lowered: Vec<String> = referrers.iter().map(|name| lowered(name)).collect();
        let lowered: Vec<&str> = lowered.iter().map(String::as_str).collect();
        format!("Referred by {}", list(&lowered))
    };
    Some(WayIn { ways, line })
}

/// A catalogue's name for a code; the code itself where it has none.
pub(crate) fn term_name(catalogue: &Catalogue, taxonomy: &str, code: &str) -> String {
    catalogue
        .term(taxonomy, code)
        .map_or_else(|| code.to_owned(), |term| term.name.clone())
}
