//! The description of a package (`datapackage.json`): just the files and columns that it has.

use serde_json::{Value, json};

use super::{BEYOND_COLUMNS, BEYOND_VALUE, beyond_file};
use crate::hsds::entities::{Entity, Field, Kind};
use crate::hsds::tabular::heading::{Refers, refers};
use crate::hsds::tabular::kind::BEYOND;

/// What a table holds, for people.
const TITLES: &[(&str, &str)] = &[
    ("organization", "Organisations: who runs services"),
    ("program", "Programmes that services belong to"),
    ("service", "Services: what a person can be sent to"),
    ("attribute", "Which terms hold for which records"),
    (
        "service_at_location",
        "Which services happen at which places",
    ),
    ("location", "Places"),
    ("phone", "Telephone numbers"),
    ("contact", "People and desks to ask for"),
    ("address", "Addresses of places"),
    ("schedule", "When services run and places are open"),
    ("funding", "Who pays"),
    ("service_area", "Whose residents may use a service"),
    ("required_document", "Papers to bring"),
    ("language", "Languages spoken"),
    ("accessibility", "How to get in and about"),
    ("taxonomy_term", "Terms"),
    ("metadata", "What was changed when"),
    ("meta_table_description", "About the tables"),
    ("cost_option", "Prices"),
    (
        "organization_identifier",
        "Registered numbers of organisations",
    ),
    ("taxonomy", "Taxonomies that terms come from"),
    ("service_capacity", "How many places are free"),
    ("unit", "What capacity is counted in"),
    ("url", "More web addresses"),
];

/// The description's text.
pub(super) fn describe(written: &[&'static Entity], beyond: bool) -> String {
    let mut resources: Vec<Value> = written
        .iter()
        .map(|entity| table(entity, written))
        .collect();
    if beyond {
        resources.push(beyond_table());
    }
    let description = json!({
        "name": "signpost-directory",
        "title": "A directory of services as HSDS 3.1 tables",
        "profile": "tabular-data-package",
        "homepage": "https://docs.openreferral.org",
        "resources": resources,
    });
    format!("{description:#}\n")
}

fn table(entity: &'static Entity, written: &[&'static Entity]) -> Value {
    let title = TITLES.iter().find(|(name, _)| *name == entity.name);
    let fields: Vec<Value> = entity.fields.iter().map(field).collect();
    let mut schema = json!({ "fields": fields, "primaryKey": "id" });
    let keys: Vec<Value> = entity
        .fields
        .iter()
        .filter_map(|field| key(entity, field, written))
        .collect();
    if let Some(schema) = schema.as_object_mut().filter(|_| !keys.is_empty()) {
        schema.insert("foreignKeys".to_owned(), Value::Array(keys));
    }
    json!({
        "name": entity.name,
        "title": title.map_or(entity.name, |(_, title)| title),
        "path": format!("{}.csv", entity.file),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    })
}

fn field(field: &Field) -> Value {
    let (kind, format) = match field.kind {
        Kind::Text | Kind::OneOf(_) => ("string", "default"),
        Kind::Number => ("number", "default"),
        Kind::Id | Kind::Key(_) | Kind::AnyKey => ("string", "uuid"),
        Kind::Uri => ("string", "uri"),
        Kind::Email => ("string", "email"),
        Kind::Date => ("date", "default"),
        Kind::Time => ("time", "default"),
        Kind::DateTime => ("datetime", "default"),
    };
    let mut constraints = json!({ "required": field.tabular_required });
    match (field.kind, constraints.as_object_mut()) {
        (Kind::Id, Some(constraints)) => {
            constraints.insert("unique".to_owned(), true.into());
        }
        (Kind::OneOf(values), Some(constraints)) => {
            constraints.insert("enum".to_owned(), json!(values));
        }
        (_, _) => {}
    }
    json!({
        "name": field.name,
        "title": field.name.replace('_', " "),
        "type": kind,
        "format": format,
        "constraints": constraints,
    })
}

/// The table that a column refers to, if it has rows.
fn key(entity: &'static Entity, field: &Field, written: &[&'static Entity]) -> Option<Value> {
    let Some(Refers::To(of)) = refers(entity, field.name) else {
        return None;
    };
    let there = written.iter().any(|entity| entity.name == of);
    there.then(|| json!({ "fields": field.name, "reference": { "resource": of, "fields": "id" } }))
}

fn beyond_table() -> Value {
    let text = |name: &str, title: &str, required: bool| json!({ "name": name, "title": title, "type": "string", "constraints": { "required": required } });
    let [number, table, row, says, member] = BEYOND_COLUMNS;
    let fields = [
        json!({ "name": number, "title": "number of this row", "type": "integer", "constraints": { "required": true } }),
        text(table, "the table of the row that this belongs to", true),
        json!({ "name": row, "title": "the identifier of that row", "type": "string", "format": "uuid", "constraints": { "required": true } }),
        json!({ "name": says, "title": "member: the row has a member that its table has no column for; stand-in: the row stands where something is not known", "type": "string", "constraints": { "required": true, "enum": ["member", "stand-in"] } }),
        text(member, "the name of the member", false),
        text(BEYOND_VALUE, "its value, as JSON", false),
    ];
    json!({
        "name": BEYOND,
        "title": "What Signpost knows of the rows beyond the columns of HSDS",
        "path": beyond_file(),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": { "fields": fields, "primaryKey": number },
    })
}
