//! When services run, so that days and times can be asked for.

use domain::{Schedule, Service};
use rusqlite::{Connection, params};

use crate::log::LogError;
use crate::log::sqlite::told;

const DAYS: [(&str, &str); 7] = [
    ("MO", "monday"),
    ("TU", "tuesday"),
    ("WE", "wednesday"),
    ("TH", "thursday"),
    ("FR", "friday"),
    ("SA", "saturday"),
    ("SU", "sunday"),
];

/// Writes the hours of a service down, its own and those at its places.
pub(super) fn put(conn: &Connection, row: i64, service: &Service) -> Result<(), LogError> {
    let at_places = service
        .service_at_locations
        .iter()
        .flat_map(|tie| tie.schedules.iter());
    for schedule in service.schedules.iter().chain(at_places) {
        let [opens, closes] =
            [&schedule.opens_at, &schedule.closes_at].map(|text| text.as_deref().and_then(minutes));
        for day in days(schedule) {
            let put = "INSERT INTO hours (service, day, opens, closes) VALUES (?1, ?2, ?3, ?4)";
            let values = params![row, day, opens, closes];
            conn.prepare_cached(put)
                .map_err(told)?
                .execute(values)
                .map_err(told)?;
        }
    }
    Ok(())
}

/// The days of a schedule; one that names none, once without a day.
fn days(schedule: &Schedule) -> Vec<Option<&'static str>> {
    let byday = schedule.byday.as_deref().unwrap_or_default();
    let days: Vec<_> = byday.split(',').filter_map(day).map(Some).collect();
    if days.is_empty() { vec![None] } else { days }
}

/// A day however it is written: `MO`, `1MO` (the first of a month), `Mon`, `Monday`.
pub(super) fn day(text: &str) -> Option<&'static str> {
    let text = text.trim().to_ascii_lowercase();
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
    let found = DAYS.iter().find(|(code, name)| {
        text.eq_ignore_ascii_case(code) || (text.len() > 2 && name.starts_with(text))
    });
    found.map(|(code, _name)| *code)
}

/// Minutes since midnight of `09:00`, `9:00:00`, `09:00Z`, `09:00+01:00`.
pub(super) fn minutes(text: &str) -> Option<i64> {
    let (hours, rest) = text.trim().split_once(':')?;
    let hours: i64 = hours
        .parse()
        .ok()
        .filter(|hours| (0..=24).contains(hours))?;
    let minutes: i64 = rest
        .get(..2)?
        .parse()
        .ok()
        .filter(|minutes| (0..60).contains(minutes))?;
    Some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_as_people_write_them() {
        for text in ["MO", "mo", "1MO", "-1MO", "Mon", "Monday"] {
            assert_eq!(day(text), Some("MO"), "{text}");
        }
        for text in ["", "M", "someday"] {
            assert_eq!(day(text), None, "{text}");
        }
        assert_eq!(minutes("09:30Z"), Some(570));
        assert_eq!(minutes("9:30:00+01:00"), Some(570));
        for text in ["", "9", "25:00", "09:7", "09:70", "ab:00"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }
}
