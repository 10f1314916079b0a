//! A local copy in a folder that goes away with the test, and the program run on it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

pub(crate) struct Copy {
    folder: tempfile::TempDir,
}

impl Copy {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    /// The folder of the local copy, which is not there before the first use.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("a").join("copy")
    }

    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        let mut command = signpost(words);
        Ran::of(command.arg("--data").arg(self.data()).output().unwrap())
    }

    pub(crate) fn json(&self, words: &[&str]) -> Value {
        let ran = self.run(&[words, &["--json"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        serde_json::from_str(&ran.out).unwrap()
    }

    pub(crate) fn beside(&self) -> &Path {
        self.folder.path()
    }
}

/// The program with nothing of this shell's settings.
pub(crate) fn signpost(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_signpost"));
    command
        .args(words)
        .env_remove("SIGNPOST_DATA")
        .env_remove("COLUMNS")
        .stdin(Stdio::null());
    command
}

#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
