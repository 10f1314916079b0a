//! Hubs as processes of their own, and devices that push to them over HTTP.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use wire::Hash;

/// Where a hub is, and the program that serves it.
#[derive(Clone)]
pub(crate) struct Hub {
    program: PathBuf,
    place: Vec<String>,
}

/// A hub that serves.
pub(crate) struct Serving {
    child: Child,
    /// `http://127.0.0.1:…`
    pub(crate) address: String,
}

/// A device that has joined.
pub(crate) struct Device {
    id: String,
    token: String,
    /// The last of its operations that a hub has acknowledged.
    pub(crate) last: u64,
    agent: ureq::Agent,
}

impl Hub {
    /// Makes an empty hub in a place: `["--data", …]` or `["--database", …]`.
    pub(crate) fn make(program: &Path, place: &[&str]) -> Self {
        let hub = Self {
            program: program.to_owned(),
            place: place.iter().map(|part| (*part).to_owned()).collect(),
        };
        hub.run(&["init"]);
        hub
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(words).args(&self.place).stdin(Stdio::null());
        command
    }

    fn run(&self, words: &[&str]) -> String {
        let output = self.command(words).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {said}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Starts a process that serves it, with limits that are in nobody's way.
    pub(crate) fn serve(&self) -> Serving {
        let words = [
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--log",
            "error",
            "--operations-an-hour",
            "1000000000",
            "--requests-a-second",
            "1000000",
        ];
        let mut command = self.command(&words);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let output = child.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ");
        let address = address.expect("the hub listens").to_owned();
        Serving { child, address }
    }

    /// A device of a new administrator's.
    pub(crate) fn join(&self, at: &Serving, name: &str) -> Device {
        let code = self.run(&["pair", "--role", "administrator", "--name", name]);
        let key = Hash::of(name.as_bytes());
        let asked = json!({
            "code": code, "device_name": name,
            "key_hash": Hash::of(key.as_bytes()).to_string(),
        });
        let agent = agent();
        let answer: Value = agent
            .post(format!("{}/pair", at.address))
            .send_json(&asked)
            .unwrap()
            .body_mut()
            .read_json()
            .unwrap();
        let id = answer["device"].as_str().expect("it joined").to_owned();
        Device {
            token: format!("Bearer {id}.{key}"),
            id,
            last: 0,
            agent,
        }
    }
}

/// What asks hubs on this machine.
pub(crate) fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .proxy(None);
    config.build().into()
}

impl Serving {
    /// The process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// What it answers there.
    pub(crate) fn get(&self, path: &str) -> Value {
        let mut answer = agent()
            .get(format!("{}{path}", self.address))
            .call()
            .unwrap();
        answer.body_mut().read_json().unwrap()
    }

    /// The head that it shows.
    pub(crate) fn head(&self) -> Value {
        serde_json::from_str(self.get("/head")["head"].as_str().unwrap()).unwrap()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}

impl Device {
    /// The record that one of its operations makes.
    pub(crate) fn record(&self, sequence: u64) -> String {
        domain::RecordId::named(&format!("{} {sequence}", self.id)).to_string()
    }

    fn operation(&self, sequence: u64) -> Value {
        let record = self.record(sequence);
        let text = "A generated service that meets on generated days. ".repeat(8);
        json!({
            "device": self.id, "sequence": sequence, "at": "2026-11-22T08:00:00Z",
            "kind": "service", "record": record, "base": 0, "act": "edit",
            "changes": [
                {"field": "id", "new": record},
                {"field": "name", "new": format!("Generated {sequence}")},
                {"field": "status", "new": "active"},
                {"field": "description", "new": text},
            ],
        })
    }

    /// Pushes the next operations; how many of them have a verdict. None: the hub did not answer.
    pub(crate) fn push(&mut self, address: &str, many: u64) -> Option<usize> {
        let next = self.last + 1..=self.last + many;
        let operations: Vec<Value> = next.map(|sequence| self.operation(sequence)).collect();
        let body = json!({"protocol": wire::PROTOCOL, "operations": operations});
        let asked = self.agent.post(format!("{address}/operations"));
        let mut answer = asked
            .header("authorization", &self.token)
            .send_json(&body)
            .ok()?;
        if answer.status() != 200 {
            return None;
        }
        let answer: Value = answer.body_mut().read_json().ok()?;
        Some(self.hear(&answer))
    }

    fn hear(&mut self, answer: &Value) -> usize {
        self.last = answer["last"].as_u64().unwrap();
        answer["verdicts"].as_array().unwrap().len()
    }
}
