//! What somebody sets holds at once and at the next start; one window for one local copy.

use std::process::Stdio;

use super::machine::{Machine, wait_until};
use super::processes::Group;
use super::window::{Window, key};
use crate::workspace::program;

const COLOURS: &str = "getComputedStyle(document.body).backgroundColor";

impl Window {
    fn open_settings(&self) {
        self.click("[aria-label=Settings]");
        self.see("[role=dialog]");
    }

    fn close_sheet(&self) {
        self.driver.press(&[key::ESCAPE]);
        self.see_no("[role=dialog]");
    }

    fn text_pixels(&self) -> f64 {
        let size = self
            .driver
            .value("parseFloat(getComputedStyle(document.documentElement).fontSize)");
        size.as_f64().expect("a size")
    }
}

#[test]
fn colours_and_text_size_hold_at_once_and_after_a_restart() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let data = tempfile::tempdir().expect("a folder");
    let window = Window::open(&machine, data.path());
    let light = window.driver.value(COLOURS);
    window.open_settings();
    window.click_words("radio", "High contrast");
    window.see("html[data-theme^=contrast]");
    window.click_words("radio", "Dark");
    window.see("html[data-theme=dark]");
    let dark = window.driver.value(COLOURS);
    assert_ne!(light, dark);
    let before = window.text_pixels();
    for _ in 0..10 {
        window.click_words("button", "Larger");
    }
    window.see_words("output", "200 %");
    assert!((window.text_pixels() - 2.0 * before).abs() < 0.5);
    window.click(".switch");
    window.close_sheet();
    window.settle();
    drop(window);

    let window = Window::open(&machine, data.path());
    assert_eq!(window.driver.value(COLOURS), dark);
    assert!((window.text_pixels() - 2.0 * before).abs() < 0.5);
    window.driver.press(&[key::DOWN]);
    window.see_focus("#results-list");
    // The letter keys were switched off, the others work.
    window.driver.press(&['/']);
    window.see_focus("#results-list");
    window.driver.press(&[key::F1]);
    window.see_words("[role=dialog]", "switched off");
}

#[test]
fn the_window_comes_back_as_large_as_it_was() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let data = tempfile::tempdir().expect("a folder");
    let window = Window::open(&machine, data.path());
    window.driver.resize(1000, 640);
    window.wait("innerWidth === 1000 && innerHeight === 640");
    window.close(&machine);
    assert!(data.path().join("window.json").exists());

    let window = Window::open(&machine, data.path());
    window.wait("innerWidth === 1000 && innerHeight === 640");
}

#[test]
fn a_second_start_on_the_same_copy_leaves_the_first_window_as_it_is() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let data = tempfile::tempdir().expect("a folder");
    let window = Window::open(&machine, data.path());
    window.search("debt");
    let mut second = Group::start(
        machine
            .command(&program("signpost-desktop"), data.path())
            .stderr(Stdio::null()),
    );
    let mut well = None;
    wait_until("the second start ends", || {
        well = second.ended_well();
        well.is_some()
    });
    assert_eq!(well, Some(true));
    assert_eq!(
        window
            .driver
            .value("document.querySelector('#search-box').value"),
        "debt"
    );
    window.search("lonely");
    window.see(".row-name");
}
