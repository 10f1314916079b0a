//! Where a hub is told what to do: flags before the environment before the file; and `--help`.

use std::process::Command;

use super::desk::{Ran, stage};
use super::serving::json;
use crate::served::Hub;
use crate::workspace::program;

const VERBS: [&str; 11] = [
    "init", "serve", "pair", "account", "device", "backup", "restore", "import", "export",
    "publish", "bundle",
];
/// What stands in the help of every verb.
const EVERYWHERE: [&str; 4] = ["--data", "--database", "--log", "--config"];

/// What can be set for a hub that serves.
const SETTINGS: [&str; 13] = [
    "LISTEN",
    "BEHIND_PROXY",
    "TLS_CERT",
    "TLS_KEY",
    "PUBLIC_ADDRESS",
    "CONNECTIONS",
    "OPERATIONS_AN_HOUR",
    "REQUESTS_A_SECOND",
    "PUBLISH_PAUSE",
    "DATA",
    "DATABASE",
    "LOG",
    "CONFIG",
];

fn hub(words: &[&str]) -> Command {
    let mut command = Command::new(program("signpost-hub"));
    command.args(words);
    command
}

#[test]
fn flags_come_before_the_environment_and_that_before_the_file() {
    let Some(stage) = stage() else { return };
    let names = ["by flag", "by environment", "by file"];
    let folders = names.map(|name| stage.path().join(name));
    let [flag, environment, file] = folders
        .each_ref()
        .map(|path| path.to_str().expect("a path"));
    for (folder, name) in folders.iter().zip(names) {
        let ran = Ran::of(hub(&["init", "--name", name, "--data"]).arg(folder));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(
            ran.out.contains(&format!("“{name}” is made in")),
            "{}",
            ran.out
        );
    }
    let config = stage.path().join("hub.toml");
    let text = format!("data = {file:?}\nlog = \"off\"\n[serve]\nlisten = \"127.0.0.1:0\"\n");
    std::fs::write(&config, text).expect("written");
    let config = config.to_str().expect("a path");
    let mut serving = Hub::begin(stage.path().join("other"), None);
    for said in 0..3 {
        let mut command = hub(&["serve", "--config", config]);
        if said > 0 {
            command.env("SIGNPOST_HUB_DATA", environment);
        }
        if said > 1 {
            command.args(["--data", flag]);
        }
        serving.stop();
        serving.serve_by(command);
        assert_eq!(json(&serving, "/hub")["name"], names[2 - said]);
        assert!(!serving.address.ends_with(":8787"), "{}", serving.address);
    }
    // What is misspelt is told, with its line.
    std::fs::write(config, "[serve]\nlisen = \"127.0.0.1:0\"\n").expect("written");
    let ran = Ran::of(&mut hub(&["serve", "--config", config]));
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.contains(config) && ran.err.contains("lisen"),
        "{}",
        ran.err
    );
}

#[test]
fn what_is_set_wrongly_is_told() {
    let Some(stage) = stage() else { return };
    let folder = stage.path().join("hub");
    let data = folder.to_str().expect("a path");
    for (words, code, said) in [
        (
            &["serve"][..],
            2,
            "Name the folder of the hub: --data DIR, or SIGNPOST_HUB_DATA.",
        ),
        (
            &["serve", "--data", data, "--listen", "8787"],
            2,
            "such as 127.0.0.1:8787",
        ),
        (
            &["serve", "--data", data, "--listen", "192.0.2.1:1"],
            5,
            "192.0.2.1:1 can't be listened at",
        ),
        (&["serve", "--data", data, "--log", "loud"], 2, "loud"),
        (
            &["serve", "--data", data, "--tls-cert", "absent.pem"],
            2,
            "--tls-key FILE",
        ),
        (&["serve", "--config", "absent.toml"], 2, "absent.toml"),
        (
            &["pair", "--data", "absent", "--name", "Ann"],
            2,
            "Make one: signpost-hub init --data absent",
        ),
        (&["dance"], 2, "dance"),
    ] {
        let ran = Ran::of(&mut hub(words));
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (code, ""),
            "{words:?}: {}",
            ran.err
        );
        assert!(ran.err.contains(said), "{words:?}: {}", ran.err);
    }
}

#[test]
fn the_help_of_every_verb_says_all() {
    let Some(_stage) = stage() else { return };
    let help = |words: &[&str]| {
        let ran = Ran::of(&mut hub(words));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{words:?}");
        ran.out
    };
    let all = help(&["--help"]);
    assert!(
        all.contains("Exit codes:") && all.contains("SIGNPOST_HUB_"),
        "{all}"
    );
    for verb in VERBS {
        assert!(all.contains(&format!("\n  {verb} ")), "{verb}: {all}");
        let own = help(&[verb, "--help"]);
        for flag in EVERYWHERE {
            assert!(own.contains(flag), "{verb} {flag}: {own}");
        }
        // Each flag says what it is for.
        let bare = own
            .lines()
            .filter(|line| line.trim_start().starts_with("--"));
        let mut lines = own.lines().peekable();
        while let Some(line) = lines.next() {
            let flag = line.trim_start();
            if flag.starts_with("--") && !flag.contains("  ") {
                let next = lines.peek().expect("what it is for");
                assert!(next.starts_with("          "), "{verb}: {line}");
            }
        }
        assert!(bare.count() >= EVERYWHERE.len());
    }
    let serve = help(&["serve", "--help"]);
    for setting in SETTINGS {
        let named = format!(" SIGNPOST_HUB_{setting}");
        assert!(serve.contains(&named), "{setting}: {serve}");
    }
    for (verb, parts) in [
        ("account", &["list", "add", "set", "close"][..]),
        ("device", &["list", "revoke"]),
    ] {
        let own = help(&[verb, "--help"]);
        assert!(
            parts
                .iter()
                .all(|part| own.contains(&format!("\n  {part} "))),
            "{own}"
        );
    }
}
