//! Damaged files: put aside, never lost, what can be read rescued.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde_json::json;

use super::samples::{directory, service, service_id};
use crate::{Incident, Op, Opened, Salvaged, Store, StoreError, open};

/// A folder with a directory of this many services, a setting and a removed service.
pub(super) fn made(services: usize) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap().store;
    store
        .transact(Op::Load(Box::new(directory(services))))
        .unwrap();
    let (key, value) = ("theme".to_owned(), json!("dark"));
    store.transact(Op::SetSetting { key, value }).unwrap();
    store.transact(Op::RemoveService(service_id(0))).unwrap();
    drop(store);
    let path = folder.path().join("directory.sqlite3");
    (folder, path)
}

fn damaged(opened: &Opened) -> &Salvaged {
    match opened.incidents.as_slice() {
        [Incident::Damaged { moved_to, salvaged }] => {
            assert!(moved_to.exists(), "{moved_to:?}");
            salvaged
        }
        other => panic!("no damage told: {other:?}"),
    }
}

fn change(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

#[test]
fn what_is_no_directory_is_put_aside() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("directory.sqlite3"),
        "a shopping list\n".repeat(900),
    )
    .unwrap();
    let opened = Store::open(folder.path()).unwrap();
    assert_eq!(damaged(&opened).services, 0);
    assert!(opened.fresh);
    opened
        .store
        .transact(Op::Load(Box::new(directory(3))))
        .unwrap();
    drop(opened);
    let aside = folder.path().join("directory.damaged-1.sqlite3");
    assert!(
        fs::read_to_string(aside)
            .unwrap()
            .starts_with("a shopping list")
    );
    let again = Store::open(folder.path()).unwrap();
    assert!(again.incidents.is_empty() && !again.fresh);
    assert_eq!(again.store.counts().unwrap().services, 3);
}

#[test]
fn a_wiped_beginning_loses_no_record() {
    for wiped in [16, 100, 4096] {
        let (folder, path) = made(300);
        change(&path, |bytes| bytes[..wiped].fill(0));
        let opened = Store::open(folder.path()).unwrap();
        let salvaged = damaged(&opened);
        assert_eq!(
            (salvaged.services, salvaged.organisations, salvaged.places),
            (299, 100, 150)
        );
        assert!(!opened.fresh);
        let store = opened.store;
        assert_eq!(
            store.entry(service_id(0)).unwrap(),
            None,
            "what was removed stays removed"
        );
        let entry = store.entry(service_id(42)).unwrap().unwrap();
        assert_eq!((entry.service, entry.places.len()), (service(42), 1));
        assert_eq!(store.setting("theme").unwrap(), Some(json!("dark")));
        store.verify().unwrap();
    }
}

#[test]
fn a_file_cut_short_keeps_its_first_part() {
    let (folder, path) = made(300);
    change(&path, |bytes| bytes.truncate(bytes.len() * 12 / 20));
    let opened = Store::open(folder.path()).unwrap();
    let salvaged = damaged(&opened);
    assert!((60..299).contains(&salvaged.services), "{salvaged:?}");
    assert!(!salvaged.lost_tables.is_empty());
    opened
        .store
        .transact(Op::Fill(Box::new(directory(300))))
        .unwrap();
    assert!(opened.store.counts().unwrap().services >= 299);
    opened.store.verify().unwrap();
}

#[test]
fn a_half_of_zeros_keeps_the_other_half() {
    let (folder, path) = made(300);
    change(&path, |bytes| {
        let half = bytes.len() * 12 / 20;
        bytes[half..].fill(0);
    });
    let opened = Store::open(folder.path()).unwrap();
    let salvaged = damaged(&opened);
    assert!((60..299).contains(&salvaged.services), "{salvaged:?}");
    opened.store.verify().unwrap();
}

#[test]
fn lineage_and_revision_tell_that_everything_is_to_be_indexed_again() {
    let (folder, path) = made(30);
    let store = Store::open(folder.path()).unwrap().store;
    let (lineage, revision) = (store.lineage().unwrap(), store.revision().unwrap());
    drop(store);
    assert_eq!(
        Store::open(folder.path()).unwrap().store.lineage().unwrap(),
        lineage
    );
    change(&path, |bytes| bytes[..100].fill(0xff));
    let store = Store::open(folder.path()).unwrap().store;
    assert_ne!(store.lineage().unwrap(), lineage);
    assert!(store.revision().unwrap() > revision);
}

/// The folder as it would be after a power cut: with the log, not written into the file.
fn crashed(services: usize) -> (tempfile::TempDir, PathBuf) {
    let (folder, path) = made(services);
    let store = Store::open(folder.path()).unwrap().store;
    for n in 0..10 {
        store
            .transact(Op::PutService(Box::new(service(1000 + n))))
            .unwrap();
    }
    let copy = tempfile::tempdir().unwrap();
    for name in [
        "directory.sqlite3",
        "directory.sqlite3-wal",
        "directory.unclean",
    ] {
        fs::copy(folder.path().join(name), copy.path().join(name)).unwrap();
    }
    drop((path, store));
    let path = copy.path().join("directory.sqlite3");
    (copy, path)
}

#[test]
fn a_power_cut_loses_nothing_that_was_accepted() {
    let (folder, _path) = crashed(30);
    let opened = Store::open(folder.path()).unwrap();
    assert_eq!(opened.incidents, []);
    assert_eq!(opened.store.counts().unwrap().services, 39);
}

#[test]
fn what_is_only_in_the_log_is_rescued_too() {
    let wipe: fn(&mut Vec<u8>) = |bytes| bytes[..100].fill(0);
    let empty: fn(&mut Vec<u8>) = Vec::clear;
    let noise: fn(&mut Vec<u8>) = |bytes| bytes.fill(0xa5);
    for (spoil, all) in [(wipe, 39), (empty, 10), (noise, 10)] {
        let (folder, path) = crashed(30);
        change(&path, spoil);
        let opened = Store::open(folder.path()).unwrap();
        assert!(damaged(&opened).services >= all, "{:?}", opened.incidents);
        assert_eq!(
            opened
                .store
                .entry(service_id(1009))
                .unwrap()
                .unwrap()
                .service,
            service(1009)
        );
    }
    let (folder, path) = crashed(30);
    fs::remove_file(path).unwrap();
    let opened = Store::open(folder.path()).unwrap();
    assert!(damaged(&opened).services >= 10);
}

#[test]
fn damage_in_the_log_hides_no_accepted_change() {
    for at in [0, 20, 32 + 24 + 4096 + 30] {
        let (folder, path) = crashed(30);
        change(&crate::header::beside(&path, "-wal"), |bytes| {
            bytes[at] ^= 0x55;
        });
        let opened = Store::open(folder.path()).unwrap();
        assert_eq!(damaged(&opened).services, 39, "byte {at}");
    }
}

#[test]
fn a_torn_end_of_the_log_is_no_damage() {
    let (folder, path) = crashed(30);
    change(&crate::header::beside(&path, "-wal"), |bytes| {
        bytes.truncate(bytes.len() - 100);
    });
    let opened = Store::open(folder.path()).unwrap();
    assert_eq!(opened.incidents, []);
    assert_eq!(opened.store.counts().unwrap().services, 38);
}

#[test]
fn damage_met_later_is_told_and_mended_by_opening_again() {
    let (folder, path) = made(300);
    let raw = Connection::open(&path).unwrap();
    // Right for SQLite, and still no service.
    let spoil = "UPDATE service SET body = '{\"name\":7}' WHERE row = 5";
    assert_eq!(raw.execute(spoil, []).unwrap(), 1);
    drop(raw);
    let opened = Store::open(folder.path()).unwrap();
    assert!(opened.incidents.is_empty());
    assert_eq!(opened.store.cards(&[6]).unwrap().len(), 1);
    let error = opened.store.cards(&[5]).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    assert!(matches!(
        opened.store.verify(),
        Err(StoreError::Damaged { .. })
    ));
    drop(opened);
    let opened = Store::open(folder.path()).unwrap();
    assert_eq!(damaged(&opened).services, 298);
    assert_eq!(damaged(&opened).lost_tables, ["service"]);
    opened.store.verify().unwrap();
    drop(opened);
    assert_eq!(Store::open(folder.path()).unwrap().incidents, []);
}

#[test]
fn a_body_that_cannot_be_read_comes_back_as_it_last_was() {
    let (folder, path) = made(30);
    let store = Store::open(folder.path()).unwrap().store;
    let mut renamed = service(5);
    renamed.name = "Renamed".to_owned();
    store.transact(Op::PutService(Box::new(renamed))).unwrap();
    let row = store.row_of(service_id(5)).unwrap().unwrap();
    drop(store);
    let raw = Connection::open(&path).unwrap();
    raw.execute("UPDATE service SET body = '[]' WHERE row = ?1", [row])
        .unwrap();
    drop(raw);
    let store = Store::open(folder.path()).unwrap().store;
    assert!(store.verify().is_err());
    drop(store);
    let store = Store::open(folder.path()).unwrap().store;
    assert_eq!(
        store.entry(service_id(5)).unwrap().unwrap().service,
        service(5)
    );
}

#[test]
fn a_rescue_that_was_interrupted_is_finished_or_begun_again() {
    let (folder, path) = made(30);
    let new = folder.path().join("directory.rescued.sqlite3");
    // Stopped before the last step: only the new file is there.
    fs::rename(&path, &new).unwrap();
    let opened = Store::open(folder.path()).unwrap();
    assert!(
        matches!(opened.incidents.as_slice(), [Incident::Damaged { salvaged, .. }] if salvaged.services == 29)
    );
    drop(opened);
    // Stopped earlier: half a new file lies beside the damaged one.
    fs::write(&new, b"half").unwrap();
    change(&path, |bytes| bytes[..100].fill(0));
    let opened = Store::open(folder.path()).unwrap();
    assert_eq!(damaged(&opened).services, 29);
    assert!(!new.exists());
}

#[test]
fn a_second_window_does_not_write_into_what_was_put_aside() {
    let (folder, path) = made(30);
    let first = Store::open(folder.path()).unwrap().store;
    change(&path, |bytes| bytes[..100].fill(0));
    let opened = open::open(folder.path(), open::WAIT).unwrap();
    assert_eq!(damaged(&opened).services, 29);
    let error = first
        .transact(Op::RemoveService(service_id(3)))
        .unwrap_err();
    assert!(matches!(error, StoreError::Moved { .. }), "{error}");
}
