use domain::{Address, Held, InternalNote, Phone, ServiceAtLocation, ServiceNotes};
use serde_json::json;

use super::*;
use crate::hsds::remarks::{Remarks, Way};
use crate::hsds::validate;

fn faults(document: &Value) -> String {
    let mut remarks = Remarks::default();
    let members = document.as_object().unwrap();
    validate::record(entity("service").unwrap(), members, &Way::Top, &mut remarks);
    if remarks.refuses() {
        format!("{remarks:?}")
    } else {
        String::new()
    }
}

fn organisation_of_ours() -> Organisation {
    serde_json::from_value(json!({"id": RecordId::named("o"), "name": "O"})).unwrap()
}

/// A service as tables and the editor make them, with less than the schemas ask for.
fn meagre() -> (Service, Place) {
    let mut place = Place::named(RecordId::named("p"), "Hall");
    place.addresses.push(Address {
        id: "1".to_owned(),
        address_1: Some("1 Street".to_owned()),
        ..Address::default()
    });
    let mut service = Service::named(RecordId::named("s"), "S");
    service.organization_id = Some(RecordId::named("o"));
    service.url = Some("see our page".to_owned());
    service.email = Some(String::new());
    service.phones.push(Phone {
        number: "0161 496 0000".to_owned(),
        ..Phone::default()
    });
    service.service_at_locations.push(ServiceAtLocation {
        id: RecordId::named("t"),
        location_id: Some(place.id),
        location: None,
        description: None,
        phones: Default::default(),
        schedules: Default::default(),
        rest: Map::new(),
    });
    (service, place)
}

#[test]
fn what_the_schemas_require_is_there() {
    let (service, place) = meagre();
    let document = full_service(&service, Some(&organisation_of_ours()), &[place]);
    assert_eq!(faults(&document), "");
    assert_eq!(document["organization"]["description"], "");
    assert_eq!((document.get("url"), document.get("email")), (None, None));
    let address = &document["service_at_locations"][0]["location"]["addresses"][0];
    assert_eq!(
        (&address["country"], &address["address_type"]),
        (&json!(""), &json!("physical"))
    );
    let (service, place) = meagre();
    assert_eq!(
        full_service(&service, Some(&organisation_of_ours()), &[place]),
        document
    );
}

#[test]
fn a_record_that_is_not_given_leaves_its_identifier() {
    let (mut service, place) = meagre();
    service.organization_id = None;
    service.organization = Some(Held {
        id: RecordId::named("o"),
    });
    let document = full_service(&service, None, &[]);
    assert_eq!(
        document["organization_id"],
        RecordId::named("o").to_string()
    );
    assert_eq!(document.get("organization"), None);
    let tie = &document["service_at_locations"][0];
    assert_eq!(
        (&tie["location_id"], tie.get("location")),
        (&json!(place.id), None)
    );
}

#[test]
fn notes_for_staff_never_go_out() {
    let (mut service, mut place) = meagre();
    let internal = || {
        vec![InternalNote {
            label: "Key".to_owned(),
            text: "under the mat".to_owned(),
            rest: Map::new(),
        }]
    };
    service.signpost = ServiceNotes {
        summary: Some("Sum".to_owned()),
        internal: internal().into(),
        ..ServiceNotes::default()
    };
    let notes = json!({"internal": internal()});
    place.rest.insert("signpost".to_owned(), notes.clone());
    let mut organisation = organisation_of_ours();
    organisation.rest.insert("signpost".to_owned(), notes);
    let document = full_service(&service, Some(&organisation), &[place.clone()]);
    assert_eq!(document["signpost"], json!({"summary": "Sum"}));
    for document in [
        document,
        super::organisation(&organisation),
        super::place(&place),
    ] {
        assert!(!document.to_string().contains("mat"));
    }
    service.signpost.summary = None;
    assert_eq!(full_service(&service, None, &[]).get("signpost"), None);
}

#[test]
fn every_shape_of_file_is_json() {
    let write = |shape, documents: &[Value]| {
        let mut writer = JsonWriter::new(Vec::new(), shape).unwrap();
        for document in documents {
            writer.write(document).unwrap();
        }
        String::from_utf8(writer.finish().unwrap()).unwrap()
    };
    let documents = [json!({"a": 1}), json!({"a": 2})];
    let array: Value = serde_json::from_str(&write(JsonShape::Array, &documents)).unwrap();
    assert_eq!(array, json!(documents));
    assert_eq!(
        write(JsonShape::Ndjson, &documents),
        "{\"a\":1}\n{\"a\":2}\n"
    );
    let page: Value = serde_json::from_str(&write(JsonShape::Page, &documents)).unwrap();
    assert_eq!(
        (&page["contents"], &page["total_items"]),
        (&json!(documents), &json!(2))
    );
    let empty: Value = serde_json::from_str(&write(JsonShape::Page, &[])).unwrap();
    assert_eq!(
        (&empty["contents"], &empty["empty"]),
        (&json!([]), &json!(true))
    );
    let empty: Value = serde_json::from_str(&write(JsonShape::Array, &[])).unwrap();
    assert_eq!(empty, json!([]));
}
