//! Finds what is probably in the directory already, under another identifier.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use domain::{Place, Postcode, RecordId};
use serde_json::Value;
use store::{Kind, Store, StoreError};

use super::shape::EntryRef;

/// Records read from the local copy at a time.
const PAGE: usize = 1_000;
/// Digits by which telephone numbers are compared: all but the leading 0 or country code.
const DIGITS: usize = 10;
/// A name alone tells only where it is as long as this, letters.
const TELLING: usize = 8;

/// Where the other one is.
#[derive(Clone, Copy)]
enum Twin {
    /// In the directory, by row.
    Here(i64),
    /// In the same source, by line.
    Line(Option<u64>),
}

/// By what two services are compared.
struct Marks {
    name: String,
    postcodes: Vec<u64>,
    phones: Vec<String>,
}

/// What is there, by name with postcode, name with telephone, and name alone.
#[derive(Default)]
pub(crate) struct Duplicates {
    twins: HashMap<u64, Twin>,
}

impl Duplicates {
    /// All services of the local copy.
    pub(crate) fn of(store: &Store) -> Result<Self, StoreError> {
        let mut postcodes = HashMap::new();
        each(store, Kind::Place, |_, body| {
            let place: Option<Place> = serde_json::from_str(body).ok();
            if let Some((id, code)) = place.and_then(|p| Some((p.id, postcode_of(&p)?))) {
                postcodes.insert(id, code);
            }
        })?;
        let mut all = Self::default();
        each(store, Kind::Service, |row, body| {
            let service: Value = serde_json::from_str(body).unwrap_or_default();
            all.file(&Marks::of(&service, &postcodes), Twin::Here(row));
        })?;
        Ok(all)
    }

    /// Adds a service of the source itself.
    pub(crate) fn add(
        &mut self,
        service: &Value,
        postcodes: &HashMap<RecordId, u64>,
        line: Option<u64>,
    ) {
        self.file(&Marks::of(service, postcodes), Twin::Line(line));
    }

    /// The service that this one probably doubles, and why it looks so.
    pub(crate) fn find(
        &self,
        store: &Store,
        service: &Value,
        postcodes: &HashMap<RecordId, u64>,
    ) -> Result<Option<(String, Option<EntryRef>)>, StoreError> {
        let marks = Marks::of(service, postcodes);
        let Some((why, twin)) = self.twin(&marks) else {
            return Ok(None);
        };
        match twin {
            Twin::Line(line) => {
                let at = line.map_or_else(String::new, |line| format!(" (line {line})"));
                Ok(Some((
                    format!("Another record of this source{at} has {why}."),
                    None,
                )))
            }
            Twin::Here(row) => {
                let card = store.cards(&[row])?.into_iter().next();
                Ok(card.map(|card| {
                    let entry = EntryRef {
                        id: card.service.id.to_string(),
                        name: card.service.name,
                    };
                    let message = format!("\"{}\" in the directory has {why}.", entry.name);
                    (message, Some(entry))
                }))
            }
        }
    }

    fn twin(&self, marks: &Marks) -> Option<(&'static str, Twin)> {
        let with_postcode = marks
            .postcodes
            .iter()
            .find_map(|code| self.twins.get(&key(("postcode", &marks.name, code))));
        if let Some(twin) = with_postcode {
            return Some(("the same name and postcode", *twin));
        }
        let with_phone = marks
            .phones
            .iter()
            .find_map(|phone| self.twins.get(&key(("phone", &marks.name, phone))));
        if let Some(twin) = with_phone {
            return Some(("the same name and telephone number", *twin));
        }
        if marks.name.len() < TELLING {
            return None;
        }
        let sort = if marks.is_bare() { "any" } else { "bare" };
        let twin = self.twins.get(&key((sort, &marks.name)))?;
        Some((
            "the same name, and one of the two has neither address nor telephone to tell them apart",
            *twin,
        ))
    }

    fn file(&mut self, marks: &Marks, twin: Twin) {
        if marks.name.is_empty() {
            return;
        }
        let mut put = |key| {
            self.twins.entry(key).or_insert(twin);
        };
        for code in &marks.postcodes {
            put(key(("postcode", &marks.name, code)));
        }
        for phone in &marks.phones {
            put(key(("phone", &marks.name, phone)));
        }
        put(key(("any", &marks.name)));
        if marks.is_bare() {
            put(key(("bare", &marks.name)));
        }
    }
}

impl Marks {
    fn of(service: &Value, postcodes: &HashMap<RecordId, u64>) -> Self {
        let list = |member: &str| {
            let items = service.get(member).and_then(Value::as_array);
            items.into_iter().flatten()
        };
        let place = |tie: &Value| -> Option<RecordId> {
            let by_id = tie.get("location_id").and_then(Value::as_str);
            let held = || tie.get("location")?.get("id")?.as_str();
            by_id.or_else(held)?.parse().ok()
        };
        let places: HashSet<RecordId> = list("service_at_locations").filter_map(place).collect();
        let number = |phone: &Value| phone.get("number").and_then(Value::as_str).and_then(digits);
        let name = service.get("name").and_then(Value::as_str);
        Self {
            name: plain(name.unwrap_or_default()),
            postcodes: places
                .iter()
                .filter_map(|place| postcodes.get(place).copied())
                .collect(),
            phones: list("phones").filter_map(number).collect(),
        }
    }

    fn is_bare(&self) -> bool {
        self.postcodes.is_empty() && self.phones.is_empty()
    }
}

/// A number for the first readable postcode of a place.
pub(crate) fn postcode_of(place: &Place) -> Option<u64> {
    let codes = place.addresses.iter();
    let mut codes = codes.filter_map(|address| address.postal_code.as_ref()?.parse().ok());
    codes.next().map(|code: Postcode| key(code.to_string()))
}

fn each(store: &Store, kind: Kind, mut look: impl FnMut(i64, &str)) -> Result<(), StoreError> {
    let mut last = i64::MIN;
    loop {
        let page = store.bodies_after(kind, last, PAGE)?;
        let Some((end, _)) = page.last() else {
            return Ok(());
        };
        last = *end;
        for (row, body) in &page {
            look(*row, body);
        }
    }
}

/// Letters and digits of a name, in small, without what names are decorated with.
fn plain(name: &str) -> String {
    const DECORATION: [&str; 8] = [
        "the", "ltd", "limited", "cic", "cio", "charity", "uk", "and",
    ];
    let small = name.to_lowercase();
    let words = small.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty() && !DECORATION.contains(word))
        .collect()
}

fn digits(number: &str) -> Option<String> {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().checked_sub(DIGITS)?;
    Some(digits.get(from..)?.iter().collect())
}

fn key(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
