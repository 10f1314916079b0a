//! The directory on a stick and on a plain file server: what a hub published, without the hub.

use std::path::Path;

use serde_json::{Value, json};

use super::desk::{Desk, hub, meet, stage};
use crate::network::{Answer, Middleman};

#[test]
fn a_bundle_on_a_stick_brings_desks_without_a_network_up_to_date() {
    let Some((stage, mut hub)) = hub() else {
        return;
    };
    let desk = Desk::curator(&hub, &stage, "curator");
    let far = Desk::curator(&hub, &stage, "far away");
    let id = desk.service(&["name=On the stick"]);
    meet(&[&desk]);
    let stick = stage.path().join("stick.bundle");
    let stick = stick.to_str().expect("a path");
    let said = hub.must(&["bundle", stick]);
    assert_eq!(
        said,
        format!("What is published up to 1 stands in {stick}.\n")
    );
    hub.kill();
    // A desk that belongs to the hub, and one that belongs to none and joins for reading.
    far.edit(
        &far.service(&["name=Written far away"]),
        "email=far@example.org",
    );
    let stranger = Desk::alone(stage.path(), "stranger");
    for desk in [&far, &stranger] {
        let said = desk.says(&["bundle", stick]);
        assert!(said.contains("Generated hub"), "{said}");
        assert_eq!(desk.field(&id, "name"), "On the stick");
    }
    assert_eq!(far.json(&["status"])["waiting"], 2);
    assert_eq!(
        far.json(&["status"])["position"],
        desk.json(&["status"])["position"]
    );
    damaged(&far, Path::new(stick), &id);
    hub.serve();
    meet(&[&far, &desk]);
    assert!(
        desk.says(&["search", "written far away"])
            .contains("Written far away")
    );
}

/// A damaged one is told, and the copy stays as it was.
fn damaged(desk: &Desk, stick: &Path, id: &str) {
    let whole = std::fs::read(stick).expect("a bundle");
    let torn = stick.with_file_name("torn.bundle");
    std::fs::write(&torn, &whole[..whole.len() / 2]).expect("written");
    let before = desk.json(&["status"])["position"].clone();
    for wrong in [torn.as_path(), Path::new("no-such.bundle"), &desk.folder] {
        let said = desk.fails(&["bundle", wrong.to_str().expect("a path")], 4);
        let name = wrong
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name");
        assert!(said.contains(name), "{said}");
    }
    assert_eq!(desk.field(id, "name"), "On the stick");
    assert_eq!(desk.json(&["status"])["position"], before);
}

#[test]
fn a_plain_file_server_publishes_a_directory() {
    let Some((stage, hub)) = hub() else { return };
    let desk = Desk::curator(&hub, &stage, "curator");
    let id = desk.service(&["name=In plain files"]);
    meet(&[&desk]);
    let files = stage.path().join("files");
    let folder = files.to_str().expect("a path");
    assert!(
        hub.must(&["publish", folder])
            .contains(&format!("up to 1 stands in {folder}."))
    );
    let server = file_server(&files);
    let address = format!("http://{}", server.address());
    let reader = Desk::alone(stage.path(), "reader");
    assert!(reader.says(&["join", &address]).contains("In step"));
    assert_eq!(reader.field(&id, "name"), "In plain files");
    desk.edit(&id, "name=In plain files, later");
    meet(&[&desk]);
    reader.json(&["sync"]);
    assert_eq!(reader.field(&id, "name"), "In plain files");
    hub.must(&["publish", folder]);
    reader.json(&["sync"]);
    assert_eq!(reader.field(&id, "name"), "In plain files, later");
    // Nobody is paired there, and what is written waits for who runs the hub.
    let said = Desk::alone(stage.path(), "writer").fails(&["join", &address, "ABCD-2345"], 4);
    assert!(
        said.contains("only publishes a directory, and takes no codes"),
        "{said}"
    );
    reader.edit(&id, "email=files@example.org");
    let said = reader.says(&["sync"]);
    assert!(
        said.contains("1 change waiting to be sent") && said.contains("pairing code"),
        "{said}"
    );
    reader.json(&["join", &hub.address, &hub.code("curator", "reader", &[])]);
    meet(&[&reader, &desk]);
    // What was written by somebody without an account is a suggestion.
    assert_eq!(desk.inbox()[0]["from"], "reader");
    // The same folder, read as it lies there.
    let near = Desk::alone(stage.path(), "near");
    near.json(&["join", folder]);
    assert_eq!(near.field(&id, "name"), "In plain files, later");
}

/// A server that knows files and nothing else.
fn file_server(folder: &Path) -> Middleman {
    let folder = folder.to_path_buf();
    Middleman::before(None, move |asked, mut answer| {
        let path = asked.strip_prefix("GET /").unwrap_or("nothing");
        match std::fs::read(folder.join(path)) {
            Ok(bytes) => answer.body = bytes,
            Err(_) => {
                answer = Answer {
                    status: 404,
                    ..Answer::page("<html>Not found</html>")
                }
            }
        }
        answer
    })
}

#[test]
fn a_desk_without_any_hub_says_so_and_works() {
    let Some(stage) = stage() else { return };
    let desk = Desk::alone(stage.path(), "desk");
    let id = desk.service(&["name=Generated on its own"]);
    let said = desk.says(&["status"]);
    assert!(said.contains("Hub         On this computer only"), "{said}");
    assert!(
        desk.fails(&["sync"], 2)
            .contains("join one first, with its address")
    );
    let history = desk.json(&["history", &id]);
    assert_eq!(
        (
            history["lines"].as_array().map(Vec::len),
            &history["hub_said"]
        ),
        (Some(1), &Value::Null)
    );
    assert_eq!(desk.json(&["status"])["waiting"], json!(1));
}
