//! What to do after the hub answered to operations.

use wire::Pushed;

/// What was sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sent {
    /// The first operation's number; 0: none was sent.
    pub(crate) first: u64,
    /// The last one's.
    pub(crate) last: u64,
    /// The last number that this device has given.
    pub(crate) numbered: u64,
    /// The epoch in which the copy stands; none: nowhere yet.
    pub(crate) epoch: Option<u64>,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Send what is left.
    GoOn,
    /// Some are not decided yet: ask again with the same.
    AskAgain,
    /// The hub was restored: take over what it has first.
    PullFirst,
    /// The hub lacks operations before those that were sent: send those after this number again.
    SendAgain(u64),
    /// The hub has more operations of this device than this copy ever made: count on from there.
    CountFrom(u64),
    /// Two copies use one device's identity.
    Cloned,
}

/// What to do after this answer.
pub(crate) fn next(sent: &Sent, answer: &Pushed) -> Next {
    if answer.cloned {
        return Next::Cloned;
    }
    if sent.epoch.is_some_and(|epoch| answer.epoch > epoch) {
        return Next::PullFirst;
    }
    if answer.last > sent.numbered {
        return Next::CountFrom(answer.last);
    }
    if sent.first > 0 && answer.last.saturating_add(1) < sent.first {
        return Next::SendAgain(answer.last);
    }
    let decided = answer.verdicts.iter().map(|taken| taken.sequence).max();
    if sent.first > 0 && decided != Some(sent.last) {
        return Next::AskAgain;
    }
    Next::GoOn
}

#[cfg(test)]
mod tests {
    use domain::{Account, Role, Verdict};
    use wire::Taken;

    use super::*;

    fn answer(epoch: u64, last: u64, decided: &[u64]) -> Pushed {
        Pushed {
            verdicts: decided
                .iter()
                .map(|sequence| Taken {
                    sequence: *sequence,
                    verdict: Verdict::Applied { sequence: None },
                })
                .collect(),
            last,
            epoch,
            cloned: false,
            account: Account {
                name: "Desk".to_owned(),
                role: Role::Curator,
                boroughs: Vec::new(),
            },
        }
    }

    #[test]
    fn what_follows_an_answer() {
        let sent = Sent {
            first: 4,
            last: 6,
            numbered: 9,
            epoch: Some(2),
        };
        assert_eq!(next(&sent, &answer(2, 6, &[4, 5, 6])), Next::GoOn);
        assert_eq!(next(&sent, &answer(2, 6, &[4, 5])), Next::AskAgain);
        assert_eq!(next(&sent, &answer(2, 5, &[4])), Next::AskAgain);
        assert_eq!(next(&sent, &answer(2, 3, &[])), Next::AskAgain);
        assert_eq!(next(&sent, &answer(2, 1, &[])), Next::SendAgain(1));
        assert_eq!(next(&sent, &answer(3, 1, &[])), Next::PullFirst);
        assert_eq!(next(&sent, &answer(2, 12, &[])), Next::CountFrom(12));
        let cloned = Pushed {
            cloned: true,
            ..answer(2, 6, &[])
        };
        assert_eq!(next(&sent, &cloned), Next::Cloned);
        let asked = Sent {
            first: 0,
            last: 0,
            ..sent
        };
        assert_eq!(next(&asked, &answer(2, 9, &[])), Next::GoOn);
    }
}
