//! Takes documents apart into rows.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::BuildHasher;

use domain::RecordId;
use serde_json::{Map, Value, json};

use super::say::{is_id, say};
use crate::hsds::entities::{Entity, Field, Joined, Kind, Link};
use crate::hsds::tabular::heading::{Refers, refers};
use crate::hsds::tabular::index::Hashing;
use crate::hsds::tabular::kind::LISTED;

mod complete;
mod hash;

/// A row that is to be written.
#[derive(Debug)]
pub(super) struct Row {
    /// Whose table it is in.
    pub entity: &'static Entity,
    /// Its identifier.
    pub id: String,
    /// Its cells, in the order of the columns.
    pub cells: Vec<String>,
    /// What they can't say: members and values.
    pub beyond: Vec<(String, Value)>,
    /// It stands where something is not known.
    pub stands_in: bool,
}

type Key = (&'static str, [u8; 16]);

/// Rows under way, and what was written before.
#[derive(Debug, Default)]
pub(super) struct Rows {
    hashing: Hashing,
    /// What each row said, as a hash.
    known: HashMap<Key, u64>,
    pending: Vec<Row>,
    place: HashMap<Key, usize>,
    codes: HashSet<u64>,
    /// Rows that are referred to and may yet come.
    wanted: BTreeSet<Key>,
}

/// What a row is nested in.
#[derive(Clone, Copy)]
struct Within<'a> {
    entity: &'static Entity,
    id: &'a str,
    joined: Joined,
}

impl Rows {
    /// Takes a document apart.
    pub(super) fn document(&mut self, entity: &'static Entity, members: &Map<String, Value>) {
        self.put(entity, members, None);
    }

    /// The rows that are whole.
    pub(super) fn take(&mut self) -> Vec<Row> {
        let mut at = 0;
        while at < self.pending.len() {
            self.complete(at);
            at += 1;
        }
        self.place.clear();
        std::mem::take(&mut self.pending)
    }

    /// Puts an object into a row, and answers the row's identifier.
    fn put(
        &mut self,
        entity: &'static Entity,
        members: &Map<String, Value>,
        within: Option<Within<'_>>,
    ) -> String {
        let hash = self.hash_of(members);
        let (id, key) = match self.free(entity, members, hash, within) {
            Ok(free) => free,
            Err(there) => return there,
        };
        self.known.insert((entity.name, key), hash);
        let at = self.begin(entity, &id, key);
        self.hang(at, within);
        let mut beyond = self.values(entity, members, (at, &id));
        let (single, many): (Vec<&Link>, Vec<&Link>) =
            entity.links.iter().partition(|link| !link.many);
        for link in single.into_iter().chain(many) {
            if let Some(value) = members.get(link.member) {
                beyond.extend(self.link((entity, at, &id), link, value));
            }
        }
        if let Some(row) = self.pending.get_mut(at) {
            row.beyond = beyond;
        }
        id
    }

    /// An identifier that no other row has; or that of a row which says the same and may as well
    /// stand here.
    fn free(
        &mut self,
        entity: &'static Entity,
        members: &Map<String, Value>,
        hash: u64,
        within: Option<Within<'_>>,
    ) -> Result<(String, [u8; 16]), String> {
        let own = members
            .get("id")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let parent = within.map_or("", |within| within.id);
        let mut id = own.parse::<RecordId>().ok();
        for number in 0_u64.. {
            let this = id.take().unwrap_or_else(|| {
                RecordId::named(&format!("package/{}/{own}/{parent}/{number}", entity.name))
            });
            let key = (entity.name, *this.as_bytes());
            let Some(known) = self.known.get(&key).copied() else {
                return Ok((this.to_string(), key.1));
            };
            if known == hash && self.may_stand(&key, members, within) {
                return Err(this.to_string());
            }
        }
        Ok((own.to_owned(), [0; 16]))
    }

    /// Lets a row that says the same stand in another place too, if its columns can say so.
    fn may_stand(
        &mut self,
        key: &Key,
        members: &Map<String, Value>,
        within: Option<Within<'_>>,
    ) -> bool {
        let Some(within) = within else {
            return true;
        };
        let column = match within.joined {
            Joined::InParent(_) => return true,
            Joined::Named { .. } => return false,
            Joined::InChild(column) => column,
        };
        let Some(at) = self.place.get(key).copied() else {
            return false;
        };
        let cell = self.cell(at, column).cloned().unwrap_or_default();
        if cell.is_empty() {
            self.set(at, column, within.id);
            return true;
        }
        let names_itself = members.contains_key(column) && cell == within.id;
        let Some(row) = self.pending.get_mut(at).filter(|_| names_itself) else {
            return false;
        };
        // It names its organisation itself, and stands in its list as well: both were said.
        let names = |(name, _): &(String, Value)| name == column;
        if row.beyond.iter().any(names) {
            return false;
        }
        row.beyond.push((column.to_owned(), cell.into()));
        true
    }

    fn begin(&mut self, entity: &'static Entity, id: &str, key: [u8; 16]) -> usize {
        let at = self.pending.len();
        self.place.insert((entity.name, key), at);
        self.pending.push(Row {
            entity,
            id: id.to_owned(),
            cells: vec![String::new(); entity.fields.len()],
            beyond: Vec::new(),
            stands_in: false,
        });
        self.set(at, "id", id);
        at
    }

    /// Fills in what a row is nested in.
    fn hang(&mut self, at: usize, within: Option<Within<'_>>) {
        let Some(within) = within else {
            return;
        };
        match within.joined {
            Joined::InChild(column) => self.set(at, column, within.id),
            Joined::Named { id, entity } => {
                self.set(at, id, within.id);
                self.set(at, entity, within.entity.name);
            }
            Joined::InParent(_) => {}
        }
    }

    /// Puts values into cells, and answers what cells can't say.
    fn values(
        &mut self,
        entity: &'static Entity,
        members: &Map<String, Value>,
        (at, id): (usize, &str),
    ) -> Vec<(String, Value)> {
        let mut beyond = Vec::new();
        for (name, value) in members {
            let exact = match entity.field(name) {
                Some(_) if name == "id" => value.as_str() == Some(id),
                Some(field) => self.value(entity, field, members, (at, value)),
                None => entity.link(name).is_some(),
            };
            if !exact {
                beyond.push((name.clone(), value.clone()));
            }
        }
        beyond
    }

    fn value(
        &mut self,
        entity: &'static Entity,
        field: &'static Field,
        members: &Map<String, Value>,
        (at, value): (usize, &Value),
    ) -> bool {
        if let Some(refers) = refers(entity, field.name) {
            return self.reference(entity, field.name, members, (at, value, refers));
        }
        let said = say(field.kind, value);
        // The published tables want codes of terms to be unique over all taxonomies.
        let is_code = entity.name == "taxonomy_term" && field.name == "code";
        if is_code && !self.codes.insert(self.hashing.hash_one(&said.cell)) {
            return false;
        }
        self.set(at, field.name, &said.cell);
        said.exact
    }

    /// A reference that a document wrote out: an organisation or place that does not stand in it is
    /// referred to; anything else is said by what is nested where.
    fn reference(
        &mut self,
        entity: &'static Entity,
        column: &'static str,
        members: &Map<String, Value>,
        (at, value, refers): (usize, &Value, Refers),
    ) -> bool {
        let own = entity
            .links
            .iter()
            .find(|link| link.joined == Joined::InParent(column));
        let free = match own {
            Some(link) => is_shared(link.child) && !members.contains_key(link.member),
            // A place that does not stand in its organisation's list names it itself.
            None => {
                entity.name == "location" && self.cell(at, column).is_some_and(String::is_empty)
            }
        };
        let id = value.as_str().filter(|id| is_id(id));
        let (true, Some(id), Refers::To(of)) = (free, id, refers) else {
            return false;
        };
        if let Ok(wanted) = id.parse::<RecordId>() {
            self.wanted.insert((of, *wanted.as_bytes()));
        }
        self.set(at, column, id);
        true
    }

    /// Puts what is nested under a link into rows, or answers what rows can't say.
    fn link(
        &mut self,
        (entity, at, id): (&'static Entity, usize, &str),
        link: &'static Link,
        value: &Value,
    ) -> Option<(String, Value)> {
        let whole = || Some((link.member.to_owned(), value.clone()));
        let Some(child) = link.entity() else {
            return whole();
        };
        let within = Within {
            entity,
            id,
            joined: link.joined,
        };
        match (link.joined, value) {
            (Joined::InParent(column), Value::Object(row)) if sayable(child, row) => {
                let nested = self.put(child, row, Some(within));
                self.set(at, column, &nested);
                is_shared(link.child).then(|| (link.member.to_owned(), Value::Object(Map::new())))
            }
            (Joined::InChild(_) | Joined::Named { .. }, Value::Array(rows)) => {
                let said: Option<Vec<_>> = rows
                    .iter()
                    .map(|row| row.as_object().filter(|row| sayable(child, row)))
                    .collect();
                let Some(said) = said.filter(|rows| !rows.is_empty()) else {
                    return whole();
                };
                let rows: Vec<Value> = said
                    .into_iter()
                    .map(|row| self.put(child, row, Some(within)).into())
                    .collect();
                is_shared(link.child).then(|| (link.member.to_owned(), json!({ LISTED: rows })))
            }
            (Joined::InParent(_) | Joined::InChild(_) | Joined::Named { .. }, _) => whole(),
        }
    }

    fn cell(&self, at: usize, column: &str) -> Option<&String> {
        let row = self.pending.get(at)?;
        row.cells.get(number_of(row.entity, column)?)
    }

    fn set(&mut self, at: usize, column: &str, text: &str) {
        let row = self.pending.get_mut(at);
        let cell = row.and_then(|row| {
            let number = number_of(row.entity, column)?;
            row.cells.get_mut(number)
        });
        if let Some(cell) = cell {
            text.clone_into(cell);
        }
    }
}

fn number_of(entity: &Entity, column: &str) -> Option<usize> {
    entity.fields.iter().position(|field| field.name == column)
}

/// Organisations and places are written in a document or referred to, and both are kept apart.
fn is_shared(entity: &str) -> bool {
    matches!(entity, "organization" | "location")
}

/// Whether a row can say what its table asks for.
fn sayable(entity: &'static Entity, row: &Map<String, Value>) -> bool {
    let mut required = entity.fields.iter().filter(|field| field.tabular_required);
    required.all(|field| match field.kind {
        Kind::Number | Kind::Uri | Kind::Email | Kind::Date | Kind::Time | Kind::DateTime => row
            .get(field.name)
            .is_some_and(|value| !say(field.kind, value).cell.is_empty()),
        Kind::Text | Kind::Id | Kind::Key(_) | Kind::AnyKey | Kind::OneOf(_) => true,
    })
}
