//! What is answered: JSON for programs, words for people.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::copy::{Copy, Ran, signpost};

#[test]
fn a_search_is_one_json_object_of_the_promised_shape() {
    let copy = Copy::new();
    let found = copy.json(&[
        "search",
        "housebound",
        "--borough",
        "Salford",
        "--need",
        "Social isolation",
        "--tier",
        "universal",
        "--near",
        "M6",
        "--limit",
        "10",
    ]);
    let total = found["total"].as_u64().unwrap();
    let hits = found["hits"].as_array().unwrap();
    assert!(total > 0 && hits.len() as u64 == total.min(10));
    assert!(found["unknown"].is_u64());
    for facet in ["need", "borough", "tier"] {
        let options = found["facets"][facet].as_array().unwrap();
        assert!(!options.is_empty());
        assert!(
            options
                .iter()
                .all(|o| o["term"].is_string() && o["count"].is_u64())
        );
    }
    for hit in hits {
        let hit = hit.as_object().unwrap();
        for key in [
            "id",
            "name",
            "organisation",
            "summary",
            "needs",
            "boroughs",
            "tier",
            "way_in",
            "checked",
            "distance_km",
            "why",
        ] {
            assert!(hit.contains_key(key), "{key}");
        }
        let covered = hit["boroughs"].as_array().unwrap();
        let covers = |name: &str| covered.contains(&Value::from(name));
        assert!(covers("Salford") || covers("Whole of Greater Manchester"));
    }
}

#[test]
fn no_words_find_everything_and_pages_do_not_overlap() {
    let copy = Copy::new();
    let entries = copy.json(&["status"])["entries"].clone();
    let first = copy.json(&["search"]);
    assert_eq!(first["total"], entries);
    assert_eq!(first["hits"].as_array().unwrap().len(), 10);
    let mut ids = std::collections::BTreeSet::new();
    for offset in ["0", "50"] {
        let page = copy.json(&["search", "", "--limit", "50", "--offset", offset]);
        let hits = page["hits"].as_array().unwrap();
        ids.extend(
            hits.iter()
                .map(|hit| hit["id"].as_str().unwrap().to_owned()),
        );
    }
    assert_eq!(ids.len() as u64, entries.as_u64().unwrap().min(100));
}

#[test]
fn an_entry_is_shown_by_its_hsds_names_and_in_words() {
    let copy = Copy::new();
    let found = copy.json(&["search", "Age UK Manchester", "--limit", "1"]);
    let id = found["hits"][0]["id"].as_str().unwrap();
    let shown = copy.json(&["show", id]);
    assert_eq!(
        (&shown["id"], &shown["name"]),
        (&Value::from(id), &Value::from("Age UK Manchester"))
    );
    for member in [
        "status",
        "organization",
        "service_areas",
        "service_at_locations",
        "attributes",
    ] {
        assert!(!shown[member].is_null(), "{member}");
    }
    let said = copy.run(&["show", &id.to_uppercase()]);
    for words in [
        "Age UK Manchester",
        "Gorton day centre",
        "Not known: ring or write first",
        "opening hours",
        "spring 2018",
    ] {
        assert!(
            said.out.replace('\n', " ").contains(words),
            "{words}: {}",
            said.out
        );
    }
}

#[test]
fn an_entry_that_is_not_there_is_said_so() {
    let copy = Copy::new();
    for id in ["00000000-0000-0000-0000-000000000000", "nonsense"] {
        for words in [vec!["show", id], vec!["show", id, "--json"]] {
            let ran = copy.run(&words);
            assert_eq!((ran.code, ran.out.as_str()), (1, ""));
            assert!(ran.err.contains(id), "{}", ran.err);
        }
    }
}

#[test]
fn words_for_people_keep_to_the_width() {
    let copy = Copy::new();
    for columns in ["40", "80"] {
        let mut command = signpost(&["search", "lonely", "--counts", "--data"]);
        let ran = Ran::of(
            command
                .arg(copy.data())
                .env("COLUMNS", columns)
                .output()
                .unwrap(),
        );
        assert!(ran.out.contains("ring first") && !ran.out.contains('\u{1b}'));
        let most = columns.parse().unwrap();
        let long = |line: &&str| line.chars().count() > most;
        assert_eq!(ran.out.lines().find(long), None);
    }
}

#[test]
fn what_nobody_has_is_kept_as_words_and_boroughs_when_asked() {
    let copy = Copy::new();
    let nothing = ["search", "Zzyzxq 07700900123", "--borough", "Bury"];
    assert_eq!(copy.json(&nothing)["total"], 0);
    assert_eq!(copy.run(&nothing).code, 0);
    assert_eq!(copy.json(&["unmet"])["unmet"], Value::Array(Vec::new()));
    let said = copy.run(&[&nothing[..], &["--keep"]].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.out
            .starts_with("Nothing in the directory answers this.")
    );
    let kept = copy.json(&["unmet"]);
    assert_eq!(kept["unmet"][0]["words"], "zzyzxq");
    assert_eq!(kept["unmet"][0]["boroughs"], serde_json::json!(["Bury"]));
    assert!(copy.run(&["unmet"]).out.contains("“zzyzxq” in Bury: today"));
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let copy = Copy::new();
    copy.run(&["status"]);
    for words in [
        vec!["search", "--limit", "50"],
        vec!["search", "--json"],
        vec!["completions", "bash"],
    ] {
        let mut command = signpost(&words);
        let mut child = command
            .arg("--data")
            .arg(copy.data())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{words:?}");
    }
}

#[test]
fn completions_are_made_for_every_shell_and_bash_takes_them() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = Ran::of(signpost(&["completions", shell]).output().unwrap());
        assert!(ran.code == 0 && ran.out.contains("signpost"), "{shell}");
    }
    let script = signpost(&["completions", "bash"]).output().unwrap().stdout;
    let Ok(mut bash) = Command::new("bash").arg("-n").stdin(Stdio::piped()).spawn() else {
        return;
    };
    bash.stdin.take().unwrap().write_all(&script).unwrap();
    assert!(bash.wait().unwrap().success());
}
