//! What takes another process: one that may not write, and one that is killed.
//!
//! The other process is this test binary again, running one of the ignored tests in the folder.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::damage::made;
use super::samples::{directory, service, service_id};
use crate::{Incident, Op, Store, StoreError};

/// Somebody without rights, where this runs as the superuser.
const NOBODY: u32 = 65534;

/// This binary, where anybody can start it, to run one ignored test in the folder.
fn child(folder: &Path, test: &str) -> (Command, tempfile::TempDir) {
    let place = tempfile::tempdir().unwrap();
    fs::set_permissions(place.path(), Permissions::from_mode(0o755)).unwrap();
    let binary = place.path().join("again");
    let this = std::env::current_exe().unwrap();
    fs::hard_link(&this, &binary)
        .or_else(|_| fs::copy(&this, &binary).map(drop))
        .unwrap();
    let mut command = Command::new(&binary);
    let name = format!("tests::other_processes::{test}");
    command
        .args(["--ignored", "--exact", &name])
        .current_dir(folder);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    (command, place)
}

fn run_without_rights(folder: &Path, test: &str) {
    let (mut command, _place) = child(folder, test);
    if is_superuser() {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

/// What the superuser makes belongs to user 0.
fn is_superuser() -> bool {
    use std::os::unix::fs::MetadataExt;
    tempfile::tempdir()
        .unwrap()
        .path()
        .metadata()
        .unwrap()
        .uid()
        == 0
}

fn forbid_writing(folder: &Path) {
    for file in fs::read_dir(folder).unwrap() {
        fs::set_permissions(file.unwrap().path(), Permissions::from_mode(0o444)).unwrap();
    }
    fs::set_permissions(folder, Permissions::from_mode(0o555)).unwrap();
}

fn allow_writing(folder: &Path) {
    fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn where_nothing_may_be_written_searching_goes_on() {
    let (folder, _path) = made(30);
    forbid_writing(folder.path());
    run_without_rights(folder.path(), "reads_where_it_may_not_write");
    allow_writing(folder.path());
}

#[test]
#[ignore = "run as another process by the test above"]
fn reads_where_it_may_not_write() {
    let opened = Store::open(Path::new(".")).unwrap();
    assert!(matches!(
        opened.incidents.as_slice(),
        [Incident::ReadOnly { .. }]
    ));
    assert!(!opened.fresh);
    assert_eq!(opened.store.counts().unwrap().services, 29);
    assert_eq!(
        opened.store.entry(service_id(7)).unwrap().unwrap().service,
        service(7)
    );
    let error = opened
        .store
        .transact(Op::RemoveService(service_id(7)))
        .unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
}

#[test]
fn a_log_beside_a_file_that_may_not_be_written_is_read_too() {
    let (folder, _path) = made(30);
    let store = Store::open(folder.path()).unwrap().store;
    store
        .transact(Op::PutService(Box::new(service(0))))
        .unwrap();
    let copy = tempfile::tempdir().unwrap();
    for name in ["directory.sqlite3", "directory.sqlite3-wal"] {
        fs::copy(folder.path().join(name), copy.path().join(name)).unwrap();
    }
    forbid_writing(copy.path());
    run_without_rights(copy.path(), "reads_the_log_where_it_may_not_write");
    allow_writing(copy.path());
}

#[test]
#[ignore = "run as another process by the test above"]
fn reads_the_log_where_it_may_not_write() {
    let opened = Store::open(Path::new(".")).unwrap();
    assert!(matches!(
        opened.incidents.as_slice(),
        [Incident::ReadOnly { .. }]
    ));
    assert_eq!(opened.store.counts().unwrap().services, 30);
}

#[test]
fn where_nothing_may_be_written_and_nothing_is_there_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    forbid_writing(folder.path());
    run_without_rights(folder.path(), "may_not_make_one");
    allow_writing(folder.path());
}

#[test]
#[ignore = "run as another process by the test above"]
fn may_not_make_one() {
    for folder in [".", "./deeper"] {
        let error = Store::open(Path::new(folder)).unwrap_err();
        assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
    }
}

#[test]
fn killed_in_the_middle_of_loading_leaves_the_old_state() {
    let (folder, _path) = made(30);
    let (mut command, _place) = child(folder.path(), "loads_for_long");
    let mut process = command.spawn().unwrap();
    let log = folder.path().join("directory.sqlite3-wal");
    // It has begun to write when its log is longer than what the opening wrote.
    while log.metadata().map_or(0, |about| about.len()) < 1_000_000 {
        assert!(
            process.try_wait().unwrap().is_none(),
            "it should still be loading"
        );
        std::thread::yield_now();
    }
    process.kill().unwrap();
    process.wait().unwrap();
    let opened = Store::open(folder.path()).unwrap();
    assert_eq!(opened.incidents, []);
    assert_eq!(opened.store.counts().unwrap().services, 29);
    opened.store.verify().unwrap();
    opened
        .store
        .transact(Op::PutService(Box::new(service(0))))
        .unwrap();
}

#[test]
#[ignore = "run as another process by the test above"]
fn loads_for_long() {
    let store = Store::open(Path::new(".")).unwrap().store;
    let mut all = directory(6000);
    for service in &mut all.services {
        service.description = Some("More than fits into memory at once. ".repeat(600));
    }
    store.transact(Op::Load(Box::new(all))).unwrap();
}
