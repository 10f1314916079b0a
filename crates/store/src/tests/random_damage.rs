//! Whatever happens to the bytes: no panic, and every record that SQLite itself can read is there.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use domain::{RecordId, Service};
use proptest::prelude::*;
use rusqlite::Connection;

use super::damage::made;
use crate::{Store, StoreError};

#[derive(Debug, Clone)]
enum Blow {
    Flip { at: usize, with: u8 },
    Zero { at: usize, length: usize },
    Noise { at: usize, length: usize, seed: u8 },
    Cut { at: usize },
    Swap { one: usize, other: usize },
}

fn blow() -> impl Strategy<Value = Blow> {
    let at = || any::<prop::sample::Index>().prop_map(|index| index.index(1 << 20));
    prop_oneof![
        4 => (at(), 1..=255_u8).prop_map(|(at, with)| Blow::Flip { at, with }),
        2 => (0..200_usize, 1..=255_u8).prop_map(|(at, with)| Blow::Flip { at, with }),
        2 => (at(), 1..9000_usize).prop_map(|(at, length)| Blow::Zero { at, length }),
        2 => (at(), 1..9000_usize, any::<u8>())
            .prop_map(|(at, length, seed)| Blow::Noise { at, length, seed }),
        1 => at().prop_map(|at| Blow::Cut { at }),
        1 => (at(), at()).prop_map(|(one, other)| Blow::Swap { one, other }),
    ]
}

/// The bytes of a sound directory.
fn sound() -> &'static [u8] {
    static SOUND: OnceLock<Vec<u8>> = OnceLock::new();
    SOUND.get_or_init(|| fs::read(made(300).1).unwrap())
}

fn strike(bytes: &mut Vec<u8>, blow: &Blow) {
    let length = bytes.len();
    if length == 0 {
        return;
    }
    match *blow {
        Blow::Flip { at, with } => bytes[at % length] ^= with,
        Blow::Zero { at, length: n } => bytes
            .iter_mut()
            .skip(at % length)
            .take(n)
            .for_each(|b| *b = 0),
        Blow::Noise {
            at,
            length: n,
            seed,
        } => {
            let mut noise = u32::from(seed) + 1;
            for byte in bytes.iter_mut().skip(at % length).take(n) {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *byte = noise.to_be_bytes()[0];
            }
        }
        Blow::Cut { at } => bytes.truncate(at % length),
        Blow::Swap { one, other } => {
            let pages = length / 4096;
            let (one, other) = (one % pages.max(1), other % pages.max(1));
            for byte in 0..4096.min(length) {
                bytes.swap(one * 4096 + byte, other * 4096 + byte);
            }
        }
    }
}

/// What plain SQLite reads of the services, row by row.
fn readable(path: &Path) -> Vec<RecordId> {
    let Ok(conn) = Connection::open(path) else {
        return Vec::new();
    };
    let one = |row: i64| -> rusqlite::Result<Option<RecordId>> {
        let mut select = conn.prepare_cached("SELECT body FROM service WHERE row = ?1")?;
        let body: String = select.query_row([row], |row| row.get(0))?;
        Ok(serde_json::from_str::<Service>(&body)
            .ok()
            .map(|service| service.id))
    };
    (0..400).filter_map(|row| one(row).ok().flatten()).collect()
}

fn everything_readable_survives(folder: &Path, wanted: &[RecordId]) -> Result<(), TestCaseError> {
    let opened = match Store::open(folder) {
        Err(StoreError::Newer { .. }) => return Ok(()),
        opened => opened.map_err(|error| TestCaseError::fail(error.to_string()))?,
    };
    let mut store = opened.store;
    let is_there = |store: &Store, id| matches!(store.entry(id), Ok(Some(_)));
    if !wanted.iter().all(|id| is_there(&store, *id)) || store.verify().is_err() {
        // Damage that is met later is told, and mended by opening again.
        prop_assert!(
            store.verify().is_err(),
            "a record is missing and nothing is wrong"
        );
        drop(store);
        store = Store::open(folder)
            .map_err(|error| TestCaseError::fail(error.to_string()))?
            .store;
    }
    for id in wanted {
        prop_assert!(is_there(&store, *id), "{id} could be read before");
    }
    prop_assert!(store.verify().is_ok());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn random_damage_loses_nothing_that_could_be_read(
        blows in prop::collection::vec(blow(), 1..5),
        closed in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("directory.sqlite3");
        let mut bytes = sound().to_vec();
        blows.iter().for_each(|blow| strike(&mut bytes, blow));
        let copy = folder.path().join("copy.sqlite3");
        fs::write(&copy, &bytes).unwrap();
        fs::write(&path, &bytes).unwrap();
        if !closed {
            fs::write(folder.path().join("directory.unclean"), "open").unwrap();
        }
        let wanted = readable(&copy);
        everything_readable_survives(folder.path(), &wanted)?;
    }
}
