//! Signpost's window in the words of its journeys. Nothing waits for a time: each step waits until
//! what it is after is seen.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::driver::Driver;
use super::machine::{Machine, PATIENCE, free_port, wait_for_port, wait_until};
use super::processes::Group;
use crate::workspace::{program, top};

/// Keys as the driver's standard numbers them.
pub(super) mod key {
    pub(crate) const ENTER: char = '\u{e007}';
    pub(crate) const SHIFT: char = '\u{e008}';
    pub(crate) const CONTROL: char = '\u{e009}';
    pub(crate) const ESCAPE: char = '\u{e00c}';
    pub(crate) const END: char = '\u{e010}';
    pub(crate) const HOME: char = '\u{e011}';
    pub(crate) const DOWN: char = '\u{e015}';
    pub(crate) const DELETE: char = '\u{e017}';
    pub(crate) const TAB: char = '\u{e004}';
    pub(crate) const F1: char = '\u{e031}';
    pub(crate) const F6: char = '\u{e036}';
}

/// The list is there and somebody can type.
const USABLE: &str =
    "document.querySelector('.row-name') && document.activeElement.id === 'search-box'";

/// The window, open.
pub(super) struct Window {
    pub(super) driver: Driver,
    /// From starting the program until somebody could type and saw results.
    pub(super) usable_after: Duration,
    pub(super) programs: Group,
}

impl Window {
    /// Starts Signpost on a local copy, and waits until it can be used.
    pub(super) fn open(machine: &Machine, data: &Path) -> Self {
        Self::open_with(machine, data, USABLE, |_| ())
    }

    /// The same with a changed environment, and until something else holds.
    pub(super) fn open_with(
        machine: &Machine,
        data: &Path,
        until: &str,
        change: impl FnOnce(&mut Command),
    ) -> Self {
        let port = free_port();
        let mut command = machine.command(Path::new("WebKitWebDriver"), data);
        command
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        change(&mut command);
        let programs = Group::start(&mut command);
        wait_for_port(port);
        let start = Instant::now();
        let driver = Driver::start(port, &program("signpost-desktop"));
        let mut window = Self {
            driver,
            usable_after: Duration::MAX,
            programs,
        };
        window.wait(until);
        window.usable_after = start.elapsed();
        window.run("document.fonts.ready");
        window
    }

    /// Waits until an expression holds, and gives its value.
    pub(super) fn wait(&self, expression: &str) -> Value {
        let patience = (PATIENCE - Duration::from_secs(5)).as_millis();
        let script = format!(
            "const done = arguments[arguments.length - 1];
             const until = performance.now() + {patience};
             const look = () => {{
               let value = null;
               try {{ value = {expression}; }} catch {{ value = null; }}
               if (value) done(value);
               else if (performance.now() > until) done(null);
               else setTimeout(look, 10);
             }};
             look();"
        );
        let value = self.driver.run(&script);
        if value.is_null() {
            let test = std::thread::current();
            let name = test.name().unwrap_or_default().replace("::", "-");
            keep(&format!("waited-in-vain-{name}"), &self.driver.screenshot());
            let seen = self.text("body");
            panic!("waited in vain: {expression}\nThe window shows:\n{seen}");
        }
        value
    }

    /// Waits for a promise and gives what it becomes.
    pub(super) fn run(&self, promise: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             Promise.resolve({promise}).then(
               (value) => done({{ value: value instanceof Object && !Array.isArray(value) ? null : value }}),
               (error) => done({{ error: String(error) }}));"
        );
        let mut answer = self.driver.run(&script);
        assert!(
            answer.get("error").is_none(),
            "{promise}: {}",
            answer["error"]
        );
        answer["value"].take()
    }

    /// Waits until an element is there.
    pub(super) fn see(&self, selector: &str) {
        self.wait(&format!("!!document.querySelector({})", quoted(selector)));
    }

    /// Waits until an element is gone.
    pub(super) fn see_no(&self, selector: &str) {
        self.wait(&format!("!document.querySelector({})", quoted(selector)));
    }

    /// Waits until an element's text holds some words.
    pub(super) fn see_words(&self, selector: &str, words: &str) {
        let (selector, words) = (quoted(selector), quoted(words));
        self.wait(&format!(
            "document.querySelector({selector}).innerText.includes({words})"
        ));
    }

    /// Waits until an element has the focus.
    pub(super) fn see_focus(&self, selector: &str) {
        self.wait(&format!(
            "document.activeElement.matches({})",
            quoted(selector)
        ));
    }

    pub(super) fn text(&self, selector: &str) -> String {
        let value = self.driver.value(&format!(
            "document.querySelector({}).innerText",
            quoted(selector)
        ));
        value.as_str().expect("a text").to_owned()
    }

    /// The names of the results in the document, from the first on.
    pub(super) fn names(&self) -> Vec<String> {
        let names = "[...document.querySelectorAll('.row')]
            .sort((a, b) => a.ariaPosInSet - b.ariaPosInSet)
            .map((row) => row.querySelector('.row-name')?.textContent ?? '')";
        let value = self.driver.value(&names.replace('\n', " "));
        let names = value.as_array().expect("names").iter();
        names
            .map(|name| name.as_str().expect("a name").to_owned())
            .collect()
    }

    /// How many were found, once the answer to what is asked now is there.
    pub(super) fn total(&self) -> u64 {
        let title = self.text("#results-title");
        let digits: String = title.chars().filter(char::is_ascii_digit).collect();
        digits
            .parse()
            .unwrap_or_else(|_| panic!("no count: {title}"))
    }

    /// Types words, key by key.
    pub(super) fn type_in(&self, words: &str) {
        for letter in words.chars() {
            self.driver.press(&[letter]);
        }
    }

    /// Puts words where the search box has some, and waits until the list is theirs.
    pub(super) fn search(&self, words: &str) {
        self.driver.press(&[key::CONTROL, 'k']);
        self.see_focus("#search-box");
        self.driver.press(&[key::CONTROL, 'a']);
        self.driver.press(&[key::DELETE]);
        self.type_in(words);
        self.wait(&format!(
            "document.querySelector('#search-box').value === {}",
            quoted(words)
        ));
        self.settle();
    }

    /// Clicks on an element, once it stands still.
    pub(super) fn click(&self, selector: &str) {
        self.see(selector);
        self.settle();
        self.driver.click(selector);
    }

    /// Clicks on the first element with a class and these words in it, once it stands still.
    pub(super) fn click_words(&self, class: &str, words: &str) {
        self.settle();
        self.driver.click_words(class, words);
    }

    /// Waits until everything that was asked has been answered and drawn, and nothing moves.
    pub(super) fn settle(&self) {
        self.run(
            "new Promise((resolve) => {
               let quiet = 0, before = '';
               const look = () => {
                 const now = document.querySelector('#root').innerHTML;
                 const moves = document.getAnimations().some(({ playState }) => playState === 'running');
                 quiet = now === before && !moves ? quiet + 1 : 0;
                 before = now;
                 if (quiet > 5) resolve(true); else requestAnimationFrame(look);
               };
               look();
             })",
        );
    }

    /// Keeps a picture of what is seen.
    pub(super) fn picture(&self, name: &str) {
        self.run(
            "new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => r(true))))",
        );
        keep(name, &self.driver.screenshot());
    }

    /// Closes the window as a person does, and waits until the program has ended.
    pub(super) fn close(self, machine: &Machine) {
        machine.close_window("Signpost");
        wait_until("the program ends", || {
            !self.programs.any("signpost-desktop")
        });
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.driver.end();
    }
}

/// Where pictures are kept for people to look at.
fn keep(name: &str, png: &[u8]) {
    let folder: PathBuf = top().join("tests/artefacts/window");
    fs::create_dir_all(&folder).expect("a folder for pictures");
    fs::write(folder.join(format!("{name}.png")), png).expect("a picture");
}

/// As a string of JavaScript.
pub(super) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
