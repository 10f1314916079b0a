//! A link worker in somebody's living room: words, filters, a place, an entry, and where it leads.

use super::machine::Machine;
use super::window::{Window, key, quoted};

fn opened(machine: &Machine) -> (Window, tempfile::TempDir) {
    let data = tempfile::tempdir().expect("a folder");
    (Window::open(machine, data.path()), data)
}

impl Window {
    /// How many services an option of a filter promises.
    fn promised(&self, option: &str) -> u64 {
        let script = format!(
            "Number([...document.querySelectorAll('.option')]
               .find((option) => option.querySelector('.option-name').textContent.startsWith({}))
               .querySelector('.option-count').textContent.replace(',', ''))",
            quoted(option)
        );
        self.driver.value(&script).as_u64().expect("a count")
    }

    /// Chooses an option, and sees just as many services as it promised.
    fn choose(&self, option: &str) {
        self.settle();
        let promised = self.promised(option);
        self.click_words("option-name", option);
        self.see_words(".chips", option);
        let title = format!("{promised} service");
        self.wait(&format!(
            "document.querySelector('#results-title').innerText.startsWith({})",
            quoted(&title)
        ));
    }
}

#[test]
fn results_change_with_every_key() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let (window, _data) = opened(&machine);
    let all = window.total();
    let mut typed = String::new();
    let mut answers = Vec::new();
    for letter in "housebound".chars() {
        typed.push(letter);
        window.driver.press(&[letter]);
        // The first result says that it was found by what was typed so far.
        window.wait(&format!(
            "document.querySelector('#result-0 .row-why').innerText.toLowerCase().includes({})",
            quoted(&typed)
        ));
        answers.push((window.total(), window.names()));
    }
    assert!(answers.iter().all(|(total, _)| (1..=all).contains(total)));
    answers.dedup();
    assert!(answers.len() >= 4, "the answer hardly changed: {answers:?}");
    window.see_words("#results-list", "home visits");
}

#[test]
fn narrowing_gives_what_the_counts_promised_and_a_place_hides_nothing() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let (window, _data) = opened(&machine);
    window.search("housebound");
    let before = window.total();
    window.choose("Social isolation");
    window.choose("Salford");
    window.choose("Universal");
    let narrowed = window.total();
    assert!(narrowed > 0 && narrowed < before);

    window.click("#near-box");
    window.type_in("M6");
    window.see_words(".field-near .field-note", "Salford");
    window.settle();
    assert_eq!(window.total(), narrowed);

    window.click_words("chip", "Universal");
    window.wait("document.querySelectorAll('.chip').length === 2");
    window.click_words("button-quiet", "Remove all filters");
    window.see_no(".chip");
    window.see_words("#results-title", &format!("{before} services"));
    window.see_focus("#search-box");
}

#[test]
fn an_entry_says_what_is_known_and_what_is_not_and_leads_on() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let (window, _data) = opened(&machine);
    window.search("housebound");
    let first = window.names().swap_remove(0);
    window.click("#result-0");
    window.see_words("#entry-name", &first);
    window.see_words("[aria-label='Not known']", "telephone");
    window.see_words("[aria-label='Not known']", "ring or write first");
    for words in [
        "Why it was found",
        "“housebound”",
        "spring 2018",
        "Appendix",
        "as read by an editor",
        "Step up",
        "Similar",
    ] {
        window.see_words("#service", words);
    }
    let next = window.text(".lead .lead-name");
    window.click(".lead");
    window.see_words("#entry-name", &next);
    window.see_focus("#entry-name");
    window.see_words("#service", "Step down");
    window.click(".service-back");
    window.see_words("#entry-name", &first);
}

#[test]
fn plain_words_and_slips_find_what_is_meant() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let (window, _data) = opened(&machine);
    window.search("cant pay the gas");
    window.see_words("#result-0 .row-name", "Citizens Advice");
    window.search("bereavment");
    window.see_words("#result-0 .row-name", "Gaddum");
    window.search("veteran in salford");
    window.see_words("#result-0 .row-name", "Royal British Legion");
    window.see_words(".notes", "Salford");
}

#[test]
fn a_search_that_finds_nothing_shows_ways_on_and_what_is_kept() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let (window, data) = opened(&machine);
    window.search("zzqx");
    window.see_words(".nothing", "Nothing in the directory answers this");
    window.see_words(".nothing", "“zzqx”");
    window.see_words(".nothing", "Don’t keep");
    window.see_words(".nothing", "are kept on this computer");
    let opened = store::Store::open(data.path()).expect("the local copy");
    let unmet = opened.store.unmet().expect("searches that found nothing");
    assert_eq!(
        unmet
            .iter()
            .map(|one| one.words.as_str())
            .collect::<Vec<_>>(),
        ["zzqx"]
    );
    drop(opened);

    window.search("qqzzx");
    window.click_words("button-small", "keep");
    window.see_words(".nothing", "This search is not kept.");
    window.click_words("button", "Start again");
    window.see(".row-name");
    window.see_focus("#search-box");
    window.driver.press(&[key::DOWN]);
    window.see_focus("#results-list");
}
