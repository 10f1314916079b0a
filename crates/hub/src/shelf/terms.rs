//! Which terms hold for a record, and the terms and taxonomies themselves.

use std::collections::BTreeSet;

use domain::{Attribute, RecordId, TaxonomyTerm};
use rusqlite::{Connection, params};
use serde_json::{Map, Value};

use super::taxonomies::{Word, taxonomy_id};
use crate::log::LogError;
use crate::log::sqlite::told;

/// Keeps a taxonomy; one that is built in is not replaced by what records say of it.
pub(super) fn put_taxonomy(conn: &Connection, word: &Word, built_in: bool) -> Result<(), LogError> {
    let put = "INSERT INTO taxonomy (id, built_in, body) VALUES (?1, ?2, ?3) \
               ON CONFLICT (id) DO UPDATE SET body = excluded.body WHERE built_in = 0";
    let values = params![word.id.as_bytes(), built_in, word.body.to_string()];
    conn.prepare_cached(put)
        .map_err(told)?
        .execute(values)
        .map_err(told)?;
    Ok(())
}

/// Keeps a term; one that is built in is not replaced by what records say of it.
pub(super) fn put_term(conn: &Connection, word: &Word, built_in: bool) -> Result<(), LogError> {
    let put = "INSERT INTO term (id, taxonomy, built_in, body) VALUES (?1, ?2, ?3, ?4) \
               ON CONFLICT (id) DO UPDATE SET taxonomy = excluded.taxonomy, body = excluded.body \
               WHERE built_in = 0";
    let taxonomy = word.taxonomy.as_ref().map(RecordId::as_bytes);
    let values = params![
        word.id.as_bytes(),
        taxonomy,
        built_in,
        word.body.to_string()
    ];
    conn.prepare_cached(put)
        .map_err(told)?
        .execute(values)
        .map_err(told)?;
    Ok(())
}

/// Ties a record to the terms of its attributes.
pub(super) fn tie(conn: &Connection, row: i64, attributes: &[Attribute]) -> Result<(), LogError> {
    let mut done = BTreeSet::new();
    for term in attributes
        .iter()
        .filter_map(|attribute| attribute.taxonomy_term.as_ref())
    {
        let Ok(id) = term.id.parse::<RecordId>() else {
            continue;
        };
        if !done.insert(id) {
            continue;
        }
        let taxonomy = taxonomy(term);
        if let Some(taxonomy) = &taxonomy {
            put_taxonomy(conn, taxonomy, false)?;
        }
        let taxonomy = taxonomy.map(|word| word.id);
        put_term(conn, &word(id, taxonomy, term), false)?;
        let values = params![
            row,
            id.as_bytes(),
            taxonomy.as_ref().map(RecordId::as_bytes)
        ];
        conn.prepare_cached("INSERT INTO tie (record, term, taxonomy) VALUES (?1, ?2, ?3)")
            .map_err(told)?
            .execute(values)
            .map_err(told)?;
    }
    Ok(())
}

fn word(id: RecordId, taxonomy: Option<RecordId>, term: &TaxonomyTerm) -> Word {
    let mut body = serde_json::to_value(term).unwrap_or_default();
    if let Value::Object(members) = &mut body {
        members.entry("description").or_insert_with(|| "".into());
        if let Some(taxonomy) = taxonomy {
            members
                .entry("taxonomy_id")
                .or_insert_with(|| taxonomy.to_string().into());
        }
        members.retain(|_name, value| !value.is_null());
    }
    Word { id, taxonomy, body }
}

/// The taxonomy of a term: as it is written there, or by its identity, its code or name.
fn taxonomy(term: &TaxonomyTerm) -> Option<Word> {
    let detail = term.rest.get("taxonomy_detail").and_then(Value::as_object);
    let empty = Map::new();
    let detail = detail.unwrap_or(&empty);
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let name = text(detail.get("name")).or_else(|| term.taxonomy.clone());
    let said = text(detail.get("id")).or_else(|| text(term.rest.get("taxonomy_id")));
    let said = said.and_then(|id| id.parse::<RecordId>().ok());
    let id = said.or_else(|| term.taxonomy.as_deref().map(taxonomy_id))?;
    let description = text(detail.get("description")).unwrap_or_default();
    let mut body = Map::new();
    body.insert("id".to_owned(), id.to_string().into());
    body.insert(
        "name".to_owned(),
        name.unwrap_or_else(|| id.to_string()).into(),
    );
    body.insert("description".to_owned(), description.into());
    for member in ["uri", "version"] {
        if let Some(value) = text(detail.get(member)) {
            body.insert(member.to_owned(), value.into());
        }
    }
    Some(Word {
        id,
        taxonomy: None,
        body: Value::Object(body),
    })
}
