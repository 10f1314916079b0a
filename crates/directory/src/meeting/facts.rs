//! How this copy stands to its hub, for programs.

use serde::Serialize;
use sync::Journal;
use time::OffsetDateTime;

use super::RoleView;
use crate::error::Error;
use crate::open::Directory;
use crate::said::{capital, moment};

/// How this copy stands to its hub, for programs: names and shapes stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SyncFacts {
    /// How far the copy is; none: it was never in step with a hub.
    pub position: Option<PositionFacts>,
    /// How many operations wait to be sent, or for an answer.
    pub waiting: u64,
    /// How many operations the hub could not take.
    pub refused: u64,
    /// How many conflicts are open.
    pub conflicts: u64,
    /// How many things wait for a curator, conflicts too.
    pub inbox: u64,
    /// The hub's name; none: it has joined none.
    pub hub: Option<String>,
    /// The hub's address.
    pub address: Option<String>,
    /// The name under which others see what is done here.
    pub account: Option<String>,
    /// What may be done here; none: reading.
    pub role: Option<RoleView>,
    /// When it was last in step, RFC 3339, UTC.
    pub last_in_step: Option<String>,
    /// What is the matter.
    pub problem: Option<String>,
    /// Why the hub takes nothing from this computer; none: it does, as far as anybody knows.
    pub reading_only: Option<String>,
}

/// How far a copy is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PositionFacts {
    /// In which life of the hub.
    pub epoch: u64,
    /// The last change that it has.
    pub sequence: u64,
    /// What names everything up to there, 64 hexadecimal digits.
    pub root: String,
}

impl Directory {
    /// How this copy stands to its hub, for programs.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn sync_facts(&self) -> Result<SyncFacts, Error> {
        let store = self.store();
        let (outbox, items) = (store.outbox_counts()?, store.item_counts()?);
        let journal = Journal::read(store)?;
        let membership = store.membership()?;
        let account = membership
            .as_ref()
            .and_then(|joined| joined.account.clone());
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let position = store.position()?.map(|position| PositionFacts {
            epoch: position.epoch,
            sequence: position.sequence,
            root: hex(&position.root),
        });
        let too_old = "This version is too old to send changes to the hub: install the newest.";
        let too_old = journal.too_old().then(|| too_old.to_owned());
        let at = |seconds| OffsetDateTime::from_unix_timestamp(seconds).ok();
        Ok(SyncFacts {
            position,
            waiting: count(outbox.waiting.saturating_add(outbox.sent)),
            refused: count(outbox.refused),
            conflicts: count(items.conflicts),
            inbox: count(items.open),
            hub: membership.as_ref().map(|joined| joined.name.clone()),
            address: membership.map(|joined| joined.address),
            role: account.as_ref().map(|account| account.role.into()),
            account: account.map(|account| account.name),
            last_in_step: journal.in_step_at.and_then(at).map(moment::kept),
            reading_only: journal.denied.as_deref().map(capital).or(too_old),
            problem: journal
                .problem
                .map(|problem| problem.said)
                .or(journal.denied)
                .map(|said| capital(&said)),
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
