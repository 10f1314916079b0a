//! Signpost's hub, the real program, and two desks: their local copies and the engine that keeps
//! them in step, without the search index, as others have none.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use directory::builtin;
use domain::{Act, FieldChange, FieldName, Kind, RecordId, ValueChange};
use serde_json::Value;
use store::{Deed, Op, Store};
use sync::{Address, How, Hub, Joining, Keys, LocalCopy, Network, Stop, connect, join, sync_once};
use tempfile::TempDir;
use time::OffsetDateTime;

use super::tap::Tap;
use super::{CHANGED, Measured, Step};
use crate::generate::Generator;
use crate::prepare::SEED;

/// Records read at once.
const PAGE: usize = 1_000;
/// Until a hub must have settled.
const LONGEST_START: Duration = Duration::from_secs(600);
/// Between two looks whether it has.
const LOOK: Duration = Duration::from_millis(20);

/// A local copy full of generated records: what hubs are seeded with.
#[derive(Debug)]
pub struct Seed {
    folder: TempDir,
    /// Records in it: services, organisations and places.
    pub records: usize,
    /// Those of them that are services.
    pub services: usize,
    changed: Vec<(Kind, String)>,
}

impl Seed {
    /// Generates as many records, or up to two more: services come with organisations and places.
    ///
    /// # Errors
    /// What the store said.
    pub fn generate(records: usize) -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let store = Store::open(folder.path())?.store;
        let mut generator = Generator::new(SEED, &builtin::load()?);
        let mut seed = Self {
            folder,
            records: 0,
            services: 0,
            changed: Vec::new(),
        };
        while seed.records < records {
            let batch = generator.batch(((records - seed.records) / 3).clamp(1, PAGE));
            seed.services += batch.services.len();
            seed.records += batch.services.len() + batch.organisations.len() + batch.places.len();
            store.transact(Op::Load(Box::new(batch)))?;
        }
        Ok(seed)
    }

    /// Makes a hub of these records in a folder.
    ///
    /// # Errors
    /// When the program can't be started or fails.
    pub fn init(&self, program: &Path, data: &Path) -> Result<(), Box<dyn Error>> {
        let mut init = Command::new(program);
        init.args(["init", "--data"]).arg(data);
        init.arg("--from")
            .arg(self.folder.path().join("directory.sqlite3"));
        match init.stdout(Stdio::null()).status()?.success() {
            true => Ok(()),
            false => Err("the hub could not be seeded".into()),
        }
    }

    /// Writes all records, a JSON object a line, as others take them; gives their bytes. The first
    /// ones are those that are changed: of all kinds as they come, or services only.
    ///
    /// # Errors
    /// Of the store or the disk.
    pub fn write(&mut self, to: &Path, services_first: bool) -> Result<u64, Box<dyn Error>> {
        let store = Store::open(self.folder.path())?.store;
        let mut records = Vec::new();
        for kind in Kind::ALL {
            records.extend(all(&store, kind)?.into_iter().map(|body| (kind, body)));
        }
        // Each begins with its identity, which is as good as chance.
        records.sort_by_cached_key(|(kind, body)| {
            let later = services_first && *kind != Kind::Service;
            (later, body.clone())
        });
        let mut out = BufWriter::new(File::create(to)?);
        for (_, body) in &records {
            writeln!(out, "{body}")?;
        }
        out.flush()?;
        records.truncate(CHANGED);
        self.changed = records;
        Ok(out.get_ref().metadata()?.len())
    }

    /// Measures a hub with these records and two desks.
    ///
    /// # Errors
    /// What hub or desks said.
    pub fn measure(&self, program: &Path) -> Result<Vec<Measured>, Box<dyn Error>> {
        let data = tempfile::tempdir()?;
        let mut steps = Steps::default();
        let begun = Instant::now();
        self.init(program, data.path())?;
        let hub = Serving::start(program, data.path())?;
        hub.settled()?;
        let tap = Tap::before(hub.address)?;
        steps.took(Step::Fill, begun, &tap);

        let first = Desk::empty(&tap)?;
        first.join(&hub.code("the first desk")?, &tap)?;
        let second = Desk::empty(&tap)?;
        let code = hub.code("the second desk")?;
        let _joining = tap.drain();
        let begun = Instant::now();
        second.join(&code, &tap)?;
        steps.took(Step::Bootstrap, begun, &tap);

        first.edit(&self.changed)?;
        let begun = Instant::now();
        first.sync()?;
        steps.took(Step::Push, begun, &tap);
        // What was sent is published a moment later: it is waited for, not counted.
        hub.published(&first)?;
        let _asking = tap.drain();
        let begun = Instant::now();
        second.sync()?;
        steps.took(Step::Pull, begun, &tap);
        let begun = Instant::now();
        second.sync()?;
        steps.took(Step::Idle, begun, &tap);
        if first.store.digests()? != second.store.digests()? {
            let at = [first.sequence()?, second.sequence()?];
            return Err(format!("the desks differ: they stand at {at:?}").into());
        }
        Ok(steps.0)
    }
}

fn all(store: &Store, kind: Kind) -> Result<Vec<String>, Box<dyn Error>> {
    let (mut bodies, mut after) = (Vec::new(), i64::MIN);
    loop {
        let page = store.bodies_after(kind, after, PAGE)?;
        let Some((last, _)) = page.last() else {
            return Ok(bodies);
        };
        after = *last;
        bodies.extend(page.into_iter().map(|(_, body)| body));
    }
}

#[derive(Default)]
struct Steps(Vec<Measured>);

impl Steps {
    fn took(&mut self, step: Step, since: Instant, tap: &Tap) {
        let took = since.elapsed();
        let bytes = tap.drain();
        self.0.push(Measured { step, took, bytes });
    }
}

/// A hub that serves until it is dropped.
pub(crate) struct Serving {
    child: Child,
    /// Where.
    pub(crate) address: SocketAddr,
    program: PathBuf,
    data: PathBuf,
}

impl Serving {
    pub(crate) fn start(program: &Path, data: &Path) -> Result<Self, Box<dyn Error>> {
        let mut child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let says = child.stdout.take().ok_or("no pipe")?;
        let mut line = String::new();
        BufReader::new(says).read_line(&mut line)?;
        let address = line
            .trim()
            .rsplit("http://")
            .next()
            .unwrap_or_default()
            .parse()?;
        Ok(Self {
            child,
            address,
            program: program.to_owned(),
            data: data.to_owned(),
        })
    }

    /// Waits until it has put everything on the shelf of its API, as it does after a start.
    pub(crate) fn settled(&self) -> Result<(), Box<dyn Error>> {
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        let agent = config.proxy(None).build().new_agent();
        let address = format!("http://{}/services?per_page=1", self.address);
        let late = Instant::now() + LONGEST_START;
        while agent.get(&address).call()?.status() != 200 {
            if Instant::now() > late {
                return Err("the hub's API answers nothing".into());
            }
            std::thread::park_timeout(LOOK);
        }
        Ok(())
    }

    /// The process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// A code for a desk that may edit everywhere.
    fn code(&self, name: &str) -> Result<String, Box<dyn Error>> {
        let said = Command::new(&self.program)
            .args(["pair", "--role", "curator", "--name", name, "--data"])
            .arg(&self.data)
            .output()?;
        Ok(String::from_utf8(said.stdout)?.trim().to_owned())
    }

    /// Waits until everything that a desk sent is published.
    fn published(&self, desk: &Desk) -> Result<(), Box<dyn Error>> {
        let last = desk
            .store
            .outbox(None, 1)?
            .first()
            .and_then(|row| row.settled_at);
        while desk.sequence()? < last.unwrap_or_default() {
            std::thread::yield_now();
            desk.sync()?;
        }
        Ok(())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

struct Desk {
    folder: TempDir,
    store: Store,
    hub: Box<dyn Hub>,
}

impl Desk {
    fn empty(tap: &Tap) -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let store = Store::open(folder.path())?.store;
        let hub = connect(&through(tap)?, &Network::default(), &Stop::default())?;
        Ok(Self { folder, store, hub })
    }

    fn join(&self, code: &str, tap: &Tap) -> Result<(), Box<dyn Error>> {
        let joining = Joining {
            address: &through(tap)?,
            code: Some(code),
            device_name: "a desk",
        };
        self.with(|copy, hub, how| {
            join(copy, hub, &joining, how, &mut |_| ())?.first?;
            Ok(())
        })
    }

    /// Where it stands in the published stream.
    fn sequence(&self) -> Result<u64, Box<dyn Error>> {
        let position = self.store.position()?;
        Ok(position.map_or(0, |position| position.sequence))
    }

    fn sync(&self) -> Result<(), Box<dyn Error>> {
        self.with(|copy, hub, how| {
            sync_once(copy, hub, how, &mut |_| ())?;
            Ok(())
        })
    }

    fn with(
        &self,
        work: impl FnOnce(&LocalCopy<'_>, &dyn Hub, &How<'_>) -> Result<(), Box<dyn Error>>,
    ) -> Result<(), Box<dyn Error>> {
        let keys = Keys::beside(self.folder.path(), false);
        let how = How {
            keys: &keys,
            now: &OffsetDateTime::now_utc,
            stop: &Stop::default(),
            asked: true,
            deep: false,
        };
        let copy = LocalCopy {
            store: &self.store,
            folder: self.folder.path(),
            transact: &|op, watch| Ok(self.store.transact_watched(op, watch)?),
        };
        work(&copy, &*self.hub, &how)
    }

    /// Adds words to the descriptions of these records.
    fn edit(&self, records: &[(Kind, String)]) -> Result<(), Box<dyn Error>> {
        let deeds = records.iter().map(|(kind, body)| deed(*kind, body));
        let deeds = deeds.collect::<Result<_, Box<dyn Error>>>()?;
        self.store.transact(Op::Do(deeds))?;
        Ok(())
    }
}

/// The hub's address, as desks see it.
fn through(tap: &Tap) -> Result<Address, Box<dyn Error>> {
    Ok(Address::read(&format!("http://{}", tap.address()))?)
}

fn deed(kind: Kind, body: &str) -> Result<Deed, Box<dyn Error>> {
    let record: Value = serde_json::from_str(body)?;
    let member = |name: &str| record.get(name).and_then(Value::as_str);
    let id: RecordId = member("id").ok_or("a record without id")?.parse()?;
    let old = member("description").unwrap_or_default();
    let new = format!("{old} Ring first.");
    let changes = vec![FieldChange {
        field: FieldName::new("description"),
        what: ValueChange::Value {
            old: record.get("description").cloned(),
            new: Some(Value::from(new)),
        },
    }];
    Ok(Deed {
        kind,
        record: id,
        act: Act::Edit { changes },
        at: "2026-01-01T09:00:00Z".to_owned(),
        by: None,
    })
}
