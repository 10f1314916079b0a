//! Dates as people and spreadsheets write them.

use domain::When;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A day, month or year, as exactly as it is said. Of numbers alone the day comes first, as it does
/// in the United Kingdom; where only the other order gives a date it is none.
#[must_use]
pub fn date(text: &str) -> Option<When> {
    let text = text.trim();
    if text.len() > 40 {
        return None;
    }
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    if let Ok(when) = text.parse().or_else(|_| day.parse::<When>()) {
        // "2017 something" is more than a year.
        return (day.len() == text.len() || day.len() == 10).then_some(when);
    }
    let parts: Vec<&str> = text
        .split(['/', '.', '-', ' ', ','])
        .filter(|part| !part.is_empty())
        .collect();
    let (year, month, day) = match parts.as_slice() {
        [day, month, year, ..] if parts.len() == 3 || year_of(year).is_some() => {
            (year_of(year)?, month_of(month)?, Some(day_of(day)?))
        }
        [month, year] => (year_of(year)?, month_of(month)?, None),
        _ => return None,
    };
    let iso = match day {
        Some(day) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("{year:04}-{month:02}"),
    };
    iso.parse().ok()
}

fn year_of(text: &str) -> Option<u32> {
    let year: u32 = text.parse().ok()?;
    match text.len() {
        4 => (1800..=2200).contains(&year).then_some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn month_of(text: &str) -> Option<usize> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let start = text.get(..3)?.to_ascii_lowercase();
    MONTHS
        .iter()
        .position(|month| *month == start)
        .map(|at| at + 1)
}

fn day_of(text: &str) -> Option<u32> {
    text.trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_are_read_as_exactly_as_they_are_said() {
        for (text, iso) in [
            ("2025-06-20", "2025-06-20"),
            ("2025-06-20T10:00:00", "2025-06-20"),
            ("2025-06-20 00:00:00", "2025-06-20"),
            ("20/06/2025", "2025-06-20"),
            ("20.6.25", "2025-06-20"),
            ("20th June 2025", "2025-06-20"),
            ("June 2025", "2025-06"),
            ("2017-01", "2017-01"),
            ("2017", "2017"),
        ] {
            assert_eq!(date(text).unwrap().as_str(), iso, "{text}");
        }
        for text in ["06/20/2025", "soon", "", "31/02/2025", "2017 or so"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn tidying_twice_changes_nothing(text in any::<String>()) {
            if let Some(when) = date(&text) {
                prop_assert_eq!(date(when.as_str()), Some(when));
            }
        }
    }
}
