//! A hub on the web.
//!
//! Promises: no redirect is followed, so a key goes to nobody else; every body, wait and stall is
//! bounded; whoever waits can stop at once; only what the hub itself says counts as its answer.

mod judge;
mod line;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use wire::push::{PACKED, WORTH_PACKING, pack};
use wire::{History, JoinAnswer, JoinRequest, Push, Pushed, StaffPage};

use super::{AskHead, AskHistory, AskStaff, Hub, Published, Tagged, Token, largest_head};
use crate::{HubFault, WebAddress};
use judge::{SHAPE, judge};
use line::{Answer, Line, Request};

/// Where operations are sent.
const PUSH: &str = "/operations";
/// The code of a hub that takes packed bytes for broken JSON.
const BAD: &str = "bad_request";
/// Bytes of an answer in JSON at most.
const LARGEST_JSON: u64 = 32 * 1024 * 1024;

/// How the web is reached.
#[derive(Debug, Clone)]
pub struct Network {
    /// The proxy to go through, as `http://name:8080`.
    pub proxy: Option<String>,
    /// Hosts to reach without the proxy, separated by commas: `localhost,.example.org`.
    pub no_proxy: String,
    /// How long nothing may arrive before a request is given up.
    pub stall: Duration,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            proxy: None,
            no_proxy: String::new(),
            stall: Duration::from_secs(30),
        }
    }
}

/// Says to everybody who has a copy of it to stop.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Says it.
    pub fn say(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was said.
    #[must_use]
    pub fn was_said(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A hub on the web.
#[derive(Debug)]
pub struct HttpHub {
    address: WebAddress,
    line: Line,
    /// Whether it was found not to take packed pushes.
    plain: AtomicBool,
}

impl HttpHub {
    /// Makes ready; connects at the first request.
    ///
    /// # Errors
    /// [`HubFault::Unreachable`] where the proxy has no valid address.
    pub fn new(address: WebAddress, network: &Network, stop: Stop) -> Result<Self, HubFault> {
        let line = Line::new(network, !address.here(), stop).map_err(HubFault::Unreachable)?;
        Ok(Self {
            address,
            line,
            plain: AtomicBool::new(false),
        })
    }

    /// Opens the stream of live events, where the hub has one: to be read line by line.
    pub(crate) fn live(&self) -> Result<Box<dyn std::io::Read + Send>, HubFault> {
        self.line.stream(&self.address.join("/live"))
    }

    fn get(&self, path: &str, most: u64, headers: &[Header<'_>]) -> Result<Answer, HubFault> {
        self.ask(Request::get(self.address.join(path), most), headers)
    }

    fn post<B: Serialize, T: DeserializeOwned>(
        &self,
        path: &str,
        body: &B,
        headers: &[Header<'_>],
    ) -> Result<T, HubFault> {
        let request = Request::post(self.address.join(path), written(body)?, LARGEST_JSON);
        json(&self.ask(request, headers)?.body)
    }

    /// Sends a push packed; none: it is not worth it, or the hub does not know how to unpack one.
    fn push_packed(&self, token: &Token, push: &Push) -> Result<Option<Pushed>, HubFault> {
        let body = written(push)?;
        if body.len() < WORTH_PACKING || self.plain.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let Ok(packed) = pack(&body) else {
            return Ok(None);
        };
        let request = Request::post(self.address.join(PUSH), packed, LARGEST_JSON);
        let bearer = token.bearer();
        let headers = [("authorization", &*bearer), ("content-encoding", PACKED)];
        match self.ask(request, &headers) {
            Err(HubFault::Refused { code, .. }) if [BAD, SHAPE].contains(&&*code) => {
                self.plain.store(true, Ordering::Relaxed);
                Ok(None)
            }
            answer => json(&answer?.body).map(Some),
        }
    }

    fn ask(&self, mut request: Request, headers: &[Header<'_>]) -> Result<Answer, HubFault> {
        let headers = headers
            .iter()
            .map(|(name, value)| (*name, value.to_string()));
        request.headers.extend(headers);
        judge(self.address.host(), self.line.ask(request)?)
    }
}

fn written(body: &impl Serialize) -> Result<Vec<u8>, HubFault> {
    serde_json::to_vec(body).map_err(|error| HubFault::Refused {
        code: "unwritable".to_owned(),
        message: format!("what was to be sent can't be written as JSON ({error})"),
    })
}

type Header<'a> = (&'static str, &'a str);

fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, HubFault> {
    serde_json::from_slice(body).map_err(|_foreign| crate::published::foreign(body))
}

impl Hub for HttpHub {
    fn name(&self) -> &str {
        self.address.as_str()
    }

    fn takes_operations(&self) -> bool {
        true
    }

    fn head(&self, ask: &AskHead<'_>) -> Result<Option<Tagged>, HubFault> {
        let known = ask.known.map(|tag| ("if-none-match", tag));
        let newest = ask.newest.then_some(("cache-control", "no-cache"));
        let headers: Vec<Header<'_>> = known.into_iter().chain(newest).collect();
        let answer = self.get("/head", largest_head(), &headers)?;
        if answer.status == 304 {
            return match ask.known {
                Some(_) => Ok(None),
                None => Err(HubFault::not_the_hub(
                    "it says that nothing changed, unasked",
                )),
            };
        }
        Ok(Some(Tagged {
            tag: answer.header("etag"),
            bytes: answer.body,
        }))
    }

    fn published(&self, what: Published) -> Result<Vec<u8>, HubFault> {
        Ok(self.get(&what.path(), what.largest(), &[])?.body)
    }

    fn pair(&self, request: &JoinRequest) -> Result<JoinAnswer, HubFault> {
        self.post("/pair", request, &[])
    }

    fn push(&self, token: &Token, push: &Push) -> Result<Pushed, HubFault> {
        if let Some(answer) = self.push_packed(token, push)? {
            return Ok(answer);
        }
        self.post(PUSH, push, &[("authorization", &token.bearer())])
    }

    fn staff(&self, token: &Token, ask: &AskStaff<'_>) -> Result<Option<StaffPage>, HubFault> {
        let head = ask.head.map_or(String::new(), |tag| format!("&head={tag}"));
        let path = format!("/staff?after={}{head}", ask.after);
        let answer = self.get(&path, LARGEST_JSON, &[("authorization", &token.bearer())])?;
        if answer.status == 204 {
            return Ok(None);
        }
        json(&answer.body).map(Some)
    }

    fn history(&self, ask: &AskHistory<'_>) -> Result<History, HubFault> {
        let bearer = ask.token.map(Token::bearer);
        let header = bearer.as_deref().map(|bearer| ("authorization", bearer));
        let path = format!("/history/{}/{}", ask.kind, ask.id);
        let headers: Vec<Header<'_>> = header.into_iter().collect();
        json(&self.get(&path, LARGEST_JSON, &headers)?.body)
    }
}
