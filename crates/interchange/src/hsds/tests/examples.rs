//! The published examples, and a real page.

use super::*;

fn json_of(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn read_path(path: &Path) -> (Summary, Taken) {
    let mut taken = Taken::default();
    let summary = read(path, "published", &mut taken).unwrap();
    (summary, taken)
}

const FULL: [&str; 4] = [
    "schemas/hsds-3.1.1/examples/service_full.json",
    "schemas/hsds-3.0/examples/service_full.json",
    "schemas/oruk-3.0/examples/service_full.json",
    "schemas/oruk-3.0/validator/Mocks/V3.0-UK-Default/service_full.json",
];

#[test]
fn the_full_examples_go_out_as_they_came_in() {
    for path in FULL {
        let Some(path) = shared(path) else { continue };
        let (summary, taken) = read_path(&path);
        assert_eq!(taken.said(), Vec::<String>::new(), "{}", path.display());
        assert_eq!((summary.documents, summary.services), (1, 1));
        assert_same(&taken.exported()[0], &json_of(&path));
    }
}

#[test]
fn the_lists_go_out_as_they_came_in() {
    for version in ["hsds-3.1.1", "hsds-3.0", "oruk-3.0"] {
        let path = format!("schemas/{version}/examples/service_list.json");
        let Some(path) = shared(&path) else { continue };
        let (_, taken) = read_path(&path);
        let page = json_of(&path);
        let originals = page["contents"].as_array().unwrap();
        assert_eq!(taken.said(), Vec::<String>::new());
        assert_eq!(taken.exported().len(), originals.len());
        for (exported, original) in taken.exported().iter().zip(originals) {
            assert_same(exported, original);
        }
    }
}

#[test]
fn organisations_with_their_services_come_in_apart() {
    for version in ["hsds-3.1.1", "hsds-3.0", "oruk-3.0"] {
        let path = format!("schemas/{version}/examples/organization_full.json");
        let Some(path) = shared(&path) else { continue };
        let (summary, taken) = read_path(&path);
        assert_eq!(taken.said(), Vec::<String>::new());
        assert_eq!((summary.organisations, summary.services), (1, 1));
        let mut original = json_of(&path);
        let services = original["services"].take();
        let _services = original.as_object_mut().unwrap().shift_remove("services");
        assert_same(&organisation(&taken.organisations[0]), &original);
        let mut service = services[0].clone();
        service["organization_id"] = original["id"].clone();
        service["organization"] = original;
        assert_same(&taken.exported()[0], &service);
    }
}

#[test]
fn services_at_locations_become_part_of_their_services() {
    for version in ["hsds-3.1.1", "hsds-3.0", "oruk-3.0"] {
        let path = format!("schemas/{version}/examples/service_at_location_full.json");
        let Some(path) = shared(&path) else { continue };
        let (summary, taken) = read_path(&path);
        assert_eq!(taken.said(), Vec::<String>::new());
        assert_eq!((summary.services, summary.places), (1, 1));
        let mut tie = json_of(&path);
        let mut service = tie
            .as_object_mut()
            .unwrap()
            .shift_remove("service")
            .unwrap();
        service["service_at_locations"] = json!([tie]);
        assert_same(&taken.exported()[0], &service);
    }
}

#[test]
fn the_published_examples_are_valid() {
    for version in ["hsds-3.1.1", "hsds-3.0", "oruk-3.0"] {
        for name in [
            "service_full",
            "service_list",
            "organization_full",
            "service_at_location_full",
        ] {
            let path = format!("schemas/{version}/examples/{name}.json");
            let Some(path) = shared(&path) else { continue };
            let mut taken = Taken::default();
            let summary = validate(&path, &mut taken).unwrap();
            assert!(summary.documents > 0);
            assert_eq!(summary.refused, 0, "{} {:#?}", path.display(), taken.said());
        }
    }
    if let Some(path) = shared("schemas/oruk-3.0/validator/Mocks/V3.0-UK-Fail/service_full.json") {
        let mut taken = Taken::default();
        assert_eq!(
            validate(&path, &mut taken).unwrap().refused,
            1,
            "{:#?}",
            taken.said()
        );
    }
}

#[test]
fn a_real_page_of_uk_1_comes_in_whole() {
    let Some(path) = shared("directories/bucks-outpost/services_page1.json") else {
        return;
    };
    let (summary, taken) = read_path(&path);
    assert_eq!(
        (summary.services, summary.refused),
        (20, 0),
        "{:#?}",
        taken.said()
    );
    assert_eq!((summary.organisations, summary.places), (10, 18));
    let on_the_map = taken.places.iter().filter(|place| place.point().is_some());
    assert_eq!(on_the_map.count(), 13);
    assert!(taken.places.iter().all(|place| place.addresses.len() == 1));
    let terms = taken
        .services
        .iter()
        .map(|service| service.attributes.len());
    assert_eq!(terms.sum::<usize>(), 53);
    assert_eq!(taken.services[0].minimum_age, Some(5.into()));
    let again = read_path(&path).1;
    assert_eq!(again.services, taken.services);
}

#[test]
fn terms_and_taxonomies_are_told_and_passed_over() {
    let Some(path) = shared("schemas/hsds-3.1.1/examples/taxonomy_term_list.json") else {
        return;
    };
    let (summary, taken) = read_path(&path);
    assert_eq!(
        (summary.services, summary.refused, summary.notes),
        (0, 0, 1)
    );
    assert!(taken.said()[0].contains("come with the records"));
}
