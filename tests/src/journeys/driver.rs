//! A client of the web view's driver: the few commands of its standard that are wanted.

use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use ureq::Agent;

use super::machine::PATIENCE;

/// What the standard calls an element's reference.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// One session with one window.
pub(super) struct Driver {
    agent: Agent,
    session: String,
}

impl Driver {
    /// Starts a program through the driver that listens at this port.
    pub(super) fn start(port: u16, program: &Path) -> Self {
        let timeout = Some(PATIENCE + PATIENCE);
        let config = Agent::config_builder()
            .timeout_global(timeout)
            .http_status_as_error(false);
        let agent = Agent::from(config.build());
        let address = format!("http://127.0.0.1:{port}/session");
        let options = json!({ "binary": program, "args": [] });
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "webkitgtk:browserOptions": options,
            "timeouts": { "script": PATIENCE.as_millis() },
        } } });
        let answer = post(&agent, &address, &wanted);
        let id = answer["sessionId"].as_str().expect("a session");
        let session = format!("{address}/{id}");
        Self { agent, session }
    }

    fn post(&self, command: &str, body: &Value) -> Value {
        post(&self.agent, &format!("{}/{command}", self.session), body)
    }

    fn get(&self, command: &str) -> Value {
        let address = format!("{}/{command}", self.session);
        let mut answer = self.agent.get(&address).call().expect("an answer");
        let body = answer.body_mut().with_config().limit(64 << 20);
        value(command, body.read_json().expect("JSON"))
    }

    /// Ends the session.
    pub(super) fn end(&self) {
        let _gone = self.agent.delete(&self.session).call();
    }

    /// Runs a script that calls its last argument when it is done, and gives what it is called with.
    pub(super) fn run(&self, script: &str) -> Value {
        self.post("execute/async", &json!({ "script": script, "args": [] }))
    }

    /// Gives the value of an expression.
    pub(super) fn value(&self, expression: &str) -> Value {
        let script = format!("return ({expression});");
        self.post("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Presses keys together, the last one while the others are held, then lets them go.
    pub(super) fn press(&self, keys: &[char]) {
        let act = |sort: &str, key: &char| json!({ "type": sort, "value": key });
        let down = keys.iter().map(|key| act("keyDown", key));
        let up = keys.iter().rev().map(|key| act("keyUp", key));
        let acts: Vec<Value> = down.chain(up).collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": acts });
        self.post("actions", &json!({ "actions": [keyboard] }));
    }

    /// Clicks on the first element that a selector finds.
    pub(super) fn click(&self, selector: &str) {
        self.click_found("css selector", selector);
    }

    /// Clicks on the first element with a class and these words in it.
    pub(super) fn click_words(&self, class: &str, words: &str) {
        let path = format!(
            "//*[contains(concat(' ', @class, ' '), ' {class} ')][contains(normalize-space(), \"{words}\")]"
        );
        self.click_found("xpath", &path);
    }

    fn click_found(&self, using: &str, value: &str) {
        let found = self.post("element", &json!({ "using": using, "value": value }));
        let id = found[ELEMENT].as_str().expect("an element");
        self.post(&format!("element/{id}/click"), &json!({}));
    }

    /// Gives the window a size.
    pub(super) fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height });
        self.post("window/rect", &size);
    }

    /// What is seen, as a PNG.
    pub(super) fn screenshot(&self) -> Vec<u8> {
        let picture = self.get("screenshot");
        let text = picture.as_str().expect("a picture");
        BASE64_STANDARD.decode(text).expect("base64")
    }
}

fn post(agent: &Agent, address: &str, body: &Value) -> Value {
    let mut answer = agent.post(address).send_json(body).expect("an answer");
    value(address, answer.body_mut().read_json().expect("JSON"))
}

fn value(command: &str, mut answer: Value) -> Value {
    let value = answer["value"].take();
    if let Some(error) = value.get("error") {
        panic!("{command}: {error}: {}", value["message"]);
    }
    value
}
