//! Lists in every shape, also in shapes that lie.

use serde_json::{Value, json};

use super::*;

fn page_of(path: &str) -> Option<usize> {
    let (path, query) = path.split_once('?')?;
    let page = query.split('&').find_map(|pair| pair.strip_prefix("page="));
    page.filter(|_| path == "/services")?.parse().ok()
}

/// A server whose pages are these, numbered from 1, and which has no documents.
fn pages_only(pages: Vec<Value>, beyond: Value) -> Server {
    Server::start(move |path, _| match page_of(path) {
        Some(number) => Reply::json(pages.get(number.wrapping_sub(1)).unwrap_or(&beyond)),
        None => Reply::status(404),
    })
}

fn plain(ids: &[&str]) -> Value {
    json!({"contents": ids.iter().map(|id| summary(id)).collect::<Vec<_>>()})
}

fn with(mut page: Value, members: Value) -> Value {
    for (name, value) in members.as_object().unwrap() {
        page[name] = value.clone();
    }
    page
}

fn list_of(server: &Server) -> (Vec<String>, usize) {
    let spool = tempfile::tempdir().unwrap();
    let fetched = fetched(server, spool.path()).unwrap();
    let pages = server
        .asked()
        .iter()
        .filter_map(|path| page_of(path))
        .count();
    (ids(&fetched), pages)
}

#[test]
fn a_directory_of_version_3_is_fetched_document_by_document() {
    let server = server(10, |_, _| None);
    let spool = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    let fetched = fetch(
        &server.address,
        spool.path(),
        &options(),
        &mut |done, total| {
            told.push((done, total));
            Ok(())
        },
    );
    let fetched = fetched.unwrap();
    let mut lines = lines(&fetched);
    lines.sort();
    let expected: Vec<_> = numbered(10).iter().map(|id| on_one_line(id)).collect();
    assert_eq!(
        lines, expected,
        "documents as they were sent, to the last digit"
    );
    assert_eq!(
        (fetched.services, fetched.version.as_deref()),
        (10, Some("HSDS-UK-3.0"))
    );
    assert!(fetched.skipped.is_empty());
    assert_eq!(told.last(), Some(&(10, 10)));
    assert!(told.is_sorted(), "{told:?}");
    for id in numbered(10) {
        assert_eq!(server.times(&format!("/services/{id}")), 1);
    }
    assert_eq!(server.asked().len(), 10 + 3 + 1);
    assert_eq!(server.connections(), (1, 1));
    let head = server.first_head().to_lowercase();
    assert!(
        head.contains(&format!(
            "user-agent: signpost/{}",
            env!("CARGO_PKG_VERSION")
        )),
        "{head}"
    );
    assert!(head.contains("accept-encoding: gzip"), "{head}");
}

#[test]
fn a_directory_of_version_1_is_taken_from_its_list() {
    let full = |id: usize| json!({"id": id, "name": "x", "contacts": [{"name": "y"}], "url": null});
    let server = Server::start(move |path, _| {
        let Some(number) = page_of(path) else {
            let id = path
                .strip_prefix("/services/")
                .and_then(|id| id.parse().ok());
            return id.map_or(Reply::status(404), |id| Reply::json(&full(id)));
        };
        let there = (1..=7).skip((number - 1) * 3).take(3);
        Reply::json(&json!({
            "number": number, "size": 3, "totalPages": 3, "totalElements": 7,
            "first": number == 1, "last": number == 3, "content": there.map(full).collect::<Vec<_>>(),
        }))
    });
    let (ids, pages) = list_of(&server);
    assert_eq!(ids, ["1", "2", "3", "4", "5", "6", "7"]);
    assert_eq!(pages, 3);
    // Three documents were looked at to see that they say no more than the list.
    assert_eq!(server.asked().len(), 3 + 3 + 1);
}

#[test]
fn pages_may_begin_at_0() {
    for says_first in [true, false] {
        let server = Server::start(move |path, _| {
            let Some(number) = page_of(path) else {
                return Reply::status(404);
            };
            let there = (0..5).skip(number * 2).take(2);
            let there: Vec<_> = there.map(|id| summary(&format!("s{id}"))).collect();
            let mut page = json!({
                "number": number, "totalPages": 3, "totalElements": 5, "content": there,
            });
            if says_first {
                page = with(page, json!({"first": number == 0, "last": number == 2}));
            }
            Reply::json(&page)
        });
        let (mut ids, _) = list_of(&server);
        ids.sort();
        assert_eq!(ids, numbered(5), "says first: {says_first}");
    }
}

#[test]
fn a_list_without_any_paging_ends_when_nothing_new_comes() {
    let server = Server::start(|path, _| match path {
        _ if path.starts_with("/services?") => Reply::json(&json!([summary("a"), summary("b")])),
        _ => Reply::status(404),
    });
    assert_eq!(list_of(&server), (vec!["a".to_owned(), "b".to_owned()], 2));
}

#[test]
fn a_list_that_never_ends_is_left() {
    let same = with(
        plain(&["a"]),
        json!({"last_page": false, "total_pages": 1_000_000}),
    );
    let server = pages_only(vec![], same);
    assert_eq!(list_of(&server), (vec!["a".to_owned()], 4));
}

#[test]
fn wrong_numbers_of_pages_lose_nothing() {
    let said = |pages: u64| json!({"total_items": 3, "total_pages": pages});
    for pages in [1, 2, 50, u64::MAX] {
        let there = [&["a"][..], &["b"], &["c"]];
        let there = there
            .iter()
            .map(|ids| with(plain(ids), said(pages)))
            .collect();
        let server = pages_only(there, with(plain(&[]), said(pages)));
        assert_eq!(list_of(&server).0, ["a", "b", "c"], "{pages} pages");
    }
}

#[test]
fn a_service_on_two_pages_is_taken_once_and_an_empty_page_passed_over() {
    let more = json!({"total_items": 4, "last_page": false});
    let pages = vec![
        with(plain(&["a", "b", "a"]), more.clone()),
        with(plain(&["a", "b"]), more.clone()),
        with(plain(&[]), more),
        with(
            plain(&["b", "c", "d"]),
            json!({"total_items": 4, "last_page": true}),
        ),
    ];
    let server = pages_only(pages, plain(&["never"]));
    assert_eq!(
        list_of(&server),
        (["a", "b", "c", "d"].map(str::to_owned).to_vec(), 4)
    );
}

#[test]
fn fewer_services_than_were_said_end_with_the_pages() {
    let said = |last| json!({"total_items": 9, "total_pages": 2, "last_page": last});
    let pages = [
        with(plain(&["a"]), said(false)),
        with(plain(&["b"]), said(true)),
    ];
    let server = Server::start(move |path, _| match page_of(path) {
        Some(number @ 1..=2) => Reply::json(&pages[number - 1]),
        _ => Reply::status(404),
    });
    let spool = tempfile::tempdir().unwrap();
    let fetched = fetched(&server, spool.path()).unwrap();
    assert_eq!(ids(&fetched), ["a", "b"]);
    assert_eq!(fetched.said, Some(9), "so that somebody can be told");
    // One page beyond, and page 0.
    assert!(
        server
            .asked()
            .iter()
            .filter(|path| page_of(path).is_some())
            .count()
            <= 4
    );
}

#[test]
fn an_empty_directory_is_no_fault() {
    let server = server(0, |_, _| None);
    let (ids, pages) = list_of(&server);
    assert!(ids.is_empty() && pages == 1);
}

#[test]
fn entries_without_identifier_are_told() {
    let page = json!({"contents": [summary("a"), {"name": "nobody"}, 7], "last_page": true});
    let server = pages_only(vec![page], plain(&[]));
    let spool = tempfile::tempdir().unwrap();
    let fetched = fetched(&server, spool.path()).unwrap();
    assert_eq!(ids(&fetched), ["a"]);
    let told: Vec<_> = fetched.skipped.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(told, ["page 1, entry 2", "page 1, entry 3"]);
}

#[test]
fn a_server_that_fixes_the_size_of_its_pages_is_asked_without() {
    let server = server(6, |path, _| {
        path.contains("per_page").then(|| Reply::status(400))
    });
    let spool = tempfile::tempdir().unwrap();
    assert_eq!(fetched(&server, spool.path()).unwrap().services, 6);
    assert_eq!(
        server
            .asked()
            .iter()
            .filter(|path| path.contains("per_page"))
            .count(),
        1
    );
}

#[test]
fn the_query_of_the_address_goes_with_every_request() {
    let server = Server::start(|path, _| {
        assert!(path.contains("key=x%20y"), "{path}");
        usual(
            &path.replace("key=x%20y&", "").replace("?key=x%20y", ""),
            &numbered(3),
        )
    });
    let spool = tempfile::tempdir().unwrap();
    let address = format!("{}/services/?key=x%20y&page=2", server.address);
    let fetched = fetch(&address, spool.path(), &options(), &mut |_, _| Ok(())).unwrap();
    assert_eq!(fetched.services, 3);
}
