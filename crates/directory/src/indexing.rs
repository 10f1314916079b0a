//! Keeps the index in step with the local copy, in the background where it takes time.

mod progress;

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use domain::Areas;
use search::{
    Answer, Builder, Document, Engine, IndexError, OpenIndex, Query, Sites, Turn, discard,
};
use store::{Card, Done, Op, Store};

use crate::error::Error;
use crate::postcodes::PackFile;
use progress::Progress;
pub(crate) use progress::Standing;

/// Services read from the local copy at a time.
const PAGE: usize = 1_000;
/// Pages read while another is being written.
const READ_AHEAD: usize = 2;
/// While there is no index, this many services are searched from memory as they are read.
const SHOWN_MEANWHILE: usize = 20_000;
/// With more changed services than this beside the index, a new one is built.
const MOST_FRESH: usize = 2_000;

/// The engine with all it needs to stay in step.
pub(crate) struct Indexer {
    shared: Arc<Shared>,
    worker: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    store: Arc<Store>,
    engine: Arc<Engine>,
    areas: Areas,
    pack: Arc<PackFile>,
    folder: PathBuf,
    /// Held while the store and the engine change together; searches don't take it.
    step: Mutex<()>,
    progress: Progress,
    stop: AtomicBool,
}

impl Indexer {
    /// Opens the index or begins a new one.
    pub(crate) fn start(
        store: Arc<Store>,
        engine: Engine,
        (areas, pack): (Areas, Arc<PackFile>),
        folder: PathBuf,
    ) -> Result<Self, Error> {
        let shared = Shared {
            store,
            engine: Arc::new(engine),
            areas,
            pack,
            folder,
            step: Mutex::default(),
            progress: Progress::default(),
            stop: AtomicBool::new(false),
        };
        let indexer = Self {
            shared: Arc::new(shared),
            worker: Mutex::default(),
        };
        match indexer.shared.open() {
            Ok(()) => indexer.check(),
            Err(Error::Index(_)) => {
                // The first page is there before the window is, so that no search finds nothing.
                let first = indexer.shared.store.page(i64::MIN, PAGE)?;
                indexer.shared.put(&first);
                indexer.rebuild();
            }
            Err(other) => return Err(other),
        }
        Ok(indexer)
    }

    pub(crate) fn store(&self) -> &Store {
        &self.shared.store
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.shared.engine
    }

    pub(crate) fn standing(&self) -> Standing {
        self.shared.progress.standing()
    }

    /// Changes the local copy and makes the change searchable before it returns.
    pub(crate) fn transact(&self, op: Op) -> Result<Done, Error> {
        self.transact_watched(op, &mut |_, _| ControlFlow::Continue(()))
    }

    /// The same for a change that takes a while. Of one that touches very many services, the first
    /// are searchable when it returns, the others as the new index is being built.
    pub(crate) fn transact_watched(
        &self,
        op: Op,
        watch: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Done, Error> {
        let shared = &self.shared;
        let _in_step = shared.step.lock().unwrap_or_else(PoisonError::into_inner);
        let done = shared.store.transact_watched(op, watch)?;
        let at_once = done.rows.len().min(SHOWN_MEANWHILE);
        shared.refresh(done.rows.get(..at_once).unwrap_or_default())?;
        if shared.engine.fresh() > MOST_FRESH || at_once < done.rows.len() {
            self.rebuild();
        }
        Ok(done)
    }

    /// Searches; an index that turns out to be damaged is put aside and built again.
    pub(crate) fn search(&self, query: &Query) -> Result<Answer, Error> {
        // A damaged posting list may trip tantivy's own assertions.
        let searched = catch_unwind(AssertUnwindSafe(|| self.shared.engine.search(query)));
        let error = match searched {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => error,
            Err(_) => IndexError::Damaged("a list of matches".to_owned()),
        };
        self.shared.forget();
        self.rebuild();
        Err(error.into())
    }

    /// Builds the index anew, unless that is under way.
    pub(crate) fn rebuild(&self) {
        if !self.shared.progress.building.swap(true, Ordering::AcqRel) {
            self.background(Shared::build);
        }
    }

    /// After a start with an index: warms it, then makes sure that it is what was written. The local
    /// copy can be closed meanwhile.
    fn check(&self) {
        let engine = Arc::clone(&self.shared.engine);
        let shared = Arc::downgrade(&self.shared);
        let check = move || {
            let look = || engine.warm().and_then(|()| engine.verify());
            let sound = matches!(catch_unwind(AssertUnwindSafe(look)), Ok(Ok(())));
            let Some(shared) = shared.upgrade().filter(|_| !sound) else {
                return;
            };
            if !shared.progress.building.swap(true, Ordering::AcqRel) {
                shared.forget();
                shared.build();
            }
        };
        self.spawn(check);
    }

    fn background(&self, work: fn(&Shared)) {
        let shared = Arc::clone(&self.shared);
        self.spawn(move || work(&shared));
    }

    fn spawn(&self, work: impl FnOnce() + Send + 'static) {
        let handle = std::thread::Builder::new()
            .name("index".to_owned())
            .spawn(work);
        // A worker that is still at its end is let go; it touches nothing that this one needs.
        *self.worker.lock().unwrap_or_else(PoisonError::into_inner) = handle.ok();
    }
}

impl Indexer {
    /// Waits until the index is whole. A check of one that is whole is not waited for.
    pub(crate) fn settle(&self) {
        if !self.shared.progress.building.load(Ordering::Acquire) {
            return;
        }
        let worker = self
            .worker
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let _ended = worker.map(JoinHandle::join);
    }
}

impl Drop for Indexer {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Release);
        self.settle();
    }
}

impl Shared {
    /// What an index is made of beside the services' own records: which store, and which list of
    /// postcodes, as that says where places are.
    fn name(&self) -> Result<String, Error> {
        let lineage = self.store.lineage()?;
        Ok(match self.pack.mark() {
            Some(mark) => format!("{lineage} {mark}"),
            None => lineage.to_string(),
        })
    }

    fn open(&self) -> Result<(), Error> {
        let index = OpenIndex::open(&self.folder, &self.name()?, self.engine.vocabulary())?;
        self.replace(index)
    }

    /// Takes an index into use together with what changed since it was built.
    fn replace(&self, index: OpenIndex) -> Result<(), Error> {
        let changes = self.store.changed_since(index.revision())?;
        let mut next = self.engine.succeed(index);
        next.remove(&changes.gone);
        for part in changes.rows.chunks(PAGE) {
            next.remove(part);
            next.put(&self.documents(&self.store.cards(part)?));
        }
        next.take_over();
        Ok(())
    }

    /// Gives up a damaged index.
    fn forget(&self) {
        discard(&self.folder);
        self.engine.replace(OpenIndex::empty());
    }

    /// Makes these rows searchable as they are now.
    fn refresh(&self, rows: &[i64]) -> Result<(), Error> {
        for part in rows.chunks(PAGE) {
            let cards = self.store.cards(part)?;
            self.engine.remove(part);
            self.put(&cards);
        }
        Ok(())
    }

    fn put(&self, cards: &[Card]) {
        self.engine.put(&self.documents(cards));
    }

    fn documents(&self, cards: &[Card]) -> Vec<Document> {
        cards.iter().map(|card| self.document(card)).collect()
    }

    fn document(&self, card: &Card) -> Document {
        let sites = Sites {
            names: card
                .places
                .iter()
                .filter_map(|place| place.name.as_deref())
                .collect(),
            points: card
                .places
                .iter()
                .filter_map(|place| self.pack.point(place.point, place.postcode.as_deref()))
                .collect(),
            areas: &self.areas,
        };
        Document::of(
            card.row,
            &card.service,
            card.organisation.as_deref(),
            &sites,
        )
    }

    /// Where no index can be written, all is searched from memory: slower to start, but whole.
    fn without_index(&self, error: &Error) -> String {
        let mut last = i64::MIN;
        while let Ok(cards) = self.store.page(last, PAGE) {
            let Some(end) = cards.last().map(|card| card.row) else {
                break;
            };
            last = end;
            self.put(&cards);
        }
        error.to_string()
    }

    fn build(&self) {
        let built = catch_unwind(AssertUnwindSafe(|| self.write_index(&self.folder)));
        let failure = match built {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(self.without_index(&error)),
            Err(_) => Some("The index could not be built. Start Signpost again.".to_owned()),
        };
        *self
            .progress
            .failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = failure;
        self.progress.building.store(false, Ordering::Release);
    }

    fn write_index(&self, folder: &Path) -> Result<(), Error> {
        // What changes from here on is put in beside the new index.
        let revision = self.store.revision()?;
        self.progress.done.store(0, Ordering::Relaxed);
        self.progress
            .total
            .store(self.store.counts()?.services, Ordering::Relaxed);
        let turn = Turn::take(folder)?;
        if self.take_over(folder)? {
            return Ok(());
        }
        let mut builder = Builder::new(folder, &self.name()?, self.engine.vocabulary(), turn)?;
        let shown = usize::try_from(self.engine.services()).unwrap_or(usize::MAX);
        // One thread reads ahead while this one writes: on two cores that is nearly twice as fast.
        let (ahead, pages) = sync_channel(READ_AHEAD);
        let whole = std::thread::scope(|scope| {
            let reader = scope.spawn(move || self.read_all(&ahead));
            let written = self.write_pages(&mut builder, &pages, shown);
            // A reader that waits to hand over its page is let go.
            drop(pages);
            let read = reader.join().unwrap_or(Ok(()));
            written.and_then(|whole| read.map(|()| whole))
        })?;
        if !whole {
            return Ok(());
        }
        builder.finish(revision)?;
        let index = OpenIndex::open(folder, &self.name()?, self.engine.vocabulary())?;
        self.put_to_use(index)
    }

    /// Uses an index that another process has built in the meantime, if there is one.
    fn take_over(&self, folder: &Path) -> Result<bool, Error> {
        match OpenIndex::open(folder, &self.name()?, self.engine.vocabulary()) {
            Ok(index)
                if self
                    .engine
                    .revision()
                    .is_none_or(|own| index.revision() > own) =>
            {
                self.put_to_use(index).map(|()| true)
            }
            Ok(_) | Err(_) => Ok(false),
        }
    }

    fn put_to_use(&self, index: OpenIndex) -> Result<(), Error> {
        {
            let _in_step = self.step.lock().unwrap_or_else(PoisonError::into_inner);
            self.replace(index)?;
        }
        Ok(self.engine.warm()?)
    }

    /// Hands over all services, page by page, until nobody takes them.
    fn read_all(&self, ahead: &SyncSender<Vec<Document>>) -> Result<(), Error> {
        let mut last = i64::MIN;
        loop {
            let cards = self.store.page(last, PAGE)?;
            let Some(end) = cards.last().map(|card| card.row) else {
                return Ok(());
            };
            last = end;
            let page = cards.iter().map(|card| self.document(card)).collect();
            if ahead.send(page).is_err() {
                return Ok(());
            }
        }
    }

    /// Writes all pages; false when it was told to stop before the last. While there is no other
    /// index, what was read can be searched already.
    fn write_pages(
        &self,
        builder: &mut Builder,
        pages: &Receiver<Vec<Document>>,
        shown: usize,
    ) -> Result<bool, Error> {
        let mut done = 0;
        for page in pages {
            if self.stop.load(Ordering::Acquire) {
                return Ok(false);
            }
            for document in &page {
                builder.add(document)?;
            }
            done += page.len();
            self.progress.done.store(done, Ordering::Relaxed);
            if done > shown && done <= SHOWN_MEANWHILE {
                self.engine.put(&page);
            }
        }
        Ok(true)
    }
}
