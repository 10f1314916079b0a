//! How things stand, in one line that is true.

use time::OffsetDateTime;

use crate::Journal;

/// How many things wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Operations that the hub has not decided.
    pub waiting: u64,
    /// Conflicts that somebody here may settle.
    pub conflicts: u64,
    /// Items that somebody here may settle, conflicts among them.
    pub inbox: u64,
    /// Operations that the hub refused and nobody has looked at.
    pub refused: u64,
}

/// How things stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Light {
    /// What a program goes by.
    pub state: LightState,
    /// In one line, for people.
    pub said: String,
    /// Operations that the hub has not decided.
    pub waiting: u64,
    /// Conflicts that somebody here may settle.
    pub conflicts: u64,
    /// Items that somebody here may settle.
    pub inbox: u64,
}

/// How things stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LightState {
    /// This directory belongs to no hub.
    Alone,
    /// In step with the hub.
    InStep,
    /// A sync is under way.
    Syncing,
    /// In step but for what waits to be sent.
    Waiting,
    /// There is no network as far as the hub goes. Nobody's error.
    Offline,
    /// Somebody is needed: a conflict, a refusal, a sync that was asked for and failed.
    Attention,
    /// Reading goes on, and nothing is sent any more.
    Stopped,
}

/// How things stand. Times of day are said in the offset of `now`.
#[must_use]
pub fn light(
    joined: bool,
    syncing: bool,
    journal: &Journal,
    counts: &Counts,
    now: OffsetDateTime,
) -> Light {
    let state = state(joined, syncing, journal, counts);
    let main = main(state, journal, counts, now);
    let waits = (state != LightState::Alone && counts.waiting > 0)
        .then(|| format!("{} waiting to be sent", number(counts.waiting, "change")));
    let said: Vec<String> = [Some(main), waits].into_iter().flatten().collect();
    Light {
        state,
        said: said.join(" · "),
        waiting: counts.waiting,
        conflicts: counts.conflicts,
        inbox: counts.inbox,
    }
}

fn state(joined: bool, syncing: bool, journal: &Journal, counts: &Counts) -> LightState {
    let problem = journal.problem.as_ref();
    let grave = problem.is_some_and(|problem| problem.asked || !problem.no_network);
    if !joined {
        LightState::Alone
    } else if syncing {
        LightState::Syncing
    } else if grave || counts.conflicts > 0 || counts.refused > 0 {
        LightState::Attention
    } else if journal.denied.is_some() || journal.too_old() {
        LightState::Stopped
    } else if problem.is_some() || journal.in_step_at.is_none() {
        LightState::Offline
    } else if counts.waiting > 0 {
        LightState::Waiting
    } else {
        LightState::InStep
    }
}

fn main(state: LightState, journal: &Journal, counts: &Counts, now: OffsetDateTime) -> String {
    let since = journal.in_step_at;
    match state {
        LightState::Alone => "On this computer only".to_owned(),
        LightState::Syncing => "Syncing".to_owned(),
        LightState::Attention => attention(journal, counts),
        LightState::Stopped if journal.too_old() => {
            "Reading only: this version is too old to send changes".to_owned()
        }
        LightState::Stopped => {
            "Reading only: the hub takes nothing from this computer any more".to_owned()
        }
        LightState::Offline => match since {
            Some(since) => format!("Offline, last in step {}", ago(since, now)),
            None => "Not in step yet: the hub has not been reached".to_owned(),
        },
        LightState::Waiting | LightState::InStep => match (&journal.stale, since) {
            (Some(made), _) => {
                let day = made.split('T').next().unwrap_or_default();
                format!("In step with what the hub said on {day}, which is out of date")
            }
            (None, Some(since)) => format!("In step, {}", clock(since, now)),
            (None, None) => "In step".to_owned(),
        },
    }
}

fn attention(journal: &Journal, counts: &Counts) -> String {
    let problem = journal.problem.as_ref();
    if let Some(problem) = problem.filter(|it| it.asked || !it.no_network) {
        return format!("Sync failed: {}", problem.said);
    }
    let need = |count| if count == 1 { "needs" } else { "need" };
    if counts.conflicts > 0 {
        let conflicts = number(counts.conflicts, "conflict");
        return format!("{conflicts} {} you", need(counts.conflicts));
    }
    format!(
        "{} that the hub refused {} you",
        number(counts.refused, "change"),
        need(counts.refused)
    )
}

fn number(count: u64, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

/// The time of day, with the day where that is another.
fn clock(then: i64, now: OffsetDateTime) -> String {
    let Ok(then) = OffsetDateTime::from_unix_timestamp(then) else {
        return "some time ago".to_owned();
    };
    let then = then.to_offset(now.offset());
    let time = format!("{:02}:{:02}", then.hour(), then.minute());
    if then.date() == now.date() {
        return time;
    }
    format!("{} {} {}, {time}", then.day(), then.month(), then.year())
}

/// How long ago.
fn ago(then: i64, now: OffsetDateTime) -> String {
    let minutes = now.unix_timestamp().saturating_sub(then).max(0) / 60;
    match minutes {
        0 => "just now".to_owned(),
        1..=89 => format!("{minutes} min ago"),
        90..=2_879 => format!("{} h ago", (minutes + 30) / 60),
        _ => format!("{} days ago", minutes / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::Problem;

    fn problem(asked: bool, no_network: bool) -> Problem {
        Problem {
            code: "offline".to_owned(),
            said: "the hub can't be reached: check the connection".to_owned(),
            what_to_do: None,
            no_network,
            asked,
            at: 0,
        }
    }

    #[test]
    fn the_light_says_what_is_true() {
        let now = datetime!(2026-11-22 12:12 +1);
        let journal = Journal {
            in_step_at: Some(datetime!(2026-11-22 08:12 UTC).unix_timestamp()),
            ..Journal::default()
        };
        type Case = fn(&mut Journal, &mut Counts);
        let cases: [Case; 13] = [
            |_, _| {},
            |_, counts| counts.waiting = 2,
            |journal, counts| (*journal, counts.waiting) = (Journal::default(), 1),
            |journal, _| journal.problem = Some(problem(false, true)),
            |journal, counts| (journal.problem, counts.waiting) = (Some(problem(false, true)), 2),
            |journal, _| journal.problem = Some(problem(true, true)),
            |_, counts| counts.conflicts = 1,
            |_, counts| (counts.conflicts, counts.waiting) = (2, 2),
            |_, counts| counts.refused = 3,
            |journal, counts| (journal.needs, counts.waiting) = (wire::PROTOCOL + 1, 2),
            |journal, _| journal.denied = Some("Signed off.".to_owned()),
            |journal, _| journal.stale = Some("2026-11-01T10:00:00Z".to_owned()),
            |journal, _| journal.in_step_at = journal.in_step_at.map(|at| at - 400_000),
        ];
        let said = cases.map(|change| {
            let (mut journal, mut counts) = (journal.clone(), Counts::default());
            change(&mut journal, &mut counts);
            let light = light(true, false, &journal, &counts, now);
            format!("{:?}: {}", light.state, light.said)
        });
        let counts = Counts::default();
        let alone = light(false, false, &journal, &counts, now).said;
        let syncing = light(true, true, &journal, &counts, now).said;
        assert_eq!(
            (alone.as_str(), syncing.as_str()),
            ("On this computer only", "Syncing")
        );
        insta::assert_snapshot!(said.join("\n"), @"
        InStep: In step, 09:12
        Waiting: In step, 09:12 · 2 changes waiting to be sent
        Offline: Not in step yet: the hub has not been reached · 1 change waiting to be sent
        Offline: Offline, last in step 3 h ago
        Offline: Offline, last in step 3 h ago · 2 changes waiting to be sent
        Attention: Sync failed: the hub can't be reached: check the connection
        Attention: 1 conflict needs you
        Attention: 2 conflicts need you · 2 changes waiting to be sent
        Attention: 3 changes that the hub refused need you
        Stopped: Reading only: this version is too old to send changes · 2 changes waiting to be sent
        Stopped: Reading only: the hub takes nothing from this computer any more
        InStep: In step with what the hub said on 2026-11-01, which is out of date
        InStep: In step, 17 November 2026, 18:05
        ");
    }
}
