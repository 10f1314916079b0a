//! Points at which a program under test ends as if it were killed.
//!
//! What writes something down names each moment at which an end would matter: `reach("turn:decided")`.
//! Only with the feature `armed`, which the tests of the whole house alone ask for, does that do
//! anything; in a program that is given out nothing is left of it.

#[cfg(feature = "armed")]
mod armed {
    use std::collections::HashMap;
    use std::sync::{Mutex, OnceLock, PoisonError};

    static ARMED: OnceLock<(String, usize)> = OnceLock::new();
    static REACHED: Mutex<Option<HashMap<&'static str, usize>>> = Mutex::new(None);

    /// Ends the program, without a word and without tidying up, when this point is reached, or
    /// reached so many times: `committed`, `adopt:line#40`. The first call holds.
    pub fn arm(point: &str) {
        let (name, times) = point.split_once('#').unwrap_or((point, "1"));
        ARMED.get_or_init(|| (name.to_owned(), times.parse().unwrap_or(1)));
    }

    /// A point by its name.
    pub fn reach(point: &'static str) {
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

#[cfg(feature = "armed")]
pub use armed::{arm, reach};

/// A point by its name: nothing happens.
#[cfg(not(feature = "armed"))]
#[inline(always)]
pub fn reach(_point: &'static str) {}
