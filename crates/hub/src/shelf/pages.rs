//! Lists of the shelf: counted, a page at a time, or all of them in steps.

use domain::RecordId;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension as _, params_from_iter};
use serde_json::{Value, json};

use super::documents::{self, Depth};
use super::question::{Conditions, Question, blob, matched, of_distance, of_record, of_service};
use super::{List, moment};
use crate::log::LogError;
use crate::log::sqlite::told;

/// Which part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// So many after skipping so many.
    Page {
        /// How many to skip.
        skip: u64,
        /// How many at most.
        most: u64,
    },
    /// So many after this identifier, by identifier, uncounted.
    After {
        /// The last one of the part before.
        after: Option<RecordId>,
        /// How many at most.
        most: u64,
    },
}

/// A part of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Listed {
    /// How many there are in all; 0 where they were not counted.
    pub(crate) total: u64,
    /// The documents.
    pub(crate) documents: Vec<Value>,
    /// The identifier of the last one.
    pub(crate) last: Option<RecordId>,
}

/// How a list is asked for.
struct Source {
    from: &'static str,
    id: &'static str,
    /// What names the row of its words.
    row: Option<&'static str>,
    conditions: Conditions,
}

fn source(list: List, question: &Question) -> Source {
    match list {
        List::Services => {
            let mut conditions = of_service(question);
            let near = question.near.as_ref();
            if let Some((part, values)) = near.and_then(|near| of_distance(near, "a.place")) {
                let part =
                    format!("EXISTS (SELECT 1 FROM at_place a WHERE a.service = s.row AND {part})");
                conditions.add(&part, values);
            }
            Source {
                from: "service s",
                id: "s.id",
                row: Some("s.row"),
                conditions,
            }
        }
        List::AtPlaces => {
            let mut conditions = of_service(question);
            let near = question.near.as_ref();
            if let Some((part, values)) = near.and_then(|near| of_distance(near, "a.place")) {
                conditions.add(&part, values);
            }
            Source {
                from: "at_place a JOIN service s ON s.row = a.service",
                id: "a.id",
                row: Some("s.row"),
                conditions,
            }
        }
        List::Organisations => {
            let mut conditions = of_record(question, "r.row");
            conditions.add("r.kind = 'organisation'", []);
            if let Some(moment) = question.modified_after {
                conditions.add("r.at >= ?", [Sql::Integer(moment)]);
            }
            Source {
                from: "record r",
                id: "r.id",
                row: Some("r.row"),
                conditions,
            }
        }
        List::Taxonomies => words("taxonomy t", "taxonomy", question),
        List::Terms => words("term t", "term", question),
    }
}

/// Taxonomies or terms: those that are built in, and those that some record names.
fn words(from: &'static str, column: &str, question: &Question) -> Source {
    let mut conditions = Conditions::default();
    let used = format!("(t.built_in = 1 OR EXISTS (SELECT 1 FROM tie WHERE tie.{column} = t.id))");
    conditions.add(&used, []);
    if let Some(taxonomy) = question.taxonomy {
        conditions.add("t.taxonomy = ?", [blob(taxonomy)]);
    }
    if let Some(parent) = question.parent {
        let part = "json_extract(t.body, '$.parent_id') = ?";
        conditions.add(part, [Sql::Text(parent.to_string())]);
    }
    if question.top_only {
        conditions.add("json_extract(t.body, '$.parent_id') IS NULL", []);
    }
    if let Some(search) = &question.search {
        let part = "instr(lower(json_extract(t.body, '$.name') || ' ' || \
                    coalesce(json_extract(t.body, '$.description'), '')), lower(?)) > 0";
        conditions.add(part, [Sql::Text(search.trim().to_owned())]);
    }
    Source {
        from,
        id: "t.id",
        row: None,
        conditions,
    }
}

/// A part of a list.
pub(super) fn list(
    conn: &Connection,
    list: List,
    question: &Question,
    (part, depth): (Part, Depth),
) -> Result<Listed, LogError> {
    let source = source(list, question);
    let total = match part {
        Part::Page { .. } => count(conn, &source)?,
        Part::After { .. } => 0,
    };
    let ids = identifiers(conn, source, question, part)?;
    let mut listed = Listed {
        total,
        documents: Vec::with_capacity(ids.len()),
        last: ids.last().copied(),
    };
    for id in ids {
        listed.documents.extend(document(conn, list, id, depth)?);
    }
    Ok(listed)
}

fn count(conn: &Connection, source: &Source) -> Result<u64, LogError> {
    let sql = format!(
        "SELECT count(*) FROM {}{}",
        source.from,
        source.conditions.sql()
    );
    let mut select = conn.prepare_cached(&sql).map_err(told)?;
    let values = params_from_iter(&source.conditions.values);
    let count: i64 = select.query_row(values, |row| row.get(0)).map_err(told)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

fn identifiers(
    conn: &Connection,
    source: Source,
    question: &Question,
    part: Part,
) -> Result<Vec<RecordId>, LogError> {
    let Source {
        from,
        id,
        row,
        mut conditions,
    } = source;
    let number = |n: u64| Sql::Integer(i64::try_from(n).unwrap_or(i64::MAX));
    let (join, order, tail) = match part {
        Part::Page { skip, most } => {
            let words = question.search.as_deref().and_then(matched);
            let (join, order) = match (row, words) {
                // What says the words best comes first.
                (Some(row), Some(words)) => {
                    conditions.add("words MATCH ?", [Sql::Text(words)]);
                    (
                        format!(" JOIN words ON words.rowid = {row}"),
                        format!("words.rank, {id}"),
                    )
                }
                _ => (String::new(), id.to_owned()),
            };
            (join, order, vec![number(most), number(skip)])
        }
        Part::After { after, most } => {
            if let Some(after) = after {
                conditions.add(&format!("{id} > ?"), [blob(after)]);
            }
            (String::new(), id.to_owned(), vec![number(most), number(0)])
        }
    };
    let filter = conditions.sql();
    let sql = format!("SELECT {id} FROM {from}{join}{filter} ORDER BY {order} LIMIT ? OFFSET ?");
    let mut select = conn.prepare_cached(&sql).map_err(told)?;
    let values = params_from_iter(conditions.values.into_iter().chain(tail));
    let rows = select.query_map(values, |row| row.get(0)).map_err(told)?;
    rows.map(|id| id.map(RecordId::from_bytes).map_err(told))
        .collect()
}

/// One document of a list; none: there is no such record.
pub(super) fn document(
    conn: &Connection,
    list: List,
    id: RecordId,
    depth: Depth,
) -> Result<Option<Value>, LogError> {
    let whole = match (list, depth) {
        (List::Services, Depth::Minimal) => return minimal(conn, id),
        (List::Services, _) => documents::service(conn, id)?,
        (List::AtPlaces, _) => documents::at_place(conn, id)?,
        (List::Organisations, Depth::Full) => return documents::organisation(conn, id, true),
        (List::Organisations, _) => return organisation_flat(conn, id),
        (List::Taxonomies, _) => return word(conn, "SELECT body FROM taxonomy WHERE id = ?1", id),
        (List::Terms, _) => return word(conn, "SELECT body FROM term WHERE id = ?1", id),
    };
    Ok(whole.map(|whole| match depth {
        Depth::Full => whole,
        Depth::Minimal | Depth::Flat => {
            documents::flat(&whole, &["organization", "location", "service"])
        }
    }))
}

fn organisation_flat(conn: &Connection, id: RecordId) -> Result<Option<Value>, LogError> {
    let found = super::arrange::record(conn, domain::Kind::Organisation, id)?;
    let document = found.map(|(organisation, _at)| interchange::hsds::organisation(&organisation));
    Ok(document.map(|document| documents::flat(&document, &[])))
}

fn minimal(conn: &Connection, id: RecordId) -> Result<Option<Value>, LogError> {
    let modified: Option<i64> = conn
        .prepare_cached("SELECT modified FROM service WHERE id = ?1")
        .map_err(told)?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()
        .map_err(told)?;
    Ok(modified.map(|modified| json!({"id": id.to_string(), "modified_date": moment(modified)})))
}

fn word(conn: &Connection, sql: &str, id: RecordId) -> Result<Option<Value>, LogError> {
    let body: Option<String> = conn
        .prepare_cached(sql)
        .map_err(told)?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()
        .map_err(told)?;
    body.map(|body| serde_json::from_str(&body).map_err(LogError::damaged))
        .transpose()
}
