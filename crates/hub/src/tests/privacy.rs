//! What only curators of a record are told never stands in what is published.

use domain::{Act, Kind, RecordId, Role};
use serde_json::json;
use wire::Told;

use super::stores::worlds;
use super::world::{BOLTON, Copy, SALFORD, edit, field};

#[tokio::test(flavor = "multi_thread")]
async fn notes_for_staff_go_to_curators_of_the_borough_alone() {
    for world in worlds().await {
        let mut ann = world.desk("Ann", Role::Curator, &[SALFORD]).await;
        let bob = world.desk("Bob", Role::Curator, &[BOLTON]).await;
        let cyd = world.desk("Cyd", Role::Contributor, &[]).await;
        let about = world.service(&mut ann, "A choir", &[SALFORD]).await;
        let note = json!([{"label": "Key", "text": "under the third pot"}]);
        world
            .act(
                &mut ann,
                about,
                1,
                edit("signpost.internal", json!(null), note.clone()),
            )
            .await;
        world.publisher.publish().await.unwrap();
        let mut copy = Copy::default();
        copy.pull(&*world.log).await;
        let (version, body) = &copy.records[&("service".to_owned(), about.1)];
        assert_eq!(*version, 2);
        assert!(
            !body.contains("pot") && !body.contains("internal"),
            "{body}"
        );
        let (told, _) = world.told(&ann, 0).await;
        let [Told::Private(members)] = told.as_slice() else {
            panic!("{told:?}");
        };
        assert_eq!(
            (members.version, &members.members["signpost.internal"]),
            (2, &note)
        );
        assert!(world.told(&bob, 0).await.0.is_empty());
        assert!(world.told(&cyd, 0).await.0.is_empty());
        // Gone is told too.
        let (_, seen) = world.told(&ann, 0).await;
        world
            .act(
                &mut ann,
                about,
                2,
                edit("signpost.internal", note, json!(null)),
            )
            .await;
        let (told, _) = world.told(&ann, seen).await;
        let [Told::Private(members)] = told.as_slice() else {
            panic!("{told:?}");
        };
        assert!(members.members.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_address_is_published_as_its_outcode() {
    for world in worlds().await {
        let mut ann = world.curator("Ann").await;
        let about = (Kind::Place, RecordId::named("a home"));
        let address = json!([{"id": "1", "address_1": "3 Example Row", "city": "Salford", "postal_code": "M6 5FW"}]);
        let changes = vec![
            field("location_type", None, Some(json!("physical"))),
            field("latitude", None, Some(json!(53.49))),
            field("longitude", None, Some(json!(-2.28))),
            field("addresses", None, Some(address)),
            field("signpost.private", None, Some(json!(true))),
        ];
        world.act(&mut ann, about, 0, Act::Edit { changes }).await;
        world.publisher.publish().await.unwrap();
        let mut copy = Copy::default();
        copy.pull(&*world.log).await;
        let (_, body) = &copy.records[&("place".to_owned(), about.1)];
        assert!(
            body.contains("\"M6\"") && !body.contains("Example Row") && !body.contains("53.49"),
            "{body}"
        );
    }
}
