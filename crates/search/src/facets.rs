//! Narrowing and exact counts.
//!
//! Choices of one dimension are alternatives, dimensions narrow together, and a dimension's own
//! choices do not count against it: the number beside an option is what choosing it alone in its
//! dimension would give.

use crate::answer::Query;
use crate::bits::Bits;
use crate::document::Dimension;
use crate::state::State;
use crate::vocabulary::Vocabulary;

/// The filters of a query as sets.
pub(crate) struct Filters {
    chosen: [Option<Bits>; 3],
}

/// What is counted of a set of matches.
pub(crate) struct Counted {
    pub(crate) found: Bits,
    pub(crate) counts: [Vec<u64>; 3],
    pub(crate) unknown_by: [u64; 3],
    pub(crate) unknown: u64,
}

impl Filters {
    pub(crate) fn of(query: &Query, state: &State) -> Self {
        let chosen = [&query.needs, &query.boroughs, &query.tiers];
        let mut dimensions = Dimension::CHOSEN.into_iter();
        let chosen = chosen.map(|codes| {
            let dimension = dimensions.next().filter(|_| !codes.is_empty())?;
            let mut any = Bits::none(state.len());
            codes
                .iter()
                .filter_map(|code| state.term(dimension, code))
                .for_each(|set| any.or(set));
            Some(any)
        });
        Self { chosen }
    }

    pub(crate) fn any(&self) -> bool {
        self.chosen.iter().any(Option::is_some)
    }

    /// What of these passes all filters.
    pub(crate) fn apply(&self, matches: &Bits) -> Bits {
        let mut found = matches.clone();
        self.chosen.iter().flatten().for_each(|set| found.and(set));
        found
    }

    /// What passes all filters but the one of a dimension.
    fn apply_others(&self, matches: &Bits, own: usize) -> Bits {
        let mut found = matches.clone();
        let others = self.chosen.iter().enumerate().filter(|(n, _)| *n != own);
        others
            .filter_map(|(_, set)| set.as_ref())
            .for_each(|set| found.and(set));
        found
    }

    /// Counts the matches.
    pub(crate) fn count(&self, matches: &Bits, state: &State, vocabulary: &Vocabulary) -> Counted {
        let mut counts: [Vec<u64>; 3] = Default::default();
        let mut unknown_by = [0; 3];
        let per_dimension = Dimension::CHOSEN
            .iter()
            .zip(&mut counts)
            .zip(&mut unknown_by)
            .enumerate();
        for (n, ((dimension, counts), unknown)) in per_dimension {
            let within = self.apply_others(matches, n);
            let of = |code: &str| {
                state
                    .term(*dimension, code)
                    .map_or(0, |set| within.count_and(set))
            };
            *counts = vocabulary
                .choices(*dimension)
                .iter()
                .map(|c| of(&c.code))
                .collect();
            *unknown = within.count() - state.known(n).map_or(0, |known| within.count_and(known));
        }
        let found = self.apply(matches);
        let unknown = self.unjudged(matches, state) - found.count();
        Counted {
            found,
            counts,
            unknown_by,
            unknown,
        }
    }

    /// How many no filter refuses: chosen by it, or not known to it.
    fn unjudged(&self, matches: &Bits, state: &State) -> u64 {
        let mut passed = matches.clone();
        for (n, set) in self.chosen.iter().enumerate() {
            if let (Some(set), Some(known)) = (set, state.known(n)) {
                let mut refused = known.clone();
                refused.and_not(set);
                passed.and_not(&refused);
            }
        }
        passed.count()
    }
}
