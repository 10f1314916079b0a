//! Real lists: guessed and mapped whole. They are skipped where they are not at hand.

use std::collections::HashSet;
use std::path::PathBuf;

use domain::Postcode;

use super::super::test_data::{Taken, areas, catalogue, map_with};
use super::super::*;
use crate::Weight;
use crate::tables::{Heading, Options, Row, Table};

struct List {
    headings: Vec<Heading>,
    rows: Vec<Row>,
    mapping: Mapping,
    taken: Taken,
}

/// As many rows as a window shows of a table before it is mapped.
const SAMPLE: usize = 60;

fn list(name: &str) -> Option<List> {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/directories"
    );
    let path = PathBuf::from(folder).join(name);
    if !path.exists() {
        println!("skipped: {name} is not at hand");
        return None;
    }
    let mut table = Table::open(&path, &Options::default()).unwrap();
    let (mut rows, mut row) = (Vec::new(), Row::default());
    while table.next(&mut row).unwrap() {
        rows.push(row.clone());
    }
    let headings = table.headings;
    let sample = &rows[..rows.len().min(SAMPLE)];
    let guesses = guess(&headings, sample, &catalogue(), &areas());
    let columns = headings.iter().zip(guesses).map(|(heading, guess)| Column {
        heading: heading.name.clone(),
        nth: heading.nth,
        field: guess.field,
        values: guess.values,
    });
    let mapping = Mapping {
        source: name.to_owned(),
        columns: columns.collect(),
        ..Mapping::default()
    };
    let says = |_: &Postcode| PostcodeSays::NoPack;
    let taken = map_with(&mapping, &headings, &rows, &says);
    Some(List {
        headings,
        rows,
        mapping,
        taken,
    })
}

impl List {
    /// Services, rows with doubts, rows that were refused.
    fn figures(&self) -> (usize, usize, usize) {
        let rows = |weight| {
            let findings = self.taken.findings.iter();
            let lines = findings.filter(|finding| finding.weight == weight);
            let lines: HashSet<_> = lines.map(|finding| finding.spot.line).collect();
            lines.len()
        };
        (
            self.taken.services().len(),
            rows(Weight::Doubtful),
            rows(Weight::Refused),
        )
    }

    fn told(&self, part: &str) -> usize {
        let findings = self.taken.findings.iter();
        findings
            .filter(|finding| finding.message.contains(part))
            .count()
    }

    fn fields(&self) -> String {
        let columns = self.mapping.columns.iter();
        let field = |column: &Column| {
            let field = column.field.as_ref();
            field.map_or_else(|| "-".to_owned(), ToString::to_string)
        };
        columns.map(field).collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn every_real_list_comes_in_nearly_whole() {
    for (name, figures) in [
        ("gm-ogl/charities_operating_in_trafford.csv", (736, 10, 0)),
        ("gm-ogl/gm_dentists.csv", (532, 491, 0)),
        ("gm-ogl/gm_food_banks.csv", (171, 4, 0)),
        ("gm-ogl/gm_jobcentreplus.csv", (26, 0, 0)),
        ("gm-ogl/gm_libraries.csv", (141, 0, 0)),
        ("gm-ogl/gm_probation_offices.csv", (12, 0, 0)),
        ("gm-ogl/mental_health_services_RAW.csv", (60, 1, 0)),
        ("gm-ogl/sports_facilities.csv", (314, 0, 0)),
        ("gm-ogl/trafford_care_homes.csv", (56, 56, 0)),
        ("gm-ogl/trafford_defibrillators.csv", (185, 0, 0)),
        ("gm-ogl/trafford_schools_and_colleges.csv", (103, 0, 0)),
        ("legalaid-florida/services.csv", (135, 2, 0)),
        ("legalaid-florida/organizations.csv", (20, 0, 0)),
        ("legalaid-florida/locations.csv", (378, 0, 0)),
        ("ilao-hsds11/raw-input/services.csv", (429, 5, 1)),
        ("ilao-hsds11/raw-input/locations.csv", (520, 2, 0)),
        ("ilao-hsds11/raw-input/organizations.csv", (33, 0, 0)),
    ] {
        let Some(list) = list(name) else { return };
        assert_eq!(list.figures(), figures, "{name}");
        let services = list.taken.services();
        let ids: HashSet<_> = services.iter().map(|service| service.id).collect();
        assert_eq!(ids.len(), services.len(), "{name}");
    }
}

#[test]
fn columns_are_what_a_person_would_say() {
    for (name, fields) in [
        (
            "gm-ogl/gm_dentists.csv",
            "name keywords address postcode phone url coverage coverage longitude latitude",
        ),
        (
            "gm-ogl/gm_food_banks.csv",
            "name application_process opening_hours address postcode contact url coverage coverage",
        ),
        (
            "gm-ogl/charities_operating_in_trafford.csv",
            "charity_number company_number name keywords description extra address postcode phone email url",
        ),
        (
            "gm-ogl/trafford_care_homes.csv",
            "name source_id keywords address postcode phone url organisation_name extra url coverage coverage longitude latitude",
        ),
        (
            "gm-ogl/trafford_defibrillators.csv",
            "name address address address postcode - latitude longitude extra",
        ),
        (
            "legalaid-florida/services.csv",
            "source_id organisation_name extra name alternate_name description email url description minimum_age \
             maximum_age extra extra extra extra extra extra extra coverage - -",
        ),
    ] {
        let Some(list) = list(name) else { return };
        assert_eq!(list.fields(), fields, "{name}");
        assert_eq!(fits(&list.mapping, &list.headings), 1.0);
    }
}

#[test]
fn dentists_get_their_zeros_back_and_their_area_codes_are_flagged() {
    let Some(list) = list("gm-ogl/gm_dentists.csv") else {
        return;
    };
    let restored = list.taken.findings.iter().filter(|finding| {
        let geographic = ["\"1", "\"2", "\"3"]
            .iter()
            .any(|start| finding.message.starts_with(start));
        finding.weight == Weight::Note
            && geographic
            && finding.message.contains("lost its leading 0")
    });
    assert_eq!(restored.count(), 469);
    // Mobile and other numbers had lost theirs too.
    assert_eq!(list.told("lost its leading 0: now"), 492 + 2);
    assert_eq!(list.told("is not an area code"), 489);
    assert_eq!(list.told("shortened by a spreadsheet"), 12);
    assert_eq!(list.told("the row is the same as line"), 7);
    let services = list.taken.services();
    let first = services
        .iter()
        .find(|service| {
            service
                .phones
                .iter()
                .any(|phone| phone.number.starts_with("0161"))
        })
        .unwrap();
    assert_eq!(first.coverage().collect::<Vec<_>>(), ["E08000006"]);
}

#[test]
fn food_banks_hours_are_read_only_where_they_are_plain() {
    let Some(list) = list("gm-ogl/gm_food_banks.csv") else {
        return;
    };
    let services = list.taken.services();
    let said = |wanted: &str| {
        let mut schedules = services.iter().flat_map(|service| service.schedules.iter());
        schedules
            .find(|one| one.description.as_deref() == Some(wanted))
            .cloned()
            .unwrap()
    };
    let plain = said("Wednesday 10am - 4pm");
    assert_eq!(
        (
            plain.byday.as_deref(),
            plain.opens_at.as_deref(),
            plain.closes_at.as_deref()
        ),
        (Some("WE"), Some("10:00"), Some("16:00"))
    );
    for text in [
        "Mon - Sat 10.00 - 4.00",
        "Mon & Thur 1-3pm (except bank holidays)",
        "One morning per week",
    ] {
        assert_eq!(said(text).freq, None, "{text}");
    }
    let with = |read: bool| {
        services
            .iter()
            .filter(|service| {
                !service.schedules.is_empty()
                    && service
                        .schedules
                        .iter()
                        .all(|one| one.freq.is_some() == read)
            })
            .count()
    };
    assert_eq!((with(true), with(false)), (107, 46));
}

#[test]
fn a_postcode_that_is_none_is_flagged_and_kept() {
    let Some(list) = list("gm-ogl/mental_health_services_RAW.csv") else {
        return;
    };
    let doubts: Vec<_> = list.taken.said();
    assert_eq!(
        doubts,
        ["Doubtful list.csv, line 50, postcode: \"WA154 1HF\" is not a postcode; kept as written"]
    );
    let places = list.taken.places();
    let kept =
        |place: &&&domain::Place| place.addresses[0].postal_code.as_deref() == Some("WA154 1HF");
    assert_eq!(places.iter().filter(kept).count(), 1);
}

#[test]
fn the_same_file_twice_gives_the_same_records() {
    let Some(list) = list("gm-ogl/sports_facilities.csv") else {
        return;
    };
    let says = |_: &Postcode| PostcodeSays::NoPack;
    let again = map_with(&list.mapping, &list.headings, &list.rows, &says);
    assert_eq!(again.records, list.taken.records);
    assert_eq!(again.findings, list.taken.findings);
}
