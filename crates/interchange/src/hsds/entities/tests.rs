use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{Entity, Field, Joined, Kind, Link, UK_ADDS, all, entity, entity_of_file};

const SCHEMAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/schemas");

fn json(path: &str) -> Option<Value> {
    let path = Path::new(SCHEMAS).join(path);
    let text = fs::read_to_string(path).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

fn has(list: &Value, name: &str) -> bool {
    let list = list.as_array();
    list.is_some_and(|list| list.iter().any(|item| item == name))
}

fn same_field(field: &Field, schema: &Value, published: &Value) {
    let at = field.name;
    let format = match field.kind {
        Kind::Id | Kind::Key(_) | Kind::AnyKey => Some("uuid"),
        Kind::Uri => Some("uri"),
        Kind::Email => Some("email"),
        Kind::DateTime => Some("date-time"),
        Kind::Text | Kind::Number | Kind::Date | Kind::Time | Kind::OneOf(_) => None,
    };
    assert_eq!(published["format"].as_str(), format, "{at}");
    let of = if field.kind == Kind::Number {
        "number"
    } else {
        "string"
    };
    assert_eq!(published["type"], of, "{at}");
    let tabular = match field.kind {
        Kind::Date => Some("date"),
        Kind::Time => Some("time"),
        Kind::DateTime => Some("datetime"),
        Kind::Text | Kind::Number | Kind::Id | Kind::Key(_) | Kind::AnyKey => None,
        Kind::Uri | Kind::Email | Kind::OneOf(_) => None,
    };
    assert_eq!(published["datapackage_type"].as_str(), tabular, "{at}");
    let values: Option<Vec<&str>> = published["enum"]
        .as_array()
        .map(|values| values.iter().filter_map(Value::as_str).collect());
    let ours = if let Kind::OneOf(values) = field.kind {
        Some(values.to_vec())
    } else {
        None
    };
    assert_eq!(values, ours, "{at}");
    let required = has(&schema["required"], at);
    assert_eq!(required, field.required, "{at}");
    let tabular = required || has(&schema["tabular_required"], at);
    assert_eq!(tabular, field.tabular_required, "{at}");
}

fn same_link(entity: &Entity, link: &Link, schema: &Value, published: &Value) {
    let child = if link.many {
        &published["items"]
    } else {
        published
    };
    let of = format!("{}.json", link.child);
    assert_eq!(child["$ref"], of.as_str(), "{}", link.member);
    assert_eq!(has(&schema["required"], link.member), link.required);
    let child = link.entity().unwrap();
    match link.joined {
        Joined::InChild(key) => {
            assert_eq!(child.field(key).unwrap().kind, Kind::Key(entity.name));
        }
        Joined::InParent(key) => {
            assert_eq!(entity.field(key).unwrap().kind, Kind::Key(child.name));
        }
        Joined::Named { id, entity } => {
            assert_eq!(child.field(id).unwrap().kind, Kind::AnyKey);
            assert!(child.field(entity).is_some());
        }
    }
}

#[test]
fn the_description_is_that_of_the_published_schemas() {
    if !Path::new(SCHEMAS).exists() {
        println!("skipped: the published schemas are not here");
        return;
    }
    for entity in all() {
        let schema = json(&format!("hsds-3.1.1/schema/{}.json", entity.name)).unwrap();
        let members = schema["properties"].as_object().unwrap();
        assert_eq!(schema["path"], format!("{}.csv", entity.file).as_str());
        assert_eq!(members.len(), entity.fields.len() + entity.links.len());
        for field in entity.fields {
            same_field(field, &schema, &members[field.name]);
        }
        for link in entity.links {
            same_link(entity, link, &schema, &members[link.member]);
        }
    }
}

#[test]
fn the_columns_stand_in_the_order_of_the_published_package() {
    let Some(package) = json("hsds-3.1.1/datapackage.json") else {
        println!("skipped: the published schemas are not here");
        return;
    };
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), all().count());
    for (resource, entity) in resources.iter().zip(all()) {
        assert_eq!(resource["name"], entity.name);
        let published = resource["schema"]["fields"].as_array().unwrap();
        let published: Vec<_> = published
            .iter()
            .filter_map(|f| f["name"].as_str())
            .collect();
        let ours: Vec<_> = entity.fields.iter().map(|field| field.name).collect();
        assert_eq!(published, ours);
    }
}

#[test]
fn uk_and_the_version_before_add_only_what_is_listed() {
    for version in ["oruk-3.0", "hsds-3.0"] {
        for entity in all() {
            let Some(schema) = json(&format!("{version}/schema/{}.json", entity.name)) else {
                continue;
            };
            for member in schema["properties"].as_object().unwrap().keys() {
                let known = entity.field(member).is_some() || entity.link(member).is_some();
                assert!(
                    known || UK_ADDS.contains(&(entity.name, member.as_str())),
                    "{version}: {}.{member}",
                    entity.name
                );
            }
        }
    }
}

#[test]
fn files_are_known_by_the_names_in_use() {
    for entity in all() {
        assert_eq!(entity_of_file(entity.file), Some(entity));
        assert_eq!(
            entity_of_file(&format!("{}.CSV", entity.name)),
            Some(entity)
        );
    }
    assert_eq!(entity_of_file("urls").map(|e| e.name), Some("url"));
    assert_eq!(entity_of_file("readme"), None);
    assert!(entity("services").is_none());
}
