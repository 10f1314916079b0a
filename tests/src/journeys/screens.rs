//! Every screen and state in every look: axe finds nothing, nothing scrolls sideways, a picture is
//! kept for people to look at.

use std::path::Path;

use directory::{Directory, Settings, Theme};

use super::faults::{damage, make_newer};
use super::machine::Machine;
use super::window::{Window, key};

/// How the window looks.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) name: &'static str,
    pub(super) theme: Theme,
    pub(super) text_percent: u32,
    pub(super) size: (u32, u32),
}

const USUAL: (u32, u32) = (1280, 800);

impl Look {
    pub(super) const fn new(name: &'static str, theme: Theme, text_percent: u32) -> Self {
        Self {
            name,
            theme,
            text_percent,
            size: USUAL,
        }
    }

    fn set(self, data: &Path) {
        let settings = Settings {
            theme: self.theme,
            text_percent: self.text_percent,
            ..Settings::default()
        };
        let directory = Directory::open(data).expect("a local copy");
        directory.save_settings(settings).expect("kept");
    }
}

impl Window {
    fn judge(&self, screen: &str, look: &str) {
        self.settle();
        let name = format!("{screen}-{look}");
        self.picture(&name);
        self.has_no_violation(&name);
        self.has_no_sideways_scroll(&name);
    }

    /// Goes through every screen of a whole local copy.
    fn tour(&self, look: &str) {
        self.judge("start", look);
        self.search("housebound");
        self.see_words("#results-list", "housebound");
        self.judge("results", look);
        self.driver.press(&[key::DOWN]);
        self.see_focus("#results-list");
        self.driver.press(&[key::DOWN]);
        self.driver.press(&[key::ENTER]);
        self.see_focus("#entry-name");
        self.see(".leads-on");
        self.judge("detail", look);
        self.run("document.querySelector('.leads-on').scrollIntoView()");
        self.judge("detail-end", look);
        self.work(look);
        self.driver.press(&[key::ESCAPE]);
        self.see_focus("#results-list");

        self.driver.press(&[key::CONTROL, '1']);
        if self
            .driver
            .value("!!document.querySelector('#filters-button')")
            == true
        {
            self.see_focus("#filters-button");
            self.driver.press(&[key::ENTER]);
            self.see(".fold .option");
        }
        for option in ["Social isolation", "Salford"] {
            self.click_words("option-name", option);
            self.see_words(".chips", option);
        }
        self.judge("filters", look);
        self.search("zzqx");
        self.see_words(".nothing", "are kept on this computer");
        self.judge("nothing", look);
        self.driver.press(&[key::F1]);
        self.see("[role=dialog]");
        self.judge("keys", look);
        self.driver.press(&[key::ESCAPE]);
        self.see_no("[role=dialog]");
        self.click("[aria-label=Settings]");
        self.see_words("[role=dialog]", "Licence");
        self.judge("settings", look);
    }
}

impl Window {
    /// What can be done with the entry that stands open, and what waits.
    fn work(&self, look: &str) {
        self.driver.press(&['e']);
        self.see_focus("#edit-title");
        self.judge("edit", look);
        self.run("document.querySelector('#edit-hours').scrollIntoView()");
        self.judge("edit-hours", look);
        self.driver.press(&[key::ESCAPE]);
        self.see_focus("#entry-name");
        let sheets: [(&str, &[char]); 4] = [
            ("flag", &['f']),
            ("check", &['v']),
            ("history", &['h']),
            ("outbox", &[key::CONTROL, 'o']),
        ];
        for (sheet, keys) in sheets {
            self.driver.press(keys);
            self.see("[role=dialog]");
            self.judge(sheet, look);
            self.driver.press(&[key::ESCAPE]);
            self.see_no("[role=dialog]");
            self.see_focus("#entry-name");
        }
        self.driver.press(&[key::CONTROL, 'b']);
        self.see_words(".inbox-app", "Nothing waits for you");
        self.judge("inbox", look);
        self.driver.press(&[key::ESCAPE]);
        self.see_focus("#entry-name");
        self.click("#sync-light");
        self.see_words("[role=dialog]", "Join a hub");
        self.judge("hub", look);
        self.driver.press(&[key::ESCAPE]);
        self.see_no("[role=dialog]");
        self.driver.press(&[key::CONTROL, '3']);
        self.see_focus("#entry-name");
    }
}

/// Shows every screen in a look.
pub(super) fn look_at(look: Look) {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let data = tempfile::tempdir().expect("a folder");
    look.set(data.path());
    let window = Window::open(&machine, data.path());
    let (width, height) = look.size;
    window.driver.resize(width, height);
    window.wait(&format!(
        "innerWidth === {width} && innerHeight === {height}"
    ));
    window.tour(look.name);
}

#[test]
fn every_screen_is_without_a_violation_in_the_light() {
    look_at(Look::new("light", Theme::Light, 100));
}

#[test]
fn every_screen_is_without_a_violation_in_the_dark() {
    look_at(Look::new("dark", Theme::Dark, 100));
}

#[test]
fn every_screen_is_without_a_violation_in_high_contrast() {
    look_at(Look::new("contrast", Theme::Contrast, 100));
}

#[test]
fn what_goes_wrong_is_told_without_a_violation_as_the_system_has_its_colours() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    for (look, theme) in [("light", "Adwaita"), ("dark", "Adwaita:dark")] {
        for (screen, prepare, there) in [
            ("damaged", damage as fn(&Path), ".notices"),
            ("newer", make_newer, ".start-problem [role=alert]"),
        ] {
            let data = tempfile::tempdir().expect("a folder");
            prepare(data.path());
            let until = format!("document.querySelector('{there}')");
            let window = Window::open_with(&machine, data.path(), &until, |command| {
                command.env("GTK_THEME", theme);
            });
            window.see(&format!("html[data-theme={look}]"));
            window.judge(screen, look);
        }
    }
}
