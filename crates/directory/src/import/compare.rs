//! What differs between a record as it is and as it would be, field by field, in words.

use serde_json::{Map, Value};

use super::shape::FieldChange;

/// Longest value that is told whole, characters.
const TOLD: usize = 400;
/// Members told by their own members, as each says something of its own.
const TOLD_APART: &str = "signpost";

/// The fields that would change, in the order of the record as it would be.
pub(crate) fn changes(from: &Value, to: &Value) -> Vec<FieldChange> {
    let empty = Map::new();
    let (from, to) = (
        from.as_object().unwrap_or(&empty),
        to.as_object().unwrap_or(&empty),
    );
    let mut changes = Vec::new();
    let gone = from.keys().filter(|name| !to.contains_key(*name));
    for name in to.keys().chain(gone) {
        let (old, new) = (from.get(name), to.get(name));
        if old == new {
            continue;
        }
        if name == TOLD_APART {
            let whole = |value: Option<&Value>| value.cloned().unwrap_or(Value::Null);
            changes.extend(self::changes(&whole(old), &whole(new)));
            continue;
        }
        changes.push(FieldChange {
            field: name.clone(),
            from: old.map(said),
            to: new.map(said),
        });
    }
    changes
}

/// Puts what a record says and another one does not into that one, which wins where both speak.
pub(crate) fn keep_what_is_not_said(from: &Value, to: &mut Value) {
    let (Some(from), Some(to)) = (from.as_object(), to.as_object_mut()) else {
        return;
    };
    for (name, value) in from {
        match to.get_mut(name) {
            None => {
                to.insert(name.clone(), value.clone());
            }
            Some(inner) if name == TOLD_APART => keep_what_is_not_said(value, inner),
            Some(_) => {}
        }
    }
}

/// A value in words: what a person reads of it, without identifiers.
pub(crate) fn said(value: &Value) -> String {
    let mut text = String::new();
    say(value, &mut text);
    if text.chars().count() > TOLD {
        text = text.chars().take(TOLD).collect();
        text.push('…');
    }
    text
}

fn say(value: &Value, text: &mut String) {
    match value {
        Value::Null => {}
        Value::Bool(flag) => part(text, if *flag { "yes" } else { "no" }),
        Value::Number(number) => part(text, &number.to_string()),
        Value::String(words) => part(text, words),
        Value::Array(items) => {
            for item in items {
                say(item, text);
            }
        }
        Value::Object(members) => {
            let told = members
                .iter()
                .filter(|(name, _)| *name != "id" && !name.ends_with("_id"));
            for (_, member) in told {
                say(member, text);
            }
        }
    }
}

fn part(text: &mut String, words: &str) {
    if words.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push_str(" · ");
    }
    text.push_str(words);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_differs_is_told_field_by_field() {
        let from = json!({"id": "1", "name": "A", "phones": [{"id": "x", "number": "0161"}], "fees": "£1"});
        let to = json!({"name": "B", "id": "1", "phones": [{"id": "x", "number": "0161"}], "signpost": {"summary": "S"}});
        let told: Vec<_> = changes(&from, &to)
            .into_iter()
            .map(|change| (change.field, change.from, change.to))
            .collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            told,
            [
                ("name".to_owned(), some("A"), some("B")),
                ("summary".to_owned(), None, some("S")),
                ("fees".to_owned(), some("£1"), None),
            ]
        );
    }

    #[test]
    fn the_order_of_members_is_no_difference() {
        let from = json!({"a": {"x": 1, "y": 2}, "b": []});
        let to = json!({"b": [], "a": {"y": 2, "x": 1}});
        assert!(changes(&from, &to).is_empty());
    }

    #[test]
    fn what_an_editor_added_is_kept() {
        let mut to = json!({"name": "new", "signpost": {"summary": "theirs"}});
        let from = json!({"name": "old", "wait_time": "a week", "signpost": {"keywords": ["a"], "summary": "ours"}});
        keep_what_is_not_said(&from, &mut to);
        let kept = json!({"name": "new", "wait_time": "a week", "signpost": {"summary": "theirs", "keywords": ["a"]}});
        assert_eq!(to, kept);
    }
}
