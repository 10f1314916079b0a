//! Days and times.

use serde_json::Value;

use super::Found;
use crate::{Kind, When};

const TIME: &str = "Write a time as 09:30 or 18:00; midnight is 00:00.";
const DAYS: &str = "Days are written MO, TU, WE, TH, FR, SA, SU, with commas between them.";
const OFTEN: &str = "How often is WEEKLY or MONTHLY.";
const DATE: &str = "Write a date as 2026-11-22.";
const VALID: &str = "The last day is before the first: swap them, or mend one.";

/// Minutes of half a day.
const NOON: u16 = 12 * 60;

pub(super) fn check(kind: Kind, found: &mut Found<'_>) {
    for (at, schedule) in found.entries("schedules") {
        if let Some(message) = fault(schedule) {
            found.say("schedules", Some(at), message);
        }
    }
    if kind != Kind::Service {
        return;
    }
    for (at, tie) in found.entries("service_at_locations") {
        let schedules = tie.get("schedules").and_then(Value::as_array);
        if let Some(message) = schedules.into_iter().flatten().find_map(fault) {
            found.say("service_at_locations", Some(at), message);
        }
    }
}

/// What is wrong with one line of hours.
fn fault(schedule: &Value) -> Option<String> {
    let said = |name| {
        let text = schedule.get(name).and_then(Value::as_str);
        text.map(str::trim).filter(|text| !text.is_empty())
    };
    if said("freq").is_some_and(|freq| !["WEEKLY", "MONTHLY"].contains(&freq)) {
        return Some(OFTEN.to_owned());
    }
    if said("byday").is_some_and(|days| !days.split(',').all(is_day)) {
        return Some(DAYS.to_owned());
    }
    let (opens, closes) = (said("opens_at"), said("closes_at"));
    let minutes = [opens, closes].map(|text| text.map(minute));
    if minutes.contains(&Some(None)) {
        return Some(TIME.to_owned());
    }
    if let [Some(Some(from)), Some(Some(to))] = minutes
        && let Some(message) = backwards(from, to)
    {
        return Some(message);
    }
    let dates = [said("valid_from"), said("valid_to")].map(|text| text.map(day));
    match dates {
        [Some(None), _] | [_, Some(None)] => Some(DATE.to_owned()),
        [Some(Some(from)), Some(Some(to))] if from.first() > to.last() => Some(VALID.to_owned()),
        [Some(Some(_)) | None, Some(Some(_)) | None] => None,
    }
}

/// Closing before opening is past midnight when somebody opens in the afternoon and closes in the
/// morning (a night shelter, a line out of hours). From a morning it is a slip: 09:00 to 05:00.
fn backwards(from: u16, to: u16) -> Option<String> {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let past_midnight = to == 0 || (from >= NOON && to <= NOON);
    if from == to && from != 0 {
        return Some(format!(
            "It opens and closes at {}: mend one of them.",
            clock(from)
        ));
    }
    if to >= from || past_midnight {
        return None;
    }
    let afternoon = to.saturating_add(NOON);
    Some(if to < NOON && afternoon > from {
        format!(
            "It closes ({}) before it opens ({}). Is {} meant? Past midnight: write two lines, until 00:00 and from 00:00.",
            clock(to),
            clock(from),
            clock(afternoon)
        )
    } else {
        format!(
            "It closes ({}) before it opens ({}): mend one of them.",
            clock(to),
            clock(from)
        )
    })
}

/// A day of the week, or which one of the month: `MO`, `1MO`, `-1FR`.
fn is_day(text: &str) -> bool {
    let text = text.trim();
    let day = text.trim_start_matches(|c: char| c.is_ascii_digit() || "+-".contains(c));
    let which = text.strip_suffix(day).unwrap_or_default();
    let right = which.is_empty() || which.parse::<i8>().is_ok_and(|n| n != 0 && n.abs() <= 5);
    right && ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].contains(&day)
}

/// The minute of the day of `09:30`, `09:30:00`, `09:30Z` or `09:30+01:00`.
fn minute(text: &str) -> Option<u16> {
    let clock = text.split(['Z', '+', '-']).next()?;
    let mut parts = clock.split(':');
    let mut part = |most: u16| {
        let text = parts.next()?;
        let two = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        two.then(|| text.parse::<u16>().ok())
            .flatten()
            .filter(|n| *n <= most)
    };
    let (hour, minute) = (part(23)?, part(59)?);
    let seconds = clock.matches(':').count() == 2 && part(59).is_some();
    (seconds || clock.matches(':').count() == 1).then_some(hour * 60 + minute)
}

fn day(text: &str) -> Option<When> {
    text.split('T').next().unwrap_or(text).parse().ok()
}
