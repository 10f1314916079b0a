//! One request at a time over one connection, in a thread of its own, so that whoever waits can
//! stop waiting at once.

use std::io::{ErrorKind, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use ureq::http::{HeaderMap, Response, Uri, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Proxy, Timeout};

use super::{Options, address};

const AGENT: &str = concat!(
    "Signpost/",
    env!("CARGO_PKG_VERSION"),
    " (directory of community services; fetches one at a time)"
);
const CONNECT: Duration = Duration::from_secs(15);
/// However steadily a body drips in, it has to end.
const WHOLE_BODY: Duration = Duration::from_secs(300);
const REDIRECTS: usize = 5;

/// The line to the other computer.
pub(super) struct Wire {
    asks: Sender<Ask>,
    answers: Receiver<Result<Answer, Fault>>,
    over: Arc<AtomicBool>,
}

struct Ask {
    uri: Uri,
    limit: u64,
}

/// What came back.
pub(super) struct Answer {
    /// Where it was found in the end.
    pub(super) uri: Uri,
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// Why nothing came back.
#[derive(Debug)]
pub(super) enum Fault {
    /// There was no talking to the other computer.
    Unreachable(String),
    /// It broke off.
    Broken(String),
    /// Asking again would bring the same.
    Unfit(String),
}

impl Wire {
    /// Makes ready; connects at the first request. Without `proxied`, no proxy is used.
    pub(super) fn new(options: &Options, proxied: bool) -> Result<Self, String> {
        let proxy = options.proxy.as_deref().filter(|_| proxied);
        let proxy = proxy.map(|it| through(it, &options.no_proxy)).transpose()?;
        let agent = agent(options, proxy);
        let (asks, asked) = channel::<Ask>();
        let (answer, answers) = channel();
        let over = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&over);
        // Ends when nobody asks any more; an answer that nobody waits for is lost.
        let serve = move || {
            for ask in asked {
                let _lost = answer.send(get(&agent, ask, &stop));
            }
        };
        let started = thread::Builder::new().name("fetch".to_owned()).spawn(serve);
        started.map_err(|error| format!("no thread could be started to fetch with ({error})"))?;
        Ok(Self {
            asks,
            answers,
            over,
        })
    }

    /// Asks for something, of which at most `limit` bytes are taken.
    pub(super) fn ask(&self, uri: Uri, limit: u64) {
        // Where the thread has ended, waiting for its answer says so.
        let _ended = self.asks.send(Ask { uri, limit });
    }

    /// Waits for the answer this long.
    pub(super) fn wait(&self, time: Duration) -> Option<Result<Answer, Fault>> {
        match self.answers.recv_timeout(time) {
            Ok(answer) => Some(answer),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Err(Fault::Unreachable(
                "the fetching thread ended".to_owned(),
            ))),
        }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

fn agent(options: &Options, proxy: Option<Proxy>) -> Agent {
    let certificates = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .build();
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(proxy)
        .tls_config(certificates)
        .user_agent(AGENT)
        .accept("application/json, */*;q=0.1")
        .max_idle_connections(1)
        .max_idle_connections_per_host(1)
        .timeout_resolve(Some(CONNECT))
        .timeout_connect(Some(CONNECT))
        .timeout_send_request(Some(options.stall))
        .timeout_recv_response(Some(options.stall.saturating_mul(2)))
        .timeout_per_read(Some(options.stall))
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
    for host in without
        .split(',')
        .map(str::trim)
        .filter(|it| !it.is_empty())
    {
        built = built.no_proxy(host);
    }
    built.build().map_err(bad)
}

fn get(agent: &Agent, ask: Ask, over: &AtomicBool) -> Result<Answer, Fault> {
    let mut uri = ask.uri;
    for _ in 0..=REDIRECTS {
        if over.load(Ordering::Relaxed) {
            return Err(Fault::Broken("given up".to_owned()));
        }
        let response = agent.get(uri.clone()).call().map_err(|e| unmet(&e))?;
        let location = response.headers().get(header::LOCATION).cloned();
        if let (true, Some(location)) = (response.status().is_redirection(), location) {
            let location = String::from_utf8_lossy(location.as_bytes()).into_owned();
            uri = address::follow(&uri, &location).map_err(Fault::Unfit)?;
        } else {
            return read(response, uri, ask.limit, over);
        }
    }
    Err(Fault::Unfit(format!(
        "sent on more than {REDIRECTS} times in a row; check the address"
    )))
}

fn read(
    mut response: Response<Body>,
    uri: Uri,
    limit: u64,
    over: &AtomicBool,
) -> Result<Answer, Fault> {
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
        if u64::try_from(body.len()).unwrap_or(u64::MAX) > limit {
            return Err(Fault::Unfit(format!(
                "sent more than the {} MB that are taken at once",
                limit >> 20
            )));
        }
        if over.load(Ordering::Relaxed) {
            return Err(Fault::Broken("given up".to_owned()));
        }
    }
    Ok(Answer {
        uri,
        status: response.status().as_u16(),
        headers: std::mem::take(response.headers_mut()),
        body,
    })
}

/// What a fault before any answer means.
fn unmet(error: &ureq::Error) -> Fault {
    use ureq::Error as E;
    let insecure = matches!(error, E::Rustls(_) | E::Tls(_) | E::Pem(_))
        || matches!(error, E::Io(io) if io.kind() == ErrorKind::InvalidData);
    if insecure {
        Fault::Unreachable(format!(
            "no safe connection could be made, so it may not be who it says ({error}). Check the \
             address, and this computer's date; else ask who runs it about its certificate"
        ))
    } else {
        fault(error)
    }
}

/// What a fault means.
fn fault(error: &ureq::Error) -> Fault {
    use ureq::Error as E;
    if let E::HostNotFound = error {
        let why = "no computer of that name was found: check the spelling and the connection";
        Fault::Unreachable(why.to_owned())
    } else if let E::Timeout(Timeout::Resolve | Timeout::Connect) | E::ConnectionFailed = error {
        Fault::Unreachable("can't be reached: check the connection, or try later".to_owned())
    } else if let E::Timeout(_) = error {
        Fault::Broken("stopped answering; try later".to_owned())
    } else if let E::ConnectProxyFailed(_) | E::InvalidProxyUrl = error {
        Fault::Unreachable(format!("the proxy does not let through ({error})"))
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
        Fault::Unreachable(format!("can't be reached ({io}); try later"))
    } else {
        Fault::Broken(format!("broke off in the middle ({error}); try later"))
    }
}

#[cfg(test)]
mod tests {
    use super::through;

    #[test]
    fn a_proxy_keeps_its_name_and_password_and_knows_whom_to_leave_out() {
        let proxy = through(
            "http://me:a%40b@proxy.example.org:3128",
            "localhost, .x.org,",
        )
        .unwrap();
        assert_eq!((proxy.host(), proxy.port()), ("proxy.example.org", 3128));
        assert_eq!(
            (proxy.username(), proxy.password()),
            (Some("me"), Some("a@b"))
        );
        assert!(proxy.is_no_proxy(&"http://localhost/".parse().unwrap()));
        assert!(proxy.is_no_proxy(&"https://api.x.org/".parse().unwrap()));
        assert!(!proxy.is_no_proxy(&"https://y.org/".parse().unwrap()));
        assert!(through("http://", "").is_err());
    }
}
