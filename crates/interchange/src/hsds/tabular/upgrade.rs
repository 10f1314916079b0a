//! Rows of older versions made rows of HSDS 3.1.

use serde_json::{Map, Value};

use super::kind::Make;
use super::load::Table;
use crate::hsds::entities::Entity;

type Members = Map<String, Value>;

/// Adds rows to a list, making it if there is none.
pub(super) fn append(members: &mut Members, name: &str, rows: Vec<Value>) {
    let list = members
        .entry(name)
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(list) = list {
        list.extend(rows);
    }
}

/// Lists that early publishers wrote into one cell: column, list in HSDS, its member.
const LISTS: &[(&str, &str, &str, &str)] = &[
    ("service", "languages", "languages", "name"),
    ("service", "service_areas", "service_areas", "name"),
    (
        "service",
        "required_documents",
        "required_documents",
        "document",
    ),
    ("service", "funding_sources", "funding", "source"),
    ("organization", "funding_sources", "funding", "source"),
    ("location", "languages", "languages", "name"),
    ("location", "accessibility", "accessibility", "description"),
    ("phone", "languages", "languages", "name"),
    ("phone", "language", "languages", "name"),
];

/// Members that older versions called otherwise, where the newer one is free.
const RENAMED: &[(&str, &str, &str)] = &[
    ("service", "eligibility", "eligibility_description"),
    ("organization", "date_incorporated", "year_incorporated"),
];

/// Columns that are for a publisher's own staff.
const INTERNAL: &[&str] = &["admin_emails"];

/// Whether a column is for a publisher's own staff.
pub(super) fn is_internal(column: &str) -> bool {
    INTERNAL.contains(&column)
}

/// What columns of older versions say.
pub(super) fn columns(entity: &Entity, table: &Table, members: &mut Members) {
    for name in INTERNAL {
        members.shift_remove(*name);
    }
    for (of, from, to, member) in LISTS {
        if *of == entity.name
            && let Some(Value::String(list)) = members.shift_remove(*from)
        {
            append(members, to, split(&list, member));
        }
    }
    for (of, from, to) in RENAMED {
        if *of == entity.name && table.column(to).is_none() {
            year_or_whole(members, from, to);
        }
    }
    // Fees became a description of fees in 3.0; tables that have both mean both.
    if entity.name == "service" && table.column("fees_description").is_none() {
        year_or_whole(members, "fees", "fees_description");
    }
    lists_that_are_text(entity, members);
    place_type(entity, members);
}

fn split(list: &str, member: &str) -> Vec<Value> {
    let parts = list
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let row = |part: &str| {
        let mut row = Map::new();
        row.insert(member.to_owned(), part.into());
        Value::Object(row)
    };
    parts.map(row).collect()
}

fn year_or_whole(members: &mut Members, from: &str, to: &str) {
    let Some(value) = members.get(from).and_then(Value::as_str) else {
        return;
    };
    let value = match to {
        // The year of a date, where one can be seen.
        "year_incorporated" => match value.get(..4).and_then(|year| year.parse::<u16>().ok()) {
            Some(year) => Value::from(year),
            None => return,
        },
        _ => Value::from(value),
    };
    members.insert(to.to_owned(), value);
    if to != "year_incorporated" {
        members.shift_remove(from);
    }
}

/// A column that is called as a list is, but is none of HSDS's: a telephone number stays one, and
/// other text is kept under a name that no list has.
fn lists_that_are_text(entity: &Entity, members: &mut Members) {
    for link in entity.links {
        let Some(Value::String(text)) = members.get(link.member).cloned() else {
            continue;
        };
        members.shift_remove(link.member);
        if link.child == "phone" {
            append(members, link.member, numbers(&text));
        } else {
            members.insert(format!("{}_text", link.member), text.into());
        }
    }
}

/// The telephone numbers of a cell: `main: 555 0100, fax: 555 0101`.
fn numbers(text: &str) -> Vec<Value> {
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).count();
    let mut parts: Vec<&str> = text.split([',', ';']).map(str::trim).collect();
    if parts.iter().any(|part| digits(part) < 7) {
        parts = vec![text.trim()];
    }
    let row = |part: &str| {
        let (label, number) = match part.split_once(':') {
            Some((label, number)) if digits(label) == 0 && digits(number) > 2 => (label, number),
            Some(_) | None => ("", part),
        };
        let mut row = Map::new();
        row.insert("number".to_owned(), number.trim().into());
        if !label.trim().is_empty() {
            row.insert("description".to_owned(), label.trim().into());
        }
        Value::Object(row)
    };
    parts.into_iter().map(row).collect()
}

fn place_type(entity: &Entity, members: &mut Members) {
    if entity.name != "location" || members.contains_key("location_type") {
        return;
    }
    let says = members.get("virtual").and_then(Value::as_str);
    let is_virtual =
        says.is_some_and(|says| matches!(says.trim().to_ascii_lowercase().as_str(), "true" | "1"));
    let kind = if is_virtual { "virtual" } else { "physical" };
    members.insert("location_type".to_owned(), kind.into());
}

/// What a table of its own was for in older versions.
pub(super) fn row(make: Make, entity: &Entity, members: &mut Members) {
    match make {
        Make::Address(kind) => {
            members.entry("address_type").or_insert_with(|| kind.into());
        }
        Make::Weekly => weekly(members),
        Make::Plain if entity.name == "address" => {
            members
                .entry("address_type")
                .or_insert_with(|| "physical".into());
        }
        Make::Plain | Make::Kept(_) | Make::Beyond => {}
    }
}

/// One day of the week with its hours.
fn weekly(members: &mut Members) {
    let day = members
        .get("weekday")
        .and_then(Value::as_str)
        .and_then(by_day);
    let timed = ["opens_at", "closes_at"]
        .iter()
        .any(|time| members.contains_key(*time));
    let Some(day) = day else {
        return;
    };
    members.shift_remove("weekday");
    // A day without hours was how older versions said "closed": HSDS 3.1 says it in words only.
    if timed {
        members.entry("freq").or_insert_with(|| "WEEKLY".into());
        members.entry("byday").or_insert_with(|| day.into());
    } else {
        let closed = format!("{}: no opening hours given", full_name(day));
        members
            .entry("description")
            .or_insert_with(|| closed.into());
    }
}

const DAYS: [(&str, &str); 7] = [
    ("MO", "Monday"),
    ("TU", "Tuesday"),
    ("WE", "Wednesday"),
    ("TH", "Thursday"),
    ("FR", "Friday"),
    ("SA", "Saturday"),
    ("SU", "Sunday"),
];

/// The day that an English name, its beginning or a number from 1 for Monday means.
fn by_day(text: &str) -> Option<&'static str> {
    let text = text.trim().to_ascii_lowercase();
    if let Ok(number) = text.parse::<usize>() {
        return DAYS.get(number.checked_sub(1)?).map(|(code, _)| *code);
    }
    let is = |name: &str| text.len() > 1 && name.to_ascii_lowercase().starts_with(text.as_str());
    DAYS.iter()
        .find(|(_, name)| is(name))
        .map(|(code, _)| *code)
}

fn full_name(day: &str) -> &'static str {
    DAYS.iter()
        .find(|(code, _)| *code == day)
        .map_or("", |(_, name)| name)
}
