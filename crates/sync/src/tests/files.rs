//! The same out of files.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::desk::Desk;
use super::played::{Played, id};
use crate::{Address, FileHub, HubFault, Remark, SyncError};

fn published(hub: &Played, folder: &Path) {
    for (path, bytes) in &hub.state().files {
        let path = folder.join(path.trim_start_matches('/'));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

fn bundle(hub: &Played, file: &Path) {
    let mut zip = ZipWriter::new(fs::File::create(file).unwrap());
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (path, bytes) in &hub.state().files {
        zip.start_file(path.trim_start_matches('/'), stored)
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn a_desk_that_never_saw_a_network_reads_a_stick() {
    let hub = Played::with(12);
    let stick = tempfile::tempdir().unwrap();
    let file = stick.path().join("directory.bundle");
    bundle(&hub, &file);
    let desk = Desk::new();
    let address = Address::Files(file.clone());
    let files = FileHub::open(&file).unwrap();
    desk.join_at(&files, &address, None).unwrap().first.unwrap();
    desk.assert_agrees(&hub);
    assert_eq!(desk.sync(&files).unwrap().rows_changed, 0);
    let failed = Desk::new().join_at(&files, &address, Some("ABCD-EFGH"));
    assert!(matches!(failed, Err(SyncError::Hub(HubFault::ReadOnly(_)))));
}

#[test]
fn a_desk_reads_a_newer_stick_and_not_an_older_one_and_keeps_what_it_writes() {
    let hub = Played::with(12);
    let desk = Desk::at(&hub);
    let stick = tempfile::tempdir().unwrap();
    desk.rename(id(37, 1), "Mine");
    hub.state().put(id(9, 9), Some("New"));
    hub.state().expires_at = "2026-11-21T00:00:00Z".to_owned();
    hub.state().publish();
    published(&hub, stick.path());
    let files = FileHub::open(stick.path()).unwrap();
    let outcome = desk.sync(&files).unwrap();
    assert!(
        matches!(outcome.remarks[..], [Remark::Stale { .. }]),
        "{outcome:?}"
    );
    assert_eq!(desk.name(9, 9).as_deref(), Some("New"));
    assert_eq!(
        (desk.name(37, 1).as_deref(), desk.unanswered().len()),
        (Some("Mine"), 1)
    );
    hub.state().put(id(9, 9), Some("Newer"));
    hub.state().publish();
    desk.sync(&hub).unwrap();
    let outcome = desk.sync(&files).unwrap();
    assert_eq!(
        (outcome.rows_changed, desk.name(9, 9).as_deref()),
        (0, Some("Newer"))
    );
    desk.assert_agrees(&hub);
}

#[test]
fn other_files_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("photo.jpg");
    fs::write(&file, "not a bundle").unwrap();
    let told = |path: &Path| match FileHub::open(path) {
        Ok(files) => Desk::new()
            .join_at(&files, &Address::Files(path.into()), None)
            .unwrap_err(),
        Err(fault) => fault.into(),
    };
    assert_eq!(told(&file).code(), "not_the_hub");
    assert_eq!(told(folder.path()).code(), "missing");
    assert_eq!(told(&folder.path().join("nothing")).code(), "offline");
    fs::write(folder.path().join("hub"), vec![b' '; 100_000]).unwrap();
    assert_eq!(told(folder.path()).code(), "not_the_hub");
}
