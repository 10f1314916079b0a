//! Prints nDCG@5 and success@3 of the built-in directory for judgement files.
//!
//! `cargo run -p benches --bin relevance -- FILE… [--all]`

use std::error::Error;
use std::io::{Write, stdout};

use benches::relevance::{Judged, Outcome, judge};
use directory::Directory;
use time::macros::date;

/// Judgements do not depend on the day; freshness is measured from this one.
const TODAY: time::Date = date!(2026 - 11 - 22);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let all = arguments.iter().any(|a| a == "--all");
    let folder = tempfile::tempdir()?;
    let directory = Directory::open(folder.path())?;
    let mut out = stdout().lock();
    for file in arguments.iter().filter(|a| *a != "--all") {
        let judgements: Vec<Judged> = serde_json::from_str(&std::fs::read_to_string(file)?)?;
        let (mut ndcg, mut success) = (0.0, 0);
        for judged in &judgements {
            let outcome = judge(&directory, judged, TODAY)?;
            ndcg += outcome.ndcg5;
            success += u32::from(outcome.success3);
            if all || outcome.ndcg5 < 0.6 {
                show(&mut out, judged, &outcome)?;
            }
        }
        let count = u32::try_from(judgements.len())?;
        let (ndcg, success) = (
            ndcg / f64::from(count),
            f64::from(success) / f64::from(count),
        );
        writeln!(
            out,
            "{file}: {count} queries, nDCG@5 {ndcg:.3}, success@3 {success:.3}"
        )?;
    }
    Ok(())
}

fn show(out: &mut impl Write, judged: &Judged, outcome: &Outcome) -> std::io::Result<()> {
    let borough = judged.borough.as_deref().unwrap_or("-");
    writeln!(out, "{:.2} {:?} [{borough}]", outcome.ndcg5, judged.q)?;
    for (name, grade) in outcome.found.iter().take(6) {
        writeln!(out, "       {grade} {name}")?;
    }
    let missed = judged
        .rel
        .keys()
        .filter(|n| !outcome.found.iter().take(5).any(|(f, _)| f == *n));
    let mut missed: Vec<&str> = missed.map(String::as_str).collect();
    missed.sort_unstable();
    writeln!(out, "       not in the first five: {}", missed.join(", "))
}
