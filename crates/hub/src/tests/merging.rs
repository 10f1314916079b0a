//! Edits that meet.

use domain::{Act, ItemSort, Role, Verdict};
use serde_json::json;

use super::stores::worlds;
use super::world::{BOLTON, SALFORD, checked, edit, field, queued};

#[tokio::test(flavor = "multi_thread")]
async fn different_fields_merge_and_contradictions_wait() {
    for world in worlds().await {
        let (mut ann, mut bob) = (world.curator("Ann").await, world.curator("Bob").await);
        let about = world.service(&mut ann, "A choir", &[]).await;
        let mail = edit("email", json!(null), json!("choir@example.org"));
        let url = edit("url", json!(null), json!("https://example.org"));
        assert_eq!(
            world.act(&mut ann, about, 1, mail).await,
            Verdict::Applied { sequence: Some(2) }
        );
        assert_eq!(
            world.act(&mut bob, about, 1, url.clone()).await,
            Verdict::Merged { sequence: Some(3) }
        );
        let same = world.act(&mut ann, about, 1, url).await;
        assert_eq!(same, Verdict::Applied { sequence: None });
        let both = Act::Edit {
            changes: vec![
                field("email", None, Some(json!("sing@example.org"))),
                field("wait_time", None, Some(json!("none"))),
            ],
        };
        let verdict = world.act(&mut bob, about, 1, both).await;
        let Verdict::Conflict {
            sequence,
            fields,
            item,
        } = verdict
        else {
            panic!("{verdict:?}");
        };
        assert_eq!(
            (sequence, fields[0].as_str(), fields.len()),
            (Some(4), "email", 1)
        );
        let record = world.record(about).await;
        assert_eq!(
            (&record["email"], &record["wait_time"]),
            (&json!("choir@example.org"), &json!("none"))
        );
        let ItemSort::Conflict { fields } = world.item(item).await.sort else {
            panic!("no conflict");
        };
        let field = &fields[0].fields[0];
        assert_eq!(field.theirs, Some(json!("choir@example.org")));
        assert_eq!(field.mine, Some(json!("sing@example.org")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_earlier_edits_are_not_somebody_elses() {
    for world in worlds().await {
        let mut ann = world.curator("Ann").await;
        let about = world.service(&mut ann, "A choir", &[]).await;
        let mail = edit("email", json!(null), json!("choir@example.org"));
        world.act(&mut ann, about, 1, mail).await;
        let url = edit("url", json!(null), json!("https://example.org"));
        assert_eq!(
            world.act(&mut ann, about, 1, url).await,
            Verdict::Applied { sequence: Some(3) }
        );
        let gone = Act::Remove {
            reason: "ended".to_owned(),
        };
        assert_eq!(
            world.act(&mut ann, about, 1, gone.clone()).await,
            Verdict::Applied { sequence: Some(4) }
        );
        assert_eq!(
            world.act(&mut ann, about, 1, gone).await,
            Verdict::Applied { sequence: None }
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_edit_suggests() {
    for world in worlds().await {
        let mut ann = world.desk("Ann", Role::Curator, &[SALFORD]).await;
        let mut bob = world.desk("Bob", Role::Curator, &[BOLTON]).await;
        let mut cyd = world.desk("Cyd", Role::Contributor, &[]).await;
        let about = world.service(&mut ann, "A choir", &[SALFORD]).await;
        let url = edit("url", json!(null), json!("https://example.org"));
        for desk in [&mut bob, &mut cyd] {
            let verdict = world.act(desk, about, 1, url.clone()).await;
            let item = world.item(queued(&verdict)).await;
            assert!(matches!(item.sort, ItemSort::Suggestion { .. }), "{item:?}");
            assert_eq!(item.name, "A choir");
        }
        assert_eq!(world.version(about).await, 1);
        // Taking a service into one's own boroughs needs to be allowed before as well.
        let area = json!([{"id": "x", "extent": BOLTON}]);
        let grab = edit(
            "service_areas",
            json!([{"id": "A choir/E08000006", "extent": SALFORD}]),
            area,
        );
        queued(&world.act(&mut bob, about, 1, grab).await);
        assert_eq!(
            world.act(&mut cyd, about, 1, checked("2026-11-21")).await,
            Verdict::Applied { sequence: Some(2) }
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_that_meets_edits_waits_and_so_does_an_edit_of_what_was_removed() {
    for world in worlds().await {
        let (mut ann, mut bob) = (world.curator("Ann").await, world.curator("Bob").await);
        let about = world.service(&mut ann, "A choir", &[]).await;
        let url = edit("url", json!(null), json!("https://example.org"));
        world.act(&mut bob, about, 1, url).await;
        let gone = Act::Remove {
            reason: "ended".to_owned(),
        };
        let waits = world.act(&mut ann, about, 1, gone.clone()).await;
        assert!(matches!(
            world.item(queued(&waits)).await.sort,
            ItemSort::Removal {
                reason: Some(_),
                ..
            }
        ));
        assert_eq!(
            world.act(&mut bob, about, 2, gone).await,
            Verdict::Applied { sequence: Some(3) }
        );
        let late = world
            .act(
                &mut ann,
                about,
                2,
                edit("wait_time", json!(null), json!("none")),
            )
            .await;
        assert!(matches!(
            world.item(queued(&late)).await.sort,
            ItemSort::Removal { reason: None, .. }
        ));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_is_of_anybody_and_not_from_the_future() {
    for world in worlds().await {
        let mut ann = world.curator("Ann").await;
        let about = world.service(&mut ann, "A choir", &[]).await;
        assert_eq!(
            world.act(&mut ann, about, 1, checked("2026-11-20")).await,
            Verdict::Applied { sequence: Some(2) }
        );
        assert_eq!(
            world.act(&mut ann, about, 1, checked("2026-11-19")).await,
            Verdict::Applied { sequence: None }
        );
        assert!(matches!(
            world.act(&mut ann, about, 1, checked("2031-01-01")).await,
            Verdict::Refused { .. }
        ));
        assert_eq!(world.record(about).await["assured_date"], "2026-11-20");
        let past = world.log.history(about.0, about.1, 10).await.unwrap();
        let acts: Vec<&str> = past.iter().map(|change| &*change.act).collect();
        assert_eq!(acts, ["check", "create"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_of_a_former_epoch_says_nothing_of_what_others_did_since() {
    for world in worlds().await {
        let (mut ann, mut bob) = (world.curator("Ann").await, world.curator("Bob").await);
        let about = world.service(&mut ann, "A choir", &[]).await;
        let url = edit("url", json!(null), json!("https://example.org"));
        world.act(&mut bob, about, 1, url).await;
        // Seen by Ann before the hub was restored, at a version that it has not come to again.
        let reason = "ended".to_owned();
        let waits = world.act(&mut ann, about, 40, Act::Remove { reason }).await;
        let sort = world.item(queued(&waits)).await.sort;
        assert!(matches!(sort, ItemSort::Removal { .. }), "{sort:?}");
    }
}
