//! What the index knows of a service.

use domain::{Areas, Point, Service, StateKind};
use time::Date;

/// What a search can be narrowed by, and what synonyms can lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    /// Why a person is sent.
    Need,
    /// A borough it covers.
    Borough,
    /// How much care it gives.
    Tier,
    /// What is done there.
    Activity,
    /// For whom it is.
    Population,
    /// Marks of the index's own: closed, comes to you, whole county.
    Mark,
}

impl Dimension {
    /// The dimensions that people narrow by, in the order of their counts.
    pub const CHOSEN: [Self; 3] = [Self::Need, Self::Borough, Self::Tier];

    /// How the index tells them apart.
    const LETTERS: [(Self, &str); 6] = [
        (Self::Need, "n:"),
        (Self::Borough, "b:"),
        (Self::Tier, "t:"),
        (Self::Activity, "a:"),
        (Self::Population, "p:"),
        (Self::Mark, "m:"),
    ];

    /// Stands for a blank in a code, which would make two terms of it.
    const BLANK: &str = "\u{1}";

    /// The index's term for a code.
    pub(crate) fn key(self, code: &str) -> String {
        let letter = Self::LETTERS
            .iter()
            .find(|(dimension, _)| *dimension == self);
        format!(
            "{}{}",
            letter.map_or("", |(_, letter)| letter),
            code.replace(' ', Self::BLANK)
        )
    }

    /// The dimension and code of a term of the index.
    pub(crate) fn of_key(key: &str) -> Option<(Self, String)> {
        let mut all = Self::LETTERS.iter();
        let (dimension, code) =
            all.find_map(|(dimension, letter)| Some((*dimension, key.strip_prefix(letter)?)))?;
        Some((dimension, code.replace(Self::BLANK, " ")))
    }
}

/// The service is no more.
pub(crate) const CLOSED: &str = "closed";
/// It comes to the person: home visits, by telephone, online.
pub(crate) const COMES: &str = "comes";

/// A service as it is indexed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Its row in the store.
    pub row: i64,
    /// Its name.
    pub name: String,
    /// Its other names.
    pub other_names: Vec<String>,
    /// Short texts that say what it is: organisation, terms, keywords, languages.
    pub tags: Vec<String>,
    /// Longer texts.
    pub text: Vec<String>,
    /// Codes of what it can be narrowed by.
    pub terms: Vec<(Dimension, String)>,
    /// Where its places lie.
    pub points: Vec<Point>,
    /// The Julian day of its oldest last check; absent: never checked.
    pub checked: Option<i32>,
}

impl Document {
    /// A service's document. `points` are those of its places.
    #[must_use]
    pub fn of(row: i64, service: &Service, organisation: Option<&str>, sites: &Sites<'_>) -> Self {
        let some = |text: &Option<String>| text.clone().into_iter();
        let mut tags: Vec<String> = organisation.map(str::to_owned).into_iter().collect();
        tags.extend(service.signpost.keywords.iter().cloned());
        tags.extend(named(service, &["population"]));
        tags.extend(
            service
                .attributes
                .iter()
                .filter_map(|attribute| attribute.value.clone()),
        );
        tags.extend(
            service
                .languages
                .iter()
                .filter_map(|language| language.name.clone()),
        );
        // Tiers and routes are narrowed by, not searched: their names are about everything.
        let general = named(service, &["need", "activity", "support-type", "model"]);
        let text = some(&service.signpost.summary)
            .chain(some(&service.description))
            .chain(some(&service.eligibility_description))
            .chain(some(&service.application_process))
            .chain(some(&service.fees_description))
            .chain(
                service
                    .service_areas
                    .iter()
                    .filter_map(|area| area.name.clone()),
            )
            .chain(general)
            .chain(sites.names.iter().map(|name| (*name).to_owned()))
            .collect();
        Self {
            row,
            name: service.name.clone(),
            other_names: service.other_names().map(str::to_owned).collect(),
            tags,
            text,
            terms: terms(service, sites),
            points: sites.points.clone(),
            checked: checked(service),
        }
    }
}

impl Document {
    /// Calls `each` with all its texts.
    pub(crate) fn texts(&self, each: impl FnMut(&str)) {
        let names = std::iter::once(&self.name).chain(&self.other_names);
        names
            .chain(&self.tags)
            .chain(&self.text)
            .map(String::as_str)
            .for_each(each);
    }
}

/// Names of a service's terms of these taxonomies.
fn named(service: &Service, taxonomies: &[&str]) -> Vec<String> {
    let of = |taxonomy| {
        service
            .attributes
            .iter()
            .filter(move |a| a.code_in(taxonomy).is_some())
    };
    let terms = taxonomies.iter().flat_map(|taxonomy| of(taxonomy));
    terms
        .filter_map(|a| Some(a.taxonomy_term.as_ref()?.name.clone()))
        .collect()
}

/// A service's places, as far as the index needs them, and the areas they may lie in.
#[derive(Debug, Clone)]
pub struct Sites<'a> {
    /// Names of its places.
    pub names: Vec<&'a str>,
    /// Points of its places.
    pub points: Vec<Point>,
    /// The directory's areas.
    pub areas: &'a Areas,
}

fn checked(service: &Service) -> Option<i32> {
    let oldest = service
        .signpost
        .checks
        .iter()
        .map(|check| check.when.last())
        .min();
    oldest
        .or_else(|| service.assured().map(|when| when.last()))
        .map(Date::to_julian_day)
}

fn terms(service: &Service, sites: &Sites<'_>) -> Vec<(Dimension, String)> {
    let of = |dimension: Dimension, taxonomy: &'static str| {
        service
            .codes(taxonomy)
            .map(move |code| (dimension, code.to_owned()))
            .collect::<Vec<_>>()
    };
    let mut terms = of(Dimension::Need, "need");
    terms.extend(of(Dimension::Tier, "tier"));
    terms.extend(of(Dimension::Activity, "activity"));
    terms.extend(of(Dimension::Population, "population"));
    terms.extend(
        boroughs(service, sites)
            .into_iter()
            .map(|code| (Dimension::Borough, code)),
    );
    let mark = |code: &str| (Dimension::Mark, code.to_owned());
    if service.state() == StateKind::Closed {
        terms.push(mark(CLOSED));
    }
    if service.codes("meets-you").any(|code| code != "at-a-place") {
        terms.push(mark(COMES));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// The boroughs whose residents may use it. Where the coverage is not known, a service that is
/// online serves everywhere, and one with a place serves at least the borough it stands in.
fn boroughs(service: &Service, sites: &Sites<'_>) -> Vec<String> {
    let areas = sites.areas;
    let covered: Vec<String> = service
        .coverage()
        .flat_map(|code| areas.covered_by(code))
        .map(|area| area.code.clone())
        .collect();
    if !covered.is_empty() || !service.service_areas.is_empty() {
        return covered;
    }
    if service.codes("meets-you").any(|code| code == "online") {
        return areas.choices().map(|area| area.code.clone()).collect();
    }
    sites
        .points
        .iter()
        .filter_map(|point| areas.at(*point))
        .map(|area| area.code.clone())
        .collect()
}
