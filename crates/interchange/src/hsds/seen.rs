//! Records that were met, so that the same one from several documents comes in as one.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Map, Value};

/// The bytes of bodies that are kept for each kind of record. Beyond that only what tells two bodies
/// apart is kept, and of differing ones the first counts as it is.
const KEPT: usize = 32 * 1024 * 1024;

/// Records of one kind.
#[derive(Default)]
pub(super) struct Seen {
    bodies: HashMap<String, Body>,
    kept: usize,
}

struct Body {
    hash: u64,
    text: Option<Box<str>>,
    told: bool,
}

/// What there is to do about a record.
#[derive(Debug, PartialEq)]
pub(super) enum Met {
    /// It is new.
    New,
    /// It was met, and this says nothing more.
    Known,
    /// It says more than what was met; this is both. True: it contradicts it, for the first time.
    More(Map<String, Value>, bool),
    /// It contradicts what was met and says nothing more. True: for the first time.
    Against(bool),
    /// It differs from what was met, and that is no longer at hand. True: for the first time.
    Other(bool),
}

impl Seen {
    /// Meets a record with this identifier.
    pub(super) fn meet(&mut self, id: &str, members: &Map<String, Value>) -> Met {
        let hash = digest(members);
        let Some(body) = self.bodies.get_mut(id) else {
            let text = keep(&mut self.kept, members);
            let told = false;
            let _none = self.bodies.insert(id.to_owned(), Body { hash, text, told });
            return Met::New;
        };
        if body.hash == hash {
            return Met::Known;
        }
        let Some(mut both) = body.text.as_deref().and_then(members_of) else {
            return Met::Other(!std::mem::replace(&mut body.told, true));
        };
        let contradicts = unite(&mut both, members);
        let first_time = contradicts && !std::mem::replace(&mut body.told, true);
        let united = digest(&both);
        if united == body.hash {
            return if contradicts {
                Met::Against(first_time)
            } else {
                Met::Known
            };
        }
        body.hash = united;
        self.kept = self
            .kept
            .saturating_sub(body.text.as_ref().map_or(0, |text| text.len()));
        body.text = keep(&mut self.kept, &both);
        Met::More(both, first_time)
    }

    /// What is known of a record, if it is at hand.
    pub(super) fn body(&self, id: &str) -> Option<Map<String, Value>> {
        members_of(self.bodies.get(id)?.text.as_deref()?)
    }

    /// How many were met.
    pub(super) fn count(&self) -> u64 {
        self.bodies.len() as u64
    }
}

fn keep(kept: &mut usize, members: &Map<String, Value>) -> Option<Box<str>> {
    if *kept >= KEPT {
        return None;
    }
    let text = serde_json::to_string(members).ok()?;
    if *kept + text.len() > KEPT {
        return None;
    }
    *kept += text.len();
    Some(text.into_boxed_str())
}

/// What an object says in a number, whatever the order of its members.
fn digest(members: &Map<String, Value>) -> u64 {
    let mut sum: u64 = 0;
    for (name, value) in members {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        add_value(value, &mut hasher);
        sum = sum.wrapping_add(hasher.finish());
    }
    sum
}

fn add_value(value: &Value, hasher: &mut DefaultHasher) {
    match value {
        Value::Null => 0_u8.hash(hasher),
        Value::Bool(is) => (1_u8, is).hash(hasher),
        Value::Number(number) => (2_u8, number).hash(hasher),
        Value::String(text) => (3_u8, text).hash(hasher),
        Value::Array(items) => {
            (4_u8, items.len()).hash(hasher);
            items.iter().for_each(|item| add_value(item, hasher));
        }
        Value::Object(members) => (5_u8, digest(members)).hash(hasher),
    }
}

fn members_of(text: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(text).ok()
}

/// Adds what only the second says: members, and rows of lists by their identifiers. Whether it
/// contradicts the first in anything.
fn unite(first: &mut Map<String, Value>, second: &Map<String, Value>) -> bool {
    let mut contradicts = false;
    for (name, value) in second {
        match (first.get_mut(name), value) {
            (None, value) => {
                let _none = first.insert(name.clone(), value.clone());
            }
            (Some(Value::Array(rows)), Value::Array(others)) => {
                contradicts |= add_rows(rows, others);
            }
            (Some(there), value) => contradicts |= there != value,
        }
    }
    contradicts
}

fn add_rows(rows: &mut Vec<Value>, others: &[Value]) -> bool {
    let id = |row: &Value| row.get("id").and_then(Value::as_str).map(str::to_owned);
    let known: HashMap<String, usize> = rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| Some((id(row)?, at)))
        .collect();
    if others.iter().any(|other| id(other).is_none()) {
        return rows != others;
    }
    let mut contradicts = false;
    for other in others {
        match id(other).and_then(|id| known.get(&id)) {
            Some(at) => contradicts |= rows.get(*at) != Some(other),
            None => rows.push(other.clone()),
        }
    }
    contradicts
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn members(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn the_first_wins_and_gains_what_others_add() {
        let mut seen = Seen::default();
        let first = members(json!({"id":"1","name":"A","phones":[{"id":"p"}]}));
        let second = members(
            json!({"phones":[{"id":"q"},{"id":"p","x":1}],"name":"B","id":"1","email":"e"}),
        );
        let both =
            members(json!({"id":"1","name":"A","phones":[{"id":"p"},{"id":"q"}],"email":"e"}));
        assert_eq!(seen.meet("1", &first), Met::New);
        assert_eq!(seen.meet("1", &first), Met::Known);
        assert_eq!(seen.meet("1", &second), Met::More(both.clone(), true));
        assert_eq!(seen.meet("1", &second), Met::Against(false));
        assert_eq!(seen.meet("1", &first), Met::Known);
        assert_eq!(seen.body("1"), Some(both));
        assert_eq!(seen.count(), 1);
    }

    #[test]
    fn memory_is_bounded() {
        let mut seen = Seen::default();
        let body = |n: usize, x: &str| members(json!({"id":n,"x":x,"long":"y".repeat(1_000_000)}));
        for n in 0..40 {
            assert_eq!(seen.meet(&n.to_string(), &body(n, "a")), Met::New);
        }
        assert!(seen.kept <= KEPT);
        assert_eq!(seen.meet("39", &body(39, "a")), Met::Known);
        assert_eq!(seen.meet("39", &body(39, "b")), Met::Other(true));
        assert_eq!(seen.meet("39", &body(39, "c")), Met::Other(false));
    }
}
