//! Signpost itself: the whole way of a search through `Directory::search`, opening, memory, and a
//! change until it can be found.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use directory::{Directory, builtin};
use domain::{Catalogue, RecordId, Service};
use search::{Engine, OpenIndex, Query, Vocabulary};
use serde::{Deserialize, Serialize};
use store::{Op, Store};

use crate::generate::{self, Generator, TODAY};
use crate::keys::{self, Class, Key};
use crate::prepare::{INDEX, document};
use crate::samples::{Spread, Times, ms};
use crate::shuffle::shuffled;

/// How often a change is made.
const EDITS: usize = 50;

/// What was measured in one folder.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Measured {
    /// Milliseconds until a folder with a ready index is open.
    pub open_ms: f64,
    /// Milliseconds of the first search after that.
    pub first_ms: f64,
    /// Bytes of memory in use after opening and warming.
    pub resident: u64,
    /// For each class of keys.
    pub classes: Vec<ClassTimes>,
    /// The keys with the highest medians, milliseconds of the processor.
    pub slowest: Vec<(String, Class, f64)>,
    /// Milliseconds of one changed record: in the store, in the index.
    pub edit: (Spread, Spread),
}

/// The keys that are measured.
///
/// # Errors
/// When the built-in directory can't be read, which a test rules out.
pub fn keys() -> Result<Vec<Key>, Box<dyn Error>> {
    Ok(keys::all(&generate::vocabulary(&builtin::load()?)))
}

/// Measures a prepared folder: each key so many times, in shuffled order, after once unmeasured.
///
/// # Errors
/// What the directory said.
pub fn measure(folder: &Path, rounds: usize) -> Result<Measured, Box<dyn Error>> {
    let keys = keys()?;
    let before = Instant::now();
    let directory = Directory::open(folder)?;
    let open_ms = ms(before.elapsed());
    let before = Instant::now();
    if let Some(key) = keys.iter().find(|key| key.class == Class::Sentence) {
        directory.search(&key.request, TODAY)?;
    }
    let first_ms = ms(before.elapsed());
    until_quiet()?;
    let times = time_all(&keys, rounds, |key| {
        directory.search(&key.request, TODAY)?;
        Ok(())
    })?;
    let resident = resident()?;
    drop(directory);
    Ok(Measured {
        open_ms,
        first_ms,
        resident,
        classes: by_class(&keys, &times),
        slowest: slowest(&keys, &times),
        edit: edits(folder)?,
    })
}

/// How one class of keys did.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ClassTimes {
    /// The class.
    pub class: Class,
    /// Milliseconds that passed.
    pub wall: Spread,
    /// Milliseconds of the processor; no samples where it can't be told.
    pub cpu: Spread,
}

/// The times of each key.
///
/// # Errors
/// What `search` said.
pub fn time_all(
    keys: &[Key],
    rounds: usize,
    mut search: impl FnMut(&Key) -> Result<(), Box<dyn Error>>,
) -> Result<Vec<Times>, Box<dyn Error>> {
    for key in keys {
        search(key)?;
    }
    let mut times = vec![Times::default(); keys.len()];
    for round in 0..rounds {
        for at in shuffled(keys.len(), round) {
            if let (Some(key), Some(times)) = (keys.get(at), times.get_mut(at)) {
                times.take(|| search(key))?;
            }
        }
    }
    Ok(times)
}

/// Times of each class put together.
#[must_use]
pub fn by_class(keys: &[Key], times: &[Times]) -> Vec<ClassTimes> {
    let of = |class| {
        let mut all = Times::default();
        let own = keys.iter().zip(times).filter(|(key, _)| key.class == class);
        own.for_each(|(_, times)| all.extend(times));
        let (wall, cpu) = (Spread::of(all.wall), Spread::of(all.cpu));
        ClassTimes { class, wall, cpu }
    };
    Class::ALL
        .into_iter()
        .map(of)
        .filter(|told| told.wall.samples > 0)
        .collect()
}

fn slowest(keys: &[Key], times: &[Times]) -> Vec<(String, Class, f64)> {
    let mut medians: Vec<_> = keys
        .iter()
        .zip(times)
        .map(|(key, times)| {
            (
                key.request.text.clone(),
                key.class,
                Spread::of(times.cpu.clone()).p50,
            )
        })
        .collect();
    medians.sort_by(|a, b| b.2.total_cmp(&a.2));
    medians.truncate(12);
    medians
}

/// Waits until the index is warm and checked, which is done in the background after opening.
fn until_quiet() -> Result<(), Box<dyn Error>> {
    loop {
        let mut busy = false;
        for task in std::fs::read_dir("/proc/self/task")? {
            // A thread may end between being listed and being asked for its name.
            let name = std::fs::read_to_string(task?.path().join("comm")).unwrap_or_default();
            busy |= name.trim() == "index";
        }
        if !busy {
            return Ok(());
        }
        std::thread::park_timeout(Duration::from_millis(20));
    }
}

/// Bytes of memory that this process has in use.
fn resident() -> Result<u64, Box<dyn Error>> {
    let text = std::fs::read_to_string("/proc/self/statm")?;
    let pages: u64 = text
        .split(' ')
        .nth(1)
        .ok_or("no resident pages in statm")?
        .parse()?;
    Ok(pages * 4096)
}

/// Changes services of the folder and finds each again: the way of [`Directory`]'s own changes.
fn edits(folder: &Path) -> Result<(Spread, Spread), Box<dyn Error>> {
    let store = Store::open(folder)?.store;
    let (catalogue, areas) = (Catalogue::new(store.taxonomies()?), store.areas()?);
    let vocabulary = Vocabulary::new(&catalogue, &areas, &store.thesaurus()?);
    let index = OpenIndex::open(
        &folder.join(INDEX),
        &store.lineage()?.to_string(),
        &vocabulary,
    )?;
    let engine = Engine::new(vocabulary);
    engine.replace(index);
    let services = Generator::new(1, &builtin::load()?).batch(EDITS).services;
    let (mut stored, mut found) = (Vec::new(), Vec::new());
    for (number, service) in services.into_iter().enumerate() {
        let word = format!("changedservice{}", nth_letters(number));
        let id = RecordId::named(&format!("generated/edited/{number}"));
        let service = Service {
            id,
            name: word.clone(),
            ..service
        };
        let before = Instant::now();
        let done = store.transact(Op::PutService(Box::new(service)))?;
        stored.push(ms(before.elapsed()));
        let before = Instant::now();
        let cards = store.cards(&done.rows)?;
        engine.remove(&done.rows);
        engine.put(
            &cards
                .iter()
                .map(|card| document(card, &areas))
                .collect::<Vec<_>>(),
        );
        let answer = engine.search(&Query {
            text: word,
            limit: 10,
            ..Query::default()
        })?;
        found.push(ms(before.elapsed()));
        if !answer.hits.iter().any(|hit| done.rows.contains(&hit.row)) {
            return Err("a changed service was not found".into());
        }
        store.transact(Op::RemoveService(id))?;
    }
    Ok((Spread::of(stored), Spread::of(found)))
}

/// Two letters for each number below 676: a word of letters alone.
fn nth_letters(number: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap_or_default());
    [letter(number / 26), letter(number)].iter().collect()
}
