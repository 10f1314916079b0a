//! Joining a hub, leaving it, and syncing because somebody asked.

use std::path::PathBuf;

use store::Membership;
use sync::{Address, Joining, Outcome, SyncError, Why, sync_once};

use super::{Clock, Manner, SyncView, watching};
use crate::error::Error;
use crate::jobs::Running;
use crate::open::Directory;

const REACHING: &str = "Reaching the hub";

impl Directory {
    /// Syncs now.
    ///
    /// # Errors
    /// [`Error::Sync`]: nothing is lost then, and what waits goes on waiting.
    pub fn sync_now(&self, job: &str, clock: &Clock<'_>) -> Result<SyncView, Error> {
        let job = self.jobs.begin(job, REACHING);
        let membership = self.membership()?;
        self.sync_from(&address(&membership.address)?, &job, clock)?;
        self.sync_view(clock())
    }

    /// Joins the hub at an address, with a pairing code where somebody wants to write, and fetches
    /// its directory.
    ///
    /// # Errors
    /// [`Error::Sync`]. Where the hub was joined and only the first sync failed, that is no error but
    /// stands in the answer.
    pub fn join(
        &self,
        job: &str,
        (typed, code): (&str, Option<&str>),
        device_name: &str,
        clock: &Clock<'_>,
    ) -> Result<SyncView, Error> {
        let job = self.jobs.begin(job, REACHING);
        let address = address(typed)?;
        let code = code.map(str::trim).filter(|code| !code.is_empty());
        self.join_at(&address, (code, device_name), &job, clock)?;
        self.meeting.ring(Why::Asked);
        self.sync_view(clock())
    }

    /// Leaves the hub: the directory stays as it is seen, and what waits stays waiting.
    ///
    /// # Errors
    /// [`Error::Sync`].
    pub fn leave(&self, clock: &Clock<'_>) -> Result<SyncView, Error> {
        let manner = Manner {
            clock,
            stop: &sync::Stop::default(),
            asked: true,
        };
        self.meet(&manner, sync::leave)?;
        self.meeting.ring(Why::Asked);
        self.sync_view(clock())
    }

    /// Takes over the directory that lies in a file or folder, as a hub writes it for who has no
    /// network. A desk that has joined no hub joins that one, for reading.
    ///
    /// # Errors
    /// [`Error::BadBundle`], [`Error::Sync`].
    pub fn load_bundle(
        &self,
        job: &str,
        path: PathBuf,
        clock: &Clock<'_>,
    ) -> Result<SyncView, Error> {
        let job = self.jobs.begin(job, "Reading the file");
        let address = Address::Files(path);
        let loaded = if self.store().membership()?.is_some() {
            self.sync_from(&address, &job, clock).map(drop)
        } else {
            self.join_at(&address, (None, ""), &job, clock)
        };
        match loaded {
            Ok(()) => self.sync_view(clock()),
            // What stands for "no network" where a hub is asked is a wrong file here.
            Err(Error::Sync(error)) if error.is_no_network() => Err(Error::BadBundle(error)),
            Err(error) => Err(error),
        }
    }

    fn sync_from(
        &self,
        address: &Address,
        job: &Running<'_>,
        clock: &Clock<'_>,
    ) -> Result<Outcome, Error> {
        let stop = job.stop();
        let hub = self.reach(address, &stop)?;
        let manner = Manner {
            clock,
            stop: &stop,
            asked: true,
        };
        let mut watch = watching(job);
        let synced = self.meet(&manner, |copy, how| {
            sync_once(copy, hub.as_ref(), how, &mut watch)
        });
        Ok(synced?)
    }

    fn join_at(
        &self,
        address: &Address,
        (code, device_name): (Option<&str>, &str),
        job: &Running<'_>,
        clock: &Clock<'_>,
    ) -> Result<(), Error> {
        let stop = job.stop();
        let hub = self.reach(address, &stop)?;
        let joining = Joining {
            address,
            code,
            device_name,
        };
        let manner = Manner {
            clock,
            stop: &stop,
            asked: true,
        };
        let mut watch = watching(job);
        let joined = self.meet(&manner, |copy, how| {
            sync::join(copy, hub.as_ref(), &joining, how, &mut watch)
        })?;
        // Joining from a file is the taking over itself.
        match (joined.first, address) {
            (Err(error), Address::Files(_)) => Err(error.into()),
            (Ok(_) | Err(_), _) => Ok(()),
        }
    }

    pub(super) fn membership(&self) -> Result<Membership, Error> {
        let membership = self.store().membership()?;
        Ok(membership.ok_or(SyncError::NotJoined)?)
    }
}

pub(super) fn address(typed: &str) -> Result<Address, Error> {
    Ok(Address::read(typed).map_err(SyncError::from)?)
}
