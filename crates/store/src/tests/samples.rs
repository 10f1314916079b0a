//! Small directories to try things on.

use domain::{
    Area, AreaKind, Organisation, OutcodeArea, Place, Point, RecordId, Service, ServiceAtLocation,
    Taxonomy, TaxonomyTerm, ThesaurusGroup,
};
use serde_json::json;

use crate::Load;

pub(super) fn service_id(n: usize) -> RecordId {
    RecordId::named(&format!("service/{n}"))
}

pub(super) fn organisation_id(n: usize) -> RecordId {
    RecordId::named(&format!("organisation/{n}"))
}

pub(super) fn place_id(n: usize) -> RecordId {
    RecordId::named(&format!("place/{n}"))
}

pub(super) fn service(n: usize) -> Service {
    let mut service = Service::named(service_id(n), &format!("Service {n}"));
    service.description = Some(format!("Walks and talks, number {n}. ").repeat(n % 40 + 1));
    service.organization_id = Some(organisation_id(n / 3));
    service.service_at_locations = vec![at(n, n / 2)].into();
    service.rest.insert(
        "from_the_future".into(),
        json!({ "n": n, "deep": [1, null] }),
    );
    service
}

fn at(n: usize, place: usize) -> ServiceAtLocation {
    serde_json::from_value(json!({
        "id": RecordId::named(&format!("tie/{n}")),
        "location_id": place_id(place),
        "description": "upstairs",
    }))
    .unwrap()
}

pub(super) fn organisation(n: usize) -> Organisation {
    serde_json::from_value(json!({ "id": organisation_id(n), "name": format!("Friends {n}") }))
        .unwrap()
}

pub(super) fn place(n: usize) -> Place {
    let mut place = Place::named(place_id(n), &format!("Hall {n}"));
    place.latitude = Some(53.5);
    place.longitude = Some(-2.25);
    place
}

/// A directory of this many services, some of which name what is not there.
pub(super) fn directory(services: usize) -> Load {
    let term = |code: &str| TaxonomyTerm {
        id: RecordId::named(code).to_string(),
        code: Some(code.to_owned()),
        name: code.to_uppercase(),
        description: None,
        taxonomy: Some("need".to_owned()),
        rest: domain::Rest::new(),
    };
    let borough = |code: &str, name: &str| Area {
        code: code.to_owned(),
        name: name.to_owned(),
        kind: AreaKind::Borough,
        within: None,
        also: vec!["Eccles".to_owned()],
    };
    let group = |n: usize| ThesaurusGroup {
        id: format!("group-{n}"),
        plain: vec![format!("plain words {n}")],
        needs: vec!["b".to_owned()],
        ..ThesaurusGroup::default()
    };
    Load {
        taxonomies: vec![Taxonomy {
            code: "need".to_owned(),
            name: "Need".to_owned(),
            description: "Why a person is sent".to_owned(),
            source: "a survey".to_owned(),
            terms: vec![term("b"), term("a")],
        }],
        areas: vec![borough("E2", "Salford"), borough("E1", "Bury")],
        outcodes: vec![OutcodeArea {
            outcode: "M6".parse().unwrap(),
            centre: Point::new(53.49, -2.28).unwrap(),
            areas: vec!["E2".to_owned()],
        }],
        thesaurus: (0..services.min(400)).map(group).collect(),
        organisations: (0..services / 3).map(organisation).collect(),
        places: (0..services / 2).map(place).collect(),
        services: (0..services).map(service).collect(),
    }
}
