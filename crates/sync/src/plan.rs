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
    /// The head was looked at in this sync.
    pub(crate) looked: bool,
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
    /// Looks where the hub stands, and takes over what is new.
    Look,
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
    let sends = writes && (state.to_send || (state.stands && state.epoch_is_new));
    if sends && !first && !state.looked {
        // A hub that went back unexplained is sent nothing, and one that was restored is first asked
        // what it still has: the rest is planned by what is found.
        return vec![Step::Look];
    }
    if writes && state.stands && state.epoch_is_new {
        steps.push(Step::AskWhatArrived);
    }
    if sends && !first {
        steps.push(Step::Push);
    }
    let hears = state.paired && (sends || !state.told);
    // With nothing to send, one answer says that nothing is new in either stream.
    let at_once = hears && !sends && !first;
    if at_once {
        steps.push(Step::Staff);
    }
    // After sending, so that what was accepted is seen as published in the same sync.
    if !first && (sends || !state.pulled) {
        steps.push(Step::Pull);
    }
    if hears && !at_once {
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
            Self::Look => "look",
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

    type Change = fn(&mut State);

    fn cases() -> [(&'static str, State, Change); 11] {
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
            looked: true,
            pulled: true,
            told: true,
            ..desk
        };
        [
            ("never in step", desk, |it| {
                (it.stands, it.to_send) = (false, true);
            }),
            ("and then", desk, |it| {
                (it.to_send, it.looked, it.pulled) = (true, true, true);
            }),
            ("reader with edits", reader, |it| it.to_send = true),
            ("idle desk", desk, |_| {}),
            ("desk with edits", desk, |it| it.to_send = true),
            ("and when it has looked", desk, |it| {
                (it.to_send, it.looked) = (true, true);
            }),
            ("too old", desk, |it| {
                (it.to_send, it.may_write) = (true, false);
            }),
            ("week is over", desk, |it| it.deep = true),
            ("hub was restored", done, |it| it.epoch_is_new = true),
            ("more was written", done, |it| it.to_send = true),
            ("nothing left", done, |_| {}),
        ]
    }

    #[test]
    fn plans() {
        let plans = cases().map(|(name, mut state, change)| {
            change(&mut state);
            said(name, state)
        });
        insta::assert_snapshot!(plans.join("\n"), @"
        never in step: pull, staff
        and then: push, pull, staff
        reader with edits: pull
        idle desk: staff, pull
        desk with edits: look
        and when it has looked: push, pull, staff
        too old: staff, pull
        week is over: staff, pull, check
        hub was restored: ask what arrived, push, pull, staff
        more was written: push, pull, staff
        nothing left:
        ");
    }
}
