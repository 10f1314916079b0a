//! What is written nowhere: things left for later, somebody's machine, somebody's mirror.

use std::fs;

use super::files::below;
use crate::workspace::top;

/// Split, so that this file doesn't hold them.
fn left_for_later() -> [String; 5] {
    [
        ["TO", "DO"],
        ["FIX", "ME"],
        ["XX", "X:"],
        ["to", "do!("],
        ["unimple", "mented!("],
    ]
    .map(|parts| parts.concat())
}

#[test]
fn nothing_is_left_for_later() {
    for text in below("") {
        if !text.is(&[".rs", ".ts", ".tsx", ".css", ".sh", ".toml", ".sql", ".mjs"]) {
            continue;
        }
        for word in left_for_later() {
            assert!(!text.content.contains(&word), "{} says {word}", text.name);
        }
    }
}

#[test]
fn no_file_knows_somebodys_machine() {
    let folders = ["work", "root", "home", "Users", "tmp"].map(|name| format!("/{name}/"));
    for text in below("") {
        for folder in &folders {
            let found = text.content.match_indices(folder.as_str()).find(|(at, _)| {
                // A path, not the middle of an address or of a longer path.
                let before = text.content[..*at].chars().next_back();
                !before.is_some_and(|c| c.is_alphanumeric() || "./-_*}$".contains(c))
            });
            assert!(found.is_none(), "{} names {folder}", text.name);
        }
    }
}

#[test]
fn lock_files_name_no_mirror() {
    let cargo = fs::read_to_string(top().join("Cargo.lock")).expect("a lock file");
    for line in cargo.lines().filter(|line| line.starts_with("source = ")) {
        assert_eq!(
            line,
            "source = \"registry+https://github.com/rust-lang/crates.io-index\""
        );
    }
    let mut found = 0;
    for folder in ["ui", "src-tauri", "benches/node"] {
        let Ok(npm) = fs::read_to_string(top().join(folder).join("package-lock.json")) else {
            continue;
        };
        found += 1;
        let host = npm.lines().find(|line| line.contains("\"resolved\""));
        assert_eq!(host, None, "{folder}/package-lock.json");
    }
    assert!(found >= 2);
}
