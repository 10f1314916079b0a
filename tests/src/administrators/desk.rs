//! A desk on the command line, and the stage on which a story is played.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::meeting::memory_folder;
use crate::served::Hub;
use crate::workspace::{pass_over, program};

const PROGRAM: &str = "signpost";
/// Lines are broken no earlier, so that sentences can be looked for.
const WIDE: &str = "100";
/// What was accepted is published within a moment; nobody waits for longer.
const SOON: Duration = Duration::from_secs(30);

/// A folder for a story, where its programs were built.
pub(super) fn stage() -> Option<tempfile::TempDir> {
    let missing = |name: &&str| !program(name).exists();
    if [PROGRAM, "signpost-hub"].iter().any(missing) {
        pass_over("the programs are not built: cargo build --workspace --bins");
        return None;
    }
    Some(memory_folder())
}

/// A folder with a hub in it that has nothing yet, and serves.
pub(super) fn hub() -> Option<(tempfile::TempDir, Hub)> {
    let stage = stage()?;
    let hub = Hub::begin(stage.path().join("hub"), None);
    Some((stage, hub))
}

/// What a program said.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) err: String,
}

impl Ran {
    pub(super) fn of(command: &mut Command) -> Self {
        let Output {
            status,
            stdout,
            stderr,
        } = command.stdin(Stdio::null()).output().expect("started");
        Self {
            code: status.code().expect("an exit code"),
            out: String::from_utf8(stdout).expect("text"),
            err: String::from_utf8(stderr).expect("text"),
        }
    }
}

/// A desk and its folder.
pub(super) struct Desk {
    pub(super) folder: PathBuf,
}

impl Desk {
    /// One that has joined nothing.
    pub(super) fn alone(stage: &Path, name: &str) -> Self {
        Self {
            folder: stage.join(name),
        }
    }

    /// One that has joined in this role, for all boroughs.
    pub(super) fn joined(hub: &Hub, (stage, name): (&Path, &str), role: &str) -> Self {
        let desk = Self::alone(stage, name);
        let code = hub.code(role, name, &[]);
        desk.json(&["join", &hub.address, &code]);
        desk
    }

    /// A curator's.
    pub(super) fn curator(hub: &Hub, stage: &tempfile::TempDir, name: &str) -> Self {
        Self::joined(hub, (stage.path(), name), "curator")
    }

    /// A verb, to be run or killed.
    pub(super) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(program(PROGRAM));
        command.args(words).arg("--data").arg(&self.folder);
        command.env_remove("SIGNPOST_DATA").env("COLUMNS", WIDE);
        command.stdin(Stdio::null());
        command
    }

    pub(super) fn run(&self, words: &[&str]) -> Ran {
        Ran::of(&mut self.command(words))
    }

    /// What a verb answers to a program.
    pub(super) fn json(&self, words: &[&str]) -> Value {
        let ran = self.run(&[words, &["--json"]].concat());
        assert_eq!(ran.code, 0, "signpost {words:?}: {}", ran.err);
        assert_eq!(ran.err, "", "signpost {words:?}");
        serde_json::from_str(&ran.out).expect("JSON")
    }

    /// What a verb says to people.
    pub(super) fn says(&self, words: &[&str]) -> String {
        let ran = self.run(words);
        assert_eq!(ran.code, 0, "signpost {words:?}: {}", ran.err);
        ran.out
    }

    /// What a verb says that ends with this code: beside the answer, of which there is none.
    pub(super) fn fails(&self, words: &[&str], code: i32) -> String {
        let ran = self.run(words);
        let said = (ran.code, ran.out.as_str());
        assert_eq!(said, (code, ""), "signpost {words:?}: {}", ran.err);
        ran.err
    }

    /// Makes a service; gives its identifier.
    pub(super) fn service(&self, sets: &[&str]) -> String {
        self.make("service", sets)
    }

    /// Makes a record; gives its identifier.
    pub(super) fn make(&self, kind: &str, sets: &[&str]) -> String {
        let sets = sets.iter().flat_map(|set| ["--set", set]);
        let words: Vec<&str> = ["edit", "--new", kind].into_iter().chain(sets).collect();
        text(&self.json(&words)["id"])
    }

    pub(super) fn edit(&self, id: &str, set: &str) -> Value {
        self.json(&["edit", id, "--set", set])
    }

    /// A field of a record as it is seen here.
    pub(super) fn field(&self, id: &str, field: &str) -> Value {
        self.json(&["show", id])[field].clone()
    }

    /// The states of what was done here, the latest first.
    pub(super) fn states(&self) -> Vec<String> {
        let outbox = self.json(&["outbox"]);
        lines(&outbox).iter().map(|it| text(&it["state"])).collect()
    }

    /// What is open in the inbox.
    pub(super) fn inbox(&self) -> Vec<Value> {
        lines(&self.json(&["inbox"])).to_vec()
    }
}

/// Syncs desks in turn until they are at one position with nothing waiting.
pub(super) fn meet(desks: &[&Desk]) {
    let begun = Instant::now();
    loop {
        let stand = desks.iter().map(|desk| desk.json(&["sync"]));
        let stand: Vec<Value> = stand.collect();
        let same = |it: &Value| it["position"] == stand[0]["position"] && it["waiting"] == 0;
        if stand.iter().all(same) {
            return;
        }
        assert!(begun.elapsed() < SOON, "{stand:?}");
    }
}

/// Waits until something holds.
pub(super) fn until(mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < SOON, "it never held");
        std::thread::park_timeout(Duration::from_millis(10));
    }
}

pub(super) fn lines(view: &Value) -> &[Value] {
    view["lines"].as_array().expect("lines")
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
