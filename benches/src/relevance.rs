//! How well searches in people's own words find what a good link worker would offer.
//!
//! A judgement file is a JSON array of `{"q": text, "borough": optional name, "rel": {name: grade}}`,
//! grade 2 for just right, 1 for useful.

use std::collections::HashMap;

use directory::{Directory, Hit, SearchRequest};
use serde::Deserialize;

/// One judged query.
#[derive(Debug, Clone, Deserialize)]
pub struct Judged {
    /// What was typed.
    pub q: String,
    /// The borough it was narrowed to.
    #[serde(default)]
    pub borough: Option<String>,
    /// Grade by name of entry or organisation.
    pub rel: HashMap<String, u8>,
}

/// How one query did.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Normalised discounted cumulative gain of the first five, 0 to 1.
    pub ndcg5: f64,
    /// A relevant entry among the first three.
    pub success3: bool,
    /// What was found, best first.
    pub found: Vec<(String, u8)>,
}

/// Grade of a hit: of its name, or else of its organisation.
fn grade(judged: &Judged, hit: &Hit) -> u8 {
    let of = |name: &String| judged.rel.get(name).copied();
    of(&hit.name)
        .or_else(|| of(hit.organisation.as_ref()?))
        .unwrap_or(0)
}

fn gain(grades: impl Iterator<Item = u8>) -> f64 {
    let discounted = grades.take(5).zip(2_u32..).map(|(grade, place)| {
        (f64::from(2_u32.pow(u32::from(grade))) - 1.0) / f64::from(place).log2()
    });
    discounted.sum()
}

/// Runs one judged query.
///
/// # Errors
/// What the directory said.
pub fn judge(
    directory: &Directory,
    judged: &Judged,
    today: time::Date,
) -> Result<Outcome, directory::Error> {
    let request = SearchRequest {
        text: judged.q.clone(),
        boroughs: judged.borough.clone().into_iter().collect(),
        limit: 10,
        ..SearchRequest::default()
    };
    let hits = directory.search(&request, today)?.hits;
    let found: Vec<(String, u8)> = hits
        .iter()
        .map(|hit| (hit.name.clone(), grade(judged, hit)))
        .collect();
    let mut ideal: Vec<u8> = judged.rel.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let best = gain(ideal.into_iter());
    let ndcg5 = if best > 0.0 {
        gain(found.iter().map(|(_, grade)| *grade)) / best
    } else {
        0.0
    };
    let success3 = found.iter().take(3).any(|(_, grade)| *grade > 0);
    Ok(Outcome {
        ndcg5,
        success3,
        found,
    })
}
