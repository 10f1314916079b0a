//! The staff stream.

use domain::{Act, ItemState, Role};
use serde_json::json;
use wire::Told;

use super::stores::worlds;
use super::world::{BOLTON, SALFORD, accept, decline, edit, queued};

fn items(told: &[Told]) -> usize {
    told.iter()
        .filter(|told| matches!(told, Told::Item(_)))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn items_go_to_their_sender_and_to_who_looks_after_the_record() {
    for world in worlds().await {
        let mut ann = world.desk("Ann", Role::Curator, &[SALFORD]).await;
        let bob = world.desk("Bob", Role::Curator, &[BOLTON]).await;
        let mut cyd = world.desk("Cyd", Role::Contributor, &[]).await;
        let eve = world.desk("Eve", Role::Contributor, &[]).await;
        let ada = world.desk("Ada", Role::Administrator, &[]).await;
        let about = world.service(&mut ann, "A choir", &[SALFORD]).await;
        let flag = Act::Flag {
            text: "The number is wrong".to_owned(),
        };
        let item = queued(&world.act(&mut cyd, about, 1, flag).await);
        for (desk, sees) in [(&ann, 1), (&bob, 0), (&cyd, 1), (&eve, 0), (&ada, 1)] {
            assert_eq!(items(&world.told(desk, 0).await.0), sees);
        }
        let (_, seen) = world.told(&cyd, 0).await;
        world
            .act(&mut ann, about, 1, decline(item, "It is right"))
            .await;
        let (told, _) = world.told(&cyd, seen).await;
        let [Told::Item(item)] = told.as_slice() else {
            panic!("{told:?}");
        };
        let ItemState::Declined { by, reason, .. } = &item.state else {
            panic!("{item:?}");
        };
        assert_eq!((by.as_str(), reason.as_str()), ("Ann", "It is right"));
        assert!(item.cursor > seen);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_changes_is_told_everything_again() {
    for world in worlds().await {
        let mut ann = world.desk("Ann", Role::Curator, &[SALFORD]).await;
        let mut cyd = world.desk("Cyd", Role::Contributor, &[]).await;
        let bob = world.desk("Bob", Role::Curator, &[BOLTON]).await;
        let about = world.service(&mut ann, "A choir", &[SALFORD]).await;
        for text in ["one", "two"] {
            world
                .act(
                    &mut cyd,
                    about,
                    1,
                    Act::Flag {
                        text: text.to_owned(),
                    },
                )
                .await;
        }
        let cursor = world.log.cursor().await.unwrap();
        assert!(world.told(&bob, 0).await.0.is_empty());
        let mut row = (*bob.visitor.account).clone();
        row.account.boroughs = vec![SALFORD.to_owned()];
        world.log.put_account(row).await.unwrap();
        assert!(world.log.cursor().await.unwrap() > cursor);
        let (told, _) = world.told(&bob, cursor).await;
        assert_eq!(items(&told), 2);
        let flag = Act::Flag {
            text: "three".to_owned(),
        };
        world.act(&mut cyd, about, 1, flag).await;
        assert_eq!(items(&world.told(&bob, 0).await.0), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_may_change_for_ever() {
    for world in worlds().await {
        let mut ann = world.desk("Ann", Role::Curator, &[SALFORD]).await;
        let mut cyd = world.desk("Cyd", Role::Contributor, &[]).await;
        let about = world.service(&mut ann, "A choir", &[SALFORD]).await;
        let note = json!([{"label": "Key", "text": "under the third pot"}]);
        let internal = edit("signpost.internal", json!(null), note);
        world.act(&mut ann, about, 1, internal).await;
        let flag = |text: &str| {
            let text = text.to_owned();
            Act::Flag { text }
        };
        let first = queued(&world.act(&mut cyd, about, 1, flag("one")).await);
        let mut row = (*ann.visitor.account).clone();
        for n in 0..100 {
            row.account.boroughs = vec![[BOLTON, SALFORD][n % 2].to_owned()];
            world.log.put_account(row.clone()).await.unwrap();
        }
        let latest = world.log.cursor().await.unwrap();
        assert!(latest < 1_000, "{latest}");
        let second = queued(&world.act(&mut cyd, about, 1, flag("two")).await);
        let (told, _) = world.told(&ann, 0).await;
        let items = told.iter().filter_map(|told| match told {
            Told::Item(item) => Some(item.id),
            Told::Private(_) | Told::GoneItem { .. } | Told::GonePrivate { .. } => None,
        });
        assert_eq!(items.collect::<Vec<_>>(), [first, second]);
        assert_eq!(told.len(), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_runs_ahead_is_marked() {
    for world in worlds().await {
        let (mut ann, mut cyd) = (
            world.curator("Ann").await,
            world.desk("Cyd", Role::Contributor, &[]).await,
        );
        let about = world.service(&mut ann, "A choir", &[]).await;
        let mut operation = world.operation(
            &mut cyd,
            about,
            1,
            edit("url", json!(null), json!("https://example.org")),
        );
        operation.at = crate::clock::text(world.now() + 3600);
        world.take_in(&cyd, &[operation]).await;
        world.turn().await;
        let item = world.items().await.remove(0);
        assert!(item.from.clock_off);
        let taken = accept(item.id, Vec::new());
        world.act(&mut ann, about, 1, taken).await;
        assert!(matches!(
            world.item(item.id).await.state,
            ItemState::Accepted { .. }
        ));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looks_after_a_record_from_now_on_is_told_what_waits() {
    for world in worlds().await {
        let mut ada = world.desk("Ada", Role::Administrator, &[]).await;
        let mut cyd = world.desk("Cyd", Role::Contributor, &[]).await;
        let bob = world.desk("Bob", Role::Curator, &[BOLTON]).await;
        let about = world.service(&mut ada, "A choir", &[SALFORD]).await;
        let note = json!([{"label": "Key", "text": "under the third pot"}]);
        let internal = edit("signpost.internal", json!(null), note);
        world.act(&mut ada, about, 1, internal).await;
        let text = "The number is wrong".to_owned();
        world.act(&mut cyd, about, 1, Act::Flag { text }).await;
        let cursor = world.log.cursor().await.unwrap();
        assert!(world.told(&bob, 0).await.0.is_empty());
        let was = json!([{"id": "A choir/E08000006", "extent": SALFORD}]);
        let moved = edit("service_areas", was, json!([{"id": "x", "extent": BOLTON}]));
        world.act(&mut ada, about, 2, moved).await;
        let (told, _) = world.told(&bob, cursor).await;
        assert_eq!((told.len(), items(&told)), (2, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looked_after_a_record_until_now_lets_go_of_what_they_were_told() {
    for world in worlds().await {
        let mut ada = world.desk("Ada", Role::Administrator, &[]).await;
        let mut cyd = world.desk("Cyd", Role::Contributor, &[]).await;
        let mut ann = world.desk("Ann", Role::Curator, &[SALFORD]).await;
        let eve = world.desk("Eve", Role::Contributor, &[]).await;
        let about = world.service(&mut ada, "A choir", &[SALFORD]).await;
        let note = json!([{"label": "Key", "text": "under the third pot"}]);
        let internal = edit("signpost.internal", json!(null), note);
        world.act(&mut ada, about, 1, internal).await;
        let flag = |text: &str| {
            let text = text.to_owned();
            Act::Flag { text }
        };
        let theirs = queued(&world.act(&mut cyd, about, 1, flag("Moved")).await);
        let hers = queued(&world.act(&mut ann, about, 1, flag("To Bolton")).await);
        let (told, cursor) = world.told(&ann, 0).await;
        assert_eq!((told.len(), items(&told)), (3, 2));
        let was = json!([{"id": "A choir/E08000006", "extent": SALFORD}]);
        let moved = edit("service_areas", was, json!([{"id": "x", "extent": BOLTON}]));
        world.act(&mut ada, about, 2, moved).await;
        let (told, _) = world.told(&ann, cursor).await;
        let goes = Told::GonePrivate {
            kind: about.0,
            record: about.1,
        };
        assert_eq!((told.len(), items(&told)), (3, 1), "{told:?}");
        assert!(told.contains(&Told::GoneItem { id: theirs }));
        assert!(told.contains(&goes));
        let own = |told: &Told| matches!(told, Told::Item(item) if item.id == hers);
        assert!(told.iter().any(own), "what she sent is told to her");
        // Who only suggests was never told, and who hears it first has nothing to let go of.
        assert!(world.told(&eve, cursor).await.0.is_empty());
        assert_eq!(world.told(&ann, 0).await.0.len(), 1);
    }
}
