//! What real services and the official validator's mocks answer, served again.

use super::*;

fn shared(path: &str) -> Option<String> {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let read = fs::read_to_string(Path::new(data).join(path));
    if read.is_err() {
        println!("skipped: {path} is not here");
    }
    read.ok()
}

fn values(fetched: &Fetched) -> Vec<Value> {
    let lines = lines(fetched);
    lines.iter().map(|line| line.parse().unwrap()).collect()
}

#[test]
fn the_mocks_of_open_referral_uk_3_are_fetched() {
    let mocks = "schemas/oruk-3.0/validator/Mocks/V3.0-UK-Default";
    let names = ["api_details", "service_list", "service_full"];
    let [Some(about), Some(list), Some(full)] =
        names.map(|name| shared(&format!("{mocks}/{name}.json")))
    else {
        return;
    };
    let version = about.parse::<Value>().unwrap()["version"].clone();
    let expected: Value = full.trim_start_matches('\u{feff}').parse().unwrap();
    let server = Server::start(move |path, _| match path {
        "/" => Reply::text(about.clone()),
        _ if path.starts_with("/services?") => Reply::text(list.clone()),
        _ => Reply::text(full.clone()),
    });
    let spool = tempfile::tempdir().unwrap();
    let fetched = fetched(&server, spool.path()).unwrap();
    assert_eq!(values(&fetched), [expected]);
    assert_eq!(fetched.version.as_deref(), version.as_str());
    assert!(fetched.version.is_some());
}

#[test]
fn a_real_page_of_version_1_is_fetched() {
    let Some(list) = shared("directories/bucks-outpost/services_page1.json") else {
        return;
    };
    let page: Value = list.parse().unwrap();
    let expected = page["content"].as_array().unwrap().clone();
    let mut empty = page;
    empty["content"] = json!([]);
    let all = expected.clone();
    let server = Server::start(move |path, _| {
        if path == "/api/v1/services?page=1&per_page=100" {
            return Reply::text(list.clone());
        }
        if path.starts_with("/api/v1/services?") {
            return Reply::json(&empty);
        }
        let id = path.strip_prefix("/api/v1/services/").unwrap_or_default();
        let one = all
            .iter()
            .find(|it| it["id"] == id.parse().unwrap_or(Value::Null));
        one.map_or(Reply::status(404), Reply::json)
    });
    let spool = tempfile::tempdir().unwrap();
    let address = format!("{}/api/v1/", server.address);
    let fetched = fetch(&address, spool.path(), &options(), &mut |_, _| Ok(())).unwrap();
    assert_eq!(values(&fetched), expected);
    assert_eq!(
        (fetched.said, fetched.version.as_deref()),
        (Some(2805), None)
    );
    // The list, what it is, three samples, and three pages without anything.
    assert_eq!(server.asked().len(), 1 + 1 + 3 + 3);
}
