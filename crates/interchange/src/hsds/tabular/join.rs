//! Puts rows together to the documents that HSDS 3.1 nests them in.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::heading::{Column, Refers};
use super::kind::{LISTED, unknown_id};
use super::library::{At, Library};
use super::upgrade;
use crate::InterchangeError;
use crate::hsds::entities::{Entity, Joined, Kind, Link};

/// Joins the rows of a package.
pub(super) struct Joiner<'a> {
    library: &'a Library,
    /// Places that stood in an organisation's list when our own package was written.
    listed: HashSet<(&'a str, &'a str)>,
    /// How many rows may yet be put into documents.
    left: u64,
}

impl<'a> Joiner<'a> {
    /// Of these tables. Rows that refer to one another over and over are not followed without end.
    pub(super) fn new(library: &'a Library) -> Self {
        let rows: usize = library.tables().iter().map(|table| table.grid.len()).sum();
        let rows = u64::try_from(rows).unwrap_or(u64::MAX);
        Self {
            library,
            listed: library.listed(),
            left: rows.saturating_mul(16).saturating_add(100_000),
        }
    }

    /// The document of a row; none: the row only stands where something is not known.
    pub(super) fn document(
        &mut self,
        entity: &'static Entity,
        at: At,
    ) -> Result<Option<Map<String, Value>>, InterchangeError> {
        self.object(entity, at, None)
    }

    fn object(
        &mut self,
        entity: &'static Entity,
        at: At,
        parent: Option<&'static Entity>,
    ) -> Result<Option<Map<String, Value>>, InterchangeError> {
        self.count(at)?;
        let library = self.library;
        let Some(table) = library.table(at) else {
            return Ok(None);
        };
        let id = table.cell(at.row, "id").unwrap_or_default();
        let Some(more) = library.beyond(entity.name, id) else {
            return Ok(None);
        };
        let mut beyond = Map::new();
        for (member, value) in more {
            if let Ok(value) = serde_json::from_str(value) {
                beyond.insert(member.to_owned(), value);
            }
        }
        let mut members = self.cells(at, parent);
        upgrade::columns(entity, table, &mut members);
        if !id.is_empty() {
            for link in entity.links {
                self.nest(entity, link, (at, id), (&mut members, &beyond))?;
            }
            self.keep(entity, id, &mut members)?;
            self.at_location(at, id, &mut members);
            self.numbered_terms(id, &mut members)?;
        } else {
            self.singles(entity, at, (&mut members, &beyond))?;
        }
        upgrade::row(table.kind.make, entity, &mut members);
        for (name, value) in beyond {
            if !is_here(entity, &name, &value) {
                members.insert(name, value);
            }
        }
        Ok(Some(members))
    }

    /// The cells of a row that say something.
    fn cells(&self, at: At, parent: Option<&'static Entity>) -> Map<String, Value> {
        let mut members = Map::new();
        let Some(table) = self.library.table(at) else {
            return members;
        };
        for (number, column) in table.columns.iter().enumerate() {
            let cell = table.grid.cell(at.row, number);
            if !cell.trim().is_empty() && !self.is_said_by_nesting(at, column, cell, parent) {
                members.insert(column.name.clone(), value(column.kind, cell));
            }
        }
        members
    }

    fn is_said_by_nesting(
        &self,
        at: At,
        column: &Column,
        cell: &str,
        parent: Option<&'static Entity>,
    ) -> bool {
        match (column.refers, parent) {
            (None, _) => false,
            // A document of its own does not stand in a parent, but what it refers to is there.
            (Some(Refers::Entity), Some(parent)) => names(cell, parent),
            (Some(Refers::Entity), None) => false,
            (Some(Refers::To("organization")), _) if self.is_place(at) => self.is_listed(at, cell),
            (Some(refers), _) => self.library.resolves(at, refers, cell),
        }
    }

    /// Places name their organisation themselves, unless they stood in its list.
    fn is_place(&self, at: At) -> bool {
        let entity = self.library.table(at).and_then(|table| table.kind.entity);
        entity.is_some_and(|entity| entity.name == "location")
    }

    fn is_listed(&self, at: At, organisation: &str) -> bool {
        let id = self
            .library
            .table(at)
            .and_then(|table| table.cell(at.row, "id"));
        id.is_some_and(|id| self.listed.contains(&(organisation.trim(), id)))
    }

    fn nest(
        &mut self,
        entity: &'static Entity,
        link: &'static Link,
        (at, id): (At, &'a str),
        (members, beyond): (&mut Map<String, Value>, &Map<String, Value>),
    ) -> Result<(), InterchangeError> {
        let (Some(child), library) = (link.entity(), self.library) else {
            return Ok(());
        };
        if let Joined::InParent(column) = link.joined {
            return self.single(link, column, at, (members, beyond));
        }
        let mut rows = Vec::new();
        for at in library.children(entity, link, id) {
            if link.child == "location" && !self.is_listed(at, id) {
                continue;
            }
            rows.extend(self.object(child, at, Some(entity))?.map(Value::Object));
        }
        if !rows.is_empty() {
            upgrade::append(members, link.member, rows);
        }
        Ok(())
    }

    /// What rows without identifiers refer to.
    fn singles(
        &mut self,
        entity: &'static Entity,
        at: At,
        (members, beyond): (&mut Map<String, Value>, &Map<String, Value>),
    ) -> Result<(), InterchangeError> {
        for link in entity.links {
            if let Joined::InParent(column) = link.joined {
                self.single(link, column, at, (members, beyond))?;
            }
        }
        Ok(())
    }

    /// The one row to which a column refers.
    fn single(
        &mut self,
        link: &'static Link,
        column: &str,
        at: At,
        (members, beyond): (&mut Map<String, Value>, &Map<String, Value>),
    ) -> Result<(), InterchangeError> {
        let library = self.library;
        let id = library
            .table(at)
            .and_then(|table| table.cell(at.row, column));
        let found = id.and_then(|id| library.find(link.child, id));
        let (Some(id), Some(found), Some(child)) = (id, found, link.entity()) else {
            return Ok(());
        };
        let is_shared = matches!(link.child, "organization" | "location");
        let stood_here = beyond.get(link.member).is_some_and(is_mark);
        if is_shared && !stood_here {
            if id != unknown_id(link.child).to_string() {
                members.insert(column.to_owned(), Value::String(id.to_owned()));
            }
            return Ok(());
        }
        if let Some(row) = self.object(child, found, None)? {
            members.insert(link.member.to_owned(), Value::Object(row));
        }
        Ok(())
    }

    /// Rows of tables that HSDS 3.1 does not have.
    fn keep(
        &mut self,
        entity: &'static Entity,
        id: &'a str,
        members: &mut Map<String, Value>,
    ) -> Result<(), InterchangeError> {
        let library = self.library;
        for (name, at) in library.kept(entity, id) {
            self.count(at)?;
            let mut row = self.cells(at, Some(entity));
            if let Some(table) = library.table(at)
                && let Some(of) = table.kind.entity
            {
                upgrade::row(table.kind.make, of, &mut row);
            }
            upgrade::append(members, name, vec![Value::Object(row)]);
        }
        Ok(())
    }

    /// Up to HSDS 1.0 a service named its place itself.
    fn at_location(&self, at: At, id: &str, members: &mut Map<String, Value>) {
        let library = self.library;
        let of_service = library
            .table(at)
            .filter(|table| table.kind.entity.is_some_and(|of| of.name == "service"));
        let place = of_service.and_then(|table| table.cell(at.row, "location_id"));
        let Some(place) = place.filter(|place| library.find("location", place).is_some()) else {
            return;
        };
        members.shift_remove("location_id");
        let mut tie = Map::new();
        tie.insert("id".to_owned(), format!("{id}/{place}").into());
        tie.insert("location_id".to_owned(), place.into());
        upgrade::append(members, "service_at_locations", vec![Value::Object(tie)]);
    }

    /// Some publishers list a service's terms by their identifiers in one cell.
    fn numbered_terms(
        &mut self,
        id: &str,
        members: &mut Map<String, Value>,
    ) -> Result<(), InterchangeError> {
        let Some(Value::String(list)) = members.get("taxonomy_ids").cloned() else {
            return Ok(());
        };
        let (library, entity) = (self.library, crate::hsds::entities::entity("taxonomy_term"));
        let mut ties = Vec::new();
        for term in list
            .split(',')
            .map(str::trim)
            .filter(|term| !term.is_empty())
        {
            let found = library.find("taxonomy_term", term);
            let (Some(entity), Some(found)) = (entity, found) else {
                return Ok(());
            };
            let Some(row) = self.object(entity, found, None)? else {
                continue;
            };
            let mut tie = Map::new();
            tie.insert("id".to_owned(), format!("{id}/{term}").into());
            tie.insert("taxonomy_term".to_owned(), Value::Object(row));
            ties.push(Value::Object(tie));
        }
        members.shift_remove("taxonomy_ids");
        upgrade::append(members, "attributes", ties);
        Ok(())
    }

    fn count(&mut self, at: At) -> Result<(), InterchangeError> {
        self.left = self.left.saturating_sub(1);
        if self.left > 0 {
            return Ok(());
        }
        let spot = self.library.table(at).map(|table| table.spot(at.row));
        Err(InterchangeError::TooLarge {
            spot: spot.unwrap_or_default(),
            why: "rows refer to one another so often that their records have no end; look for identifiers that many rows share".to_owned(),
        })
    }
}

/// Whether a member marks that whole records stood in the document, and does so no more.
fn is_here(entity: &Entity, name: &str, value: &Value) -> bool {
    entity.link(name).is_some_and(|link| match link.joined {
        Joined::InParent(_) => is_mark(value),
        Joined::InChild(_) => link.child == "location" && value.get(LISTED).is_some(),
        Joined::Named { .. } => false,
    })
}

fn is_mark(value: &Value) -> bool {
    value.as_object().is_some_and(Map::is_empty)
}

fn names(cell: &str, parent: &Entity) -> bool {
    crate::hsds::entities::entity_of_file(cell.trim()).is_some_and(|of| of.name == parent.name)
}

/// A cell's value. What should be a number and is none stays text, for whoever judges documents.
fn value(kind: Option<Kind>, cell: &str) -> Value {
    if kind == Some(Kind::Number)
        && let Ok(number) = cell.trim().parse()
    {
        return Value::Number(number);
    }
    match kind {
        None | Some(Kind::Text) => Value::String(cell.to_owned()),
        Some(_) => Value::String(cell.trim().to_owned()),
    }
}
