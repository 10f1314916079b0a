//! A hub of another version: the real one, told in other words by somebody before it. What is
//! published is packed, listed and signed anew, by a key of its own.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use sync::Address;
use wire::{Hash, Signer};

use super::published::{self, Told};
use crate::meeting::hostile::web;
use crate::meeting::line::held;
use crate::network::{Answer, Middleman, Request};

/// What a hub of another version is like.
#[derive(Debug, Clone, Default)]
pub(super) struct Manner {
    /// Whether it is newer, and says things everywhere that nobody here knows.
    pub(super) newer: bool,
    /// The oldest protocol whose readers may write; none: as the real one says.
    pub(super) min_reader: Option<u32>,
    /// Verdicts, by the numbers of operations, that nobody here knows.
    pub(super) verdicts: Vec<u64>,
    /// What it tells that a version here may not understand.
    pub(super) told: Vec<Value>,
    /// What it answers to a push in place of taking it.
    pub(super) takes_no_push: Option<(u16, &'static str)>,
    /// What it answers to a push that is packed; none: it unpacks it.
    pub(super) unpacks_nothing: Option<(u16, &'static str)>,
    /// Resources that it does not have.
    pub(super) lacks: Vec<&'static str>,
}

/// A hub of another version.
pub(super) struct OtherHub {
    middle: Middleman,
    state: Arc<Mutex<State>>,
}

struct State {
    hub: SocketAddr,
    signer: Signer,
    manner: Manner,
    /// What it made, by its path.
    made: BTreeMap<String, Vec<u8>>,
    /// How many requests came, by what was asked.
    asked: BTreeMap<String, u32>,
}

impl OtherHub {
    pub(super) fn before(hub: SocketAddr, manner: Manner) -> Self {
        let state = Arc::new(Mutex::new(State {
            hub,
            signer: Signer::from_secret(&[9; 32]),
            manner,
            made: BTreeMap::new(),
            asked: BTreeMap::new(),
        }));
        let answering = Arc::clone(&state);
        let middle = Middleman::answering(move |request| held(&answering).answer(request));
        Self { middle, state }
    }

    pub(super) fn address(&self) -> Address {
        web(self.middle.address())
    }

    /// It is another version from now on.
    pub(super) fn becomes(&self, change: impl FnOnce(&mut Manner)) {
        change(&mut held(&self.state).manner);
    }

    /// How often this was asked for.
    pub(super) fn asked(&self, what: &str) -> u32 {
        held(&self.state).asked.get(what).copied().unwrap_or(0)
    }
}

impl State {
    fn answer(&mut self, request: &mut Request) -> Option<Answer> {
        let (path, _) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let resource = path.split('/').nth(1).unwrap_or_default().to_owned();
        let packed = request.header("content-encoding").map_or("", |_| " packed");
        let asked = format!("{} /{resource}{packed}", request.method);
        *self.asked.entry(asked).or_default() += 1;
        if self.manner.lacks.contains(&&*resource) {
            return Some(saying(
                404,
                r#"{"code":"not_found","message":"There is nothing at this address."}"#,
            ));
        }
        if let Some(made) = self.made.get(path) {
            return Some(json_of(made.clone()));
        }
        match resource.as_str() {
            "head" => self.head(request),
            "hub" => self.altered(request, Self::info),
            "pair" => self.altered(request, Self::joined),
            "staff" => self.staff(request),
            "operations" => self.push(request),
            _ => request.pass_to(self.hub),
        }
    }

    /// An answer of the hub, in other words.
    fn altered(&self, request: &Request, how: impl Fn(&Self, &mut Value)) -> Option<Answer> {
        let mut answer = request.pass_to(self.hub)?;
        if answer.status == 200 {
            let mut body = serde_json::from_slice(&answer.body).ok()?;
            how(self, &mut body);
            answer.body = body.to_string().into_bytes();
        }
        Some(answer)
    }

    /// The head as it signs it, with its tag.
    fn head_now(&mut self) -> Option<(Vec<u8>, String, String)> {
        let mut ask = Request::get("/head");
        let answer = ask.pass_to(self.hub)?;
        let tag = answer.header("etag").unwrap_or_default().to_owned();
        let signed: Value = serde_json::from_slice(&answer.body).ok()?;
        let mut head: Value = serde_json::from_str(signed["head"].as_str()?).ok()?;
        ask.path = format!("/manifests/{}", head["manifest"].as_str()?);
        let manifest = serde_json::from_slice(&ask.pass_to(self.hub)?.body).ok()?;
        let told = match self.manner.newer {
            true => published::newer(manifest, |hash| {
                let answer = Request::get(&format!("/packs/{hash}")).pass_to(self.hub);
                answer.expect("a pack").body
            }),
            false => Told::as_it_is(&manifest),
        };
        head["manifest"] = json!(Hash::of(&told.manifest));
        let path = format!("/manifests/{}", Hash::of(&told.manifest));
        self.made.insert(path, told.manifest);
        for pack in told.packs {
            self.made
                .insert(format!("/packs/{}", Hash::of(&pack)), pack);
        }
        let bytes = self.signed(&mut head);
        let own: String = Hash::of(&bytes).to_string().chars().take(16).collect();
        Some((bytes, own, tag.trim_matches('"').to_owned()))
    }

    fn signed(&self, head: &mut Value) -> Vec<u8> {
        if let Some(oldest) = self.manner.min_reader {
            head["min_reader"] = json!(oldest);
        }
        let mut signed = json!({});
        if self.manner.newer {
            head["protocol"] = json!(wire::PROTOCOL + 10_000);
            head["keys"] = json!([self.signer.public()]);
            head["mirrors"] = json!(["https://mirror.example.org"]);
            signed["witness"] = json!({"log": 7});
        } else {
            // It may name no keys: those that are known stay.
            head.as_object_mut().expect("a head").remove("keys");
        }
        let text = head.to_string();
        let mut signatures = vec![json!(self.signer.sign(&text))];
        if self.manner.newer {
            signatures[0]["algorithm"] = json!("ed25519");
            signatures.push(json!({"key": "ml-dsa", "signature": "…", "algorithm": "ml-dsa"}));
        }
        (signed["head"], signed["signatures"]) = (json!(text), json!(signatures));
        signed.to_string().into_bytes()
    }

    fn head(&mut self, request: &Request) -> Option<Answer> {
        let (bytes, tag, _) = self.head_now()?;
        let tag = format!("\"{tag}\"");
        let mut answer = json_of(bytes);
        if self.manner.newer {
            if request.header("if-none-match") == Some(&tag) {
                (answer.status, answer.body) = (304, Vec::new());
            }
            answer.headers.push(("ETag".to_owned(), tag));
        }
        Some(answer)
    }

    fn info(&self, info: &mut Value) {
        info["keys"] = json!([self.signer.public()]);
        if self.manner.newer {
            info["protocol"] = json!(wire::PROTOCOL + 10_000);
            info["contact"] = json!({"email": "hub@example.org"});
        }
    }

    fn account(&self, account: &mut Value) {
        if self.manner.newer {
            account["languages"] = json!(["ur"]);
        } else if account["boroughs"] == json!([]) {
            account
                .as_object_mut()
                .expect("an account")
                .remove("boroughs");
        }
    }

    fn joined(&self, joined: &mut Value) {
        self.info(&mut joined["info"]);
        self.account(&mut joined["account"]);
        if self.manner.newer {
            joined["welcome"] = json!("Hello");
        }
    }

    fn staff(&mut self, request: &mut Request) -> Option<Answer> {
        let (_, own, real) = self.head_now()?;
        // A tag of its own stands for the real one; another one is of no head that there is.
        let known = request.path.split_once("&head=");
        if let Some((path, tag)) = known.map(|(path, tag)| (path.to_owned(), tag.to_owned())) {
            let tag = if tag == own { real } else { "0".to_owned() };
            request.path = format!("{path}&head={tag}");
        }
        self.altered(request, |hub, page| {
            hub.account(&mut page["account"]);
            let told = page["told"].as_array_mut().expect("a list");
            for item in told
                .iter_mut()
                .filter(|one| hub.manner.newer && one["told"] == "item")
            {
                item["seen_by"] = json!(["Ann"]);
                item["from"]["organisation"] = json!("A charity");
            }
            told.extend(hub.manner.told.iter().cloned());
            if hub.manner.newer {
                page["pause"] = json!(30);
            }
        })
    }

    fn push(&mut self, request: &Request) -> Option<Answer> {
        let packed = request.header("content-encoding").is_some();
        let packed = self.manner.unpacks_nothing.filter(|_| packed);
        if let Some((status, said)) = packed.or(self.manner.takes_no_push) {
            return Some(saying(status, said));
        }
        self.altered(request, |hub, answer| {
            hub.account(&mut answer["account"]);
            if hub.manner.newer {
                let verdicts = answer["verdicts"].as_array_mut().expect("verdicts");
                verdicts.iter_mut().for_each(|taken| hub.verdict(taken));
            }
        })
    }

    fn verdict(&self, taken: &mut Value) {
        taken["took"] = json!(0.2);
        taken["verdict"]["by"] = json!("the sequencer");
        let number = taken["sequence"].as_u64().unwrap_or_default();
        if self.manner.verdicts.contains(&number) {
            // A word that is not known, or one that is with something else in it.
            taken["verdict"] = match number % 2 {
                0 => json!({"verdict": "queued", "item": {"in": "a list"}}),
                _ => json!({"verdict": "postponed", "until": "tomorrow"}),
            };
        }
    }
}

fn json_of(body: Vec<u8>) -> Answer {
    Answer {
        status: 200,
        headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
        body,
    }
}

fn saying(status: u16, said: &str) -> Answer {
    Answer {
        status,
        ..json_of(said.as_bytes().to_vec())
    }
}
