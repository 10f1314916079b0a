//! When something was so, as exactly as it is known.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::{Date, Month};

/// A day, a month, a year or a span of months, as ISO 8601 writes them:
/// `2026-11-22`, `2018-05`, `2018`, `2018-04/2018-06`. What is known is not made more exact.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct When {
    text: String,
    first: Date,
    last: Date,
}

/// The text is not a date, month, year or span of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a date: write 2026-11-22, 2026-11, 2026 or 2026-04/2026-06")]
pub struct ParseWhenError(pub String);

impl When {
    /// A single day.
    #[must_use]
    pub fn day(day: Date) -> Self {
        Self {
            text: iso(day),
            first: day,
            last: day,
        }
    }

    /// The first day it may have been.
    #[must_use]
    pub fn first(&self) -> Date {
        self.first
    }

    /// The last day it may have been.
    #[must_use]
    pub fn last(&self) -> Date {
        self.last
    }

    /// As ISO 8601 text, as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its own name, whatever today is: `22 November 2026`, `May 2018`, `spring 2018`.
    #[must_use]
    pub fn named(&self) -> String {
        if self.first == self.last {
            return format!(
                "{} {} {}",
                self.first.day(),
                self.first.month(),
                self.first.year()
            );
        }
        let said = self.said(self.last);
        said.strip_prefix("in ").unwrap_or(&said).to_owned()
    }

    /// How people say it: `today`, `3 weeks ago`, `in spring 2018`, `in May 2018`.
    #[must_use]
    pub fn said(&self, today: Date) -> String {
        if self.first == self.last {
            return said_day(self.first, today);
        }
        let year = self.first.year();
        let months = (self.first.month(), self.last.month());
        if year != self.last.year() {
            return format!("between {year} and {}", self.last.year());
        }
        match months {
            (Month::January, Month::December) => format!("in {year}"),
            (Month::March, Month::May) | (Month::April, Month::June) => format!("in spring {year}"),
            (Month::June, Month::August) | (Month::July, Month::September) => {
                format!("in summer {year}")
            }
            (Month::September | Month::October, Month::November) => format!("in autumn {year}"),
            (from, to) if from == to => format!("in {from} {year}"),
            (from, to) => format!("between {from} and {to} {year}"),
        }
    }
}

fn iso(day: Date) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        day.year(),
        u8::from(day.month()),
        day.day()
    )
}

/// A day in words, by how far back it lies: exact dates stay exact once they are older than a year.
fn said_day(day: Date, today: Date) -> String {
    let plural = |n: i64, unit: &str| format!("{n} {unit}{} ago", if n == 1 { "" } else { "s" });
    match (today - day).whole_days() {
        days if days < 0 => format!("on {} {} {}", day.day(), day.month(), day.year()),
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days @ 2..=13 => plural(days, "day"),
        days @ 14..=59 => plural(days / 7, "week"),
        days @ 60..=364 => plural(days / 30, "month"),
        _ => format!("in {} {}", day.month(), day.year()),
    }
}

fn number(text: &str, digits: usize) -> Option<u16> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// First and last day of `2018`, `2018-05` or `2018-05-03`.
fn span(text: &str) -> Option<(Date, Date)> {
    let mut parts = text.split('-');
    let year = i32::from(number(parts.next()?, 4)?);
    let month = parts.next().map(|part| number(part, 2)).transpose_flat()?;
    let day = parts.next().map(|part| number(part, 2)).transpose_flat()?;
    if parts.next().is_some() {
        return None;
    }
    let to_month = |n: u16| u8::try_from(n).ok().and_then(|n| Month::try_from(n).ok());
    let Some(month) = month else {
        let first = Date::from_calendar_date(year, Month::January, 1).ok()?;
        return Some((
            first,
            Date::from_calendar_date(year, Month::December, 31).ok()?,
        ));
    };
    let month = to_month(month)?;
    let Some(day) = day else {
        let first = Date::from_calendar_date(year, month, 1).ok()?;
        return Some((
            first,
            Date::from_calendar_date(year, month, month.length(year)).ok()?,
        ));
    };
    let day = Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok()?;
    Some((day, day))
}

/// `Some(None)` for an absent part, `None` for a part that could not be read.
trait TransposeFlat<T> {
    fn transpose_flat(self) -> Option<Option<T>>;
}

impl<T> TransposeFlat<T> for Option<Option<T>> {
    fn transpose_flat(self) -> Option<Option<T>> {
        match self {
            None => Some(None),
            Some(None) => None,
            Some(Some(value)) => Some(Some(value)),
        }
    }
}

impl FromStr for When {
    type Err = ParseWhenError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let read = || {
            let (from, to) = text.split_once('/').unwrap_or((text, text));
            let ((first, _), (_, last)) = (span(from)?, span(to)?);
            (first <= last).then(|| Self {
                text: text.to_owned(),
                first,
                last,
            })
        };
        read().ok_or_else(|| ParseWhenError(text.to_owned()))
    }
}

impl TryFrom<String> for When {
    type Error = ParseWhenError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<When> for String {
    fn from(when: When) -> Self {
        when.text
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn said_as_people_say_it() {
        let today = date!(2026 - 11 - 22);
        for (text, said) in [
            ("2026-11-22", "today"),
            ("2026-11-21", "yesterday"),
            ("2026-11-01", "3 weeks ago"),
            ("2026-08-01", "3 months ago"),
            ("2024-02-29", "in February 2024"),
            ("2018-04/2018-06", "in spring 2018"),
            ("2018-05", "in May 2018"),
            ("2018", "in 2018"),
            ("2027-01-05", "on 5 January 2027"),
        ] {
            assert_eq!(text.parse::<When>().unwrap().said(today), said, "{text}");
        }
    }

    #[test]
    fn named_without_regard_to_today() {
        for (text, named) in [
            ("2026-11-22", "22 November 2026"),
            ("2018-05", "May 2018"),
            ("2018-04/2018-06", "spring 2018"),
        ] {
            assert_eq!(text.parse::<When>().unwrap().named(), named);
        }
    }

    #[test]
    fn what_is_not_a_date_is_refused() {
        for text in [
            "",
            "2018-13",
            "2018-02-30",
            "18",
            "2018-06/2018-04",
            "2018-1-1",
            "+018",
            "2018-01-01-01",
        ] {
            assert!(text.parse::<When>().is_err(), "{text}");
        }
    }
}
