use serde_json::json;

use super::*;

fn named<'a>(documents: &'a Documents, entity: &str, name: &str) -> &'a Map<String, Value> {
    let mut all = of(documents, entity).into_iter();
    all.find(|document| document.get("name") == Some(&json!(name)))
        .unwrap()
}

#[test]
fn version_1_1_with_cells_of_many_lines_and_rows_without_identifiers() {
    let Some(path) = shared("directories/ilao-hsds11") else {
        return;
    };
    let (documents, seen) = read(&path).unwrap();
    let services = of(&documents, "service");
    assert_eq!(services.len(), 430);
    let known: Vec<&Value> = of(&documents, "organization")
        .iter()
        .map(|o| &o["id"])
        .collect();
    let without = services.iter().filter(|service| {
        service
            .get("organization_id")
            .is_none_or(|id| !known.contains(&id))
    });
    assert_eq!(without.count(), 341);
    assert_eq!(known.len(), 33);
    assert_eq!(of(&documents, "location").len(), 520);
    let lines = services.iter().filter(|service| {
        let process = service.get("application_process").and_then(Value::as_str);
        process.is_some_and(|process| process.contains('\n'))
    });
    assert!(lines.count() > 10);
    let upsolve = named(&documents, "organization", "Upsolve");
    assert_eq!(upsolve["phones"], json!([{"number": "(347) 850-2656"}]));
    assert_eq!(upsolve["addresses"][0]["address_type"], "postal");
    let office = of(&documents, "location")
        .into_iter()
        .find(|place| place["id"] == json!("127456"))
        .unwrap();
    assert_eq!(
        office["schedules"][0],
        json!({"description": "Sunday: no opening hours given"})
    );
    assert_eq!(
        office["schedules"][1],
        json!({"closes_at": "16:00", "opens_at": "8:00", "freq": "WEEKLY", "byday": "MO"})
    );
    let lost = seen.said(Weight::Doubtful);
    assert!(
        lost.iter()
            .any(|said| said.starts_with("services.csv, line ") && said.contains("no table"))
    );
}

#[test]
fn what_came_before_version_1() {
    let Some(path) = shared("directories/ohana-sanmateo") else {
        return;
    };
    let (documents, seen) = read(&path).unwrap();
    assert_eq!(of(&documents, "service").len(), 23);
    assert_eq!(of(&documents, "organization").len(), 8);
    assert_eq!(of(&documents, "location").len(), 22);
    let service = named(&documents, "service", "Passport Photos");
    assert_eq!(
        service["service_at_locations"],
        json!([{"id": "22/22", "location_id": "22"}])
    );
    assert_eq!(
        service["service_areas"],
        json!([{"name": "Alameda County"}, {"name": "San Mateo County"}])
    );
    assert_eq!(service["funding"][0], json!({"source": "City"}));
    let terms = service["attributes"].as_array().unwrap();
    assert_eq!(terms.len(), 6);
    assert_eq!(terms[0]["taxonomy_term"]["name"], "Transit");
    let place = named(&documents, "location", "Example Location");
    assert_eq!(place["addresses"].as_array().unwrap().len(), 2);
    assert_eq!(place["contacts"][0]["phones"][0]["extension"], 1200);
    assert!(!place.contains_key("admin_emails"));
    assert!(
        seen.said(Weight::Note)
            .iter()
            .any(|said| said.contains("admin_emails"))
    );
}

#[test]
fn headings_with_the_name_of_the_table_in_front() {
    let Some(path) = shared("directories/legalaid-florida") else {
        return;
    };
    let (documents, seen) = read(&path).unwrap();
    assert_eq!(of(&documents, "service").len(), 135);
    assert_eq!(of(&documents, "organization").len(), 20);
    assert_eq!(of(&documents, "location").len(), 378);
    assert_eq!(seen.said(Weight::Doubtful), Vec::<String>::new());
    let service = named(&documents, "service", "SSI for Homeless");
    assert_eq!(
        service["organization_id"],
        "bedacb58-244a-42f1-bc84-fdca9be6fd9a"
    );
    assert_eq!(service["service_income_limit"], "200");
    let organisation = named(&documents, "organization", "Three Rivers Legal Services");
    assert_eq!(organisation["website"], "www.trls.org");
    let place = named(&documents, "location", "Gainesville");
    let numbers = json!([
        {"number": "800-372-0936", "description": "tollfree"},
        {"number": "352-372-0519", "description": "main"},
    ]);
    assert_eq!(place["phones"], numbers);
}

/// Generated tables as versions 1 and 2 had them.
const EARLIER: &[(&str, &str)] = &[
    ("organizations.csv", "id,name,url\no,Org,http://o.example\n"),
    (
        "services.csv",
        "id,organization_id,name,fees\ns,o,Tea,Free\n",
    ),
    ("locations.csv", "id,name\nl,Hall\n"),
    (
        "services_at_location.csv",
        "id,service_id,location_id\nt,s,l\n",
    ),
    (
        "physical_addresses.csv",
        "id,location_id,address_1\na,l,1 High Street\n",
    ),
    (
        "postal_addresses.csv",
        "id,location_id,address_1\na,l,PO Box 1\n",
    ),
    (
        "accessibility_for_disabilities.csv",
        "id,location_id,accessibility\nx,l,ramp\n",
    ),
    (
        "regular_schedules.csv",
        "id,service_id,weekday,opens_at\nr,s,2,10:00\n",
    ),
    ("holiday_schedules.csv", "id,service_id,closed\nh,s,true\n"),
    (
        "eligibility.csv",
        "id,service_id,eligibility\ne,s,anybody\n",
    ),
    ("payments_accepted.csv", "id,service_id,payment\np,s,cash\n"),
    ("languages.csv", "id,service_id,language\ng,s,Urdu\n"),
    (
        "phones.csv",
        "id,service_id,number,language\np,s,0161 496 0000,\"Urdu, Polish\"\n",
    ),
    (
        "taxonomy.csv",
        "id,name,vocabulary\n1,Food,Open Eligibility\n",
    ),
    (
        "service_taxonomy.csv",
        "id,service_id,taxonomy_id,taxonomy_detail\nq,s,1,hot\n",
    ),
    (
        "other_attributes.csv",
        "id,link_id,link_type,taxonomy_term_id\nw,o,organization,1\n",
    ),
];

#[test]
fn tables_that_have_another_name_now_or_none() {
    let folder = folder(EARLIER);
    let (documents, seen) = read(folder.path()).unwrap();
    assert_eq!(seen.said(Weight::Doubtful), Vec::<String>::new());
    let term = json!({"id": "1", "name": "Food", "taxonomy": "Open Eligibility"});
    let service = json!({
        "id": "s", "organization_id": "o", "name": "Tea", "fees_description": "Free",
        "service_at_locations": [{"id": "t", "location_id": "l"}],
        "schedules": [{"id": "r", "opens_at": "10:00", "freq": "WEEKLY", "byday": "TU"}],
        "languages": [{"id": "g", "name": "Urdu"}],
        "phones": [{"id": "p", "number": "0161 496 0000", "languages": [{"name": "Urdu"}, {"name": "Polish"}]}],
        "attributes": [{"id": "q", "value": "hot", "taxonomy_term": term}],
        "holiday_schedules": [{"id": "h", "closed": "true"}],
        "eligibility": [{"id": "e", "eligibility": "anybody"}],
        "payments_accepted": [{"id": "p", "payment": "cash"}],
    });
    assert_eq!(json!(of(&documents, "service")), json!([service]));
    let organisation = json!({
        "id": "o", "name": "Org", "website": "http://o.example",
        "attributes": [{"id": "w", "link_type": "organization", "taxonomy_term": term}],
    });
    assert_eq!(json!(of(&documents, "organization")), json!([organisation]));
    let place = json!({
        "id": "l", "name": "Hall", "location_type": "physical",
        "addresses": [
            {"id": "a", "address_1": "1 High Street", "address_type": "physical"},
            {"id": "a", "address_1": "PO Box 1", "address_type": "postal"},
        ],
        "accessibility": [{"id": "x", "description": "ramp"}],
    });
    assert_eq!(json!(of(&documents, "location")), json!([place]));
}
