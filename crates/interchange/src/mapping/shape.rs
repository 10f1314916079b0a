//! What a mapping is: which column fills which field, and which value means which term. People save
//! mappings by name and use them again, so their JSON is a promise.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A field that a column can fill. As text: its name, a term's with its taxonomy (`term:need`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Field {
    /// Identifier in the source.
    SourceId,
    /// The service's name.
    Name,
    /// Another name of it.
    AlternateName,
    /// The line that matters.
    Summary,
    /// What it does.
    Description,
    /// Words by which it should be found.
    Keywords,
    /// HSDS status, or words for it.
    Status,
    /// Something to know before going.
    Alert,
    /// The day on which somebody checked it.
    CheckedOn,
    /// Web page.
    Url,
    /// Electronic mail.
    Email,
    /// Telephone; several columns may fill it.
    Phone,
    /// Email, telephone or web page: each value tells what it is.
    Contact,
    /// How a person gets in.
    ApplicationProcess,
    /// Who may come.
    Eligibility,
    /// From this age, years.
    MinimumAge,
    /// Up to this age, years.
    MaximumAge,
    /// What it costs.
    Fees,
    /// How long one waits.
    WaitTime,
    /// When it is open, as people write it.
    OpeningHours,
    /// Languages in which it is given.
    Languages,
    /// Areas whose residents may use it, by code or name.
    Coverage,
    /// Terms of this taxonomy, by code, name or a rule for the value.
    Term(String),
    /// The organisation's name.
    OrganisationName,
    /// What the organisation is.
    OrganisationDescription,
    /// The organisation's website.
    OrganisationUrl,
    /// The organisation's electronic mail.
    OrganisationEmail,
    /// The organisation's telephone.
    OrganisationPhone,
    /// The charity number.
    CharityNumber,
    /// The company number.
    CompanyNumber,
    /// The name of the place where it happens.
    PlaceName,
    /// A line of the address, or all of it; several columns may fill it, in their order.
    Address,
    /// Town or city.
    City,
    /// County or region.
    County,
    /// Postcode.
    Postcode,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// How somebody with a disability gets in and about.
    Access,
    /// How to get there.
    Transport,
    /// For staff alone: kept with the record, marked not public, and never exported unasked.
    Internal,
    /// Kept with the record under its heading, where no field is right for it.
    Extra,
}

/// A sort of field, as a list of choices is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FieldGroup {
    /// The service itself.
    Service,
    /// Getting in touch and getting in.
    GettingIn,
    /// Terms of taxonomies, and coverage.
    Terms,
    /// The organisation behind it.
    Organisation,
    /// Where it happens.
    Place,
    /// Everything else.
    Other,
}

/// A field as somebody chooses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct FieldOption {
    /// The field.
    #[specta(type = String)]
    pub field: Field,
    /// What people read.
    pub label: String,
    /// Where it stands in the list.
    pub group: FieldGroup,
    /// More about it in a line; empty: the label says it.
    pub help: String,
    /// Whether several columns may fill it.
    pub many: bool,
}

/// A term of a taxonomy by its codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct TermRef {
    /// The taxonomy: `population`.
    pub taxonomy: String,
    /// The term: `lgbt`.
    pub term: String,
}

/// What a value of a column means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ValueRule {
    /// The value as the file has it; capitals and spaces around it do not count.
    pub value: String,
    /// The terms that it means; none: it means nothing and is not kept.
    pub terms: Vec<TermRef>,
}

/// What becomes of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Column {
    /// Its heading as the file has it.
    pub heading: String,
    /// Which of the columns with this heading, from 0.
    pub nth: u32,
    /// What it fills; none: it is not imported.
    #[specta(type = Option<String>)]
    pub field: Option<Field>,
    /// What its values mean, beside what the field does with them.
    #[serde(default)]
    pub values: Vec<ValueRule>,
}

/// A value that every record of the file gets, where its columns give none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Fixed {
    /// The field.
    #[specta(type = String)]
    pub field: Field,
    /// The value.
    pub value: String,
}

/// How a table is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Mapping {
    /// The source that these records come from, as people know it. Identifiers are made from it:
    /// the same source is known again, another name makes other records.
    pub source: String,
    /// Under what licence its facts may be used.
    #[serde(default)]
    pub licence: Option<String>,
    /// The date of the source: day, month or year, or as people say it.
    #[serde(default)]
    pub dated: Option<String>,
    /// The sheet; none: the first that holds a table.
    #[serde(default)]
    pub sheet: Option<String>,
    /// The line of the headings, from 1; none: found.
    #[serde(default)]
    pub header_line: Option<u32>,
    /// The columns, in the file's order.
    pub columns: Vec<Column>,
    /// What every record gets.
    #[serde(default)]
    pub fixed: Vec<Fixed>,
}

/// No field is called so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no field \"{0}\"")]
pub struct UnknownField(pub String);

/// All fields that are not terms, with their names.
const NAMES: [(&str, Field); 40] = [
    ("source_id", Field::SourceId),
    ("name", Field::Name),
    ("alternate_name", Field::AlternateName),
    ("summary", Field::Summary),
    ("description", Field::Description),
    ("keywords", Field::Keywords),
    ("status", Field::Status),
    ("alert", Field::Alert),
    ("checked_on", Field::CheckedOn),
    ("url", Field::Url),
    ("email", Field::Email),
    ("phone", Field::Phone),
    ("contact", Field::Contact),
    ("application_process", Field::ApplicationProcess),
    ("eligibility", Field::Eligibility),
    ("minimum_age", Field::MinimumAge),
    ("maximum_age", Field::MaximumAge),
    ("fees", Field::Fees),
    ("wait_time", Field::WaitTime),
    ("opening_hours", Field::OpeningHours),
    ("languages", Field::Languages),
    ("coverage", Field::Coverage),
    ("organisation_name", Field::OrganisationName),
    ("organisation_description", Field::OrganisationDescription),
    ("organisation_url", Field::OrganisationUrl),
    ("organisation_email", Field::OrganisationEmail),
    ("organisation_phone", Field::OrganisationPhone),
    ("charity_number", Field::CharityNumber),
    ("company_number", Field::CompanyNumber),
    ("place_name", Field::PlaceName),
    ("address", Field::Address),
    ("city", Field::City),
    ("county", Field::County),
    ("postcode", Field::Postcode),
    ("latitude", Field::Latitude),
    ("longitude", Field::Longitude),
    ("access", Field::Access),
    ("transport", Field::Transport),
    ("internal", Field::Internal),
    ("extra", Field::Extra),
];

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Term(taxonomy) = self {
            return write!(f, "term:{taxonomy}");
        }
        let name = NAMES.iter().find(|(_, field)| field == self);
        f.write_str(name.map_or("", |(name, _)| name))
    }
}

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(text: &str) -> Result<Self, UnknownField> {
        if let Some(taxonomy) = text.strip_prefix("term:").filter(|code| !code.is_empty()) {
            return Ok(Self::Term(taxonomy.to_owned()));
        }
        let found = NAMES.iter().find(|(name, _)| *name == text);
        found
            .map(|(_, field)| field.clone())
            .ok_or_else(|| UnknownField(text.to_owned()))
    }
}

impl TryFrom<String> for Field {
    type Error = UnknownField;

    fn try_from(text: String) -> Result<Self, UnknownField> {
        text.parse()
    }
}

impl From<Field> for String {
    fn from(field: Field) -> Self {
        field.to_string()
    }
}
