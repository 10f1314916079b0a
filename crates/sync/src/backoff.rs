//! How long to wait before trying again.

use std::time::Duration;

/// The first wait at most.
const FIRST: Duration = Duration::from_secs(2);
/// The longest wait that nobody asked for.
const LONGEST: Duration = Duration::from_secs(300);
/// Who asks for a longer wait than this is asked again all the same.
const LONGEST_ASKED: Duration = Duration::from_secs(3_600);

/// The wait after this many failures in a row (1, 2, …): anything up to twice the last one, so that
/// many desks that were cut off together don't all come back at once; never less than was asked for.
/// `dice` is any number by chance.
#[must_use]
pub(crate) fn wait(failures: u32, asked: Option<Duration>, dice: u64) -> Duration {
    let doubled = 1_u32
        .checked_shl(failures.saturating_sub(1))
        .map_or(LONGEST, |times| FIRST.saturating_mul(times));
    let own = part(doubled.min(LONGEST), dice);
    match asked {
        Some(asked) => asked.min(LONGEST_ASKED) + part(Duration::from_secs(10), dice),
        None => own.max(Duration::from_millis(250)),
    }
}

/// Anything between two waits.
#[must_use]
pub(crate) fn between(least: Duration, most: Duration, dice: u64) -> Duration {
    least + part(most.saturating_sub(least), dice)
}

/// A part of a wait by chance.
fn part(whole: Duration, dice: u64) -> Duration {
    let thousandths = u32::try_from(dice % 1_001).unwrap_or_default();
    whole / 1_000 * thousandths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_five_minutes_and_what_is_asked_is_kept() {
        let most = |failures| wait(failures, None, 1_000).as_secs();
        assert_eq!([1, 2, 3, 8, 9, 40].map(most), [2, 4, 8, 256, 300, 300]);
        for dice in [0, 1, 999, 1_000, u64::MAX] {
            let one = wait(5, None, dice);
            assert!(one <= Duration::from_secs(32) && one >= Duration::from_millis(250));
            let asked = wait(1, Some(Duration::from_secs(60)), dice).as_secs();
            assert!((60..=70).contains(&asked), "{asked}");
            let idle = between(Duration::from_secs(60), Duration::from_secs(120), dice);
            assert!((60..=120).contains(&idle.as_secs()));
        }
    }
}
