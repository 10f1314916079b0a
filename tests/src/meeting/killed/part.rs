//! The part that is killed: this test program, started again for one thing.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::meeting::desk::Desk;
use crate::meeting::hostile::web;
use crate::meeting::hub;
use crate::meeting::plan::{Doing, Post};
use crate::meeting::stand::line_to;

/// Tells the program which part it is.
const PART: &str = "SIGNPOST_PART";
const TEST: &str = "meeting::killed::part::what_is_killed";

/// Runs a desk as a program of its own. True: it came to its end.
pub(super) fn desk(folder: &Path, hub: SocketAddr, how: (&str, Option<&str>)) -> bool {
    let status = start(folder, hub, how).wait();
    status.expect("a child").success()
}

/// Starts a desk as a program of its own: it writes, then joins or syncs.
pub(crate) fn start(folder: &Path, hub: SocketAddr, (point, code): (&str, Option<&str>)) -> Child {
    let part = json!({"folder": folder, "hub": hub, "point": point, "code": code});
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    child
        .args([TEST, "--exact", "--nocapture"])
        .env(PART, part.to_string());
    child.stdout(Stdio::null()).stderr(Stdio::null());
    child.spawn().expect("started")
}

/// Not a test by itself: what another test starts to have it killed.
#[test]
fn what_is_killed() {
    let Some(part) = std::env::var_os(PART) else {
        return;
    };
    let part: Value = serde_json::from_str(&part.to_string_lossy()).expect("a part");
    let text = |name: &str| part[name].as_str().unwrap_or_default().to_owned();
    failpoints::arm(&text("point"));
    let mut desk = Desk::at(text("folder").into(), Post::Curator);
    let now = hub::beginning();
    desk.work(&Doing::Edit(2, vec![(3, 2)]), now);
    desk.work(&Doing::Flag(3), now);
    let address = web(text("hub").parse().expect("an address"));
    let line = line_to(&address);
    let code = part["code"].as_str();
    match code {
        Some(_) => desk
            .join(&*line, &address, code, now)
            .map(drop)
            .expect("joined"),
        None => desk.sync(&*line, now).map(drop).expect("in step"),
    }
}
