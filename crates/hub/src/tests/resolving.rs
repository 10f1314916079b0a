//! Settling what waits.

use domain::{Act, ItemSort, ItemState, Refusal, Role, Verdict};
use serde_json::json;

use super::stores::worlds;
use super::world::{BOLTON, SALFORD, accept, decline, edit, field, queued};

#[tokio::test(flavor = "multi_thread")]
async fn a_suggestion_is_accepted_once_by_who_looks_after_the_record() {
    for world in worlds().await {
        let mut ann = world.desk("Ann", Role::Curator, &[SALFORD]).await;
        let mut bob = world.desk("Bob", Role::Curator, &[BOLTON]).await;
        let mut cyd = world.desk("Cyd", Role::Contributor, &[]).await;
        let about = world.service(&mut ann, "A choir", &[SALFORD]).await;
        let changes = vec![field("url", None, Some(json!("https://example.org")))];
        let suggest = Act::Suggest {
            changes: changes.clone(),
            note: None,
        };
        let item = queued(&world.act(&mut cyd, about, 1, suggest).await);
        for desk in [&mut bob, &mut cyd] {
            let verdict = world
                .act(desk, about, 1, accept(item, changes.clone()))
                .await;
            assert!(matches!(
                verdict,
                Verdict::Refused {
                    code: Refusal::NotAllowed,
                    ..
                }
            ));
        }
        let verdict = world
            .act(&mut ann, about, 1, accept(item, changes.clone()))
            .await;
        assert_eq!(verdict, Verdict::Applied { sequence: Some(2) });
        assert_eq!(world.record(about).await["url"], "https://example.org");
        assert!(matches!(
            world.item(item).await.state,
            ItemState::Accepted { .. }
        ));
        let again = world.act(&mut ann, about, 2, decline(item, "no")).await;
        assert!(matches!(
            again,
            Verdict::Refused {
                code: Refusal::AlreadySettled,
                ..
            }
        ));
        let past = world.log.history(about.0, about.1, 1).await.unwrap();
        assert_eq!(past[0].note.as_deref(), Some("From Cyd"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_curator_who_had_not_seen_the_latest_settles_nothing_silently() {
    for world in worlds().await {
        let (mut ann, mut bob) = (world.curator("Ann").await, world.curator("Bob").await);
        let mut cyd = world.desk("Cyd", Role::Contributor, &[]).await;
        let about = world.service(&mut ann, "A choir", &[]).await;
        let wanted = vec![field("url", None, Some(json!("https://a.example.org")))];
        let suggest = Act::Suggest {
            changes: wanted.clone(),
            note: None,
        };
        let item = queued(&world.act(&mut cyd, about, 1, suggest).await);
        world
            .act(
                &mut bob,
                about,
                1,
                edit("url", json!(null), json!("https://b.example.org")),
            )
            .await;
        let verdict = world.act(&mut ann, about, 1, accept(item, wanted)).await;
        let conflict = queued(&verdict);
        assert_ne!(conflict, item);
        assert_eq!(world.record(about).await["url"], "https://b.example.org");
        let settle = vec![field(
            "url",
            Some(json!("https://b.example.org")),
            Some(json!("https://a.example.org")),
        )];
        world
            .act(&mut ann, about, 2, accept(conflict, settle))
            .await;
        assert_eq!(world.record(about).await["url"], "https://a.example.org");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_is_accepted_or_the_record_comes_back() {
    for world in worlds().await {
        let (mut ann, mut cyd) = (
            world.curator("Ann").await,
            world.desk("Cyd", Role::Contributor, &[]).await,
        );
        let about = world.service(&mut ann, "A choir", &[]).await;
        let gone = Act::Remove {
            reason: "ended".to_owned(),
        };
        let item = queued(&world.act(&mut cyd, about, 1, gone).await);
        assert_eq!(
            world.act(&mut ann, about, 1, accept(item, vec![])).await,
            Verdict::Applied { sequence: Some(2) }
        );
        let late = world
            .act(
                &mut cyd,
                about,
                1,
                edit("wait_time", json!(null), json!("none")),
            )
            .await;
        let changes = vec![field("wait_time", None, Some(json!("none")))];
        let back = world
            .act(&mut ann, about, 2, accept(queued(&late), changes))
            .await;
        assert!(matches!(
            back,
            Verdict::Applied { sequence: Some(3) } | Verdict::Merged { sequence: Some(3) }
        ));
        let record = world.record(about).await;
        assert_eq!(
            (&record["name"], &record["wait_time"]),
            (&json!("A choir"), &json!("none"))
        );
        let past = world.log.history(about.0, about.1, 10).await.unwrap();
        let acts: Vec<&str> = past.iter().map(|change| &*change.act).collect();
        assert_eq!(acts, ["restore", "remove", "create"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_record_can_be_suggested_and_is_made_when_it_is_accepted() {
    for world in worlds().await {
        let (mut ann, mut cyd) = (
            world.curator("Ann").await,
            world.desk("Cyd", Role::Contributor, &[]).await,
        );
        let about = (domain::Kind::Organisation, domain::RecordId::named("new"));
        let changes = vec![field("name", None, Some(json!("A new group")))];
        let verdict = world
            .act(
                &mut cyd,
                about,
                0,
                Act::Edit {
                    changes: changes.clone(),
                },
            )
            .await;
        let item = queued(&verdict);
        assert_eq!(world.item(item).await.name, "A new group");
        let verdict = world.act(&mut ann, about, 0, accept(item, changes)).await;
        assert_eq!(verdict, Verdict::Applied { sequence: Some(1) });
        assert_eq!(world.record(about).await["name"], "A new group");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_is_not_accepted_over_an_edit_that_the_curator_had_not_seen() {
    for world in worlds().await {
        let (mut ann, mut bob) = (world.curator("Ann").await, world.curator("Bob").await);
        let mut cyd = world.desk("Cyd", Role::Contributor, &[]).await;
        let about = world.service(&mut ann, "A choir", &[]).await;
        let reason = "ended".to_owned();
        let gone = world.act(&mut cyd, about, 1, Act::Remove { reason }).await;
        let moved = edit("url", json!(null), json!("https://moved.example.org"));
        world.act(&mut bob, about, 1, moved).await;
        // Ann accepts offline what she saw at version 1.
        let verdict = world
            .act(&mut ann, about, 1, accept(queued(&gone), Vec::new()))
            .await;
        let again = queued(&verdict);
        assert_eq!(
            world.record(about).await["url"],
            "https://moved.example.org"
        );
        assert!(
            !world
                .log
                .record(about.0, about.1)
                .await
                .unwrap()
                .unwrap()
                .removed
        );
        let ItemSort::Removal { reason, .. } = world.item(again).await.sort else {
            panic!("it does not wait as a removal");
        };
        assert_eq!(reason.as_deref(), Some("ended"));
        let seen = world
            .act(&mut ann, about, 2, accept(again, Vec::new()))
            .await;
        assert_eq!(seen, Verdict::Applied { sequence: Some(3) });
    }
}
