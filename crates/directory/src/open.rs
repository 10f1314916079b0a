//! Opening the directory: the local copy, what is built in, the index.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

use domain::{Areas, Catalogue};
use search::{Engine, Vocabulary};
use store::{Incident, Load, Op, Opened, Store};

use crate::acts::DoneHere;
use crate::builtin;
use crate::edit::Editing;
use crate::error::Error;
use crate::import::Kept;
use crate::indexing::Indexer;
use crate::jobs::Jobs;
use crate::meeting::Meeting;
use crate::postcodes::PackFile;

/// The setting that says which built-in directory was loaded last.
const LOADED: &str = "builtin";
/// The folder of the index beside the local copy.
const INDEX: &str = "index";

/// Through which computer the web is reached, as the surroundings say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxy {
    /// `http://name:8080`; none: directly.
    pub address: Option<String>,
    /// Hosts that are reached without it, with commas between them.
    pub except: String,
}

impl Proxy {
    /// As the usual variables of the environment say, which only a program's start may read.
    #[must_use]
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let first = |names: &[&str]| {
            let mut said = names.iter().filter_map(|name| variable(name));
            said.find(|said| !said.is_empty())
        };
        Self {
            address: first(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]),
            except: first(&["no_proxy", "NO_PROXY"]).unwrap_or_default(),
        }
    }
}

/// The directory on this device: everything a person can do with it.
pub struct Directory {
    pub(crate) folder: PathBuf,
    pub(crate) catalogue: Catalogue,
    pub(crate) areas: Areas,
    pub(crate) incidents: Vec<Incident>,
    pub(crate) indexer: Indexer,
    pub(crate) jobs: Jobs,
    pub(crate) pack: Arc<PackFile>,
    pub(crate) proxy: Proxy,
    pub(crate) dry_run: Mutex<Option<Kept>>,
    /// How many dry runs were made since it was opened.
    pub(crate) dry_runs: AtomicU64,
    pub(crate) editing: Editing,
    pub(crate) done_here: DoneHere,
    /// Whether the key to the hub may be kept in the system's keychain.
    pub(crate) keychain: bool,
    pub(crate) meeting: Meeting,
}

impl Directory {
    /// Opens the directory in a folder, making it from the built-in one at the first start. An
    /// index that is missing, old or damaged is built in the background; searching works at once.
    ///
    /// # Errors
    /// [`Error::Store`] when the local copy can't be used.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let Opened {
            store,
            incidents,
            fresh,
        } = Store::open(folder)?;
        load_builtin(&store, fresh, &incidents)?;
        let catalogue = Catalogue::new(store.taxonomies()?);
        let areas = store.areas()?;
        let vocabulary = Vocabulary::new(&catalogue, &areas, &store.thesaurus()?);
        let engine = Engine::new(vocabulary);
        let pack = Arc::new(PackFile::of(folder));
        let ground = (areas.clone(), Arc::clone(&pack));
        let indexer = Indexer::start(Arc::new(store), engine, ground, folder.join(INDEX))?;
        Ok(Self {
            folder: folder.to_owned(),
            catalogue,
            areas,
            incidents,
            indexer,
            jobs: Jobs::default(),
            pack,
            proxy: Proxy::default(),
            dry_run: Mutex::default(),
            dry_runs: AtomicU64::new(0),
            editing: Editing::default(),
            done_here: DoneHere::default(),
            keychain: false,
            meeting: Meeting::default(),
        })
    }

    /// The same directory, which reaches the web through this proxy.
    #[must_use]
    pub fn through(self, proxy: Proxy) -> Self {
        Self { proxy, ..self }
    }

    /// The same directory, which keeps its key to the hub in the system's keychain where there is one,
    /// and not in a file beside it.
    #[must_use]
    pub fn with_keychain(self, keychain: bool) -> Self {
        Self { keychain, ..self }
    }

    /// Waits until the index is whole. The window searches meanwhile; a program that asks once and
    /// ends wants the whole answer.
    pub fn settle(&self) {
        self.indexer.settle();
    }

    pub(crate) fn store(&self) -> &Store {
        self.indexer.store()
    }

    pub(crate) fn engine(&self) -> &Engine {
        self.indexer.engine()
    }
}

/// Loads the built-in directory where it is missing, and its newer words after an update. Entries
/// that are here stay as they are.
fn load_builtin(store: &Store, fresh: bool, incidents: &[Incident]) -> Result<(), Error> {
    let writable = |incident: &Incident| matches!(incident, Incident::Damaged { .. });
    let read_only = !incidents.iter().all(writable);
    let edition = serde_json::Value::from(builtin::edition());
    let damaged = incidents
        .iter()
        .any(|incident| matches!(incident, Incident::Damaged { .. }));
    let loaded = store.setting(LOADED)?.as_ref() == Some(&edition);
    if read_only || loaded && !fresh && !damaged {
        return Ok(());
    }
    let Load {
        taxonomies,
        areas,
        outcodes,
        thesaurus,
        organisations,
        places,
        services,
    } = builtin::load()?;
    let words = Load {
        taxonomies,
        areas,
        outcodes,
        thesaurus,
        ..Load::default()
    };
    let entries = Load {
        organisations,
        places,
        services,
        ..Load::default()
    };
    store.transact(Op::Load(Box::new(words)))?;
    store.transact(Op::Fill(Box::new(entries)))?;
    store.transact(Op::SetSetting {
        key: LOADED.to_owned(),
        value: edition,
    })?;
    Ok(())
}
