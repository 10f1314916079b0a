//! A curator with somebody else's list: in, looked at, found, and out again; everything by hand, in
//! the real window.

use std::path::{Path, PathBuf};

use super::machine::Machine;
use super::window::{Window, key};

/// Generated: nothing in it exists.
const LIST: &str = "\
Name,What they do,Telephone,Address,Post code,Borough
Quokka Larder,Food parcels for anybody in need,1614960001,1 Generated Street,M6 5JA,Salford
Quokka Choir,Singing together,0161 496 0002,2 Generated Street,M6 5JA,Salford
,Nobody knows what,0161 496 0003,3 Generated Street,M6 5JA,Salford
";

struct Desk {
    window: Window,
    data: tempfile::TempDir,
}

impl Desk {
    fn open(machine: &Machine) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let window = Window::open(machine, data.path());
        Self { window, data }
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.data.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path
    }

    fn step(&self, title: &str) {
        self.window.see_words("#step-title", title);
        self.window.see_focus("#step-title");
    }

    /// Has a file looked at, by typing its path.
    fn look_at(&self, path: &Path) {
        self.window.driver.press(&[key::CONTROL, 'i']);
        self.step("What to import");
        self.type_path(path);
    }

    fn type_path(&self, path: &Path) {
        self.window.click(".import-column input");
        self.window.driver.press(&[key::CONTROL, 'a']);
        self.window.type_in(&path.display().to_string());
        self.window.driver.press(&[key::ENTER]);
    }

    fn press_button(&self, words: &str) {
        self.window.click_words("button", words);
    }

    fn import(&self) {
        self.press_button("See what would change");
        self.step("What would change");
        self.press_button("Import");
        self.window.see_words("#step-title", "Imported");
    }
}

#[test]
fn a_list_comes_in_is_found_and_goes_again() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let desk = Desk::open(&machine);
    let before = desk.window.total();
    desk.look_at(&desk.file("Quokkas.csv", LIST));
    desk.step("Match the columns");
    desk.window.see_words(".import-split", "Quokka Larder");
    desk.window.picture("import-mapping");

    desk.press_button("See what would change");
    desk.step("What would change");
    desk.window.see_words(".tab-list", "Refused");
    desk.window.picture("import-report");
    desk.press_button("Import 2");
    desk.window.see_words(".panel", "Quokkas");
    desk.window.picture("import-done");

    desk.press_button("Go to the search");
    desk.window.search("quokka");
    desk.window.settle();
    assert_eq!(desk.window.total(), 2);
    desk.window.see_words("#results-list", "Quokka Larder");

    desk.window.driver.press(&[key::CONTROL, 'i']);
    desk.press_button("Undo this import");
    desk.press_button("Yes, undo it");
    desk.window.see_words(".panel", "taken out");
    desk.press_button("Go to the search");
    desk.window.search("");
    desk.window.settle();
    assert_eq!(desk.window.total(), before);
}

#[test]
fn a_file_that_is_none_is_told_on_the_spot() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let desk = Desk::open(&machine);
    desk.look_at(Path::new("/no/such/list.csv"));
    desk.window.see_words(".panel-error", "no such file");
    desk.type_path(&desk.file("empty.csv", ""));
    desk.window.see_words(".panel-error", "empty");
}

#[test]
fn real_lists_come_in() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let lists = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/directories/gm-ogl");
    if !lists.is_dir() {
        println!("skipped: there is no ../shared/data on this machine");
        return;
    }
    let desk = Desk::open(&machine);
    let before = desk.window.total();
    desk.look_at(&lists.join("gm_food_banks.csv"));
    desk.step("Match the columns");
    desk.window.picture("import-food-banks-mapping");
    desk.import();
    desk.press_button("Go to the search");
    desk.window.search("");
    desk.window.settle();
    assert!(desk.window.total() > before + 150);
    desk.window.search("food bank in wigan");
    desk.window.settle();
    desk.window.picture("import-food-banks-found");
    assert!(desk.window.total() > 5);
}
