//! A hub that serves: what it tells whoever watches over it, what it takes and what not, and its end.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use super::desk::{Desk, hub, meet, stage, until};
use crate::served::Hub;

/// An answer.
#[derive(Debug)]
pub(super) struct Got {
    pub(super) status: u16,
    pub(super) kind: String,
    pub(super) text: String,
}

/// Asks whatever serves there.
pub(super) fn get(hub: &Hub, path: &str) -> Got {
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .proxy(None);
    let agent = ureq::Agent::from(config.build());
    let answer = agent.get(format!("{}{path}", hub.address)).call();
    let mut answer = answer.expect("an answer");
    let kind = answer.headers().get("content-type");
    Got {
        status: answer.status().as_u16(),
        kind: kind
            .map(|kind| kind.to_str().expect("text").to_owned())
            .unwrap_or_default(),
        text: answer.body_mut().read_to_string().expect("text"),
    }
}

pub(super) fn json(hub: &Hub, path: &str) -> Value {
    let got = get(hub, path);
    assert_eq!(got.status, 200, "{path}: {}", got.text);
    serde_json::from_str(&got.text).expect("JSON")
}

/// Says something, and hears the first line of the answer.
fn first_line(hub: &Hub, said: &[u8]) -> String {
    let socket = hub.address.strip_prefix("http://").expect("an address");
    let mut stream = TcpStream::connect(socket).expect("connected");
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .expect("set");
    // Who is refused early may find the line closed.
    drop(stream.write_all(said));
    let mut heard = Vec::new();
    let mut byte = [0];
    while stream.read(&mut byte).is_ok_and(|got| got > 0) && byte[0] != b'\r' {
        heard.push(byte[0]);
    }
    String::from_utf8(heard).expect("text")
}

#[test]
fn who_watches_over_a_hub_hears_how_it_does() {
    let Some((stage, hub)) = hub() else { return };
    let desk = Desk::curator(&hub, &stage, "desk");
    desk.service(&["name=Generated credit union"]);
    meet(&[&desk]);
    for (path, said) in [("/health", "ok\n"), ("/ready", "ready\n")] {
        let got = get(&hub, path);
        assert_eq!((got.status, got.text.as_str()), (200, said));
    }
    let metrics = get(&hub, "/metrics");
    assert!(metrics.kind.starts_with("text/plain"), "{}", metrics.kind);
    let value = |name: &str| {
        let line = metrics.text.lines().find(|line| line.starts_with(name));
        let value = line.and_then(|line| line.rsplit(' ').next()?.parse::<f64>().ok());
        value.unwrap_or_else(|| panic!("{name}: {}", metrics.text))
    };
    assert!((value("signpost_hub_published_sequence ") - 1.0).abs() < f64::EPSILON);
    assert!(value("signpost_hub_answer_seconds_count{route=\"/operations\"") >= 1.0);
    assert!(!metrics.text.contains("desk") && !metrics.text.contains("credit union"));
    let openapi = json(&hub, "/openapi.json");
    assert!(
        openapi["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.1"))
    );
    for path in ["/head", "/operations", "/services", "/metrics"] {
        assert!(openapi["paths"][path].is_object(), "{path}");
    }
    assert_eq!(json(&hub, "/hub")["name"], "Generated hub");
    let lost = get(&hub, "/nowhere");
    let said: Value = serde_json::from_str(&lost.text).expect("JSON");
    assert_eq!(
        (lost.status, &said["code"]),
        (404, &Value::from("not_found"))
    );
}

#[test]
fn a_hub_that_is_told_to_stop_finishes_what_is_under_way_and_goes_on_as_it_was() {
    let Some((stage, mut hub)) = hub() else {
        return;
    };
    let desk = Desk::curator(&hub, &stage, "desk");
    let id = desk.service(&["name=Generated before the stop"]);
    meet(&[&desk]);
    let before = desk.json(&["status"])["position"].clone();
    // Somebody who listens, and somebody who has begun to ask, keep it from nothing.
    let socket = hub
        .address
        .strip_prefix("http://")
        .expect("an address")
        .to_owned();
    let mut listening = TcpStream::connect(&socket).expect("connected");
    listening
        .write_all(b"GET /live HTTP/1.1\r\nhost: x\r\n\r\n")
        .expect("said");
    let mut heard = BufReader::new(listening).lines();
    let first = heard.next().expect("a line").expect("text");
    assert_eq!(first, "HTTP/1.1 200 OK");
    let mut heard = heard.map(|line| line.expect("its end"));
    assert!(heard.any(|line| line.starts_with("data: ")));
    let idle = TcpStream::connect(&socket).expect("connected");
    assert_eq!(hub.stop(), Some(0));
    drop(idle);
    assert!(heard.all(|line| !line.starts_with("data: ")));
    desk.edit(&id, "email=stopped@example.org");
    desk.fails(&["sync"], 6);
    hub.serve();
    meet(&[&desk]);
    let after = desk.json(&["status"])["position"].clone();
    assert_eq!(
        (&after["epoch"], &before["epoch"]),
        (&Value::from(1), &Value::from(1))
    );
    let service = format!("/services/{id}");
    until(|| json(&hub, &service)["email"] == "stopped@example.org");
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let Some((_stage, hub)) = hub() else { return };
    for (path, bytes) in [("/operations", 1_u64 << 40), ("/pair", 1 << 20)] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {bytes}\r\n\r\n"
        );
        let answer = first_line(&hub, &[head.as_bytes(), &[b'['; 128 * 1024]].concat());
        // Who has not joined is told that first.
        let status: u16 = answer
            .split(' ')
            .nth(1)
            .and_then(|it| it.parse().ok())
            .unwrap_or(0);
        assert!([401, 413].contains(&status), "{path}: {answer}");
    }
    let endless = [
        b"GET /health HTTP/1.1\r\n".as_slice(),
        &b"x: y\r\n".repeat(20_000),
    ]
    .concat();
    let answer = first_line(&hub, &endless);
    assert!(
        answer.contains(" 431 ") || answer.contains(" 400 ") || answer.is_empty(),
        "{answer}"
    );
    assert_eq!(get(&hub, "/health").status, 200);
}

#[test]
fn who_asks_too_often_is_told_when_to_ask_again_and_a_desk_waits() {
    let Some(stage) = stage() else { return };
    let mut hub = Hub::begin(stage.path().join("hub"), None);
    let desk = Desk::curator(&hub, &stage, "desk");
    let id = desk.service(&["name=Generated advice line"]);
    meet(&[&desk]);
    hub.stop();
    let listen = hub
        .address
        .strip_prefix("http://")
        .expect("an address")
        .to_owned();
    let mut serve = hub.command(&["serve", "--listen", &listen, "--operations-an-hour=2"]);
    serve.env("SIGNPOST_HUB_REQUESTS_A_SECOND", "5");
    hub.serve_by(serve);
    for flag in ["one", "two", "three"] {
        desk.json(&["flag", &id, flag]);
    }
    // Twice the hour's share was sent or is to be sent: what is beyond it waits here.
    desk.run(&["sync"]);
    desk.json(&["flag", &id, "four"]);
    let ran = desk.run(&["sync"]);
    assert_eq!(ran.code, 6, "{} {}", ran.out, ran.err);
    assert!(
        ran.err.contains("Too much was asked for at once"),
        "{}",
        ran.err
    );
    let status = desk.json(&["status"]);
    assert!(
        status["waiting"]
            .as_u64()
            .is_some_and(|waiting| waiting > 0),
        "{status}"
    );
    let answers: Vec<u16> = (0..150).map(|_| get(&hub, "/health").status).collect();
    assert!(answers.contains(&429), "{answers:?}");
    hub.stop();
    hub.serve();
    meet(&[&desk]);
    assert_eq!(desk.inbox().len(), 4);
}
