//! What is to be done: decided from what is known, before anything is done.

pub(crate) mod batch;
pub(crate) mod compare;
pub(crate) mod head;
pub(crate) mod pushed;

use std::fmt;

/// What is known before a step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "these are independent facts, and every combination of them occurs"
)]
pub(crate) struct State {
    /// The copy stands somewhere in the published stream.
    pub(crate) stands: bool,
    /// The hub knows this device, and its key is here.
    pub(crate) paired: bool,
    /// The hub takes operations, as far as is known.
    pub(crate) may_write: bool,
    /// Operations wait to be sent.
    pub(crate) to_send: bool,
    /// It is not known which operations the hub has in its present epoch.
    pub(crate) epoch_is_new: bool,
    /// The published stream was looked at since anything was sent.
    pub(crate) pulled: bool,
    /// The staff stream was read since anything was sent.
    pub(crate) told: bool,
    /// Every body is to be compared.
    pub(crate) deep: bool,
}

/// A step of a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// Asks which operations of this device the hub has, and makes ready those that it lost.
    AskWhatArrived,
    /// Sends what waits.
    Push,
    /// Takes over what was published.
    Pull,
    /// Reads what is told to this account.
    Staff,
    /// Compares every body.
    Check,
}

/// What is left to do, in order. Nothing: the copy is in step, as far as can be.
pub(crate) fn plan(state: &State) -> Vec<Step> {
    let mut steps = Vec::new();
    // The first pull finds out what exists only here, which is then sent.
    let first = !state.stands && !state.pulled;
    if first {
        steps.push(Step::Pull);
    }
    let writes = state.paired && state.may_write;
    if writes && state.stands && state.epoch_is_new {
        steps.push(Step::AskWhatArrived);
    }
    let sends = writes && (state.to_send || (state.stands && state.epoch_is_new));
    if sends && !first {
        steps.push(Step::Push);
    }
    // After sending, so that what was accepted is seen as published in the same sync.
    if !first && (sends || !state.pulled) {
        steps.push(Step::Pull);
    }
    if state.paired && (sends || !state.told) {
        steps.push(Step::Staff);
    }
    if state.deep {
        steps.push(Step::Check);
    }
    steps
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AskWhatArrived => "ask what arrived",
            Self::Push => "push",
            Self::Pull => "pull",
            Self::Staff => "staff",
            Self::Check => "check",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str, state: State) -> String {
        let steps: Vec<String> = plan(&state).iter().map(Step::to_string).collect();
        format!("{name}: {}", steps.join(", "))
    }

    #[test]
    fn plans() {
        let reader = State {
            stands: true,
            may_write: true,
            ..State::default()
        };
        let desk = State {
            paired: true,
            ..reader
        };
        let done = State {
            pulled: true,
            told: true,
            ..desk
        };
        type Change = fn(&mut State);
        let cases: [(&str, State, Change); 10] = [
            ("never in step", desk, |it| {
                (it.stands, it.to_send) = (false, true);
            }),
            ("and then", desk, |it| {
                (it.to_send, it.pulled) = (true, true);
            }),
            ("reader with edits", reader, |it| it.to_send = true),
            ("idle desk", desk, |_| {}),
            ("desk with edits", desk, |it| it.to_send = true),
            ("too old", desk, |it| {
                (it.to_send, it.may_write) = (true, false);
            }),
            ("week is over", desk, |it| it.deep = true),
            ("hub was restored", done, |it| it.epoch_is_new = true),
            ("more was written", done, |it| it.to_send = true),
            ("nothing left", done, |_| {}),
        ];
        let plans = cases.map(|(name, mut state, change)| {
            change(&mut state);
            said(name, state)
        });
        insta::assert_snapshot!(plans.join("\n"), @"
        never in step: pull, staff
        and then: push, pull, staff
        reader with edits: pull
        idle desk: pull, staff
        desk with edits: push, pull, staff
        too old: pull, staff
        week is over: pull, staff, check
        hub was restored: ask what arrived, push, pull, staff
        more was written: push, pull, staff
        nothing left:
        ");
    }
}
