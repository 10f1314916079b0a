//! All tables of a package together: which row hangs on which.

use std::collections::{HashMap, HashSet};

use super::heading::Refers;
use super::index::Hashing;
use super::kind::Make;
use super::load::Table;
use crate::hsds::entities::{self, Entity, Joined, Link};

#[derive(serde::Deserialize)]
struct Listed<'a> {
    #[serde(borrow)]
    rows: Vec<&'a str>,
}

/// A row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct At {
    /// The number of its table.
    pub table: usize,
    /// Its number in it.
    pub row: usize,
}

/// The tables of a package.
#[derive(Debug)]
pub(super) struct Library {
    tables: Vec<Table>,
    of: HashMap<&'static str, Vec<usize>>,
    hashing: Hashing,
}

impl Library {
    /// Of these tables, indexed with the same key.
    pub(super) fn new(tables: Vec<Table>, hashing: Hashing) -> Self {
        let mut of: HashMap<&'static str, Vec<usize>> = HashMap::new();
        for (number, table) in tables.iter().enumerate() {
            if let Some(entity) = table.kind.entity {
                of.entry(entity.name).or_default().push(number);
            }
        }
        Self {
            tables,
            of,
            hashing,
        }
    }

    /// All tables.
    pub(super) fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The table of a row.
    pub(super) fn table(&self, at: At) -> Option<&Table> {
        self.tables.get(at.table)
    }

    /// The rows of an entity, in the order of their files.
    pub(super) fn rows(&self, entity: &str) -> impl Iterator<Item = At> + '_ {
        let tables = self.of.get(entity).into_iter().flatten().copied();
        tables.flat_map(|table| {
            let rows = self.tables.get(table).map_or(0, |table| table.grid.len());
            (0..rows).map(move |row| At { table, row })
        })
    }

    /// The first row of an entity with this identifier.
    pub(super) fn find(&self, entity: &str, id: &str) -> Option<At> {
        let mut tables = self.of.get(entity).into_iter().flatten().copied();
        tables.find_map(|table| self.matching(table, "id", id).next())
    }

    /// What our own package says of a row beyond its cells: members, and their values as JSON; none:
    /// it only stands where something is not known.
    pub(super) fn beyond(&self, entity: &str, id: &str) -> Option<Vec<(&str, &str)>> {
        let mut members = Vec::new();
        let tables = self.tables.iter().enumerate();
        for (number, table) in tables.filter(|(_, table)| table.kind.make == Make::Beyond) {
            let name = table.column("member");
            let rows = self.matching(number, "row_id", id);
            for at in rows.filter(|at| table.cell(at.row, "table") == Some(entity)) {
                let name = name.map_or("", |name| table.grid.cell(at.row, name));
                let value = table.cell(at.row, "value").unwrap_or_default();
                let stands_in = table.cell(at.row, "says") == Some("stand-in");
                members.push((!stands_in).then_some((name, value)));
            }
        }
        members.into_iter().collect()
    }

    /// Organisations and places of which our own package says that the one stood in the other's list.
    pub(super) fn listed(&self) -> HashSet<(&str, &str)> {
        let mut listed = HashSet::new();
        let tables = self.tables.iter();
        for table in tables.filter(|table| table.kind.make == Make::Beyond) {
            let is_list = |row: &usize| {
                table.cell(*row, "table") == Some("organization")
                    && table.cell(*row, "member") == Some("locations")
            };
            for row in (0..table.grid.len()).filter(is_list) {
                let value = table.cell(row, "value").unwrap_or_default();
                let list: Option<Listed<'_>> = serde_json::from_str(value).ok();
                let organisation = table.cell(row, "row_id").unwrap_or_default();
                let places = list.into_iter().flat_map(|list| list.rows);
                listed.extend(places.map(|place| (organisation, place)));
            }
        }
        listed
    }

    /// The rows that are nested in a parent's row under a link, however their tables say it.
    pub(super) fn children<'a>(
        &'a self,
        parent: &'static Entity,
        link: &'static Link,
        id: &'a str,
    ) -> impl Iterator<Item = At> + 'a {
        let tables = self.of.get(link.child).into_iter().flatten().copied();
        tables.flat_map(move |table| self.hanging(table, parent, link, id))
    }

    fn hanging<'a>(
        &'a self,
        number: usize,
        parent: &'static Entity,
        link: &'static Link,
        id: &'a str,
    ) -> impl Iterator<Item = At> + 'a {
        let table = self.tables.get(number);
        let has = |column: &str| table.is_some_and(|table| table.indexes.contains_key(column));
        let (column, by) = match link.joined {
            Joined::InChild(column) => (column.to_owned(), None),
            Joined::Named { id, entity } if has(id) => (id.to_owned(), Some(entity)),
            // Up to HSDS 2, a column of its own: `service_id`.
            Joined::Named { .. } => (format!("{}_id", parent.name), None),
            Joined::InParent(_) => (String::new(), None),
        };
        let rows = self.matching_owned(number, column, id);
        rows.filter(move |at| match (by, table) {
            (Some(by), Some(table)) => names(table, at.row, by, parent),
            (Some(_) | None, _) => true,
        })
    }

    /// The rows of the tables that are only kept, by the names under which they are.
    pub(super) fn kept<'a>(
        &'a self,
        parent: &'static Entity,
        id: &'a str,
    ) -> impl Iterator<Item = (&'static str, At)> + 'a {
        let tables = self.tables.iter().enumerate();
        // Tables of which nothing is kept here are not searched: thousands of rows may refer to one.
        let kept =
            tables.filter_map(move |(number, table)| Some((number, kept_as(table, parent)?)));
        kept.flat_map(move |(number, name)| {
            let column = format!("{}_id", parent.name);
            let rows = self.matching_owned(number, column, id);
            rows.map(move |at| (name, at))
        })
    }

    /// Whether the row to which a cell refers is there.
    pub(super) fn resolves(&self, at: At, refers: Refers, id: &str) -> bool {
        match refers {
            Refers::To(entity) => self.find(entity, id).is_some(),
            Refers::Any => self.named_entity(at).map_or_else(
                || entities::all().any(|entity| self.find(entity.name, id).is_some()),
                |entity| self.find(entity.name, id).is_some(),
            ),
            Refers::Entity => true,
        }
    }

    /// The entity that a row says it belongs to, where it names one.
    fn named_entity(&self, at: At) -> Option<&'static Entity> {
        let table = self.table(at)?;
        let by = table
            .columns
            .iter()
            .find(|column| column.refers == Some(Refers::Entity));
        let by = by.map(|column| column.name.as_str());
        entity_named(table, at.row, by?)
    }

    fn matching<'a>(
        &'a self,
        number: usize,
        column: &'a str,
        id: &'a str,
    ) -> impl Iterator<Item = At> + 'a {
        self.matching_owned(number, column.to_owned(), id)
    }

    fn matching_owned<'a>(
        &'a self,
        number: usize,
        column: String,
        id: &'a str,
    ) -> impl Iterator<Item = At> + 'a {
        let table = self.tables.get(number);
        let index = table.and_then(|table| Some((table, table.indexes.get(&column)?)));
        let rows = index.map(|(table, index)| index.rows(&table.grid, id, &self.hashing));
        rows.into_iter()
            .flatten()
            .map(move |row| At { table: number, row })
    }
}

/// The name under which a parent keeps rows of a table that HSDS 3.1 does not nest in it.
fn kept_as(table: &Table, parent: &Entity) -> Option<&'static str> {
    let is_address = table
        .kind
        .entity
        .is_some_and(|entity| entity.name == "address");
    match table.kind.make {
        Make::Kept(name) => Some(name),
        // HSDS 3.1 knows addresses of places only.
        Make::Plain | Make::Address(_) if is_address && parent.link("addresses").is_none() => {
            Some("addresses")
        }
        Make::Plain | Make::Address(_) | Make::Weekly | Make::Beyond => None,
    }
}

/// Whether a row says that it belongs to this entity. Where it names none that there is, its
/// identifier alone counts.
fn names(table: &Table, row: usize, by: &str, parent: &Entity) -> bool {
    entity_named(table, row, by).is_none_or(|entity| entity.name == parent.name)
}

fn entity_named(table: &Table, row: usize, by: &str) -> Option<&'static Entity> {
    // HSDS 2 wrote it under another name.
    let cell = table
        .cell(row, by)
        .or_else(|| table.cell(row, "link_type"))?;
    entities::entity_of_file(cell)
}
