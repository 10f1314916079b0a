//! A hub in a PostgreSQL database: the same to whoever runs it, and more than one process at once.

use super::desk::{Desk, Ran, meet, stage, until};
use super::serving::json;
use crate::meeting::Log;
use crate::served::Hub;

#[test]
fn two_processes_on_one_database_are_one_hub() {
    let Some(stage) = stage() else { return };
    if !Log::Postgres.is_here() {
        return;
    }
    let database = Log::Postgres.database().expect("a database");
    let process = |name: &str| Hub::at(stage.path().join(name), Some(database.address()));
    let (mut first, mut second) = (process("first"), process("second"));
    made(&first, &second);
    first.serve();
    second.serve();
    // Paired by one, joined by the other; each desk at a process of its own.
    let [one, other] = [(&first, &second), (&second, &first)].map(|(pairs, serves)| {
        let name = serves.folder.file_name().and_then(|name| name.to_str());
        let name = format!("desk of {}", name.expect("a name"));
        let desk = Desk::alone(stage.path(), &name);
        desk.json(&["join", &serves.address, &pairs.code("curator", &name, &[])]);
        desk
    });
    let id = one.service(&["name=Generated reading group"]);
    meet(&[&one, &other]);
    one.edit(&id, "name=Reading, says one");
    other.edit(&id, "name=Reading, says other");
    meet(&[&one, &other, &one]);
    assert_eq!(other.inbox().len(), 1);
    assert_eq!(other.field(&id, "name"), one.field(&id, "name"));
    for hub in [&first, &second] {
        let name = one.field(&id, "name");
        until(|| json(hub, &format!("/services/{id}"))["name"] == name);
    }
    // One goes away in the middle; who was at it goes to the other.
    first.kill();
    other.edit(&id, "email=reading@example.org");
    let address = second.address.clone();
    other.json(&["join", &address]);
    meet(&[&one, &other]);
    assert_eq!(one.field(&id, "email"), "reading@example.org");
    let file = stage.path().join("backup.sqlite3");
    let ran = Ran::of(&mut second.command(&["backup", file.to_str().expect("a path")]));
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("pg_basebackup"), "{}", ran.err);
    assert_eq!(second.stop(), Some(0));
}

/// Made by one of them; the other finds it there.
fn made(first: &Hub, second: &Hub) {
    let ran = Ran::of(&mut first.command(&["pair", "--name", "Ann"]));
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
    assert!(
        ran.err.contains("There is no hub in the database."),
        "{}",
        ran.err
    );
    let said = first.must(&["init", "--name", "Generated hub"]);
    assert_eq!(
        said,
        "“Generated hub” is made in the database, with 0 records.\n"
    );
    let ran = Ran::of(&mut second.command(&["init"]));
    assert_eq!(ran.code, 2, "{}", ran.err);
}
