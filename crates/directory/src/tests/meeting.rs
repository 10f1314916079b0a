//! Joining, leaving, loading a bundle, the light. The hub is a made-up one, in files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use domain::{Account, RecordId, Role, Service};
use serde_json::value::to_raw_value;
use wire::{Digests, Hash, Head, HubInfo, Line, LineBody, Manifest, PackRef, Signer};

use super::editing::phone;
use super::{Desk, NOW, desk, request, search};
use crate::{Code, Heard, LightState, OutboxState, SyncView};

const JOB: &str = "test";

/// Writes what a hub with one entry publishes.
fn published(folder: &Path) {
    let service = Service::named(RecordId::named("quokka"), "Quokka Choir");
    let body = to_raw_value(&service).unwrap();
    let digest = wire::digest::of("service", &service.id, 1, body.get());
    let mut digests = Digests::default();
    digests.add(&service.id, digest);
    let line = Line {
        kind: "service".to_owned(),
        id: service.id,
        version: 1,
        at: 1_795_348_800,
        body: Some(LineBody(body)),
    };
    let pack = wire::pack::write(&[line], 3).unwrap().remove(0);
    let root = wire::root::next(wire::root::first(RecordId::named("hub"), 1), &[pack.hash]);
    let manifest = Manifest {
        epoch: 1,
        sequence: 1,
        snapshot_sequence: 1,
        snapshot: vec![PackRef {
            hash: pack.hash,
            size: pack.bytes.len() as u64,
            from_bucket: pack.from_bucket,
            to_bucket: pack.to_bucket,
        }],
        segments: Vec::new(),
        roots: vec![(1, root)],
        digests: digests.to_hex(),
        counts: BTreeMap::from([("service".to_owned(), 1)]),
    };
    let manifest = serde_json::to_vec(&manifest).unwrap();
    let hash = Hash::of(&manifest);
    for (path, bytes) in [
        (format!("packs/{}", pack.hash), pack.bytes),
        (format!("manifests/{hash}"), manifest),
        ("head".to_owned(), head(root, hash)),
        ("hub".to_owned(), info()),
    ] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

fn signer() -> Signer {
    Signer::from_secret(&[1; 32])
}

fn head(root: Hash, manifest: Hash) -> Vec<u8> {
    let head = Head {
        protocol: wire::PROTOCOL,
        min_reader: wire::PROTOCOL,
        hub: RecordId::named("hub"),
        epoch: 1,
        sequence: 1,
        root,
        manifest,
        made_at: "2026-11-22T10:00:00Z".to_owned(),
        keys: vec![signer().public()],
        expires_at: "2099-01-01T00:00:00Z".to_owned(),
    };
    serde_json::to_vec(&head.sign(&[signer()]).unwrap()).unwrap()
}

fn info() -> Vec<u8> {
    let info = HubInfo {
        hub: RecordId::named("hub"),
        name: "A generated hub".to_owned(),
        protocol: wire::PROTOCOL,
        min_reader: wire::PROTOCOL,
        keys: vec![signer().public()],
    };
    serde_json::to_vec(&info).unwrap()
}

fn load(desk: &Desk) -> SyncView {
    let folder = desk.folder.path().join("stick");
    published(&folder);
    desk.directory.load_bundle(JOB, folder, &|| NOW).unwrap()
}

#[test]
fn a_desk_without_a_hub_is_alone_and_says_so() {
    let desk = desk();
    let view = desk.directory.sync_view(NOW).unwrap();
    assert_eq!(
        (view.light.state, view.hub, view.role),
        (LightState::Alone, None, None)
    );
    let error = desk.directory.sync_now(JOB, &|| NOW).unwrap_err();
    assert_eq!(error.code(), Code::NotJoined);
    assert!(
        error
            .to_string()
            .starts_with("This directory belongs to no hub yet")
    );
    assert_eq!(
        desk.directory.leave(&|| NOW).unwrap_err().code(),
        Code::NotJoined
    );
}

#[test]
fn what_can_not_be_reached_is_not_joined() {
    let desk = desk();
    // Nothing listens there: a port that was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let join = |address: &str, code: Option<&str>| {
        desk.directory
            .join(JOB, (address, code), "Desk 1", &|| NOW)
            .unwrap_err()
    };
    let error = join(&address, None);
    assert!(error.is_hub_out_of_reach(), "{error}");
    assert_eq!(error.code(), Code::Network);
    assert_eq!(join("not an address", None).code(), Code::Invalid);
    assert!(desk.directory.store().membership().unwrap().is_none());
}

#[test]
fn a_bundle_is_loaded_found_and_left_again() {
    let desk = desk();
    let view = load(&desk);
    assert_eq!(
        (view.hub.as_deref(), view.sequence, view.epoch),
        (Some("A generated hub"), Some(1), Some(1))
    );
    assert_eq!(view.problem, None);
    let found = search(&desk.directory, &request("quokka"));
    assert_eq!(found.hits[0].name, "Quokka Choir");
    let facts = desk.directory.sync_facts().unwrap();
    assert_eq!(facts.position.unwrap().root.len(), 64);
    assert_eq!((facts.role, facts.waiting, facts.problem), (None, 0, None));

    let view = desk.directory.leave(&|| NOW).unwrap();
    assert_eq!((view.light.state, view.sequence), (LightState::Alone, None));
    assert_eq!(search(&desk.directory, &request("quokka")).hits.len(), 1);
    let nowhere = desk.folder.path().join("absent");
    let error = desk.directory.load_bundle(JOB, nowhere, &|| NOW);
    assert_eq!(error.unwrap_err().code(), Code::BadFile);
}

#[test]
fn who_only_reads_suggests_and_it_waits() {
    let desk = desk();
    load(&desk);
    let id = RecordId::named("quokka").to_string();
    desk.edit(&id, |form| form.phones.push(phone("0161 496 0001")));
    assert_eq!(desk.number(&id), None);
    assert_eq!(desk.states(), [OutboxState::Waiting]);
    let light = desk.directory.sync_light(NOW).unwrap();
    assert_eq!((light.state, light.waiting), (LightState::Waiting, 1));
}

#[test]
fn history_goes_on_without_the_hub() {
    let desk = desk();
    load(&desk);
    let mut membership = desk.directory.store().membership().unwrap().unwrap();
    membership.device = Some(RecordId::named("device"));
    membership.address = "http://127.0.0.1:9".to_owned();
    membership.account = Some(Account {
        name: "Generated CVS".to_owned(),
        role: Role::Administrator,
        boroughs: Vec::new(),
    });
    desk.directory
        .indexer
        .transact(store::Op::Join(Box::new(membership)))
        .unwrap();
    let id = RecordId::named("quokka").to_string();
    desk.edit(&id, |form| form.phones.push(phone("0161 496 0001")));
    let history = desk
        .directory
        .history(crate::Kind::Service, &id, NOW)
        .unwrap();
    assert_eq!(history.lines[0].what, "Changed telephone");
    assert_eq!(history.lines[0].by.as_deref(), Some("Generated CVS"));
    assert!(history.hub_said.unwrap().contains("can't be reached"));
}

#[test]
fn in_the_background_the_light_is_told_and_it_ends_when_dropped() {
    let Desk { directory, folder } = desk();
    let directory = Arc::new(directory);
    let (tell, told) = mpsc::channel();
    let heard = move |heard: Heard| tell.send(heard).unwrap_or_default();
    let in_step = directory.keep_in_step(Box::new(|| NOW), heard).unwrap();
    let first = told.recv_timeout(Duration::from_secs(20)).unwrap();
    assert!(matches!(first, Heard::Light(light) if light.state == LightState::Alone));
    let stick = folder.path().join("stick");
    published(&stick);
    let address = stick.display().to_string();
    directory.join(JOB, (&address, None), "", &|| NOW).unwrap();
    let in_step_at_last = std::iter::from_fn(|| told.recv_timeout(Duration::from_secs(20)).ok())
        .any(|heard| matches!(heard, Heard::Light(light) if light.state == LightState::InStep));
    assert!(in_step_at_last);
    drop(in_step);
    assert!(
        told.iter()
            .all(|heard| matches!(heard, Heard::Light(_) | Heard::Rows)),
        "nobody tells any more"
    );
}
