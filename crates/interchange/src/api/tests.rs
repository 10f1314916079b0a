//! Fetching from a small server on this computer. Everything it serves is made up here.

mod cutting;
mod faults;
mod paging;
mod real;
mod resuming;
mod server;

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{Fetched, Options, fetch};
use crate::{InterchangeError, Stop};
use server::{Reply, Server};

/// Without pauses, and for stalls patient enough for a busy computer.
fn options() -> Options {
    Options {
        pause: Duration::ZERO,
        backoff: Duration::ZERO,
        ..Options::new(OffsetDateTime::from_unix_timestamp(1_700_000_000).unwrap())
    }
}

fn fetched(server: &Server, spool: &Path) -> Result<Fetched, InterchangeError> {
    fetch(&server.address, spool, &options(), &mut |_, _| Ok(()))
}

/// Fetches until so many services are done.
fn cancelled_after(server: &Server, spool: &Path, most: u64) -> Result<Fetched, InterchangeError> {
    fetch(&server.address, spool, &options(), &mut |done, _| {
        if done >= most {
            Err(Stop::Cancelled)
        } else {
            Ok(())
        }
    })
}

fn lines(fetched: &Fetched) -> Vec<String> {
    let text = fs::read_to_string(&fetched.file).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'));
    text.lines().map(str::to_owned).collect()
}

fn ids(fetched: &Fetched) -> Vec<String> {
    let lines = lines(fetched);
    assert_eq!(u64::try_from(lines.len()).unwrap(), fetched.services);
    let value = |line: &String| line.parse::<Value>().unwrap()["id"].clone();
    let id = |id: Value| id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    lines.iter().map(value).map(id).collect()
}

/// The identifiers `s0`, `s1`…
fn numbered(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("s{n}")).collect()
}

fn summary(id: &str) -> Value {
    json!({"id": id, "name": format!("Service {id}")})
}

/// As text, laid out over lines, with a number that no computer writes like that.
fn document(id: &str) -> String {
    format!(
        "{{\n  \"id\": \"{id}\",\n  \"name\": \"Service {id}\",\n  \"phones\": [\n    \
         {{ \"number\": \"0161 496 0000\" }}\n  ],\n  \"latitude\": 53.4800\n}}\n"
    )
}

fn on_one_line(id: &str) -> String {
    format!(
        r#"{{"id":"{id}","name":"Service {id}","phones":[{{"number":"0161 496 0000"}}],"latitude":53.4800}}"#
    )
}

/// A page as HSDS 3.0 has it.
fn third(ids: &[String], number: usize, size: usize) -> Value {
    let pages = ids.len().div_ceil(size);
    let first = number.saturating_sub(1) * size;
    let there = ids.iter().skip(first).take(size);
    json!({
        "total_items": ids.len(), "total_pages": pages, "page_number": number, "size": size,
        "first_page": number == 1, "last_page": number >= pages, "empty": false,
        "contents": there.map(|id| summary(id)).collect::<Vec<_>>(),
    })
}

/// A server as HSDS 3.0 has it, but for what `odd` answers.
fn server(
    count: usize,
    odd: impl Fn(&str, usize) -> Option<Reply> + Send + Sync + 'static,
) -> Server {
    Server::start(move |path, nth| odd(path, nth).unwrap_or_else(|| usual(path, &numbered(count))))
}

fn usual(path: &str, ids: &[String]) -> Reply {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    if path == "/" {
        return Reply::json(&json!({"version": "HSDS-UK-3.0", "profile": "https://example.org"}));
    }
    if path == "/services" {
        let page = query.split('&').find_map(|pair| pair.strip_prefix("page="));
        return Reply::json(&third(ids, page.unwrap_or("1").parse().unwrap(), 4));
    }
    let id = path.strip_prefix("/services/").unwrap_or_default();
    if ids.iter().any(|it| it == id) {
        Reply::text(document(id))
    } else {
        Reply::status(404)
    }
}
