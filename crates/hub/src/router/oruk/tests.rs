//! The API asked over HTTP: answers valid by the published schemas where these are, and readable by
//! our own import.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::{Kind, RecordId};
use interchange::{Finding, Incoming, Intake, Record, Stop, hsds};
use jsonschema::Validator;
use serde_json::Value;
use serde_json::value::RawValue;
use wire::{Line, LineBody};

use super::routes;
use crate::shelf::Shelf;
use crate::shelf::tests::{filled, generated};

/// The folder of real data; none, said, where this machine hasn't any.
fn data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no ../shared/data on this machine");
    None
}

/// Takes records in as published lines.
#[derive(Default)]
struct Lines(Vec<Line>);

impl Lines {
    fn add(&mut self, kind: Kind, id: RecordId, body: serde_json::Result<Box<RawValue>>) {
        let version = u64::try_from(self.0.len()).unwrap() + 1;
        self.0.push(Line {
            kind: kind.name().to_owned(),
            id,
            version,
            at: 1_790_000_000 + version,
            body: Some(LineBody(body.unwrap())),
        });
    }
}

impl Intake for Lines {
    fn take(&mut self, incoming: Incoming) -> Result<(), Stop> {
        let (kind, id, body) = match &incoming.record {
            Record::Service(it) => (Kind::Service, it.id, serde_json::value::to_raw_value(it)),
            Record::Organisation(it) => (
                Kind::Organisation,
                it.id,
                serde_json::value::to_raw_value(it),
            ),
            Record::Place(it) => (Kind::Place, it.id, serde_json::value::to_raw_value(it)),
        };
        self.add(kind, id, body);
        Ok(())
    }

    fn find(&mut self, _finding: Finding) -> Result<(), Stop> {
        Ok(())
    }

    fn step(&mut self, _done: u64, _total: u64) -> Result<(), Stop> {
        Ok(())
    }
}

/// A hub's API on a port of its own.
struct Served {
    address: String,
    shelf: Arc<Shelf>,
}

async fn served(lines: &[Line]) -> Served {
    let shelf = Arc::new(filled(lines).await);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let router = routes(&shelf, None);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    Served { address, shelf }
}

struct Got {
    status: u16,
    tag: String,
    text: String,
}

impl Got {
    fn json(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        serde_json::from_str(&self.text).unwrap()
    }
}

impl Served {
    async fn get(&self, path: &str, headers: &[(&'static str, String)]) -> Got {
        let (address, headers) = (format!("{}{path}", self.address), headers.to_vec());
        let ask = move || {
            let config = ureq::Agent::config_builder()
                .http_status_as_error(false)
                .build();
            let mut request = ureq::Agent::from(config).get(&address);
            for (name, value) in headers {
                request = request.header(name, value);
            }
            let mut answer = request.call().unwrap();
            let all = answer.headers().get("access-control-allow-origin").cloned();
            assert!(answer.status() == 304 || all.is_some_and(|all| all == "*"));
            let tag = answer.headers().get("etag");
            Got {
                status: answer.status().as_u16(),
                tag: tag
                    .map(|tag| tag.to_str().unwrap().to_owned())
                    .unwrap_or_default(),
                text: answer.body_mut().read_to_string().unwrap(),
            }
        };
        tokio::task::spawn_blocking(ask).await.unwrap()
    }

    async fn json(&self, path: &str) -> Value {
        self.get(path, &[]).await.json()
    }

    /// All documents of a list, page by page.
    async fn walk(&self, path: &str) -> Vec<Value> {
        let mut documents = Vec::new();
        let join = if path.contains('?') { '&' } else { '?' };
        for number in 1.. {
            let page = self
                .json(&format!("{path}{join}page={number}&per_page=7"))
                .await;
            let contents = page["contents"].as_array().unwrap();
            assert_eq!(page["page_number"], number);
            assert_eq!(page["size"], contents.len());
            assert_eq!(page["first_page"], number == 1);
            documents.extend(contents.iter().cloned());
            if page["last_page"] == true {
                assert_eq!(page["total_items"], documents.len(), "{path}");
                assert_eq!(page["total_pages"], number);
                break;
            }
        }
        documents
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_paged_streamed_and_tagged() {
    let served = served(&generated()).await;
    let about = served.json("/").await;
    assert_eq!(about["version"], "HSDS-UK-3.0");
    assert_eq!(
        about["openapi_url"],
        format!("{}/openapi.json", served.address)
    );
    let names = |documents: &[Value]| -> Vec<String> {
        documents
            .iter()
            .map(|one| one["id"].as_str().unwrap().to_owned())
            .collect()
    };
    for path in [
        "/services",
        "/organizations",
        "/service_at_locations",
        "/taxonomy_terms",
    ] {
        let walked = served.walk(path).await;
        assert!(!walked.is_empty(), "{path}");
        let streamed = served.get(&format!("{path}?format=ndjson"), &[]).await;
        let accept = [("accept", "application/x-ndjson".to_owned())];
        assert_eq!(served.get(path, &accept).await.text, streamed.text);
        let lines = streamed
            .text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap());
        assert_eq!(names(&lines.collect::<Vec<_>>()), names(&walked));
    }
    let first = served.get("/services?per_page=1", &[]).await;
    let known = [("if-none-match", first.tag.clone())];
    assert_eq!(served.get("/services?per_page=1", &known).await.status, 304);
    let other = [("if-none-match", "\"other\"".to_owned())];
    assert_eq!(served.get("/services?per_page=1", &other).await.status, 200);
    let beyond = served.json("/services?page=9").await;
    assert_eq!(
        (&beyond["empty"], &beyond["total_items"]),
        (&true.into(), &2.into())
    );
    let minimal = served.json("/services?minimal=true").await;
    assert_eq!(minimal["contents"][0].as_object().unwrap().len(), 2);
    let near = served
        .json("/service_at_locations?postcode=M6+5JA&proximity=3000")
        .await;
    assert_eq!(near["total_items"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_or_not_understood_is_said() {
    let served = served(&generated()).await;
    let unknown = RecordId::named("unknown");
    for (path, status) in [
        (format!("/services/{unknown}"), 404),
        ("/services/7".to_owned(), 404),
        ("/services?page=x".to_owned(), 400),
        ("/service_at_locations?postcode=ZZ99+9ZZ".to_owned(), 400),
    ] {
        let got = served.get(&path, &[]).await;
        assert_eq!(got.status, status, "{path}");
        let said: Value = serde_json::from_str(&got.text).unwrap();
        assert!(said["message"].as_str().unwrap().ends_with('.'), "{said}");
    }
    assert!(served.shelf.stands().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_import_reads_it() {
    let served = served(&generated()).await;
    let folder = tempfile::tempdir().unwrap();
    let (address, spool) = (served.address.clone(), folder.path().to_owned());
    let fetch = move || {
        let now = time::OffsetDateTime::UNIX_EPOCH;
        let options = interchange::api::Options::new(now);
        interchange::api::fetch(&address, &spool, &options, &mut |_, _| Ok(())).unwrap()
    };
    let fetched = tokio::task::spawn_blocking(fetch).await.unwrap();
    assert_eq!((fetched.services, fetched.said), (2, Some(2)));
    assert_eq!(fetched.version.as_deref(), Some("HSDS-UK-3.0"));
    let mut read = Lines::default();
    hsds::read(&fetched.file, "test", &mut read).unwrap();
    let kinds = |kind: &str| read.0.iter().filter(|line| line.kind == kind).count();
    assert_eq!(
        (kinds("service"), kinds("organisation"), kinds("place")),
        (2, 1, 1)
    );
}

fn schema(data: &Path, name: &str) -> Validator {
    let path = data
        .join("schemas/oruk-3.0/validator/Schemas/V3.0-UK")
        .join(name);
    let schema: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    options.build(&schema).unwrap()
}

fn assert_valid(schema: &Validator, what: &str, document: &Value) {
    let faults = schema.iter_errors(document).take(3);
    let faults: Vec<String> = faults
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{what} {} {faults:?}", document["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn real_directories_are_answered_valid_by_the_published_schemas() {
    let Some(data) = data() else { return };
    let mut lines = Lines(generated());
    for source in [
        "schemas/oruk-3.0/examples/service_full.json",
        "schemas/hsds-3.1.1/examples/service_full.json",
        "directories/bucks-outpost/services_page1.json",
    ] {
        hsds::read(&data.join(source), source, &mut lines).unwrap();
    }
    let served = served(&lines.0).await;
    let about = schema(&data, "api_details.json");
    assert_valid(&about, "/", &served.json("/").await);
    for (path, page, single) in [
        ("/services", "service_list.json", "service.json"),
        (
            "/service_at_locations",
            "service_at_location_list.json",
            "service_at_location.json",
        ),
        ("/taxonomies", "taxonomy_list.json", "taxonomy.json"),
        (
            "/taxonomy_terms",
            "taxonomy_term_list.json",
            "taxonomy_term.json",
        ),
        (
            "/organizations",
            "organization_list.json",
            "organization.json",
        ),
    ] {
        served.assert_list_valid(path, &schema(&data, page)).await;
        served.assert_all_valid(path, &schema(&data, single)).await;
    }
}

fn contents(page: &Value) -> &[Value] {
    page["contents"].as_array().unwrap()
}

impl Served {
    async fn assert_list_valid(&self, path: &str, schema: &Validator) {
        let page = self.json(&format!("{path}?per_page=1000")).await;
        assert!(!contents(&page).is_empty(), "{path}");
        if path != "/organizations" {
            return assert_valid(schema, path, &page);
        }
        // Its published schema is that of one entry.
        for document in contents(&page) {
            assert_valid(schema, path, document);
        }
    }

    /// Each by itself, and in a list of whole ones.
    async fn assert_all_valid(&self, path: &str, schema: &Validator) {
        let page = self.json(&format!("{path}?full=true&per_page=60")).await;
        for document in contents(&page) {
            assert_valid(schema, path, document);
            let id = document["id"].as_str().unwrap();
            assert_valid(schema, path, &self.json(&format!("{path}/{id}")).await);
        }
    }
}
