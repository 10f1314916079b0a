//! Servers that are busy, broken, elsewhere or not servers of services at all.

use std::io::{Read, Write};

use super::*;

fn failed(server: &Server) -> String {
    let spool = tempfile::tempdir().unwrap();
    fetched(server, spool.path()).unwrap_err().to_string()
}

#[test]
fn a_server_that_is_busy_is_asked_again() {
    let server = server(3, |path, nth| match (path, nth) {
        ("/services?page=1&per_page=100", 0 | 1) => Some(Reply::status(503)),
        ("/services/s1", 0) => Some(Reply::later(429, "0")),
        ("/services/s2", 0) => Some(Reply::Cut(document("s2"))),
        ("/services/s0", 0) => Some(Reply::Drip(document("s0"))),
        _ => None,
    });
    let spool = tempfile::tempdir().unwrap();
    let fetched = fetched(&server, spool.path()).unwrap();
    assert_eq!(fetched.services, 3);
    assert!(fetched.skipped.is_empty());
    for (path, times) in [
        ("/services?page=1&per_page=100", 3),
        ("/services/s0", 1),
        ("/services/s1", 2),
        ("/services/s2", 2),
    ] {
        assert_eq!(server.times(path), times, "{path}");
    }
}

#[test]
fn packed_answers_are_unpacked() {
    let server = server(3, |path, _| {
        let id = path.strip_prefix("/services/")?;
        Some(Reply::zipped(&document(id)))
    });
    let spool = tempfile::tempdir().unwrap();
    let fetched = fetched(&server, spool.path()).unwrap();
    let mut lines = lines(&fetched);
    lines.sort();
    let expected: Vec<_> = numbered(3).iter().map(|id| on_one_line(id)).collect();
    assert_eq!(lines, expected);
}

#[test]
fn services_that_can_not_be_had_are_skipped_and_told() {
    let server = server(20, |path, _| match path {
        "/services/s0" => Some(Reply::status(500)),
        "/services/s3" => Some(Reply::status(404)),
        "/services/s5" => Some(Reply::text("{'id': 's5'}".to_owned())),
        "/services/s7" => Some(Reply::text(document("s8"))),
        "/services/s9" => Some(Reply::Cut(document("s9"))),
        "/services/s11" => Some(Reply::page("<html>Oh</html>")),
        _ => None,
    });
    let spool = tempfile::tempdir().unwrap();
    let fetched = fetched(&server, spool.path()).unwrap();
    assert_eq!(fetched.services, 14);
    let mut told: Vec<_> = fetched.skipped.iter().map(|(id, _)| id.as_str()).collect();
    told.sort_unstable();
    assert_eq!(told, ["s0", "s11", "s3", "s5", "s7", "s9"]);
    let why = |id| &fetched.skipped.iter().find(|(it, _)| it == id).unwrap().1;
    assert!(why("s3").contains("404") && why("s0").contains("500"));
    assert!(why("s7").contains("s8"), "{}", why("s7"));
    assert_eq!(
        server.times("/services/s3"),
        1,
        "what is gone is not asked for again"
    );
    assert_eq!(server.times("/services/s9"), 5);
}

#[test]
fn a_server_that_breaks_down_ends_the_fetch() {
    let server = server(40, |path, _| {
        let number: u32 = path.strip_prefix("/services/s")?.parse().ok()?;
        (20..39).contains(&number).then(|| Reply::status(500))
    });
    let said = failed(&server);
    assert!(said.contains("500") && said.contains("try later"), "{said}");
    assert_eq!(server.times("/services/s24"), 5);
    assert_eq!(server.times("/services/s25"), 0);
}

#[test]
fn a_web_page_is_told_from_data() {
    let server = Server::start(|_, _| Reply::page("<!DOCTYPE html><title>Welcome</title>"));
    let said = failed(&server);
    assert!(
        said.contains("a web page, not") && said.contains("sign in"),
        "{said}"
    );
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn other_data_is_told_from_services() {
    let other = Server::start(|_, _| Reply::text(r#"{"hello": "world"}"#.to_owned()));
    assert!(failed(&other).contains("not with a list of services"));
    let none = Server::start(|_, _| Reply::status(404));
    assert!(failed(&none).contains("check the address"));
    let closed = Server::start(|_, _| Reply::status(401));
    assert!(failed(&closed).contains("sign in"));
}

#[test]
fn who_does_not_answer_is_given_up() {
    let server = Server::start(|_, _| Reply::Silence);
    let spool = tempfile::tempdir().unwrap();
    let soon = Options {
        stall: Duration::from_millis(20),
        ..options()
    };
    let said = fetch(&server.address, spool.path(), &soon, &mut |_, _| Ok(()));
    assert!(said.unwrap_err().to_string().contains("stopped answering"));
    let nobody = {
        let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", gone.local_addr().unwrap())
    };
    let said = fetch(&nobody, spool.path(), &options(), &mut |_, _| Ok(()));
    assert!(said.unwrap_err().to_string().contains("can't be reached"));
}

#[test]
fn what_should_be_secret_and_is_not_is_refused() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}/", listener.local_addr().unwrap());
    let open = std::thread::spawn(move || {
        for stream in listener.incoming().take(2) {
            let mut stream = stream.unwrap();
            // What is left unread would break the connection off before the answer is heard.
            let _greeting = stream.read(&mut [0; 16 * 1024]).unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n[]").unwrap();
        }
    });
    let spool = tempfile::tempdir().unwrap();
    let said = fetch(&address, spool.path(), &options(), &mut |_, _| Ok(()));
    let said = said.unwrap_err().to_string();
    assert!(said.starts_with("https://127.0.0.1"), "{said}");
    assert!(said.contains("no safe connection"), "{said}");
    open.join().unwrap();
}

#[test]
fn too_long_a_wait_is_not_waited() {
    let server = server(3, |path, _| {
        let one = path == "/services/s1";
        one.then(|| Reply::later(429, "7200"))
    });
    let said = failed(&server);
    assert!(said.contains("120 minutes"), "{said}");
}

#[test]
fn answers_without_end_are_left() {
    let bomb = "[".repeat(33 << 20);
    let server = server(3, move |path, _| match path {
        "/services/s1" => Some(Reply::Endless),
        "/services/s2" => Some(Reply::zipped(&bomb)),
        _ => None,
    });
    let spool = tempfile::tempdir().unwrap();
    let fetched = fetched(&server, spool.path()).unwrap();
    assert_eq!(ids(&fetched), ["s0"]);
    for (id, why) in &fetched.skipped {
        assert!(why.contains("more than the 32 MB"), "{id}: {why}");
    }
}

#[test]
fn redirects_are_followed_once_and_only_on_the_web() {
    let there = server(9, |_, _| None);
    let to = there.address.clone();
    let here = Server::start(move |path, _| Reply::moved(&format!("{to}{path}")));
    let spool = tempfile::tempdir().unwrap();
    assert_eq!(fetched(&here, spool.path()).unwrap().services, 9);
    assert_eq!(
        here.asked().len(),
        1,
        "later requests go where the first was sent"
    );
    for to in [
        "file:///etc/passwd",
        "ftp://example.org/services",
        "/services?page=1&per_page=100",
    ] {
        let astray = Server::start(move |_, _| Reply::moved(to));
        assert!(failed(&astray).contains("sent on"), "{to}");
        assert!(astray.asked().len() <= 12);
    }
}

#[test]
fn nested_without_measure_does_no_harm() {
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    let deep = format!(r#"{{"id": "s1", "x": {deep}}}"#);
    let server = server(3, move |path, _| {
        (path == "/services/s1").then(|| Reply::text(deep.clone()))
    });
    let spool = tempfile::tempdir().unwrap();
    assert_eq!(fetched(&server, spool.path()).unwrap().services, 3);
}
