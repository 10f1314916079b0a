//! What a hub's program does beside serving, cut off at a point: what was there is there, and doing
//! it again does it.

use std::path::{Path, PathBuf};

use domain::{RecordId, Role};
use serde_json::json;
use sync::{Address, Published};
use wire::HubInfo;

use super::part::Other;
use super::party::Party;
use super::whole::{Seen, published};
use crate::meeting::desk::Desk;
use crate::meeting::hub::TestHub;
use crate::meeting::log::{Database, Log};
use crate::meeting::stand::line_to;

/// Does what comes by a point, has it cut off there, and looks. False: it did not come there.
pub(super) fn survives(party: &mut Party, point: &str) -> bool {
    let name = point.replace([':', '#'], " ");
    match point.split(':').next().unwrap_or_default() {
        "init" | "make" => init(party, (point, &name)),
        "import" => import(party, (point, &name)),
        "files" => files(party, (point, &name)),
        "bundle" => bundle(party, (point, &name)),
        "backup" | "copy" => backup(party, (point, &name)),
        "restore" => restore(party, point),
        "account" | "pair" => pair(party, (point, &name)),
        "device" => device(party, (point, &name)),
        other => panic!("what comes by {other}?"),
    }
}

fn beside(party: &Party, name: &str) -> PathBuf {
    party.stand.hub.folder.with_file_name(name)
}

fn cut_off(hub: &TestHub, words: &[&str], point: &str) -> bool {
    Other::doing(hub, words, Some(point)).ends()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

/// A file of two services of one organisation.
fn source(party: &Party, name: &str) -> (PathBuf, [RecordId; 3]) {
    let ids = ["organisation", "one", "other"].map(|of| RecordId::named(&format!("{name} {of}")));
    let [organisation, one, other] = ids;
    let service = |id: RecordId| {
        json!({
            "id": id, "name": format!("Generated {id}"), "status": "active",
            "organization": {"id": organisation, "name": "A generated organisation"},
        })
    };
    let file = beside(party, &format!("{name}.json"));
    let services = json!([service(one), service(other)]);
    std::fs::write(&file, services.to_string()).expect("written");
    (file, ids)
}

/// A hub that was not made to the end is made by making it again; or it serves, and imports the rest.
fn init(party: &Party, (point, name): (&str, &str)) -> bool {
    let (file, ids) = source(party, name);
    let words = ["init", "--from", text(&file)];
    let databases = [party.log.database(), party.log.database()];
    let [database, another] = databases
        .each_ref()
        .map(|it| it.as_ref().map(Database::address));
    let again = TestHub::unmade(beside(party, &format!("{name} made again")), database);
    let killed = cut_off(&again, &words, point);
    let made = again.tell(&words);
    // All but the tidying was done.
    let was_made = point == "init:published";
    assert_eq!(made.is_err(), was_made, "{point}: {made:?}");
    begins_whole(again, ids, point);
    let serves = TestHub::unmade(beside(party, &format!("{name} served")), another);
    assert_eq!(cut_off(&serves, &words, point), killed, "{point}");
    let mut serves = serves;
    serves.serve();
    serves.must(&["import", text(&file)]);
    serves.stop();
    begins_whole(serves, ids, point);
    killed
}

/// A hub serves three records, each of which came once.
fn begins_whole(mut hub: TestHub, ids: [RecordId; 3], point: &str) {
    hub.serve();
    let line = hub.connect();
    let info = line.published(Published::Info).expect("a hub");
    let info: HubInfo = serde_json::from_slice(&info).expect("what it is");
    let mut seen = Seen::default();
    let head = seen.look(&*line, &info.keys).expect("a head");
    assert_eq!(head.sequence, 3, "{point}: each record came once");
    let records = published(&*line, &head, &seen);
    let known: Vec<RecordId> = records.into_keys().map(|(_kind, id)| id).collect();
    assert!(ids.iter().all(|id| known.contains(id)), "{point}");
}

/// An import is done by doing it again, each record once.
fn import(party: &mut Party, (point, name): (&str, &str)) -> bool {
    let (file, ids) = source(party, name);
    let words = ["import", text(&file)];
    let killed = cut_off(&party.stand.hub, &words, point);
    party.write(false);
    party.sync();
    party.stand.hub.must(&words);
    party.waits_for(&ids);
    party.holds(point);
    for ((_kind, id), past) in party.past() {
        assert!(past.len() == 1 || !ids.contains(&id), "{point}: {past:?}");
    }
    killed
}

/// A reader of these files has the same as the administrator, or what that one had before.
fn reads(party: &Party, (from, name): (&Path, &str), now: bool) {
    let mut reader = party.stand.fresh(name);
    let address = Address::read(text(from)).expect("an address");
    let line = line_to(&address);
    // Without an account, which is no error of a reader.
    drop(reader.join(&*line, &address, None, party.stand.hub.now()));
    let stands = |desk: &Desk| desk.store().position().expect("a position");
    let (theirs, here) = (stands(&party.stand.admin), stands(&reader));
    let here = here.expect("it stands somewhere");
    if now {
        let theirs = theirs.expect("it stands somewhere");
        assert_eq!(
            (here.sequence, here.root),
            (theirs.sequence, theirs.root),
            "{name}"
        );
    }
    let digests = reader.store().digests().expect("digests");
    assert_eq!(
        digests,
        reader.store().digests_of_bodies().expect("digests")
    );
    party.stand.forget(reader);
}

/// The files of a folder are whole at every moment.
fn files(party: &mut Party, (point, name): (&str, &str)) -> bool {
    let folder = beside(party, name);
    let words = ["publish", text(&folder)];
    // What the publication before the last one needed is taken away.
    for _ in 0..2 {
        party.stand.hub.must(&words);
        party.write(true);
        party.sync();
        party.holds(point);
    }
    published_to(party, (point, name), (&words, &folder))
}

/// The file is the one before or the new one.
fn bundle(party: &mut Party, (point, name): (&str, &str)) -> bool {
    let file = beside(party, &format!("{name}.zip"));
    let words = ["bundle", text(&file)];
    party.stand.hub.must(&words);
    party.write(false);
    party.sync();
    party.holds(point);
    published_to(party, (point, name), (&words, &file))
}

fn published_to(
    party: &mut Party,
    (point, name): (&str, &str),
    (words, to): (&[&str], &Path),
) -> bool {
    let killed = cut_off(&party.stand.hub, words, point);
    reads(party, (to, &format!("reader of cut {name}")), false);
    party.stand.hub.must(words);
    party.holds(point);
    reads(party, (to, &format!("reader of {name}")), true);
    killed
}

/// The file is the backup before or the new one.
fn backup(party: &mut Party, (point, name): (&str, &str)) -> bool {
    let file = beside(party, name);
    let words = ["backup", text(&file)];
    party.stand.hub.must(&words);
    let before = party.look();
    party.write(false);
    party.sync();
    let killed = cut_off(&party.stand.hub, &words, point);
    restorable(party, (&file, &format!("{name} cut off")), before.sequence);
    party.stand.hub.must(&words);
    let now = party.look().sequence;
    restorable(party, (&file, &format!("{name} again")), now);
    party.holds(point);
    killed
}

/// A hub of this backup serves at least so much.
fn restorable(party: &Party, (file, name): (&Path, &str), least: u64) {
    let mut hub = TestHub::unmade(beside(party, name), None);
    hub.must(&["restore", text(file)]);
    hub.serve();
    let head = party.look_at(&hub);
    assert!(head.sequence >= least, "{name}");
}

/// The hub is what it was, or what the backup says.
fn restore(party: &mut Party, point: &str) -> bool {
    let backup = party.stand.hub.backup();
    party.write(false);
    party.sync();
    party.stand.hub.stop();
    let words: &[&str] = match party.log {
        Log::Sqlite => &["restore", text(backup.file())],
        // What was brought back does not matter.
        Log::Postgres => &["restore"],
    };
    let killed = cut_off(&party.stand.hub, words, point);
    party.stand.hub.serve();
    party.holds(point);
    party.stand.hub.restore(&backup);
    party.holds(point);
    killed
}

/// Whoever got no code gets another one.
fn pair(party: &mut Party, (point, name): (&str, &str)) -> bool {
    let words = ["pair", "--name", name, "--role", "curator"];
    let killed = cut_off(&party.stand.hub, &words, point);
    let code = party.stand.code(Role::Curator, name);
    party.welcomes(name, &code);
    party.holds(point);
    party.bids_farewell();
    killed
}

/// A device that was taken out stays out, whether anybody was told or not.
fn device(party: &mut Party, (point, name): (&str, &str)) -> bool {
    let mut desk = party.stand.desk(name);
    let device = desk.membership().and_then(|it| it.device);
    let device = device.expect("it joined").to_string();
    let words = ["device", "revoke", &device];
    let killed = cut_off(&party.stand.hub, &words, point);
    party.stand.hub.must(&words);
    let line = party.stand.hub.connect();
    let outcome = desk.sync(&*line, party.stand.hub.now()).expect("it reads");
    assert!(desk.needs_a_code(&outcome), "{point}");
    party.holds(point);
    killed
}
