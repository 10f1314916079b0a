//! Makes a document of the present shape one that the directory can hold: kinds as the tables ask
//! for them, identifiers that are UUIDs, no nulls, text without markup.

use std::collections::HashMap;

use domain::RecordId;
use serde_json::{Map, Value};

use super::entities::{Entity, Field, Kind, Link};
use super::formats;
use super::remarks::{Remarks, Way, quoted};
use super::{ids, plain};

/// Goes through a document.
pub(super) struct Normal {
    namespace: String,
    /// What is to be told.
    pub(super) remarks: Remarks,
    /// Identifiers as they were written, by those that they became; none: there was none.
    originals: HashMap<String, Option<String>>,
    /// How often an identifier was made up.
    made: HashMap<String, u64>,
}

impl Normal {
    pub(super) fn new(namespace: &str, remarks: Remarks) -> Self {
        Self {
            namespace: namespace.to_owned(),
            remarks,
            originals: HashMap::new(),
            made: HashMap::new(),
        }
    }

    /// An identifier as the source wrote it.
    pub(super) fn original(&self, id: &str) -> Option<String> {
        let made = self.originals.get(id);
        made.cloned().unwrap_or_else(|| Some(id.to_owned()))
    }

    /// Makes a document right, which is one of this entity.
    pub(super) fn document(&mut self, entity: &Entity, members: &mut Map<String, Value>) {
        self.object(entity, members, &Way::Top);
    }

    fn object(&mut self, entity: &Entity, members: &mut Map<String, Value>, at: &Way<'_>) {
        let beside = names_entity(entity, members);
        members.retain(|name, value| match entity.field(name) {
            Some(field) => self.field(entity, field, beside.as_deref(), (value, &at.to(name))),
            None => entity.link(name).is_some() || odd(entity, name, value, at, &mut self.remarks),
        });
        let parent = members.get("id").and_then(Value::as_str);
        let parent = parent.unwrap_or_default().to_owned();
        members.retain(|name, value| match entity.link(name) {
            Some(link) => self.link(link, &parent, value, &at.to(name)),
            None => true,
        });
    }

    /// Whether a value stays.
    fn field(
        &mut self,
        entity: &Entity,
        field: &Field,
        beside: Option<&str>,
        (value, at): (&mut Value, &Way<'_>),
    ) -> bool {
        match field.kind {
            _ if value.is_null() => false,
            Kind::Id => self.id(entity.name, value, at),
            Kind::Key(of) => self.id(of, value, at),
            Kind::AnyKey => self.id(beside.unwrap_or(entity.name), value, at),
            Kind::Number => self.number(value, at),
            Kind::OneOf(values) => self.text(value, at) && self.one_of(values, value, at),
            Kind::Uri => self.text(value, at) && self.uri(value, at),
            Kind::Text => self.text(value, at) && self.words(value, at),
            Kind::Email | Kind::Date | Kind::Time | Kind::DateTime => self.text(value, at),
        }
    }

    fn id(&mut self, entity: &str, value: &mut Value, at: &Way<'_>) -> bool {
        if value.as_str().is_some_and(ids::is_canonical) {
            return true;
        }
        let Some(id) = ids::canonical(&self.namespace, entity, value) else {
            if value.as_str().is_none() {
                let message = format!("{} is not an identifier; left out", quoted(value));
                self.remarks.doubt(at, message);
            }
            return false;
        };
        let written = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        if written != id {
            let _before = self.originals.insert(id.clone(), Some(written));
        }
        *value = Value::String(id);
        true
    }

    fn number(&mut self, value: &mut Value, at: &Way<'_>) -> bool {
        if value.is_number() {
            return true;
        }
        let text = value.as_str().map(str::trim);
        if text == Some("") {
            return false;
        }
        let number = text.and_then(|text| text.parse::<serde_json::Number>().ok());
        let Some(number) = number else {
            let message = format!("{} is not a number; left out", quoted(value));
            self.remarks.doubt(at, message);
            return false;
        };
        let message = format!("{} stood as text and is taken as a number", quoted(value));
        self.remarks.note(at, message);
        *value = Value::Number(number);
        true
    }

    fn text(&mut self, value: &mut Value, at: &Way<'_>) -> bool {
        if value.is_string() {
            return true;
        }
        if let Value::Number(number) = value {
            let message = format!("{number} stood as a number and is taken as text");
            self.remarks.note(at, message);
            *value = Value::String(number.to_string());
            return true;
        }
        let message = format!("text is due here, not {}; left out", quoted(value));
        self.remarks.doubt(at, message);
        false
    }

    fn words(&mut self, value: &mut Value, at: &Way<'_>) -> bool {
        let Some(found) = value.as_str().and_then(plain::look) else {
            return true;
        };
        if found.garbled {
            let message = "letters that a wrong encoding made, such as \"Ã©\" for \"é\"; kept as \
                           written: look at it"
                .to_owned();
            self.remarks.doubt(at, message);
        }
        if let Some(text) = found.text {
            self.remarks.note(at, "HTML was made plain text".to_owned());
            *value = Value::String(text);
        }
        true
    }

    fn uri(&mut self, value: &mut Value, at: &Way<'_>) -> bool {
        let with_scheme = value.as_str().and_then(formats::with_scheme);
        if let Some(address) = with_scheme {
            let message = format!("{} had no scheme and is taken as {address}", quoted(value));
            self.remarks.note(at, message);
            *value = Value::String(address);
        }
        true
    }

    fn one_of(&mut self, values: &[&str], value: &mut Value, at: &Way<'_>) -> bool {
        let text = value.as_str().unwrap_or_default();
        if values.contains(&text) {
            return true;
        }
        let plain = text.trim().replace('_', " ");
        let alike = values
            .iter()
            .find(|known| known.eq_ignore_ascii_case(&plain));
        let Some(alike) = alike else {
            let message = format!(
                "{} is none of {}; left out",
                quoted(value),
                values.join(", ")
            );
            self.remarks.doubt(at, message);
            return false;
        };
        self.remarks
            .note(at, format!("{} is taken as \"{alike}\"", quoted(value)));
        *value = Value::String((*alike).to_owned());
        true
    }

    fn link(&mut self, link: &Link, parent: &str, value: &mut Value, at: &Way<'_>) -> bool {
        let Some(child) = link.entity().filter(|_| !value.is_null()) else {
            return false;
        };
        if !link.many {
            return self.row(child, parent, value, at);
        }
        if value.is_object() {
            self.remarks.note(
                at,
                "a list is due here; the record is taken as its only one".to_owned(),
            );
            *value = Value::Array(vec![value.take()]);
        }
        let Value::Array(rows) = value else {
            let message = format!("a list is due here, not {}; left out", quoted(value));
            self.remarks.doubt(at, message);
            return false;
        };
        let mut number = 0;
        rows.retain_mut(|row| {
            number += 1;
            self.row(child, parent, row, &at.item(number - 1))
        });
        true
    }

    /// Whether a row stays.
    fn row(&mut self, entity: &Entity, parent: &str, value: &mut Value, at: &Way<'_>) -> bool {
        if value.is_null() {
            return false;
        }
        let Value::Object(members) = value else {
            let message = format!("a record is due here, not {}; left out", quoted(value));
            self.remarks.doubt(at, message);
            return false;
        };
        self.object(entity, members, at);
        if !members.contains_key("id") {
            let id = self.made_id(parent, entity, members);
            let _none = members.insert("id".to_owned(), Value::String(id));
        }
        self.complete(entity, members, at)
    }

    /// An identifier for a row without one. Rows of one parent that say the same are numbered.
    fn made_id(&mut self, parent: &str, entity: &Entity, members: &Map<String, Value>) -> String {
        let id = ids::of_content(&self.namespace, parent, entity, members);
        let times = self.made.entry(id.clone()).or_default();
        *times += 1;
        let id = match times {
            2.. if !ids::is_shared(entity) => RecordId::named(&format!("{id}/{times}")).to_string(),
            _ => id,
        };
        let _before = self.originals.insert(id.clone(), None);
        id
    }

    /// Whether a row has what it is nothing without.
    fn complete(
        &mut self,
        entity: &Entity,
        members: &mut Map<String, Value>,
        at: &Way<'_>,
    ) -> bool {
        let needed = match entity.name {
            "phone" => "number",
            "url" => "url",
            "taxonomy_term" => "name",
            "location" => {
                let kind = Value::String("physical".to_owned());
                let _kind = members.entry("location_type").or_insert(kind);
                return true;
            }
            _ => return true,
        };
        let there = members.contains_key(needed);
        if !there {
            let message = format!("{} without {needed}; left out", entity.name);
            self.remarks.doubt(at, message);
        }
        there
    }
}

/// The entity that a row of attributes or metadata says it belongs to.
fn names_entity(entity: &Entity, members: &Map<String, Value>) -> Option<String> {
    let by = match entity.name {
        "attribute" => "link_entity",
        "metadata" => "resource_type",
        _ => return None,
    };
    let named = members.get(by)?.as_str()?;
    let known = super::entities::entity_of_file(named);
    Some(known.map_or_else(|| named.to_owned(), |known| known.name.to_owned()))
}

/// Whether a member stays that HSDS does not know. Signpost's own have a kind, too.
fn odd(entity: &Entity, name: &str, value: &Value, at: &Way<'_>, remarks: &mut Remarks) -> bool {
    let wrong = match (entity.name, name) {
        ("attribute", "assessed") => !value.is_boolean(),
        ("service", "signpost") => {
            serde_json::from_value::<domain::ServiceNotes>(value.clone()).is_err()
        }
        _ => false,
    };
    if wrong {
        let message = format!(
            "{} is not what Signpost writes here; left out",
            quoted(value)
        );
        remarks.doubt(&at.to(name), message);
    }
    !wrong
}
