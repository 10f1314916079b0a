use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::PackageWriter;
use super::generated::documents_from;
use super::*;

/// Writes documents, organisations first.
fn write(to: &Path, documents: &Documents) {
    let mut writer = PackageWriter::create(to).unwrap();
    for (entity, document) in documents {
        let document = Value::Object(document.clone());
        match *entity {
            "organization" => writer.organisation(&document).unwrap(),
            "location" => writer.place(&document).unwrap(),
            _ => writer.service(&document).unwrap(),
        }
    }
    writer.finish().unwrap();
}

/// What a document says, whatever the order of its members and of its rows.
fn plain(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let parts: BTreeSet<String> = members
                .iter()
                .map(|(name, value)| format!("{name:?}:{}", plain(value)))
                .collect();
            format!("{{{}}}", parts.into_iter().collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => {
            let mut items: Vec<String> = items.iter().map(plain).collect();
            items.sort();
            format!("[{}]", items.join(","))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

fn by_entity(documents: &Documents, entity: &str) -> Vec<String> {
    let mut found: Vec<String> = of(documents, entity)
        .into_iter()
        .map(|document| plain(&Value::Object(document.clone())))
        .collect();
    found.sort();
    found
}

/// The services come out of a package as they went in.
fn come_back(documents: &Documents, name: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    write(&path, documents);
    let (again, seen) = read(&path).unwrap();
    assert_eq!(
        by_entity(&again, "service"),
        by_entity(documents, "service")
    );
    assert_eq!(seen.said(Weight::Doubtful), Vec::<String>::new());
}

#[test]
fn the_full_examples_of_the_specification_come_back() {
    for example in [
        "schemas/hsds-3.1.1/examples/service_full.json",
        "schemas/hsds-3.0/examples/service_full.json",
    ] {
        let Some(path) = shared(example) else {
            return;
        };
        let document: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let documents = vec![("service", document.as_object().unwrap().clone())];
        come_back(&documents, "package.zip");
        come_back(&documents, "package");
    }
}

#[test]
fn packages_of_others_come_back() {
    for package in [
        "schemas/hsds-3.1.1/examples/csv",
        "schemas/hsds-3.0/examples/csv",
        "directories/ilao-hsds11",
        "directories/ohana-sanmateo",
        "directories/legalaid-florida",
    ] {
        let Some(path) = shared(package) else {
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        let (first, _) = read(&path).unwrap();
        write(&folder.path().join("once"), &first);
        let (second, seen) = read(&folder.path().join("once")).unwrap();
        assert_eq!(seen.said(Weight::Doubtful), Vec::<String>::new());
        write(&folder.path().join("twice"), &second);
        let (third, _) = read(&folder.path().join("twice")).unwrap();
        for entity in ["organization", "location", "service"] {
            let at = |documents| by_entity(documents, entity);
            assert_eq!(at(&second), at(&third), "{package}");
            // Rows of the others without identifiers have them now.
            if package.starts_with("schemas") {
                assert_eq!(at(&first), at(&second), "{package}");
            }
        }
    }
}

#[test]
fn what_tables_cannot_say_stands_in_a_table_beside_them() {
    let service = serde_json::json!({
        "id": "ac148810-d857-441c-9679-408f346de14b", "name": "Generated", "status": "active",
        "phones": [], "fees": "", "minimum_age": "5", "nothing": null,
        "signpost": {"keywords": ["a", "b"]},
        "schedules": [{"id": "7", "opens_at": "9:30", "organiser": {"deep": [1.0, true]}}],
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("package");
    write(
        &path,
        &vec![("service", service.as_object().unwrap().clone())],
    );
    let files: BTreeSet<String> = fs::read_dir(&path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let expected = [
        "datapackage.json",
        "organizations.csv",
        "schedules.csv",
        "services.csv",
        "signpost_members.csv",
    ];
    assert!(files.iter().eq(&expected), "{files:?}");
    let beyond = fs::read_to_string(path.join("signpost_members.csv")).unwrap();
    let lines: Vec<&str> = beyond.lines().collect();
    assert_eq!(
        lines.first(),
        Some(&"number,table,row_id,says,member,value")
    );
    assert!(
        beyond.contains(r#",member,opens_at,"""9:30""""#),
        "{beyond}"
    );
    let schedules = fs::read_to_string(path.join("schedules.csv")).unwrap();
    assert!(schedules.contains(",09:30:00,"), "{schedules}");
    let (again, _) = read(&path).unwrap();
    assert_eq!(by_entity(&again, "service"), vec![plain(&service)]);
    assert_eq!(of(&again, "organization").len(), 0);
}

#[test]
fn a_package_that_is_dropped_or_would_overwrite_leaves_all_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("package");
    let service = serde_json::json!({"id": "1", "name": "A", "status": "active"});
    let mut writer = PackageWriter::create(&path).unwrap();
    writer.service(&service).unwrap();
    drop(writer);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

    fs::create_dir(&path).unwrap();
    fs::write(path.join("mine.txt"), "x").unwrap();
    let said = PackageWriter::create(&path).unwrap_err().to_string();
    assert!(said.contains("another name"), "{said}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert!(PackageWriter::create(&folder.path().join("no/such/package")).is_err());
}

#[test]
fn a_package_without_documents_is_one_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.zip");
    write(&path, &Vec::new());
    let said = read(&path).err().unwrap().to_string();
    assert!(said.contains("no table"), "{said}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn generated_documents_come_back(seed: u64, zipped: bool) {
        let name = if zipped { "package.zip" } else { "package" };
        come_back(&documents_from(seed), name);
    }
}
