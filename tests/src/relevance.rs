//! Searches in people's own words find what a good link worker would offer: floors, so that a change
//! that makes search worse is seen.

use std::path::Path;

use benches::relevance::{Judged, judge};
use directory::Directory;
use time::macros::date;

use crate::workspace::top;

/// Judgements don't depend on the day.
const TODAY: time::Date = date!(2026 - 11 - 22);

struct Floor {
    ndcg5: f64,
    success3: f64,
}

fn holds(file: &Path, floor: &Floor) {
    let text = std::fs::read_to_string(file).expect("judgements");
    let judgements: Vec<Judged> = serde_json::from_str(&text).expect("judgements");
    let folder = tempfile::tempdir().expect("a folder");
    let directory = Directory::open(folder.path()).expect("the built-in directory");
    let count = f64::from(u32::try_from(judgements.len()).expect("a count"));
    let (mut ndcg5, mut success3) = (0.0, 0.0);
    for judged in &judgements {
        let outcome = judge(&directory, judged, TODAY).expect("an answer");
        ndcg5 += outcome.ndcg5 / count;
        success3 += f64::from(u8::from(outcome.success3)) / count;
    }
    println!("{count} queries: nDCG@5 {ndcg5:.3}, success@3 {success3:.3}");
    assert!(ndcg5 >= floor.ndcg5, "nDCG@5 {ndcg5:.3} < {}", floor.ndcg5);
    assert!(
        success3 >= floor.success3,
        "success@3 {success3:.3} < {}",
        floor.success3
    );
}

#[test]
fn plain_words_find_what_is_meant() {
    let file = top().join("tests/fixtures/relevance/plain-words.json");
    let floor = Floor {
        ndcg5: 0.80,
        success3: 0.93,
    };
    holds(&file, &floor);
}

#[test]
fn the_shared_judgements_are_met_where_they_are_at_hand() {
    let file = top().join("../shared/data/relevance/dev.json");
    if !file.exists() {
        println!("passed over: the shared judgements lie outside this repository");
        return;
    }
    let floor = Floor {
        ndcg5: 0.85,
        success3: 0.95,
    };
    holds(&file, &floor);
}
