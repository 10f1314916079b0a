//! An entry as a row of a table that people read.

use interchange::people::Cell;

use crate::view::{AssessedTerm, EntryView, PlaceView};

/// Headings, in the order of [`row`]. Importing the table again finds its columns by them.
pub(crate) const HEADINGS: [&str; 33] = [
    "Name",
    "Other names",
    "Organisation",
    "Summary",
    "Description",
    "Needs",
    "Tier",
    "Delivery level",
    "Activities",
    "Who it is for",
    "Eligibility",
    "Ages",
    "Ways in",
    "How to get in",
    "Who may refer",
    "Telephone",
    "Email",
    "Website",
    "Place",
    "Address",
    "Postcode",
    "Opening times",
    "Cost",
    "Waiting time",
    "Covers",
    "Meets you",
    "Languages",
    "Access",
    "Status",
    "Checked",
    "Source",
    "Licence",
    "ID",
];

/// What stands between several values of a cell.
const BETWEEN: &str = "; ";

/// The cells of an entry.
pub(crate) fn row(entry: &EntryView) -> Vec<Cell> {
    let terms = |terms: &[AssessedTerm]| joined(terms.iter().map(|term| term.name.clone()));
    let term = |term: &Option<AssessedTerm>| term.as_ref().map(|term| term.name.clone());
    let places =
        |part: fn(&PlaceView) -> Option<String>| joined(entry.places.iter().filter_map(part));
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let cells = [
        entry.name.clone(),
        joined(entry.alternate_names.iter().cloned()),
        entry
            .organisation
            .as_ref()
            .map(|organisation| organisation.name.clone())
            .unwrap_or_default(),
        text(&entry.summary),
        text(&entry.description),
        terms(&entry.needs),
        term(&entry.tier).unwrap_or_default(),
        term(&entry.delivery_level).unwrap_or_default(),
        terms(&entry.activities),
        terms(&entry.populations),
        text(&entry.who_for),
        text(&entry.ages),
        joined(entry.way_in.iter().cloned()),
        text(&entry.application_process),
        joined(entry.referrers.iter().cloned()),
        joined(entry.phones.iter().map(|phone| phone.number.clone())),
        text(&entry.email),
        text(&entry.url),
        places(|place| Some(place.name.clone())),
        places(|place| place.address.clone()),
        places(|place| place.postcode.clone()),
        joined(entry.opening.iter().cloned()),
        text(&entry.cost),
        text(&entry.wait),
        joined(entry.coverage.iter().map(|area| area.name.clone())),
        joined(entry.meets_you.iter().cloned()),
        joined(entry.languages.iter().cloned()),
        joined(entry.access.iter().cloned()),
        text(&entry.status.said),
        text(&entry.checked.date),
        joined(entry.sources.iter().map(|source| source.source.clone())),
        joined(
            entry
                .sources
                .iter()
                .filter_map(|source| source.licence.clone()),
        ),
        entry.id.clone(),
    ];
    cells.iter().map(|cell| Cell::from(cell.as_str())).collect()
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    let mut once: Vec<String> = Vec::new();
    for part in parts {
        if !part.is_empty() && !once.contains(&part) {
            once.push(part);
        }
    }
    once.join(BETWEEN)
}
