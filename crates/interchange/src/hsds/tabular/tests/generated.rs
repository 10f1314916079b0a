//! Arbitrary documents after the tables of HSDS 3.1, generated.

use domain::RecordId;
use serde_json::{Map, Value, json};

use super::Documents;
use crate::hsds::entities::{Entity, Field, Kind, entity};

/// Some services with what is nested in them.
pub(super) fn documents_from(seed: u64) -> Documents {
    let mut dice = Dice(seed | 1);
    let count = dice.below(4) + 1;
    let service = entity("service").unwrap();
    (0..count)
        .map(|number| {
            let mut members = object(&mut dice, service, 0);
            members.insert(
                "id".to_owned(),
                RecordId::named(&number.to_string()).to_string().into(),
            );
            ("service", members)
        })
        .collect()
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.below(sides) == 0
    }
}

fn object(dice: &mut Dice, entity: &'static Entity, depth: u64) -> Map<String, Value> {
    let mut members = Map::new();
    for field in entity.fields {
        let always = field.required || field.name == "id";
        if always || dice.one_in(3) {
            members.insert(field.name.to_owned(), value(dice, field, always));
        }
    }
    for link in entity.links {
        if depth > 3 || !dice.one_in(3 + depth) {
            continue;
        }
        let child = link.entity().unwrap();
        let nested = if link.many {
            let mut rows: Vec<Value> = (0..dice.below(3))
                .map(|_| object(dice, child, depth + 1).into())
                .collect();
            if dice.one_in(8) {
                rows.extend(rows.first().cloned());
            }
            Value::Array(rows)
        } else {
            object(dice, child, depth + 1).into()
        };
        members.insert(link.member.to_owned(), nested);
    }
    if dice.one_in(6) {
        members.insert("x_generated".to_owned(), unknown(dice));
    }
    if dice.one_in(30) {
        members.insert(" \"odd\", name\n".to_owned(), unknown(dice));
    }
    members
}

fn value(dice: &mut Dice, field: &Field, right: bool) -> Value {
    if !right && dice.one_in(12) {
        return unknown(dice);
    }
    match field.kind {
        Kind::Text => text(dice),
        Kind::Number => match dice.below(3) {
            0 => json!(dice.below(1000)),
            1 => json!(-1.5),
            _ => json!(2.0),
        },
        // Few different ones, so that they clash.
        Kind::Id | Kind::Key(_) | Kind::AnyKey => match dice.below(12) {
            0 => json!(dice.below(3).to_string()),
            n => json!(RecordId::named(&n.to_string()).to_string()),
        },
        Kind::Uri => json!("https://example.org/a?b=c"),
        Kind::Email => json!("someone@example.org"),
        Kind::Date => json!(if dice.one_in(4) {
            "last May"
        } else {
            "2026-05-01"
        }),
        Kind::Time => json!(
            ["10:00:00", "9:30", "noon", "23:59:59Z"]
                [usize::from(dice.one_in(2)) * 2 + usize::from(dice.one_in(2))]
        ),
        Kind::DateTime => json!("2024-09-25T14:23:06.5+01:00"),
        Kind::OneOf(values) => json!(values[usize::from(dice.one_in(2))]),
    }
}

fn text(dice: &mut Dice) -> Value {
    let texts = [
        "plain",
        "with, comma",
        "with \"quotes\"",
        "two\nlines",
        "two\r\nlines",
        " spaced ",
        "é – ✓",
        "=1+1",
        "007",
        "null",
        "{}",
        "service",
        "a;b\tc",
        "'",
        "\u{feff}mark",
    ];
    let picked = texts.get(usize::try_from(dice.below(17)).unwrap());
    json!(picked.copied().unwrap_or_default())
}

fn unknown(dice: &mut Dice) -> Value {
    match dice.below(8) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!([]),
        3 => json!({}),
        4 => json!({"deep": [1, {"x": null}], "text": "y"}),
        5 => json!(""),
        6 => json!(12.25),
        _ => text(dice),
    }
}
