//! What the directory knows of words: its terms, areas and thesaurus.

use std::hash::{DefaultHasher, Hash, Hasher};

use domain::{AreaKind, Areas, Catalogue, ThesaurusGroup};

use crate::document::Dimension;
use crate::lexicon::Lexicon;
use crate::place_names::PlaceNames;
use crate::stemmed::Phrases;
use crate::text::{stem, words};
use crate::thesaurus::Thesaurus;

/// An option that people can narrow a search by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its code.
    pub code: String,
    /// What people read.
    pub name: String,
}

/// What people say counts like a word in this many services: it is in the thesaurus because many
/// say it.
const SAID_BY_PEOPLE: u32 = 3;

/// Terms, areas and thesaurus, made ready for searching.
#[derive(Debug)]
pub struct Vocabulary {
    pub(crate) thesaurus: Thesaurus,
    pub(crate) places: PlaceNames,
    pub(crate) areas: Areas,
    /// The words of both, for slips of the keyboard.
    pub(crate) said: Lexicon,
    choices: Vec<(Dimension, Vec<Choice>)>,
    phrases: Phrases,
    fingerprint: u64,
}

impl Vocabulary {
    /// Of a directory's taxonomies, areas and thesaurus.
    #[must_use]
    pub fn new(catalogue: &Catalogue, areas: &Areas, groups: &[ThesaurusGroup]) -> Self {
        let of = |dimension, taxonomy| (dimension, choices(catalogue, taxonomy));
        let boroughs = areas.choices();
        let boroughs = boroughs.map(|area| Choice {
            code: area.code.clone(),
            name: area.name.clone(),
        });
        let choices = vec![
            of(Dimension::Need, "need"),
            (Dimension::Borough, boroughs.collect()),
            of(Dimension::Tier, "tier"),
            of(Dimension::Activity, "activity"),
            of(Dimension::Population, "population"),
        ];
        let stemmed = |text: &String| {
            words(text)
                .iter()
                .map(|word| stem(word))
                .collect::<Vec<_>>()
        };
        let said = |group: &ThesaurusGroup| {
            let all = group
                .words
                .iter()
                .chain(&group.plain)
                .chain(&group.conditions);
            all.map(stemmed).collect::<Vec<_>>()
        };
        let (thesaurus, places) = (Thesaurus::new(groups), PlaceNames::new(areas));
        Self {
            said: Lexicon::of(thesaurus.words().chain(places.words()), SAID_BY_PEOPLE),
            thesaurus,
            places,
            areas: areas.clone(),
            phrases: Phrases::new(groups.iter().flat_map(said)),
            fingerprint: fingerprint(&choices, areas, groups),
            choices,
        }
    }

    /// The options of a dimension in display order.
    #[must_use]
    pub fn choices(&self, dimension: Dimension) -> &[Choice] {
        let found = self
            .choices
            .iter()
            .find(|(candidate, _)| *candidate == dimension);
        found
            .map(|(_, choices)| choices.as_slice())
            .unwrap_or_default()
    }

    pub(crate) fn name(&self, dimension: Dimension, code: &str) -> String {
        let choice = self
            .choices(dimension)
            .iter()
            .find(|choice| choice.code == code);
        choice.map_or_else(|| code.to_owned(), |choice| choice.name.clone())
    }

    pub(crate) fn phrases(&self) -> Phrases {
        self.phrases.clone()
    }

    /// Changes when an index built with these words would differ.
    pub(crate) fn fingerprint(&self) -> u64 {
        self.fingerprint
    }
}

fn choices(catalogue: &Catalogue, taxonomy: &str) -> Vec<Choice> {
    let choice = |term: &domain::TaxonomyTerm| {
        Some(Choice {
            code: term.code.clone()?,
            name: term.name.clone(),
        })
    };
    catalogue
        .terms(taxonomy)
        .iter()
        .filter_map(choice)
        .collect()
}

fn fingerprint(
    choices: &[(Dimension, Vec<Choice>)],
    areas: &Areas,
    groups: &[ThesaurusGroup],
) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (dimension, choices) in choices {
        dimension.hash(&mut hasher);
        choices
            .iter()
            .for_each(|choice| choice.code.hash(&mut hasher));
    }
    for area in areas.all() {
        (&area.code, &area.within, area.kind == AreaKind::County).hash(&mut hasher);
    }
    for group in groups {
        (&group.words, &group.plain, &group.conditions).hash(&mut hasher);
    }
    hasher.finish()
}
