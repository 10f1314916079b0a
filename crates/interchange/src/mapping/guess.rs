//! What the columns of a table seem to be, from their headings and what stands in them.

mod content;
mod headings;
mod kinds;
mod values;

use std::collections::HashSet;

use domain::{Areas, Catalogue};

use super::fields::may_repeat;
use super::{Field, Mapping, ValueRule};
use crate::tables::{Heading, Row};
use content::{Content, Verdict};
use headings::Meaning;

/// What a column seems to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// What it fills; none: it had better not be imported.
    pub field: Option<Field>,
    /// Why, in a few words for people.
    pub why: Option<String>,
    /// What its values seem to mean.
    pub values: Vec<ValueRule>,
}

/// A way to read a column.
struct Candidate {
    column: usize,
    meaning: Meaning,
    score: u32,
    why: &'static str,
    /// Only its values say so, so it gives way to a column whose heading does.
    by_values: bool,
}

/// Guesses what each column is, in their order: exactly one is the name, where there is any column.
#[must_use]
pub fn guess(
    headings: &[Heading],
    sample: &[Row],
    catalogue: &Catalogue,
    areas: &Areas,
) -> Vec<Guess> {
    let contents: Vec<Content> = (0..headings.len())
        .map(|at| Content::of(sample, at, areas))
        .collect();
    let mut candidates: Vec<Candidate> = Vec::new();
    for (at, (heading, content)) in headings.iter().zip(&contents).enumerate() {
        candidates.extend(of_column(at, &heading.name, content, catalogue));
    }
    // The earlier column and the earlier reading win a tie: the sort is stable.
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.score));
    let mut chosen = assign(&candidates, headings.len());
    name_one(&mut chosen, &contents);
    let columns = chosen.into_iter().zip(headings.iter().zip(&contents));
    columns
        .map(|(choice, (heading, content))| finished(choice, heading, content, catalogue))
        .collect()
}

/// How well a mapping fits a table, from 0 (not at all) to 1 (its very headings): the share of
/// headings that both have. Without the column of the name it does not fit.
#[must_use]
pub fn fits(mapping: &Mapping, headings: &[Heading]) -> f64 {
    let theirs: HashSet<(&str, u32)> = headings
        .iter()
        .map(|heading| (heading.name.as_str(), heading.nth))
        .collect();
    let ours: HashSet<(&str, u32)> = mapping
        .columns
        .iter()
        .map(|column| (column.heading.as_str(), column.nth))
        .collect();
    let missing = |column: &super::Column| {
        column.field == Some(Field::Name)
            && !theirs.contains(&(column.heading.as_str(), column.nth))
    };
    if ours.is_empty() || mapping.columns.iter().any(missing) {
        return 0.0;
    }
    let count = |n: usize| u32::try_from(n).map_or(f64::MAX, f64::from);
    count(ours.intersection(&theirs).count()) / count(ours.union(&theirs).count())
}

/// What a column was taken for.
#[derive(Clone)]
enum Choice {
    /// Nothing yet.
    Open,
    /// A field.
    Field(Field, &'static str),
    /// It is for staff.
    Staff,
}

fn of_column(at: usize, heading: &str, content: &Content, catalogue: &Catalogue) -> Vec<Candidate> {
    let known = |meaning: &Meaning| match meaning {
        Meaning::Field(Field::Term(taxonomy)) => !catalogue.terms(taxonomy).is_empty(),
        Meaning::Field(_) | Meaning::Staff => true,
    };
    let mut all = Vec::new();
    for (meaning, score) in headings::meanings(heading) {
        let verdict = content.verdict(&meaning);
        if known(&meaning) && verdict != Verdict::Contradicts {
            let score = score + if verdict == Verdict::Confirms { 15 } else { 0 };
            all.push(Candidate {
                column: at,
                meaning,
                score,
                why: "its heading says so",
                by_values: false,
            });
        }
    }
    if let Some((field, why)) = content.looks_like(heading) {
        // A heading that says "Contact" over nothing but email addresses means those.
        let sure = all
            .iter()
            .any(|candidate| candidate.meaning == Meaning::Field(Field::Contact));
        let score = if sure { 130 } else { 50 };
        all.push(Candidate {
            column: at,
            meaning: field,
            score,
            why,
            by_values: !sure,
        });
    }
    all
}

fn assign(candidates: &[Candidate], columns: usize) -> Vec<Choice> {
    let mut chosen = vec![Choice::Open; columns];
    let mut taken: Vec<Field> = Vec::new();
    for by_values in [false, true] {
        for candidate in candidates.iter().filter(|one| one.by_values == by_values) {
            let Some(choice) = chosen.get_mut(candidate.column) else {
                continue;
            };
            if !matches!(choice, Choice::Open) {
                continue;
            }
            match &candidate.meaning {
                Meaning::Staff => *choice = Choice::Staff,
                Meaning::Field(field)
                    if taken.contains(field) && (by_values || !may_repeat(field)) => {}
                Meaning::Field(field) => {
                    taken.push(field.clone());
                    *choice = Choice::Field(field.clone(), candidate.why);
                }
            }
        }
    }
    chosen
}

/// Where no column is the name: that of the organisation or the place, or else the one whose values
/// look most like names.
fn name_one(chosen: &mut [Choice], contents: &[Content]) {
    let is = |choice: &Choice, wanted: &Field| matches!(choice, Choice::Field(field, _) if field == wanted);
    if chosen.iter().any(|choice| is(choice, &Field::Name)) {
        return;
    }
    let stand_ins = [
        Field::OrganisationName,
        Field::PlaceName,
        Field::AlternateName,
        Field::Summary,
    ];
    let says = |at: &usize| contents.get(*at).is_some_and(|content| !content.is_empty());
    let place = |field: &Field| {
        chosen
            .iter()
            .position(|choice| is(choice, field))
            .filter(says)
    };
    let stand_in = stand_ins.iter().find_map(place);
    let likely = || {
        let open = chosen.iter().enumerate().filter(|(_, choice)| {
            matches!(
                choice,
                Choice::Open | Choice::Field(Field::Keywords | Field::Description, _)
            )
        });
        open.filter_map(|(at, _)| Some((contents.get(at)?.likeness_to_names(), at)))
            .filter(|(likeness, _)| *likeness > 0)
            .max_by_key(|(likeness, at)| (*likeness, std::cmp::Reverse(*at)))
            .map(|(_, at)| at)
    };
    let any = || {
        let public = |(at, choice): (usize, &Choice)| {
            (says(&at) && !matches!(choice, Choice::Staff)).then_some(at)
        };
        chosen.iter().enumerate().find_map(public)
    };
    if let Some(choice) = stand_in
        .or_else(likely)
        .or_else(any)
        .and_then(|at| chosen.get_mut(at))
    {
        *choice = Choice::Field(Field::Name, "nothing else looks like the name");
    }
}

fn finished(choice: Choice, heading: &Heading, content: &Content, catalogue: &Catalogue) -> Guess {
    let (field, why) = match choice {
        Choice::Staff => (None, "it seems to be for staff; import it only on purpose"),
        Choice::Open if heading.name.is_empty() => (None, "it has no heading"),
        // Further down there may be something.
        Choice::Open if content.is_empty() => (Some(Field::Extra), "nothing stands in it so far"),
        Choice::Open => (Some(Field::Extra), "no field is right for it"),
        Choice::Field(field, why) => (Some(field), why),
    };
    let (field, values) = match field {
        Some(field) => {
            let (field, values) = values::rules(field, content, catalogue);
            (Some(field), values)
        }
        None => (None, Vec::new()),
    };
    Guess {
        field,
        why: Some(why.to_owned()),
        values,
    }
}
