//! A hub with a small directory and an administrator's desk: what single stories begin with.

use domain::{Account, Kind, Role};
use sync::{Address, Hub, Network, Outcome, Stop, SyncError};
use time::format_description::well_known::Rfc3339;

use super::desk::Desk;
use super::history::memory_folder;
use super::hub::TestHub;
use super::log::{Database, Log};
use super::plan::{Doing, Post};
use super::world;

/// A hub with records, and the desk at which they were made.
pub(crate) struct Stand {
    folder: tempfile::TempDir,
    pub(crate) hub: TestHub,
    pub(crate) admin: Desk,
    /// Goes after the hub.
    _database: Option<Database>,
}

impl Stand {
    /// With so many services.
    pub(crate) fn with(services: usize) -> Self {
        Self::within(services, None)
    }

    /// With so many services, and a hub on this store.
    pub(crate) fn on(log: Log, services: usize) -> Self {
        let database = log.database();
        let address = database.as_ref().map(Database::address);
        Self {
            _database: database,
            ..Self::within(services, address)
        }
    }

    /// With so many services, and a hub in this database if there is one.
    pub(crate) fn within(services: usize, database: Option<String>) -> Self {
        let folder = memory_folder();
        let hub = TestHub::begin_in(folder.path().join("hub"), database);
        let mut admin = Desk::at(folder.path().join("admin"), Post::Administrator);
        let at = hub.now().format(&Rfc3339).expect("a time");
        for number in 0..services {
            let service = world::service(number, &format!("service {number}"));
            admin.create_this(Kind::Service, service, &at);
        }
        let mut stand = Self {
            folder,
            hub,
            admin,
            _database: None,
        };
        let code = stand.code(Role::Administrator, "Administrator");
        let line = stand.hub.connect();
        let (address, now) = (stand.hub.address(), stand.hub.now());
        stand
            .admin
            .join(&*line, &address, Some(&code), now)
            .expect("joined");
        stand
    }

    /// A code for an account.
    pub(crate) fn code(&self, role: Role, name: &str) -> String {
        let account = Account {
            name: name.to_owned(),
            role,
            boroughs: Vec::new(),
        };
        self.hub.code_for(&account)
    }

    /// A desk that has joined nothing yet.
    pub(crate) fn fresh(&self, name: &str) -> Desk {
        Desk::at(self.folder.path().join(name), Post::Curator)
    }

    /// A curator's desk that is in step.
    pub(crate) fn desk(&self, name: &str) -> Desk {
        let mut desk = self.fresh(name);
        let code = self.code(Role::Curator, name);
        let line = self.hub.connect();
        let joined = desk.join(&*line, &self.hub.address(), Some(&code), self.hub.now());
        joined.expect("joined");
        desk
    }

    /// A desk that reads, as it belongs to nobody whom the hub knows.
    pub(crate) fn reader(&self, name: &str) -> Desk {
        let mut desk = self.fresh(name);
        let line = self.hub.connect();
        // Without an account, which is no error of a reader.
        drop(desk.join(&*line, &self.hub.address(), None, self.hub.now()));
        desk
    }

    /// Another desk with the same disk.
    pub(crate) fn copy_of(&self, desk: &Desk, name: &str) -> Desk {
        desk.cloned_to(self.folder.path().join(name))
    }

    /// A desk of which nothing more is wanted.
    pub(crate) fn forget(&self, desk: Desk) {
        let folder = desk.folder.clone();
        drop(desk);
        std::fs::remove_dir_all(folder).expect("removed");
    }

    /// The administrator writes something into a service, and it is published.
    pub(crate) fn publish_a_change(&mut self, service: u8, value: u8) {
        let edit = Doing::Edit(service, vec![(1, 2), (9, value)]);
        self.admin.work(&edit, self.hub.now());
        let line = self.hub.connect();
        self.admin.sync(&*line, self.hub.now()).expect("in step");
    }

    /// A desk syncs by this address.
    pub(crate) fn sync_by(&self, desk: &mut Desk, address: &Address) -> Result<Outcome, SyncError> {
        let line = line_to(address);
        desk.sync(&*line, self.hub.now())
    }

    /// Two syncs of a desk by the true address, then one of the administrator's: they agree.
    pub(crate) fn agrees(&mut self, desk: &mut Desk) {
        let line = self.hub.connect();
        for _ in 0..2 {
            desk.sync(&*line, self.hub.now()).expect("in step");
        }
        self.admin.sync(&*line, self.hub.now()).expect("in step");
        let [one, other] = [&*desk, &self.admin].map(|desk| {
            let position = desk
                .store()
                .position()
                .expect("a position")
                .expect("it stands");
            let digests = desk.store().digests_of_bodies().expect("digests");
            assert_eq!(digests, desk.store().digests().expect("digests"));
            let counts = desk.store().outbox_counts().expect("counts");
            assert_eq!((counts.waiting, counts.sent), (0, 0));
            (position.sequence, position.root, digests)
        });
        assert_eq!(one, other, "they agree");
    }
}

/// The hub at an address.
pub(crate) fn line_to(address: &Address) -> Box<dyn Hub> {
    sync::connect(address, &Network::default(), &Stop::default()).expect("an address")
}
