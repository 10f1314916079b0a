//! The folder as it may be found: shared, full, newer, unusable.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::samples::{directory, service, service_id};
use crate::{Op, Store, StoreError, Writer, migrations, open};

const SHORT: Duration = Duration::from_millis(60);

fn load(services: usize) -> Op {
    Op::Load(Box::new(directory(services)))
}

fn put(n: usize) -> Op {
    Op::PutService(Box::new(service(n)))
}

fn file(folder: &Path) -> std::path::PathBuf {
    folder.join("directory.sqlite3")
}

#[test]
fn an_empty_file_is_simply_new() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(file(folder.path()), b"").unwrap();
    let opened = Store::open(folder.path()).unwrap();
    assert!(opened.fresh && opened.incidents.is_empty());
}

#[test]
fn folders_are_made_and_left_tidy() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("a").join("b # 100% ?");
    let store = Store::open(&deep).unwrap().store;
    store.transact(load(3)).unwrap();
    drop(store);
    let left: Vec<_> = fs::read_dir(&deep)
        .unwrap()
        .map(|f| f.unwrap().file_name())
        .collect();
    assert!(
        !left
            .iter()
            .any(|name| name.to_string_lossy().contains("-wal")),
        "{left:?}"
    );
    assert!(
        !left.iter().any(|name| name == "directory.unclean"),
        "{left:?}"
    );
}

#[test]
fn two_at_once_see_each_others_changes() {
    let folder = tempfile::tempdir().unwrap();
    let first = Store::open(folder.path()).unwrap().store;
    let second = Store::open(folder.path()).unwrap();
    assert!(second.incidents.is_empty());
    let second = second.store;
    first.transact(load(3)).unwrap();
    assert_eq!(second.counts().unwrap().services, 3);
    assert_eq!(second.transact(put(7)).unwrap().revision, 2);
    assert_eq!(first.revision().unwrap(), 2);
    assert_eq!(first.changed_since(1).unwrap().rows.len(), 1);
    let write = |store: &Store, from: usize| {
        for n in from..from + 20 {
            store.transact(put(n)).unwrap();
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| write(&first, 100));
        scope.spawn(|| write(&second, 200));
    });
    assert_eq!(first.counts().unwrap().services, 44);
    assert_eq!(
        first.revision().unwrap(),
        42,
        "one for each change, whoever made it"
    );
    drop(first);
    assert_eq!(second.counts().unwrap().services, 44);
}

#[test]
fn a_lock_that_lasts_is_told_and_one_that_ends_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let store = open::open(folder.path(), SHORT).unwrap().store;
    store.transact(load(3)).unwrap();
    let other = Connection::open(file(folder.path())).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = store.transact(put(7)).unwrap_err();
    assert!(matches!(error, StoreError::Locked { .. }), "{error}");
    assert!(error.to_string().contains("in use by another program"));
    assert_eq!(store.counts().unwrap().services, 3, "reading goes on");
    other.execute_batch("COMMIT").unwrap();
    store.transact(put(7)).unwrap();
    drop(store);

    other
        .execute_batch("PRAGMA locking_mode = exclusive; BEGIN EXCLUSIVE")
        .unwrap();
    let error = open::open(folder.path(), SHORT).unwrap_err();
    assert!(matches!(error, StoreError::Locked { .. }), "{error}");
    drop(other);
    assert_eq!(
        Store::open(folder.path())
            .unwrap()
            .store
            .counts()
            .unwrap()
            .services,
        4
    );
}

#[test]
fn a_full_disk_half_writes_nothing_and_works_again_with_room() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap().store;
    store.transact(load(20)).unwrap();
    let room = |pages: i64| {
        let Writer::Open(writer) = &store.writer else {
            panic!("may write")
        };
        let set = writer.lock().unwrap();
        set.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
            .unwrap();
    };
    room(1);
    let error = store.transact(load(500)).unwrap_err();
    assert!(matches!(error, StoreError::DiskFull { .. }), "{error}");
    assert_eq!(
        (store.counts().unwrap().services, store.revision().unwrap()),
        (20, 1)
    );
    store.verify().unwrap();
    room(1_000_000);
    store.transact(load(500)).unwrap();
    assert_eq!(
        (store.counts().unwrap().services, store.revision().unwrap()),
        (500, 2)
    );
}

#[test]
fn a_newer_file_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path());
    drop(Store::open(folder.path()).unwrap());
    let raw = Connection::open(&path).unwrap();
    raw.pragma_update(None, "user_version", 99).unwrap();
    drop(raw);
    let before = fs::read(&path).unwrap();
    let error = Store::open(folder.path()).unwrap_err();
    assert!(
        matches!(
            error,
            StoreError::Newer {
                found: 99,
                known,
                ..
            } if known == migrations::known()
        ),
        "{error}"
    );
    assert!(error.to_string().contains("newest Signpost"));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_newer_version_that_is_only_in_the_log_is_seen_and_left_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path());
    drop(Store::open(folder.path()).unwrap());
    let raw = Connection::open(&path).unwrap();
    raw.pragma_update(None, "user_version", 99).unwrap();
    let crashed = tempfile::tempdir().unwrap();
    for name in ["directory.sqlite3", "directory.sqlite3-wal"] {
        fs::copy(folder.path().join(name), crashed.path().join(name)).unwrap();
    }
    let path = file(crashed.path());
    let before = fs::read(&path).unwrap();
    let error = Store::open(crashed.path()).unwrap_err();
    assert!(
        matches!(error, StoreError::Newer { found: 99, .. }),
        "{error}"
    );
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_file_in_place_of_the_folder_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("taken");
    fs::write(&path, b"a letter").unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Folder { .. }), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"a letter");
    fs::create_dir_all(folder.path().join("b/directory.sqlite3")).unwrap();
    let error = Store::open(&folder.path().join("b")).unwrap_err();
    assert!(matches!(error, StoreError::Folder { .. }), "{error}");
}

#[test]
fn what_another_one_put_aside_is_not_written_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap().store;
    store.transact(load(3)).unwrap();
    fs::rename(file(folder.path()), folder.path().join("aside")).unwrap();
    let error = store.transact(put(7)).unwrap_err();
    assert!(matches!(error, StoreError::Moved { .. }), "{error}");
    let error = store.row_of(service_id(1)).unwrap_err();
    assert!(matches!(error, StoreError::Moved { .. }), "{error}");
}
