//! The window's pages: one door to Rust, text that stays text, nothing from elsewhere.

use serde_json::Value;

use super::files::below;
use crate::workspace::top;

#[test]
fn one_folder_alone_speaks_to_rust() {
    for text in below("ui/src") {
        let is_door = text.name.starts_with("ui/src/lib/api/");
        assert!(
            is_door || !text.content.contains("@tauri-apps"),
            "{} speaks to Rust by itself",
            text.name
        );
    }
}

#[test]
fn text_never_becomes_markup_or_program() {
    let ways = [
        "dangerouslySetInnerHTML",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "createContextualFragment",
        "DOMParser",
        "eval(",
        "new Function",
    ];
    for text in below("ui/src") {
        for way in ways {
            assert!(!text.content.contains(way), "{} uses {way}", text.name);
        }
    }
}

#[test]
fn the_pages_name_nothing_from_elsewhere() {
    let mut texts = below("ui/src");
    texts.retain(|text| !text.name.starts_with("ui/src/test/") && !text.name.contains(".test."));
    texts.extend(
        below("ui")
            .into_iter()
            .filter(|text| text.name == "ui/index.html"),
    );
    for text in texts {
        for scheme in ["http://", "https://", "ws://", "wss://", "url(//"] {
            assert!(
                !text.content.contains(scheme),
                "{} names {scheme}",
                text.name
            );
        }
    }
}

#[test]
fn the_policy_lets_nothing_in_from_elsewhere() {
    let path = top().join("src-tauri/tauri.conf.json");
    let text = std::fs::read_to_string(path).expect("the configuration");
    let config: Value = serde_json::from_str(&text).expect("JSON");
    let policy = config["app"]["security"]["csp"]
        .as_object()
        .expect("a policy");
    assert_eq!(policy["default-src"], "'none'");
    for (directive, sources) in policy {
        for source in sources.as_str().expect("sources").split_whitespace() {
            let own = ["'none'", "'self'", "ipc:", "http://ipc.localhost"];
            assert!(own.contains(&source), "{directive} lets in {source}");
        }
    }
    assert_eq!(config["app"]["withGlobalTauri"], false);
    assert_eq!(config["app"]["windows"].as_array().map(Vec::len), Some(1));
}
