//! Checks documents against the tables: what is required, kinds, values, formats.

use std::path::Path;

use serde_json::{Map, Value};

use super::entities::{Entity, Field, Kind, Link, entity};
use super::remarks::{Remarks, Way, quoted};
use super::walk::{self, Taker};
use super::{Summary, formats, which};
use crate::{Finding, Intake, InterchangeError, Spot, Stop, Weight};

/// Checks a JSON file of HSDS 3.1 or Open Referral UK 3.0, or all of a folder.
///
/// A fault that makes a
/// record invalid by the published schemas is told as [`Weight::Refused`]; what they let pass but
/// tables would not, such as a date that is none, as [`Weight::Doubtful`]. Members that the schemas
/// don't know are no faults. Nothing is handed to the intake but findings.
///
/// # Errors
/// As [`super::read()`].
pub fn validate(path: &Path, intake: &mut dyn Intake) -> Result<Summary, InterchangeError> {
    let mut check = Check {
        intake,
        summary: Summary::default(),
    };
    walk::walk(path, &mut check)?;
    Ok(check.summary)
}

struct Check<'a> {
    intake: &'a mut dyn Intake,
    summary: Summary,
}

impl Taker for Check<'_> {
    fn document(&mut self, value: Value, mut remarks: Remarks, spot: &Spot) -> Result<(), Stop> {
        self.summary.documents += 1;
        let Value::Object(members) = value else {
            let message = format!("a record is due here, not {}", quoted(&value));
            return self.refuse(spot.clone(), message);
        };
        let entity = which::of(&members, &spot.file);
        let name = entity.map(|entity| entity.name);
        match name {
            Some("service") => self.summary.services += 1,
            Some("organization") => self.summary.organisations += 1,
            Some("location") => self.summary.places += 1,
            _ => {}
        }
        if let Some(entity) = entity {
            record(entity, &members, &Way::Top, &mut remarks);
        }
        self.summary.refused += u64::from(remarks.refuses());
        let (doubtful, notes) = remarks.counts();
        self.summary.doubtful += doubtful;
        self.summary.notes += notes;
        let name = members.get("name").and_then(Value::as_str);
        remarks.tell(self.intake, spot, name)
    }

    fn refuse(&mut self, spot: Spot, message: String) -> Result<(), Stop> {
        self.summary.refused += 1;
        self.intake.find(Finding {
            weight: Weight::Refused,
            spot,
            record: None,
            message,
        })
    }

    fn step(&mut self, done: u64, total: u64) -> Result<(), Stop> {
        self.intake.step(done, total)
    }
}

/// Checks a record and all that stands in it.
pub(super) fn record(
    of: &Entity,
    members: &Map<String, Value>,
    at: &Way<'_>,
    remarks: &mut Remarks,
) {
    let fields = of.fields.iter().filter(|field| field.required);
    let links = of.links.iter().filter(|link| link.required);
    for name in fields
        .map(|field| field.name)
        .chain(links.map(|link| link.member))
    {
        if !members.contains_key(name) {
            remarks.refuse(at, format!("{name} is missing"));
        }
    }
    for (name, value) in members {
        let at = at.to(name);
        if let Some(field) = of.field(name) {
            checked(field, value, &at, remarks);
        } else if let Some(link) = of.link(name) {
            linked(link, value, &at, remarks);
        } else {
            beyond(of, name, value, &at, remarks);
        }
    }
}

fn checked(field: &Field, value: &Value, at: &Way<'_>, remarks: &mut Remarks) {
    if value.is_null() {
        return remarks.refuse(at, "null is not allowed: leave it out".to_owned());
    }
    let said = quoted(value);
    if field.kind == Kind::Number {
        if !value.is_number() {
            remarks.refuse(at, format!("{said} is not a number"));
        }
        return;
    }
    let Some(text) = value.as_str() else {
        return remarks.refuse(at, format!("{said} is not text"));
    };
    match field.kind {
        Kind::Id | Kind::Key(_) | Kind::AnyKey if !formats::is_uuid(text) => {
            remarks.refuse(at, format!("{said} is not a UUID"));
        }
        Kind::Uri if !formats::is_uri(text) => {
            remarks.refuse(at, format!("{said} is not a web address with its scheme"));
        }
        Kind::Email if !formats::is_email(text) => {
            remarks.refuse(at, format!("{said} is not an email address"));
        }
        Kind::DateTime if !formats::is_moment(text) => {
            remarks.refuse(at, format!("{said} is not a date with a time and zone"));
        }
        Kind::OneOf(values) if !values.contains(&text) => {
            remarks.refuse(at, format!("{said} is none of {}", values.join(", ")));
        }
        Kind::Date if !formats::is_date(text) => {
            remarks.doubt(at, format!("{said} is not a date as 2026-11-22 is"));
        }
        Kind::Time if !formats::is_time(text) => {
            remarks.doubt(at, format!("{said} is not a time as 09:30 is"));
        }
        Kind::Text | Kind::Number | Kind::Id | Kind::Key(_) | Kind::AnyKey => {}
        Kind::Uri | Kind::Email | Kind::DateTime | Kind::OneOf(_) | Kind::Date | Kind::Time => {}
    }
}

fn linked(link: &Link, value: &Value, at: &Way<'_>, remarks: &mut Remarks) {
    let Some(child) = link.entity() else {
        return;
    };
    if !link.many {
        return row(child, value, at, remarks);
    }
    let Some(rows) = value.as_array() else {
        return remarks.refuse(at, format!("a list is due here, not {}", quoted(value)));
    };
    for (number, value) in rows.iter().enumerate() {
        row(child, value, &at.item(number), remarks);
    }
}

fn row(of: &Entity, value: &Value, at: &Way<'_>, remarks: &mut Remarks) {
    match value.as_object() {
        Some(members) => record(of, members, at, remarks),
        None => remarks.refuse(at, format!("a record is due here, not {}", quoted(value))),
    }
}

/// Members by which the API's answers nest the other way round.
fn beyond(of: &Entity, name: &str, value: &Value, at: &Way<'_>, remarks: &mut Remarks) {
    let Some(service) = entity("service") else {
        return;
    };
    match (of.name, name, value) {
        ("service_at_location", "service", value) => row(service, value, at, remarks),
        ("organization", "services", Value::Array(rows)) => {
            for (number, value) in rows.iter().enumerate() {
                row(service, value, &at.item(number), remarks);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
