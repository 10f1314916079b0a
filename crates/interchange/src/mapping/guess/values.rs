//! What the values of a column mean, by a list of what people write.

use std::collections::HashSet;
use std::sync::LazyLock;

use domain::Catalogue;

use super::super::TermRef;
use super::content::Content;
use super::{Field, ValueRule};
use crate::tidy::{fold, pieces};

/// A taxonomy, a term, and a value that means it.
type Said = (String, String, String);

static LIST: LazyLock<Vec<Said>> = LazyLock::new(|| read(include_str!("../words/values.txt")));

/// At most so many different values get a rule; a longer one is a sentence.
const MOST: usize = 200;
const LONGEST: usize = 60;
/// Terms that say too little to be read out of a value.
const VAGUE: [&str; 3] = ["other", "unsure", "both"];

/// The field, which may be a plainer one where a column of terms names none, and its rules.
pub(super) fn rules(
    field: Field,
    content: &Content,
    catalogue: &Catalogue,
) -> (Field, Vec<ValueRule>) {
    let taxonomies = taxonomies(&field);
    if taxonomies.is_empty() {
        return (field, Vec::new());
    }
    let mut met = HashSet::new();
    let mut rules = Vec::new();
    let mut named = 0;
    for value in &content.values {
        let parts = std::iter::once(value.as_str()).chain(pieces(value, true));
        let mut understood = false;
        for part in parts.filter(|part| part.len() <= LONGEST) {
            let folded = fold(part);
            let terms = terms(&folded, &taxonomies, catalogue);
            understood |= !terms.is_empty();
            if !terms.is_empty() && rules.len() < MOST && met.insert(folded) {
                rules.push(ValueRule {
                    value: part.to_owned(),
                    terms,
                });
            }
        }
        named += usize::from(understood);
    }
    let few = named * 3 < content.values.len();
    match plainer(&field).filter(|_| few && !content.is_empty()) {
        Some(plain) => (plain, rules),
        None => (field, rules),
    }
}

/// Which terms the values of a field may mean.
fn taxonomies(field: &Field) -> Vec<&str> {
    if let Field::Term(taxonomy) = field {
        return vec![taxonomy.as_str()];
    }
    let by_field: [(Field, &[&str]); 5] = [
        (Field::Keywords, &OF_KEYWORDS),
        (Field::Extra, &OF_KEYWORDS),
        (Field::ApplicationProcess, &["referral-source", "way-in"]),
        (Field::Eligibility, &["population"]),
        (Field::Fees, &["cost"]),
    ];
    let found = by_field.into_iter().find(|(of, _)| of == field);
    found.map_or_else(Vec::new, |(_, taxonomies)| taxonomies.to_vec())
}

/// What words that sort services mostly say.
const OF_KEYWORDS: [&str; 4] = ["population", "activity", "need", "support-type"];

/// A field of free text for what a column of terms was meant to say.
fn plainer(field: &Field) -> Option<Field> {
    let Field::Term(taxonomy) = field else {
        return None;
    };
    Some(match taxonomy.as_str() {
        "population" => Field::Eligibility,
        "referral-source" | "way-in" => Field::ApplicationProcess,
        "cost" => Field::Fees,
        "need" | "activity" | "support-type" => Field::Keywords,
        _ => Field::Extra,
    })
}

/// The terms that a value means, by their names or the list.
fn terms(value: &str, taxonomies: &[&str], catalogue: &Catalogue) -> Vec<TermRef> {
    let mut found = Vec::new();
    for taxonomy in taxonomies {
        let term = |code: &str| TermRef {
            taxonomy: (*taxonomy).to_owned(),
            term: code.to_owned(),
        };
        for known in catalogue.terms(taxonomy) {
            let code = known.code.as_deref().unwrap_or_default();
            let is = fold(&known.name) == value || code.replace('-', " ") == value;
            if is && !VAGUE.contains(&code) {
                found.push(term(code));
            }
        }
        for (_, code, _) in LIST
            .iter()
            .filter(|(of, _, said)| of == taxonomy && said == value)
        {
            if catalogue.term(taxonomy, code).is_some() && !found.contains(&term(code)) {
                found.push(term(code));
            }
        }
    }
    found
}

fn read(list: &str) -> Vec<Said> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let (term, values) = line.split_once(": ")?;
            let (taxonomy, code) = term.split_once('/')?;
            Some(values.split(", ").map(move |value| {
                (
                    taxonomy.to_owned(),
                    code.to_owned(),
                    value.trim().to_owned(),
                )
            }))
        })
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::test_data::catalogue;
    use super::*;

    #[test]
    fn every_line_of_the_list_is_about_a_term() {
        let catalogue = catalogue();
        for (taxonomy, code, value) in LIST.iter() {
            assert!(
                catalogue.term(taxonomy, code).is_some(),
                "{taxonomy}/{code}"
            );
            assert_eq!(&fold(value), value);
        }
        let lines = include_str!("../words/values.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count();
        let terms: HashSet<_> = LIST
            .iter()
            .map(|(taxonomy, code, _)| (taxonomy, code))
            .collect();
        assert_eq!(terms.len(), lines);
    }

    #[test]
    fn no_value_means_two_terms_of_one_taxonomy() {
        for (at, (taxonomy, code, value)) in LIST.iter().enumerate() {
            let twice = LIST
                .iter()
                .skip(at + 1)
                .find(|(other, _, said)| other == taxonomy && said == value);
            assert_eq!(twice, None, "{taxonomy}/{code}");
        }
    }
}
