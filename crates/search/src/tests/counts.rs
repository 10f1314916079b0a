//! Counts against a reference of a few lines.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

const WORDS: [&str; 6] = ["garden", "chess", "debt", "choir", "walking", "coffee"];
const NEEDS: [&str; 3] = ["isolation", "money", "work"];
const BOROUGHS: [&str; 3] = ["B1", "B2", "B3"];
const TIERS: [&str; 2] = ["universal", "tier-1"];

/// A service as the reference sees it.
#[derive(Debug, Clone)]
struct Plain {
    words: BTreeSet<usize>,
    needs: BTreeSet<usize>,
    boroughs: BTreeSet<usize>,
    tier: Option<usize>,
}

fn plain() -> impl Strategy<Value = Plain> {
    let some = |n: usize| prop::collection::btree_set(0..n, 0..=n);
    (
        some(WORDS.len()),
        some(3),
        some(3),
        prop::option::of(0_usize..2),
    )
        .prop_map(|(words, needs, boroughs, tier)| Plain {
            words,
            needs,
            boroughs,
            tier,
        })
}

fn document(row: usize, plain: &Plain) -> Document {
    let text: Vec<&str> = plain.words.iter().map(|n| WORDS[*n]).collect();
    let mut terms: Vec<(Dimension, &str)> = plain
        .needs
        .iter()
        .map(|n| (Dimension::Need, NEEDS[*n]))
        .collect();
    terms.extend(
        plain
            .boroughs
            .iter()
            .map(|n| (Dimension::Borough, BOROUGHS[*n])),
    );
    terms.extend(plain.tier.map(|n| (Dimension::Tier, TIERS[n])));
    service(
        i64::try_from(row).unwrap(),
        "Thing",
        &text.join(" "),
        &terms,
    )
}

/// What is chosen: words and, for each facet, options.
#[derive(Debug, Clone)]
struct Wish {
    words: BTreeSet<usize>,
    chosen: [BTreeSet<usize>; 3],
}

fn wish() -> impl Strategy<Value = Wish> {
    let some = |n: usize, most: usize| prop::collection::btree_set(0..n, 0..=most);
    (some(WORDS.len(), 3), some(3, 2), some(3, 2), some(2, 1)).prop_map(|(words, n, b, t)| Wish {
        words,
        chosen: [n, b, t],
    })
}

impl Wish {
    fn query(&self) -> Query {
        let words: Vec<&str> = self.words.iter().map(|n| WORDS[*n]).collect();
        let codes = |facet: usize, all: &[&str]| {
            self.chosen[facet]
                .iter()
                .map(|n| all[*n].to_owned())
                .collect()
        };
        Query {
            needs: codes(0, &NEEDS),
            boroughs: codes(1, &BOROUGHS),
            tiers: codes(2, &TIERS),
            ..query(&format!("{} ", words.join(" ")))
        }
    }

    /// The services that meet enough words: all of them if that leaves five, else fewer and fewer,
    /// one at the least.
    fn matching<'a>(&self, all: &'a [Plain]) -> Vec<&'a Plain> {
        // A word that nobody has is dropped.
        let known: BTreeSet<usize> = self
            .words
            .iter()
            .copied()
            .filter(|w| all.iter().any(|plain| plain.words.contains(w)))
            .collect();
        let met = |plain: &Plain| plain.words.intersection(&known).count();
        let with = |quorum: usize| all.iter().filter(|p| met(p) >= quorum).collect::<Vec<_>>();
        let mut quorum = known.len();
        while quorum > 1 && with(quorum).len() < 5 {
            quorum -= 1;
        }
        while quorum > 1
            && self.chosen.iter().any(|c| !c.is_empty())
            && with(quorum).iter().all(|p| !self.passes(p, None))
        {
            quorum -= 1;
        }
        if known.is_empty() && !self.words.is_empty() {
            Vec::new()
        } else {
            with(quorum)
        }
    }

    fn passes(&self, plain: &Plain, but: Option<usize>) -> bool {
        let tier = plain.tier.into_iter().collect();
        let values = [&plain.needs, &plain.boroughs, &tier];
        (0..3).filter(|facet| Some(*facet) != but).all(|facet| {
            let chosen = &self.chosen[facet];
            chosen.is_empty() || values[facet].intersection(chosen).count() > 0
        })
    }
}

fn value(plain: &Plain, facet: usize, option: usize) -> bool {
    match facet {
        0 => plain.needs.contains(&option),
        1 => plain.boroughs.contains(&option),
        _ => plain.tier == Some(option),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn totals_and_counts_are_exact(all in prop::collection::vec(plain(), 0..40), wish in wish()) {
        let documents: Vec<Document> = all.iter().enumerate().map(|(row, p)| document(row, p)).collect();
        let answer = engine(&documents).search(&wish.query()).unwrap();
        let matching = wish.matching(&all);
        let passing = |but| matching.iter().filter(|p| wish.passes(p, but)).collect::<Vec<_>>();
        prop_assert_eq!(answer.total, passing(None).len() as u64);
        for facet in 0..3 {
            for (option, count) in answer.counts[facet].iter().enumerate() {
                prop_assert_eq!(*count, passing(Some(facet)).into_iter().filter(|p| value(p, facet, option)).count() as u64);
            }
            let none = |p: &&&Plain| (0..3).all(|option| !value(p, facet, option));
            prop_assert_eq!(answer.unknown_by[facet], passing(Some(facet)).into_iter().filter(none).count() as u64);
        }
        prop_assert_eq!(answer.hits.len() as u64, answer.total.min(50));
    }

    #[test]
    fn choosing_an_option_gives_the_number_beside_it(all in prop::collection::vec(plain(), 5..40), wish in wish()) {
        let documents: Vec<Document> = all.iter().enumerate().map(|(row, p)| document(row, p)).collect();
        let engine = engine(&documents);
        let open = Wish { chosen: Default::default(), ..wish };
        let answer = engine.search(&open.query()).unwrap();
        for facet in 0..3 {
            for (option, count) in answer.counts[facet].iter().enumerate().filter(|(_, count)| **count > 0) {
                let mut narrowed = open.clone();
                narrowed.chosen[facet].insert(option);
                prop_assert_eq!(engine.search(&narrowed.query()).unwrap().total, *count);
            }
        }
    }

    #[test]
    fn pages_follow_one_another_without_gap_or_repeat(all in prop::collection::vec(plain(), 0..40), wish in wish()) {
        let documents: Vec<Document> = all.iter().enumerate().map(|(row, p)| document(row, p)).collect();
        let engine = engine(&documents);
        let whole = rows(&engine.search(&wish.query()).unwrap());
        let page = |offset| rows(&engine.search(&Query { offset, limit: 7, ..wish.query() }).unwrap());
        let pages: Vec<i64> = (0..8).flat_map(|n| page(n * 7)).collect();
        prop_assert_eq!(pages, whole);
    }
}
