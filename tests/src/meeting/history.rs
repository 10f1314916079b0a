//! A history with real parts: carried out step by step, the promises looked at after each, and
//! agreement at its end.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::{Account, Role};
use sync::{HubFault, SyncError};
use time::format_description::well_known::Rfc3339;

use super::desk::Desk;
use super::hold;
use super::hub::{Backup, TestHub};
use super::line::{Line, Traffic, deliver, held};
use super::log::{Database, Log};
use super::model::Model;
use super::plan::{Plan, Post, Step, Weather};
use super::world::{self, BOLTON, SALFORD};

/// What a history came to.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Figures {
    pub(crate) operations: u64,
    pub(crate) syncs: u64,
    pub(crate) changes: u64,
}

impl Figures {
    /// Adds these to sums of them.
    pub(crate) fn add_to(self, sums: &[AtomicU64; 3]) {
        let all = [self.operations, self.syncs, self.changes];
        for (sum, one) in sums.iter().zip(all) {
            sum.fetch_add(one, Ordering::Relaxed);
        }
    }
}

pub(crate) struct History {
    folder: tempfile::TempDir,
    pub(crate) hub: TestHub,
    pub(crate) desks: Vec<Desk>,
    pub(crate) traffic: Mutex<Traffic>,
    backup: Option<(Backup, Model)>,
    syncs: u64,
    /// Goes after the hub.
    _database: Option<Database>,
}

impl History {
    /// Carries a history out, with a hub on this store; panics where something that was promised does not hold.
    pub(crate) fn run(plan: &Plan, log: Log) -> Figures {
        let mut history = Self::begin(plan, log);
        for (at, step) in plan.steps.iter().enumerate() {
            history.step(step);
            history.holds(&format!("after step {at}, {step:?}"));
        }
        history.heal();
        history.holds("in the end");
        hold::agreement(&history);
        let traffic = held(&history.traffic);
        Figures {
            operations: traffic.pushed,
            syncs: history.syncs,
            changes: traffic.model.sequence,
        }
    }

    fn begin(plan: &Plan, log: Log) -> Self {
        let folder = memory_folder();
        let database = log.database();
        let address = database.as_ref().map(Database::address);
        let hub = TestHub::begin_in(folder.path().join("hub"), address);
        let mut history = Self {
            desks: Vec::new(),
            hub,
            traffic: Mutex::default(),
            backup: None,
            syncs: 0,
            folder,
            _database: database,
        };
        held(&history.traffic).model.epoch = 1;
        for post in &plan.desks {
            let folder = history.next_folder();
            history.desks.push(Desk::at(folder, *post));
        }
        let at = history.now();
        for number in 0..6 {
            history.desks[0].create(number, &at, &format!("service {number}"));
        }
        for number in 0..2 {
            let organisation = world::organisation(number, &format!("organisation {number}"));
            history.desks[0].create_this(domain::Kind::Organisation, organisation, &at);
        }
        for desk in 0..history.desks.len() {
            history.join(desk);
        }
        history
    }

    fn next_folder(&self) -> PathBuf {
        self.folder.path().join(format!("d{}", self.desks.len()))
    }

    fn now(&self) -> String {
        self.hub.now().format(&Rfc3339).expect("a time")
    }

    fn step(&mut self, step: &Step) {
        let now = self.hub.now();
        let count = self.desks.len();
        let of = |desk: u8| usize::from(desk) % count;
        match step {
            Step::Do(desk, doing) => self.desks[of(*desk)].work(doing, now),
            Step::Sync(desk, weather) => drop(self.sync(of(*desk), weather.clone())),
            Step::ReopenDesk(desk) => self.desks[of(*desk)].reopen(),
            Step::SetClock(desk, minutes) => {
                self.desks[of(*desk)].set_clock(time::Duration::minutes((*minutes).into()));
            }
            Step::Days(days) => self.hub.let_pass(time::Duration::days((*days).into())),
            Step::LateOnesArrive => self.late_ones_arrive(),
            Step::ReopenHub => self.hub.reopen(),
            Step::Backup => {
                let model = held(&self.traffic).model.clone();
                self.backup = Some((self.hub.backup(), model));
            }
            Step::Restore => self.restore(),
            Step::Clone(desk) if count < 20 => {
                let folder = self.next_folder();
                let clone = self.desks[of(*desk)].cloned_to(folder);
                self.desks[of(*desk)].copied = true;
                self.desks.push(clone);
            }
            Step::Clone(_) => {}
            Step::Rejoin(desk) => {
                let desk = of(*desk);
                if self.sync(desk, Vec::new()).unwrap_or_default() {
                    self.join(desk);
                }
            }
        }
    }

    /// Syncs; whether the desk has to ask for a code.
    fn sync(&mut self, desk: usize, weather: Weather) -> Result<bool, SyncError> {
        self.syncs += 1;
        let clear = weather.is_empty();
        let today = self.hub.now().date();
        held(&self.traffic).model.today = Some(today);
        let hub = self.hub.connect();
        let line = Line::new(&*hub, &self.traffic, weather);
        let now = self.hub.now();
        let done = self.desks[desk].sync(&line, now);
        match done {
            Ok(outcome) => Ok(self.desks[desk].needs_a_code(&outcome)),
            // Whatever got lost on the way is no more than that.
            Err(SyncError::Hub(HubFault::Unreachable(_) | HubFault::Broken(_))) if !clear => {
                Ok(false)
            }
            Err(error) => {
                let said = format!("desk {desk}: {error:?}");
                held(&self.traffic).trouble.push(said);
                Err(error)
            }
        }
    }

    /// Somebody gives the desk a code.
    pub(crate) fn join(&mut self, desk: usize) {
        let account = account(self.desks[desk].post, desk);
        let code = self.hub.code_for(&account);
        let hub = self.hub.connect();
        let line = Line::new(&*hub, &self.traffic, Vec::new());
        let (address, now) = (self.hub.address(), self.hub.now());
        let joined = self.desks[desk].join(&line, &address, Some(&code), now);
        match joined {
            Ok(said) => assert_eq!((said.role, said.boroughs), (account.role, account.boroughs)),
            Err(error) => held(&self.traffic)
                .trouble
                .push(format!("desk {desk} joins: {error}")),
        }
    }

    fn late_ones_arrive(&mut self) {
        let late = std::mem::take(&mut held(&self.traffic).late);
        let hub = self.hub.connect();
        for (token, push) in late.iter().rev() {
            drop(deliver(&*hub, &self.traffic, (token, push)));
        }
    }

    fn restore(&mut self) {
        if let Some((backup, model)) = &self.backup {
            let epoch = self.hub.restore(backup);
            held(&self.traffic).model.restore(model, epoch);
        }
    }

    fn holds(&mut self, when: &str) {
        let trouble = std::mem::take(&mut held(&self.traffic).trouble);
        assert!(trouble.is_empty(), "{when}: {trouble:#?}");
        let now = self.hub.now();
        for (number, desk) in self.desks.iter_mut().enumerate() {
            hold::desk(desk, now, &format!("desk {number} {when}"));
        }
    }

    /// The network is whole again; who was turned away gets a code; two syncs each.
    fn heal(&mut self) {
        self.late_ones_arrive();
        for desk in 0..self.desks.len() {
            if let Ok(true) = self.sync(desk, Vec::new()) {
                self.join(desk);
            }
        }
        for _ in 0..2 {
            for desk in 0..self.desks.len() {
                let needs_a_code = self.sync(desk, Vec::new());
                assert!(
                    !needs_a_code.unwrap_or(false),
                    "desk {desk} is turned away for no reason"
                );
            }
        }
    }
}

fn account(post: Post, desk: usize) -> Account {
    let (role, boroughs) = match post {
        Post::Administrator => (Role::Administrator, Vec::new()),
        Post::Curator => (Role::Curator, Vec::new()),
        Post::OfSalford => (Role::Curator, vec![SALFORD.to_owned()]),
        Post::OfBolton => (Role::Curator, vec![BOLTON.to_owned()]),
        Post::Contributor => (Role::Contributor, Vec::new()),
    };
    Account {
        name: format!("Desk {desk}"),
        role,
        boroughs,
    }
}

/// A folder in memory where there is such a thing: what is tested is not the disk.
pub(crate) fn memory_folder() -> tempfile::TempDir {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).expect("a folder")
    } else {
        tempfile::tempdir().expect("a folder")
    }
}
