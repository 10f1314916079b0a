//! The inbox: once, in order, whatever comes again.

use domain::{Act, Kind, RecordId, Refusal, Role, Verdict};
use futures_util::future::join_all;
use serde_json::json;
use wire::Operation;

use super::stores::worlds;
use super::world::{Desk, World, edit};

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_applies_once_however_often_it_comes() {
    for world in worlds().await {
        let mut desk = world.curator("Ann").await;
        let about = world.service(&mut desk, "A choir", &[]).await;
        let operation = world.operation(
            &mut desk,
            about,
            1,
            edit("name", json!("A choir"), json!("Choir")),
        );
        for _ in 0..3 {
            let taken = world.take_in(&desk, std::slice::from_ref(&operation)).await;
            assert_eq!((taken.last, taken.cloned), (2, None));
            world.turn().await;
        }
        assert_eq!(
            world.verdict(&desk, 2).await,
            Verdict::Applied { sequence: Some(2) }
        );
        assert_eq!(world.version(about).await, 2);
        assert_eq!(world.record(about).await["name"], "Choir");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_stops_a_push_and_another_operation_of_the_same_number_is_a_clone() {
    for world in worlds().await {
        let mut desk = world.curator("Ann").await;
        let about = world.service(&mut desk, "A choir", &[]).await;
        let one = world.operation(
            &mut desk,
            about,
            1,
            edit("name", json!("A choir"), json!("Choir")),
        );
        let two = world.operation(
            &mut desk,
            about,
            1,
            Act::Flag {
                text: "x".to_owned(),
            },
        );
        let three = world.operation(
            &mut desk,
            about,
            1,
            Act::Flag {
                text: "y".to_owned(),
            },
        );
        let taken = world.take_in(&desk, &[one.clone(), three.clone()]).await;
        assert_eq!((taken.last, taken.new), (2, 1));
        let taken = world
            .take_in(&desk, &[one.clone(), two.clone(), three.clone()])
            .await;
        assert_eq!((taken.last, taken.new), (4, 2));
        let mut other = three;
        other.act = Act::Flag {
            text: "z".to_owned(),
        };
        let taken = world.take_in(&desk, &[one, two, other]).await;
        assert_eq!((taken.last, taken.cloned), (4, Some(4)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_that_another_device_sent_before_applies_once() {
    for world in worlds().await {
        let ann = world.account("Ann", Role::Curator, &[]).await;
        let (mut before, mut now) = (world.desk_of(&ann).await, world.desk_of(&ann).await);
        let about = world.service(&mut before, "A choir", &[]).await;
        let flag = |text: &str| Act::Flag {
            text: text.to_owned(),
        };
        let first = world.operation(&mut before, about, 1, flag("one"));
        let waits = world.operation(&mut before, about, 1, flag("two"));
        world.take_in(&before, std::slice::from_ref(&first)).await;
        world.turn().await;
        world.take_in(&before, std::slice::from_ref(&waits)).await;
        let again = |desk: &mut Desk, former: &Operation| Operation {
            id: former.id,
            ..world.operation(desk, about, 1, former.act.clone())
        };
        let all = [again(&mut now, &first), again(&mut now, &waits)];
        // The second one is not decided yet, so nobody knows yet what to say of it.
        assert_eq!(world.take_in(&now, &all).await.last, 1);
        world.turn().await;
        assert_eq!(world.take_in(&now, &all).await.last, 2);
        for (told, former) in [(1, &first), (2, &waits)] {
            let former = world.verdict(&before, former.sequence).await;
            assert_eq!(world.verdict(&now, told).await, former);
        }
        assert_eq!(world.items().await.len(), 2);
        // What says something else under that id is new.
        let other = Operation {
            act: flag("three"),
            ..again(&mut now, &first)
        };
        world.take_in(&now, &[other]).await;
        world.turn().await;
        assert_eq!(world.items().await.len(), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_copies_of_a_disk_send_the_same_operation_once() {
    for world in worlds().await {
        let ann = world.account("Ann", Role::Curator, &[]).await;
        let mut lost = world.desk_of(&ann).await;
        let about = world.service(&mut lost, "A choir", &[]).await;
        let text = "one".to_owned();
        // Nobody knows it: the hub was restored, or it was never sent.
        let former = world.operation(&mut lost, about, 1, Act::Flag { text });
        let again = |desk: &mut Desk| Operation {
            id: former.id,
            ..world.operation(desk, about, 1, former.act.clone())
        };
        let (mut one, mut other) = (world.desk_of(&ann).await, world.desk_of(&ann).await);
        let (first, second) = (again(&mut one), again(&mut other));
        assert_eq!(world.take_in(&one, &[first]).await.last, 1);
        // The first one is not decided yet, so nobody knows yet what to say of the second.
        assert_eq!(
            world
                .take_in(&other, std::slice::from_ref(&second))
                .await
                .last,
            0
        );
        world.turn().await;
        assert_eq!(world.take_in(&other, &[second]).await.last, 1);
        // A request from before arrives late.
        let sequence = former.sequence;
        assert_eq!(world.take_in(&lost, &[former]).await.last, sequence);
        world.turn().await;
        let verdict = world.verdict(&one, 1).await;
        assert_eq!(world.verdict(&other, 1).await, verdict);
        assert_eq!(world.verdict(&lost, sequence).await, verdict);
        assert_eq!(world.items().await.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_operation_blocks_nobody() {
    for world in worlds().await {
        let mut desk = world.curator("Ann").await;
        let about = world.service(&mut desk, "A choir", &[]).await;
        let nameless = edit("name", json!("A choir"), json!(null));
        let missing = (Kind::Service, RecordId::named("nowhere"));
        let operations = [
            world.operation(&mut desk, about, 1, nameless),
            world.operation(&mut desk, missing, 7, edit("name", json!("a"), json!("b"))),
            world.operation(
                &mut desk,
                about,
                1,
                edit("url", json!(null), json!("https://example.org")),
            ),
        ];
        world.take_in(&desk, &operations).await;
        world.turn().await;
        let code = |verdict: Verdict| match verdict {
            Verdict::Refused { code, .. } => code,
            Verdict::Applied { .. }
            | Verdict::Merged { .. }
            | Verdict::Conflict { .. }
            | Verdict::Queued { .. }
            | Verdict::NotUnderstood => panic!("{verdict:?}"),
        };
        assert_eq!(code(world.verdict(&desk, 2).await), Refusal::Invalid);
        assert_eq!(code(world.verdict(&desk, 3).await), Refusal::NotFound);
        assert_eq!(
            world.verdict(&desk, 4).await,
            Verdict::Applied { sequence: Some(2) }
        );
        assert_eq!(
            world.items().await.len(),
            2,
            "what was refused is kept for people"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_desks_at_once_get_sequences_without_a_gap() {
    for world in worlds().await {
        let (mut desks, mut pushes) = (Vec::new(), Vec::new());
        for name in ["Ann", "Bob", "Cyd", "Dee"] {
            let mut desk = world.curator(name).await;
            pushes.push(new_groups(&world, &mut desk, name));
            desks.push(desk);
        }
        let pushing = desks.iter().zip(&pushes);
        let pushing = pushing.map(|(desk, push)| world.take_in(desk, push));
        let (taken, ()) = tokio::join!(join_all(pushing), turns(&world, 20));
        assert!(taken.iter().all(|taken| taken.last == 50));
        world.turn().await;
        let sequences = sequences(&world, &desks).await;
        assert_eq!(sequences, (1..=200).collect::<Vec<u64>>());
    }
}

fn new_groups(world: &World, desk: &mut Desk, of: &str) -> Vec<Operation> {
    let one = |number| {
        let about = (
            Kind::Organisation,
            RecordId::named(&format!("{of}/{number}")),
        );
        let make = edit("name", json!(null), json!(format!("Group {of} {number}")));
        world.operation(desk, about, 0, make)
    };
    (0..50).map(one).collect()
}

async fn turns(world: &World, many: u32) {
    for _ in 0..many {
        world.turn().await;
    }
}

async fn sequences(world: &World, desks: &[Desk]) -> Vec<u64> {
    let mut sequences = Vec::new();
    for desk in desks {
        let device = desk.visitor.device.id;
        let verdicts = world.log.verdicts(device, 1..=50).await.unwrap();
        sequences.extend(verdicts.into_iter().map(|taken| {
            let Verdict::Applied { sequence } = taken.verdict else {
                panic!("{taken:?}");
            };
            sequence.unwrap()
        }));
    }
    sequences.sort_unstable();
    sequences
}
