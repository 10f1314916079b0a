//! The parts of an entry, each read off its records.

use domain::{Address, Attribute, Place, Service};
use store::{Entry, ImportAbout};

use super::{AssessedTerm, CheckView, EntryView, PhoneView, PlaceView, SourceView, TermView};
use crate::Today;
use crate::said::filled;

pub(super) fn assessed(service: &Service, taxonomy: &str) -> Vec<AssessedTerm> {
    let one = |attribute: &Attribute| {
        let term = attribute.taxonomy_term.as_ref()?;
        Some(AssessedTerm {
            id: term.code.clone()?,
            name: term.name.clone(),
            detail: filled(attribute.value.as_ref()),
            assessed: attribute.assessed,
        })
    };
    service.attributes_in(taxonomy).filter_map(one).collect()
}

pub(super) fn coverage(service: &Service) -> Vec<TermView> {
    let one = |area: &domain::ServiceArea| {
        let name = area.name.clone()?;
        Some(TermView {
            id: area.extent.clone().unwrap_or_default(),
            name,
        })
    };
    service.service_areas.iter().filter_map(one).collect()
}

pub(super) fn ages(service: &Service) -> Option<String> {
    match (&service.minimum_age, &service.maximum_age) {
        (Some(from), Some(to)) => Some(format!("{from} to {to} years")),
        (Some(from), None) => Some(format!("{from} years and over")),
        (None, Some(to)) => Some(format!("up to {to} years")),
        (None, None) => None,
    }
}

pub(super) fn phones(entry: &Entry) -> Vec<PhoneView> {
    let ties = entry
        .service
        .service_at_locations
        .iter()
        .flat_map(|tie| &tie.phones);
    let places = entry.places.iter().flat_map(|place| &place.phones);
    let organisation = entry.organisation.iter().flat_map(|o| &o.phones);
    let mut phones: Vec<PhoneView> = Vec::new();
    for phone in entry
        .service
        .phones
        .iter()
        .chain(ties)
        .chain(places)
        .chain(organisation)
    {
        let keep = |(n, c): &(usize, char)| c.is_ascii_digit() || (*n == 0 && *c == '+');
        let dial: String = phone
            .number
            .trim()
            .chars()
            .enumerate()
            .filter(keep)
            .map(|(_, c)| c)
            .collect();
        if !dial.is_empty() && !phones.iter().any(|known| known.dial == dial) {
            let label = filled(phone.description.as_ref());
            phones.push(PhoneView {
                number: phone.number.trim().to_owned(),
                dial,
                label,
            });
        }
    }
    phones
}

pub(super) fn opening(entry: &Entry) -> Vec<String> {
    let ties = entry
        .service
        .service_at_locations
        .iter()
        .flat_map(|tie| &tie.schedules);
    let own = entry.service.schedules.iter().chain(ties);
    let mut lines: Vec<String> = own.filter_map(domain::Schedule::line).collect();
    if lines.is_empty() {
        let places = entry.places.iter().flat_map(|place| &place.schedules);
        lines = places.filter_map(domain::Schedule::line).collect();
    }
    lines.dedup();
    lines
}

pub(super) fn place_view(place: &Place, away: Option<f64>) -> PlaceView {
    let address = place.addresses.first();
    let line = |text: &Option<String>| filled(text.as_ref());
    let parts: Vec<String> = address.map(address_parts).unwrap_or_default();
    let access: Vec<String> = place
        .accessibility
        .iter()
        .flat_map(|a| [line(&a.description), line(&a.details)])
        .flatten()
        .collect();
    let first = parts
        .first()
        .cloned()
        .unwrap_or_else(|| "A place without a name".to_owned());
    PlaceView {
        name: line(&place.name).unwrap_or(first),
        address: (!parts.is_empty()).then(|| parts.join(", ")),
        postcode: address.and_then(|a| line(&a.postal_code)),
        distance_km: away.map(|km| (km * 10.0).round() / 10.0),
        access: (!access.is_empty()).then(|| access.join(" ")),
    }
}

fn address_parts(address: &Address) -> Vec<String> {
    let parts = [
        &address.address_1,
        &address.address_2,
        &address.city,
        &address.postal_code,
    ];
    let parts = parts.into_iter().filter_map(|text| filled(text.as_ref()));
    parts.collect()
}

/// The address of a place in one line.
pub(crate) fn address_line(place: &Place) -> Option<String> {
    let parts = address_parts(place.addresses.first()?);
    (!parts.is_empty()).then(|| parts.join(", "))
}

pub(super) fn checks(service: &Service, today: Today) -> Vec<CheckView> {
    let one = |check: &domain::Check| CheckView {
        what: check.of.clone().unwrap_or_else(|| "whole entry".to_owned()),
        said: format!("checked {}", check.when.said(today)),
        date: Some(check.when.to_string()),
        how: match (check.how.map(domain::CheckHow::said), &check.by) {
            (Some(how), Some(by)) => Some(format!("{how}, {by}")),
            (how, by) => how.map(str::to_owned).or_else(|| by.clone()),
        },
        stale: (today - check.when.last()).whole_days() > domain::STALE_AFTER_DAYS,
    };
    service.signpost.checks.iter().map(one).collect()
}

pub(super) fn sources(service: &Service) -> Vec<SourceView> {
    let one = |provenance: &domain::Provenance| SourceView {
        source: provenance.source.clone(),
        place: provenance.at.clone(),
        entered_by: provenance.entered_by.clone(),
        licence: provenance.licence.clone(),
    };
    service.signpost.provenance.iter().map(one).collect()
}

/// Where an imported entry came from.
pub(super) fn imported(origin: store::Origin) -> SourceView {
    let ImportAbout {
        source,
        dated,
        day,
        licence,
        ..
    } = origin.about;
    let dated = dated.map_or_else(String::new, |dated| format!(", of {dated}"));
    SourceView {
        source,
        place: Some(format!("{}{dated}, imported {day}", origin.at)),
        entered_by: None,
        licence,
    }
}

/// What a person would want to know and the directory does not.
pub(super) fn not_known(view: &EntryView) -> Vec<String> {
    let way_in = view.way_in.is_empty() && view.application_process.is_none();
    [
        (view.phones.is_empty(), "telephone number"),
        (view.email.is_none(), "email address"),
        (view.url.is_none(), "website"),
        (way_in, "way in"),
        (view.referrers.is_empty(), "who may refer"),
        (view.coverage.is_empty(), "area it covers"),
        (
            view.places.is_empty() && view.meets_you.is_empty(),
            "where it happens",
        ),
        (
            view.who_for.is_none() && view.populations.is_empty(),
            "who it is for",
        ),
        (view.opening.is_empty(), "opening hours"),
        (view.cost.is_none(), "cost"),
        (view.wait.is_none(), "waiting time"),
        (view.access.is_empty(), "access for disabled people"),
        (view.needs.is_empty(), "needs it meets"),
        (view.tier.is_none(), "tier"),
    ]
    .into_iter()
    .filter(|(unknown, _)| *unknown)
    .map(|(_, what)| what.to_owned())
    .collect()
}
