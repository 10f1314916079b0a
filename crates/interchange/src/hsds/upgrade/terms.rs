//! Taxonomies of earlier versions: attributes now.

use serde_json::{Map, Value, json};

use super::{append, rename, take_rows};

/// Members under which services kept their terms.
const LISTS: [&str; 6] = [
    "service_taxonomys",
    "service_taxonomies",
    "service_taxonomy",
    "service_attributes",
    "other_attributes",
    "taxonomies",
];

pub(super) fn attributes(members: &mut Map<String, Value>) {
    for list in LISTS {
        let rows = members.get(list).and_then(Value::as_array);
        let Some(rows) = rows.filter(|rows| rows.iter().all(is_term)) else {
            continue;
        };
        let some = !rows.is_empty();
        let rows = take_rows(members, list).unwrap_or_default();
        if some || !members.contains_key("attributes") {
            append(
                members,
                "attributes",
                rows.into_iter().map(attribute).collect(),
            );
        }
    }
}

fn is_term(row: &Value) -> bool {
    let said = |name: &str| row.get(name).is_some_and(|value| !value.is_null());
    let nested = |name: &str| row.get(name).is_some_and(Value::is_object);
    nested("taxonomy")
        || nested("taxonomy_term")
        || said("taxonomy_id")
        || said("taxonomy_term_id")
        || row.get("name").is_some_and(Value::is_string)
}

fn attribute(mut row: Map<String, Value>) -> Value {
    let tied = [
        "taxonomy",
        "taxonomy_term",
        "taxonomy_id",
        "taxonomy_term_id",
    ];
    if !tied
        .iter()
        .any(|name| row.get(*name).is_some_and(|value| !value.is_null()))
    {
        return json!({ "taxonomy_term": term(row) });
    }
    rename(&mut row, "taxonomy", "taxonomy_term");
    rename(&mut row, "taxonomy_id", "taxonomy_term_id");
    if let Some(Value::Object(nested)) = row.shift_remove("taxonomy_term") {
        let _none = row.insert("taxonomy_term".to_owned(), Value::Object(term(nested)));
    }
    Value::Object(row)
}

fn term(mut row: Map<String, Value>) -> Map<String, Value> {
    rename(&mut row, "vocabulary", "taxonomy");
    rename(&mut row, "slug", "code");
    rename(&mut row, "term", "name");
    row
}
