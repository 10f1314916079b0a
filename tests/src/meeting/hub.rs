//! The hub under test: the real one, in this process, on a clock of its own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::Parser;
use domain::{Account, Role};
use hub::{Line, Running};
use sync::{Address, Hub, Network, Stop};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use super::log;

/// When every history begins.
pub(crate) const BEGINNING: &str = "2026-11-22T09:00:00Z";

/// A hub that serves.
pub(crate) struct TestHub {
    pub(crate) folder: PathBuf,
    /// The address of its database; none: everything is in its folder.
    database: Option<String>,
    /// Seconds since 1970.
    clock: Arc<AtomicU64>,
    running: Option<Running>,
    address: Option<SocketAddr>,
    images: u32,
}

/// A backup, as `signpost-hub backup` makes it; of a database, as PostgreSQL's own program does.
#[derive(Debug, Clone)]
pub(crate) struct Backup(PathBuf);

impl Backup {
    /// Its file.
    pub(crate) fn file(&self) -> &Path {
        &self.0
    }
}

/// A copy of its whole folder, and of its database if it has one.
#[derive(Debug, Clone)]
pub(crate) struct Image(PathBuf, Option<Backup>);

/// The moment at which every history begins.
pub(crate) fn beginning() -> OffsetDateTime {
    OffsetDateTime::parse(BEGINNING, &Rfc3339).expect("a time")
}

impl TestHub {
    /// A hub with nothing in it, in a database if there is one.
    pub(crate) fn begin_in(folder: PathBuf, database: Option<String>) -> Self {
        let mut hub = Self::unmade(folder, database);
        hub.must(&["init"]);
        hub.serve();
        hub
    }

    /// A hub that is not made yet.
    pub(crate) fn unmade(folder: PathBuf, database: Option<String>) -> Self {
        let seconds = u64::try_from(beginning().unix_timestamp()).expect("after 1970");
        Self {
            folder,
            database,
            clock: Arc::new(AtomicU64::new(seconds)),
            running: None,
            address: None,
            images: 0,
        }
    }

    /// The time by its clock.
    pub(crate) fn now(&self) -> OffsetDateTime {
        let seconds = i64::try_from(self.clock.load(Ordering::SeqCst)).expect("a time");
        OffsetDateTime::from_unix_timestamp(seconds).expect("a time")
    }

    /// Time passes.
    pub(crate) fn let_pass(&self, time: Duration) {
        let seconds = u64::try_from(time.whole_seconds()).expect("forwards");
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Where it listens.
    pub(crate) fn socket(&self) -> SocketAddr {
        self.address.expect("a hub that serves, or did")
    }

    /// Its address.
    pub(crate) fn address(&self) -> Address {
        Address::read(&format!("http://{}", self.socket())).expect("an address")
    }

    /// A line to it.
    pub(crate) fn connect(&self) -> Box<dyn Hub> {
        let (network, stop) = (Network::default(), Stop::default());
        sync::connect(&self.address(), &network, &stop).expect("an address")
    }

    /// A pairing code for an account.
    pub(crate) fn code_for(&self, account: &Account) -> String {
        let role = match account.role {
            Role::Contributor => "contributor",
            Role::Curator => "curator",
            Role::Administrator => "administrator",
        };
        let mut words = vec!["pair", "--name", &account.name, "--role", role];
        for borough in &account.boroughs {
            words.extend(["--borough", borough]);
        }
        self.must(&words).trim().to_owned()
    }

    /// It ends and begins again where it was.
    pub(crate) fn reopen(&mut self) {
        self.stop();
        self.serve();
    }

    /// It ends.
    pub(crate) fn stop(&mut self) {
        self.running = None;
    }

    /// A backup, made while it serves.
    pub(crate) fn backup(&mut self) -> Backup {
        let file = self.beside("backup");
        match &self.database {
            Some(database) => log::dump(database, &file),
            None => drop(self.must(&["backup", file.to_str().expect("a path")])),
        }
        Backup(file)
    }

    /// It is made again from a backup; the epoch that begins.
    pub(crate) fn restore(&mut self, backup: &Backup) -> u64 {
        self.running = None;
        // It takes its time.
        self.let_pass(Duration::SECOND);
        let said = match &self.database {
            Some(database) => {
                // As its guide says: the database is brought back, and desks are told.
                log::bring_back(database, &backup.0);
                self.must(&["restore"])
            }
            None => self.must(&["restore", backup.0.to_str().expect("a path")]),
        };
        self.serve();
        let (_, said) = said.split_once("in epoch ").expect("an epoch");
        let (epoch, _) = said.split_once('.').expect("a sentence");
        epoch.parse().expect("a number")
    }

    /// A copy of everything that it has.
    pub(crate) fn image(&mut self) -> Image {
        self.running = None;
        let to = self.beside("image");
        super::desk::copy_folder(&self.folder, &to);
        let database = self.database.is_some().then(|| self.backup());
        self.serve();
        Image(to, database)
    }

    /// Puts a copy in place of what it has, as nobody should.
    pub(crate) fn put_image(&mut self, image: &Image) {
        self.running = None;
        std::fs::remove_dir_all(&self.folder).expect("removed");
        super::desk::copy_folder(&image.0, &self.folder);
        if let (Some(database), Some(copy)) = (&self.database, &image.1) {
            log::bring_back(database, &copy.0);
        }
        self.serve();
    }

    fn beside(&mut self, what: &str) -> PathBuf {
        self.images += 1;
        self.folder
            .with_file_name(format!("{what} {}", self.images))
    }

    /// It begins to serve, where it did before.
    pub(crate) fn serve(&mut self) {
        let line = line(&self.words(&self.serving()));
        let running = Running::begin(line, self.clock()).expect("a hub that serves");
        self.address = Some(running.address());
        self.running = Some(running);
    }

    /// What makes it serve.
    pub(crate) fn serving(&self) -> Vec<String> {
        let listen = self
            .address
            .map_or("127.0.0.1:0".to_owned(), |address| address.to_string());
        let words = ["serve", "--listen", &listen, "--publish-pause", "0"];
        let limits = [
            "--requests-a-second",
            "1000000",
            "--operations-an-hour",
            "1000000",
        ];
        let all = words.iter().chain(&limits);
        all.map(|&word| word.to_owned()).collect()
    }

    /// A line for its program: what to do, and where it is.
    pub(crate) fn words(&self, words: &[impl AsRef<str>]) -> Vec<String> {
        let folder = self.folder.to_str().expect("a path");
        let mut all = vec!["signpost-hub", "--data", folder, "--log", "off"];
        if let Some(database) = &self.database {
            all.extend(["--database", database]);
        }
        all.extend(words.iter().map(AsRef::as_ref));
        all.into_iter().map(str::to_owned).collect()
    }

    fn clock(&self) -> hub::Clock {
        let clock = Arc::clone(&self.clock);
        Arc::new(move || clock.load(Ordering::SeqCst))
    }

    /// Does what it is told, and says what it answered.
    pub(crate) fn must(&self, words: &[&str]) -> String {
        let did = self.tell(words);
        did.unwrap_or_else(|failure| panic!("signpost-hub {words:?}: {failure}"))
    }

    /// Does what it is told, if it can.
    pub(crate) fn tell(&self, words: &[&str]) -> Result<String, hub::Failure> {
        let (mut out, people) = (Vec::new(), &mut std::io::sink());
        hub::obey(line(&self.words(words)), self.clock(), &mut out, people)?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }
}

pub(crate) fn line(words: &[String]) -> Line {
    Line::try_parse_from(words).expect("a line")
}
