//! What is chosen from lists: terms, areas, languages, words.

use std::collections::HashSet;

use domain::{Areas, Catalogue, Language, Many, Place, RecordId, Rest, Service, ServiceArea};

use super::form::{PlaceTie, TermPick};
use crate::view::address_line;

/// The words of this directory: what can be chosen.
pub(crate) struct Words<'d> {
    pub(crate) catalogue: &'d Catalogue,
    pub(crate) areas: &'d Areas,
}

/// What is known around a service.
#[derive(Default)]
pub(crate) struct Around<'d> {
    /// The name of its organisation.
    pub(crate) organisation: Option<&'d str>,
    /// Its places.
    pub(crate) places: &'d [Place],
}

impl Around<'_> {
    /// Ties with names and addresses of their places.
    pub(super) fn named(&self, ties: Vec<PlaceTie>) -> Vec<PlaceTie> {
        let named = |mut tie: PlaceTie| {
            let place = self
                .places
                .iter()
                .find(|place| place.id.to_string() == tie.place);
            tie.name = place.and_then(|place| crate::said::filled(place.name.as_ref()));
            tie.address = place.and_then(address_line);
            tie
        };
        ties.into_iter().map(named).collect()
    }
}

/// The terms that hold for a service, a line a taxonomy.
pub(super) fn terms(record: &Service, words: &Words<'_>) -> Vec<TermPick> {
    let taxonomies = words.catalogue.taxonomies().iter();
    let of = |taxonomy: &str| once(record.codes(taxonomy).map(str::to_owned));
    taxonomies
        .map(|taxonomy| TermPick {
            codes: of(&taxonomy.code),
            taxonomy: taxonomy.code.clone(),
        })
        .collect()
}

/// Puts the terms that were chosen. A tie to a term that holds before and after stays as it is, with
/// its detail and with who read it out of what.
pub(super) fn put_terms(record: &mut Service, picks: &[TermPick], words: &Words<'_>) {
    for TermPick { taxonomy, codes } in picks {
        let before = once(record.codes(taxonomy).map(str::to_owned));
        let gone =
            |code: &str| before.iter().any(|b| b == code) && !codes.iter().any(|c| c == code);
        let come: Vec<&String> = codes.iter().filter(|code| !before.contains(code)).collect();
        let stays = |tie: &domain::Attribute| tie.code_in(taxonomy).is_none_or(|code| !gone(code));
        if come.is_empty() && record.attributes.iter().all(stays) {
            continue;
        }
        let kept = record.attributes.iter().filter(|tie| stays(tie)).cloned();
        let made = come
            .iter()
            .filter_map(|code| words.catalogue.attribute(taxonomy, code));
        record.attributes = kept.chain(made).collect();
    }
}

/// Codes of the areas that a service covers, those that this directory knows.
pub(super) fn areas(record: &Service, words: &Words<'_>) -> Vec<String> {
    let known = record
        .coverage()
        .filter(|code| words.areas.get(code).is_some());
    once(known.map(str::to_owned))
}

/// Puts the areas that were chosen; areas that nobody here knows stay.
pub(super) fn put_areas(record: &mut Service, codes: &[String], words: &Words<'_>) {
    let before = areas(record, words);
    let gone = |area: &ServiceArea| {
        let code = area.extent.as_ref();
        code.is_some_and(|code| before.contains(code) && !codes.contains(code))
    };
    let come: Vec<&String> = codes.iter().filter(|code| !before.contains(code)).collect();
    if come.is_empty() && !record.service_areas.iter().any(gone) {
        return;
    }
    let kept = record
        .service_areas
        .iter()
        .filter(|area| !gone(area))
        .cloned();
    let made = come.into_iter().filter_map(|code| {
        let area = words.areas.get(code)?;
        Some(ServiceArea {
            id: RecordId::named(&format!("{}/area/{code}", record.id)).to_string(),
            name: Some(area.name.clone()),
            extent: Some(area.code.clone()),
            rest: Rest::new(),
        })
    });
    record.service_areas = kept.chain(made).collect();
}

/// Names of languages.
pub(super) fn languages(list: &Many<Language>) -> Vec<String> {
    once(
        list.iter()
            .filter_map(|language| crate::said::filled(language.name.as_ref())),
    )
}

/// Puts languages by their names; what is known of one that stays, stays.
pub(super) fn put_languages(list: &mut Many<Language>, owner: RecordId, names: &[String]) {
    let (before, after) = (languages(list), tidied(names));
    if before == after {
        return;
    }
    let of_name = |name: &String| {
        let same = |language: &&Language| {
            crate::said::filled(language.name.as_ref())
                .is_some_and(|known| known.eq_ignore_ascii_case(name))
        };
        list.iter().find(same).cloned().unwrap_or_else(|| Language {
            id: RecordId::named(&format!("{owner}/language/{}", name.to_lowercase())).to_string(),
            name: Some(name.clone()),
            rest: Rest::new(),
        })
    };
    let nameless = list
        .iter()
        .filter(|language| crate::said::filled(language.name.as_ref()).is_none());
    let made: Vec<Language> = after.iter().map(of_name).chain(nameless.cloned()).collect();
    *list = made.into_iter().collect();
}

/// Puts plain words; nothing written makes the list absent, unless it was empty already.
pub(super) fn put_words(list: &mut Many<String>, words: &[String]) {
    let after = tidied(words);
    if **list != *after && list.to_vec() != words {
        *list = after.into_iter().collect();
    }
}

fn tidied(words: &[String]) -> Vec<String> {
    let filled = words.iter().map(|word| word.trim().to_owned());
    once(filled.filter(|word| !word.is_empty()))
}

/// Each once, in the order of their first coming.
fn once(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    items.filter(|item| seen.insert(item.clone())).collect()
}
