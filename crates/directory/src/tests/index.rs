//! The index beside the local copy: absent, damaged, behind; and changes seen at once.

use std::fs;

use domain::{RecordId, Service};
use store::Op;

use super::*;
use crate::IndexState;

fn new_service(name: &str) -> Op {
    Op::PutService(Box::new(Service::named(RecordId::named(name), name)))
}

fn is_ready(directory: &Directory) -> bool {
    directory.status(TODAY).unwrap().index == IndexState::Ready
}

#[test]
fn a_first_start_is_searchable_before_and_after_the_index_is_there() {
    let Desk { directory, folder } = desk();
    let before = search(&directory, &request("lonely"));
    directory.settle();
    assert!(is_ready(&directory));
    assert_eq!(search(&directory, &request("lonely")), before);
    drop(directory);
    let again = Directory::open(folder.path()).unwrap();
    assert!(is_ready(&again));
    assert_eq!(search(&again, &request("lonely")), before);
}

#[test]
fn a_change_is_found_when_it_is_made_and_after_the_next_start() {
    let Desk { directory, folder } = desk();
    directory.settle();
    directory
        .indexer
        .transact(new_service("Quokka Fanciers"))
        .unwrap();
    assert_eq!(
        names(&search(&directory, &request("quokka"))),
        ["Quokka Fanciers"]
    );
    drop(directory);
    let again = Directory::open(folder.path()).unwrap();
    assert_eq!(
        names(&search(&again, &request("quokka"))),
        ["Quokka Fanciers"]
    );
    again
        .indexer
        .transact(Op::RemoveService(RecordId::named("Quokka Fanciers")))
        .unwrap();
    assert_eq!(search(&again, &request("quokka")).total, 0);
}

#[test]
fn a_damaged_index_is_built_again_and_nothing_is_missing() {
    let Desk { directory, folder } = desk();
    directory.settle();
    let whole = search(&directory, &request("advice"));
    drop(directory);
    let index = folder.path().join("index");
    let inner = fs::read_dir(&index)
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .find(|p| p.is_dir())
        .unwrap();
    for file in fs::read_dir(inner).unwrap().flatten() {
        let good = fs::read(file.path()).unwrap();
        fs::write(file.path(), &good[..good.len() / 2]).unwrap();
    }
    let again = Directory::open(folder.path()).unwrap();
    again.settle();
    assert!(is_ready(&again));
    assert_eq!(search(&again, &request("advice")), whole);
}

#[test]
fn where_no_index_can_be_written_everything_is_found_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("index"), "in the way").unwrap();
    let directory = Directory::open(folder.path()).unwrap();
    directory.settle();
    let status = directory.status(TODAY).unwrap();
    assert!(matches!(status.index, IndexState::Failed { .. }));
    assert_eq!(search(&directory, &request("")).total, status.entries);
}

#[test]
fn two_at_once_share_one_copy() {
    let Desk { directory, folder } = desk();
    let other = Directory::open(folder.path()).unwrap();
    directory.settle();
    other.settle();
    assert!(is_ready(&directory) && is_ready(&other));
    assert_eq!(
        search(&directory, &request("bereaved")),
        search(&other, &request("bereaved"))
    );
}

#[test]
fn with_too_many_changes_beside_it_the_index_is_built_again() {
    let desk = desk();
    let directory = &desk.directory;
    directory.settle();
    let before = directory.engine().revision();
    for n in 0..=2_000 {
        directory
            .indexer
            .transact(new_service(&format!("Generated {n}")))
            .unwrap();
    }
    directory.settle();
    assert!(directory.engine().revision() > before && directory.engine().fresh() < 100);
    assert_eq!(
        search(directory, &request("generated 1999"))
            .hits
            .first()
            .unwrap()
            .name,
        "Generated 1999"
    );
}
