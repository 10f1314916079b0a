//! A folder with as many generated services as are wanted, loaded and indexed, and how long that took.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use directory::{Directory, IndexState, builtin};
use domain::Areas;
use search::{Document, Sites};
use serde::{Deserialize, Serialize};
use store::{Card, Op, Store};

use crate::generate::{Generator, TODAY};

/// Services loaded in one transaction, and read at once.
const PAGE: usize = 5_000;
/// The seed of all generated services.
pub const SEED: u64 = 2018;
/// The folder of the index beside the local copy.
pub const INDEX: &str = "index";

/// What it took.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Prepared {
    /// Services in the folder, with the built-in ones.
    pub services: usize,
    /// Seconds in transactions.
    pub load_s: f64,
    /// Seconds from opening without an index until the index is ready.
    pub build_s: f64,
    /// Bytes of the database.
    pub database: u64,
    /// Bytes of the services' records in it.
    pub records: u64,
    /// Bytes of the index.
    pub index: u64,
    /// Bytes of the texts that are indexed.
    pub text: u64,
}

/// Fills a folder.
///
/// # Errors
/// What the store or the directory said.
pub fn prepare(folder: &Path, services: usize) -> Result<Prepared, Box<dyn Error>> {
    let load_s = load(folder, services)?;
    let before = Instant::now();
    let directory = Directory::open(folder)?;
    loop {
        match directory.status(TODAY)?.index {
            IndexState::Ready => break,
            IndexState::Failed { message } => return Err(message.into()),
            IndexState::Building { .. } => std::thread::park_timeout(Duration::from_millis(20)),
        }
    }
    let build_s = before.elapsed().as_secs_f64();
    drop(directory);
    let mut prepared = Prepared {
        load_s,
        build_s,
        ..Prepared::default()
    };
    each_document(folder, |document, card| {
        prepared.services += 1;
        prepared.text += text_bytes(&document);
        prepared.records += serde_json::to_string(&card.service)?.len() as u64;
        Ok(())
    })?;
    prepared.index = bytes_in(&folder.join(INDEX))?;
    prepared.database = bytes_in(folder)? - prepared.index;
    Ok(prepared)
}

fn load(folder: &Path, services: usize) -> Result<f64, Box<dyn Error>> {
    let store = Store::open(folder)?.store;
    let mut generator = Generator::new(SEED, &builtin::load()?);
    let mut spent = Duration::ZERO;
    let mut left = services;
    while left > 0 {
        let batch = generator.batch(left.min(PAGE));
        left -= batch.services.len();
        let before = Instant::now();
        store.transact(Op::Load(Box::new(batch)))?;
        spent += before.elapsed();
    }
    Ok(spent.as_secs_f64())
}

/// Every service as it is indexed, in the order of rows.
///
/// # Errors
/// What the store said, or `found`.
pub fn each_document(
    folder: &Path,
    mut found: impl FnMut(Document, &Card) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let store = Store::open(folder)?.store;
    let areas = store.areas()?;
    let mut last = i64::MIN;
    loop {
        let cards = store.page(last, PAGE)?;
        let Some(end) = cards.last().map(|card| card.row) else {
            return Ok(());
        };
        last = end;
        for card in &cards {
            found(document(card, &areas), card)?;
        }
    }
}

/// A service as it is indexed.
#[must_use]
pub fn document(card: &Card, areas: &Areas) -> Document {
    let names = card
        .places
        .iter()
        .filter_map(|place| place.name.as_deref())
        .collect();
    let points = card.places.iter().filter_map(|place| place.point).collect();
    let sites = Sites {
        names,
        points,
        areas,
    };
    Document::of(
        card.row,
        &card.service,
        card.organisation.as_deref(),
        &sites,
    )
}

fn text_bytes(document: &Document) -> u64 {
    let Document {
        name,
        other_names,
        tags,
        text,
        ..
    } = document;
    let texts = other_names.iter().chain(tags).chain(text);
    (name.len() + texts.map(String::len).sum::<usize>()) as u64
}

/// Bytes of all files in a folder.
fn bytes_in(folder: &Path) -> std::io::Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        sum += if about.is_dir() {
            bytes_in(&entry.path())?
        } else {
            about.len()
        };
    }
    Ok(sum)
}
