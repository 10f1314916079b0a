//! The published stream: whoever reads it has what the hub has, however far behind.

use domain::{Act, Kind, RecordId};
use serde_json::json;
use wire::{Hash, Operation};

use super::stores::worlds;
use super::world::{Copy, Desk, World, edit, field};

/// A batch of changes to a few organisations: new, changed and removed ones, by a simple rule.
async fn some_changes(world: &World, desk: &mut Desk, round: u64) {
    let mut operations = Vec::new();
    for number in 0..5 {
        let about = (
            Kind::Organisation,
            RecordId::named(&format!("{}", (round * 3 + number) % 40)),
        );
        let there = world.log.record(about.0, about.1).await.unwrap();
        let new = json!(format!("Name {round} {number}"));
        let (base, act) = match there {
            None => (0, edit("name", json!(null), new)),
            Some(there) if there.removed => continue,
            Some(there) if (round + number).is_multiple_of(7) => (
                there.version,
                Act::Remove {
                    reason: "over".to_owned(),
                },
            ),
            Some(there) => (there.version, edit("name", there.body["name"].clone(), new)),
        };
        operations.push(world.operation(desk, about, base, act));
    }
    world.take_in(desk, &operations).await;
    world.turn().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_agree_however_far_behind_while_segments_are_merged() {
    for world in worlds().await {
        let mut ann = world.curator("Ann").await;
        world.publisher.publish().await.unwrap();
        let (mut always, mut seldom, mut roots) = (Copy::default(), Copy::default(), Vec::new());
        always.pull(&*world.log).await;
        let mut whole = 0;
        for round in 0..60 {
            some_changes(&world, &mut ann, round).await;
            let (latest, _) = world.publisher.publish().await.unwrap();
            roots.push((latest.sequence, latest.root));
            tidy(&world, round % 5 == 0).await;
            whole += u32::from(always.pull(&*world.log).await);
            seldom.pull_if(round % 23 == 0, &*world.log).await;
        }
        assert_eq!(whole, 0, "who is in step never needs the snapshot");
        seldom.pull(&*world.log).await;
        let mut new = Copy::default();
        assert!(new.pull(&*world.log).await);
        assert_eq!(always, new);
        assert_eq!(seldom, new);
        let latest = world.log.publication().await.unwrap().unwrap();
        let manifest = latest.read_manifest().unwrap();
        assert!(
            manifest.segments.len() < 32,
            "{} segments",
            manifest.segments.len()
        );
        for root in &manifest.roots {
            assert!(
                roots.contains(root) || root.0 == 0,
                "a root that never was: {root:?}"
            );
        }
    }
}

/// Merges what is due; tells how often.
async fn tidy(world: &World, now: bool) -> u32 {
    let mut times = 0;
    while now && world.publisher.compact().await.unwrap() {
        let before = world.log.publication().await.unwrap().unwrap();
        let (latest, new) = world.publisher.publish().await.unwrap();
        assert!(new && latest.root == before.root);
        times += 1;
    }
    times
}

/// New records of words that don't compress, so that the segments outgrow what is small.
fn incompressible(world: &World, desk: &mut Desk, round: u64) -> Vec<Operation> {
    let one = |number: u64| {
        let about = (
            Kind::Organisation,
            RecordId::named(&format!("{round}/{number}")),
        );
        let word = |part: u64| Hash::of(format!("{round}/{number}/{part}").as_bytes());
        let text: String = (0..8).map(|part| word(part).to_string()).collect();
        let changes = vec![
            field("name", None, Some(json!("A group"))),
            field("description", None, Some(json!(text))),
        ];
        world.operation(desk, about, 0, Act::Edit { changes })
    };
    (0..40).map(one).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_is_made_again_and_those_in_step_need_not_fetch_it() {
    for world in worlds().await {
        let mut ann = world.curator("Ann").await;
        world.publisher.publish().await.unwrap();
        let mut copy = Copy::default();
        copy.pull(&*world.log).await;
        let mut snapshots = 0;
        for round in 0..12_u64 {
            let operations = incompressible(&world, &mut ann, round);
            world.take_in(&ann, &operations).await;
            world.turn().await;
            world.publisher.publish().await.unwrap();
            assert!(!copy.pull(&*world.log).await || round == 0);
            snapshots += tidy(&world, true).await;
            assert!(
                !copy.pull(&*world.log).await,
                "fetched all in round {round}"
            );
        }
        assert!(snapshots > 1, "{snapshots}");
        let mut new = Copy::default();
        new.pull(&*world.log).await;
        assert_eq!(copy, new);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_new_is_no_publication_and_an_old_head_is_signed_again() {
    for world in worlds().await {
        let mut ann = world.curator("Ann").await;
        world.service(&mut ann, "A choir", &[]).await;
        let (first, new) = world.publisher.publish().await.unwrap();
        assert!(new);
        assert!(!world.publisher.publish().await.unwrap().1);
        world.pass(25 * 60 * 60);
        let (later, new) = world.publisher.publish().await.unwrap();
        assert!(new);
        assert_eq!((later.manifest, later.root), (first.manifest, first.root));
        assert_ne!(later.head, first.head);
        let head = wire::SignedHead::read(later.head.as_bytes()).unwrap();
        let info = crate::publish::hub_info(&world.log.about().await.unwrap());
        assert_eq!(head.verify(&info.keys).unwrap().sequence, 1);
        assert!(head.verify(&info.keys[1..]).is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_publishers_one_is_first() {
    for world in worlds().await {
        let mut ann = world.curator("Ann").await;
        world.service(&mut ann, "A choir", &[]).await;
        let (first, _) = world.publisher.publish().await.unwrap();
        let again = world
            .log
            .publish(first, Vec::new(), world.now())
            .await
            .unwrap();
        assert!(!again);
    }
}
