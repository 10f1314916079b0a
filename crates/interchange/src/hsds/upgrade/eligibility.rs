//! Who may come: rows of their own in earlier versions, words and ages of the service now.

use serde_json::{Map, Number, Value};

/// Members of a row that go wholly into the service.
const MOVED: [&str; 6] = [
    "id",
    "service_id",
    "eligibility",
    "minimum_age",
    "maximum_age",
    "service",
];

pub(super) fn upgrade(members: &mut Map<String, Value>) {
    for list in ["eligibilitys", "eligibilities", "eligibility"] {
        let rows = members.get(list).and_then(Value::as_array);
        let Some(rows) = rows.filter(|rows| rows.iter().all(Value::is_object)) else {
            continue;
        };
        let rows = rows.clone();
        fill(
            members,
            "minimum_age",
            age(&rows, "minimum_age", |a, b| a < b),
        );
        fill(
            members,
            "maximum_age",
            age(&rows, "maximum_age", |a, b| a > b),
        );
        fill(members, "eligibility_description", words(&rows));
        // More than one row can say who with which age; that has no home, so it stays as well.
        if rows.len() <= 1 && rows.iter().all(is_moved) {
            let _rows = members.shift_remove(list);
        }
    }
}

fn is_moved(row: &Value) -> bool {
    let names = row.as_object().into_iter().flat_map(Map::keys);
    names.into_iter().all(|name| MOVED.contains(&name.as_str()))
}

/// The lowest or highest age, if every row gives one.
fn age(rows: &[Value], name: &str, beats: impl Fn(f64, f64) -> bool) -> Option<Value> {
    let mut best: Option<(f64, Number)> = None;
    for row in rows {
        let number = match (row.get(name)?, row.get(name)?.as_str()) {
            (Value::Number(number), _) => number.clone(),
            (_, text) => text?.trim().parse().ok()?,
        };
        let years = number.as_f64()?;
        if best.as_ref().is_none_or(|(other, _)| beats(years, *other)) {
            best = Some((years, number));
        }
    }
    best.map(|(_, number)| Value::Number(number))
}

fn words(rows: &[Value]) -> Option<Value> {
    let said = |row: &Value| {
        row.get("eligibility")?
            .as_str()
            .map(str::trim)
            .map(str::to_owned)
    };
    let mut all: Vec<String> = rows.iter().filter_map(said).collect();
    all.retain(|words| !words.is_empty());
    (!all.is_empty()).then(|| Value::String(all.join("; ")))
}

fn fill(members: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value.filter(|_| members.get(name).is_none_or(Value::is_null)) {
        let _null = members.insert(name.to_owned(), value);
    }
}
