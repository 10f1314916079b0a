//! Whether a service runs, in people's words.

use domain::{HsdsStatus, Rest, Service, State, StateKind};

use crate::tidy::fold;

/// Puts what a word says of a service's state into it; false: nobody here knows the word.
pub(super) fn say(service: &mut Service, word: &str) -> bool {
    let word = fold(word);
    let state = |kind| {
        Some(State {
            kind,
            since: None,
            until: None,
            words: None,
            rest: Rest::new(),
        })
    };
    match word.trim_end_matches(['.', '!']) {
        "open" | "active" | "yes" | "y" | "true" | "running" | "live" | "current"
        | "operational" | "open to referrals" => service.status = HsdsStatus::Active,
        "closed" | "defunct" | "ceased" | "ended" | "no longer running" | "permanently closed"
        | "closed permanently" | "removed" | "dissolved" => service.status = HsdsStatus::Defunct,
        "inactive" | "no" | "n" | "false" | "not running" | "dormant" | "suspended" => {
            service.status = HsdsStatus::Inactive;
        }
        "temporarily closed"
        | "paused"
        | "on hold"
        | "temporarily suspended"
        | "closed temporarily" => {
            service.status = HsdsStatus::TemporarilyClosed;
        }
        "full" | "at capacity" | "closed to referrals" => {
            service.signpost.state = state(StateKind::Full);
        }
        "waiting list" | "wait list" => service.signpost.state = state(StateKind::WaitingList),
        _ => return false,
    }
    true
}
