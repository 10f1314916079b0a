//! Who may know whom, read out of the manifests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use toml::Table;

use crate::workspace::top;

/// What a crate of the house may know of the house. Tests and benches may know everything.
const MAY_KNOW: [(&str, &[&str]); 11] = [
    ("domain", &[]),
    ("failpoints", &[]),
    ("wire", &["domain"]),
    ("store", &["domain", "failpoints"]),
    ("search", &["domain"]),
    ("interchange", &["domain"]),
    // The hub in its tests only, where both ends meet.
    ("sync", &["domain", "wire", "store", "hub"]),
    (
        "directory",
        &["domain", "wire", "store", "search", "interchange", "sync"],
    ),
    ("hub", &["domain", "failpoints", "wire", "interchange"]),
    ("signpost", &["directory"]),
    ("desktop", &["directory"]),
];

/// The one crate that may name a library; benches compares with one of them.
const OWNERS: [(&str, &[&str]); 5] = [
    ("rusqlite", &["store", "hub", "benches"]),
    ("axum", &["hub"]),
    ("tantivy", &["search"]),
    ("tauri", &["desktop"]),
    ("keyring", &["sync"]),
];

/// Every manifest of the workspace, by its crate's name.
fn manifests() -> BTreeMap<String, Table> {
    let mut folders: Vec<_> = ["src-tauri", "tests", "benches"]
        .map(|member| top().join(member))
        .into();
    for entry in fs::read_dir(top().join("crates")).expect("the crates") {
        folders.push(entry.expect("a crate").path());
    }
    let read = |folder: std::path::PathBuf| {
        let text = fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
        let manifest: Table = text.parse().expect("TOML");
        let name = manifest["package"]["name"].as_str().expect("a name");
        (name.to_owned(), manifest)
    };
    folders.into_iter().map(read).collect()
}

/// The names that each crate of the workspace depends on, `dev` too or not.
fn dependencies(dev: bool) -> BTreeMap<String, BTreeSet<String>> {
    let read = |(name, manifest): (String, Table)| {
        let mut kinds = vec!["dependencies", "build-dependencies"];
        kinds.extend(dev.then_some("dev-dependencies"));
        let of = |kind| manifest.get(kind).and_then(toml::Value::as_table);
        let tables = kinds.into_iter().filter_map(of);
        (name, tables.flat_map(Table::keys).cloned().collect())
    };
    manifests().into_iter().map(read).collect()
}

#[test]
fn no_program_that_is_given_out_has_points_at_which_it_ends() {
    for (name, manifest) in manifests() {
        let features = manifest.get("features").and_then(toml::Value::as_table);
        let features = features.map(toml::to_string).transpose().expect("TOML");
        let features = features.unwrap_or_default();
        let passes_on = features.contains("failpoints") || features.contains("default");
        assert!(!passes_on, "{name}: {features}");
        for kind in ["dependencies", "build-dependencies", "dev-dependencies"] {
            let known = manifest.get(kind).and_then(|known| known.get("failpoints"));
            let armed = known.is_some_and(|known| known.get("features").is_some());
            // What a test asks for is not built into what `cargo build` makes.
            let may = (name.as_str(), kind) == ("tests", "dev-dependencies");
            assert_eq!(armed, may, "{kind} of {name}");
        }
    }
    let whole = fs::read_to_string(top().join("Cargo.toml")).expect("a manifest");
    let whole: Table = whole.parse().expect("TOML");
    let stated = &whole["workspace"]["dependencies"]["failpoints"];
    assert_eq!(stated.get("features"), None, "{stated}");
}

#[test]
fn each_crate_knows_only_whom_it_may() {
    let all = dependencies(true);
    let members: BTreeSet<&String> = all.keys().collect();
    let stated: BTreeSet<&str> = MAY_KNOW.iter().map(|(name, _)| *name).collect();
    for name in all
        .keys()
        .filter(|name| !["tests", "benches"].contains(&name.as_str()))
    {
        assert!(stated.contains(name.as_str()), "whom may {name} know?");
    }
    for (name, may) in MAY_KNOW {
        let known = all[name].iter().filter(|known| members.contains(known));
        let wrong: Vec<_> = known
            .filter(|known| !may.contains(&known.as_str()))
            .collect();
        assert!(wrong.is_empty(), "{name} may not know {wrong:?}");
    }
}

#[test]
fn each_heavy_library_has_one_owner() {
    for (name, known) in dependencies(true) {
        for (library, owners) in OWNERS {
            assert!(
                !known.contains(library) || owners.contains(&name.as_str()),
                "{name} may not use {library}"
            );
        }
    }
}

#[test]
fn the_words_of_the_directory_do_nothing_by_themselves() {
    let forbidden = [
        "tokio", "ureq", "reqwest", "tempfile", "dirs", "rand", "chrono",
    ];
    let known = &dependencies(false)["domain"];
    let wrong: Vec<_> = forbidden
        .iter()
        .filter(|one| known.contains(**one))
        .collect();
    assert!(wrong.is_empty(), "domain is pure: {wrong:?}");
}
