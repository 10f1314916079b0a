//! A hub of its own program, as whoever runs it starts it.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use crate::workspace::program;

const PROGRAM: &str = "signpost-hub";
/// What it says once it can be reached.
const LISTENING: &str = "listening on ";

/// A hub and its folder; it ends with this.
pub(crate) struct Hub {
    pub(crate) folder: PathBuf,
    /// Such as `http://127.0.0.1:40123`, from one start to the next.
    pub(crate) address: String,
    serving: Option<Child>,
    /// Its database, where it has one.
    database: Option<String>,
}

impl Hub {
    /// Makes a hub, with nothing in it or with the directory of a desk, and serves it.
    pub(crate) fn begin(folder: PathBuf, from: Option<&Path>) -> Self {
        let mut hub = Self::at(folder, None);
        let from = from.map(|path| path.to_str().expect("a path"));
        let words = ["init", "--name", "Generated hub"];
        let seed = from.iter().flat_map(|path| ["--from", *path]);
        hub.must(&words.into_iter().chain(seed).collect::<Vec<_>>());
        hub.serve();
        hub
    }

    /// A hub that does not serve yet.
    pub(crate) fn at(folder: PathBuf, database: Option<String>) -> Self {
        Self {
            folder,
            address: String::new(),
            serving: None,
            database,
        }
    }

    /// Serves, where it served before.
    pub(crate) fn serve(&mut self) {
        let before = self.address.strip_prefix("http://");
        let listen = before.unwrap_or("127.0.0.1:0").to_owned();
        self.serve_by(self.command(&["serve", "--listen", &listen]));
    }

    /// Serves as this command says.
    pub(crate) fn serve_by(&mut self, mut command: Command) {
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut serving = command.spawn().expect("started");
        let said = BufReader::new(serving.stdout.take().expect("its words"));
        let mut lines = said.lines().map_while(Result::ok);
        let address = lines.find_map(|line| Some(line.strip_prefix(LISTENING)?.to_owned()));
        self.address = address.expect("it says where it listens");
        self.serving = Some(serving);
    }

    /// Ends at once, with nothing tidied up.
    pub(crate) fn kill(&mut self) {
        if let Some(mut serving) = self.serving.take() {
            serving.kill().expect("killed");
            serving.wait().expect("ended");
        }
    }

    /// Ends as whoever runs it tells it to; gives the code with which it does.
    pub(crate) fn stop(&mut self) -> Option<i32> {
        let mut serving = self.serving.take()?;
        let id = serving.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status();
        assert!(told.expect("started").success());
        serving.wait().expect("ended").code()
    }

    /// A verb of its program, to be run on its folder.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(program(PROGRAM));
        command.args(words).arg("--data").arg(&self.folder);
        if let Some(database) = &self.database {
            command.args(["--database", database]);
        }
        command.stdin(Stdio::null());
        command
    }

    /// What a verb answers.
    pub(crate) fn must(&self, words: &[&str]) -> String {
        let Output {
            status,
            stdout,
            stderr,
        } = self.command(words).output().expect("started");
        let error = String::from_utf8_lossy(&stderr);
        assert!(status.success(), "{PROGRAM} {words:?}: {error}");
        String::from_utf8(stdout).expect("text")
    }

    /// A pairing code of eight characters. No borough: all of them.
    pub(crate) fn code(&self, role: &str, name: &str, boroughs: &[&str]) -> String {
        let mut words = vec!["pair", "--role", role, "--name", name];
        words.extend(boroughs.iter().flat_map(|borough| ["--borough", borough]));
        self.must(&words).trim().to_owned()
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.kill();
    }
}
