//! Backups, and what a hub does after it was stopped in the middle.

use std::sync::Arc;
use std::time::SystemTime;

use domain::Verdict;
use serde_json::json;

use super::world::{Copy, World, edit};
use crate::log::Log;
use crate::log::sqlite::{self, SqliteLog};

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_hub_is_in_a_new_epoch_and_takes_again_what_it_lost() {
    let world = World::in_folder().await;
    let mut ann = world.curator("Ann").await;
    let about = world.service(&mut ann, "A choir", &[]).await;
    world.publisher.publish().await.unwrap();
    let backup = world.folder.path().join("backup");
    sqlite::backup(world.folder.path(), &backup).unwrap();
    let late = world.operation(
        &mut ann,
        about,
        1,
        edit("email", json!(null), json!("a@example.org")),
    );
    world.take_in(&ann, std::slice::from_ref(&late)).await;
    world.turn().await;
    let (lost, _) = world.publisher.publish().await.unwrap();
    assert_eq!((lost.epoch, lost.sequence), (1, 2));

    let folder = tempfile::tempdir().unwrap();
    let about_hub = sqlite::restore(&backup, folder.path(), 2).unwrap();
    assert_eq!(about_hub.epoch, 2);
    let log: Arc<dyn Log> = Arc::new(SqliteLog::open(folder.path()).unwrap().unwrap());
    let restored = World::on(log, folder).await;
    let (latest, _) = restored.publisher.publish().await.unwrap();
    assert_eq!((latest.epoch, latest.sequence), (2, 1));
    assert_ne!(latest.root, lost.root);
    let taken = restored.take_in(&ann, &[]).await;
    assert_eq!(taken.last, 1, "it says up to where it knows the device");
    restored.take_in(&ann, &[late]).await;
    restored.turn().await;
    assert_eq!(
        restored.verdict(&ann, 2).await,
        Verdict::Applied { sequence: Some(2) }
    );
    let (latest, _) = restored.publisher.publish().await.unwrap();
    assert_eq!((latest.epoch, latest.sequence), (2, 2));
    let mut copy = Copy::default();
    copy.pull(&*restored.log).await;
    assert_eq!(copy.records.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_backup_left_goes_with_a_later_one() {
    let world = World::in_folder().await;
    let backups = tempfile::tempdir().unwrap();
    let at = |(name, old): (&str, bool)| {
        let path = backups.path().join(name);
        let file = std::fs::File::create(&path).unwrap();
        if old {
            file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        }
        path
    };
    let [left, running, other] = [
        (".hub-a.part", true),
        (".hub-b.part", false),
        ("hub.part", true),
    ]
    .map(at);
    let backup = backups.path().join("backup");
    sqlite::backup(world.folder.path(), &backup).unwrap();
    let there = [left, running, other, backup].map(|path| path.exists());
    assert_eq!(there, [false, true, true, true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_is_restored_again_elsewhere_begins_another_epoch() {
    let world = World::in_folder().await;
    let backup = world.folder.path().join("backup");
    sqlite::backup(world.folder.path(), &backup).unwrap();
    let mut latest = 1;
    for now in [world.now(), world.now() + 60, 0] {
        // A machine that knows nothing of the ones before, and one on which the clock is wrong.
        let other = tempfile::tempdir().unwrap();
        let folder = if now == 0 { &world.folder } else { &other };
        let about = sqlite::restore(&backup, folder.path(), now).unwrap();
        assert!(about.epoch > latest || now == 0, "{}", about.epoch);
        assert!(about.epoch > 1);
        latest = about.epoch;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_committed_and_not_published_is_published_after_a_start() {
    let world = World::in_folder().await;
    let mut ann = world.curator("Ann").await;
    world.publisher.publish().await.unwrap();
    let about = world.service(&mut ann, "A choir", &[]).await;
    let waits = world.operation(
        &mut ann,
        about,
        1,
        edit("email", json!(null), json!("a@example.org")),
    );
    world.take_in(&ann, &[waits]).await;
    let World {
        log,
        folder,
        publisher,
        ..
    } = world;
    drop((log, publisher));
    let log: Arc<dyn Log> = Arc::new(SqliteLog::open(folder.path()).unwrap().unwrap());
    let again = World::on(log, folder).await;
    again.turn().await;
    let (latest, new) = again.publisher.publish().await.unwrap();
    assert!(new);
    assert_eq!(latest.sequence, 2);
    assert_eq!(
        again.verdict(&ann, 2).await,
        Verdict::Applied { sequence: Some(2) }
    );
}
