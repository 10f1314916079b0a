//! Moments as seconds since 1970, UTC, and as text. The time itself is passed in.

use std::sync::Arc;

use time::format_description::well_known::Rfc3339;
use time::{Date, Duration, OffsetDateTime};

/// Tells the time: seconds since 1970.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// A moment as RFC 3339 in UTC.
pub(crate) fn text(seconds: u64) -> String {
    moment(seconds).format(&Rfc3339).unwrap_or_default()
}

/// The moment of an RFC 3339 text; none: it is not one, or lies before 1970.
pub(crate) fn seconds(text: &str) -> Option<u64> {
    let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    u64::try_from(moment.unix_timestamp()).ok()
}

/// The day after that of a moment: today, somewhere east of here.
pub(crate) fn tomorrow(seconds: u64) -> Date {
    let day = moment(seconds).date();
    day.checked_add(Duration::DAY).unwrap_or(day)
}

fn moment(seconds: u64) -> OffsetDateTime {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_as_text_and_back() {
        let text = text(1_795_334_400);
        assert_eq!(text, "2026-11-22T08:00:00Z");
        assert_eq!(seconds(&text), Some(1_795_334_400));
        assert_eq!(seconds("2026-11-22T09:00:00+01:00"), Some(1_795_334_400));
        assert_eq!(seconds("yesterday"), None);
    }
}
