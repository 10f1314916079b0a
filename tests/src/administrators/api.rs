//! The Open Referral UK API of a hub that serves: what desks write is there within a moment.

use serde_json::Value;

use super::desk::{Desk, hub, meet, until};
use super::serving::{get, json};

/// Lists, each with single records below it; with `/` they are all that the standard names.
const LISTS: [&str; 5] = [
    "/services",
    "/organizations",
    "/service_at_locations",
    "/taxonomies",
    "/taxonomy_terms",
];

#[test]
fn what_desks_write_is_answered_to_others() {
    let Some((stage, hub)) = hub() else { return };
    let desk = Desk::curator(&hub, &stage, "desk");
    let group = desk.make("organisation", &["name=Generated trust"]);
    let addresses = r#"addresses=[{"city":"Salford","postal_code":"M6 5JA","country":"GB"}]"#;
    let at = ["latitude=53.4905", "longitude=-2.291"];
    let hall = desk.make("place", &["name=Generated hall", addresses, at[0], at[1]]);
    let tie = format!(r#"service_at_locations=[{{"location_id":"{hall}"}}]"#);
    let run_by = format!("organization_id={group}");
    let id = desk.service(&[
        "name=Generated choir",
        &run_by,
        &tie,
        "attributes.need=wellbeing",
    ]);
    desk.service(&["name=Generated repairs"]);
    meet(&[&desk]);
    // The API follows what is published.
    until(|| json(&hub, "/services")["total_items"] == 2);
    assert_eq!(json(&hub, "/")["version"], "HSDS-UK-3.0");
    for list in LISTS {
        let page = json(&hub, &format!("{list}?per_page=1"));
        assert_eq!(
            (&page["page_number"], &page["size"]),
            (&1.into(), &1.into()),
            "{list}: {page}"
        );
        let one = page["contents"][0]["id"].as_str().expect("an identifier");
        assert_eq!(json(&hub, &format!("{list}/{one}"))["id"], one, "{list}");
    }
    let whole = json(&hub, &format!("/services/{id}"));
    assert_eq!(whole["organization"]["name"], "Generated trust");
    let place = &whole["service_at_locations"][0]["location"];
    assert_eq!(place["addresses"][0]["postal_code"], "M6 5JA");
    asked(&hub, &id);
    // What was changed since is found by when, and a reader of pages sees it.
    let before = json(&hub, &format!("/services/{id}"))["last_modified"].clone();
    assert!(before.is_string(), "{whole}");
    desk.edit(&id, "email=choir@example.org");
    meet(&[&desk]);
    until(|| json(&hub, &format!("/services/{id}"))["email"] == "choir@example.org");
}

/// Filters, and lines in place of pages.
fn asked(hub: &crate::served::Hub, id: &str) {
    for (question, count) in [
        ("text=choir", 1),
        ("text=nobody", 0),
        ("modified_after=2020-01-01T00:00:00Z", 2),
        ("modified_after=2100-01-01T00:00:00Z", 0),
        ("postcode=M6+5JA&proximity=3000", 1),
    ] {
        let page = json(hub, &format!("/services?{question}"));
        assert_eq!(page["total_items"], count, "{question}: {page}");
    }
    let lines = get(hub, "/services?format=ndjson");
    assert!(lines.kind.contains("ndjson"), "{}", lines.kind);
    let read = |line: &str| serde_json::from_str::<Value>(line).expect("JSON");
    let ids: Vec<Value> = lines
        .text
        .lines()
        .map(|line| read(line)["id"].clone())
        .collect();
    assert!(ids.len() == 2 && ids.contains(&id.into()), "{ids:?}");
}
