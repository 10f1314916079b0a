//! A played hub behind HTTP, and a proxy that cuts.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use super::played::Played;
use crate::{AskHead, AskStaff, Hub, HubFault, Published, Token};

/// Something that listens until it is dropped.
pub(super) struct Listening {
    pub(super) address: String,
    over: Arc<AtomicBool>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(&self.address));
    }
}

fn listen(each: impl Fn(TcpStream) + Send + Sync + 'static) -> Listening {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let over = Arc::new(AtomicBool::new(false));
    let ended = Arc::clone(&over);
    let each = Arc::new(each);
    thread::spawn(move || {
        let more = |_: &_| !ended.load(Ordering::SeqCst);
        for stream in listener.incoming().take_while(more) {
            let (each, stream) = (Arc::clone(&each), stream.unwrap());
            stream.set_nodelay(true).unwrap();
            thread::spawn(move || each(stream));
        }
    });
    Listening { address, over }
}

/// Says these very bytes to every request.
pub(super) fn saying(bytes: Vec<u8>) -> Listening {
    listen(move |mut stream| {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while request(&mut reader).is_some() {
            if stream.write_all(&bytes).is_err() {
                break;
            }
        }
    })
}

/// The hub behind HTTP.
pub(super) fn serve(hub: Arc<Played>) -> Listening {
    listen(move |mut stream| {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while let Some((head, body)) = request(&mut reader) {
            let answer = answer(&hub, &head, &body);
            if stream.write_all(&answer).is_err() {
                break;
            }
        }
    })
}

/// Counts what goes through, in both directions together.
pub(super) fn tap(upstream: &str) -> (Listening, Arc<AtomicU64>) {
    let counted = Arc::new(AtomicU64::new(u64::MAX));
    (between(upstream, &counted), counted)
}

/// Lets so many bytes through, in both directions together; then every connection ends.
pub(super) fn cut(upstream: &str, bytes: u64) -> Listening {
    between(upstream, &Arc::new(AtomicU64::new(bytes)))
}

/// Passes on what comes, as long as any of these bytes are left.
fn between(upstream: &str, left: &Arc<AtomicU64>) -> Listening {
    let (upstream, left) = (upstream.to_owned(), Arc::clone(left));
    listen(move |down| {
        let up = TcpStream::connect(&upstream).unwrap();
        up.set_nodelay(true).unwrap();
        let (from, to) = (down.try_clone().unwrap(), up.try_clone().unwrap());
        let budget = Arc::clone(&left);
        let forth = thread::spawn(move || pass(from, to, &budget));
        pass(up, down, &left);
        forth.join().unwrap();
    })
}

fn pass(mut from: TcpStream, mut to: TcpStream, left: &AtomicU64) {
    let mut piece = [0; 4_096];
    while let Ok(read @ 1..) = from.read(&mut piece) {
        let take = |left: u64| Some(left.saturating_sub(read as u64));
        let before = left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, take)
            .unwrap();
        let through = usize::try_from(before).unwrap().min(read);
        if to.write_all(&piece[..through]).is_err() || through < read {
            break;
        }
    }
    // Whoever is on either side sees the end.
    let _gone = from.shutdown(Shutdown::Both);
    let _gone = to.shutdown(Shutdown::Both);
}

fn request(reader: &mut BufReader<TcpStream>) -> Option<(String, Vec<u8>)> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let mut body = vec![0; header(&head, "content-length").map_or(0, |it| it.parse().unwrap())];
    reader.read_exact(&mut body).ok()?;
    Some((head, body))
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn answer(hub: &Played, head: &str, body: &[u8]) -> Vec<u8> {
    let path = head.split(' ').nth(1).unwrap();
    let (status, tag, body) = match answered(hub, path, head, body) {
        Ok(answer) => answer,
        Err(HubFault::Denied(_)) => {
            let said = br#"{"code":"not_paired","message":"This device was signed off."}"#;
            (401, String::new(), said.to_vec())
        }
        Err(HubFault::Refused { code, message }) => {
            let said = serde_json::json!({"code": code, "message": message});
            (400, String::new(), written(&said))
        }
        Err(_) => (404, String::new(), b"{}".to_vec()),
    };
    let tag = format!("etag: {tag}\r\n");
    let length = match status {
        204 | 304 => String::new(),
        _ => format!("content-length: {}\r\n", body.len()),
    };
    let mut bytes = format!("HTTP/1.1 {status} So\r\n{tag}{length}\r\n").into_bytes();
    bytes.extend(body);
    bytes
}

/// Status, tag and body.
type Answer = (u16, String, Vec<u8>);

fn answered(hub: &Played, path: &str, head: &str, body: &[u8]) -> Result<Answer, HubFault> {
    let whole = |value| (200, String::new(), value);
    let what = match path.split_at(path.rfind('/').map_or(0, |at| at + 1)) {
        ("/", "head") => return head_of(hub, header(head, "if-none-match")),
        ("/", "hub") => Published::Info,
        ("/packs/", hash) => Published::Pack(parsed(hash)),
        ("/manifests/", hash) => Published::Manifest(parsed(hash)),
        ("/", "pair") => return hub.pair(&read(body)).map(|it| whole(written(&it))),
        ("/", "operations") => {
            let packed = header(head, "content-encoding").is_some();
            let json = packed.then(|| wire::push::unpack(body).unwrap());
            let answer = hub.push(&token(head), &read(json.as_deref().unwrap_or(body)));
            return answer.map(|it| whole(written(&it)));
        }
        (_, staff) => {
            let value = |name: &str| {
                let pairs = staff
                    .split(['?', '&'])
                    .filter_map(|pair| pair.split_once('='));
                pairs
                    .into_iter()
                    .find_map(|(key, value)| (key == name).then_some(value))
            };
            let ask = AskStaff {
                after: parsed(value("after").unwrap()),
                head: value("head"),
            };
            let page = hub.staff(&token(head), &ask)?;
            let page = page.map(|page| whole(written(&page)));
            return Ok(page.unwrap_or((204, String::new(), Vec::new())));
        }
    };
    hub.published(what).map(whole)
}

fn head_of(hub: &Played, known: Option<&str>) -> Result<Answer, HubFault> {
    let newest = false;
    let same = (304, known.unwrap_or_default().to_owned(), Vec::new());
    let head = hub.head(&AskHead { known, newest })?;
    Ok(head.map_or(same, |it| (200, it.tag.unwrap_or_default(), it.bytes)))
}

fn token(head: &str) -> Token {
    let bearer = header(head, "authorization").unwrap();
    let (device, key) = bearer
        .strip_prefix("Bearer ")
        .unwrap()
        .split_once('.')
        .unwrap();
    Token::new(parsed(device), *parsed::<wire::Hash>(key).as_bytes())
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> T {
    serde_json::from_slice(body).unwrap()
}

fn written<T: serde::Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}
