//! A fetch that was cut short is gone on with.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;

fn documents_asked(server: &Server) -> Vec<String> {
    let asked = server.asked().into_iter();
    asked
        .filter(|path| path.starts_with("/services/"))
        .collect()
}

fn append(path: &Path, text: &str) {
    let mut file = fs::File::options().append(true).open(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

#[test]
fn every_document_is_asked_for_once_however_often_it_was_cut_short() {
    let server = server(30, |_, _| None);
    let spool = tempfile::tempdir().unwrap();
    for most in [5, 6, 11, 29] {
        let ended = cancelled_after(&server, spool.path(), most);
        assert!(matches!(ended, Err(InterchangeError::Cancelled)));
        // As if it had been killed while it wrote.
        append(
            &spool.path().join("services.ndjson"),
            r#"{"id":"half a ser"#,
        );
        append(&spool.path().join("done.ndjson"), r#"{"id":"half"#);
        append(&spool.path().join("pages.ndjson"), r#"{"page":99,"#);
    }
    let fetched = fetched(&server, spool.path()).unwrap();
    let mut ids = ids(&fetched);
    ids.sort();
    let mut expected = numbered(30);
    expected.sort();
    assert_eq!(ids, expected);
    assert_eq!(documents_asked(&server).len(), 30);
    assert_eq!(server.times("/services?page=1&per_page=100"), 1);
    assert_eq!(
        fetched.version.as_deref(),
        Some("HSDS-UK-3.0"),
        "as it was said at first"
    );
}

#[test]
fn documents_that_the_disk_lost_are_asked_for_again() {
    let server = server(20, |_, _| None);
    let spool = tempfile::tempdir().unwrap();
    drop(cancelled_after(&server, spool.path(), 12));
    let path = spool.path().join("services.ndjson");
    let mut bytes = fs::read(&path).unwrap();
    let line = bytes.len() / 12;
    // A power cut may leave noughts, and lose the end.
    bytes.truncate(line * 11);
    let damaged = line * 8;
    bytes[damaged..damaged + 20].fill(0);
    fs::write(&path, &bytes).unwrap();
    let fetched = fetched(&server, spool.path()).unwrap();
    let mut ids = ids(&fetched);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 20);
    let asked = documents_asked(&server).len();
    assert!((23..=25).contains(&asked), "{asked}");
}

#[test]
fn a_list_is_gone_on_with_where_it_broke() {
    let well = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&well);
    let server = Server::start(move |path, _| match path {
        "/services?page=3&per_page=100" if !seen.load(Ordering::SeqCst) => Reply::status(500),
        _ if path.starts_with("/services/") => Reply::status(404),
        _ => usual(path, &numbered(14)),
    });
    let spool = tempfile::tempdir().unwrap();
    let said = fetched(&server, spool.path()).unwrap_err().to_string();
    assert!(said.contains("page 3 of the list"), "{said}");
    well.store(true, Ordering::SeqCst);
    let fetched = fetched(&server, spool.path()).unwrap();
    assert_eq!(ids(&fetched), numbered(14));
    assert_eq!(server.times("/services?page=1&per_page=100"), 1);
    assert_eq!(server.times("/services?page=2&per_page=100"), 1);
}

#[test]
fn another_address_another_day_and_a_finished_fetch_begin_anew() {
    let server = server(8, |_, _| None);
    let spool = tempfile::tempdir().unwrap();
    let cut = || drop(cancelled_after(&server, spool.path(), 5));
    let asked_anew = |address: &str, later: time::Duration| {
        let before = server.times("/");
        let now = options().now + later;
        let options = Options { now, ..options() };
        let fetched = fetch(address, spool.path(), &options, &mut |_, _| Ok(())).unwrap();
        assert_eq!(ids(&fetched).len(), 8);
        server.times("/") > before
    };
    let same = server.address.clone();
    cut();
    assert!(
        !asked_anew(&same, time::Duration::hours(23)),
        "the same day it goes on"
    );
    assert!(
        asked_anew(&same, time::Duration::ZERO),
        "a finished fetch is not gone on with"
    );
    cut();
    assert!(asked_anew(&same, time::Duration::hours(25)));
    cut();
    assert!(
        asked_anew(&same, time::Duration::hours(-1)),
        "a clock that was set back"
    );
    cut();
    let other = same.replace("127.0.0.1", "localhost");
    assert!(asked_anew(&other, time::Duration::ZERO));
    cut();
    fs::write(spool.path().join("fetch.json"), "{").unwrap();
    assert!(asked_anew(&same, time::Duration::ZERO));
}

#[test]
fn two_at_once_do_not_get_into_each_others_way() {
    let server = server(3, |_, _| None);
    let spool = tempfile::tempdir().unwrap();
    let mut second = None;
    let first = fetch(&server.address, spool.path(), &options(), &mut |_, _| {
        second.get_or_insert_with(|| fetched(&server, spool.path()));
        Ok(())
    });
    assert_eq!(first.unwrap().services, 3);
    let said = second.unwrap().unwrap_err().to_string();
    assert!(said.contains("another fetch into this folder"), "{said}");
}
