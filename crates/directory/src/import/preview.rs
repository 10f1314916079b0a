//! What the first rows of a table become under a mapping, while somebody is still at it.

use domain::{Organisation, Place, Service};
use interchange::mapping::Mapper;
use interchange::tables::{Row, Table};
use interchange::{Finding, Incoming, Intake, InterchangeError, Record, Stop, Weight};
use serde::Serialize;
use serde_json::Value;

use super::compare::said;
use super::origin::Origin;
use super::read::options;
use super::shape::{ImportPreview, ImportSource, PreviewField, PreviewRow};
use crate::error::Error;
use crate::open::Directory;

/// Rows shown.
const ROWS: usize = 6;

/// What one row became.
#[derive(Default)]
struct Became {
    service: Option<Service>,
    organisation: Option<Organisation>,
    place: Option<Place>,
    findings: Vec<String>,
}

impl Directory {
    /// What the first rows become.
    ///
    /// # Errors
    /// [`Error::Interchange`] when the table can't be read.
    pub fn import_preview(&self, given: &ImportSource) -> Result<ImportPreview, Error> {
        let origin = Origin::of(given)?;
        let path = origin.path().ok_or(Error::TableFromWeb)?;
        let mapping = match &given.mapping {
            Some(mapping) => mapping.clone(),
            None => self.proposed(path, &origin.source(given))?,
        };
        let mut table = Table::open(path, &options(&mapping))?;
        let says = self.postcode_says();
        let made = Mapper::new(
            &mapping,
            &table.headings,
            &self.catalogue,
            &self.areas,
            &says,
        );
        let mut mapper = match made {
            Ok(mapper) => mapper,
            Err(missing) => {
                return Ok(ImportPreview {
                    rows: Vec::new(),
                    missing,
                });
            }
        };
        let mut rows = Vec::new();
        let mut row = Row::default();
        let spot = table.spot.clone();
        while rows.len() < ROWS && table.next(&mut row)? {
            let mut became = Became::default();
            mapper
                .row(&row, &spot, &mut became)
                .map_err(InterchangeError::from)?;
            rows.push(became.shown(row.line));
        }
        Ok(ImportPreview {
            rows,
            missing: Vec::new(),
        })
    }
}

impl Became {
    fn shown(self, line: u64) -> PreviewRow {
        let name = self.service.as_ref().map(|service| service.name.clone());
        let mut fields = Vec::new();
        fields.extend(self.service.iter().flat_map(|one| told("", one)));
        fields.extend(self.place.iter().flat_map(|one| told("Place: ", one)));
        let organisation = self.organisation.iter();
        fields.extend(organisation.flat_map(|one| told("Organisation: ", one)));
        PreviewRow {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            name,
            fields,
            findings: self.findings,
        }
    }
}

impl Intake for Became {
    fn take(&mut self, incoming: Incoming) -> Result<(), Stop> {
        match incoming.record {
            Record::Service(one) => self.service = Some(*one),
            Record::Organisation(one) => self.organisation = Some(*one),
            Record::Place(one) => self.place = Some(*one),
        }
        Ok(())
    }

    fn find(&mut self, finding: Finding) -> Result<(), Stop> {
        if finding.weight != Weight::Note {
            let column = finding.spot.column.map(|column| format!("{column}: "));
            let column = column.unwrap_or_default();
            self.findings.push(format!("{column}{}", finding.message));
        }
        Ok(())
    }

    fn step(&mut self, _done: u64, _total: u64) -> Result<(), Stop> {
        Ok(())
    }
}

/// The filled members of a record with what people call them.
fn told(whose: &str, record: &impl Serialize) -> Vec<PreviewField> {
    let value = serde_json::to_value(record).unwrap_or_default();
    let mut fields = Vec::new();
    let members = value.as_object().into_iter().flatten();
    for (name, value) in members {
        match (name.as_str(), value) {
            ("signpost", Value::Object(inner)) => {
                fields.extend(inner.iter().filter_map(|(name, v)| field(whose, name, v)));
            }
            ("id" | "status" | "location_type" | "service_at_locations", _) => {}
            (name, _) if name.ends_with("_id") => {}
            ("name", _) if whose.is_empty() => {}
            (name, value) => fields.extend(field(whose, name, value)),
        }
    }
    fields
}

fn field(whose: &str, name: &str, value: &Value) -> Option<PreviewField> {
    let value = said(value);
    (!value.is_empty()).then(|| PreviewField {
        label: format!("{whose}{}", label(name)),
        value,
    })
}

/// What people call an HSDS member.
fn label(name: &str) -> String {
    let known = match name {
        "url" | "website" => "Website",
        "email" => "Email",
        "phones" => "Telephone",
        "schedules" => "Open",
        "service_areas" => "Covers",
        "attributes" => "Terms",
        "application_process" => "Way in",
        "eligibility_description" => "Who for",
        "fees_description" => "Cost",
        "assured_date" => "Checked",
        "addresses" => "Address",
        "accessibility" => "Access",
        "organization_identifiers" => "Identifiers",
        other => {
            let words = other.replace('_', " ");
            let mut letters = words.chars();
            return letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect()
            });
        }
    };
    known.to_owned()
}
