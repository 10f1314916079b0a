//! A field's value from a text: a plain text, a number, JSON, or names of terms and areas with commas
//! between them.

use domain::change::{Shape, fields, shape_of, value};
use domain::{Attribute, FieldName, Kind, Record, RecordId, TaxonomyTerm};
use interchange::hsds::entities::{Entity, Kind as Holds, entity};
use serde_json::{Value, json};

use crate::edit::text::number;
use crate::error::Error;
use crate::nearest::advice;
use crate::open::Directory;

/// Fields that are numbers.
const NUMBERS: [&str; 4] = ["minimum_age", "maximum_age", "latitude", "longitude"];
/// Fields that are lists, objects, or yes and no.
const LISTS: [&str; 18] = [
    "phones",
    "schedules",
    "service_areas",
    "service_at_locations",
    "languages",
    "cost_options",
    "funding",
    "additional_urls",
    "additional_websites",
    "addresses",
    "accessibility",
    "organization",
    "organization_identifiers",
    "signpost.keywords",
    "signpost.other_names",
    "signpost.state",
    "signpost.internal",
    "signpost.private",
];
/// Lists of which the elements may be given by their names.
const NAMED: [&str; 4] = [
    "service_areas",
    "languages",
    "signpost.keywords",
    "signpost.other_names",
];
/// Fields that no edit changes.
const NOT_EDITED: [&str; 7] = [
    "id",
    "attributes",
    "signpost",
    "signpost.checks",
    "assured_date",
    "assurer_email",
    "last_modified",
];

/// Refuses a name that no field of such a record has.
pub(super) fn known(kind: Kind, record: &Record, field: &FieldName) -> Result<(), Error> {
    let name = field.as_str();
    if NOT_EDITED.contains(&name) {
        return Err(invalid(format!(
            "\"{name}\" is not edited itself: it follows from what else is done."
        )));
    }
    let own = fields(kind);
    let in_hsds = of_hsds(kind)
        .is_some_and(|entity| entity.field(name).is_some() || entity.link(name).is_some());
    let ties = name.strip_prefix("attributes.").is_some();
    if own.contains(field) || ties || in_hsds || value(record, field).is_some() {
        return Ok(());
    }
    let names: Vec<(&str, &str)> = own.iter().map(|field| (field.as_str(), "")).collect();
    let advice = advice(name, &names);
    Err(invalid(format!(
        "A {kind} has no field \"{name}\": {advice}"
    )))
}

fn of_hsds(kind: Kind) -> Option<&'static Entity> {
    entity(match kind {
        Kind::Service => "service",
        Kind::Organisation => "organization",
        Kind::Place => "location",
    })
}

/// Refuses a text where only some can stand.
fn one_of(kind: Kind, name: &str, text: &str) -> Result<(), Error> {
    let field = of_hsds(kind).and_then(|entity| entity.field(name));
    match field.map(|field| field.kind) {
        Some(Holds::OneOf(texts)) if !texts.contains(&text) => Err(invalid(format!(
            "{name}: write one of {}.",
            texts.join(", ")
        ))),
        Some(_) | None => Ok(()),
    }
}

impl Directory {
    /// A value for a field from a text.
    pub(super) fn value_read(
        &self,
        (kind, record): (Kind, &Record),
        field: &FieldName,
        text: &str,
    ) -> Result<Value, Error> {
        let name = field.as_str();
        one_of(kind, name, text)?;
        if name == "organization_id" {
            self.there(name, Kind::Organisation, text)?;
        }
        if NUMBERS.contains(&name) {
            let read = number(text).map(Value::Number);
            return read
                .ok_or_else(|| invalid(format!("{name}: write a number, such as 16 or 53.48.")));
        }
        let json: Option<Value> = serde_json::from_str(text).ok();
        let json = json.filter(|json| !json.is_string() && !json.is_number() && !json.is_null());
        let ties = name.starts_with("attributes.");
        if !ties && !LISTS.contains(&name) {
            // Of a field that nobody here knows, what it holds now says what it is.
            let is_text = value(record, field).is_some_and(|now| now.is_string());
            let known = [Kind::Service, Kind::Organisation, Kind::Place]
                .into_iter()
                .any(|kind| fields(kind).contains(field));
            let json = json.filter(|_| !is_text && !known);
            return Ok(json.unwrap_or_else(|| Value::from(text)));
        }
        let given = match json {
            Some(given) => given,
            None if ties || NAMED.contains(&name) => {
                text.split(',').map(|one| Value::from(one.trim())).collect()
            }
            None => {
                return Err(invalid(format!(
                    "{name}: write JSON, as `signpost show ID --json` has it."
                )));
            }
        };
        let given = self.elements(record, field, given)?;
        if name == "service_at_locations" {
            self.places_there(record, field, &given)?;
        }
        Ok(given)
    }

    /// Refuses a tie to a place that is not here, unless it was there before.
    fn places_there(&self, record: &Record, field: &FieldName, ties: &Value) -> Result<(), Error> {
        let before = value(record, field);
        let place = |tie: &Value| Some(tie.get("location_id")?.as_str()?.to_owned());
        let before: Vec<String> = before
            .iter()
            .filter_map(Value::as_array)
            .flatten()
            .filter_map(place)
            .collect();
        let ties = ties.as_array().into_iter().flatten();
        let mut new = ties.filter_map(place).filter(|id| !before.contains(id));
        new.try_for_each(|id| self.there("location_id", Kind::Place, &id))
    }

    /// Refuses to name a record that is not here.
    fn there(&self, name: &str, kind: Kind, id: &str) -> Result<(), Error> {
        let parsed: Option<RecordId> = id.parse().ok();
        let found = match parsed {
            Some(id) => self.seen(kind, id)?,
            None => None,
        };
        match found {
            Some(_) => Ok(()),
            None => Err(invalid(format!(
                "{name}: there is no {kind} {id} in this directory. Make it first: signpost edit --new {kind}."
            ))),
        }
    }

    /// A list, its elements whole where they were given by name alone.
    fn elements(&self, record: &Record, field: &FieldName, given: Value) -> Result<Value, Error> {
        let Value::Array(given) = given else {
            return Ok(given);
        };
        let owner = record.get("id").and_then(Value::as_str).unwrap_or_default();
        let mut whole = Vec::with_capacity(given.len());
        for one in given {
            whole.push(if let Value::String(text) = &one {
                self.by_name(owner, field, text)?
            } else if field.as_str() == "service_at_locations" {
                tie(owner, one)
            } else {
                one
            });
        }
        let single = shape_of(Kind::Service, field) == Shape::Single;
        if single && field.as_str().starts_with("attributes.") && whole.len() > 1 {
            return Err(invalid(format!(
                "{field}: only one term of these can hold."
            )));
        }
        Ok(Value::Array(whole))
    }

    /// An element that was given by its name or code.
    fn by_name(&self, owner: &str, field: &FieldName, text: &str) -> Result<Value, Error> {
        if let Some(taxonomy) = field.as_str().strip_prefix("attributes.") {
            return self.term(taxonomy, text);
        }
        Ok(match field.as_str() {
            "service_areas" => {
                let area = self.areas.get(text).or_else(|| self.areas.named(text));
                let area = area.ok_or_else(|| {
                    invalid(format!("There is no area \"{text}\" in this directory."))
                })?;
                let id = RecordId::named(&format!("{owner}/area/{}", area.code));
                json!({"id": id, "name": area.name, "extent": area.code})
            }
            "languages" => {
                let id = RecordId::named(&format!("{owner}/language/{}", text.to_lowercase()));
                json!({"id": id, "name": text})
            }
            _ => Value::from(text),
        })
    }

    fn term(&self, taxonomy: &str, text: &str) -> Result<Value, Error> {
        let terms = self.catalogue.terms(taxonomy);
        let code = |term: &TaxonomyTerm| term.code.clone().unwrap_or_default();
        let is = |term: &&TaxonomyTerm| code(term) == text || term.name.eq_ignore_ascii_case(text);
        if let Some(term) = terms.iter().find(is) {
            let tie = serde_json::to_value(Attribute::to(term));
            return tie.map_err(|error| invalid(error.to_string()));
        }
        let codes: Vec<String> = terms.iter().map(code).collect();
        let names = terms.iter().map(|term| term.name.as_str());
        let choices: Vec<(&str, &str)> = codes.iter().map(String::as_str).zip(names).collect();
        let advice = advice(text, &choices);
        Err(invalid(format!(
            "attributes.{taxonomy}: there is no \"{text}\": {advice}"
        )))
    }
}

/// A tie to a place, with an identifier where it has none.
fn tie(owner: &str, mut tie: Value) -> Value {
    let place = tie.get("location_id").and_then(Value::as_str);
    let id = RecordId::named(&format!("{owner}/at/{}", place.unwrap_or_default()));
    if let Some(members) = tie.as_object_mut()
        && !members.contains_key("id")
    {
        members.insert("id".to_owned(), Value::from(id.to_string()));
    }
    tie
}

fn invalid(why: String) -> Error {
    Error::Invalid(vec![why])
}
