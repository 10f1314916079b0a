//! `kill -9` at random moments of the programs themselves, while they send, fetch and write.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::desk::{Desk, hub, lines, meet};

/// Kills with the other tests; `SIGNPOST_KILLS=500` for more.
const FEW: u64 = 10;
/// Nothing that a desk does here takes longer, killed or not.
const LONGEST: u64 = 400;

fn kills() -> u64 {
    let more = std::env::var_os("SIGNPOST_KILLS");
    more.and_then(|text| text.to_str()?.parse().ok())
        .unwrap_or(FEW)
}

/// Kills a program after so many milliseconds. False: it had ended by then.
fn killed(mut child: Child, moment: u64) -> bool {
    let began = Instant::now();
    while began.elapsed() < Duration::from_millis(moment) {
        if child.try_wait().expect("a child").is_some() {
            return false;
        }
        std::thread::park_timeout(Duration::from_millis(1));
    }
    child.kill().expect("killed");
    !child.wait().expect("ended").success()
}

/// Numbers that look like chance, the same at every run.
fn chance(round: u64, of: u64) -> u64 {
    let mixed = (round + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed >> 33) % of
}

#[test]
fn programs_that_are_killed_lose_nothing_and_double_nothing() {
    let Some((stage, mut hub)) = hub() else {
        return;
    };
    let desk = Desk::curator(&hub, &stage, "desk");
    let witness = Desk::curator(&hub, &stage, "witness");
    let id = desk.service(&["name=Generated garden"]);
    meet(&[&desk]);
    let (mut in_mid_sync, mut accepted) = (0, Vec::new());
    for round in 0..kills() {
        // What was answered was accepted; what was killed was accepted wholly or not at all.
        desk.json(&["flag", &id, &format!("flag {round}")]);
        let set = format!("description=round {round}");
        let mut writing = desk.command(&["edit", &id, "--set", &set]);
        let writing = quiet(&mut writing);
        if !killed(writing, chance(round * 2, LONGEST)) {
            accepted.push(set);
        }
        let mut syncing = desk.command(&["sync"]);
        let syncing = quiet(&mut syncing);
        let moment = chance(round * 2 + 1, LONGEST);
        if round % 3 == 2 {
            std::thread::park_timeout(Duration::from_millis(moment));
            hub.kill();
            drop(syncing.wait_with_output());
            hub.serve();
        } else {
            in_mid_sync += u32::from(killed(syncing, moment));
        }
    }
    println!(
        "{in_mid_sync} killed in mid-sync, {} edits accepted",
        accepted.len()
    );
    desk.edit(&id, "description=the last round");
    meet(&[&desk, &witness]);
    settled(&[&desk, &witness], &id, &accepted);
}

fn quiet(command: &mut std::process::Command) -> Child {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("started")
}

/// Without anybody's help everything is there, once.
fn settled(desks: &[&Desk], id: &str, accepted: &[String]) {
    for desk in desks {
        assert_eq!(desk.field(id, "description"), "the last round");
        let inbox = desk.inbox();
        let mut flags: Vec<String> = inbox
            .iter()
            .map(|line| line["said"].as_str().expect("words").to_owned())
            .collect();
        flags.sort();
        let mut all: Vec<String> = (0..kills()).map(|round| format!("flag {round}")).collect();
        all.sort();
        assert_eq!(flags, all);
        let history = desk.json(&["history", id]);
        let new = |line: &Value| Some(line["changes"][0]["new"].as_str()?.to_owned());
        let values: Vec<String> = lines(&history).iter().filter_map(new).collect();
        for set in accepted {
            let value = set.strip_prefix("description=").expect("a field");
            let times = values.iter().filter(|it| *it == value).count();
            assert_eq!(times, 1, "{value}: {values:?}");
        }
    }
    let open = desks[0].states().into_iter();
    let open = open.filter(|state| state == "waiting" || state == "sent");
    assert_eq!(open.count(), 0);
}
