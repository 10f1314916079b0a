//! Distances with a list of postcodes and without. The lists are made up.

use std::fs;
use std::path::PathBuf;

use domain::{Place, Point, RecordId, Service};
use store::Op;

use super::{Desk, TODAY, desk, request, search};
use crate::{
    BadOption, Code, Directory, NoteSort, PostcodeState, PostcodesView, SearchRequest,
    SearchResponse,
};

const LIST: &str = "postcode,lat,lon,borough,terminated\n\
    M6 5JA,53.49000,-2.28000,E08000006,\n\
    M6 5JB,,,E08000006,\n\
    M6 5ZZ,,,,2020\n\
    M1 1AA,53.48,-2.23,Manchester,\n\
    ZE1 0AA,60.15,-1.15,S12000027,\n\
    ZE2 9ZZ,,,,2019\n";

fn list(desk: &Desk, text: &str) -> PathBuf {
    let path = desk.folder.path().join("list_2025.csv");
    fs::write(&path, text).unwrap();
    path
}

fn import(desk: &Desk, text: &str) -> PostcodesView {
    let from = [list(desk, text)];
    desk.directory.postcodes_import("test", &from).unwrap()
}

/// A service that is lonely for nobody but this test, in a place of its own.
fn open_a_place(desk: &Desk) {
    let mut place = Place::named(RecordId::named("place/hall"), "Hall");
    (place.latitude, place.longitude) = (Some(53.495), Some(-2.285));
    let mut service = Service::named(RecordId::named("hall"), "Lonely hearts");
    let tie = serde_json::json!([{"id": RecordId::named("tie"), "location_id": place.id}]);
    service.service_at_locations = serde_json::from_value(tie).unwrap();
    let put = |op| desk.directory.indexer.transact(op).unwrap();
    put(Op::PutPlace(Box::new(place)));
    put(Op::PutService(Box::new(service)));
}

fn near(directory: &Directory, said: &str) -> SearchResponse {
    let near = Some(said.to_owned());
    search(
        directory,
        &SearchRequest {
            near,
            ..request("lonely")
        },
    )
}

fn note(response: &SearchResponse, kind: NoteSort) -> Option<&str> {
    let note = response.notes.iter().find(|note| note.kind == kind)?;
    Some(&note.text)
}

/// Label and whether it is measured from the middle of an outcode.
fn whence(response: &SearchResponse) -> (&str, bool) {
    let near = response.near.as_ref().unwrap();
    (&near.label, near.coarse)
}

#[test]
fn with_a_list_a_postcode_is_where_it_is() {
    let desk = desk();
    let directory = &desk.directory;
    open_a_place(&desk);
    let coarse = near(directory, "M6 5JA");
    assert_eq!(whence(&coarse), ("M6, Salford", true));
    assert!(
        note(&coarse, NoteSort::NearCoarse)
            .unwrap()
            .contains("about 1.2 km")
    );
    assert_eq!(directory.postcodes(), None);

    let imported = import(&desk, LIST);
    let postcodes = directory.postcodes().unwrap();
    assert_eq!(imported, postcodes);
    assert_eq!((postcodes.live, postcodes.ended), (4, 2));

    let exact = near(directory, "m65ja");
    assert_eq!(whence(&exact), ("M6 5JA, Salford", false));
    assert_eq!(note(&exact, NoteSort::NearCoarse), None);
    assert_eq!(exact.total, coarse.total);
    let hit = exact
        .hits
        .iter()
        .find(|hit| hit.distance_km.is_some())
        .unwrap();
    let entry = directory.entry(&hit.id, Some("M6 5JA"), TODAY).unwrap();
    let away = entry.places.iter().filter_map(|place| place.distance_km);
    assert_eq!(away.fold(f64::MAX, f64::min), hit.distance_km.unwrap());
    let middle = directory
        .areas
        .outcode(&"M6".parse().unwrap())
        .unwrap()
        .centre;
    let here = Point::new(53.49, -2.28).unwrap();
    assert!(
        middle.distance_km(here) > 0.2,
        "the test would show nothing"
    );
    assert_eq!(directory.locate("M6 5JA").unwrap().near.point, here);

    let typed = search(directory, &request("lonely m6 5ja"));
    assert_eq!(whence(&typed), ("M6 5JA, Salford", false));
    assert_eq!(whence(&search(directory, &request("lonely m6"))).0, "M6");
    assert_eq!(
        whence(&near(directory, "M1 1AA")),
        ("M1 1AA, Manchester", false)
    );
}

#[test]
fn what_has_ended_is_not_what_nobody_knows() {
    let desk = desk();
    let directory = &desk.directory;
    open_a_place(&desk);
    import(&desk, LIST);
    for (postcode, said) in [
        ("M6 5ZZ", "M6 5ZZ is not in use any more"),
        (
            "M6 5AA",
            "M6 5AA is not among the postcodes that were imported",
        ),
        ("M6 5JB", "The list does not say where M6 5JB is"),
    ] {
        let found = near(directory, postcode);
        assert_eq!(whence(&found), ("M6, Salford", true), "{postcode}");
        let note = note(&found, NoteSort::NearCoarse).unwrap();
        assert!(note.starts_with(said) && note.contains("middle"), "{note}");
        assert_eq!(directory.check_near(postcode), Ok(()));
    }
    let uncovered = near(directory, "BL1 1AA");
    assert!(
        note(&uncovered, NoteSort::NearCoarse)
            .unwrap()
            .starts_with("Distances")
    );

    // Elsewhere the list alone knows the way.
    assert_eq!(
        whence(&near(directory, "ZE1 0AA")),
        ("ZE1 0AA, S12000027", false)
    );
    assert_eq!(whence(&near(directory, "ZE1")), ("ZE1", true));
    let ended = directory.check_near("ZE2 9ZZ").unwrap_err();
    assert!(ended.to_string().contains("not in use any more"), "{ended}");
    let unknown = directory.check_near("ZE2 9AA").unwrap_err();
    assert!(
        unknown.to_string().contains("check how it is written"),
        "{unknown}"
    );
    let elsewhere = directory.check_near("ZE3 9AA").unwrap_err();
    assert!(matches!(elsewhere, BadOption::Elsewhere(..)));
    assert!(matches!(
        directory.check_near("ZE1 0A"),
        Err(BadOption::Postcode(_))
    ));
}

#[test]
fn a_postcode_is_looked_up() {
    let desk = desk();
    let state = |postcode: &str| desk.directory.look_up(postcode).unwrap();
    assert_eq!(state("M6 5JA").state, PostcodeState::NotCovered);
    import(&desk, LIST);
    let known = state("m65ja");
    assert_eq!(
        (known.state, known.latitude),
        (PostcodeState::InUse, Some(53.49))
    );
    assert_eq!(known.district.as_deref(), Some("Salford"));
    assert_eq!(
        known.said,
        "M6 5JA is in use (Salford) at 53.49000, -2.28000."
    );
    assert_eq!(state("M6 5ZZ").state, PostcodeState::Ended);
    assert_eq!(state("M6 5AA").state, PostcodeState::Unknown);
    assert_eq!(state("OL1 5AA").state, PostcodeState::NotCovered);
    assert!(desk.directory.look_up("WA154 1HF").is_err());
}

#[test]
fn who_owns_the_list_is_named_until_it_is_removed() {
    let desk = desk();
    let directory = &desk.directory;
    let before = directory.attributions();
    directory.remove_postcodes().unwrap();
    import(&desk, LIST);
    let added = directory.attributions().pop().unwrap();
    let os = "Contains OS data © Crown copyright and database right 2025";
    assert!(added.licence.contains(os), "{added:?}");
    directory.remove_postcodes().unwrap();
    assert_eq!(directory.attributions(), before);
    assert_eq!(whence(&near(directory, "M6 5JA")), ("M6, Salford", true));
}

#[test]
fn another_list_is_noticed_and_a_damaged_one_told() {
    let desk = desk();
    let other = Directory::open(desk.folder.path()).unwrap();
    import(&desk, LIST);
    assert_eq!(other.postcodes().unwrap().live, 4);
    import(&desk, "postcode\nM6 5JA\n");
    assert_eq!(other.postcodes().unwrap().live, 1);
    fs::write(desk.folder.path().join("postcodes.pack"), "not a pack").unwrap();
    assert_eq!(other.postcodes(), None);
    assert_eq!(whence(&near(&other, "M6 5JA")), ("M6, Salford", true));
    let notices = other.status(TODAY).unwrap().notices;
    assert!(
        notices
            .iter()
            .any(|one| one.id == "postcodes" && one.text.contains("import"))
    );
    import(&desk, LIST);
    assert_eq!(other.status(TODAY).unwrap().notices, []);
}

#[test]
fn a_list_that_is_none_changes_nothing() {
    let desk = desk();
    let directory = &desk.directory;
    import(&desk, LIST);
    let refused = |path: PathBuf| {
        let error = directory.postcodes_import("test", &[path]).unwrap_err();
        assert_eq!(error.code(), Code::BadFile);
        error.to_string()
    };
    let none = refused(list(&desk, "name\nA\n"));
    assert!(none.starts_with("list_2025.csv"), "{none}");
    let absent = refused(desk.folder.path().join("absent.csv"));
    assert!(absent.contains("absent.csv"), "{absent}");
    assert_eq!(directory.postcodes().unwrap().live, 4);
    assert_eq!(directory.job_progress("test"), None);

    let some = import(&desk, "postcode\nM6 5JA\nM6 5JAA\n");
    let missing = "One line could not be understood and was left out: list_2025.csv, line 3";
    assert!(some.said.contains(missing), "{}", some.said);
}

#[test]
fn a_place_of_which_only_the_postcode_is_known_has_its_point() {
    let desk = desk();
    let rows = "Name,Address,Postcode\nQuokka Larder,1 Generated Street,M1 1AA\n";
    let path = desk.folder.path().join("Quokkas.csv");
    fs::write(&path, rows).unwrap();
    let source = crate::ImportSource {
        from: path.display().to_string(),
        ..crate::ImportSource::default()
    };
    let checked = desk.directory.import_check("test", &source, TODAY).unwrap();
    desk.directory
        .import_apply("test", &checked.id, super::NOW)
        .unwrap();
    desk.directory.settle();
    let larder = |directory: &Directory| {
        let near = Some("M6 5JA".to_owned());
        let asked = SearchRequest {
            near,
            ..request("quokka")
        };
        search(directory, &asked).hits[0].clone()
    };
    assert_eq!(larder(&desk.directory).distance_km, None);

    import(&desk, LIST);
    desk.directory.settle();
    let hit = larder(&desk.directory);
    assert!(
        hit.distance_km
            .is_some_and(|away| (3.0..4.0).contains(&away))
    );
    let entry = desk
        .directory
        .entry(&hit.id, Some("M6 5JA"), TODAY)
        .unwrap();
    assert!(entry.places[0].distance_km.is_some());

    let again = Directory::open(desk.folder.path()).unwrap();
    assert!(larder(&again).distance_km.is_some(), "the index knows it");
    desk.directory.remove_postcodes().unwrap();
    desk.directory.settle();
    assert_eq!(larder(&desk.directory).distance_km, None);
}
