//! What is asked for: options, their values, and what is said of wrong ones.

use crate::copy::{Copy, Ran, signpost};

#[test]
fn terms_and_ids_are_taken_in_any_case() {
    let copy = Copy::new();
    let total = |words: &[&str]| copy.json(&[&["search"], words].concat())["total"].clone();
    let by_term = total(&[
        "--borough",
        "Salford",
        "--need",
        "Social isolation",
        "--tier",
        "Universal services and activities",
    ]);
    assert!(by_term.as_u64().unwrap() > 0);
    assert_eq!(
        by_term,
        total(&[
            "--borough",
            "SALFORD",
            "--need",
            "social ISOLATION",
            "--tier",
            "universal"
        ])
    );
    assert_eq!(
        by_term,
        total(&[
            "--borough",
            "e08000006",
            "--need",
            "social-isolation",
            "--tier",
            "UNIVERSAL"
        ])
    );
}

#[test]
fn several_values_of_a_facet_widen() {
    let copy = Copy::new();
    let total = |words: &[&str]| copy.json(words)["total"].as_u64().unwrap();
    let one = total(&["search", "--borough", "Bury"]);
    let two = total(&["search", "--borough", "Bury", "--borough", "Bolton"]);
    assert!(one > 0 && two > one, "{one} {two}");
}

#[test]
fn a_wrong_term_names_the_nearest_right_one() {
    let copy = Copy::new();
    for (words, said) in [
        (["--need", "social isolatoin"], "\"Social isolation\""),
        (["--borough", "Salfrod"], "\"Salford\""),
        (["--tier", "tier 9"], "Universal services and activities"),
    ] {
        let ran = copy.run(&["search", words[0], words[1]]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
        assert!(
            ran.err.contains(said) && ran.err.contains(words[1]),
            "{}",
            ran.err
        );
    }
}

#[test]
fn a_wrong_postcode_or_one_from_elsewhere_is_refused() {
    let copy = Copy::new();
    for near in ["nowhere", "", "ZE1"] {
        let ran = copy.run(&["search", "--near", near]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{near}: {ran:?}");
        assert!(ran.err.contains(near), "{}", ran.err);
    }
    for near in ["M6", "m6 5ja", "M65JA"] {
        assert_eq!(copy.run(&["search", "--near", near]).code, 0, "{near}");
    }
}

#[test]
fn a_limit_outside_1_to_50_and_an_unknown_verb_are_refused() {
    for words in [
        ["search", "--limit=0"],
        ["search", "--limit=51"],
        ["search", "--offset=-1"],
        ["serch", "x"],
    ] {
        let ran = Ran::of(signpost(&words).output().unwrap());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{words:?}");
    }
}

#[test]
fn the_folder_may_be_named_anywhere_and_by_the_environment() {
    let copy = Copy::new();
    let data = copy.data();
    let data = data.to_str().unwrap();
    let same_folder = |words: &[&str]| {
        let ran = Ran::of(signpost(words).output().unwrap());
        let status: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(status["data_folder"], data, "{words:?}");
    };
    same_folder(&["--data", data, "status", "--json"]);
    same_folder(&["status", "--data", data, "--json"]);
    same_folder(&["status", "--json", &format!("--data={data}")]);
    let elsewhere = copy.beside().join("elsewhere");
    for words in [
        vec!["status", "--json"],
        vec!["status", "--json", "--data", data],
        vec!["--data", data, "status", "--json"],
    ] {
        let ran = Ran::of(
            signpost(&words)
                .env("SIGNPOST_DATA", &elsewhere)
                .output()
                .unwrap(),
        );
        let status: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let wanted = if words.contains(&data) {
            data
        } else {
            elsewhere.to_str().unwrap()
        };
        assert_eq!(status["data_folder"], wanted, "{words:?}");
    }
}

#[test]
fn without_a_folder_the_windows_own_is_used() {
    let copy = Copy::new();
    let home = copy.beside();
    let mut command = signpost(&["status", "--json"]);
    let ran = Ran::of(
        command
            .env("HOME", home)
            .env("XDG_DATA_HOME", home)
            .output()
            .unwrap(),
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let status: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let folder = status["data_folder"].as_str().unwrap();
    assert!(folder.ends_with("org.signpost.desktop") && folder.starts_with(home.to_str().unwrap()));
}

#[test]
fn help_names_the_exit_codes_and_the_version_is_the_packages() {
    let help = Ran::of(signpost(&["--help"]).output().unwrap());
    assert_eq!(help.code, 0);
    for said in [
        "search",
        "show",
        "status",
        "unmet",
        "completions",
        "--data",
        "Exit codes",
        "3  ",
    ] {
        assert!(help.out.contains(said), "{said}");
    }
    let version = Ran::of(signpost(&["--version"]).output().unwrap());
    assert_eq!(
        version.out,
        format!("signpost {}\n", env!("CARGO_PKG_VERSION"))
    );
}
