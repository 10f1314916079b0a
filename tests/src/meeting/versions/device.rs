//! A device that speaks for itself: in words that are newer or older than those of the real engine.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wire::Hash;

use crate::meeting::stand::Stand;

/// A device that has joined.
pub(super) struct Device {
    pub(super) id: String,
    address: String,
    key: String,
    agent: ureq::Agent,
}

impl Device {
    /// Joins; `more` stands beside what is asked for.
    pub(super) fn join(stand: &Stand, (name, code): (&str, &str), more: &Value) -> Self {
        let key = Hash::of(name.as_bytes());
        let mut asked = more.clone();
        asked["code"] = json!(code);
        asked["key_hash"] = json!(Hash::of(key.as_bytes()));
        asked["device_name"] = json!(name);
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        let mut device = Self {
            id: String::new(),
            address: format!("http://{}", stand.hub.socket()),
            key: key.to_string(),
            agent: config.proxy(None).build().into(),
        };
        let (status, joined) = device.post("/pair", &asked, false);
        assert_eq!(status, 200, "{joined}");
        device.id = joined["device"].as_str().expect("a device").to_owned();
        device
    }

    /// The same device, where the hub listens now.
    pub(super) fn at(self, stand: &Stand) -> Self {
        Self {
            address: format!("http://{}", stand.hub.socket()),
            ..self
        }
    }

    fn bearer(&self) -> String {
        format!("Bearer {}.{}", self.id, self.key)
    }

    fn post(&self, path: &str, body: &Value, known: bool) -> (u16, Value) {
        let mut request = self.agent.post(format!("{}{path}", self.address));
        if known {
            request = request.header("authorization", self.bearer());
        }
        let mut answer = request.send_json(body).expect("an answer");
        let body = answer.body_mut().read_json().expect("JSON");
        (answer.status().as_u16(), body)
    }

    /// Pushes, and waits until what was accepted is published; `more` stands beside what is sent.
    pub(super) fn push(&self, operations: &[Value], more: &Value) -> Value {
        let mut push = more.clone();
        push["operations"] = json!(operations);
        if push["protocol"].is_null() {
            push["protocol"] = json!(wire::PROTOCOL);
        }
        let (status, answer) = self.post("/operations", &push, true);
        assert_eq!(status, 200, "{answer}");
        let verdicts = answer["verdicts"].as_array().into_iter().flatten();
        let accepted = verdicts.filter_map(|taken| taken["verdict"]["sequence"].as_u64());
        self.wait_for(accepted.max().unwrap_or_default());
        answer
    }

    fn wait_for(&self, sequence: u64) {
        let long = Instant::now() + Duration::from_secs(60);
        while self.head()["sequence"].as_u64() < Some(sequence) {
            assert!(Instant::now() < long, "change {sequence} is not published");
        }
    }

    /// The head that the hub shows.
    pub(super) fn head(&self) -> Value {
        let signed = self.get("/head");
        let head = signed["head"].as_str().expect("a head");
        serde_json::from_str(head).expect("JSON")
    }

    /// Asks for something as a device.
    pub(super) fn get(&self, path: &str) -> Value {
        let request = self.agent.get(format!("{}{path}", self.address));
        let request = request.header("authorization", self.bearer());
        let mut answer = request.call().expect("an answer");
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        answer.body_mut().read_json().expect("JSON")
    }

    /// An operation of this device upon a record.
    pub(super) fn operation(&self, sequence: u64, record: &str, act: &Value) -> Value {
        let mut operation = json!({
            "device": self.id, "sequence": sequence, "at": "2026-11-22T09:00:00Z",
            "kind": "service", "record": record, "base": 0,
        });
        let members = operation.as_object_mut().expect("an object");
        members.extend(act.as_object().expect("an object").clone());
        operation
    }
}

/// What the verdicts of an answer are, in one word each.
pub(super) fn words(answer: &Value) -> Vec<String> {
    let verdicts = answer["verdicts"].as_array().expect("verdicts").iter();
    let word = |taken: &Value| {
        let verdict = &taken["verdict"];
        let code = verdict["code"].as_str().map(|code| format!(" {code}"));
        let said = verdict["verdict"].as_str().expect("a verdict");
        format!("{said}{}", code.unwrap_or_default())
    };
    verdicts.map(word).collect()
}
