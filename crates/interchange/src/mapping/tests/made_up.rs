//! Made-up tables; the telephone numbers are kept free for drama.

use domain::{HsdsStatus, Point};

use super::super::test_data::{Taken, headings, map, map_with, mapping, row};
use super::super::*;
use crate::Weight;

fn one(columns: &[(&str, &str)], cells: &[&str]) -> Taken {
    let names: Vec<&str> = columns.iter().map(|(heading, _)| *heading).collect();
    map(&mapping(columns), &headings(&names), &[row(2, cells)])
}

/// A row written as `heading > field > cell`, a line each.
fn written(text: &str) -> Taken {
    let lines: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split(" > ").map(str::trim).collect())
        .collect();
    let columns: Vec<(&str, &str)> = lines.iter().map(|line| (line[0], line[1])).collect();
    let cells: Vec<&str> = lines.iter().map(|line| line[2]).collect();
    one(&columns, &cells)
}

const TEA: &str = "Ref > source_id > A1
    Name > name > Tea & <b>Talk</b>
    Run by > organisation_name > Made-up Friends
    Charity no > charity_number > 1234567
    Company no > company_number > 738693
    Address > address > 1 High Street, Sale
    Postcode > postcode > m33 0xx
    Tel > phone > 1614960000 ext 4
    Web > url > www.example.org
    Areas > coverage > Sale and Whole of Greater Manchester
    Who for > term:population > Older people; Carers
    Cost > fees > £2.50
    Ages > minimum_age > 50+
    Languages > languages > English, Urdu and Punjabi
    Open > opening_hours > Mon-Fri 9am-5pm
    Is it on > status > temporarily closed
    Checked > checked_on > 20/06/2025";

#[test]
fn a_row_becomes_an_organisation_a_place_and_a_service_that_names_both() {
    let taken = written(TEA);
    let (service, place, organisation) = (
        taken.services()[0],
        taken.places()[0],
        taken.organisations()[0],
    );
    assert_eq!(service.organization_id, Some(organisation.id));
    assert_eq!(service.service_at_locations[0].location_id, Some(place.id));
    assert_eq!(taken.records[2].source_id.as_deref(), Some("A1"));
    let number = |linked: &domain::Linked| {
        let text = |member: &str| linked.rest[member].as_str().unwrap().to_owned();
        format!("{} {}", text("identifier_scheme"), text("identifier"))
    };
    let identifiers = organisation.organization_identifiers.iter().map(number);
    let identifiers: Vec<String> = identifiers.collect();
    assert_eq!(identifiers, ["GB-CHC 1234567", "GB-COH 00738693"]);
    let address = &place.addresses[0];
    assert_eq!(address.city.as_deref(), Some("Sale"));
    assert_eq!(address.postal_code.as_deref(), Some("M33 0XX"));
    let notes = taken
        .findings
        .iter()
        .all(|finding| finding.weight == Weight::Note);
    assert!(notes, "{:?}", taken.said());
}

#[test]
fn each_column_fills_its_member() {
    let taken = written(TEA);
    let service = taken.services()[0];
    assert_eq!(service.name, "Tea & Talk");
    assert_eq!(service.phones[0].number, "0161 496 0000");
    assert_eq!(service.phones[0].rest["extension"], 4);
    assert_eq!(service.url.as_deref(), Some("http://www.example.org"));
    let coverage: Vec<&str> = service.coverage().collect();
    assert_eq!(coverage, ["E08000009", "E47000001"]);
    let populations: Vec<&str> = service.codes("population").collect();
    assert_eq!(populations, ["older-people", "carers"]);
    assert_eq!(service.cost_options[0].line().as_deref(), Some("£2.5"));
    assert_eq!(service.minimum_age, Some(50.into()));
    assert_eq!(service.languages.len(), 3);
    let open = &service.schedules[0];
    assert_eq!(open.byday.as_deref(), Some("MO,TU,WE,TH,FR"));
    assert_eq!(open.description.as_deref(), Some("Mon-Fri 9am-5pm"));
    assert_eq!(service.status, HsdsStatus::TemporarilyClosed);
    assert_eq!(service.assured_date.as_deref(), Some("2025-06-20"));
    assert_eq!(service.signpost.provenance[0].source, "Test list");
}

#[test]
fn every_part_has_an_identifier_that_comes_again() {
    let columns = [
        ("Name", "name"),
        ("Tel", "phone"),
        ("Open", "opening_hours"),
        ("Area", "coverage"),
        ("Address", "address"),
    ];
    let cells = ["A", "0161 496 0000", "Mon 9am-5pm", "Bolton", "1 Low Road"];
    let (once, again) = (one(&columns, &cells), one(&columns, &cells));
    assert_eq!(once.records, again.records);
    let json = serde_json::to_value(once.services()[0]).unwrap();
    for list in [
        "phones",
        "schedules",
        "service_areas",
        "service_at_locations",
    ] {
        assert_eq!(json[list][0]["id"].as_str().unwrap().len(), 36, "{list}");
    }
}

#[test]
fn rows_are_told_apart_by_what_names_them() {
    let names = ["Name", "Postcode", "Tel"];
    let columns = [("Name", "name"), ("Postcode", "postcode"), ("Tel", "phone")];
    let rows = [
        row(2, &["Lunch club", "M6 5XX", "0161 496 0000"]),
        row(3, &["Lunch club", "M6 5XX", "0161 496 0001"]),
        row(4, &["lunch  club", "m65xx", "0161 496 0002"]),
        row(5, &["Lunch club", "M6 5XX", "0161 496 0000"]),
        row(6, &["Lunch club", "M7 1XX", "0161 496 0000"]),
        row(7, &["", "M7 1XX", "0161 496 0000"]),
    ];
    let taken = map(&mapping(&columns), &headings(&names), &rows);
    let mut ids: Vec<_> = taken.services().iter().map(|service| service.id).collect();
    assert_eq!(ids.len(), 4);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 4);
    assert_eq!(
        taken.said(),
        [
            "Doubtful list.csv, line 5: the row is the same as line 2; taken once",
            "Refused list.csv, line 7: the row has no name, so nothing can be made of it",
        ]
    );
}

#[test]
fn an_identifier_that_comes_twice_is_told_and_both_rows_are_taken() {
    let columns = [("Ref", "source_id"), ("Name", "name")];
    let rows = [row(2, &["7", "A"]), row(3, &["7", "B"])];
    let taken = map(&mapping(&columns), &headings(&["Ref", "Name"]), &rows);
    assert_eq!(taken.services().len(), 2);
    assert_eq!(
        taken.said(),
        ["Doubtful list.csv, line 3, Ref: another row has the identifier 7 too; both are taken"]
    );
}

#[test]
fn codes_of_areas_are_not_mended_by_guess() {
    let columns = [
        ("Name", "name"),
        ("Postcode", "postcode"),
        ("Code", "coverage"),
        ("Area", "coverage"),
    ];
    let read = |cells: &[&str]| {
        let taken = one(&columns, cells);
        let codes = taken.services()[0].coverage().collect::<Vec<_>>().join(" ");
        (codes, taken.said().join("; "))
    };
    let (codes, said) = read(&["A", "", "E0800009", "Trafford"]);
    assert_eq!(codes, "E08000009");
    assert!(
        said.contains(
            "Code: \"E0800009\" is not an area code; taken as Trafford, which the row names"
        ),
        "{said}"
    );
    let (codes, said) = read(&["A", "BL4 9XX", "E0800001", ""]);
    assert_eq!(codes, "E08000001");
    assert!(said.contains("where the postcode lies"), "{said}");
    let (codes, said) = read(&["A", "", "E0800001", ""]);
    assert_eq!(codes, "");
    assert!(said.contains("kept as written"), "{said}");
    let (codes, said) = read(&["A", "", "E08000001", "Bury"]);
    assert_eq!(codes, "E08000001 E08000002");
    assert!(
        said.contains("the code means Bolton and the name Bury"),
        "{said}"
    );
    let (codes, said) = read(&[
        "A",
        "",
        "Bolton, Bury and Rochdale",
        "all of Greater Manchester",
    ]);
    assert_eq!(
        (codes.as_str(), said.as_str()),
        ("E08000001 E08000002 E08000005 E47000001", "")
    );
    let (codes, said) = read(&["A", "", "", "Cheshire"]);
    assert_eq!(codes, "");
    assert!(said.starts_with("Note"), "{said}");
}

#[test]
fn postcodes_are_asked_for_and_points_are_held_against_them() {
    let columns = [
        ("Name", "name"),
        ("Postcode", "postcode"),
        ("Lat", "latitude"),
        ("Lon", "longitude"),
    ];
    let names = ["Name", "Postcode", "Lat", "Lon"];
    let says = |postcode: &domain::Postcode| match postcode.to_string().as_str() {
        "M6 5XX" => PostcodeSays::Known {
            point: Point::new(53.49, -2.29).ok(),
            district: None,
        },
        "M6 5YY" => PostcodeSays::Ended,
        _ => PostcodeSays::Unknown,
    };
    let rows = [
        row(2, &["A", "M6 5XX", "53.491", "-2.291"]),
        row(3, &["B", "M6 5XX", "53.6", "-2.29"]),
        row(4, &["C", "M6 5YY", "0", "0"]),
        row(5, &["D", "M6 5ZZ", "", ""]),
        row(6, &["E", "WA154 1HF", "north", ""]),
    ];
    let taken = map_with(&mapping(&columns), &headings(&names), &rows, &says);
    assert_eq!(
        taken.said(),
        [
            "Doubtful list.csv, line 3, Lat: the coordinates lie 12 km from the postcode; please check which is right",
            "Doubtful list.csv, line 4, Postcode: the postcode M6 5YY is no longer in use",
            "Doubtful list.csv, line 4, Lat: the coordinates are 0, 0, which is in the sea; left out",
            "Doubtful list.csv, line 5, Postcode: the postcode M6 5ZZ is not known; please check it",
            "Doubtful list.csv, line 6, Postcode: \"WA154 1HF\" is not a postcode; kept as written",
            "Doubtful list.csv, line 6, Lat: \"north\" is not degrees; kept as written",
        ]
    );
    let places = taken.places();
    assert!(places[0].point().is_some() && places[2].point().is_none());
    assert_eq!(
        places[4].addresses[0].postal_code.as_deref(),
        Some("WA154 1HF")
    );
}

/// A mapping with fixed values and rules for values.
fn with_rules() -> Mapping {
    let mut plan = mapping(&[
        ("Name", "name"),
        ("Colour", "extra"),
        ("Notes", "internal"),
        ("Left out", ""),
        ("Get in touch", "contact"),
        ("Type", "keywords"),
    ]);
    let fixed = |field: &str, value: &str| Fixed {
        field: field.parse().unwrap(),
        value: value.to_owned(),
    };
    plan.fixed = vec![
        fixed("term:tier", "universal"),
        fixed("contact", "0161 496 0009"),
    ];
    let rule = |value: &str, terms| ValueRule {
        value: value.to_owned(),
        terms,
    };
    let term = TermRef {
        taxonomy: "population".to_owned(),
        term: "lgbt".to_owned(),
    };
    plan.columns[5].values = vec![rule("LGBTQ+", vec![term]), rule("misc", vec![])];
    plan
}

#[test]
fn what_has_no_field_is_kept_and_what_is_for_staff_is_kept_apart() {
    let plan = with_rules();
    let names: Vec<&str> = plan
        .columns
        .iter()
        .map(|one| one.heading.as_str())
        .collect();
    let contact = "a@example.org / 0161 496 0000 (mornings) www.example.org";
    let rows = [
        row(2, &["A", "blue", "ring Sam", "x", contact, "lgbtq+|Club"]),
        row(3, &["B", "NA", "", "x", "not known", "Misc"]),
    ];
    let taken = map(&plan, &headings(&names), &rows);
    let (a, b) = (taken.services()[0], taken.services()[1]);
    assert_eq!(a.signpost.rest["extra"]["Colour"], "blue");
    assert_eq!(a.signpost.internal[0].label, "Notes");
    assert_eq!(a.signpost.internal[0].text, "ring Sam");
    assert_eq!(a.email.as_deref(), Some("a@example.org"));
    assert_eq!(a.url.as_deref(), Some("http://www.example.org"));
    assert_eq!(a.phones[0].number, "0161 496 0000");
    assert_eq!(a.phones[0].description.as_deref(), Some("mornings"));
    assert_eq!(a.codes("population").collect::<Vec<_>>(), ["lgbt"]);
    assert_eq!(&*a.signpost.keywords, ["lgbtq+", "Club"]);
    assert_eq!(b.codes("tier").collect::<Vec<_>>(), ["universal"]);
    assert_eq!(b.phones[0].number, "0161 496 0009");
    assert!(b.signpost.keywords.is_absent() && b.signpost.rest.is_empty());
    let all = serde_json::to_string(&(a, b)).unwrap();
    assert!(!all.contains("Left out"));
}

#[test]
fn a_column_for_each_day_makes_a_week() {
    let columns = [
        ("Name", "name"),
        ("Monday", "opening_hours"),
        ("Tues", "opening_hours"),
        ("Wednesday", "opening_hours"),
    ];
    let taken = one(&columns, &["A", "9am-5pm", "closed", "10:00 - 12:30"]);
    let read: Vec<_> = taken.services()[0]
        .schedules
        .iter()
        .map(|one| (one.byday.clone().unwrap(), one.opens_at.clone().unwrap()))
        .collect();
    assert_eq!(
        read,
        [
            ("MO".to_owned(), "09:00".to_owned()),
            ("WE".to_owned(), "10:00".to_owned())
        ]
    );
}
