//! What of a record only its curators are told: notes for staff, and where a place is whose address
//! is somebody's home. The rest is public.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::{FieldName, Kind, Outcode, Record, Whereabouts, change};

/// The part of a record that everybody may see.
#[must_use]
pub fn public(kind: Kind, record: &Record) -> Record {
    let mut seen = record.clone();
    for field in withheld(kind, record) {
        let left = match field.as_str() {
            "addresses" => masked(record),
            _ => None,
        };
        change::set(kind, &mut seen, &field, left);
    }
    seen
}

/// What [`public`] keeps back: whole fields by their names. Empty: nothing.
#[must_use]
pub fn members(kind: Kind, record: &Record) -> Record {
    let kept = withheld(kind, record).into_iter().filter_map(|field| {
        let value = change::value(record, &field)?;
        Some((field.as_str().to_owned(), value))
    });
    kept.collect()
}

/// Puts what was kept back into a public record again.
pub fn join(kind: Kind, record: &mut Record, members: &Record) {
    for (name, value) in members {
        change::set(kind, record, &FieldName::new(name), Some(value.clone()));
    }
}

/// Whether the values of a field, as they are or ever were, are for the record's curators alone.
/// Where somebody's home is may have stood in any field of its place.
#[must_use]
pub fn hides(kind: Kind, record: &Record, field: &FieldName) -> bool {
    match kind {
        Kind::Service => field.as_str() == "signpost.internal",
        Kind::Organisation => false,
        Kind::Place => is_private(record),
    }
}

/// Members of a place that don't say where it is, unless its address is written in them.
const HARMLESS: [&str; 10] = [
    "location_type",
    "name",
    "alternate_name",
    "description",
    "accessibility",
    "phones",
    "schedules",
    "languages",
    "last_modified",
    "signpost.private",
];

/// The fields that are not for everybody.
fn withheld(kind: Kind, record: &Record) -> Vec<FieldName> {
    let fields = change::fields_of(record).into_iter();
    match kind {
        Kind::Service | Kind::Organisation => {
            fields.filter(|field| hides(kind, record, field)).collect()
        }
        Kind::Place if is_private(record) => {
            let told = addresses(record);
            let harmless = |field: &FieldName| {
                let name = field.as_str();
                name == "id"
                    || (HARMLESS.contains(&name) || name.starts_with("attributes."))
                        && !tells(change::value(record, field), &told)
            };
            fields.filter(|field| !harmless(field)).collect()
        }
        Kind::Place => Vec::new(),
    }
}

/// Letters and digits of the shortest postcode. Less is found everywhere.
const SHORTEST_TOLD: usize = 5;

fn is_private(place: &Record) -> bool {
    let private = place.get("signpost").and_then(|notes| notes.get("private"));
    private.and_then(Value::as_bool).unwrap_or_default()
}

/// Lines and postcodes of the addresses, as they are looked for in other texts.
fn addresses(place: &Record) -> BTreeSet<String> {
    let addresses = place.get("addresses").and_then(Value::as_array);
    let each = addresses.into_iter().flatten();
    let lines = each.flat_map(|address| {
        let said = |name| address.get(name).and_then(Value::as_str).map(plain);
        let town = said("city");
        let lines = ["address_1", "address_2", "postal_code"]
            .into_iter()
            .filter_map(said);
        lines.filter(move |line| Some(line) != town.as_ref())
    });
    lines.filter(|line| line.len() >= SHORTEST_TOLD).collect()
}

fn tells(value: Option<Value>, told: &BTreeSet<String>) -> bool {
    let text = value
        .map(|value| plain(&value.to_string()))
        .unwrap_or_default();
    told.iter().any(|line| text.contains(line))
}

/// Letters and digits only, so that a comma or a space more hides nothing.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Addresses as far as everybody may know them: town and first half of the postcode.
fn masked(place: &Record) -> Option<Value> {
    let addresses = place.get("addresses")?.as_array()?;
    let mask = |address: &Value| {
        let mut kept = Map::new();
        for name in ["id", "city", "state_province", "country", "address_type"] {
            let value = address.get(name).cloned();
            kept.extend(value.map(|value| (name.to_owned(), value)));
        }
        let code = address
            .get("postal_code")
            .and_then(Value::as_str)
            .and_then(outcode);
        kept.extend(code.map(|code| ("postal_code".to_owned(), Value::from(code.as_str()))));
        Value::Object(kept)
    };
    Some(Value::Array(addresses.iter().map(mask).collect()))
}

fn outcode(code: &str) -> Option<Outcode> {
    let whereabouts: Whereabouts = code.parse().ok()?;
    Some(whereabouts.outcode().clone())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record(value: Value) -> Record {
        value.as_object().cloned().unwrap()
    }

    fn whole_again(kind: Kind, whole: &Record) {
        let mut joined = public(kind, whole);
        join(kind, &mut joined, &members(kind, whole));
        assert_eq!(change::diff(kind, Some(whole), &joined), []);
    }

    #[test]
    fn notes_for_staff_are_kept_back_and_come_back() {
        let service = record(json!({"id": "1", "name": "A",
            "signpost": {"summary": "s", "internal": [{"label": "l", "text": "t"}]}}));
        let seen = public(Kind::Service, &service);
        assert_eq!(
            json!(seen).to_string(),
            r#"{"id":"1","name":"A","signpost":{"summary":"s"}}"#
        );
        assert_eq!(
            members(Kind::Service, &service)["signpost.internal"][0]["text"],
            "t"
        );
        whole_again(Kind::Service, &service);
    }

    #[test]
    fn of_a_private_place_only_town_and_outcode_are_seen() {
        let place = record(
            json!({"id": "1", "location_type": "physical", "name": "Sewing circle",
            "description": "At 7 Made Up Street.", "latitude": 53.5, "longitude": -2.2,
            "transportation": "Second door on the left", "uprn": 12,
            "addresses": [{"id": "a", "address_1": "7, Made-up street", "city": "Salford",
                "postal_code": "M6 5JA", "attention": "Generated Name"}],
            "attributes": [{"taxonomy_term": {"name": "step-free", "taxonomy": "access"}}],
            "signpost": {"private": true}}),
        );
        let seen = public(Kind::Place, &place);
        assert_eq!(
            json!(seen),
            json!({"id": "1", "location_type": "physical", "name": "Sewing circle",
                "addresses": [{"id": "a", "city": "Salford", "postal_code": "M6"}],
                "attributes": [{"taxonomy_term": {"name": "step-free", "taxonomy": "access"}}],
                "signpost": {"private": true}})
        );
        whole_again(Kind::Place, &place);
    }

    #[test]
    fn what_is_not_private_is_public_as_it_is() {
        let place = record(
            json!({"id": "1", "latitude": 53.5, "addresses": [{"address_1": "x"}],
            "signpost": {"private": false}}),
        );
        assert_eq!(public(Kind::Place, &place), place);
        assert!(members(Kind::Place, &place).is_empty());
        let organisation = record(json!({"id": "1", "signpost": {"internal": []}}));
        assert_eq!(public(Kind::Organisation, &organisation), organisation);
    }
}
