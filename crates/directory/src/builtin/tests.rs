//! The built-in directory, and a small one read whole.

mod faults;

use std::collections::HashSet;
use std::time::{Duration, Instant};

use super::*;

const NEED: &str = r#"name = "Need"
description = "Why."
source = "A report"

[[term]]
code = "advice"
name = "Advice"
order = 2

[[term]]
code = "company"
name = "Company"
description = "Wanting company."
order = 1
"#;

const POPULATION: &str = r#"name = "Population"
description = "Who."
source = "A report"

[[term]]
code = "condition"
name = "People with a named condition"
"#;

const AREAS: &str = r#"source = "Us"
licence = "Any"

[[area]]
code = "B1"
name = "Bury"
kind = "borough"
within = "C1"

[[area]]
code = "B1/north"
name = "North Bury"
kind = "neighbourhood"
within = "B1"
also = ["Topend"]

[[area]]
code = "C1"
name = "The county"
kind = "county"
"#;

const OUTCODES: &str =
    "# Source: us.\noutcode,latitude,longitude,areas\nBL8,53.6,-2.3,B1\nBL9,53.5,-2.2,B1;C1\n";

const THESAURUS: &str = r#"[[group]]
id = "lonely"
plain = ["lonely", "on my own"]
words = ["befriending"]
needs = ["company"]

[[group]]
id = "money"
plain = ["skint"]
words = ["money advice"]
"#;

const DIRECTORY: &str = r#"source = "A report"
licence = "facts"
checked = "2018-04/2018-06"
checked_by = "The authors"
entered_by = "The editors"

[[entry]]
slug = "tea-club"
name = "Tea Club"
alternate_names = ["The Club", "Tea and Talk"]
summary = "Tea and talk."
description = "People drink tea and talk."
coverage = ["B1"]
needs = [{ term = "company" }]
populations = [{ term = "condition", detail = "cancer" }, { term = "condition", detail = "aphasia" }]
languages = ["Farsi"]
places = ["Old Library", "Town Hall"]
keywords = ["chat"]
status = "active"
report = ["Page 1", "Page 2"]
"#;

fn files() -> Vec<AssetFile<'static>> {
    [
        ("taxonomies/need.toml", NEED),
        ("taxonomies/population.toml", POPULATION),
        ("areas.toml", AREAS),
        ("outcodes.csv", OUTCODES),
        ("thesaurus/all.toml", THESAURUS),
        ("directory/here.toml", DIRECTORY),
    ]
    .map(|(path, text)| AssetFile { path, text })
    .to_vec()
}

#[test]
fn the_built_in_directory_is_sound_and_quick_to_read() {
    let start = Instant::now();
    let load = load().unwrap_or_else(|error| panic!("{error}"));
    let took = start.elapsed();
    assert!(took < Duration::from_secs(3), "took {took:?}");
    assert_eq!(load.services.len(), load.organisations.len());
    assert!(load.services.len() >= 60 && load.taxonomies.len() == 16);
    assert!(!load.areas.is_empty() && !load.outcodes.is_empty() && !load.thesaurus.is_empty());
    for service in &load.services {
        assert_eq!(service.signpost.checks.len(), 1);
        assert!(service.signpost.provenance[0].at.is_some());
        // What an editor read out of the text says so; what the report states does not.
        for (taxonomy, assessed) in [("need", true), ("tier", true), ("referral-source", false)] {
            let mut ties = service.attributes_in(taxonomy);
            assert!(ties.all(|tie| tie.assessed == assessed));
        }
        assert!(service.phones.is_absent() && service.schedules.is_absent());
    }
}

#[test]
fn no_identifier_is_given_twice_and_all_are_uuids() {
    let load = load().unwrap();
    let mut ids: Vec<String> = Vec::new();
    ids.extend(load.organisations.iter().map(|o| o.id.to_string()));
    ids.extend(load.places.iter().map(|p| p.id.to_string()));
    for service in &load.services {
        ids.push(service.id.to_string());
        ids.extend(service.attributes.iter().map(|a| a.id.clone()));
        ids.extend(service.service_areas.iter().map(|a| a.id.clone()));
        ids.extend(service.languages.iter().map(|l| l.id.clone()));
        ids.extend(
            service
                .service_at_locations
                .iter()
                .map(|t| t.id.to_string()),
        );
    }
    assert!(ids.iter().all(|id| id.parse::<domain::RecordId>().is_ok()));
    let distinct: HashSet<&String> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len());
}

#[test]
fn an_entry_becomes_a_service_of_an_organisation_at_places() {
    let load = check(&files()).unwrap_or_else(|error| panic!("{error}"));
    let terms: Vec<&str> = load.taxonomies[0]
        .terms
        .iter()
        .map(|t| t.name.as_str())
        .collect();
    assert_eq!(terms, ["Company", "Advice"], "terms stand in display order");
    let service = &load.services[0];
    assert_eq!(service.organization_id, Some(load.organisations[0].id));
    assert_eq!(
        service.other_names().collect::<Vec<_>>(),
        ["The Club", "Tea and Talk"]
    );
    assert_eq!(service.coverage().collect::<Vec<_>>(), ["B1"]);
    assert_eq!(service.service_areas[0].name.as_deref(), Some("Bury"));
    assert_eq!(
        service.service_at_locations[1].place(),
        Some(load.places[1].id)
    );
    assert_eq!(load.places[1].name.as_deref(), Some("Town Hall"));
    let details: Vec<_> = service
        .attributes_in("population")
        .map(|a| a.value.as_deref())
        .collect();
    assert_eq!(details, [Some("cancer"), Some("aphasia")]);
    assert!(service.attributes.iter().all(|a| a.assessed));
    assert!(service.eligibility_description.is_none() && service.assured_date.is_none());
    let (check, provenance) = (&service.signpost.checks[0], &service.signpost.provenance[0]);
    assert_eq!(check.when.as_str(), "2018-04/2018-06");
    assert_eq!(check.by.as_deref(), Some("The authors"));
    assert_eq!(provenance.at.as_deref(), Some("Page 1; Page 2"));
    assert_eq!(provenance.entered_by.as_deref(), Some("The editors"));
}
