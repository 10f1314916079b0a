//! Any valid document goes out as it came in.

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::Number;

use super::entities::{Entity, Kind, entity};
use super::*;

/// Builds documents from the description of the tables: whatever the schemas take may be in them.
struct Maker {
    rng: TestRng,
    organisations: Vec<Value>,
    places: Vec<Value>,
}

impl Maker {
    fn new(seed: [u8; 32]) -> Self {
        let mut maker = Self {
            rng: TestRng::from_seed(RngAlgorithm::ChaCha, &seed),
            organisations: Vec::new(),
            places: Vec::new(),
        };
        for _ in 0..2 {
            let organisation = maker.record(entity("organization").unwrap(), 2);
            maker.organisations.push(organisation);
            let place = maker.record(entity("location").unwrap(), 2);
            maker.places.push(place);
        }
        maker
    }

    fn below(&mut self, most: usize) -> usize {
        self.rng.next_u32() as usize % most
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn record(&mut self, entity: &Entity, depth: u32) -> Value {
        let mut members = Map::new();
        for field in entity.fields {
            let is_shared = ["organization_id", "location_id"].contains(&field.name);
            if field.required || (!is_shared && self.one_in(3)) {
                let value = self.value(field.kind);
                members.insert(field.name.to_owned(), value);
            }
        }
        for link in entity.links {
            let child = link.entity().unwrap();
            let is_shared = ["service", "service_at_location"].contains(&entity.name)
                && ["organization", "location"].contains(&link.member);
            let wanted = link.required || (depth > 0 && !is_shared && self.one_in(4));
            if wanted && link.many {
                let rows = (0..self.below(3))
                    .map(|_| self.record(child, depth - 1))
                    .collect();
                members.insert(link.member.to_owned(), Value::Array(rows));
            } else if wanted {
                let row = self.record(child, depth.saturating_sub(1));
                members.insert(link.member.to_owned(), row);
            }
        }
        if entity.name == "service" {
            let organisations = self.organisations.clone();
            self.shared(
                &mut members,
                "organization",
                "organization_id",
                &organisations,
            );
        }
        if entity.name == "service_at_location" {
            let places = self.places.clone();
            self.shared(&mut members, "location", "location_id", &places);
        }
        while self.one_in(3) {
            let name = format!("x_{}", self.below(1000));
            let value = self.anything(3);
            members.insert(name, value);
        }
        Value::Object(members)
    }

    /// One of the shared records, by its identifier, itself, or both.
    fn shared(&mut self, members: &mut Map<String, Value>, member: &str, key: &str, all: &[Value]) {
        let one = all[self.below(2)].clone();
        let how = self.below(4);
        if how == 1 || how == 2 {
            members.insert(key.to_owned(), one["id"].clone());
        }
        if how >= 2 {
            members.insert(member.to_owned(), one);
        }
    }

    fn value(&mut self, kind: Kind) -> Value {
        match kind {
            Kind::Text => self.text().into(),
            Kind::Number => self.number(),
            Kind::Id | Kind::Key(_) | Kind::AnyKey => self.uuid().into(),
            Kind::Uri => format!("https://x.example/{}?a=%20", self.below(99)).into(),
            Kind::Email => format!("a{}@x.example", self.below(99)).into(),
            Kind::Date => format!("2026-01-{:02}", self.below(28) + 1).into(),
            Kind::Time => format!("{:02}:30", self.below(24)).into(),
            Kind::DateTime => format!("2026-11-22T{:02}:30:45.123Z", self.below(24)).into(),
            Kind::OneOf(values) => values[self.below(values.len())].into(),
        }
    }

    fn uuid(&mut self) -> String {
        let mut bytes = [0; 16];
        self.rng.fill_bytes(&mut bytes);
        domain::RecordId::from_bytes(bytes).to_string()
    }

    fn number(&mut self) -> Value {
        match self.below(4) {
            0 => Value::from(self.below(120)),
            1 => Value::from(-(self.below(120) as i64)),
            2 => Number::from_f64(f64::from(self.rng.next_u32()) / 977.0)
                .map_or(Value::from(1), Value::Number),
            _ => Value::from(1e15),
        }
    }

    fn text(&mut self) -> String {
        const PARTS: [&str; 16] = [
            "",
            " ",
            "a < b",
            "Fish & chips",
            "\n",
            "\"",
            "\\",
            "é",
            "😀",
            "\u{0}",
            "\u{feff}",
            "<x@y.example>",
            "null",
            "0161 496 0000",
            "=1+1",
            "  two  ",
        ];
        let parts = self.below(4);
        let text: String = (0..parts).map(|_| PARTS[self.below(16)]).collect();
        text
    }

    fn anything(&mut self, depth: u32) -> Value {
        match self.below(if depth == 0 { 5 } else { 8 }) {
            0 => Value::Null,
            1 => Value::Bool(self.one_in(2)),
            2 => self.number(),
            3 => self.text().into(),
            4 => "<b>markup &amp; all</b>".into(),
            5 | 6 => (0..self.below(3))
                .map(|_| self.anything(depth - 1))
                .collect(),
            _ => {
                let named =
                    (0..self.below(3)).map(|n| (format!("id{n}"), self.anything(depth - 1)));
                named.collect::<Map<_, _>>().into()
            }
        }
    }
}

/// As the export should be: what is known of an organisation or place stands with its identifier.
fn expected(mut document: Value, organisations: &[Value], places: &[Value]) -> Value {
    let fill = |members: &mut Value, member: &str, key: &str, known: &[Value]| {
        let known = known.iter().find(|one| one["id"] == members[key]);
        if let (Some(known), None) = (known, members.get(member)) {
            members[member] = known.clone();
        }
    };
    fill(
        &mut document,
        "organization",
        "organization_id",
        organisations,
    );
    if let Some(Value::Array(ties)) = document.get_mut("service_at_locations") {
        for tie in ties {
            fill(tie, "location", "location_id", places);
        }
    }
    document
}

/// The records that are written out in any of these documents.
fn written<'a>(documents: &'a [Value], of: impl Fn(&'a Value) -> Vec<&'a Value>) -> Vec<Value> {
    documents.iter().flat_map(of).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_valid_document_goes_out_as_it_came_in(seed in any::<[u8; 32]>()) {
        let mut maker = Maker::new(seed);
        let service = entity("service").unwrap();
        let documents: Vec<Value> = (0..3).map(|_| maker.record(service, 3)).collect();
        let organisations = written(&documents, |one| one.get("organization").into_iter().collect());
        let places = written(&documents, |one| {
            let ties = one.get("service_at_locations").and_then(Value::as_array);
            ties.into_iter().flatten().filter_map(|tie| tie.get("location")).collect()
        });
        let taken = read_value(&Value::Array(documents.clone()));
        prop_assert_eq!(taken.said(), Vec::<String>::new());
        let exported = taken.exported();
        prop_assert_eq!(exported.len(), documents.len());
        for (exported, original) in exported.iter().zip(documents) {
            assert_same(exported, &expected(original, &organisations, &places));
        }
    }

    #[test]
    fn what_was_exported_comes_in_as_the_same_records(seed in any::<[u8; 32]>()) {
        let mut maker = Maker::new(seed);
        let document = maker.record(entity("service").unwrap(), 3);
        let first = read_value(&document);
        let again = read_value(&first.exported()[0]);
        prop_assert_eq!(again.exported(), first.exported());
        prop_assert_eq!(again.places, first.places);
        prop_assert_eq!(again.organisations, first.organisations);
    }

    #[test]
    fn any_valid_document_is_found_valid(seed in any::<[u8; 32]>()) {
        let mut maker = Maker::new(seed);
        let document = maker.record(entity("service").unwrap(), 3);
        let mut remarks = remarks::Remarks::default();
        let members = document.as_object().unwrap();
        validate::record(entity("service").unwrap(), members, &remarks::Way::Top, &mut remarks);
        prop_assert!(!remarks.refuses());
    }

    #[test]
    fn no_bytes_do_harm(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _either = read_text("made.json", &bytes);
    }

    #[test]
    fn no_json_does_harm(seed in any::<[u8; 32]>()) {
        let mut maker = Maker::new(seed);
        let mut document = maker.record(entity("service").unwrap(), 3);
        for _ in 0..20 {
            spoil(&mut maker, &mut document);
        }
        let taken = read_value(&document);
        let refused = taken.findings.iter().any(|finding| finding.weight == Weight::Refused);
        prop_assert!(refused || taken.services.len() == 1);
        for exported in taken.exported() {
            let mut remarks = remarks::Remarks::default();
            let members = exported.as_object().unwrap();
            validate::record(entity("service").unwrap(), members, &remarks::Way::Top, &mut remarks);
            prop_assert!(!remarks.refuses(), "{:#?}", remarks);
        }
    }
}

/// Puts something where it does not belong.
fn spoil(maker: &mut Maker, value: &mut Value) {
    let below = match value {
        Value::Object(members) if !members.is_empty() => {
            let most = members.len();
            members.values_mut().nth(maker.below(most))
        }
        Value::Array(rows) if !rows.is_empty() => {
            let most = rows.len();
            rows.get_mut(maker.below(most))
        }
        Value::Array(_) | Value::Object(_) => None,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    };
    match below {
        Some(below) if !maker.one_in(4) => spoil(maker, below),
        Some(below) => *below = maker.anything(2),
        None => *value = maker.anything(1),
    }
}
