//! Cancelling, while anything is waited for.

use std::time::Instant;

use super::*;

/// Cancels once the server has been asked for this.
fn cancelled_at(server: &Server, path: &str) -> Duration {
    let spool = tempfile::tempdir().unwrap();
    let patient = Options {
        backoff: Duration::from_secs(3600),
        stall: Duration::from_secs(3600),
        ..options()
    };
    let mut since: Option<Instant> = None;
    let ended = fetch(&server.address, spool.path(), &patient, &mut |_, _| {
        let there = server.times(path) > 0;
        if there && since.is_some() {
            return Err(Stop::Cancelled);
        }
        since = since.or(there.then(Instant::now));
        Ok(())
    });
    assert!(
        matches!(ended, Err(InterchangeError::Cancelled)),
        "{ended:?}"
    );
    since.unwrap().elapsed()
}

#[test]
fn cancelling_is_noticed_whatever_is_waited_for() {
    for reply in [
        || Reply::Silence,
        || Reply::DripForEver,
        || Reply::status(503),
        || Reply::later(429, "500"),
    ] {
        let server = server(3, move |path, _| (path == "/services/s1").then(reply));
        let took = cancelled_at(&server, "/services/s1");
        // Far less than any of the waits, and far more than a busy computer needs.
        assert!(took < Duration::from_secs(60), "{took:?}");
    }
}

#[test]
fn what_the_taker_can_not_take_ends_the_fetch_with_its_error() {
    let server = server(3, |_, _| None);
    let spool = tempfile::tempdir().unwrap();
    let error = || InterchangeError::io(Path::new("copy"), std::io::Error::other("full"));
    let ended = fetch(&server.address, spool.path(), &options(), &mut |done, _| {
        if done > 0 {
            Err(error().into())
        } else {
            Ok(())
        }
    });
    assert!(matches!(ended, Err(InterchangeError::Io { .. })));
}
