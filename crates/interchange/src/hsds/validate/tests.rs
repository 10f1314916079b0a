use std::fs;

use super::*;
use crate::hsds::tests::Taken;

fn check(text: &str) -> (Summary, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made.json");
    fs::write(&path, text).unwrap();
    let mut taken = Taken::default();
    let summary = validate(&path, &mut taken).unwrap();
    (summary, taken.said())
}

#[test]
fn faults_are_told_with_the_way_to_them() {
    let (summary, said) = check(
        r#"[{"id":"ac148810-d857-441c-9679-408f346de14b","name":"A","status":"active","zzz":null},
           {"id":"7","status":"open","url":"x.org","email":"x","assured_date":"soon","minimum_age":"7",
            "last_modified":"2020-01-01","alert":null,"phones":[{"id":"ac148810-d857-441c-9679-408f346de14b"},3],
            "languages":{},"organization":[]}, 5]"#,
    );
    assert_eq!(
        (summary.documents, summary.services, summary.refused),
        (3, 2, 2)
    );
    for expected in [
        "made.json, line 2: name is missing",
        "made.json, line 2, id: \"7\" is not a UUID",
        "made.json, line 2, status: \"open\" is none of active, inactive, defunct, temporarily closed",
        "made.json, line 2, url: \"x.org\" is not a web address with its scheme",
        "made.json, line 2, email: \"x\" is not an email address",
        "made.json, line 2, assured_date: \"soon\" is not a date as 2026-11-22 is",
        "made.json, line 2, minimum_age: \"7\" is not a number",
        "made.json, line 3, alert: null is not allowed: leave it out",
        "line 3, phones[0]: number is missing",
        "phones[1]: a record is due here, not 3",
        "line 4, languages: a list is due here, not a record",
        "organization: a record is due here, not a list",
    ] {
        assert!(
            said.iter().any(|said| said.contains(expected)),
            "{expected}: {said:#?}"
        );
    }
}
