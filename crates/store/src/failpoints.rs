//! Points at which a program under test ends as if it were killed. Only with the feature
//! `failpoints`, which no program that is given out has.

#[cfg(feature = "failpoints")]
mod armed {
    use std::collections::HashMap;
    use std::sync::{Mutex, OnceLock, PoisonError};

    static ARMED: OnceLock<(String, usize)> = OnceLock::new();
    static REACHED: Mutex<Option<HashMap<&'static str, usize>>> = Mutex::new(None);

    /// Ends the program, without a word and without tidying up, when this point is reached, or
    /// reached so many times: `commit`, `adopt:line#40`. The first call holds.
    pub fn arm(point: &str) {
        let (name, times) = point.split_once('#').unwrap_or((point, "1"));
        ARMED.get_or_init(|| (name.to_owned(), times.parse().unwrap_or(1)));
    }

    pub(crate) fn reach(point: &'static str) {
        let Some((name, times)) = ARMED.get() else {
            return;
        };
        let mut reached = REACHED.lock().unwrap_or_else(PoisonError::into_inner);
        let count = reached.get_or_insert_default().entry(point).or_default();
        *count += 1;
        if name == point && count == times {
            std::process::abort();
        }
    }
}

#[cfg(feature = "failpoints")]
pub use armed::arm;
#[cfg(feature = "failpoints")]
pub(crate) use armed::reach;

/// All points there are.
#[cfg(feature = "failpoints")]
pub const ALL: [&str; 7] = [
    "begun",
    "done",
    "committed",
    "adopt:line",
    "adopt:only-here",
    "outbox:row",
    "seen",
];

/// Nothing happens at this point.
#[cfg(not(feature = "failpoints"))]
pub(crate) fn reach(_point: &'static str) {}
