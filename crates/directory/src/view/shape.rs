//! The shape of an entry as screens show it.

use serde::Serialize;

use crate::hit::{FreshnessView, StatusView};

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
