//! The light, and what stands behind it.

use std::sync::atomic::Ordering;

use domain::Role;
use store::Membership;
use sync::{Address, Counts, Journal, light};
use time::OffsetDateTime;

use super::keep::BACKGROUND;
use super::{LightState, RoleView, SyncLight, SyncView};
use crate::Now;
use crate::error::Error;
use crate::open::Directory;
use crate::outbox::{OutboxLine, OutboxState};
use crate::said::{capital, moment};

const NO_SECRET: &str = "This hub is reached without encryption, so others on the network can read \
                         along. Ask whoever runs it for an address that begins with https.";

/// Whom the hub does not know any more.
const NEW_CODE: &str = "Ask a curator for a new pairing code and join again. Nothing that you wrote \
                        is lost.";
/// Who reads only sends nothing.
const NO_CODE: &str = "What waits is sent once this computer has joined with a pairing code: ask a \
                       curator for one, and join again with it.";

impl Directory {
    /// How this computer stands to the hub, in a line.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn sync_light(&self, now: Now) -> Result<SyncLight, Error> {
        let membership = self.store().membership()?;
        let journal = Journal::read(self.store())?;
        let syncing = self.meeting.under_way.load(Ordering::Acquire);
        let counts = self.counts(membership.as_ref())?;
        let light = light(membership.is_some(), syncing, &journal, &counts, now);
        Ok(SyncLight {
            state: light.state.into(),
            said: light.said,
            waiting: small(light.waiting),
            conflicts: small(light.conflicts),
            inbox: small(light.inbox),
            progress: self.job_progress(BACKGROUND),
        })
    }

    fn counts(&self, membership: Option<&Membership>) -> Result<Counts, Error> {
        let outbox = self.store().outbox_counts()?;
        let items = self.store().item_counts()?;
        let account = membership.and_then(|membership| membership.account.as_ref());
        // What waits for a curator is no work of somebody else's.
        let settles = account.is_some_and(|account| account.role > Role::Contributor);
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        Ok(Counts {
            waiting: count(outbox.waiting + outbox.sent),
            conflicts: if settles { count(items.conflicts) } else { 0 },
            inbox: if settles { count(items.open) } else { 0 },
            refused: count(outbox.refused),
        })
    }

    /// How this computer stands to the hub, whole.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn sync_view(&self, now: Now) -> Result<SyncView, Error> {
        let light = self.sync_light(now)?;
        let journal = Journal::read(self.store())?;
        let position = self.store().position()?;
        let refused = self.outbox(now)?.lines.into_iter();
        let refused: Vec<OutboxLine> = refused
            .filter(|line| line.state == OutboxState::Refused)
            .collect();
        let problem = journal
            .problem
            .filter(|problem| problem.asked || !problem.no_network);
        let (said, what_to_do) = problem
            .map(|problem| (problem.said, problem.what_to_do))
            .unzip();
        let turned_away = journal.denied.is_some().then(|| NEW_CODE.to_owned());
        let mut view = SyncView {
            light,
            hub: None,
            address: None,
            account: None,
            role: None,
            boroughs: Vec::new(),
            device: None,
            sequence: position.as_ref().map(|position| small(position.sequence)),
            epoch: position.as_ref().map(|position| small(position.epoch)),
            last_in_step: journal.in_step_at.and_then(|at| last_in_step(at, now)),
            problem: said
                .or(journal.denied)
                .or(journal.stale)
                .map(|said| capital(&said)),
            what_to_do: what_to_do.flatten().or(turned_away),
            key_kept: None,
            refused,
        };
        if let Some(membership) = self.store().membership()? {
            self.add_membership(&mut view, membership)?;
        }
        Ok(view)
    }

    fn add_membership(&self, view: &mut SyncView, membership: Membership) -> Result<(), Error> {
        if let Some(device) = membership.device {
            let kept = self.keys().find(device)?;
            view.key_kept = kept.map(|(_, place)| place.said().to_owned());
        }
        if membership.account.is_none() && view.light.waiting > 0 {
            view.what_to_do.get_or_insert_with(|| NO_CODE.to_owned());
        }
        if let Some(account) = membership.account {
            let name = |code: &String| {
                let area = self.areas.get(code);
                area.map_or_else(|| code.clone(), |area| area.name.clone())
            };
            view.boroughs = account.boroughs.iter().map(name).collect();
            view.role = Some(account.role.into());
            view.account = Some(account.name);
        }
        if let Ok(Address::Web(web)) = Address::read(&membership.address)
            && web.open_to_others()
        {
            view.what_to_do.get_or_insert_with(|| NO_SECRET.to_owned());
        }
        view.hub = Some(membership.name);
        view.address = Some(membership.address);
        view.device = membership.device_name;
        Ok(())
    }
}

fn last_in_step(at: i64, now: Now) -> Option<String> {
    let then = OffsetDateTime::from_unix_timestamp(at).ok()?;
    Some(moment::said(&moment::kept(then), now))
}

fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl From<sync::LightState> for LightState {
    fn from(state: sync::LightState) -> Self {
        match state {
            sync::LightState::Alone => Self::Alone,
            sync::LightState::InStep => Self::InStep,
            sync::LightState::Syncing => Self::Syncing,
            sync::LightState::Waiting => Self::Waiting,
            sync::LightState::Offline => Self::Offline,
            sync::LightState::Attention => Self::Attention,
            sync::LightState::Stopped => Self::Stopped,
        }
    }
}

impl From<Role> for RoleView {
    fn from(role: Role) -> Self {
        match role {
            Role::Contributor => Self::Contributor,
            Role::Curator => Self::Curator,
            Role::Administrator => Self::Administrator,
        }
    }
}
