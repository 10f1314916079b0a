//! The order of what was found: text first, then what covers the person, how near it is and how
//! fresh; the same every time.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use domain::{Point, STALE_AFTER_DAYS};

use crate::answer::{Near, Query};
use crate::bits::Bits;
use crate::document::{CLOSED as CLOSED_MARK, COMES as COMES_MARK, Dimension};
use crate::evaluate::Scores;
use crate::state::State;
use crate::vocabulary::Vocabulary;

/// What an entry keeps of its score when it is stale, was never checked, or is closed.
const STALE: f32 = 0.96;
const CLOSED: f32 = 0.4;
/// What a place next door adds, and how far away that has halved, kilometres.
const NEXT_DOOR: f32 = 0.9;
const HALVED_AT_KM: f64 = 3.0;
/// Kilometres in a degree of latitude.
const DEGREE_KM: f64 = 111.195;
/// What covering the person's address adds, and what coming to them adds to that.
const COVERS: f32 = 0.5;
const COMES: f32 = 0.15;
/// What an entry keeps of its score when it is known to serve other areas than the person's.
const ELSEWHERE: f32 = 0.7;
/// What serving just the chosen borough adds over serving all of them.
const LOCAL: f32 = 0.12;
/// The place of the borough among the dimensions that people narrow by.
const BOROUGH: usize = 1;
/// What each day since the last check costs among entries that are otherwise alike.
const PER_DAY: f32 = 1e-6;

/// One document with its rank.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ranked {
    pub(crate) score: f32,
    pub(crate) doc: u32,
    row: i64,
}

impl Eq for Ranked {}

impl Ord for Ranked {
    /// Greater is worse, so that the top of a heap is the first to go.
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .score
            .total_cmp(&self.score)
            .then_with(|| self.row.cmp(&other.row))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Ranks documents for one query.
pub(crate) struct Ranking<'a> {
    scores: Option<&'a Scores>,
    state: &'a State,
    today: i32,
    near: Option<&'a Near>,
    /// Kilometres in a degree of longitude where the person is.
    degree_east_km: f64,
    covering: Option<Bits>,
    local: Option<Bits>,
    closed: Option<&'a Bits>,
    comes: Option<&'a Bits>,
}

impl<'a> Ranking<'a> {
    pub(crate) fn new(
        scores: Option<&'a Scores>,
        (state, vocabulary): (&'a State, &Vocabulary),
        (query, said): (&Query, &Vec<String>),
        near: Option<&'a Near>,
    ) -> Self {
        let covering = near.map(|near| any_of(&near.areas, state));
        let chosen = if query.boroughs.is_empty() {
            said
        } else {
            &query.boroughs
        };
        let wanted = near.map_or(chosen, |near| &near.areas);
        let local = (!wanted.is_empty()).then(|| local(wanted, state, vocabulary));
        Self {
            scores,
            state,
            today: query.today,
            near,
            degree_east_km: near.map_or(0.0, |n| DEGREE_KM * n.point.latitude().to_radians().cos()),
            covering,
            local,
            closed: state.term(Dimension::Mark, CLOSED_MARK),
            comes: state.term(Dimension::Mark, COMES_MARK),
        }
    }

    /// The best of these, from `offset` on, best first.
    pub(crate) fn best(&self, found: &Bits, offset: usize, limit: usize) -> Vec<Ranked> {
        let most = offset.saturating_add(limit);
        let mut heap: BinaryHeap<Ranked> = BinaryHeap::with_capacity(most.min(1024) + 1);
        if most == 0 {
            return Vec::new();
        }
        // What nearness and coverage can add at the most: most documents need no closer look.
        let local = self.local.as_ref().map_or(0.0, |_| LOCAL);
        let extra = local + self.near.map_or(0.0, |_| NEXT_DOOR + COVERS + COMES);
        let mut bar = f32::NEG_INFINITY;
        for doc in found.iter() {
            let text = self.text(doc);
            if text + extra < bar {
                continue;
            }
            let score = self.score(doc, text);
            if score < bar {
                continue;
            }
            heap.push(self.ranked(doc, score));
            if heap.len() > most {
                heap.pop();
                bar = heap.peek().map_or(bar, |worst| worst.score);
            }
        }
        let mut best = heap.into_sorted_vec();
        best.drain(..offset.min(best.len()));
        best
    }

    fn ranked(&self, doc: u32, score: f32) -> Ranked {
        Ranked {
            score,
            doc,
            row: self.state.row(doc).unwrap_or(i64::MAX),
        }
    }

    /// What the words alone give.
    #[expect(clippy::cast_precision_loss, reason = "sums are far below 2^24")]
    fn text(&self, doc: u32) -> f32 {
        let sum = self.scores.and_then(|scores| scores.sums.get(doc as usize));
        sum.map_or(1.0, |sum| *sum as f32 / Scores::unit())
    }

    #[expect(clippy::cast_precision_loss, reason = "days are far below 2^24")]
    fn score(&self, doc: u32, text: f32) -> f32 {
        let is_in = |set: Option<&Bits>| set.is_some_and(|set| set.contains(doc));
        let local = if is_in(self.local.as_ref()) {
            LOCAL
        } else {
            0.0
        };
        let mut score = text + local + self.nearness(doc);
        if self.near.is_some() && !is_in(self.covering.as_ref()) && is_in(self.state.known(BOROUGH))
        {
            score *= ELSEWHERE;
        }
        if is_in(self.closed) {
            score *= CLOSED;
        }
        let checked = self.state.checked(doc);
        let days = checked.map_or(i32::MAX, |day| self.today.saturating_sub(day));
        if i64::from(days) > STALE_AFTER_DAYS {
            score *= STALE;
        }
        score - PER_DAY * days.clamp(0, 20_000) as f32
    }

    fn nearness(&self, doc: u32) -> f32 {
        let Some(near) = self.near else { return 0.0 };
        let covers = self.covering.as_ref().is_some_and(|set| set.contains(doc));
        let comes = covers && self.comes.is_some_and(|set| set.contains(doc));
        // Flat enough within a county to rank by; what is shown is measured on the globe.
        let away = |point: &Point| {
            let north = (point.latitude() - near.point.latitude()) * DEGREE_KM;
            let east = (point.longitude() - near.point.longitude()) * self.degree_east_km;
            north.mul_add(north, east * east)
        };
        let nearest = self
            .state
            .points(doc)
            .iter()
            .map(away)
            .min_by(f64::total_cmp);
        let close = nearest.map_or(0.0, |square| 1.0 / (1.0 + square.sqrt() / HALVED_AT_KM));
        #[expect(clippy::cast_possible_truncation, reason = "between zero and one")]
        let close = close as f32;
        close * NEXT_DOOR + f32::from(covers) * COVERS + f32::from(comes) * COMES
    }

    /// Kilometres to the nearest place of a document.
    pub(crate) fn distance_km(&self, doc: u32, near: &Near) -> Option<f64> {
        let away = self
            .state
            .points(doc)
            .iter()
            .map(|point| point.distance_km(near.point));
        away.min_by(f64::total_cmp)
    }
}

fn any_of(areas: &[String], state: &State) -> Bits {
    let mut any = Bits::none(state.len());
    let sets = areas
        .iter()
        .filter_map(|code| state.term(Dimension::Borough, code));
    sets.for_each(|set| any.or(set));
    any
}

/// What serves one of these areas and not every choice there is.
fn local(areas: &[String], state: &State, vocabulary: &Vocabulary) -> Bits {
    let mut local = any_of(areas, state);
    let boroughs = vocabulary.choices(Dimension::Borough).iter();
    let elsewhere = boroughs.filter(|choice| !areas.contains(&choice.code));
    let mut everywhere = Bits::all(state.len());
    let mut asked = 0;
    for set in elsewhere.filter_map(|choice| state.term(Dimension::Borough, &choice.code)) {
        // Areas that nothing covers, such as a neighbouring one, say nothing about reach.
        if set.count() > 0 {
            everywhere.and(set);
            asked += 1;
        }
    }
    if asked > 0 {
        local.and_not(&everywhere);
    }
    local
}
