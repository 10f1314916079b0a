//! How long texts may be.

use serde_json::Value;

use super::Found;
use crate::{FieldName, Kind, change};

/// Characters of a name at most.
const LONGEST_NAME: usize = 300;
/// Characters of any other text at most.
const LONGEST_TEXT: usize = 20_000;
/// Entries of a list at most.
const LONGEST_LIST: usize = 500;

pub(super) fn check(kind: Kind, found: &mut Found<'_>) {
    for field in change::fields(kind) {
        let Some(value) = change::value(found.record, &field) else {
            continue;
        };
        match value {
            Value::String(text) => length(found, &field, &text),
            Value::Array(list) => entries(found, &field, &list),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {}
        }
    }
}

fn length(found: &mut Found<'_>, field: &FieldName, text: &str) {
    let is_name = matches!(field.as_str(), "name" | "alternate_name");
    let most = if is_name { LONGEST_NAME } else { LONGEST_TEXT };
    if let Some(message) = too_long(text, most) {
        found.say(field.as_str(), None, message);
    }
}

fn entries(found: &mut Found<'_>, field: &FieldName, list: &[Value]) {
    if list.len() > LONGEST_LIST {
        let message = format!(
            "{} entries are too many: {LONGEST_LIST} at most.",
            list.len()
        );
        found.say(field.as_str(), None, message);
    }
    for (at, entry) in list.iter().enumerate() {
        let own = entry.as_str().map(|text| (text, LONGEST_NAME));
        let members = entry
            .as_object()
            .into_iter()
            .flat_map(|entry| entry.values());
        let members = members
            .filter_map(Value::as_str)
            .map(|text| (text, LONGEST_TEXT));
        let mut each = own.into_iter().chain(members);
        if let Some(message) = each.find_map(|(text, most)| too_long(text, most)) {
            found.say(field.as_str(), Some(at), message);
        }
    }
}

fn too_long(text: &str, most: usize) -> Option<String> {
    let length = text.chars().count();
    (length > most).then(|| format!("{length} characters are too many: {most} at most."))
}
