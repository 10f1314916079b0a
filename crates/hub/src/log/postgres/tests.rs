//! Several processes on one database, and a primary that goes down.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::{Account, RecordId, Role};
use serde_json::json;
use tokio::task::JoinSet;
use wire::Hash;

use super::{PostgresLog, make};
use crate::log::{
    About, AccountRow, Incoming, Log, LogError, NewDevice, Pairing, SigningKey, Versions,
};
use crate::sequencer::Sequencer;
use crate::tests::cluster::Cluster;

const NOW: u64 = 1_795_334_400;

fn about() -> About {
    About {
        hub: RecordId::named("hub"),
        name: "Hub".to_owned(),
        epoch: 1,
        keys: vec![SigningKey([7; 32])],
    }
}

fn sequencer() -> Sequencer {
    Sequencer::new(Arc::new(crate::areas::built_in()))
}

/// A new hub's address on a server.
async fn hub(cluster: &Cluster) -> String {
    let address = cluster.address(&cluster.make_database());
    assert!(make(&address, &about()).await.unwrap());
    assert!(
        !make(&address, &about()).await.unwrap(),
        "it is there already"
    );
    address
}

async fn join(log: &PostgresLog, name: &str) -> RecordId {
    let account = AccountRow {
        id: RecordId::named(name),
        account: Account {
            name: name.to_owned(),
            role: Role::Administrator,
            boroughs: Vec::new(),
        },
        closed: false,
        made_at: NOW,
    };
    log.put_account(account.clone()).await.unwrap();
    let (pairing, code) = Pairing::new(account.id, NOW).unwrap();
    assert!(log.open_pairing(pairing, NOW).await.unwrap());
    let device = NewDevice {
        id: RecordId::named(&format!("device of {name}")),
        name: format!("{name}\0's desk"),
        key_hash: Hash::of(name.as_bytes()),
    };
    let visitor = log
        .pair(code.clone(), device.clone(), NOW)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(visitor.account.account.name, name);
    assert!(
        log.pair(code, device, NOW).await.unwrap().is_none(),
        "a code is used once"
    );
    visitor.device.id
}

fn operation(device: RecordId, sequence: u64, note: &str) -> Incoming {
    let record = RecordId::named(&format!("{device} {sequence}"));
    let name = json!({"field": "name", "new": format!("Generated {sequence} {note}")});
    let same = json!({"field": "id", "new": record.to_string()});
    let body = json!({
        "device": device.to_string(), "sequence": sequence, "at": format!("2026-11-22{note}"),
        "kind": "service", "record": record.to_string(), "base": 0,
        "act": "edit", "changes": [same, name],
    });
    Incoming::new(sequence, &body.to_string(), None)
}

/// Pushes so many batches of a device; the last operation that was acknowledged. Goes on from what
/// the hub says it has, as a desk does.
async fn push(log: Arc<PostgresLog>, device: RecordId, batches: u64, size: u64) -> u64 {
    let mut last = 0;
    while last < batches * size {
        let operations = (last + 1..=last + size)
            .map(|n| operation(device, n, ""))
            .collect();
        match log.take_in(device, operations, NOW).await {
            Ok(taken) => {
                assert_eq!(taken.cloned, None);
                last = taken.last;
            }
            Err(LogError::Busy(_)) => tokio::time::sleep(Duration::from_millis(50)).await,
            Err(error) => panic!("{error}"),
        }
    }
    last
}

/// Decides until it is told to stop and nothing waits.
async fn decide(log: Arc<PostgresLog>, stop: Arc<AtomicBool>) {
    let by = sequencer();
    loop {
        let stops = stop.load(Ordering::SeqCst);
        match log.turn(&by, NOW).await {
            Ok(turned) if turned.decided == 0 && stops => return,
            Ok(turned) if turned.decided > 0 => {}
            Ok(_) | Err(LogError::Busy(_)) => tokio::time::sleep(Duration::from_millis(10)).await,
            Err(error) => panic!("{error}"),
        }
    }
}

/// Reads changes as they come, as a publisher does: every sequence once, none left out.
async fn follow(log: Arc<PostgresLog>, to: u64) {
    let mut seen = 0;
    while seen < to {
        let versions = Versions {
            after: seen,
            to: u64::MAX,
            tombstones: true,
        };
        let at = log.lines(0..=u8::MAX, versions).await.unwrap();
        let mut versions: Vec<u64> = at.lines.iter().map(|line| line.version).collect();
        versions.sort_unstable();
        let expected: Vec<u64> = (seen + 1..=at.sequence).collect();
        assert_eq!(versions, expected, "a gap after {seen}");
        seen = at.sequence;
    }
    assert_eq!(seen, to);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_writers_at_three_processes_leave_no_gap() {
    let Some(cluster) = Cluster::start(&["fsync = off"]) else {
        return;
    };
    let address = hub(&cluster).await;
    let mut logs = Vec::new();
    for _ in 0..3 {
        logs.push(Arc::new(
            PostgresLog::open(&address).await.unwrap().unwrap(),
        ));
    }
    let (writers, batches, size) = (12, 6, 10);
    let stop = Arc::new(AtomicBool::new(false));
    let mut deciding = JoinSet::new();
    for log in &logs {
        deciding.spawn(decide(Arc::clone(log), Arc::clone(&stop)));
    }
    let reader = tokio::spawn(follow(Arc::clone(&logs[1]), writers * batches * size));
    let mut writing = JoinSet::new();
    for writer in 0..writers {
        let log = &logs[usize::try_from(writer).unwrap() % logs.len()];
        let device = join(log, &format!("writer {writer}")).await;
        writing.spawn(push(Arc::clone(log), device, batches, size));
    }
    writing.join_all().await;
    reader.await.unwrap();
    stop.store(true, Ordering::SeqCst);
    deciding.join_all().await;
    let publication = logs[0].publication().await.unwrap();
    assert!(publication.is_none(), "nobody publishes here");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_acknowledged_is_there_after_the_primary_was_lost() {
    let Some(mut primary) = Cluster::start(&["fsync = off"]) else {
        return;
    };
    let name = primary.make_database();
    assert!(make(&primary.address(&name), &about()).await.unwrap());
    let standby = primary.synchronous_standby();
    let log = PostgresLog::open(&primary.address_of_both(&standby, &name))
        .await
        .unwrap()
        .unwrap();
    let log = Arc::new(log);
    let stop = Arc::new(AtomicBool::new(false));
    let deciding = tokio::spawn(decide(Arc::clone(&log), Arc::clone(&stop)));
    let mut writing = JoinSet::new();
    for writer in 0..4 {
        let device = join(&log, &format!("writer {writer}")).await;
        writing.spawn(push_until_lost(Arc::clone(&log), device));
    }
    // Some of it is decided, some waits, some is on its way.
    while sequence(&log).await < 40 {}
    let takes_over = move || {
        primary.kill();
        standby.promote();
        standby
    };
    let _standby = tokio::task::spawn_blocking(takes_over).await.unwrap();
    let acknowledged = writing.join_all().await;
    let many: u64 = acknowledged.iter().map(|(_device, last)| last).sum();
    assert!(many >= 40, "{many} were acknowledged");
    stop.store(true, Ordering::SeqCst);
    deciding.await.unwrap();
    for (device, last) in acknowledged {
        assert_kept(&log, device, last).await;
    }
}

async fn sequence(log: &PostgresLog) -> u64 {
    let versions = Versions {
        after: u64::MAX,
        to: u64::MAX,
        tombstones: false,
    };
    log.lines(0..=0, versions).await.unwrap().sequence
}

/// Pushes one by one until the primary is gone; the last operation that was acknowledged.
async fn push_until_lost(log: Arc<PostgresLog>, device: RecordId) -> (RecordId, u64) {
    let mut last = 0;
    while let Ok(taken) = log
        .take_in(device, vec![operation(device, last + 1, "")], NOW)
        .await
    {
        last = taken.last;
    }
    (device, last)
}

/// What was acknowledged has its verdict; the device goes on from there.
async fn assert_kept(log: &PostgresLog, device: RecordId, last: u64) {
    let verdicts = log.verdicts(device, 1..=last).await.unwrap();
    assert_eq!(
        verdicts.len(),
        usize::try_from(last).unwrap(),
        "of {device}"
    );
    // It sends again what it heard nothing of.
    let operations = (last.max(1)..=last + 3)
        .map(|n| operation(device, n, ""))
        .collect();
    let taken = log.take_in(device, operations, NOW).await.unwrap();
    assert!(taken.cloned.is_none() && taken.last >= last + 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_that_the_database_refuses_do_not_stop_the_hub() {
    let Some(cluster) = Cluster::start(&["fsync = off"]) else {
        return;
    };
    let log = PostgresLog::open(&hub(&cluster).await)
        .await
        .unwrap()
        .unwrap();
    let device = join(&log, "writer").await;
    let operations = vec![operation(device, 1, "\u{0}"), operation(device, 2, "")];
    assert_eq!(log.take_in(device, operations, NOW).await.unwrap().last, 2);
    assert_eq!(log.turn(&sequencer(), NOW).await.unwrap().decided, 2);
    assert_eq!(log.verdicts(device, 1..=2).await.unwrap().len(), 2);
    let again = vec![operation(device, 2, "other")];
    assert!(
        log.take_in(device, again, NOW)
            .await
            .unwrap()
            .cloned
            .is_some()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_hear_of_one_another() {
    let Some(cluster) = Cluster::start(&["fsync = off"]) else {
        return;
    };
    let address = hub(&cluster).await;
    let one = PostgresLog::open(&address).await.unwrap().unwrap();
    let other = PostgresLog::open(&address).await.unwrap().unwrap();
    let device = join(&one, "writer").await;
    let mut news = other.news().decided.listen();
    news.mark_unchanged();
    one.take_in(device, vec![operation(device, 1, "")], NOW)
        .await
        .unwrap();
    one.turn(&sequencer(), NOW).await.unwrap();
    let heard = tokio::time::timeout(Duration::from_secs(20), news.changed()).await;
    heard.expect("within seconds").unwrap();
    // The staff stream begins anew for an account that may see something else, once a change.
    let before = other.cursor().await.unwrap();
    let mut account = other.accounts().await.unwrap().remove(0);
    account.account.role = Role::Contributor;
    one.put_account(account.clone()).await.unwrap();
    assert!(other.cursor().await.unwrap() > before);
    account.id = RecordId::named("another");
    assert!(matches!(
        other.put_account(account).await,
        Err(LogError::NameTaken)
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_cannot_be_used_is_told_without_its_password() {
    let Err(error) = PostgresLog::open("postgres://me:secret@host:port/x").await else {
        panic!("opened");
    };
    assert!(!error.to_string().contains("secret"), "{error}");
    let folder = tempfile::tempdir().unwrap();
    let nobody = folder.path().display().to_string().replace('/', "%2F");
    let Err(error) = PostgresLog::open(&format!("postgres://postgres@{nobody}/x")).await else {
        panic!("opened");
    };
    assert!(matches!(error, LogError::Busy(_)), "{error}");
}
