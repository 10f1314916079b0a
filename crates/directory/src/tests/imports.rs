//! Importing, undoing and exporting, from generated files: nothing in them exists. Telephone numbers
//! are from the range that Ofcom keeps for drama.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Desk, NOW, TODAY, desk, names, request, search};
use crate::{
    Code, Directory, DryRun, ExportFormat, ImportSource, ImportView, LineSort, SearchRequest,
};

const JOB: &str = "test";

const LIST: &str = "\
Name,What they do,Telephone,Address,Post code,Web,Borough,Ref
Quokka Larder,Food parcels for anybody in need,1614960001,1 Generated Street,M6 5JA,www.example.org,Salford,1
Quokka Choir,Singing together,0161 496 0002,2 Generated Street,M6 5JA,https://example.org/choir,Salford,2
Quokka Desk,Advice on debt,0161 496 0003,3 Generated Street,WA154 1HF,,Trafford,3
";

impl Desk {
    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn check(&self, path: &Path) -> DryRun {
        check(&self.directory, path)
    }

    fn import(&self, path: &Path) -> ImportView {
        let checked = self.check(path);
        self.directory.import_apply(JOB, &checked.id, NOW).unwrap()
    }

    fn found(&self, words: &str) -> Vec<String> {
        let found = search(&self.directory, &request(words));
        names(&found).into_iter().map(str::to_owned).collect()
    }

    fn export(&self, request: Option<&SearchRequest>, format: ExportFormat) -> PathBuf {
        let to = self.folder.path().join(format.file_name());
        let exported = self.directory.export(JOB, request, (format, &to), TODAY);
        assert_eq!(exported.unwrap().to, to.display().to_string());
        to
    }
}

fn source(path: &Path) -> ImportSource {
    ImportSource {
        from: path.display().to_string(),
        ..ImportSource::default()
    }
}

fn check(directory: &Directory, path: &Path) -> DryRun {
    directory.import_check(JOB, &source(path), TODAY).unwrap()
}

fn json_of(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn a_list_comes_in_after_a_look_and_a_check_and_goes_again() {
    let desk = desk();
    let path = desk.file("Quokkas.csv", LIST);
    let look = desk.directory.import_look(JOB, &source(&path)).unwrap();
    let table = look.table.unwrap();
    assert_eq!(table.mapping.source, "Quokkas");
    assert_eq!(table.columns.len(), 8);
    let preview = desk.directory.import_preview(&source(&path)).unwrap();
    assert_eq!(preview.missing, Vec::<String>::new());
    assert_eq!(preview.rows[0].name.as_deref(), Some("Quokka Larder"));

    let before = json_of(&desk.export(None, ExportFormat::Hsds));
    let checked = desk.check(&path);
    assert_eq!(checked.counts.new_services, 3);
    assert!(checked.counts.doubtful > 0, "WA154 1HF");
    assert!(desk.found("quokka").is_empty(), "nothing has changed yet");

    let import = desk.import(&path);
    assert_eq!((import.new, import.can_undo), (3, true));
    assert_eq!(desk.found("quokka").len(), 3);
    let larder = search(&desk.directory, &request("quokka larder")).hits[0]
        .id
        .clone();
    let entry = desk.directory.entry(&larder, None, TODAY).unwrap();
    assert_eq!(entry.phones[0].number, "0161 496 0001");
    assert_eq!(entry.sources[0].source, "Quokkas");

    let undone = desk.directory.import_undo(JOB, import.id, NOW).unwrap();
    assert_eq!((undone.restored, undone.left), (0, 0));
    assert!(desk.found("quokka").is_empty());
    assert_eq!(json_of(&desk.export(None, ExportFormat::Hsds)), before);
}

#[test]
fn the_same_again_changes_nothing_and_a_newer_one_changes_just_that() {
    let desk = desk();
    let path = desk.file("Quokkas.csv", LIST);
    desk.import(&path);
    let again = desk.check(&path);
    assert_eq!((again.counts.same_services, again.can_import), (3, false));

    let newer = LIST.replace("Singing together", "Singing loudly");
    let newer = newer.lines().take(3).collect::<Vec<_>>().join("\n");
    let path = desk.file("Quokkas.csv", &newer);
    let checked = desk.check(&path);
    let counts = checked.counts;
    assert_eq!(
        (
            counts.changed_services,
            counts.same_services,
            counts.vanished
        ),
        (1, 1, 1)
    );
    let page = desk
        .directory
        .import_lines(&checked.id, LineSort::Changed, 0)
        .unwrap();
    let change = &page.lines[0].changes[0];
    assert_eq!(change.from.as_deref(), Some("Singing together"));
    assert_eq!(change.to.as_deref(), Some("Singing loudly"));
    let gone = desk
        .directory
        .import_lines(&checked.id, LineSort::Vanished, 0)
        .unwrap();
    assert_eq!(gone.lines[0].name, "Quokka Desk");

    let report = desk.folder.path().join("report.csv");
    desk.directory
        .import_report(&checked.id, &report, TODAY)
        .unwrap();
    let report = std::fs::read_to_string(report).unwrap();
    assert!(report.contains("no longer in the source") && report.contains("Singing loudly"));
}

#[test]
fn what_is_probably_here_already_is_told() {
    let desk = desk();
    let first = desk.file("Quokkas.csv", LIST);
    desk.import(&first);
    let other = "Title,Tel,Postcode\nThe QUOKKA choir Ltd,0161 496 0099,m65ja\n";
    let path = desk.file("Another list.csv", other);
    let checked = desk.check(&path);
    assert_eq!(
        (checked.counts.new_services, checked.counts.duplicates),
        (1, 1)
    );
    let page = desk
        .directory
        .import_lines(&checked.id, LineSort::Duplicate, 0)
        .unwrap();
    let twin = page.lines[0].entry.clone().unwrap();
    assert_eq!(twin.name, "Quokka Choir");
}

#[test]
fn a_directory_in_hsds_comes_out_as_it_went_in() {
    let desk = desk();
    let id = |n: u32| format!("00000000-0000-4000-8000-{n:012}");
    let organisation = json!({
        "id": id(1), "name": "Generated Trust", "description": "Made up", "x_tax": {"a": [null, {}]},
    });
    let place = json!({
        "id": id(2), "location_type": "physical", "latitude": 53.5, "longitude": -2.25,
        "addresses": [{"id": id(3), "address_1": "1 Generated Street", "city": "Salford",
            "state_province": "Greater Manchester", "postal_code": "M6 5JA", "country": "GB",
            "address_type": "physical", "attributes": []}],
    });
    let service = |n: u32| {
        json!({
            "id": id(n), "name": format!("Quokka service {n}"), "status": "active",
            "organization": organisation, "phones": [],
            "service_at_locations": [{"id": id(100 + n), "location": place, "x": 1}],
            "minimum_age": 16, "attributes": [{"id": id(200 + n), "label": "L"}], "x_own": true,
        })
    };
    let services: Vec<Value> = (10..14).map(service).collect();
    let path = desk.file("feed.json", &Value::from(services.clone()).to_string());
    let checked = desk.check(&path);
    assert_eq!(
        (checked.counts.new_services, checked.counts.new_others),
        (4, 2)
    );
    desk.import(&path);

    let out = json_of(&desk.export(Some(&request("quokka")), ExportFormat::Hsds));
    let mut out = out.as_array().unwrap().clone();
    out.sort_by_key(|service| service["id"].to_string());
    assert_eq!(out, services);
    let lines = desk.export(Some(&request("quokka")), ExportFormat::HsdsNdjson);
    let text = std::fs::read_to_string(&lines).unwrap();
    assert_eq!(
        text.lines().count(),
        4,
        "{} {text:?} {:?}",
        lines.display(),
        desk.found("quokka")
    );
}

#[test]
fn a_table_for_people_can_be_read_again() {
    let desk = desk();
    desk.import(&desk.file("Quokkas.csv", LIST));
    for format in [ExportFormat::Csv, ExportFormat::Xlsx] {
        let out = desk.export(Some(&request("quokka")), format);
        let other = super::desk();
        let checked = check(&other.directory, &out);
        assert_eq!(checked.counts.new_services, 3, "{format:?}");
        assert_eq!(checked.counts.refused, 0, "{format:?}");
    }
}

#[test]
fn a_check_that_no_longer_holds_and_one_that_is_gone_are_refused() {
    let desk = desk();
    let path = desk.file("Quokkas.csv", LIST);
    let first = desk.check(&path);
    let second = desk.check(&path);
    let apply = |id: &str| desk.directory.import_apply(JOB, id, NOW);
    assert_eq!(apply(&first.id).unwrap_err().code(), Code::Stale);
    desk.directory
        .indexer
        .transact(store::Op::PutOrganisation(Box::new(
            serde_json::from_value(
                json!({"id": "00000000-0000-4000-8000-000000000009", "name": "X"}),
            )
            .unwrap(),
        )))
        .unwrap();
    let stale = apply(&second.id).unwrap_err();
    assert_eq!(stale.code(), Code::Stale, "{stale}");
    assert!(desk.found("quokka").is_empty());
}

#[test]
fn a_cancelled_check_leaves_nothing() {
    let desk = desk();
    let mut rows = String::from("Name,Description\n");
    for n in 0..200_000 {
        rows.push_str(&format!("Generated {n},Something of which there is much\n"));
    }
    let path = desk.file("many.csv", &rows);
    let directory = &desk.directory;
    let cancelled = std::thread::scope(|scope| {
        let checking = scope.spawn(|| directory.import_check(JOB, &source(&path), TODAY));
        while directory.job_progress(JOB).is_none() {
            std::thread::yield_now();
        }
        directory.job_cancel(JOB);
        checking.join().unwrap()
    });
    assert_eq!(cancelled.unwrap_err().code(), Code::Cancelled);
    assert!(directory.job_progress(JOB).is_none());
    let waiting = std::fs::read_dir(desk.folder.path().join("imports")).unwrap();
    assert_eq!(waiting.count(), 0);
}

#[test]
fn mappings_are_saved_by_name_and_proposed_again() {
    let desk = desk();
    let path = desk.file("Quokkas.csv", LIST);
    let look = |path: &Path| desk.directory.import_look(JOB, &source(path)).unwrap();
    let mut mapping = look(&path).table.unwrap().mapping;
    mapping.source = "The quokka list".to_owned();
    desk.directory.save_mapping("Quokkas", &mapping).unwrap();
    assert_eq!(desk.directory.mappings().unwrap(), ["Quokkas"]);
    let next = desk.file("Quokkas in June.csv", LIST);
    let table = look(&next).table.unwrap();
    assert_eq!(table.taken_from.as_deref(), Some("Quokkas"));
    assert_eq!(table.mapping.source, "The quokka list");
    desk.directory.remove_mapping("Quokkas").unwrap();
    let missing = desk.directory.mapping("Quokkas").unwrap_err();
    assert_eq!(missing.code(), Code::BadQuery);
}

#[test]
fn an_export_that_cannot_be_written_leaves_nothing_and_says_where() {
    let desk = desk();
    let to = desk.folder.path().join("no such folder").join("out.json");
    for format in [ExportFormat::Hsds, ExportFormat::Csv, ExportFormat::Xlsx] {
        let failed = desk
            .directory
            .export(JOB, None, (format, &to), TODAY)
            .unwrap_err();
        assert_eq!(failed.code(), Code::BadFile);
        assert!(failed.to_string().contains("no such folder"), "{failed}");
    }
}

#[cfg(unix)]
#[test]
fn what_goes_out_may_be_read_as_any_other_file() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode();
    let usual = mode(&desk.file("usual", ""));
    for format in [
        ExportFormat::Hsds,
        ExportFormat::HsdsNdjson,
        ExportFormat::Csv,
    ] {
        assert_eq!(mode(&desk.export(None, format)), usual, "{format:?}");
    }
}

#[test]
fn what_a_killed_import_left_behind_goes_and_what_runs_stays() {
    let desk = desk();
    let waiting = desk.folder.path().join("imports");
    std::fs::create_dir_all(&waiting).unwrap();
    let (old, young) = (waiting.join("read-1.part"), waiting.join("read-2.part"));
    for path in [&old, &young] {
        std::fs::write(path, "").unwrap();
    }
    let long_ago = std::time::UNIX_EPOCH;
    let file = std::fs::File::options().write(true).open(&old).unwrap();
    file.set_modified(long_ago).unwrap();
    desk.import(&desk.file("Quokkas.csv", LIST));
    assert!(!old.exists() && young.exists());
}
