//! Several hubs on one database, as processes of their own; one of them is killed.

#![cfg(test)]

#[expect(dead_code, reason = "measurements use the rest")]
#[path = "cluster/process.rs"]
mod process;
#[expect(dead_code, reason = "other tests use the rest")]
#[path = "cluster/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use process::{Device, Hub, Serving};
use server::Cluster;

const PROGRAM: &str = env!("CARGO_BIN_EXE_signpost-hub");
const PUSHES: u64 = 12;
const SIZE: u64 = 10;

/// Pushes, to another hub where one does not answer.
fn push(device: &mut Device, addresses: &[String], first: usize) {
    let mut at = first;
    while device.last < PUSHES * SIZE {
        if device
            .push(&addresses[at % addresses.len()], SIZE)
            .is_none()
        {
            at += 1;
        }
    }
}

/// The heads that a hub shows, until it is told to stop: sequences only grow, and a sequence has one
/// root wherever it is shown.
fn watch(hub: &Serving, stop: &AtomicBool) -> BTreeMap<u64, String> {
    let mut seen = BTreeMap::new();
    let mut latest = 0;
    while !stop.load(Ordering::SeqCst) {
        let head = hub.head();
        let sequence = head["sequence"].as_u64().unwrap();
        assert!(sequence >= latest, "{sequence} after {latest}");
        latest = sequence;
        let root = head["root"].as_str().unwrap().to_owned();
        let known = seen.insert(sequence, root.clone());
        assert!(
            known.is_none_or(|known| known == root),
            "two roots at {sequence}"
        );
    }
    seen
}

#[test]
fn three_processes_serve_one_head_and_one_that_is_killed_takes_nothing_with_it() {
    let Some(cluster) = Cluster::start(&["fsync = off"]) else {
        return;
    };
    let address = cluster.address(&cluster.make_database());
    let hub = Hub::make(Path::new(PROGRAM), &["--database", &address]);
    let mut hubs: Vec<Serving> = (0..3).map(|_| hub.serve()).collect();
    let addresses: Vec<String> = hubs.iter().map(|hub| hub.address.clone()).collect();
    let names = (0..6).map(|n| format!("writer {n}"));
    let mut devices: Vec<Device> = names.map(|name| hub.join(&hubs[0], &name)).collect();
    let mut killed = hubs.remove(0);
    let stop = AtomicBool::new(false);
    let seen = std::thread::scope(|scope| {
        let watching: Vec<_> = hubs
            .iter()
            .map(|hub| scope.spawn(|| watch(hub, &stop)))
            .collect();
        let pushing: Vec<_> = devices
            .iter_mut()
            .enumerate()
            .map(|(n, device)| {
                scope.spawn({
                    let addresses = &addresses;
                    move || push(device, addresses, n)
                })
            })
            .collect();
        while hubs[0].head()["sequence"].as_u64().unwrap() < PUSHES * SIZE {}
        killed.kill();
        for one in pushing {
            one.join().unwrap();
        }
        agree(&hubs, 6 * PUSHES * SIZE);
        stop.store(true, Ordering::SeqCst);
        watching
            .into_iter()
            .map(|one| one.join().unwrap())
            .collect::<Vec<_>>()
    });
    // What two of them showed at one sequence was the same.
    for (sequence, root) in &seen[0] {
        assert!(
            seen[1].get(sequence).is_none_or(|other| other == root),
            "at {sequence}"
        );
    }
    let last = &devices[5];
    for sequence in 1..=last.last {
        let path = format!("/services/{}", last.record(sequence));
        assert_eq!(hubs[1].get(&path)["name"], format!("Generated {sequence}"));
    }
}

/// Waits until all show everything, by their API too.
fn agree(hubs: &[Serving], all: u64) {
    let long = Instant::now() + Duration::from_secs(60);
    for hub in hubs {
        while hub.head()["sequence"] != all || hub.get("/services")["total_items"] != all {
            assert!(Instant::now() < long, "{} of {all}", hub.head());
        }
    }
}
