//! Broken and hostile files.

use super::*;

const ID: &str = "ac148810-d857-441c-9679-408f346de14b";

fn good() -> String {
    format!(r#"{{"id":"{ID}","name":"A","status":"active"}}"#)
}

/// Reads a spoilt document and then a good one.
fn beside(spoilt: &str) -> (Summary, Taken) {
    let text = format!("[{spoilt},\n{}]", good());
    let (summary, taken) = read_text("made.json", text.as_bytes());
    (summary.unwrap(), taken)
}

#[test]
fn one_spoilt_document_spoils_no_other() {
    let deep = format!(
        "{{\"id\":\"{ID}\",\"name\":{}1{}}}",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    for (spoilt, said) in [
        (deep.as_str(), "recursion limit"),
        (
            r#"{"id":"1","name":"A","x":NaN}"#,
            "column 27: this is not JSON",
        ),
        (r#"{"id":"1","name":"A","x":1e400}"#, "number out of range"),
        (r#"{"id":"1","name":"\ud800"}"#, "this is not JSON"),
        (r#"{"id":"1",}"#, "trailing comma"),
        (r#"["a"]"#, "a record is due here, not a list"),
        (r#""text""#, "a record is due here, not \"text\""),
        ("null", "a record is due here, not null"),
        (r#"{"id":"1"}"#, "the service has no name and was left out"),
        (r#"{"name":"A"}"#, "the service has no id and was left out"),
        (
            r#"{"id":[1],"name":"A"}"#,
            "the service has no id and was left out",
        ),
        (
            r#"{"id":"1","name":{"x":1}}"#,
            "the service has no name and was left out",
        ),
    ] {
        let (summary, taken) = beside(spoilt);
        assert_eq!((summary.services, summary.refused), (1, 1), "{spoilt:.80}");
        let told = taken.said();
        assert!(
            told.iter().any(|told| told.contains(said)),
            "{spoilt:.80}: {told:#?}"
        );
        assert!(
            told.iter()
                .all(|told| told.starts_with("made.json, line 1")),
            "{told:#?}"
        );
    }
}

#[test]
fn wrong_kinds_are_left_out_and_the_rest_comes_in() {
    let (summary, taken) = beside(
        r#"{"id":"6f1c0c1e-9a52-5d1c-8a48-1de8cf1f0f3a","name":"B","status":"active",
        "description":["x"],"phones":{"number":1610000000},"languages":"English","email":true,
        "minimum_age":"18","maximum_age":"old","organization":[],
        "schedules":[3,null,{"opens_at":"09:00"}],"urls":1,"additional_urls":[{"label":"x"}],
        "attributes":[{"assessed":"yes","taxonomy_term":{"name":5}}],"signpost":[1]}"#,
    );
    assert_eq!((summary.services, summary.refused), (2, 0));
    let service = &taken.services[0];
    assert_eq!(service.description, None);
    assert_eq!(service.phones[0].number, "1610000000");
    assert_eq!(service.minimum_age, Some(18.into()));
    assert_eq!(
        (service.maximum_age.as_ref(), service.email.as_ref()),
        (None, None)
    );
    assert!(service.languages.is_absent() && service.organization.is_none());
    assert_eq!(
        (service.schedules.len(), service.additional_urls.len()),
        (1, 0)
    );
    assert_eq!(
        service.attributes[0].taxonomy_term.as_ref().unwrap().name,
        "5"
    );
    assert_eq!(service.rest["urls"], 1);
    assert_eq!(
        taken.doubts(),
        [
            "additional_urls[0]",
            "attributes[0].assessed",
            "description",
            "email",
            "languages",
            "maximum_age",
            "organization",
            "schedules[0]",
            "signpost"
        ]
    );
    assert_eq!(taken.findings[0].record.as_deref(), Some("B"));
}

#[test]
fn members_that_stand_twice_are_told() {
    let (summary, taken) = beside(r#"{"id":"1","name":"A","name":"B"}"#);
    assert_eq!((summary.services, summary.doubtful), (2, 1));
    assert_eq!(taken.services[0].name, "A");
    assert_eq!(
        taken.said(),
        ["made.json, line 1, name: it stands twice here; the first one counts"]
    );
}

#[test]
fn a_file_that_was_cut_off_says_where_after_what_came_whole() {
    let (summary, taken) = read_text("made.json", format!("[{},\n{{\"id\":", good()).as_bytes());
    let error = summary.unwrap_err().to_string();
    assert_eq!(
        error,
        "made.json, line 2: column 7: the file ends inside what begins in line 2: it was probably \
         cut off. Get it again."
    );
    assert_eq!(taken.services.len(), 1);
}

#[test]
fn letters_that_are_not_utf_8_are_not_guessed_at() {
    let mut text = format!("[\n{{\"id\":\"{ID}\",\n\"name\":\"Caf").into_bytes();
    text.extend(b"\xe9\"}]");
    let error = read_text("made.json", &text).0.unwrap_err().to_string();
    assert!(
        error.starts_with("made.json, line 3: a letter is not written in UTF-8"),
        "{error}"
    );
}

#[test]
fn a_long_file_can_be_cancelled_and_says_how_far_it_is() {
    struct Impatient(u32);
    impl Intake for Impatient {
        fn take(&mut self, _: Incoming) -> Result<(), Stop> {
            Ok(())
        }
        fn find(&mut self, _: Finding) -> Result<(), Stop> {
            Ok(())
        }
        fn step(&mut self, done: u64, total: u64) -> Result<(), Stop> {
            assert!(done <= total);
            self.0 += 1;
            if self.0 == 10 {
                Err(Stop::Cancelled)
            } else {
                Ok(())
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made.json");
    fs::write(&path, format!("[\"{}\"]", "x".repeat(4_000_000))).unwrap();
    let stopped = read(&path, "made", &mut Impatient(0));
    assert!(matches!(stopped, Err(InterchangeError::Cancelled)));
}

#[test]
fn what_is_missing_is_said() {
    let error = read(Path::new("nowhere.json"), "made", &mut Taken::default()).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("nowhere.json could not be read")
    );
}

#[test]
fn very_many_remarks_on_one_record_are_counted() {
    let phones = vec!["{}"; 5_000].join(",");
    let (summary, taken) = beside(&format!(r#"{{"id":"1","name":"A","phones":[{phones}]}}"#));
    assert_eq!(summary.services, 2);
    assert_eq!(taken.findings.len(), 101);
    assert!(taken.said()[100].contains("4900 more remarks"));
}
