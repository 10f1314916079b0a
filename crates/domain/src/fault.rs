//! What is wrong with a record, in plain words, field by field: what the form says while one types,
//! and what keeps a record from being taken at all.

mod contact;
mod hours;
mod text;
mod typed;

use serde_json::Value;

use crate::{FieldName, Kind, Point, Record, Whereabouts};

/// Bytes of a record as JSON at most: what every copy can hold and every pack carry.
pub const LARGEST_RECORD: usize = 512 * 1024;

/// The oldest age that a service may name.
const OLDEST: f64 = 130.0;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// The field.
    pub field: FieldName,
    /// Which of its entries (telephone numbers, opening hours), from 0; none: the field itself.
    pub entry: Option<usize>,
    /// What is wrong and what to write instead: a sentence.
    pub message: String,
    /// True when no copy could hold such a record: a hub refuses it, whoever sends it. Other faults
    /// are for the form; what a source wrote is kept as it was.
    pub grave: bool,
}

/// Everything that is wrong with a record, in the order of its fields.
#[must_use]
pub fn faults(kind: Kind, record: &Record) -> Vec<FieldFault> {
    let mut found = Found {
        record,
        faults: Vec::new(),
    };
    typed::check(kind, &mut found);
    text::check(kind, &mut found);
    contact::check(&mut found);
    hours::check(kind, &mut found);
    match kind {
        Kind::Service => {
            ages(&mut found);
            prices(&mut found);
        }
        Kind::Place => {
            point(&mut found);
            postcodes(&mut found);
        }
        Kind::Organisation => {}
    }
    found.faults
}

/// A record and what was found in it so far.
struct Found<'a> {
    record: &'a Record,
    faults: Vec<FieldFault>,
}

impl<'a> Found<'a> {
    fn text(&self, name: &str) -> Option<&'a str> {
        self.record.get(name).and_then(Value::as_str)
    }

    fn number(&self, name: &str) -> Option<f64> {
        self.record.get(name).and_then(Value::as_f64)
    }

    /// The entries of a list, numbered.
    fn entries(&self, name: &str) -> impl Iterator<Item = (usize, &'a Value)> + use<'a> {
        let list = self.record.get(name).and_then(Value::as_array);
        list.into_iter().flatten().enumerate()
    }

    fn say(&mut self, field: &str, entry: Option<usize>, message: impl Into<String>) {
        self.faults.push(FieldFault {
            field: FieldName::new(field),
            entry,
            message: message.into(),
            grave: false,
        });
    }

    fn say_grave(&mut self, field: &str, message: impl Into<String>) {
        self.faults.push(FieldFault {
            field: FieldName::new(field),
            entry: None,
            message: message.into(),
            grave: true,
        });
    }
}

fn ages(found: &mut Found<'_>) {
    let ages = ["minimum_age", "maximum_age"].map(|name| (name, found.number(name)));
    for (name, age) in ages {
        if age.is_some_and(|age| !(0.0..=OLDEST).contains(&age)) {
            found.say(name, None, "Write an age in years, from 0 to 130.");
        }
    }
    if let [(_, Some(from)), (name, Some(to))] = ages
        && from > to
    {
        let message = format!("Up to {to} is less than from {from}: swap them, or mend one.");
        found.say(name, None, message);
    }
}

fn prices(found: &mut Found<'_>) {
    for (at, price) in found.entries("cost_options") {
        let amount = price.get("amount").and_then(Value::as_f64);
        if amount.is_some_and(|amount| amount < 0.0) {
            found.say("cost_options", Some(at), "A price is 0 or more.");
        }
    }
}

fn point(found: &mut Found<'_>) {
    let (north, east) = (found.number("latitude"), found.number("longitude"));
    match (north, east) {
        (Some(north), Some(east)) if Point::new(north, east).is_err() => {
            let field = if north.abs() > 90.0 {
                "latitude"
            } else {
                "longitude"
            };
            let message = "Latitude lies between -90 and 90, longitude between -180 and 180.";
            found.say(field, None, message);
        }
        (Some(_), None) => found.say("longitude", None, "Write the longitude too, or neither."),
        (None, Some(_)) => found.say("latitude", None, "Write the latitude too, or neither."),
        (Some(_), Some(_)) | (None, None) => {}
    }
}

/// Postcodes of addresses in this country; those of others have other shapes.
fn postcodes(found: &mut Found<'_>) {
    for (at, address) in found.entries("addresses") {
        let said = |name| address.get(name).and_then(Value::as_str).map(str::trim);
        let abroad = said("country")
            .is_some_and(|country| !["", "GB", "UK", "United Kingdom"].contains(&country));
        let Some(code) = said("postal_code").filter(|code| !code.is_empty() && !abroad) else {
            continue;
        };
        if let Err(error) = code.parse::<Whereabouts>() {
            found.say("addresses", Some(at), format!("{error}."));
        }
    }
}

#[cfg(test)]
mod tests;
