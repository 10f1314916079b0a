//! A small server that answers as it is told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

/// What is answered.
pub(super) enum Reply {
    /// Status, further headers, body.
    Whole(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// Half of a body, and then the end of the connection.
    Cut(String),
    /// A byte at a time.
    Drip(String),
    /// A byte at a time for ever.
    DripForEver,
    /// Nothing until the other end hangs up.
    Silence,
    /// As much as is taken.
    Endless,
}

impl Reply {
    pub(super) fn json(value: &Value) -> Self {
        Self::text(serde_json::to_string_pretty(value).unwrap())
    }

    pub(super) fn text(text: String) -> Self {
        let kind = ("Content-Type", "application/json".to_owned());
        Self::Whole(200, vec![kind], text.into_bytes())
    }

    pub(super) fn zipped(text: &str) -> Self {
        let mut zipped = GzEncoder::new(Vec::new(), Compression::fast());
        zipped.write_all(text.as_bytes()).unwrap();
        let kind = ("Content-Encoding", "gzip".to_owned());
        Self::Whole(200, vec![kind], zipped.finish().unwrap())
    }

    pub(super) fn status(status: u16) -> Self {
        Self::Whole(status, Vec::new(), b"{}".to_vec())
    }

    pub(super) fn later(status: u16, wait: &str) -> Self {
        let wait = ("Retry-After", wait.to_owned());
        Self::Whole(status, vec![wait], Vec::new())
    }

    pub(super) fn moved(to: &str) -> Self {
        Self::Whole(302, vec![("Location", to.to_owned())], Vec::new())
    }

    pub(super) fn page(html: &str) -> Self {
        let kind = ("Content-Type", "text/html; charset=utf-8".to_owned());
        Self::Whole(200, vec![kind], html.as_bytes().to_vec())
    }
}

type Answers = dyn Fn(&str, usize) -> Reply + Send + Sync;

/// Serves until it is dropped.
pub(super) struct Server {
    pub(super) address: String,
    state: Arc<State>,
}

struct State {
    answers: Box<Answers>,
    asked: Mutex<Vec<String>>,
    heads: Mutex<Vec<String>>,
    open: AtomicUsize,
    most_open: AtomicUsize,
    connections: AtomicUsize,
    over: AtomicBool,
}

impl Server {
    /// `answers` takes a path with its query, and how often it was asked for before.
    pub(super) fn start(answers: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State {
            answers: Box::new(answers),
            asked: Mutex::new(Vec::new()),
            heads: Mutex::new(Vec::new()),
            open: AtomicUsize::new(0),
            most_open: AtomicUsize::new(0),
            connections: AtomicUsize::new(0),
            over: AtomicBool::new(false),
        });
        let serving = Arc::clone(&state);
        thread::spawn(move || {
            let more = |_: &_| !serving.over.load(Ordering::SeqCst);
            for stream in listener.incoming().take_while(more) {
                let one = Arc::clone(&serving);
                let stream = stream.unwrap();
                thread::spawn(move || one.connection(stream));
            }
        });
        Self { address, state }
    }

    /// What was asked for, in order.
    pub(super) fn asked(&self) -> Vec<String> {
        self.state.asked.lock().unwrap().clone()
    }

    /// How often it was asked for.
    pub(super) fn times(&self, path: &str) -> usize {
        self.asked().iter().filter(|asked| *asked == path).count()
    }

    /// The first request as it came.
    pub(super) fn first_head(&self) -> String {
        self.state.heads.lock().unwrap()[0].clone()
    }

    /// How many connections there were, and how many at a time.
    pub(super) fn connections(&self) -> (usize, usize) {
        let most = self.state.most_open.load(Ordering::SeqCst);
        (self.state.connections.load(Ordering::SeqCst), most)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.over.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(
            self.address.trim_start_matches("http://"),
        ));
    }
}

impl State {
    fn connection(&self, mut stream: TcpStream) {
        self.connections.fetch_add(1, Ordering::SeqCst);
        let open = self.open.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_open.fetch_max(open, Ordering::SeqCst);
        // Else the parts of an answer would wait for one another.
        stream.set_nodelay(true).unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while let Some(head) = head(&mut reader) {
            let path = head.split(' ').nth(1).unwrap().to_owned();
            let before = {
                let mut asked = self.asked.lock().unwrap();
                let before = asked.iter().filter(|it| **it == path).count();
                asked.push(path.clone());
                self.heads.lock().unwrap().push(head);
                before
            };
            let goes_on = write(&mut stream, &mut reader, (self.answers)(&path, before));
            if !goes_on.unwrap_or(false) {
                break;
            }
        }
        // Before the other end can see it closed, so that its next connection counts as one.
        self.open.fetch_sub(1, Ordering::SeqCst);
    }
}

fn head(reader: &mut impl BufRead) -> Option<String> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    Some(head)
}

/// Answers; whether the connection can be used again.
fn write(stream: &mut TcpStream, reader: &mut impl Read, reply: Reply) -> std::io::Result<bool> {
    let ok = "HTTP/1.1 200 OK\r\n";
    match reply {
        Reply::Whole(status, headers, body) => {
            let headers = headers
                .iter()
                .map(|(name, value)| format!("{name}: {value}\r\n"));
            let headers: String = headers.collect();
            let length = body.len();
            write!(
                stream,
                "HTTP/1.1 {status} So\r\n{headers}Content-Length: {length}\r\n\r\n"
            )?;
            stream.write_all(&body)?;
            Ok(true)
        }
        Reply::Cut(text) => {
            write!(stream, "{ok}Content-Length: {}\r\n\r\n", text.len())?;
            stream.write_all(&text.as_bytes()[..text.len() / 2])?;
            Ok(false)
        }
        Reply::Drip(text) => {
            write!(stream, "{ok}Content-Length: {}\r\n\r\n", text.len())?;
            for byte in text.bytes() {
                stream.write_all(&[byte])?;
                stream.flush()?;
            }
            Ok(true)
        }
        Reply::DripForEver => {
            write!(stream, "{ok}Content-Length: 1000000\r\n\r\n")?;
            for _ in 0..1_000_000 {
                stream.write_all(b" ")?;
                stream.flush()?;
                thread::park_timeout(std::time::Duration::from_millis(20));
            }
            Ok(false)
        }
        Reply::Silence => {
            let mut rest = Vec::new();
            reader.read_to_end(&mut rest)?;
            Ok(false)
        }
        Reply::Endless => {
            write!(stream, "{ok}Content-Type: application/json\r\n\r\n")?;
            let piece = [b' '; 64 * 1024];
            loop {
                stream.write_all(&piece)?;
            }
        }
    }
}
