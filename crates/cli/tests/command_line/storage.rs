//! The local copy: made on first use, shared, and in trouble.

use std::fs;
use std::process::Stdio;

use crate::copy::{Copy, Ran, signpost};

#[test]
fn the_folder_is_made_on_first_use() {
    let copy = Copy::new();
    assert!(!copy.data().exists());
    assert!(copy.json(&["search", "lonely"])["total"].as_u64().unwrap() > 0);
    assert!(copy.data().is_dir());
}

#[test]
fn help_and_a_wrong_option_make_no_folder() {
    let copy = Copy::new();
    copy.run(&["--help"]);
    copy.run(&["search", "--limit", "none"]);
    copy.run(&["completions", "fish"]);
    assert!(!copy.data().exists());
}

#[test]
fn several_at_once_make_one_copy_and_all_find_the_same() {
    let copy = Copy::new();
    let start = || {
        let mut command = signpost(&["search", "lonely", "--json", "--data"]);
        let command = command
            .arg(copy.data())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    let started = [start(), start(), start()];
    let ran = started.map(|child| Ran::of(child.wait_with_output().unwrap()));
    for one in &ran {
        assert_eq!(one.code, 0, "{}", one.err);
        assert_eq!(one.out, ran[0].out);
    }
    assert!(ran[0].out.contains("\"total\""));
}

#[test]
fn a_file_in_the_folders_place_is_a_store_error() {
    let copy = Copy::new();
    let file = copy.beside().join("file");
    fs::write(&file, "not a folder").unwrap();
    let ran = Ran::of(signpost(&["status", "--data"]).arg(&file).output().unwrap());
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    assert!(ran.err.contains(file.to_str().unwrap()), "{}", ran.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), "not a folder");
}

#[test]
fn a_damaged_copy_is_rebuilt_and_said_beside_the_answer() {
    let copy = Copy::new();
    let before = copy.json(&["search", "lonely"]);
    for file in fs::read_dir(copy.data()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() && fs::metadata(&path).unwrap().len() > 0 {
            fs::write(&path, vec![7; 8_192]).unwrap();
        }
    }
    let ran = copy.run(&["search", "lonely", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("damaged and has been rebuilt"),
        "{}",
        ran.err
    );
    let after: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(before["total"], after["total"]);
}

#[cfg(unix)]
#[test]
fn a_copy_that_may_only_be_read_is_searched_all_the_same() {
    use std::os::unix::fs::PermissionsExt;

    let copy = Copy::new();
    let before = copy.json(&["search", "lonely"]);
    let allow = |mode: u32| {
        fs::set_permissions(copy.data(), fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(0o500);
    let after = copy.json(&["search", "lonely"]);
    let nothing = copy.run(&["search", "zzyzxq"]);
    allow(0o700);
    assert_eq!(before["hits"], after["hits"]);
    assert_eq!(nothing.code, 0, "{}", nothing.err);
}
