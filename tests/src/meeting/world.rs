//! A small world of generated records, so that what several people write at random meets.

use std::collections::BTreeMap;

use domain::{Kind, Record, RecordId};
use serde_json::{Value, json};

/// Two boroughs and a county of the built-in areas, by their codes.
pub(crate) const SALFORD: &str = "E08000006";
pub(crate) const BOLTON: &str = "E08000001";

/// What everybody would be ashamed of to find with those whom it does not concern.
pub(crate) const SECRET: &str = "said-in-confidence";

/// Fields that histories write, by their names in changes.
pub(crate) const SINGLE: [&str; 9] = [
    "name",
    "description",
    "signpost.summary",
    "alert",
    "future_member",
    "minimum_age",
    "eligibility_description",
    "fees_description",
    "schedules",
];
/// Sets, by their names in changes.
pub(crate) const SETS: [&str; 3] = ["attributes.need", "signpost.keywords", "service_areas"];

/// A record as values by the names of its fields; a set is an ordered list of identities.
pub(crate) type Flat = BTreeMap<&'static str, Value>;

/// A record as the model has it.
pub(crate) fn flat(body: &Value) -> Flat {
    let single = SINGLE.iter().map(|&field| (field, at(body, field)));
    let sets = SETS
        .iter()
        .map(|&field| (field, identities(&at(body, field))));
    let said = single.chain(sets);
    said.filter(|(_, value)| !value.is_null() && *value != json!([]))
        .collect()
}

fn at(body: &Value, field: &str) -> Value {
    match field.split_once('.') {
        Some(("attributes", taxonomy)) => {
            let ties = body["attributes"].as_array().into_iter().flatten();
            ties.filter(|tie| tie["taxonomy_term"]["taxonomy"] == taxonomy)
                .cloned()
                .collect()
        }
        Some((whole, part)) => body[whole][part].clone(),
        None => body[field].clone(),
    }
}

/// What tells the elements of a set apart.
pub(crate) fn identities(elements: &Value) -> Value {
    let elements = elements.as_array().into_iter().flatten();
    let mut found: Vec<&str> = elements
        .map(|element| {
            let code = element.pointer("/taxonomy_term/code");
            let code = code.or(element.get("extent")).unwrap_or(element);
            code.as_str().expect("an element has an identity")
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    json!(found)
}

/// A new service.
pub(crate) fn service(number: usize, name: &str) -> (RecordId, Record) {
    let id = RecordId::named(&format!("generated service {number}"));
    let of = RecordId::named(&format!("generated organisation {}", number % 2));
    let mut body = json!({
        "id": id, "organization_id": of, "name": name, "status": "active",
        "phones": [{"id": "p", "number": "0161 496 0000"}],
        "service_areas": area(number), "future_member": {"deep": [1.50, null]},
    });
    if number.is_multiple_of(3) {
        body["signpost"] =
            json!({"internal": [{"label": "Generated", "text": SECRET, "when": "2026-11"}]});
    }
    (id, record(body))
}

fn area(number: usize) -> Value {
    match number % 4 {
        0 => json!([covers(SALFORD)]),
        1 => json!([covers(BOLTON)]),
        2 => json!([covers(SALFORD), covers(BOLTON)]),
        _ => Value::Null,
    }
}

fn covers(code: &str) -> Value {
    json!({"id": code, "extent": code})
}

/// A new organisation.
pub(crate) fn organisation(number: usize, name: &str) -> (RecordId, Record) {
    let id = RecordId::named(&format!("generated organisation {number}"));
    (
        id,
        record(json!({"id": id, "name": name, "future_member": "x"})),
    )
}

pub(crate) fn record(mut body: Value) -> Record {
    let said = |_: &String, value: &mut Value| !is_nothing(value);
    if let Some(notes) = body.get_mut("signpost").and_then(Value::as_object_mut) {
        notes.retain(said);
    }
    let members = body.as_object_mut().expect("an object");
    members.retain(said);
    members.clone()
}

fn is_nothing(value: &Value) -> bool {
    [json!(null), json!([]), json!({})].contains(value)
}

/// Writes something into a field of a record. The same choice gives the same value, so that people
/// also agree by chance; `fresh` never comes again.
pub(crate) fn write(kind: Kind, record: &mut Record, choice: (u8, u8), fresh: &str) {
    let (field, value) = choice;
    let word = ["alpha", "beta", fresh][usize::from(value % 3)];
    let number = 18 + u64::from(value % 5);
    let mut body = Value::Object(std::mem::take(record));
    let choices = if kind == Kind::Service { 12 } else { 3 };
    match field % choices {
        0 => body["name"] = json!(word),
        1 => body["description"] = json!(word),
        2 => body["future_member"] = json!({"deep": [word, 2.50]}),
        3 => body["signpost"]["summary"] = json!(word),
        4 => {
            body["alert"] = if value % 4 == 3 {
                Value::Null
            } else {
                json!(word)
            }
        }
        5 => body["minimum_age"] = json!(number),
        6 => body["eligibility_description"] = json!(word),
        7 => body["fees_description"] = json!(word),
        8 => {
            body["schedules"] =
                json!([{"id": "h", "byday": "MO", "opens_at": format!("{number}:00")}]);
        }
        9 => toggle(&mut body["attributes"], tie(value)),
        10 => toggle(
            &mut body["signpost"]["keywords"],
            json!(format!("word {}", value % 4)),
        ),
        _ => {
            let code = [SALFORD, BOLTON][usize::from(value % 2)];
            toggle(&mut body["service_areas"], covers(code));
        }
    }
    *record = self::record(body);
}

fn tie(value: u8) -> Value {
    let code = format!("need-{}", value % 4);
    json!({"id": code, "taxonomy_term": {"id": code, "code": code, "name": code, "taxonomy": "need"}})
}

/// Takes an element out of a set, or puts it in.
fn toggle(set: &mut Value, element: Value) {
    let mut elements = set.as_array().cloned().unwrap_or_default();
    let same = identities(&json!([element]));
    let others = elements.len();
    elements.retain(|one| identities(&json!([one])) != same);
    if elements.len() == others {
        elements.push(element);
    }
    *set = json!(elements);
}
