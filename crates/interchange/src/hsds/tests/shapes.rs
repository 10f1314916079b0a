//! Files of every shape, and records that several documents share.

use super::*;

const A: &str = "ac148810-d857-441c-9679-408f346de14b";
const B: &str = "6f1c0c1e-9a52-5d1c-8a48-1de8cf1f0f3a";

fn service(id: &str, name: &str) -> Value {
    json!({"id": id, "name": name, "status": "active"})
}

#[test]
fn one_record_a_list_a_page_or_lines_say_the_same() {
    let (a, b) = (service(A, "A"), service(B, "B"));
    let page = json!({"total_items": 2, "contents": [a, b], "empty": false});
    let uk_1 = json!({"totalElements": 2, "content": [a, b]});
    let wide: Vec<u8> = [a.clone(), b.clone()]
        .iter()
        .map(Value::to_string)
        .collect::<Vec<_>>()
        .join("\n")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for text in [
        json!([a, b]).to_string().into_bytes(),
        page.to_string().into_bytes(),
        serde_json::to_vec_pretty(&uk_1).unwrap(),
        format!("\u{feff}{a}\r\n\r\n{b}\r\n").into_bytes(),
        wide,
    ] {
        let (summary, taken) = read_text("made.json", &text);
        assert_eq!(summary.unwrap().services, 2);
        assert_eq!(taken.exported(), [a.clone(), b.clone()]);
        assert_eq!(taken.sources, [Some(A.to_owned()), Some(B.to_owned())]);
    }
}

#[test]
fn a_folder_is_read_whole_with_ties_last() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, value: Value| fs::write(folder.path().join(name), value.to_string());
    fs::create_dir(folder.path().join("more")).unwrap();
    write(
        "service_at_locations.json",
        json!([{"id": B, "service_id": "7", "location_id": "9"}]),
    )
    .unwrap();
    write("organizations.json", json!([{"id": "5", "name": "O"}])).unwrap();
    write(
        "services.ndjson",
        json!({"id": 7, "name": "S", "organization_id": 5}),
    )
    .unwrap();
    write(
        "more/locations.JSON",
        json!([{"id": 9, "location_type": "physical"}]),
    )
    .unwrap();
    write("readme.txt", json!([1])).unwrap();
    let mut taken = Taken::default();
    let summary = read(folder.path(), "made", &mut taken).unwrap();
    assert_eq!(taken.said(), Vec::<String>::new());
    assert_eq!(
        (summary.services, summary.organisations, summary.places),
        (1, 1, 1)
    );
    let service = &taken.services[0];
    assert_eq!(service.organisation(), Some(taken.organisations[0].id));
    assert_eq!(
        service.service_at_locations[0].place(),
        Some(taken.places[0].id)
    );
    assert_eq!(service.id, domain::RecordId::named("made/service/7"));
    assert!(taken.sources.contains(&Some("7".to_owned())));
    assert!(
        taken
            .steps
            .last()
            .is_some_and(|(done, total)| done == total)
    );
}

#[test]
fn a_tie_without_its_service_is_refused() {
    let taken = read_value(&json!([{"id": B, "service_id": "7", "location_id": "9"}]));
    assert_eq!(taken.findings[0].weight, Weight::Refused);
}

#[test]
fn shared_records_that_differ_become_one_and_it_is_told_once() {
    let with = |id: &str, organisation: Value| {
        let mut service = service(id, "S");
        service["organization"] = organisation;
        service
    };
    let first = json!({"id": B, "name": "O", "description": "D", "phones": [{"id": A, "number": "0161 496 0000"}]});
    let taken = read_value(&json!([
        with(A, first),
        with(B, json!({"id": B, "name": "P", "email": "o@x.example"})),
        with("3", json!({"id": B, "name": "Q", "email": "p@x.example"})),
    ]));
    assert_eq!(taken.organisations.len(), 1);
    let organisation = &taken.organisations[0];
    assert_eq!(
        (organisation.name.as_str(), organisation.email.as_deref()),
        ("O", Some("o@x.example"))
    );
    assert_eq!(organisation.phones.len(), 1);
    assert_eq!(taken.findings.len(), 1);
    assert!(taken.said()[0].contains("described differently in several places"));
}

#[test]
fn nested_records_that_contradict_their_keys_are_told() {
    let mut document = service(A, "S");
    document["organization_id"] = A.into();
    document["organization"] = json!({"id": B, "name": "O", "description": ""});
    let taken = read_value(&document);
    assert_eq!(taken.services[0].organisation().unwrap().to_string(), B);
    assert_eq!(
        taken.said(),
        [
            "made.json, line 1, organization_id: it names another record than stands in organization; that one counts"
        ]
    );
}

#[test]
fn an_organisation_without_a_name_is_known_by_its_identifier() {
    let mut document = service(A, "S");
    document["organization"] = json!({"id": 12, "name": null});
    let taken = read_value(&document);
    assert!(taken.organisations.is_empty() && taken.findings.is_empty());
    let id = domain::RecordId::named("made/organization/12");
    assert_eq!(taken.services[0].organisation(), Some(id));
    document["organization"] = json!({"name": null, "email": "o@x.example"});
    let taken = read_value(&document);
    assert_eq!(
        (taken.services[0].organisation(), taken.findings.len()),
        (None, 1)
    );
}

#[test]
fn html_goes_from_known_members_and_stays_in_others() {
    let mut document = service(A, "Fish &amp; chips");
    document["description"] = "<p>a < b &amp; c</p>".into();
    document["x_own"] = "<p>&amp;</p>".into();
    document["alert"] = "cafÃ©".into();
    document["url"] = "www.x.example".into();
    let taken = read_value(&document);
    let service = &taken.services[0];
    assert_eq!(
        (service.name.as_str(), service.description.as_deref()),
        ("Fish & chips", Some("a < b & c"))
    );
    assert_eq!(service.rest["x_own"], "<p>&amp;</p>");
    assert_eq!(
        (service.alert.as_deref(), service.url.as_deref()),
        (Some("cafÃ©"), Some("https://www.x.example"))
    );
    let weights: Vec<_> = taken
        .findings
        .iter()
        .map(|finding| finding.weight)
        .collect();
    assert_eq!(
        weights
            .iter()
            .filter(|weight| **weight == Weight::Doubtful)
            .count(),
        1
    );
    assert_eq!(weights.len(), 4);
}

#[test]
fn rows_without_identifiers_get_the_same_ones_each_time() {
    let mut document = service(A, "S");
    let phone = json!({"number": "0161 496 0000"});
    document["phones"] = json!([phone, phone, {"number": "0161 496 0001"}]);
    let ids = |taken: &Taken| -> Vec<String> {
        taken.services[0]
            .phones
            .iter()
            .map(|phone| phone.id.clone())
            .collect()
    };
    let first = ids(&read_value(&document));
    assert_eq!(first, ids(&read_value(&document)));
    assert_eq!(
        first.iter().collect::<std::collections::HashSet<_>>().len(),
        3
    );
}

#[test]
fn references_follow_the_identifiers_that_they_name() {
    let mut document = service(A, "S");
    document["contacts"] = json!([{"id": "c1", "name": "N"}]);
    document["phones"] = json!([{"id": "p1", "number": "1", "contact_id": "c1"}]);
    document["attributes"] = json!([
        {"id": "a1", "link_id": "c1", "link_entity": "contact", "taxonomy_term_id": "t1"}
    ]);
    let out = &read_value(&document).exported()[0];
    assert_eq!(out["phones"][0]["contact_id"], out["contacts"][0]["id"]);
    assert_eq!(out["attributes"][0]["link_id"], out["contacts"][0]["id"]);
}
