//! Elements of a set (needs, boroughs, keywords): which one is which, whatever else it says.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::same::same;

/// Elements by their identity, in their order.
#[derive(Debug, Default)]
pub(crate) struct Elements {
    items: Vec<Option<Value>>,
    at: HashMap<String, usize>,
    doubled: bool,
}

impl Elements {
    /// The elements of a field's value; nothing there: none. A value that is no list is one element.
    pub(crate) fn of(value: Option<Value>) -> Self {
        match value {
            None | Some(Value::Null) => Self::default(),
            Some(Value::Array(items)) => items.into_iter().collect(),
            Some(other) => std::iter::once(other).collect(),
        }
    }

    /// True when every element has an identity of its own, so that they can come and go singly.
    pub(crate) fn tell_apart(&self) -> bool {
        !self.doubled
    }

    /// True when there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// The element with this identity.
    pub(crate) fn get(&self, identity: &str) -> Option<&Value> {
        self.items.get(*self.at.get(identity)?)?.as_ref()
    }

    /// Identities in order.
    pub(crate) fn identities(&self) -> Vec<String> {
        let mut found: Vec<(&usize, &String)> = self
            .at
            .iter()
            .map(|(identity, at)| (at, identity))
            .collect();
        found.sort_unstable();
        found
            .into_iter()
            .map(|(_, identity)| identity.clone())
            .collect()
    }

    /// Puts an element in the place of the one with its identity, or at the end.
    pub(crate) fn put(&mut self, element: Value) {
        let identity = identity(&element);
        if let Some(there) = self
            .at
            .get(&identity)
            .and_then(|at| self.items.get_mut(*at))
        {
            *there = Some(element);
        } else {
            self.at.insert(identity, self.items.len());
            self.items.push(Some(element));
        }
    }

    /// Takes the element with this identity out.
    pub(crate) fn remove(&mut self, identity: &str) {
        if let Some(there) = self
            .at
            .remove(identity)
            .and_then(|at| self.items.get_mut(at))
        {
            *there = None;
        }
    }

    /// As a field's value; no elements: not there.
    pub(crate) fn into_value(self) -> Option<Value> {
        let items: Vec<Value> = self.items.into_iter().flatten().collect();
        (!items.is_empty()).then_some(Value::Array(items))
    }

    /// Those that the other one has not, or has with another content.
    pub(crate) fn beyond(&self, other: &Self) -> Vec<Value> {
        let missing = |identity: &String| {
            let mine = self.get(identity)?;
            (!same_element(Some(mine), other.get(identity))).then(|| mine.clone())
        };
        self.identities().iter().filter_map(missing).collect()
    }
}

impl FromIterator<Value> for Elements {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Self {
        let mut elements = Self::default();
        for item in items {
            let known = elements.at.len();
            let at = elements.items.len();
            elements.at.entry(identity(&item)).or_insert(at);
            elements.doubled |= elements.at.len() == known;
            elements.items.push(Some(item));
        }
        elements
    }
}

/// True when two elements say the same: the identifiers of the ties themselves don't count, as
/// every desk makes its own.
pub(crate) fn same_element(a: Option<&Value>, b: Option<&Value>) -> bool {
    match (a, b) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            same(Some(&without_id(a)), Some(&without_id(b)))
        }
        (a, b) => same(a, b),
    }
}

/// Which element it is: a tie by its term and the detail given with it, an area by its code, a
/// language by its name, a word by itself.
pub(crate) fn identity(element: &Value) -> String {
    let Value::Object(members) = element else {
        return format!("={element}");
    };
    let named = |members: &Map<String, Value>, names: &[&str]| {
        let said = |name: &&str| members.get(*name).filter(|value| !is_blank(value));
        names.iter().find_map(said).map(ToString::to_string)
    };
    let term = members.get("taxonomy_term").and_then(Value::as_object);
    let found = match term {
        Some(term) => named(term, &["code", "id", "name"]).map(|term| {
            let detail = named(members, &["value"]).unwrap_or_default();
            format!("{term}:{detail}")
        }),
        None => named(members, &["extent", "name", "code", "value", "label"]),
    };
    found.unwrap_or_else(|| without_id(members).to_string())
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(str::is_empty)
}

fn without_id(members: &Map<String, Value>) -> Value {
    let others = members.iter().filter(|(name, _)| *name != "id");
    Value::Object(
        others
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    )
}
