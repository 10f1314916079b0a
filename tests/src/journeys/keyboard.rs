//! The whole window without a mouse.

use std::collections::BTreeSet;

use super::machine::Machine;
use super::window::{Window, key};

const TAB_STOPS: usize = 120;

impl Window {
    fn press(&self, keys: &[char]) {
        self.driver.press(keys);
    }

    /// Where the focus is, in words, and whether that can be seen.
    fn focus(&self) -> (String, bool) {
        let found = self.driver.value(
            "(() => {
               const element = document.activeElement;
               const marked = [element, element.closest('label'), element.closest('.field-box'),
                 element.closest('.slider-track')];
               // The list keeps the focus and points at a row with it.
               const pointer = element.querySelector('.row-active');
               const shown = element.id === 'results-list'
                 ? getComputedStyle(pointer, '::before').content !== 'none'
                 : marked.some((part) => part && getComputedStyle(part).outlineStyle !== 'none');
               return [(element.ariaLabel || element.id || element.textContent || '').slice(0, 60), shown];
             })()",
        );
        let name = found[0].as_str().expect("a name").to_owned();
        (name, found[1].as_bool().expect("whether it is seen"))
    }
}

#[test]
fn somebody_finds_reads_narrows_and_comes_back_by_keys_alone() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let data = tempfile::tempdir().expect("a folder");
    let window = Window::open(&machine, data.path());
    window.type_in("lonely");
    window.settle();
    window.press(&[key::DOWN]);
    window.see_focus("#results-list");
    window.press(&[key::DOWN]);
    window.see("#result-1.row-active");
    window.press(&[key::END]);
    let last = window.total() - 1;
    window.see(&format!("#result-{last}.row-active"));
    window.press(&[key::HOME]);
    window.see("#result-0.row-active");
    window.press(&[key::ENTER]);
    window.see_focus("#entry-name");
    assert!(window.text("#entry-name").contains(&window.names()[0]));

    // The way back: entry, list, search box, and there it clears the words.
    window.press(&[key::ESCAPE]);
    window.see_focus("#results-list");
    window.press(&[key::ESCAPE]);
    window.see_focus("#search-box");
    window.press(&[key::ESCAPE]);
    window.wait("document.querySelector('#search-box').value === ''");

    // A filter, the chip that takes it off again, and the parts of the window in turn.
    window.press(&[key::CONTROL, '1']);
    window.see_focus("#filters input");
    window.press(&[' ']);
    window.see(".chip");
    window.press(&[key::F6]);
    window.see_focus("#results-list");
    window.press(&[key::F6]);
    window.see_focus("#entry-name");
    window.press(&[key::F6]);
    window.see_focus("#search-box");
    window.press(&[key::SHIFT, key::F6]);
    window.see_focus("#entry-name");
    window.press(&[key::CONTROL, '2']);
    window.see_focus("#results-list");
    window.press(&[key::SHIFT, key::TAB]);
    window.see_focus(".chip");
    window.press(&[key::ENTER]);
    window.see_no(".chip");
    window.see_focus("#search-box");
}

#[test]
fn the_keys_are_told_and_escape_puts_the_sheet_away() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let data = tempfile::tempdir().expect("a folder");
    let window = Window::open(&machine, data.path());
    // In the search box it is a character like any other.
    window.press(&[key::SHIFT, '?']);
    window.wait("document.querySelector('#search-box').value === '?'");
    window.press(&[key::F1]);
    window.see_words("[role=dialog]", "Keys");
    window.press(&[key::ESCAPE]);
    window.see_no("[role=dialog]");
    window.see_focus("#search-box");
    window.press(&[key::ESCAPE]);
    window.see(".row-name");
    window.press(&[key::DOWN]);
    window.see_focus("#results-list");
    window.press(&[key::SHIFT, '?']);
    window.see_words("[role=dialog]", "Read the whole entry");
    window.press(&[key::ESCAPE]);
    window.see_focus("#results-list");
    window.press(&['/']);
    window.see_focus("#search-box");
}

#[test]
fn the_tab_key_reaches_everything_and_each_stop_can_be_seen() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let data = tempfile::tempdir().expect("a folder");
    let window = Window::open(&machine, data.path());
    window.press(&[key::ENTER]);
    window.see_focus("#entry-name");
    window.press(&[key::CONTROL, 'k']);
    window.see_focus("#search-box");
    let mut seen = BTreeSet::new();
    for _ in 0..TAB_STOPS {
        window.press(&[key::TAB]);
        let (name, shown) = window.focus();
        assert!(shown, "the focus on “{name}” can't be seen");
        let back = name == "search-box";
        seen.insert(name);
        if back {
            break;
        }
    }
    for stop in [
        "near-box",
        "Keys",
        "Settings",
        "Services found",
        "search-box",
    ] {
        assert!(seen.contains(stop), "no way to {stop}: {seen:?}");
    }
    let all = window.driver.value(
        "[...document.querySelectorAll('button, a[href]')].filter((element) =>
           element.tabIndex >= 0 && !element.disabled && element.checkVisibility() && element.ariaLabel).map((element) => element.ariaLabel)",
    );
    for button in all.as_array().expect("buttons") {
        let button = button.as_str().expect("a label");
        let label: String = button.chars().take(60).collect();
        assert!(seen.contains(&label), "no way to {label}: {seen:?}");
    }
}
