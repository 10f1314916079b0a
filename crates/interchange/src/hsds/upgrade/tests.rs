use serde_json::json;

use super::*;

fn upgraded(entity: &str, document: Value) -> Value {
    let mut members = document.as_object().unwrap().clone();
    upgrade(entity, &mut members);
    Value::Object(members)
}

#[test]
fn documents_of_version_3_are_left_alone() {
    let document = json!({
        "id": "ac148810-d857-441c-9679-408f346de14b", "name": "A", "status": "active",
        "links": [{"url": "x"}], "locations": [{"id": 1}], "taxonomies": [{"name": "x"}],
        "updated_at": "x", "min_age": 5
    });
    assert_eq!(upgraded("service", document.clone()), document);
}

#[test]
fn a_service_of_uk_1_finds_its_members_at_home() {
    let document = json!({
        "id": 1, "name": "A", "min_age": 5, "max_age": null, "needs_referral": null,
        "updated_at": "2021-01-13T12:48:54.730Z",
        "organisation": {"id": 3, "name": "O", "url": "http://x.example"},
        "locations": [{
            "id": 2, "name": "Hall", "address_1": " 1 Street", "city": "Town", "postal_code": null,
            "geometry": {"type": "Point", "coordinates": [-2.5, 53.5]},
            "accessibilities": [{"name": "Ramp", "slug": "ramp"}]
        }],
        "contacts": [{"id": 4, "name": "N", "phone": "0161 496 0000"}],
        "taxonomies": [{"id": 5, "name": "Clubs", "slug": "clubs", "parent_id": 6}],
        "regular_schedules": [{"weekday": "Monday", "opens_at": "10:00"}, {"weekday": "Mayday"}],
        "links": [{"label": "L", "url": "http://x.example"}],
        "send_needs": [{"id": 1}]
    });
    assert_eq!(
        upgraded("service", document),
        json!({
            "id": 1, "name": "A", "minimum_age": 5, "maximum_age": null, "needs_referral": null,
            "last_modified": "2021-01-13T12:48:54.730Z",
            "organization": {"id": 3, "name": "O", "website": "http://x.example"},
            "service_at_locations": [{"id": "1/2", "location": {
                "id": 2, "name": "Hall", "latitude": 53.5, "longitude": -2.5,
                "location_type": "physical",
                "addresses": [{"address_1": "1 Street", "city": "Town", "postal_code": null,
                    "address_type": "physical"}],
                "accessibility": [{"description": "Ramp", "slug": "ramp"}]
            }}],
            "contacts": [{"id": 4, "name": "N", "phones": [{"number": "0161 496 0000"}]}],
            "attributes": [{"taxonomy_term": {"id": 5, "name": "Clubs", "code": "clubs", "parent_id": 6}}],
            "schedules": [{"freq": "WEEKLY", "byday": "MO", "opens_at": "10:00"}, {"weekday": "Mayday"}],
            "additional_urls": [{"label": "L", "url": "http://x.example"}],
            "send_needs": [{"id": 1}]
        })
    );
}

#[test]
fn a_service_of_hsds_1_and_2_finds_its_members_at_home() {
    let document = json!({
        "id": "ac148810-d857-441c-9679-408f346de14b", "name": "A", "status": "active",
        "service_taxonomys": [{"id": "t", "taxonomy": {"id": "x", "name": "N", "vocabulary": "V"}}],
        "eligibilitys": [{"id": "e", "eligibility": "Adults", "minimum_age": "18", "maximum_age": 99}],
        "languages": [{"id": "l", "language": "Urdu"}],
        "service_areas": [{"id": "a", "service_area": "Town"}],
        "service_at_locations": [{"id": "s", "regular_schedule": [{"weekday": "Tue"}], "location": {
            "id": "p", "physical_addresses": [{"id": "q", "city": "Town"}],
            "postal_address": {"id": "r"},
            "accessibility_for_disabilities": [{"id": "w", "accessibility": "Ramp"}]
        }}],
        "payments_accepted": [{"payment": "cash"}]
    });
    assert_eq!(
        upgraded("service", document),
        json!({
            "id": "ac148810-d857-441c-9679-408f346de14b", "name": "A", "status": "active",
            "attributes": [{"id": "t", "taxonomy_term": {"id": "x", "name": "N", "taxonomy": "V"}}],
            "minimum_age": 18, "maximum_age": 99, "eligibility_description": "Adults",
            "languages": [{"id": "l", "name": "Urdu"}],
            "service_areas": [{"id": "a", "name": "Town"}],
            "service_at_locations": [{"id": "s", "schedules": [{"freq": "WEEKLY", "byday": "TU"}],
                "location": {
                    "id": "p", "location_type": "physical",
                    "addresses": [{"id": "q", "city": "Town", "address_type": "physical"},
                        {"id": "r", "address_type": "postal"}],
                    "accessibility": [{"id": "w", "description": "Ramp"}]
                }}],
            "payments_accepted": [{"payment": "cash"}]
        })
    );
}

#[test]
fn eligibility_that_one_line_cannot_say_stays_as_well() {
    let rows = json!([
        {"eligibility": "Children", "minimum_age": 5, "maximum_age": 11},
        {"eligibility": "Teenagers", "minimum_age": 12}
    ]);
    let document = upgraded("service", json!({"id": 1, "eligibilities": rows}));
    assert_eq!(document["eligibility_description"], "Children; Teenagers");
    assert_eq!(
        (&document["minimum_age"], document.get("maximum_age")),
        (&json!(5), None)
    );
    assert_eq!(document["eligibilities"], rows);
}

#[test]
fn what_is_not_as_expected_stays_where_it_is() {
    for document in [
        json!({"id": 1, "locations": [1], "links": {"a": 1}, "taxonomies": [[]], "eligibilitys": 5}),
        json!({"id": 1, "service_at_locations": [{"location": {"location_type": "postal", "geometry": {"type": "Point", "coordinates": [1]}}}]}),
        json!({"id": 1, "min_age": 5, "minimum_age": 6}),
    ] {
        assert_eq!(upgraded("service", document.clone()), document);
    }
}
