//! An entry whole: everything that is known, and what is not known said plainly.

use domain::{Attribute, Place, RecordId, Service};
use serde::Serialize;
use store::Entry;

use crate::Today;
use crate::error::Error;
use crate::hit::{FreshnessView, StatusView, cost, names};
use crate::open::Directory;
use crate::said::filled;

/// A code with what people read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct TermView {
    /// Its code.
    pub id: String,
    /// What people read.
    pub name: String,
}

/// A term that holds for an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct AssessedTerm {
    /// Its code.
    pub id: String,
    /// What people read.
    pub name: String,
    /// The detail given with it.
    pub detail: Option<String>,
    /// Read out of a description by an editor.
    pub assessed: bool,
}

/// The organisation behind an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct EntryOrganisation {
    /// Identity.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Its website.
    pub url: Option<String>,
}

/// A telephone number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct PhoneView {
    /// As people write it.
    pub number: String,
    /// As a telephone takes it: digits and a leading plus.
    pub dial: String,
    /// What it is for.
    pub label: Option<String>,
}

/// A place of an entry.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct PlaceView {
    /// Its name or first line of address.
    pub name: String,
    /// Its address in one line.
    pub address: Option<String>,
    /// Its postcode.
    pub postcode: Option<String>,
    /// Kilometres from where the person is.
    pub distance_km: Option<f64>,
    /// How to get in and about.
    pub access: Option<String>,
}

/// A check of an entry or of a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct CheckView {
    /// What was checked.
    pub what: String,
    /// When, as people say it.
    pub said: String,
    /// When, as exactly as known.
    pub date: Option<String>,
    /// How, and by whom.
    pub how: Option<String>,
    /// Older than a year.
    pub stale: bool,
}

/// Where an entry came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct SourceView {
    /// The publication, directory or file.
    pub source: String,
    /// Where in it. Named so as `where` is no good name for a program.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// Who entered it.
    pub entered_by: Option<String>,
    /// On what terms it may be used.
    pub licence: Option<String>,
}

/// An entry whole. An absent value or an empty list means: not known.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct EntryView {
    /// Identity.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its other names.
    pub alternate_names: Vec<String>,
    /// Who runs it.
    pub organisation: Option<EntryOrganisation>,
    /// The line that matters.
    pub summary: Option<String>,
    /// What it does.
    pub description: Option<String>,
    /// Whether it takes people.
    pub status: StatusView,
    /// Something to know before going.
    pub alert: Option<String>,
    /// Why people are sent.
    pub needs: Vec<AssessedTerm>,
    /// How much care it gives.
    pub tier: Option<AssessedTerm>,
    /// Who stands behind it.
    pub delivery_level: Option<AssessedTerm>,
    /// What is done there.
    pub activities: Vec<AssessedTerm>,
    /// For whom it is.
    pub populations: Vec<AssessedTerm>,
    /// What support it gives.
    pub support_types: Vec<AssessedTerm>,
    /// Models of social prescribing it works by.
    pub models: Vec<AssessedTerm>,
    /// What it does for a person.
    pub does: Vec<AssessedTerm>,
    /// The areas whose residents may use it.
    pub coverage: Vec<TermView>,
    /// Where it meets people.
    pub meets_you: Vec<String>,
    /// Its places.
    pub places: Vec<PlaceView>,
    /// Who may come, in words.
    pub who_for: Option<String>,
    /// Ages, in words.
    pub ages: Option<String>,
    /// Languages in which it is given.
    pub languages: Vec<String>,
    /// Ways in.
    pub way_in: Vec<String>,
    /// How a person gets in, in words.
    pub application_process: Option<String>,
    /// Who may refer.
    pub referrers: Vec<String>,
    /// Telephone numbers.
    pub phones: Vec<PhoneView>,
    /// Electronic mail.
    pub email: Option<String>,
    /// Its web page.
    pub url: Option<String>,
    /// When it is open.
    pub opening: Vec<String>,
    /// What it costs.
    pub cost: Option<String>,
    /// How long one waits.
    pub wait: Option<String>,
    /// How to get in and about.
    pub access: Vec<String>,
    /// When it was last known to be right.
    pub checked: FreshnessView,
    /// Each check.
    pub checks: Vec<CheckView>,
    /// Where it came from.
    pub sources: Vec<SourceView>,
    /// What is not known, in words.
    pub not_known: Vec<String>,
}

impl Directory {
    /// An entry whole, with distances from a postcode or outcode where one is given.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn entry(&self, id: &str, near: Option<&str>, today: Today) -> Result<EntryView, Error> {
        let entry = self.record(id)?;
        let from = near
            .and_then(|near| self.locate(near).ok())
            .map(|located| located.near.point);
        let places = entry
            .places
            .iter()
            .map(|place| place_view(place, from))
            .collect();
        Ok(Self::view(&entry, places, today))
    }

    /// An entry as its record: fields by their HSDS names, organisation and places within.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn show(&self, id: &str) -> Result<serde_json::Value, Error> {
        let Entry {
            service,
            organisation,
            places,
            ..
        } = self.record(id)?;
        let value = |place: &Place| serde_json::to_value(place).unwrap_or_default();
        let mut shown = serde_json::to_value(&service).unwrap_or_default();
        if let (Some(members), Some(organisation)) = (shown.as_object_mut(), organisation) {
            let organisation = serde_json::to_value(organisation).unwrap_or_default();
            members.insert("organization".to_owned(), organisation);
        }
        let ties = shown
            .get_mut("service_at_locations")
            .and_then(|ties| ties.as_array_mut());
        for tie in ties.into_iter().flatten() {
            let at = tie
                .get("location_id")
                .and_then(|id| id.as_str()?.parse::<RecordId>().ok());
            let place = places.iter().find(|place| Some(place.id) == at).map(value);
            if let (Some(members), Some(place)) = (tie.as_object_mut(), place) {
                members.insert("location".to_owned(), place);
            }
        }
        Ok(shown)
    }

    fn record(&self, id: &str) -> Result<Entry, Error> {
        let found = id
            .parse::<RecordId>()
            .ok()
            .map(|id| self.store().entry(id))
            .transpose()?;
        found
            .flatten()
            .ok_or_else(|| Error::NotFound(id.to_owned()))
    }

    #[expect(
        clippy::too_many_lines,
        reason = "one line for each of the entry's members"
    )]
    fn view(entry: &Entry, places: Vec<PlaceView>, today: Today) -> EntryView {
        let Entry {
            service,
            organisation,
            ..
        } = entry;
        let first = |taxonomy| assessed(service, taxonomy).into_iter().next();
        let mut view = EntryView {
            id: service.id.to_string(),
            name: service.name.clone(),
            alternate_names: service.other_names().map(str::to_owned).collect(),
            organisation: organisation.as_ref().map(|o| EntryOrganisation {
                id: o.id.to_string(),
                name: o.name.clone(),
                description: filled(o.description.as_ref()),
                url: filled(o.website.as_ref()),
            }),
            summary: filled(service.signpost.summary.as_ref()),
            description: filled(service.description.as_ref()),
            status: StatusView::of(service, today),
            alert: filled(service.alert.as_ref()),
            needs: assessed(service, "need"),
            tier: first("tier"),
            delivery_level: first("delivery-level"),
            activities: assessed(service, "activity"),
            populations: assessed(service, "population"),
            support_types: assessed(service, "support-type"),
            models: assessed(service, "model"),
            does: assessed(service, "what-it-does"),
            coverage: coverage(service),
            meets_you: names(service, "meets-you"),
            who_for: filled(service.eligibility_description.as_ref()),
            ages: ages(service),
            languages: service
                .languages
                .iter()
                .filter_map(|l| l.name.clone())
                .collect(),
            way_in: names(service, "way-in"),
            application_process: filled(service.application_process.as_ref()),
            referrers: names(service, "referral-source"),
            phones: phones(entry),
            email: filled(service.email.as_ref())
                .or_else(|| filled(organisation.as_ref()?.email.as_ref())),
            url: filled(service.url.as_ref())
                .or_else(|| filled(organisation.as_ref()?.website.as_ref())),
            opening: opening(entry),
            cost: cost(service),
            wait: filled(service.wait_time.as_ref()),
            access: places
                .iter()
                .filter_map(|place| place.access.clone())
                .collect(),
            places,
            checked: FreshnessView::of(service, today),
            checks: checks(service, today),
            sources: sources(service),
            not_known: Vec::new(),
        };
        view.not_known = not_known(&view);
        view
    }
}

fn assessed(service: &Service, taxonomy: &str) -> Vec<AssessedTerm> {
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

fn coverage(service: &Service) -> Vec<TermView> {
    let one = |area: &domain::ServiceArea| {
        let name = area.name.clone()?;
        Some(TermView {
            id: area.extent.clone().unwrap_or_default(),
            name,
        })
    };
    service.service_areas.iter().filter_map(one).collect()
}

fn ages(service: &Service) -> Option<String> {
    match (&service.minimum_age, &service.maximum_age) {
        (Some(from), Some(to)) => Some(format!("{from} to {to} years")),
        (Some(from), None) => Some(format!("{from} years and over")),
        (None, Some(to)) => Some(format!("up to {to} years")),
        (None, None) => None,
    }
}

fn phones(entry: &Entry) -> Vec<PhoneView> {
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

fn opening(entry: &Entry) -> Vec<String> {
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

fn place_view(place: &Place, from: Option<domain::Point>) -> PlaceView {
    let address = place.addresses.first();
    let line = |text: &Option<String>| filled(text.as_ref());
    let parts: Vec<String> = address
        .map(|a| {
            [
                line(&a.address_1),
                line(&a.address_2),
                line(&a.city),
                line(&a.postal_code),
            ]
        })
        .into_iter()
        .flatten()
        .flatten()
        .collect();
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
    let away = from
        .zip(place.point())
        .map(|(from, to)| from.distance_km(to));
    PlaceView {
        name: line(&place.name).unwrap_or(first),
        address: (!parts.is_empty()).then(|| parts.join(", ")),
        postcode: address.and_then(|a| line(&a.postal_code)),
        distance_km: away.map(|km| (km * 10.0).round() / 10.0),
        access: (!access.is_empty()).then(|| access.join(" ")),
    }
}

fn checks(service: &Service, today: Today) -> Vec<CheckView> {
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

fn sources(service: &Service) -> Vec<SourceView> {
    let one = |provenance: &domain::Provenance| SourceView {
        source: provenance.source.clone(),
        place: provenance.at.clone(),
        entered_by: provenance.entered_by.clone(),
        licence: provenance.licence.clone(),
    };
    service.signpost.provenance.iter().map(one).collect()
}

/// What a person would want to know and the directory does not.
fn not_known(view: &EntryView) -> Vec<String> {
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
