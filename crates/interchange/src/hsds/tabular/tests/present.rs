use std::io::Write;

use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::{Flavour, recognise};
use super::*;

#[test]
fn the_published_examples_are_put_together() {
    for version in ["3.1.1", "3.0"] {
        let Some(path) = shared(&format!("schemas/hsds-{version}/examples/csv")) else {
            return;
        };
        assert_eq!(recognise(&path).unwrap(), Some(Flavour::Present));
        let (documents, seen) = read(&path).unwrap();
        let services = of(&documents, "service");
        assert_eq!(services.len(), 1);
        let service = services[0];
        assert_eq!(service["minimum_age"], 12);
        assert_eq!(
            service["organization_id"],
            "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
        );
        assert_eq!(
            service["program"]["name"],
            "Community Mental Health Support"
        );
        assert_eq!(service["phones"][0]["languages"][0]["code"], "ur");
        assert_eq!(service["contacts"][0]["phones"][0]["extension"], 100);
        assert_eq!(
            service["service_at_locations"][0]["schedules"][0]["timezone"],
            3
        );
        assert_eq!(service["cost_options"][0]["amount"], 35);
        let place = of(&documents, "location")[0];
        assert_eq!(place["addresses"][0]["address_type"], "postal");
        // The examples refer to rows that they do not have.
        let doubts = seen.said(Weight::Doubtful);
        let lost = doubts
            .iter()
            .filter(|said| said.contains("belongs to nothing"));
        assert_eq!(lost.count(), if version == "3.0" { 2 } else { 4 });
    }
}

#[test]
fn terms_and_taxonomies_stand_in_what_they_hold_for() {
    let folder = folder(&[
        ("services.csv", "id,name\n1,Tea\n"),
        ("organizations.csv", "id,name\n1,Org\n"),
        ("phones.csv", "id,service_id,number\n1,1,0161 496 0000\n"),
        ("taxonomies.csv", "id,name\nt,Needs\n"),
        ("taxonomy_terms.csv", "id,name,taxonomy_id\nn,Lonely,t\n"),
        (
            "attributes.csv",
            "id,link_id,taxonomy_term_id,link_entity,value\na,1,n,service,x\nb,1,n,organization,y\nc,1,n,phones,z\nd,9,n,service,w\n",
        ),
        (
            "metadata.csv",
            "id,resource_id,resource_type,field_name\nm,1,phone,number\n",
        ),
    ]);
    let (documents, seen) = read(folder.path()).unwrap();
    let term =
        json!({"id": "n", "name": "Lonely", "taxonomy_detail": {"id": "t", "name": "Needs"}});
    let service = of(&documents, "service")[0];
    assert_eq!(
        service["attributes"],
        json!([{"id": "a", "value": "x", "taxonomy_term": term}])
    );
    assert_eq!(service["phones"][0]["attributes"][0]["value"], "z");
    assert_eq!(
        service["phones"][0]["metadata"],
        json!([{"id": "m", "field_name": "number"}])
    );
    assert_eq!(
        of(&documents, "organization")[0]["attributes"][0]["value"],
        "y"
    );
    let doubts = seen.said(Weight::Doubtful);
    assert_eq!(doubts.len(), 1, "{doubts:?}");
    assert!(
        doubts[0].starts_with("attributes.csv, line 5, link_id"),
        "{doubts:?}"
    );
}

#[test]
fn a_description_says_which_file_is_which() {
    let description = json!({"resources": [
        {"name": "service", "path": "tables/first.csv"},
        {"name": "organization", "path": "tables/second.csv"},
        {"name": "location", "path": "../elsewhere.csv"},
    ]});
    let folder = folder(&[("datapackage.json", &description.to_string())]);
    let tables = folder.path().join("tables");
    fs::create_dir(&tables).unwrap();
    fs::write(tables.join("first.csv"), "id,name\n1,Tea\n").unwrap();
    fs::write(tables.join("second.csv"), "id,name\n2,Org\n").unwrap();
    let (documents, _) = read(folder.path()).unwrap();
    assert_eq!(documents.len(), 2);
    assert_eq!(
        documents[1].1,
        *json!({"id": "1", "name": "Tea"}).as_object().unwrap()
    );
}

#[test]
fn encodings_and_delimiters_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let wide: Vec<u8> = "\u{feff}id,name\n1,Café\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    fs::write(folder.path().join("services.csv"), wide).unwrap();
    fs::write(
        folder.path().join("organizations.csv"),
        b"id,name\n1,Caf\xe9\n",
    )
    .unwrap();
    fs::write(folder.path().join("locations.csv"), "id;name\n1;Café\n").unwrap();
    let (documents, _) = read(folder.path()).unwrap();
    assert_eq!(documents.len(), 3);
    for (_, document) in documents {
        assert_eq!(document["name"], "Café");
    }
}

#[test]
fn archives_are_read_as_folders_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("package.zip");
    let mut zip = ZipWriter::new(fs::File::create(&path).unwrap());
    for (name, text) in [
        ("in/raw/services.csv", "a,b\n"),
        ("in/services.csv", "id,name\n1,Tea\n"),
        ("in/organizations.csv", "id,name\n2,Org\n"),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    assert_eq!(recognise(&path).unwrap(), Some(Flavour::Older));
    let (documents, seen) = read(&path).unwrap();
    assert_eq!(documents.len(), 2);
    assert_eq!(documents[0].0, "organization");
    assert!(seen.steps > 2);
}

#[test]
fn other_folders_are_not_taken_for_packages() {
    if let Some(path) = shared("directories/gm-ogl") {
        assert_eq!(recognise(&path).unwrap(), None);
    }
    let folder = folder(&[("services.csv", "a\n"), ("x.csv", "b\n")]);
    assert_eq!(recognise(folder.path()).unwrap(), None);
    assert_eq!(recognise(&folder.path().join("x.csv")).unwrap(), None);
    assert!(recognise(&folder.path().join("missing.zip")).is_err());
}
