use std::fs;
use std::path::{Path, PathBuf};

use domain::{Organisation, Place, Service};
use serde_json::{Map, Value, json};

use super::*;
use crate::{Finding, Incoming, Intake, InterchangeError, Record, Stop, Weight};

mod examples;
mod hostile;
mod round_trip;
mod shapes;

/// What was read in a test.
#[derive(Default)]
pub(crate) struct Taken {
    pub(crate) services: Vec<Service>,
    pub(crate) organisations: Vec<Organisation>,
    pub(crate) places: Vec<Place>,
    pub(crate) sources: Vec<Option<String>>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) steps: Vec<(u64, u64)>,
}

impl Intake for Taken {
    fn take(&mut self, incoming: Incoming) -> Result<(), Stop> {
        self.sources.push(incoming.source_id);
        match incoming.record {
            Record::Service(service) => put(&mut self.services, *service, |a, b| a.id == b.id),
            Record::Organisation(one) => put(&mut self.organisations, *one, |a, b| a.id == b.id),
            Record::Place(place) => put(&mut self.places, *place, |a, b| a.id == b.id),
        }
        Ok(())
    }

    fn find(&mut self, finding: Finding) -> Result<(), Stop> {
        self.findings.push(finding);
        Ok(())
    }

    fn step(&mut self, done: u64, total: u64) -> Result<(), Stop> {
        self.steps.push((done, total));
        Ok(())
    }
}

/// A record that comes again says all that it said before, so the last one stands.
fn put<T>(all: &mut Vec<T>, one: T, same: impl Fn(&T, &T) -> bool) {
    match all.iter_mut().find(|other| same(other, &one)) {
        Some(other) => *other = one,
        None => all.push(one),
    }
}

impl Taken {
    /// Each finding in one line.
    pub(crate) fn said(&self) -> Vec<String> {
        let line = |finding: &Finding| format!("{}: {}", finding.spot, finding.message);
        self.findings.iter().map(line).collect()
    }

    /// Where something is doubtful.
    pub(crate) fn doubts(&self) -> Vec<String> {
        let findings = self.findings.iter();
        let doubts = findings.filter(|finding| finding.weight == Weight::Doubtful);
        let mut doubts: Vec<_> = doubts
            .filter_map(|doubt| doubt.spot.column.clone())
            .collect();
        doubts.sort();
        doubts
    }

    /// The services as they are exported.
    pub(crate) fn exported(&self) -> Vec<Value> {
        let full = |service: &Service| {
            let of = |one: &&Organisation| Some(one.id) == service.organisation();
            let organisation = self.organisations.iter().find(of);
            full_service(service, organisation, &self.places)
        };
        self.services.iter().map(full).collect()
    }
}

/// Reads a text as a file of this name.
pub(crate) fn read_text(name: &str, text: &[u8]) -> (Result<Summary, InterchangeError>, Taken) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let mut taken = Taken::default();
    let summary = read(&path, "made", &mut taken);
    (summary, taken)
}

fn read_value(value: &Value) -> Taken {
    let (summary, taken) = read_text("made.json", value.to_string().as_bytes());
    let _summary = summary.unwrap();
    taken
}

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");

/// A file of the shared data; none, and the test says so, where they are absent.
fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(DATA).join(path);
    if !path.exists() {
        println!("skipped: {} is not here", path.display());
        return None;
    }
    Some(path)
}

/// Numbers by what they say: `51` is `51.0`.
fn by_value(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(items) => items.iter().map(by_value).collect(),
        Value::Object(members) => {
            let members = members.iter();
            members
                .map(|(name, value)| (name.clone(), by_value(value)))
                .collect::<Map<_, _>>()
                .into()
        }
        Value::Null | Value::Bool(_) | Value::String(_) => value.clone(),
    }
}

#[track_caller]
fn assert_same(exported: &Value, original: &Value) {
    let (exported, original) = (by_value(exported), by_value(original));
    if exported != original {
        let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap();
        println!(
            "exported: {}\noriginal: {}",
            pretty(&exported),
            pretty(&original)
        );
    }
    assert!(exported == original, "the export differs from the original");
}
