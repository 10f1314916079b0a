//! What stands in a cell, as text.

use calamine::{DataRef, ExcelDateTime};

use crate::tables::digits;

/// Seconds in a day.
const DAY: f64 = 86_400.0;

/// A cell's text: dates as 2024-03-05, times as 09:30, Yes and No, numbers in all their digits;
/// an error is nothing.
pub(super) fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(value) => digits(*value),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => truth(*yes).to_owned(),
        DataRef::DateTime(moment) => date_time(moment),
        DataRef::DateTimeIso(text) => iso(text),
        DataRef::DurationIso(text) => duration(text),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// As people tick it.
pub(super) fn truth(yes: bool) -> &'static str {
    if yes { "Yes" } else { "No" }
}

fn date_time(moment: &ExcelDateTime) -> String {
    let value = moment.as_f64();
    if !value.is_finite() {
        return String::new();
    }
    let seconds = (value * DAY).round();
    if moment.is_duration() || (0.0..1.0).contains(&value) {
        return clock(seconds);
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let of_day = seconds.rem_euclid(DAY);
    if of_day == 0.0 {
        date
    } else {
        format!("{date} {}", clock(of_day))
    }
}

/// Hours and minutes, and seconds where there are any.
fn clock(seconds: f64) -> String {
    let sign = if seconds < 0.0 { "-" } else { "" };
    let seconds = seconds.abs();
    let (hours, minutes) = ((seconds / 3600.0).floor(), (seconds / 60.0).floor() % 60.0);
    let rest = seconds % 60.0;
    if rest == 0.0 {
        format!("{sign}{hours:02.0}:{minutes:02.0}")
    } else {
        format!("{sign}{hours:02.0}:{minutes:02.0}:{rest:02.0}")
    }
}

/// A date, a time or both as ISO 8601 writes them, without a midnight that says nothing.
pub(super) fn iso(text: &str) -> String {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let time = time.trim_end_matches('Z');
    let time = time.split('.').next().unwrap_or_default();
    let time = match time.strip_suffix(":00") {
        Some(short) if short.len() == 5 => short,
        _ => time,
    };
    match (date, time) {
        (date, "" | "00:00") => date.to_owned(),
        ("", time) => time.to_owned(),
        (date, time) => format!("{date} {time}"),
    }
}

/// `PT09H30M00S` as 09:30; anything else as it is.
pub(super) fn duration(text: &str) -> String {
    let Some(parts) = text.strip_prefix("PT") else {
        return text.to_owned();
    };
    let (mut seconds, mut digits) = (0.0, String::new());
    for c in parts.chars() {
        let unit = match c {
            'H' => 3600.0,
            'M' => 60.0,
            'S' => 1.0,
            other => {
                digits.push(other);
                continue;
            }
        };
        let Ok(count) = digits.parse::<f64>() else {
            return text.to_owned();
        };
        seconds += count * unit;
        digits.clear();
    }
    clock(seconds.round())
}

#[cfg(test)]
mod tests {
    use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};

    use super::{digits, duration, iso, text};

    #[test]
    fn numbers_keep_their_digits() {
        let numbers = [
            (1_614_960_000.0, "1614960000"),
            (1e10, "10000000000"),
            (1e21, "1000000000000000000000"),
            (-5.0, "-5"),
            (-0.0, "0"),
            (-10.0, "-10"),
            (0.1 + 0.2, "0.3"),
            (53.448_269, "53.448269"),
            (-2.393_184, "-2.393184"),
            (0.000_001, "0.000001"),
            (f64::NAN, ""),
        ];
        for (value, expected) in numbers {
            assert_eq!(digits(value), expected);
        }
    }

    #[test]
    fn dates_and_times_are_written_as_iso_8601_does() {
        let at = |value| {
            text(&DataRef::DateTime(ExcelDateTime::new(
                value,
                ExcelDateTimeType::DateTime,
                false,
            )))
        };
        assert_eq!(at(45_356.0), "2024-03-05");
        assert_eq!(at(45_356.0 + 9.5 / 24.0), "2024-03-05 09:30");
        assert_eq!(at(9.5 / 24.0), "09:30");
        assert_eq!(at((17.0 + 1.0 / 60.0 + 1.0 / 3600.0) / 24.0), "17:01:01");
        assert_eq!(at(0.0), "00:00");
        let long = ExcelDateTime::new(26.5 / 24.0, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(text(&DataRef::DateTime(long)), "26:30");
        assert_eq!(iso("2024-03-05T00:00:00"), "2024-03-05");
        assert_eq!(iso("2024-03-05T09:30:00Z"), "2024-03-05 09:30");
        assert_eq!(iso("2024-03-05T09:30:15.250"), "2024-03-05 09:30:15");
        assert_eq!(duration("PT09H30M00S"), "09:30");
        assert_eq!(duration("PT17H01M01.000000000S"), "17:01:01");
        assert_eq!(duration("P1D"), "P1D");
    }

    #[test]
    fn truths_are_told_and_errors_are_not() {
        assert_eq!(text(&DataRef::Bool(true)), "Yes");
        assert_eq!(text(&DataRef::Error(calamine::CellErrorType::NA)), "");
    }
}
