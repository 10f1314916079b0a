//! A mapping made ready for rows: looked up and checked once, not for each row.

use std::collections::HashMap;

use domain::{Attribute, Catalogue};

use super::fields::{fields, may_repeat};
use super::{Column, Field, Mapping, ValueRule};
use crate::tables::Heading;
use crate::tidy::fold;

/// Attributes by what a value says, folded.
pub(super) type Terms = HashMap<String, Vec<Attribute>>;

/// A column that is read.
pub(super) struct Planned {
    /// Which cell of a row.
    pub(super) cell: usize,
    /// Its heading as people know it.
    pub(super) heading: String,
    /// What it fills.
    pub(super) field: Field,
    /// What its values mean.
    pub(super) rules: Terms,
    /// The fixed value that is not wanted where this column says something.
    pub(super) instead_of: Option<usize>,
    /// The day that the heading names, where the column says when it is open.
    pub(super) day: bool,
}

/// What becomes of a row.
pub(super) struct Plan {
    /// The columns that are read, in the file's order.
    pub(super) columns: Vec<Planned>,
    /// What every row gets where its columns say nothing.
    pub(super) fixed: Vec<Planned>,
    /// All terms that a column of terms may name, by taxonomy.
    pub(super) terms: HashMap<String, Terms>,
    /// Whether the organisation has a column of its own.
    pub(super) names_organisation: bool,
}

/// Makes a mapping ready, or says all that is wrong with it.
pub(super) fn plan(
    mapping: &Mapping,
    headings: &[Heading],
    catalogue: &Catalogue,
) -> Result<Plan, Vec<String>> {
    let mut wrong = Vec::new();
    if mapping.source.trim().is_empty() {
        wrong.push("The source has no name: say where these records come from.".to_owned());
    }
    let fixed: Vec<Planned> = mapping
        .fixed
        .iter()
        .map(|fixed| {
            planned(
                usize::MAX,
                fixed.value.trim().to_owned(),
                fixed.field.clone(),
            )
        })
        .collect();
    let mut columns = Vec::new();
    for column in &mapping.columns {
        let Some(field) = &column.field else {
            continue;
        };
        let found = headings
            .iter()
            .position(|heading| heading.name == column.heading && heading.nth == column.nth);
        let Some(cell) = found else {
            wrong.push(format!("The file has no column \"{}\".", column.heading));
            continue;
        };
        let mut read = planned(cell, label(headings.get(cell), column), field.clone());
        read.rules = rules(&column.values, catalogue, &mut wrong);
        read.instead_of = fixed.iter().position(|fixed| fixed.field == *field);
        columns.push(read);
    }
    wrong.extend(missing_and_doubled(&columns, &fixed, catalogue));
    if !wrong.is_empty() {
        return Err(wrong);
    }
    columns.sort_by_key(|column| column.cell);
    let names_organisation = columns
        .iter()
        .chain(&fixed)
        .any(|read| read.field == Field::OrganisationName);
    let terms = terms(columns.iter().chain(&fixed), catalogue);
    Ok(Plan {
        columns,
        fixed,
        terms,
        names_organisation,
    })
}

fn planned(cell: usize, heading: String, field: Field) -> Planned {
    let day = field == Field::OpeningHours && is_day(&heading);
    Planned {
        cell,
        heading,
        field,
        rules: Terms::new(),
        instead_of: None,
        day,
    }
}

fn is_day(heading: &str) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let heading = heading.trim().to_lowercase();
    let ends = [
        "", "s", "day", "days", "sday", "nesday", "rs", "rsday", "r", "urday", "es",
    ];
    DAYS.iter()
        .filter_map(|day| heading.strip_prefix(day))
        .any(|rest| ends.contains(&rest))
}

/// A blank heading is called by its letter.
fn label(heading: Option<&Heading>, column: &Column) -> String {
    match heading {
        Some(heading) if heading.name.is_empty() => format!("column {}", heading.letter),
        _ => column.heading.clone(),
    }
}

fn rules(values: &[ValueRule], catalogue: &Catalogue, wrong: &mut Vec<String>) -> Terms {
    let mut rules = Terms::new();
    for rule in values {
        let mut attributes = Vec::new();
        for term in &rule.terms {
            match catalogue.attribute(&term.taxonomy, &term.term) {
                Some(attribute) => attributes.push(attribute),
                None => wrong.push(format!(
                    "There is no term \"{}\" in \"{}\", which \"{}\" should mean.",
                    term.term, term.taxonomy, rule.value
                )),
            }
        }
        rules.insert(fold(&rule.value), attributes);
    }
    rules
}

fn missing_and_doubled(
    columns: &[Planned],
    fixed: &[Planned],
    catalogue: &Catalogue,
) -> Vec<String> {
    let mut wrong = Vec::new();
    if !columns
        .iter()
        .chain(fixed)
        .any(|read| read.field == Field::Name)
    {
        wrong.push(
            "No column fills the name: choose the one that says what a service is called."
                .to_owned(),
        );
    }
    let labels = fields(catalogue);
    let called = |field: &Field| {
        let option = labels.iter().find(|option| option.field == *field);
        option.map_or_else(|| field.to_string(), |option| option.label.clone())
    };
    for (at, column) in columns.iter().enumerate() {
        let earlier = columns
            .iter()
            .take(at)
            .find(|other| other.field == column.field);
        if let Some(other) = earlier.filter(|_| !may_repeat(&column.field)) {
            wrong.push(format!(
                "\"{}\" and \"{}\" both fill \"{}\", which takes one column only.",
                other.heading,
                column.heading,
                called(&column.field)
            ));
        }
    }
    for read in columns.iter().chain(fixed) {
        if let Field::Term(taxonomy) = &read.field
            && catalogue.terms(taxonomy).is_empty()
        {
            wrong.push(format!("There is no taxonomy \"{taxonomy}\"."));
        }
    }
    wrong
}

/// The terms of every taxonomy that a column names, under their names and codes.
fn terms<'a>(
    columns: impl Iterator<Item = &'a Planned>,
    catalogue: &Catalogue,
) -> HashMap<String, Terms> {
    let mut all = HashMap::new();
    for column in columns {
        let Field::Term(taxonomy) = &column.field else {
            continue;
        };
        let mut terms = Terms::new();
        for term in catalogue.terms(taxonomy) {
            let attribute = vec![Attribute::to(term)];
            terms.insert(fold(&term.name), attribute.clone());
            if let Some(code) = &term.code {
                terms.insert(code.replace('-', " "), attribute.clone());
                terms.insert(code.clone(), attribute);
            }
        }
        all.insert(taxonomy.clone(), terms);
    }
    all
}
