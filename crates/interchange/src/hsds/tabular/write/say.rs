//! What a value looks like in a cell, if a cell can say it.

use serde_json::Value;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

use crate::hsds::entities::Kind;

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// Its text; empty where the table can't say it.
    pub cell: String,
    /// Reading the cell gives the very value.
    pub exact: bool,
}

/// Longer text is not put into a cell, as no reader should have to take it.
const LONGEST: usize = 512 * 1024;

/// A value of this kind.
pub(super) fn say(kind: Kind, value: &Value) -> Said {
    match (kind, value) {
        (Kind::Number, Value::Number(number)) => exact(&number.to_string()),
        (Kind::Number, _) => Said::default(),
        (_, Value::String(text)) if fits(text) => text_of(kind, text),
        (_, _) => Said::default(),
    }
}

/// Whether a text comes out of a cell as it went in.
fn fits(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains('\0') && text.len() <= LONGEST
}

fn text_of(kind: Kind, text: &str) -> Said {
    let if_so = |so: bool| if so { exact(text) } else { Said::default() };
    match kind {
        Kind::Text => exact(text),
        Kind::Number => Said::default(),
        Kind::Id | Kind::Key(_) | Kind::AnyKey => if_so(is_id(text)),
        Kind::Uri => if_so(is_uri(text)),
        Kind::Email => if_so(is_email(text)),
        Kind::Date => if_so(Date::parse(text, format_description!("[year]-[month]-[day]")).is_ok()),
        Kind::DateTime => if_so(OffsetDateTime::parse(text, &Rfc3339).is_ok()),
        Kind::Time => time_of(text),
        Kind::OneOf(values) => if_so(values.contains(&text)),
    }
}

fn exact(text: &str) -> Said {
    Said {
        cell: text.to_owned(),
        exact: true,
    }
}

/// Whether it is a UUID in its usual form.
pub(super) fn is_id(text: &str) -> bool {
    text.parse::<domain::RecordId>()
        .is_ok_and(|id| id.to_string() == text)
}

fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let mut letters = scheme.chars();
    letters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
        && !rest.is_empty()
        && !rest
            .contains(|c: char| c.is_whitespace() || c.is_control() || "[]<>\"\\^`{|}".contains(c))
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else {
        return false;
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "_+-%".contains(c);
    let dotted = |text: &str| {
        text.split('.')
            .all(|part| !part.is_empty() && part.chars().all(plain))
    };
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let top = host.rsplit_once('.').map_or("", |(_, top)| top);
    dotted(name)
        && host.split('.').all(label)
        && top.len() > 1
        && top.chars().all(|c| c.is_ascii_alphabetic())
}

/// A time with its seconds, which tables ask for and people leave out.
fn time_of(text: &str) -> Said {
    let at = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(at);
    let parts: Option<Vec<u8>> = clock.split(':').map(number).collect();
    let (hour, minute, second) = match parts.as_deref() {
        Some(&[hour, minute]) => (hour, minute, 0),
        Some(&[hour, minute, second]) => (hour, minute, second),
        Some(_) | None => return Said::default(),
    };
    if hour > 23 || minute > 59 || second > 59 || !is_zone(zone) {
        return Said::default();
    }
    let cell = format!("{hour:02}:{minute:02}:{second:02}{zone}");
    Said {
        exact: cell == text,
        cell,
    }
}

fn number(two: &str) -> Option<u8> {
    let digits = !two.is_empty() && two.len() < 3 && two.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| two.parse().ok()).flatten()
}

fn is_zone(zone: &str) -> bool {
    if matches!(zone, "" | "Z") {
        return true;
    }
    let ahead = zone.get(1..).and_then(|zone| zone.split_once(':'));
    ahead.is_some_and(|(hours, minutes)| {
        hours.len() == 2
            && minutes.len() == 2
            && number(hours).is_some_and(|hours| hours < 24)
            && number(minutes).is_some_and(|minutes| minutes < 60)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn times_get_their_seconds() {
        for (text, cell, exact) in [
            ("10:00:00", "10:00:00", true),
            ("10:00", "10:00:00", false),
            ("9:30", "09:30:00", false),
            ("09:30Z", "09:30:00Z", false),
            ("09:30:00+01:00", "09:30:00+01:00", true),
            ("24:00", "", false),
            ("half past nine", "", false),
            ("é:00", "", false),
        ] {
            let said = say(Kind::Time, &json!(text));
            assert_eq!((said.cell.as_str(), said.exact), (cell, exact), "{text}");
        }
    }

    #[test]
    fn what_a_cell_cannot_say_is_left_to_another_place() {
        for (kind, value) in [
            (Kind::Text, json!("")),
            (Kind::Text, json!(" ")),
            (Kind::Text, json!(5)),
            (Kind::Number, json!("5")),
            (Kind::Date, json!("1 May 2026")),
            (Kind::Date, json!("2026-02-30")),
            (Kind::DateTime, json!("2026-02-03")),
            (Kind::Uri, json!("www.example.org")),
            (Kind::Email, json!("a@b")),
            (Kind::Email, json!("a@b.org, c@d.org")),
            (Kind::AnyKey, json!("7")),
            (Kind::OneOf(&["a"]), json!("b")),
        ] {
            assert_eq!(say(kind, &value), Said::default(), "{kind:?} {value}");
        }
    }

    #[test]
    fn what_a_cell_can_say_it_says_exactly() {
        for (kind, value, cell) in [
            (Kind::Text, json!(" a \n b"), " a \n b"),
            (Kind::Number, json!(1.0), "1.0"),
            (Kind::Number, json!(-3), "-3"),
            (Kind::Date, json!("2026-02-28"), "2026-02-28"),
            (
                Kind::DateTime,
                json!("2024-09-25T14:23:06.5+01:00"),
                "2024-09-25T14:23:06.5+01:00",
            ),
            (
                Kind::Uri,
                json!("https://example.org/é?a=b#c"),
                "https://example.org/é?a=b#c",
            ),
            (Kind::Email, json!("a.b+c@example.org"), "a.b+c@example.org"),
        ] {
            let said = say(kind, &value);
            assert_eq!((said.cell.as_str(), said.exact), (cell, true), "{kind:?}");
        }
    }
}
