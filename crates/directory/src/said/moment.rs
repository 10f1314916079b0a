//! Moments as people say them.

use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

use crate::Now;

/// A moment as it is kept: RFC 3339, UTC, whole seconds.
pub(crate) fn kept(now: Now) -> String {
    let now = now
        .to_offset(UtcOffset::UTC)
        .replace_nanosecond(0)
        .unwrap_or(now);
    now.format(&Rfc3339).unwrap_or_default()
}

/// A moment that was kept, on the clock of whoever reads it: `today at 14:05`, `on Tuesday at 14:05`,
/// `on 5 January 2027`.
pub(crate) fn said(kept: &str, now: Now) -> String {
    let Ok(then) = OffsetDateTime::parse(kept, &Rfc3339) else {
        return kept.to_owned();
    };
    let then = then.to_offset(now.offset());
    let clock = format!("{:02}:{:02}", then.hour(), then.minute());
    match (now.date() - then.date()).whole_days() {
        0 => format!("today at {clock}"),
        1 => format!("yesterday at {clock}"),
        2..=6 => format!("on {} at {clock}", then.weekday()),
        _ => format!("on {} {} {}", then.day(), then.month(), then.year()),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn moments_are_said_by_how_far_back_they_lie() {
        let now = datetime!(2026-11-22 16:30 +1);
        for (kept, expected) in [
            ("2026-11-22T15:29:30Z", "today at 16:29"),
            ("2026-11-21T23:30:00Z", "today at 00:30"),
            ("2026-11-21T12:30:00Z", "yesterday at 13:30"),
            ("2026-11-17T13:05:00Z", "on Tuesday at 14:05"),
            ("2026-01-05T13:05:00Z", "on 5 January 2026"),
            ("at tea", "at tea"),
        ] {
            assert_eq!(said(kept, now), expected, "{kept}");
        }
        assert_eq!(kept(now), "2026-11-22T15:30:00Z");
    }
}
