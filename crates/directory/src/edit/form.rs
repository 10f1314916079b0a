//! Records as forms: what a person can write, with blanks where something is not known.

use serde::{Deserialize, Serialize};

use crate::hit::EntryState;

/// A telephone number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PhoneForm {
    /// As people write it.
    pub number: String,
    /// What it is for.
    pub description: Option<String>,
}

/// A web address beside the main one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct LinkForm {
    /// What it leads to.
    pub label: Option<String>,
    /// The address.
    pub url: String,
}

/// How often hours come round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// On these days of each week.
    Week,
    /// On the first, second … last of these days of each month.
    Month,
}

/// Hours: when something runs or is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ScheduleForm {
    /// `MO` to `SU`; none: not said.
    pub days: Vec<String>,
    /// How often; none: not said.
    pub every: Option<Every>,
    /// Which of the days in a month: 1 to 4, and -1 for the last.
    pub ordinals: Vec<i8>,
    /// Opening time, `HH:MM`.
    pub opens: Option<String>,
    /// Closing time, `HH:MM`.
    pub closes: Option<String>,
    /// From this day, ISO 8601.
    pub from: Option<String>,
    /// Up to this day, ISO 8601.
    pub until: Option<String>,
    /// As it was written.
    pub words: Option<String>,
}

/// A price.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct CostForm {
    /// Who or what it is for.
    pub option: Option<String>,
    /// In pounds: `3.50`.
    pub amount: Option<String>,
    /// In words.
    pub words: Option<String>,
}

/// A place at which a service is given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PlaceTie {
    /// The place.
    pub place: String,
    /// Its name, to be read only.
    pub name: Option<String>,
    /// Its address, to be read only.
    pub address: Option<String>,
    /// What happens there.
    pub description: Option<String>,
    /// Hours of the service there.
    pub schedules: Vec<ScheduleForm>,
}

/// The terms chosen of one taxonomy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct TermPick {
    /// The taxonomy.
    pub taxonomy: String,
    /// Codes of its terms.
    pub codes: Vec<String>,
}

/// The organisation behind a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct OrganisationPick {
    /// Identity.
    pub id: String,
    /// Its name, to be read only.
    pub name: String,
}

/// A note for staff.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct NoteForm {
    /// What it is about.
    pub label: String,
    /// The note.
    pub text: String,
}

/// A service as a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ServiceForm {
    /// Its name.
    pub name: String,
    /// Another name.
    pub alternate_name: Option<String>,
    /// Names beside those two.
    pub other_names: Vec<String>,
    /// The line that matters.
    pub summary: Option<String>,
    /// What it does.
    pub description: Option<String>,
    /// Who runs it.
    pub organisation: Option<OrganisationPick>,
    /// Its web page.
    pub url: Option<String>,
    /// More of its web.
    pub links: Vec<LinkForm>,
    /// Electronic mail.
    pub email: Option<String>,
    /// Telephone numbers.
    pub phones: Vec<PhoneForm>,
    /// Whether it takes people.
    pub state: EntryState,
    /// Until when it is in that state.
    pub state_until: Option<String>,
    /// What is to be said about that.
    pub state_words: Option<String>,
    /// How a person gets in.
    pub application_process: Option<String>,
    /// Who may come.
    pub eligibility: Option<String>,
    /// From this age, years.
    pub minimum_age: Option<String>,
    /// Up to this age, years.
    pub maximum_age: Option<String>,
    /// How long one waits.
    pub wait_time: Option<String>,
    /// What it costs, in words.
    pub fees: Option<String>,
    /// Prices.
    pub costs: Vec<CostForm>,
    /// Something to know before going.
    pub alert: Option<String>,
    /// When it runs.
    pub schedules: Vec<ScheduleForm>,
    /// Its places.
    pub places: Vec<PlaceTie>,
    /// Codes of the areas that it covers.
    pub areas: Vec<String>,
    /// Languages in which it is given.
    pub languages: Vec<String>,
    /// Words by which it should be found.
    pub keywords: Vec<String>,
    /// Its terms, a line a taxonomy.
    pub terms: Vec<TermPick>,
    /// Notes for staff.
    pub internal: Vec<NoteForm>,
}

/// An organisation as a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct OrganisationForm {
    /// Its name.
    pub name: String,
    /// Another name.
    pub alternate_name: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// Its website.
    pub website: Option<String>,
    /// More of its web.
    pub links: Vec<LinkForm>,
    /// Electronic mail.
    pub email: Option<String>,
    /// Telephone numbers.
    pub phones: Vec<PhoneForm>,
}

/// A place as a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PlaceForm {
    /// Its name.
    pub name: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// First line of its address.
    pub address_1: Option<String>,
    /// Second line of its address.
    pub address_2: Option<String>,
    /// Town or city.
    pub city: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Degrees north.
    pub latitude: Option<String>,
    /// Degrees east.
    pub longitude: Option<String>,
    /// Somebody's home: others see its area only.
    pub private: bool,
    /// How to get there.
    pub transportation: Option<String>,
    /// How somebody with a disability gets in and about.
    pub access: Option<String>,
    /// Telephone numbers.
    pub phones: Vec<PhoneForm>,
    /// When it is open.
    pub schedules: Vec<ScheduleForm>,
}

/// A record as a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", content = "form", rename_all = "snake_case")]
pub enum RecordForm {
    /// Of a service.
    Service(Box<ServiceForm>),
    /// Of an organisation.
    Organisation(OrganisationForm),
    /// Of a place.
    Place(PlaceForm),
}
