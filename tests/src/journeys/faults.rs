//! What somebody sees when the local copy is not as it should be, and entries that try to be more
//! than text.

use std::fs;
use std::path::Path;

use directory::Directory;
use domain::{RecordId, Service};
use store::{Op, Store};

use super::machine::Machine;
use super::window::Window;

const FILE: &str = "directory.sqlite3";
/// Where SQLite keeps `user_version`, which says how the tables are made.
const VERSION_AT: std::ops::Range<usize> = 60..64;

/// A local copy, closed in good order.
fn made(data: &Path) {
    Directory::open(data).expect("a local copy");
}

fn change(data: &Path, change: impl FnOnce(&mut [u8])) {
    let path = data.join(FILE);
    let mut bytes = fs::read(&path).expect("the file");
    change(&mut bytes);
    fs::write(&path, bytes).expect("the file");
}

/// Wipes the beginning, as a disk that goes bad does.
pub(super) fn damage(data: &Path) {
    made(data);
    change(data, |bytes| bytes[..4096].fill(0));
}

/// As a Signpost to come leaves it.
pub(super) fn make_newer(data: &Path) {
    made(data);
    change(data, |bytes| {
        bytes[VERSION_AT].copy_from_slice(&9_u32.to_be_bytes());
    });
}

#[test]
fn a_damaged_copy_is_mended_and_that_is_said() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let data = tempfile::tempdir().expect("a folder");
    damage(data.path());
    let window = Window::open(&machine, data.path());
    window.see_words(
        ".notices",
        "The local copy was damaged and has been rebuilt",
    );
    window.see_words(".notices", "You can go on working");
    window.search("housebound");
    assert!(window.total() > 5);
    window.click(".notices button");
    window.see_no(".notices");
}

#[test]
fn a_copy_of_a_newer_version_is_left_alone_and_can_be_tried_again() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let data = tempfile::tempdir().expect("a folder");
    make_newer(data.path());
    let before = fs::read(data.path().join(FILE)).expect("the file");
    let there = "document.querySelector('.start-problem [role=alert]')";
    let window = Window::open_with(&machine, data.path(), there, |_| ());
    window.see_words("[role=alert]", "made by a newer Signpost");
    window.see_words("[role=alert]", "Install the newest Signpost");
    assert_eq!(fs::read(data.path().join(FILE)).expect("the file"), before);

    window.click_words("button", "Try again");
    window.settle();
    window.see_words("[role=alert]", "made by a newer Signpost");
    // Somebody puts the copy right, and the window goes on without being started again.
    let known = 1_u32.to_be_bytes();
    change(data.path(), |bytes| {
        bytes[VERSION_AT].copy_from_slice(&known);
    });
    window.click_words("button", "Try again");
    window.see(".row-name");
}

#[test]
fn a_copy_with_a_damaged_index_is_searched_all_the_same() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let data = tempfile::tempdir().expect("a folder");
    made(data.path());
    let mut spoilt = 0;
    for entry in fs::read_dir(data.path().join("index/index-1")).expect("the index") {
        let path = entry.expect("a file").path();
        if path.is_file() {
            fs::write(path, "spoilt").expect("the file");
            spoilt += 1;
        }
    }
    assert!(spoilt > 0);
    let window = Window::open(&machine, data.path());
    window.search("housebound");
    window.see_words("#results-list", "housebound");
}

#[test]
fn what_an_entry_says_is_shown_as_text_whatever_it_says() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let data = tempfile::tempdir().expect("a folder");
    made(data.path());
    let markup =
        "<img src=x onerror=\"window.ran=true\"><script>window.ran=true</script><b>Zumba</b>";
    let mut service = Service::named(RecordId::named("quokka"), &format!("Quokka {markup}"));
    service.description = Some(format!("Described {markup}"));
    service.email = Some("javascript:window.ran=true".to_owned());
    service.url = Some("javascript:window.ran=true".to_owned());
    service.signpost.summary = Some(format!("Summed up {markup}"));
    let opened = Store::open(data.path()).expect("the local copy");
    let put = Op::PutService(Box::new(service));
    opened.store.transact(put).expect("put");
    drop(opened);

    let window = Window::open(&machine, data.path());
    window.search("quokka");
    window.see_words("#result-0 .row-name", markup);
    window.click("#result-0");
    window.see_words("#entry-name", markup);
    window.see_words(".entry-summary", markup);
    window.see_words(".entry-description", markup);
    let made = window.driver.value(
        "document.querySelectorAll('.entry img, .entry script, .row img, .row script, .entry b').length",
    );
    assert_eq!(made, 0);
    window.search("<script>window.ran=true</script>");
    window.settle();
    assert_eq!(
        window.driver.value("window.ran ?? null"),
        serde_json::Value::Null
    );
    assert_eq!(window.driver.value("location.origin"), "tauri://localhost");
}
