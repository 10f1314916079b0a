//! What is known of an entry, as labels and words, in the order in which people ask.

use directory::{AssessedTerm, EntryView, PhoneView, PlaceView, TermView};

/// What marks a term that an editor chose.
pub(crate) const ASSESSED: &str = "*";

/// A label and what is known of it.
pub(crate) type Fact = (&'static str, Option<String>);

pub(crate) fn getting_in(entry: &EntryView) -> [Fact; 6] {
    let phone = |phone: &PhoneView| match &phone.label {
        Some(label) => format!("{} ({label})", phone.number),
        None => phone.number.clone(),
    };
    [
        ("Way in", listed(entry.way_in.clone())),
        ("To do", entry.application_process.clone()),
        ("Referrers", listed(entry.referrers.clone())),
        (
            "Telephone",
            listed(entry.phones.iter().map(phone).collect()),
        ),
        ("Email", entry.email.clone()),
        ("Website", entry.url.clone()),
    ]
}

pub(crate) fn who_and_where(entry: &EntryView) -> [Fact; 11] {
    let covers = |area: &TermView| area.name.clone();
    [
        ("For", entry.who_for.clone()),
        ("People", terms(&entry.populations)),
        ("Ages", entry.ages.clone()),
        ("Languages", listed(entry.languages.clone())),
        (
            "Covers",
            listed(entry.coverage.iter().map(covers).collect()),
        ),
        ("Meets you", listed(entry.meets_you.clone())),
        ("Places", listed(entry.places.iter().map(place).collect())),
        ("Open", listed(entry.opening.clone())),
        ("Cost", entry.cost.clone()),
        ("Wait", entry.wait.clone()),
        ("Access", listed(entry.access.clone())),
    ]
}

pub(crate) fn offer(entry: &EntryView) -> [Fact; 7] {
    [
        ("Needs", terms(&entry.needs)),
        ("Tier", terms(entry.tier.as_slice())),
        ("Delivered", terms(entry.delivery_level.as_slice())),
        ("Activities", terms(&entry.activities)),
        ("Support", terms(&entry.support_types)),
        ("Does", terms(&entry.does)),
        ("Model", terms(&entry.models)),
    ]
}

fn listed(said: Vec<String>) -> Option<String> {
    (!said.is_empty()).then(|| said.join("; "))
}

fn terms(terms: &[AssessedTerm]) -> Option<String> {
    let one = |term: &AssessedTerm| {
        let mark = if term.assessed { ASSESSED } else { "" };
        match &term.detail {
            Some(detail) => format!("{} ({detail}){mark}", term.name),
            None => format!("{}{mark}", term.name),
        }
    };
    listed(terms.iter().map(one).collect())
}

fn place(place: &PlaceView) -> String {
    match &place.address {
        Some(address) if *address != place.name => format!("{}, {address}", place.name),
        _ => place.name.clone(),
    }
}
