//! Smaller rows of earlier versions.

use serde_json::{Map, Value, json};

use super::{append, rename};

/// A day of the week by its name becomes a weekly rule.
pub(super) fn schedule(row: &mut Map<String, Value>) {
    let day = row.get("weekday").and_then(Value::as_str).and_then(day);
    let has_rule = |name: &str| row.get(name).is_some_and(|rule| !rule.is_null());
    let Some(day) = day.filter(|_| !has_rule("byday") && !has_rule("freq")) else {
        return;
    };
    let _weekday = row.shift_remove("weekday");
    let _null = row.insert("freq".to_owned(), "WEEKLY".into());
    let _null = row.insert("byday".to_owned(), day.into());
}

fn day(name: &str) -> Option<&'static str> {
    const DAYS: [(&str, &str); 7] = [
        ("monday", "MO"),
        ("tuesday", "TU"),
        ("wednesday", "WE"),
        ("thursday", "TH"),
        ("friday", "FR"),
        ("saturday", "SA"),
        ("sunday", "SU"),
    ];
    let name = name.trim().to_ascii_lowercase();
    let is = |(whole, _): &&(&str, &str)| {
        *whole == name || (name.len() >= 3 && whole.starts_with(name.trim_end_matches('.')))
    };
    DAYS.iter().find(is).map(|(_, code)| *code)
}

pub(super) fn language(row: &mut Map<String, Value>) {
    rename(row, "language", "name");
}

pub(super) fn area(row: &mut Map<String, Value>) {
    rename(row, "service_area", "name");
}

pub(super) fn accessibility(row: &mut Map<String, Value>) {
    rename(row, "accessibility", "description");
    rename(row, "name", "description");
}

/// A contact whose number stands at itself.
pub(super) fn contact(row: &mut Map<String, Value>) {
    if row.get("phones").is_some_and(|phones| !phones.is_null()) {
        return;
    }
    if row.get("phone").is_some_and(Value::is_string) {
        let number = row.shift_remove("phone").unwrap_or_default();
        append(row, "phones", vec![json!({ "number": number })]);
    }
}
