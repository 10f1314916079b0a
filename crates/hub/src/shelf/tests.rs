//! Generated records on the shelf, asked for in every way.

use std::sync::Arc;

use domain::{Areas, Kind, RecordId};
use serde_json::{Value, json};
use wire::{Line, LineBody};

use super::{Depth, FILE, Hours, List, Listed, Near, Part, Question, Shelf, Stands, within};
use super::{arrange, documents, pages, prepared};

struct Case {
    conn: rusqlite::Connection,
    areas: Arc<Areas>,
    _folder: tempfile::TempDir,
}

fn id(name: &str) -> RecordId {
    RecordId::named(name)
}

fn line(kind: Kind, name: &str, version: u64, mut body: Value) -> Line {
    body["id"] = id(name).to_string().into();
    Line {
        kind: kind.name().to_owned(),
        id: id(name),
        version,
        at: 1_790_000_000 + version,
        body: Some(LineBody(serde_json::value::to_raw_value(&body).unwrap())),
    }
}

fn tombstone(kind: Kind, name: &str, version: u64) -> Line {
    Line {
        body: None,
        ..line(kind, name, version, json!({}))
    }
}

fn choir(version: u64) -> Line {
    line(
        Kind::Service,
        "choir",
        version,
        json!({
            "name": "Choir for everybody", "status": "active",
            "organization_id": id("arts").to_string(),
            "minimum_age": 18, "maximum_age": 99,
            "schedules": [{"id": "1", "byday": "MO,TH", "opens_at": "10:00", "closes_at": "12:00"}],
            "service_areas": [{"id": "2", "name": "Salford", "extent": "E08000006"}],
            "service_at_locations": [{"id": id("tie").to_string(), "location_id": id("hall").to_string()}],
            "attributes": [{"id": "3", "taxonomy_term": {
                "id": domain::Catalogue::term_id("need", "social-isolation").to_string(),
                "code": "social-isolation", "name": "Social isolation", "taxonomy": "need"}}],
            "signpost": {"summary": "Sing together, no audition."}
        }),
    )
}

/// Generated: two services, one of an organisation at a place.
pub(crate) fn generated() -> Vec<Line> {
    let walk = json!({
        "name": "Walking group", "status": "active",
        "attributes": [{"id": "9", "taxonomy_term": {"id": id("outdoors").to_string(),
            "name": "Outdoors", "taxonomy_detail": {"id": id("themes").to_string(),
            "name": "Themes", "description": "Generated"}}}]
    });
    let hall = json!({"location_type": "physical", "name": "Hall", "latitude": 53.49,
        "longitude": -2.29, "addresses": [{"id": "4", "city": "Salford", "postal_code": "M6 5JA"}]});
    vec![
        line(Kind::Place, "hall", 1, hall),
        line(
            Kind::Organisation,
            "arts",
            2,
            json!({"name": "Arts Together"}),
        ),
        choir(3),
        line(Kind::Service, "walk", 4, walk),
    ]
}

/// A shelf with these lines on it.
pub(crate) async fn filled(lines: &[Line]) -> Shelf {
    let shelf = Shelf::open(None, Arc::new(crate::areas::built_in())).unwrap();
    let mut conn = shelf.writer.lock().await;
    within(&mut conn, |conn| {
        arrange::clear(conn, id("hub"), 1)?;
        arrange::put(conn, &shelf.areas, lines)?;
        conn.execute("UPDATE standing SET sequence = 9", [])
            .unwrap();
        Ok(())
    })
    .unwrap();
    drop(conn);
    let stands = Stands {
        epoch: 1,
        sequence: 9,
    };
    shelf.stands.send_replace(Some(stands));
    shelf
}

fn case() -> Case {
    let folder = tempfile::tempdir().unwrap();
    let mut case = Case {
        conn: prepared(&folder.path().join(FILE)).unwrap(),
        areas: Arc::new(crate::areas::built_in()),
        _folder: folder,
    };
    within(&mut case.conn, |conn| arrange::clear(conn, id("hub"), 1)).unwrap();
    case.put(&generated());
    case
}

impl Case {
    fn put(&mut self, lines: &[Line]) {
        let areas = Arc::clone(&self.areas);
        within(&mut self.conn, |conn| arrange::put(conn, &areas, lines)).unwrap();
    }

    fn listed(&self, list: List, question: &Question, depth: Depth) -> Listed {
        let part = Part::Page { skip: 0, most: 50 };
        pages::list(&self.conn, list, question, (part, depth)).unwrap()
    }

    fn names(&self, list: List, question: &Question) -> Vec<String> {
        let listed = self.listed(list, question, Depth::Flat);
        assert_eq!(listed.total, u64::try_from(listed.documents.len()).unwrap());
        let step = Part::After {
            after: None,
            most: 50,
        };
        let step = pages::list(&self.conn, list, question, (step, Depth::Flat)).unwrap();
        assert_eq!(step.documents.len(), listed.documents.len());
        let name = |document: &Value| {
            let named = document.get("service").unwrap_or(document);
            named["name"].as_str().unwrap().to_owned()
        };
        let mut names: Vec<_> = listed.documents.iter().map(name).collect();
        names.sort();
        names
    }

    fn assert_services(&self, question: &Question, names: &[&str]) {
        assert_eq!(self.names(List::Services, question), names, "{question:?}");
    }
}

fn near(metres: Option<f64>, boroughs: &[&str]) -> Question {
    Question {
        near: Some(Near {
            centre: domain::Point::new(53.49, -2.29).unwrap(),
            boroughs: boroughs.iter().map(|code| (*code).to_owned()).collect(),
            metres,
        }),
        ..Question::default()
    }
}

#[test]
fn every_filter_finds_what_it_should() {
    let case = case();
    let none = Question::default();
    case.assert_services(&none, &["Choir for everybody", "Walking group"]);
    let search = |text: &str| Question {
        search: Some(text.to_owned()),
        ..Question::default()
    };
    case.assert_services(&search("singing auditions"), &["Choir for everybody"]);
    case.assert_services(&search("arts hall"), &["Choir for everybody"]);
    case.assert_services(&search("arts walking"), &[]);
    case.assert_services(&search("\""), &[]);
    let of = |organisation| Question {
        organisation: Some(organisation),
        ..Question::default()
    };
    case.assert_services(&of(id("arts")), &["Choir for everybody"]);
    let term = domain::Catalogue::term_id("need", "social-isolation");
    let tied = Question {
        term: Some(term),
        ..Question::default()
    };
    case.assert_services(&tied, &["Choir for everybody"]);
    let themes = Question {
        taxonomy: Some(id("themes")),
        ..Question::default()
    };
    case.assert_services(&themes, &["Walking group"]);
    let since = |moment| Question {
        modified_after: Some(moment),
        ..Question::default()
    };
    case.assert_services(&since(1_790_000_004), &["Walking group"]);
}

#[test]
fn ages_and_hours_are_asked_for_as_the_specification_says() {
    let case = case();
    let aged = |from, to| Question {
        minimum_age: from,
        maximum_age: to,
        ..Question::default()
    };
    case.assert_services(&aged(Some(18.0), Some(99.0)), &["Choir for everybody"]);
    case.assert_services(&aged(Some(18.5), None), &[]);
    let hours = |day, opens, closes| Question {
        hours: Hours {
            day: Hours::day(day),
            opens,
            closes,
        },
        ..Question::default()
    };
    case.assert_services(
        &hours("Thursday", Some(600), Some(720)),
        &["Choir for everybody"],
    );
    case.assert_services(&hours("Friday", None, None), &[]);
    case.assert_services(&hours("MO", Some(601), None), &[]);
}

#[test]
fn coverage_that_is_not_known_rules_nothing_out_but_distance_does() {
    let case = case();
    case.assert_services(
        &near(None, &["E08000006"]),
        &["Choir for everybody", "Walking group"],
    );
    case.assert_services(&near(None, &["E08000001"]), &["Walking group"]);
    case.assert_services(&near(Some(500.0), &["E08000006"]), &["Choir for everybody"]);
    let at = case.names(List::AtPlaces, &near(Some(10.0), &["E08000006"]));
    assert_eq!(at, ["Choir for everybody"]);
    let mut away = near(Some(1_000.0), &["E08000006"]);
    away.near.as_mut().unwrap().centre = domain::Point::new(53.49, -2.26).unwrap();
    assert!(case.names(List::AtPlaces, &away).is_empty());
}

#[test]
fn a_service_follows_its_organisation_and_places() {
    let mut case = case();
    let since = Question {
        modified_after: Some(1_790_000_005),
        ..Question::default()
    };
    case.assert_services(&since, &[]);
    case.put(&[line(
        Kind::Organisation,
        "arts",
        5,
        json!({"name": "Song Union"}),
    )]);
    case.assert_services(&since, &["Choir for everybody"]);
    let search = Question {
        search: Some("union".to_owned()),
        ..Question::default()
    };
    case.assert_services(&search, &["Choir for everybody"]);
    let whole = documents::service(&case.conn, id("choir"))
        .unwrap()
        .unwrap();
    assert_eq!(whole["organization"]["name"], "Song Union");
    assert_eq!(whole["service_at_locations"][0]["location"]["name"], "Hall");
    // What is older than what is there changes nothing.
    case.put(&[line(
        Kind::Organisation,
        "arts",
        2,
        json!({"name": "Arts Together"}),
    )]);
    case.assert_services(&search, &["Choir for everybody"]);
}

#[test]
fn what_was_removed_is_no_longer_there() {
    let mut case = case();
    case.put(&[
        tombstone(Kind::Service, "walk", 6),
        tombstone(Kind::Place, "hall", 7),
    ]);
    case.assert_services(&Question::default(), &["Choir for everybody"]);
    assert!(
        documents::service(&case.conn, id("walk"))
            .unwrap()
            .is_none()
    );
    let themes = Question {
        taxonomy: Some(id("themes")),
        ..Question::default()
    };
    assert!(
        case.listed(List::Terms, &themes, Depth::Full)
            .documents
            .is_empty()
    );
    let tie = documents::at_place(&case.conn, id("tie")).unwrap().unwrap();
    assert_eq!(tie["service"]["name"], "Choir for everybody");
    assert!(tie.get("location").is_none());
}

#[test]
fn terms_that_records_name_stand_beside_those_built_in() {
    let case = case();
    let taxonomies = case.listed(List::Taxonomies, &Question::default(), Depth::Full);
    let named = |name: &str| taxonomies.documents.iter().any(|word| word["name"] == name);
    assert!(
        named("Themes") && named("Need") || named("Needs"),
        "{:?}",
        taxonomies.documents
    );
    let themes = Question {
        taxonomy: Some(id("themes")),
        ..Question::default()
    };
    let terms = case.listed(List::Terms, &themes, Depth::Full).documents;
    assert_eq!(terms[0]["name"], "Outdoors");
    assert_eq!(terms[0]["description"], "");
}

#[test]
fn an_organisation_tells_its_services() {
    let case = case();
    let arts = documents::organisation(&case.conn, id("arts"), false)
        .unwrap()
        .unwrap();
    assert_eq!(arts["services"][0]["name"], "Choir for everybody");
    assert!(arts["services"][0].get("schedules").is_none());
    let arts = documents::organisation(&case.conn, id("arts"), true)
        .unwrap()
        .unwrap();
    assert_eq!(arts["services"][0]["schedules"][0]["opens_at"], "10:00");
    let list = case.listed(List::Organisations, &Question::default(), Depth::Flat);
    assert_eq!(list.documents[0]["name"], "Arts Together");
}

#[test]
fn a_kept_shelf_is_taken_up_again_and_one_of_another_format_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let areas = Arc::new(crate::areas::built_in());
    let open = || Shelf::open(Some(folder.path()), Arc::clone(&areas)).unwrap();
    assert_eq!(open().stands(), None);
    let conn = prepared(&folder.path().join(FILE)).unwrap();
    arrange::clear(&conn, id("hub"), 3).unwrap();
    conn.execute("UPDATE standing SET sequence = 7", [])
        .unwrap();
    let stands = Stands {
        epoch: 3,
        sequence: 7,
    };
    let first = open();
    assert_eq!(first.stands(), Some(stands));
    // A second process has one of its own meanwhile.
    assert_eq!(open().stands(), None);
    drop(first);
    conn.pragma_update(None, "user_version", 99).unwrap();
    drop(conn);
    assert_eq!(open().stands(), None);
}
