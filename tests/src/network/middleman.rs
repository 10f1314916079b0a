//! Somebody between a desk and its hub who sees every request and may answer in the hub's place,
//! or alter what it answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// An answer: status, further header lines, body.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// A header, if it is there.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// A page, as people see it.
    pub(crate) fn page(html: &str) -> Self {
        Self {
            status: 200,
            headers: vec![("Content-Type".to_owned(), "text/html".to_owned())],
            body: html.as_bytes().to_vec(),
        }
    }
}

/// Answers a request; none: the connection ends.
type Conduct = dyn Fn(&mut Request) -> Option<Answer> + Send + Sync;

/// Somebody in the middle.
pub(crate) struct Middleman {
    address: SocketAddr,
    over: Arc<AtomicBool>,
}

impl Middleman {
    /// Between desks and the hub at this address; without one nobody is asked, and every answer
    /// starts as an empty one. Given `GET /head` and what the hub answered.
    pub(crate) fn before(
        hub: Option<SocketAddr>,
        alter: impl Fn(&str, Answer) -> Answer + Send + Sync + 'static,
    ) -> Self {
        Self::answering(move |request| {
            let nothing = Answer {
                status: 200,
                headers: Vec::new(),
                body: Vec::new(),
            };
            let answer = hub.map_or(Some(nothing), |hub| request.pass_to(hub));
            Some(alter(&request.asked(), answer?))
        })
    }

    /// Somebody who answers as they like.
    pub(crate) fn answering(
        conduct: impl Fn(&mut Request) -> Option<Answer> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let over = Arc::new(AtomicBool::new(false));
        let conduct: Arc<Conduct> = Arc::new(conduct);
        let ends = Arc::clone(&over);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let conduct = Arc::clone(&conduct);
                match ends.load(Ordering::SeqCst) {
                    true => return,
                    false => drop(thread::spawn(move || converse(stream, &*conduct))),
                }
            }
        });
        Self { address, over }
    }

    /// Where desks call.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Middleman {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.address));
    }
}

/// What is asked.
pub(crate) struct Request {
    /// `GET`.
    pub(crate) method: String,
    /// `/staff?after=1`.
    pub(crate) path: String,
    pub(crate) headers: Headers,
    body: Vec<u8>,
}

type Headers = Vec<(String, String)>;

impl Request {
    /// `GET /head`.
    pub(crate) fn asked(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// A header, if it is there.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// Something that is asked for out of curiosity.
    pub(crate) fn get(path: &str) -> Self {
        Self {
            method: "GET".to_owned(),
            path: path.to_owned(),
            headers: vec![("Host".to_owned(), "hub".to_owned())],
            body: Vec::new(),
        }
    }

    /// What a hub answers to it.
    pub(crate) fn pass_to(&self, hub: SocketAddr) -> Option<Answer> {
        let mut head = format!("{} HTTP/1.1\r\n", self.asked());
        for (name, value) in &self.headers {
            if !name.eq_ignore_ascii_case("connection") {
                head += &format!("{name}: {value}\r\n");
            }
        }
        head += "Connection: close\r\n\r\n";
        forward(hub, head.as_bytes(), &self.body)
    }
}

/// One request after the other, each on a connection of its own to the hub.
fn converse(stream: TcpStream, conduct: &Conduct) {
    drop(stream.set_nodelay(true));
    let mut writer = stream.try_clone().expect("a stream");
    let mut reader = BufReader::new(stream);
    while let Some(mut request) = read_request(&mut reader) {
        let written = conduct(&mut request).and_then(|answer| write_answer(&mut writer, &answer));
        if written.is_none() {
            return;
        }
    }
}

fn read_request(reader: &mut impl BufRead) -> Option<Request> {
    let (line, headers) = read_head(reader)?;
    let mut body = vec![0; length(&headers)];
    reader.read_exact(&mut body).ok()?;
    let mut words = line.split_whitespace().map(str::to_owned);
    Some(Request {
        method: words.next()?,
        path: words.next()?,
        headers,
        body,
    })
}

fn read_head(reader: &mut impl BufRead) -> Option<(String, Headers)> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            return Some((first.trim_end().to_owned(), headers));
        };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
}

fn header<'a>(headers: &'a Headers, name: &str) -> Option<&'a str> {
    let mut headers = headers.iter();
    let found = headers.find(|(one, _)| one.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

fn length(headers: &Headers) -> usize {
    let length = header(headers, "content-length").and_then(|value| value.parse().ok());
    length.unwrap_or(0)
}

fn forward(hub: SocketAddr, head: &[u8], body: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(hub).ok()?;
    stream.write_all(head).ok()?;
    stream.write_all(body).ok()?;
    let mut reader = BufReader::new(stream);
    let (line, mut headers) = read_head(&mut reader)?;
    let status = line.split_whitespace().nth(1)?.parse().ok()?;
    let chunked = headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("transfer-encoding") && value.eq_ignore_ascii_case("chunked")
    });
    let mut body = Vec::new();
    if chunked {
        body = read_chunks(&mut reader)?;
    } else {
        reader
            .take(length(&headers) as u64)
            .read_to_end(&mut body)
            .ok()?;
    }
    let hops = [
        "connection",
        "content-length",
        "transfer-encoding",
        "keep-alive",
    ];
    headers.retain(|(name, _)| !hops.iter().any(|hop| name.eq_ignore_ascii_case(hop)));
    Some(Answer {
        status,
        headers,
        body,
    })
}

fn read_chunks(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let size = usize::from_str_radix(line.trim(), 16).ok()?;
        let mut chunk = vec![0; size + 2];
        reader.read_exact(&mut chunk).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(&chunk[..size]);
    }
}

fn write_answer(writer: &mut impl Write, answer: &Answer) -> Option<()> {
    let mut head = format!("HTTP/1.1 {} Altered\r\n", answer.status);
    for (name, value) in &answer.headers {
        head += &format!("{name}: {value}\r\n");
    }
    if !matches!(answer.status, 204 | 304) {
        head += &format!("Content-Length: {}\r\n", answer.body.len());
    }
    head += "\r\n";
    writer.write_all(head.as_bytes()).ok()?;
    writer.write_all(&answer.body).ok()?;
    writer.flush().ok()
}
