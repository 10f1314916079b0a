//! Other people's real directories, in and out again: what goes out is valid against the published
//! schemas, whatever came in.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use directory::{Directory, DryRun, ExportFormat, ImportSource};
use flate2::read::GzDecoder;
use jsonschema::Validator;
use serde_json::Value;
use time::macros::date;

const JOB: &str = "published";

/// The folder of real data; none, said, where this machine hasn't any.
fn data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no ../shared/data on this machine");
    None
}

fn schema(path: &Path) -> Validator {
    let mut text = String::new();
    let mut file = File::open(path).expect("a schema");
    if path.extension().is_some_and(|ending| ending == "gz") {
        GzDecoder::new(file).read_to_string(&mut text)
    } else {
        file.read_to_string(&mut text)
    }
    .expect("its text");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("a schema that can be used")
}

struct Desk {
    directory: Directory,
    folder: tempfile::TempDir,
}

impl Desk {
    /// A directory with nothing imported yet.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let directory = Directory::open(folder.path()).expect("a directory");
        Self { directory, folder }
    }

    fn import(&self, path: &Path) -> DryRun {
        let source = ImportSource {
            from: path.display().to_string(),
            ..ImportSource::default()
        };
        let today = date!(2026 - 11 - 22);
        let checked = self
            .directory
            .import_check(JOB, &source, today)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self.directory
            .import_apply(JOB, &checked.id, today.midnight().assume_utc())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        checked
    }

    fn export(&self, format: ExportFormat) -> PathBuf {
        let to = self.folder.path().join(format.file_name());
        let today = date!(2026 - 11 - 22);
        self.directory
            .export(JOB, None, (format, &to), today)
            .expect("an export");
        to
    }

    fn services(&self) -> Vec<Value> {
        let text = std::fs::read(self.export(ExportFormat::Hsds)).expect("an export");
        serde_json::from_slice(&text).expect("an array")
    }
}

fn assert_valid(schemas: &[(&str, Validator)], services: &[Value]) {
    for (name, schema) in schemas {
        for service in services {
            let faults: Vec<String> = schema
                .iter_errors(service)
                .take(3)
                .map(|fault| format!("{}: {fault}", fault.instance_path()))
                .collect();
            assert!(faults.is_empty(), "{name}: {} {faults:?}", service["name"]);
        }
    }
}

/// HSDS 3.1 and Open Referral UK 3.0, as they were published.
fn schemas(data: &Path) -> [(&'static str, Validator); 2] {
    let hsds = data.join("schemas/hsds-3.1.1/compiled/service.json.gz");
    let uk = data.join("schemas/oruk-3.0/schema/compiled/service.json");
    [
        ("HSDS 3.1", schema(&hsds)),
        ("Open Referral UK 3.0", schema(&uk)),
    ]
}

#[test]
fn every_real_directory_goes_out_valid() {
    let Some(data) = data() else { return };
    let directories = data.join("directories");
    let mut sources: Vec<PathBuf> = std::fs::read_dir(directories.join("gm-ogl"))
        .expect("lists")
        .map(|entry| entry.expect("a list").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .collect();
    sources.sort();
    sources.extend(
        [
            "bucks-outpost/services_page1.json",
            "ilao-hsds11",
            "legalaid-florida",
            "ohana-sanmateo/data/sample-csv",
        ]
        .map(|part| directories.join(part)),
    );
    let desk = Desk::new();
    let built_in = desk.services().len();
    let mut new = 0;
    for source in &sources {
        let counts = desk.import(source).counts;
        println!("{}: {counts:?}", source.display());
        assert!(counts.new_services > 0, "{}", source.display());
        new += usize::try_from(counts.new_services).expect("a number");
    }
    let services = desk.services();
    assert_eq!(services.len(), built_in + new);
    assert_valid(&schemas(&data), &services);
    // Everything that came in is known again.
    for source in &sources {
        let source = ImportSource {
            from: source.display().to_string(),
            ..ImportSource::default()
        };
        let again = desk
            .directory
            .import_check(JOB, &source, date!(2026 - 11 - 23))
            .expect("a check");
        let counts = again.counts;
        assert_eq!(
            (
                counts.new_services,
                counts.changed_services,
                counts.vanished
            ),
            (0, 0, 0),
            "{}",
            source.from
        );
    }
}

#[test]
fn the_examples_of_the_standard_come_back_equal() {
    let Some(data) = data() else { return };
    for example in [
        "schemas/hsds-3.1.1/examples/service_full.json",
        "schemas/hsds-3.0/examples/service_full.json",
        "schemas/oruk-3.0/examples/service_full.json",
    ] {
        let path = data.join(example);
        let original: Value =
            serde_json::from_slice(&std::fs::read(&path).expect("an example")).expect("JSON");
        let desk = Desk::new();
        assert_eq!(desk.import(&path).counts.new_services, 1);
        let services = desk.services();
        let back = services
            .iter()
            .find(|service| service["id"] == original["id"])
            .expect("the service");
        assert_eq!(by_value(back), by_value(&original), "{example}");
    }
}

/// With every number as one of 64 bits, as 100 and 100.0 say the same.
fn by_value(value: &Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().into(),
        Value::Array(items) => items.iter().map(by_value).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| (name.clone(), by_value(member)))
            .collect(),
        Value::Null | Value::Bool(_) | Value::String(_) => value.clone(),
    }
}
