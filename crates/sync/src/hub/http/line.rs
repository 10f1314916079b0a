//! One request at a time, each in a thread of its own, so that whoever waits can stop at once.

use std::io::{ErrorKind, Read};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use ureq::http::{HeaderMap, Method, Request as HttpRequest, Response};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Proxy, Timeout};

use super::{Network, Stop};
use crate::HubFault;

/// Short, as it travels with every request.
const AGENT: &str = concat!("Signpost/", env!("CARGO_PKG_VERSION"));
const CONNECT: Duration = Duration::from_secs(15);
/// However steadily a body drips in, it has to end: a whole pack at 1 KB/s.
const WHOLE_BODY: Duration = Duration::from_secs(1_200);
/// A stream of events that is silent for longer has ended without saying so.
const SILENCE: Duration = Duration::from_secs(90);
/// How often whoever waits looks whether to stop.
const TICK: Duration = Duration::from_millis(50);

/// The line to the hub.
#[derive(Debug)]
pub(super) struct Line {
    agent: Agent,
    stop: Stop,
}

/// What is asked.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) headers: Vec<(&'static str, String)>,
    address: String,
    body: Option<Vec<u8>>,
    most: u64,
}

impl Request {
    /// Something, of which at most `most` bytes are taken.
    pub(super) fn get(address: String, most: u64) -> Self {
        Self {
            headers: Vec::new(),
            address,
            body: None,
            most,
        }
    }

    /// Something in answer to this JSON.
    pub(super) fn post(address: String, body: Vec<u8>, most: u64) -> Self {
        Self {
            headers: vec![("content-type", "application/json".to_owned())],
            address,
            body: Some(body),
            most,
        }
    }
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// A header, if it is there and readable.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let text = self.headers.get(name)?.to_str().ok()?;
        Some(text.trim().to_owned())
    }
}

impl Line {
    /// Makes ready. Without `proxied`, no proxy is used.
    pub(super) fn new(network: &Network, proxied: bool, stop: Stop) -> Result<Self, String> {
        let proxy = network.proxy.as_deref().filter(|_| proxied);
        let proxy = proxy.map(|it| through(it, &network.no_proxy)).transpose()?;
        Ok(Self {
            agent: agent(network, proxy),
            stop,
        })
    }

    /// Asks, and waits for the answer.
    pub(super) fn ask(&self, request: Request) -> Result<Answer, HubFault> {
        let agent = self.agent.clone();
        let stop = self.stop.clone();
        self.patiently(move || {
            let most = request.most;
            let response = send(&agent, request)?;
            read(response, most, &stop)
        })
    }

    /// Asks for what has no end.
    pub(super) fn stream(&self, address: &str) -> Result<Box<dyn Read + Send>, HubFault> {
        let agent = self.agent.clone();
        let mut request = Request::get(address.to_owned(), 0);
        let kind = "text/event-stream";
        request.headers.push(("accept", kind.to_owned()));
        let response = self.patiently(move || send_for_ever(&agent, request))?;
        let said = response.headers().get("content-type");
        let events = said.is_some_and(|said| said.as_bytes().starts_with(kind.as_bytes()));
        if response.status().as_u16() != 200 || !events {
            return Err(HubFault::Missing("no live events there".to_owned()));
        }
        Ok(Box::new(response.into_body().into_reader()))
    }

    /// Waits for work in a thread of its own, which is left alone when somebody says to stop.
    fn patiently<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HubFault> + Send + 'static,
    ) -> Result<T, HubFault> {
        let (answer, answers) = channel();
        // An answer that nobody waits for any more is lost.
        let serve = move || drop(answer.send(work()));
        let started = thread::Builder::new().name("hub".to_owned()).spawn(serve);
        started.map_err(|error| {
            HubFault::Unreachable(format!("no thread could be started to ask with ({error})"))
        })?;
        loop {
            if self.stop.was_said() {
                return Err(HubFault::Stopped);
            }
            match answers.recv_timeout(TICK) {
                Ok(answer) => return answer,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(HubFault::Broken("the asking thread ended".to_owned()));
                }
            }
        }
    }
}

fn agent(network: &Network, proxy: Option<Proxy>) -> Agent {
    let certificates = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .build();
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(proxy)
        .tls_config(certificates)
        .user_agent(AGENT)
        .accept(ureq::config::AutoHeaderValue::None)
        .accept_encoding(ureq::config::AutoHeaderValue::None)
        .max_idle_connections(2)
        .max_idle_connections_per_host(2)
        .timeout_resolve(Some(CONNECT))
        .timeout_connect(Some(CONNECT))
        .timeout_send_request(Some(network.stall))
        .timeout_send_body(Some(WHOLE_BODY))
        .timeout_recv_response(Some(network.stall.saturating_mul(2)))
        .timeout_per_read(Some(network.stall))
        .timeout_recv_body(Some(WHOLE_BODY))
        .build()
        .new_agent()
}

/// The proxy with the hosts that are reached without it.
fn through(address: &str, without: &str) -> Result<Proxy, String> {
    let bad = |_: ureq::Error| {
        "the proxy that this computer is set to use has no valid address; \
         it should read like http://proxy.example.org:8080"
            .to_owned()
    };
    let proxy = Proxy::new(address).map_err(bad)?;
    let mut built = Proxy::builder(proxy.protocol())
        .host(proxy.host())
        .port(proxy.port());
    if let Some(name) = proxy.username() {
        built = built.username(name);
    }
    if let Some(password) = proxy.password() {
        built = built.password(password);
    }
    let hosts = without.split(',').map(str::trim);
    for host in hosts.filter(|it| !it.is_empty()) {
        built = built.no_proxy(host);
    }
    built.build().map_err(bad)
}

fn http(request: &Request) -> Result<HttpRequest<Vec<u8>>, HubFault> {
    let method = match request.body {
        Some(_) => Method::POST,
        None => Method::GET,
    };
    let mut built = HttpRequest::builder().method(method).uri(&request.address);
    for (name, value) in &request.headers {
        built = built.header(*name, value);
    }
    let body = request.body.clone().unwrap_or_default();
    built.body(body).map_err(|error| {
        HubFault::Unreachable(format!(
            "“{}” can't be asked for ({error})",
            request.address
        ))
    })
}

fn send(agent: &Agent, request: Request) -> Result<Response<Body>, HubFault> {
    let (parts, body) = http(&request)?.into_parts();
    let sent = match request.body {
        Some(_) => agent.run(HttpRequest::from_parts(parts, body)),
        None => agent.run(HttpRequest::from_parts(parts, ())),
    };
    sent.map_err(|error| unmet(&error))
}

fn send_for_ever(agent: &Agent, request: Request) -> Result<Response<Body>, HubFault> {
    let (parts, _) = http(&request)?.into_parts();
    let request = agent
        .configure_request(HttpRequest::from_parts(parts, ()))
        .timeout_recv_body(None)
        .timeout_per_read(Some(SILENCE))
        .build();
    agent.run(request).map_err(|error| unmet(&error))
}

fn read(mut response: Response<Body>, most: u64, stop: &Stop) -> Result<Answer, HubFault> {
    let mut body = Vec::new();
    let mut piece = vec![0; 64 * 1024];
    let mut reader = response.body_mut().as_reader();
    loop {
        let read = reader.read(&mut piece);
        let read = read.map_err(|error| fault(&ureq::Error::from(error)))?;
        body.extend_from_slice(piece.get(..read).unwrap_or_default());
        if read == 0 {
            break;
        }
        if u64::try_from(body.len()).unwrap_or(u64::MAX) > most {
            return Err(HubFault::not_the_hub("it sent more than a hub would"));
        }
        if stop.was_said() {
            return Err(HubFault::Stopped);
        }
    }
    Ok(Answer {
        status: response.status().as_u16(),
        headers: std::mem::take(response.headers_mut()),
        body,
    })
}

/// What a fault before any answer means.
fn unmet(error: &ureq::Error) -> HubFault {
    use ureq::Error as E;
    let insecure = matches!(error, E::Rustls(_) | E::Tls(_) | E::Pem(_))
        || matches!(error, E::Io(io) if io.kind() == ErrorKind::InvalidData);
    if insecure {
        HubFault::Unreachable(format!(
            "no safe connection could be made, so it may not be the hub ({error}). Check the \
             address, and this computer's date; else ask who runs it about its certificate"
        ))
    } else {
        fault(error)
    }
}

/// Whether no computer of that name is known. What asks the system has no kind for that, only words.
fn is_unknown_host(error: &ureq::Error) -> bool {
    if let ureq::Error::Io(io) = error {
        let said = io.to_string();
        return said.starts_with("failed to lookup address information") || said.contains("11001");
    }
    matches!(error, ureq::Error::HostNotFound)
}

/// What a fault means.
fn fault(error: &ureq::Error) -> HubFault {
    use ureq::Error as E;
    if is_unknown_host(error) {
        let why = "no computer of that name was found: check the address and the connection";
        HubFault::Unreachable(why.to_owned())
    } else if let E::Timeout(Timeout::Resolve | Timeout::Connect) | E::ConnectionFailed = error {
        HubFault::Unreachable("the hub can't be reached: check the connection".to_owned())
    } else if let E::Timeout(_) = error {
        HubFault::Broken("the hub stopped answering".to_owned())
    } else if let E::ConnectProxyFailed(_) | E::InvalidProxyUrl = error {
        HubFault::Unreachable(format!("the proxy does not let through ({error})"))
    } else if let E::Protocol(_) | E::LargeResponseHeader(..) = error {
        HubFault::not_the_hub(&format!("it does not speak as web servers do ({error})"))
    } else if let E::Io(io) = error
        && matches!(
            io.kind(),
            ErrorKind::ConnectionRefused
                | ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable
                | ErrorKind::NetworkDown
                | ErrorKind::AddrNotAvailable
        )
    {
        HubFault::Unreachable(format!("the hub can't be reached ({io})"))
    } else {
        HubFault::Broken(format!("the connection broke off in the middle ({error})"))
    }
}
