//! The same over a real connection.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::desk::Desk;
use super::front::{cut, saying, serve};
use super::played::{Played, Trick, id};
use crate::{
    Address, HttpHub, Hub, HubFault, Live, Network, Round, Stop, SyncError, Why, Worker, connect,
};

fn http(address: &str) -> Box<dyn Hub> {
    let network = Network {
        stall: Duration::from_secs(20),
        ..Network::default()
    };
    connect(&Address::read(address).unwrap(), &network, &Stop::default()).unwrap()
}

#[test]
fn a_desk_joins_reads_and_writes() {
    let hub = Arc::new(Played::with(12));
    let front = serve(Arc::clone(&hub));
    let web = http(&front.address);
    let desk = Desk::new();
    let joined = desk.join(&*web, Some("ABCD-EFGH")).unwrap();
    assert!(!joined.open_to_others);
    joined.first.unwrap();
    desk.rename(id(0, 0), "Mine");
    assert_eq!(desk.sync(&*web).unwrap().applied, 1);
    desk.assert_agrees(&hub);
    hub.play(|_, _| Trick::Pass);
    desk.sync(&*web).unwrap();
    assert_eq!(hub.asked(), ["/staff"]);
    hub.play(|_, _| Trick::Fault(HubFault::Denied(String::new())));
    assert!(matches!(
        desk.sync(&*web),
        Err(SyncError::Hub(HubFault::Denied(_)))
    ));
}

#[test]
fn many_operations_travel_packed_but_plain_to_an_older_hub() {
    for older in [false, true] {
        let hub = Arc::new(Played::with(60));
        let front = serve(Arc::clone(&hub));
        let desk = Desk::at(&hub);
        for n in 0..60_u8 {
            desk.rename(id(n.wrapping_mul(37), n), "Another name");
        }
        let mut first = true;
        hub.play(move |path, _| match path {
            "/operations" if older && std::mem::take(&mut first) => {
                Trick::Fault(HubFault::Refused {
                    code: "bad_request".to_owned(),
                    message: "The push can't be read.".to_owned(),
                })
            }
            _ => Trick::Pass,
        });
        assert_eq!(desk.sync(&*http(&front.address)).unwrap().applied, 60);
        let pushes = hub
            .asked()
            .iter()
            .filter(|path| *path == "/operations")
            .count();
        assert_eq!(pushes, if older { 2 } else { 1 });
        desk.assert_agrees(&hub);
    }
}

/// A hub with news, and a desk with something to say.
fn apart() -> (Arc<Played>, Desk) {
    let hub = Arc::new(Played::with(6));
    let desk = Desk::at(&hub);
    hub.state().put(id(9, 9), Some("New"));
    hub.state().publish();
    desk.rename(id(37, 1), "Mine");
    (hub, desk)
}

/// Cuts the connection of a sync after so many bytes; whether it got through.
fn cut_after(bytes: u64) -> bool {
    let (hub, desk) = apart();
    let front = serve(Arc::clone(&hub));
    let cutting = cut(&front.address, bytes);
    let ended = desk.sync(&*http(&cutting.address));
    if let Err(failed) = &ended {
        assert!(failed.is_no_network(), "{bytes}: {failed}");
    }
    assert_eq!(desk.name(37, 1).as_deref(), Some("Mine"), "{bytes}");
    assert_eq!(desk.name(74, 2).as_deref(), Some("Service 2"), "{bytes}");
    desk.sync(&*http(&front.address)).unwrap();
    desk.assert_agrees(&hub);
    assert_eq!(hub.state().operations.len(), 1, "{bytes}");
    ended.is_ok()
}

#[test]
fn a_connection_that_is_cut_anywhere_loses_nothing() {
    let length = (0..).step_by(61).find(|bytes| cut_after(*bytes)).unwrap();
    assert!(length > 1_500, "a session is longer than {length} bytes");
}

#[test]
#[ignore = "takes minutes: a sync for every byte of one"]
fn a_connection_that_is_cut_at_every_byte_loses_nothing() {
    let mut bytes = 0;
    while !cut_after(bytes) {
        bytes += 1;
    }
}

#[test]
fn whatever_else_answers_is_no_network() {
    let page = "<html>Sign in</html>";
    let with = |head: &str, body: &str| {
        format!(
            "HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let answers = [
        with("200 OK\r\nContent-Type: text/html", page),
        with("302 Found\r\nLocation: http://login.example.net/", ""),
        with("307 Temporary Redirect\r\nLocation: https://127.0.0.1/", ""),
        with("401 Unauthorized\r\nWWW-Authenticate: Basic", page),
        with("403 Forbidden", page),
        with("511 Network Authentication Required", page),
        with("200 OK", "{}"),
        with("200 OK", ""),
        with("304 Not Modified", ""),
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".to_owned() + page,
        "220 mail.example.org ESMTP\r\n".to_owned(),
        with("200 OK", &" ".repeat(100_000)),
    ];
    for answer in answers {
        let (hub, desk) = apart();
        let portal = saying(answer.clone().into_bytes());
        let failed = desk.sync(&*http(&portal.address)).unwrap_err();
        assert!(failed.is_no_network(), "{answer}: {failed}");
        let what = failed.to_string();
        assert!(
            what.contains("not the hub") || failed.code() == "offline",
            "{answer}: {what}"
        );
        assert_eq!(desk.name(37, 1).as_deref(), Some("Mine"));
        desk.sync(&*hub).unwrap();
        desk.assert_agrees(&hub);
    }
}

#[test]
fn a_hub_that_says_nothing_is_left_at_once_when_told() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap().to_string();
    let Address::Web(web) = Address::read(&address).unwrap() else {
        unreachable!()
    };
    let stop = Stop::default();
    let hub = HttpHub::new(web, &Network::default(), stop.clone()).unwrap();
    let (_, desk) = apart();
    let begun = Instant::now();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let (_connection, _) = silent.accept().unwrap();
            stop.say();
            // Held open until the sync is over.
            while begun.elapsed() < Duration::from_secs(1) {
                std::thread::park_timeout(Duration::from_millis(20));
            }
        });
        assert!(matches!(desk.sync(&hub), Err(SyncError::Stopped)));
    });
    assert!(begun.elapsed() < Duration::from_secs(15));
    assert_eq!(desk.unanswered().len(), 1);
}

#[test]
fn nobody_there_is_said_plainly() {
    let (_, desk) = apart();
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = gone.local_addr().unwrap().to_string();
    drop(gone);
    let failed = desk.sync(&*http(&address)).unwrap_err();
    assert!(
        failed.to_string().starts_with("the hub can't be reached"),
        "{failed}"
    );
    let problem = desk.journal().problem.unwrap();
    assert!(problem.asked && problem.no_network);
}

#[test]
fn a_live_event_wakes_the_worker() {
    let events = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: here\n\ndata: 7\n\n";
    let hub = saying(events.as_bytes().to_vec());
    let Address::Web(web) = Address::read(&hub.address).unwrap() else {
        unreachable!()
    };
    let (said, rounds) = std::sync::mpsc::channel();
    let round = move |why| {
        said.send(why).unwrap();
        Round::Idle
    };
    let worker = Worker::start(round, || 0).unwrap();
    assert_eq!(rounds.recv().unwrap(), Why::Timer);
    let live = Live::start(&web, &Network::default(), worker.bell()).unwrap();
    let heard = rounds.recv_timeout(Duration::from_secs(30)).unwrap();
    assert_eq!(heard, Why::Live);
    drop(live);
}
