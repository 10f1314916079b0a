//! The server as desks meet it: over HTTP, on a free port.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use domain::{Act, Kind, RecordId, Role};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use wire::{Code, Hash, HubInfo, JoinAnswer, JoinRequest, Operation, PROTOCOL, Push, Pushed};

use super::world::{SALFORD, START, World, edit, field};
use crate::hub::Hub;
use crate::limits::{Limits, Rates};
use crate::listen::{self, Taking};
use crate::log::Pairing;
use crate::router::router;
use crate::shelf::Shelf;

/// A server, until it is stopped.
pub(super) struct Server {
    address: SocketAddr,
    world: World,
    stop: watch::Sender<bool>,
    ended: JoinHandle<()>,
    client: ureq::Agent,
}

/// A device that has joined over HTTP.
pub(super) struct Joined {
    pub(super) answer: JoinAnswer,
    pub(super) token: String,
}

impl Server {
    pub(super) async fn start() -> Self {
        let world = World::in_folder().await;
        let (stop, stopping) = watch::channel(false);
        let pace = (Limits::new(Rates::default()), Duration::from_millis(100));
        let clock: crate::Clock = Arc::new(|| START);
        let log = Arc::clone(&world.log);
        let areas = Arc::new(crate::areas::built_in());
        let shelf = Arc::new(Shelf::open(None, areas).unwrap());
        let hub = Hub::begin((log, shelf), clock, pace, stopping.clone())
            .await
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut tasks = hub.work();
        let taking = Taking {
            connections: 100,
            behind_proxy: false,
        };
        let ended = tokio::spawn(async move {
            listen::serve((listener, None), router(hub, None), taking, stopping).await;
            while tasks.join_next().await.is_some() {}
        });
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None);
        Self {
            address,
            world,
            stop,
            ended,
            client: config.build().into(),
        }
    }

    pub(super) fn get(&self, path: &str, token: Option<&str>) -> (u16, Value) {
        let mut asked = self.client.get(format!("http://{}{path}", self.address));
        if let Some(token) = token {
            asked = asked.header("authorization", format!("Bearer {token}"));
        }
        let mut answer = asked.call().unwrap();
        let body = answer.body_mut().read_to_string().unwrap();
        (
            answer.status().as_u16(),
            serde_json::from_str(&body).unwrap_or(Value::String(body)),
        )
    }

    fn post(&self, path: &str, token: Option<&str>, body: &impl serde::Serialize) -> (u16, Value) {
        let mut asked = self.client.post(format!("http://{}{path}", self.address));
        if let Some(token) = token {
            asked = asked.header("authorization", format!("Bearer {token}"));
        }
        let mut answer = asked.send_json(body).unwrap();
        (
            answer.status().as_u16(),
            answer.body_mut().read_json().unwrap(),
        )
    }

    async fn code(&self, name: &str, role: Role, boroughs: &[&str]) -> Code {
        let account = self.world.account(name, role, boroughs).await;
        let (pairing, code) = Pairing::new(account.id, START).unwrap();
        assert!(self.world.log.open_pairing(pairing, START).await.unwrap());
        code
    }

    pub(super) async fn join(&self, name: &str, role: Role, boroughs: &[&str]) -> Joined {
        let code = self.code(name, role, boroughs).await;
        let key = [7; 32];
        let asked = JoinRequest {
            code: code.to_string().to_lowercase(),
            key_hash: Hash::of(&key),
            device_name: "a desk".to_owned(),
        };
        let (status, answer) = self.post("/pair", None, &asked);
        assert_eq!(status, 200, "{answer}");
        let answer: JoinAnswer = serde_json::from_value(answer).unwrap();
        let token = format!("{}.{}", answer.device, Hash::from_bytes(key));
        Joined { answer, token }
    }

    pub(super) fn push(&self, joined: &Joined, operations: &[Operation]) -> Pushed {
        let raw = |one: &Operation| serde_json::value::to_raw_value(one).unwrap();
        let push = Push {
            protocol: PROTOCOL,
            operations: operations.iter().map(raw).collect(),
        };
        let (status, answer) = self.post("/operations", Some(&joined.token), &push);
        assert_eq!(status, 200, "{answer}");
        serde_json::from_value(answer).unwrap()
    }

    /// Waits until this sequence is published.
    async fn published(&self, sequence: u64) {
        let mut bell = self.world.log.news().published.listen();
        let log = &self.world.log;
        let reached = async || log.publication().await.unwrap().unwrap().sequence >= sequence;
        while !reached().await {
            let rung = tokio::time::timeout(Duration::from_secs(10), bell.changed());
            rung.await.unwrap().unwrap();
        }
    }

    /// The head's tag, without its quotation marks.
    pub(super) fn tag(&self) -> String {
        let asked = self.client.get(format!("http://{}/head", self.address));
        let answer = asked.call().unwrap();
        let tag = answer.headers()["etag"].to_str().unwrap();
        tag.trim_matches('"').to_owned()
    }

    /// The head, when it has this sequence.
    pub(super) async fn head(&self, sequence: u64) -> wire::Head {
        let (_, info) = self.get("/hub", None);
        let info: HubInfo = serde_json::from_value(info).unwrap();
        loop {
            let (status, head) = self.get("/head", None);
            assert_eq!(status, 200);
            let head = wire::SignedHead::read(head.to_string().as_bytes()).unwrap();
            let head = head.verify(&info.keys).unwrap();
            if head.sequence == sequence {
                return head;
            }
            tokio::task::yield_now().await;
        }
    }

    pub(super) async fn end(self) {
        self.stop.send_replace(true);
        tokio::time::timeout(Duration::from_secs(10), self.ended)
            .await
            .unwrap()
            .unwrap();
    }

    /// What goes over the wire for this request, by itself on a connection.
    fn raw(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

pub(super) fn operation(
    joined: &Joined,
    sequence: u64,
    about: (Kind, RecordId),
    act: Act,
) -> Operation {
    Operation {
        id: None,
        device: joined.answer.device,
        sequence,
        at: crate::clock::text(START),
        kind: about.0,
        record: about.1,
        base: 0,
        act,
        before_joining: false,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_joins_pushes_and_everybody_can_read_it() {
    let server = Server::start().await;
    let ann = server.join("Ann", Role::Curator, &[SALFORD]).await;
    assert_eq!(ann.answer.account.boroughs, [SALFORD]);
    let about = (Kind::Service, RecordId::named("a choir"));
    let changes = vec![
        field("name", None, Some(json!("A choir"))),
        field("status", None, Some(json!("active"))),
    ];
    let make = operation(&ann, 1, about, Act::Edit { changes });
    let pushed = server.push(&ann, std::slice::from_ref(&make));
    assert_eq!(
        (pushed.last, pushed.verdicts.len(), pushed.cloned),
        (1, 1, false)
    );
    assert_eq!(server.push(&ann, &[make]).verdicts, pushed.verdicts);
    assert_eq!(server.push(&ann, &[]).last, 1);
    server.published(1).await;
    let head = server.head(1).await;
    let (status, manifest) = server.get(&format!("/manifests/{}", head.manifest), None);
    assert_eq!(status, 200);
    let pack = manifest["segments"][0]["packs"][0]["hash"]
        .as_str()
        .unwrap();
    let mut answer = server
        .client
        .get(format!("http://{}/packs/{pack}", server.address))
        .call()
        .unwrap();
    assert!(
        answer.headers()["cache-control"]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    let bytes = answer.body_mut().read_to_vec().unwrap();
    let lines: Vec<_> = wire::pack::read(&bytes).unwrap().collect();
    assert_eq!(lines[0].as_ref().unwrap().id, about.1);
    let (status, history) = server.get(&format!("/history/service/{}", about.1), Some(&ann.token));
    assert_eq!((status, &history["changes"][0]["by"]), (200, &json!("Ann")));
    server.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_in_step_asks_in_few_bytes() {
    let server = Server::start().await;
    let asked = server
        .client
        .get(format!("http://{}/head", server.address))
        .call()
        .unwrap();
    let tag = asked.headers()["etag"].to_str().unwrap().to_owned();
    let request = format!(
        "GET /head HTTP/1.1\r\nhost: {}\r\nif-none-match: {tag}\r\nuser-agent: signpost\r\nconnection: close\r\n\r\n",
        server.address
    );
    let answer = server.raw(&request);
    assert!(answer.starts_with("HTTP/1.1 304 "), "{answer}");
    let both = request.len() + answer.len();
    assert!(both <= 300, "{both} bytes: {answer}");
    server.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_and_what_cannot_be_read_are_told_so() {
    let server = Server::start().await;
    let ann = server.join("Ann", Role::Contributor, &[]).await;
    let code = |answer: (u16, Value)| (answer.0, answer.1["code"].as_str().unwrap().to_owned());
    let stranger = format!("{}.{}", ann.answer.device, Hash::of(b"another key"));
    assert_eq!(
        code(server.get("/staff", Some(&stranger))),
        (401, "not_paired".to_owned())
    );
    assert_eq!(
        code(server.get("/staff", None)),
        (401, "not_paired".to_owned())
    );
    assert_eq!(
        code(server.get("/packs/x", None)),
        (404, "not_found".to_owned())
    );
    assert_eq!(
        code(server.get("/nowhere", None)),
        (404, "not_found".to_owned())
    );
    assert_eq!(
        code(server.post("/operations", Some(&ann.token), &json!({"a": 1}))),
        (400, "bad_request".to_owned())
    );
    let many = json!({"protocol": PROTOCOL, "operations": vec![1; 501]});
    assert_eq!(
        code(server.post("/operations", Some(&ann.token), &many)),
        (413, "too_large".to_owned())
    );
    let large = json!({"code": "x".repeat(70_000), "key_hash": Hash::of(b""), "device_name": ""});
    assert_eq!(server.post("/pair", None, &large).0, 413);
    let wrong = JoinRequest {
        code: "0000-0000".to_owned(),
        key_hash: Hash::of(b"k"),
        device_name: String::new(),
    };
    let mut last = 403;
    for _ in 0..30 {
        last = server.post("/pair", None, &wrong).0;
    }
    assert_eq!(last, 429, "codes can't be tried for ever");
    server.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_hear_what_waits_and_nothing_is_few_bytes() {
    let server = Server::start().await;
    let ann = server.join("Ann", Role::Curator, &[]).await;
    let cyd = server.join("Cyd", Role::Contributor, &[]).await;
    let about = (Kind::Organisation, RecordId::named("a group"));
    let make = operation(&ann, 1, about, edit("name", json!(null), json!("A group")));
    server.push(&ann, &[make]);
    assert_eq!(server.get("/staff?after=0", Some(&ann.token)).0, 204);
    let flag = operation(
        &cyd,
        1,
        about,
        Act::Flag {
            text: "wrong number".to_owned(),
        },
    );
    server.push(&cyd, &[flag]);
    let page = loop {
        let (status, page) = server.get("/staff?after=0", Some(&ann.token));
        if status == 200 {
            break page;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(
        (&page["cursor"], &page["told"][0]["sort"]["text"]),
        (&json!(1), &json!("wrong number"))
    );
    assert_eq!(server.get("/staff?after=1", Some(&ann.token)).0, 204);
    server.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn listeners_hear_the_sequence_and_the_hub_ends_with_them() {
    let server = Server::start().await;
    let ann = server.join("Ann", Role::Curator, &[]).await;
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    stream
        .write_all(b"GET /live HTTP/1.1\r\nhost: x\r\n\r\n")
        .unwrap();
    let mut heard = String::new();
    let mut hear = |until: &str, heard: &mut String| {
        let mut buffer = [0; 1024];
        while !heard.contains(until) {
            let got = stream.read(&mut buffer).unwrap();
            assert!(got > 0, "ended: {heard}");
            heard.push_str(&String::from_utf8_lossy(&buffer[..got]));
        }
    };
    hear("data: 0\n\n", &mut heard);
    let about = (Kind::Organisation, RecordId::named("a group"));
    let make = operation(&ann, 1, about, edit("name", json!(null), json!("A group")));
    server.push(&ann, &[make]);
    hear("data: 1\n\n", &mut heard);
    server.end().await;
}
