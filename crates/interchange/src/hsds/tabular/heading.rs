//! What a column is: a member of HSDS 3.1, one that an older version called otherwise, or another.

use crate::hsds::entities::{self, Entity, Joined, Kind};

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// The member that its cells become.
    pub name: String,
    /// What its cells hold; none: not a column of HSDS.
    pub kind: Option<Kind>,
    /// It only says what belongs together, which nesting says instead.
    pub refers: Option<Refers>,
    /// As the file calls it.
    pub heading: String,
}

/// To which entity's rows a column refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refers {
    /// To rows of this one.
    To(&'static str),
    /// To rows of the one that another column names.
    Any,
    /// It names that one.
    Entity,
}

/// What older versions and well-known publishers call a column, per entity.
const RENAMED: &[(&str, &str, &str)] = &[
    ("organization", "url", "website"),
    ("service", "website", "url"),
    ("location", "website", "url"),
    ("url", "uri", "url"),
    ("phone", "number_type", "type"),
    ("phone", "phone_number", "number"),
    ("service_area", "service_area", "name"),
    ("accessibility", "accessibility", "description"),
    ("language", "language", "name"),
    ("taxonomy_term", "taxonomy_id", "id"),
    ("taxonomy_term", "vocabulary", "taxonomy"),
    ("attribute", "taxonomy_id", "taxonomy_term_id"),
    ("attribute", "taxonomy_detail", "value"),
    ("required_document", "required_document", "document"),
    ("address", "address", "address_1"),
    ("address", "postcode", "postal_code"),
];

/// The columns under these headings.
pub(super) fn columns(entity: Option<&'static Entity>, headings: &[String]) -> Vec<Column> {
    let mut taken: Vec<String> = Vec::new();
    let plain: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
    let mut columns = Vec::new();
    for (number, heading) in headings.iter().enumerate() {
        let word = plain.get(number).map(String::as_str).unwrap_or_default();
        let mut name = entity
            .and_then(|entity| member(entity, word, &plain))
            .unwrap_or_else(|| heading.trim().to_owned());
        if name.is_empty() {
            name = format!("column {}", number + 1);
        }
        if taken.contains(&name) {
            name = format!("{name} (column {})", number + 1);
        }
        taken.push(name.clone());
        let field = entity.and_then(|entity| entity.field(&name));
        columns.push(Column {
            kind: field.map(|field| field.kind),
            refers: entity
                .and_then(|entity| refers(entity, &name).or_else(|| older(entity, &name))),
            heading: if heading.trim().is_empty() {
                name.clone()
            } else {
                heading.trim().to_owned()
            },
            name,
        });
    }
    columns
}

fn plain(heading: &str) -> String {
    let lower = heading
        .trim()
        .trim_start_matches('\u{feff}')
        .to_ascii_lowercase();
    lower.replace([' ', '-'], "_")
}

/// The member of HSDS 3.1 that this heading means, unless another column has that very name.
fn member(entity: &'static Entity, word: &str, all: &[String]) -> Option<String> {
    let known = |name: &str| entity.field(name).is_some();
    let free = |name: &String| known(name) && !all.contains(name);
    // "taxonomy_id" is an identifier in an old table of terms, and a reference in a new one.
    let old_terms = entity.name == "taxonomy_term" && !all.iter().any(|name| name == "id");
    if known(word) && !(old_terms && word == "taxonomy_id") {
        return Some(word.to_owned());
    }
    let newer = |old: &str| {
        let renamed = RENAMED
            .iter()
            .find(|(of, was, _)| *of == entity.name && *was == old);
        renamed.map(|(.., new)| (*new).to_owned())
    };
    let renamed = newer(word);
    let bare = word
        .strip_prefix(entity.name)
        .and_then(|rest| rest.strip_prefix('_'));
    let prefixed = bare.map(|rest| match rest {
        "uuid" => "id".to_owned(),
        rest => newer(rest).unwrap_or_else(|| rest.to_owned()),
    });
    let reference = word.strip_suffix("_uuid").map(|rest| format!("{rest}_id"));
    let own = (word == "uuid").then(|| "id".to_owned());
    [renamed, prefixed, reference, own]
        .into_iter()
        .flatten()
        .find(free)
}

/// Whether this column only says what belongs together.
pub(super) fn refers(entity: &'static Entity, column: &str) -> Option<Refers> {
    let own = entity.links.iter().find_map(|link| match link.joined {
        Joined::InParent(name) => (name == column).then_some(Refers::To(link.child)),
        Joined::InChild(_) | Joined::Named { .. } => None,
    });
    own.or_else(|| {
        let mut parents = entities::all();
        parents.find_map(|parent| from_parent(parent, entity, column))
    })
}

fn from_parent(parent: &'static Entity, child: &Entity, column: &str) -> Option<Refers> {
    let links = parent.links.iter().filter(|link| link.child == child.name);
    links.into_iter().find_map(|link| match link.joined {
        Joined::InChild(name) => (name == column).then_some(Refers::To(parent.name)),
        Joined::Named { id, entity: _ } if id == column => Some(Refers::Any),
        Joined::Named { id: _, entity } => (entity == column).then_some(Refers::Entity),
        Joined::InParent(_) => None,
    })
}

/// Up to HSDS 2, terms of services were tied to them by a column of their own, and organisations had
/// addresses.
fn older(entity: &Entity, column: &str) -> Option<Refers> {
    let had = matches!(entity.name, "attribute" | "address");
    had.then(|| kept_refers(column)).flatten()
}

/// Columns by which rows hang on others in tables of which HSDS 3.1 knows nothing.
pub(super) fn kept_refers(column: &str) -> Option<Refers> {
    let parents = ["service", "location", "service_at_location", "organization"];
    let rest = column.strip_suffix("_id")?;
    let parent = parents.into_iter().find(|parent| *parent == rest)?;
    Some(Refers::To(parent))
}
