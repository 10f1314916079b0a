//! Faults as somebody at the form meets them.

use serde_json::json;

use super::*;

fn found(kind: Kind, members: Value) -> Vec<(String, Option<usize>, bool)> {
    let mut record = json!({"id": crate::RecordId::named("x"), "name": "A"});
    if kind == Kind::Place {
        record["location_type"] = json!("physical");
    }
    let mut record = record.as_object().cloned().unwrap();
    record.extend(members.as_object().cloned().unwrap());
    let faults = faults(kind, &record).into_iter();
    faults
        .map(|fault| (fault.field.to_string(), fault.entry, fault.grave))
        .collect()
}

fn service(members: Value) -> Vec<String> {
    found(Kind::Service, members)
        .into_iter()
        .map(|(field, ..)| field)
        .collect()
}

#[test]
fn what_people_write_is_right() {
    for number in [
        "0161 496 0000",
        "+44 (0)161 496 0000 ext 12",
        "999",
        "0161-496-0000 x3",
    ] {
        assert!(
            service(json!({"phones": [{"number": number}]})).is_empty(),
            "{number}"
        );
    }
    for url in [
        "https://www.example.org",
        "http://example.org:8080/a?b#c",
        "HTTPS://a-b.example.org/é",
    ] {
        assert!(service(json!({"url": url})).is_empty(), "{url}");
    }
    for email in ["a@example.org", "first.last+x@sub.example.org.uk"] {
        assert!(service(json!({"email": email})).is_empty(), "{email}");
    }
    for (from, to) in [
        ("09:00", "17:00"),
        ("22:00", "06:00"),
        ("18:00", "00:00"),
        ("00:00", "00:00"),
        ("09:00:00Z", "17:30+01:00"),
    ] {
        let hours = json!({"schedules": [{"freq": "MONTHLY", "byday": "1MO,-1FR", "opens_at": from, "closes_at": to}]});
        assert!(service(hours).is_empty(), "{from} {to}");
    }
}

#[test]
fn slips_in_what_one_writes_to_are_told() {
    for number in [
        "see website",
        "12",
        "0161 496 0000 or 0161 496 0001 or 2",
        "call Ann 0161 496 0000",
    ] {
        let phones = json!({"phones": [{"number": "999"}, {"number": number}]});
        assert_eq!(
            found(Kind::Service, phones),
            [("phones".to_owned(), Some(1), false)],
            "{number}"
        );
    }
    for url in [
        "www.example.org",
        "https://",
        "javascript:alert(1)",
        "https://a b.org",
        "https://localhost",
    ] {
        assert_eq!(service(json!({"url": url})), ["url"], "{url}");
    }
    for email in ["a", "a@b", "a@b.org, c@d.org", "a b@c.org", "@c.org"] {
        assert_eq!(service(json!({"email": email})), ["email"], "{email}");
    }
}

#[test]
fn slips_in_times_and_numbers_are_told() {
    for (from, to) in [
        ("09:00", "05:00"),
        ("10:00", "09:00"),
        ("9:00", "10:00"),
        ("24:00", "10:00"),
        ("10:00", "10:00"),
        ("17:00", "16:00"),
    ] {
        let hours = json!({"schedules": [{"opens_at": from, "closes_at": to}]});
        assert_eq!(service(hours), ["schedules"], "{from} {to}");
    }
    for hours in [
        json!({"byday": "Monday"}),
        json!({"byday": "0MO"}),
        json!({"freq": "often"}),
        json!({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}),
        json!({"valid_from": "soon"}),
    ] {
        assert_eq!(service(json!({"schedules": [hours]})), ["schedules"]);
        let tie = json!({"id": crate::RecordId::named("t"), "schedules": [hours]});
        assert_eq!(
            service(json!({"service_at_locations": [tie]})),
            ["service_at_locations"]
        );
    }
    assert_eq!(
        service(json!({"minimum_age": 60, "maximum_age": 16})),
        ["maximum_age"]
    );
    assert_eq!(service(json!({"minimum_age": -1})), ["minimum_age"]);
    assert_eq!(
        service(json!({"cost_options": [{"amount": -2}]})),
        ["cost_options"]
    );
    assert_eq!(
        service(json!({"alternate_name": "x".repeat(301)})),
        ["alternate_name"]
    );
    assert_eq!(
        service(json!({"signpost": {"keywords": ["x".repeat(301)]}})),
        ["signpost.keywords"]
    );
}

#[test]
fn places_lie_on_the_globe_and_have_postcodes() {
    let place = |members| {
        found(Kind::Place, members)
            .into_iter()
            .map(|(field, ..)| field)
            .collect::<Vec<_>>()
    };
    assert_eq!(place(json!({"latitude": 91, "longitude": 0})), ["latitude"]);
    assert_eq!(
        place(json!({"latitude": 53, "longitude": -182})),
        ["longitude"]
    );
    assert_eq!(place(json!({"latitude": 53})), ["longitude"]);
    assert_eq!(
        place(json!({"addresses": [{"postal_code": "WA154 1HF"}]})),
        ["addresses"]
    );
    assert!(place(json!({"addresses": [{"postal_code": "10115", "country": "DE"}]})).is_empty());
    assert!(place(json!({"latitude": 53.5, "longitude": -2.2, "addresses": [{"postal_code": "m6 5ja"}, {"postal_code": "M6"}]})).is_empty());
}

#[test]
fn what_no_copy_could_hold_is_grave() {
    let grave = |kind, members| -> Vec<String> {
        let faults = found(kind, members).into_iter();
        faults
            .filter(|(.., grave)| *grave)
            .map(|(field, ..)| field)
            .collect()
    };
    assert_eq!(grave(Kind::Service, json!({"name": " "})), ["name"]);
    assert_eq!(grave(Kind::Service, json!({"phones": "0161"})), ["phones"]);
    assert_eq!(
        grave(
            Kind::Service,
            json!({"signpost": {"checks": [{"when": "soon"}]}})
        ),
        ["signpost.checks"]
    );
    assert_eq!(grave(Kind::Service, json!({"id": "x"})), ["id"]);
    assert_eq!(
        grave(
            Kind::Organisation,
            json!({"zzz": "x".repeat(LARGEST_RECORD)})
        ),
        ["description"]
    );
    assert!(
        grave(
            Kind::Place,
            json!({"name": null, "latitude": 100, "longitude": 0})
        )
        .is_empty()
    );
    let message = &faults(
        Kind::Service,
        &json!({"name": "A", "phones": 1, "id": crate::RecordId::named("x")})
            .as_object()
            .cloned()
            .unwrap(),
    )[0]
    .message;
    assert_eq!(
        message,
        "“Telephone” is not in a form that the directory can hold: write it anew."
    );
}
