//! An entry whole, what is related to it, and the settings of the desk.

use super::*;
use crate::{Code, Settings};

fn id_of(directory: &Directory, name: &str) -> String {
    let found = search(directory, &request(name));
    found
        .hits
        .iter()
        .find(|hit| hit.name == name)
        .unwrap_or_else(|| panic!("{name}"))
        .id
        .clone()
}

#[test]
fn what_is_not_known_is_said_and_nothing_is_made_up() {
    let desk = desk();
    let directory = &desk.directory;
    let all = search(directory, &request(""));
    for hit in &all.hits {
        let entry = directory.entry(&hit.id, None, TODAY).unwrap();
        for unknown in ["telephone number", "email address", "opening hours", "cost"] {
            assert!(
                entry.not_known.iter().any(|what| what == unknown),
                "{} {unknown}",
                entry.name
            );
        }
        assert!(entry.checked.stale && entry.checked.said.contains("spring 2018"));
        assert!(!entry.sources.is_empty() && entry.needs.iter().all(|need| need.assessed));
    }
}

#[test]
fn a_record_is_shown_by_its_hsds_names_with_what_belongs_to_it() {
    let desk = desk();
    let directory = &desk.directory;
    let shown = directory
        .show(&id_of(directory, "Age UK Manchester"))
        .unwrap();
    let text = |pointer: &str| {
        shown
            .pointer(pointer)
            .and_then(|value| value.as_str())
            .unwrap_or_default()
    };
    assert_eq!(
        (text("/name"), text("/status")),
        ("Age UK Manchester", "active")
    );
    assert_eq!(text("/organization/name"), "Age UK Manchester");
    assert!(!text("/service_at_locations/0/location/name").is_empty());
    assert_eq!(text("/service_areas/0/name"), "Manchester");
    assert!(!text("/attributes/0/taxonomy_term/description").is_empty());
}

#[test]
fn an_entry_that_is_not_there_is_said_so() {
    let desk = desk();
    let directory = &desk.directory;
    for id in ["", "x", "01234567-89ab-cdef-0123-456789abcdef"] {
        assert_eq!(
            directory.entry(id, None, TODAY).unwrap_err().code(),
            Code::NotFound
        );
        assert_eq!(
            directory.related(id, &[], TODAY).unwrap_err().code(),
            Code::NotFound
        );
    }
}

#[test]
fn from_an_entry_one_steps_up_and_down_and_next_door() {
    let desk = desk();
    let directory = &desk.directory;
    let id = id_of(directory, "Age UK Oldham");
    let related = directory.related(&id, &[], TODAY).unwrap();
    assert_eq!(
        related.step_up_tier.as_deref(),
        Some("Tier 2 Specialist health support services")
    );
    assert_eq!(
        related.step_down_tier.as_deref(),
        Some("Universal services and activities")
    );
    assert!(
        related
            .step_up
            .iter()
            .all(|hit| hit.tier == related.step_up_tier)
    );
    assert!(
        related
            .step_down
            .iter()
            .all(|hit| hit.tier == related.step_down_tier)
    );
    assert!(!related.similar.is_empty() && related.similar.iter().all(|hit| hit.id != id));
    assert!(related.neighbouring.is_empty(), "no borough was chosen");
    let oldham = directory.related(&id, &["Oldham".into()], TODAY).unwrap();
    let here = |hit: &crate::Hit| {
        hit.boroughs
            .iter()
            .any(|name| name == "Oldham" || name.starts_with("Whole"))
    };
    assert!(oldham.similar.iter().all(here));
    assert!(!oldham.neighbouring.is_empty() && !oldham.neighbouring.iter().any(here));
}

#[test]
fn settings_are_kept_and_held_within_bounds() {
    let Desk { directory, folder } = desk();
    assert_eq!(directory.settings().unwrap(), Settings::default());
    let large = Settings {
        text_percent: 900,
        letter_keys: false,
        ..Settings::default()
    };
    assert_eq!(directory.save_settings(large).unwrap().text_percent, 200);
    drop(directory);
    let again = Directory::open(folder.path()).unwrap();
    assert_eq!(
        again.settings().unwrap(),
        Settings {
            text_percent: 200,
            letter_keys: false,
            ..Settings::default()
        }
    );
}
