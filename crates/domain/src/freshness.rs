//! How long ago an entry was last confirmed, as screens and ranking use it.

use time::Date;

use crate::{Service, When};

/// An entry whose last check is older than this is stale: shown as such, ranked a little lower,
/// never hidden.
pub const STALE_AFTER_DAYS: i64 = 365;

/// When an entry was last known to be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freshness {
    /// The oldest of the last checks of its parts; absent: never checked.
    pub when: Option<When>,
    /// The words for it: `checked 3 weeks ago, by phone`.
    pub said: String,
    /// True when it is older than [`STALE_AFTER_DAYS`] or was never checked.
    pub stale: bool,
}

impl Freshness {
    /// Of a service, seen today. Without checks of its own an HSDS `assured_date` counts.
    #[must_use]
    pub fn of(service: &Service, today: Date) -> Self {
        let checks = &service.signpost.checks;
        let oldest = checks.iter().min_by_key(|check| check.when.last());
        let when = oldest
            .map(|check| check.when.clone())
            .or_else(|| service.assured());
        let how = oldest
            .and_then(|check| check.how)
            .map(|how| format!(", {}", how.said()));
        let said = when.as_ref().map_or_else(
            || "never checked".to_owned(),
            |when| format!("checked {}{}", when.said(today), how.unwrap_or_default()),
        );
        let stale = when
            .as_ref()
            .is_none_or(|w| (today - w.last()).whole_days() > STALE_AFTER_DAYS);
        Self { when, said, stale }
    }
}
