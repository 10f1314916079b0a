//! What only curators of a record are told never stands in what is published.

use domain::{Act, Kind, RecordId, Role, Verdict};
use serde_json::json;
use wire::Told;

use super::stores::worlds;
use super::world::{BOLTON, Copy, Desk, SALFORD, World, edit, field, queued};

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

/// Makes a place out of somebody's home, and ties a service to it.
async fn home(world: &World, desk: &mut Desk, service: (Kind, RecordId)) -> (Kind, RecordId) {
    let about = (Kind::Place, RecordId::named("a home"));
    let address = json!([{"id": "1", "address_1": "3 Example Row", "city": "Salford",
        "postal_code": "M6 5FW"}]);
    let changes = vec![
        field("location_type", None, Some(json!("physical"))),
        field("name", None, Some(json!("3 Example Row"))),
        field("addresses", None, Some(address)),
        field("signpost.private", None, Some(json!(true))),
    ];
    let made = world.act(desk, about, 0, Act::Edit { changes }).await;
    assert!(matches!(made, Verdict::Applied { .. }), "{made:?}");
    let tie = json!([{"id": RecordId::named("a tie"), "location_id": about.1}]);
    let tie = edit("service_at_locations", json!(null), tie);
    let tied = world.act(desk, service, 1, tie).await;
    assert!(matches!(tied, Verdict::Applied { .. }), "{tied:?}");
    about
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_who_may_not_see_it_hears_nothing_private_of_a_conflict() {
    for world in worlds().await {
        let mut ada = world.desk("Ada", Role::Administrator, &[]).await;
        let mut ann = world.desk("Ann", Role::Curator, &[SALFORD]).await;
        let choir = world.service(&mut ada, "A choir", &[SALFORD]).await;
        let about = home(&world, &mut ada, choir).await;
        let lines = |line: &str| json!([{"id": "1", "address_1": line, "postal_code": "M6 5FW"}]);
        let old = lines("2 Example Row");
        let hers = edit("addresses", old, lines("5 Example Row"));
        let item = queued(&world.act(&mut ann, about, 1, hers).await);
        let said = |told: &[Told]| serde_json::to_string(told).unwrap();
        let (told, _) = world.told(&ann, 0).await;
        assert!(said(&told).contains("3 Example Row"));
        // She becomes somebody who only suggests: of the item her own words are left.
        let mut row = (*ann.visitor.account).clone();
        row.account.role = Role::Contributor;
        world.log.put_account(row).await.unwrap();
        let (told, _) = world.told(&ann, 0).await;
        let [Told::Item(left)] = told.as_slice() else {
            panic!("{told:?}");
        };
        assert_eq!(left.id, item);
        let said = said(&told);
        assert!(said.contains("5 Example Row"), "{said}");
        assert!(
            !said.contains("2 Example") && !said.contains("3 Example"),
            "{said}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looks_after_a_group_or_place_from_now_on_is_told_what_there_is() {
    for world in worlds().await {
        let mut ada = world.desk("Ada", Role::Administrator, &[]).await;
        let mut cyd = world.desk("Cyd", Role::Contributor, &[]).await;
        let bob = world.desk("Bob", Role::Curator, &[BOLTON]).await;
        let choir = world.service(&mut ada, "A choir", &[SALFORD]).await;
        let about = home(&world, &mut ada, choir).await;
        let text = "The bell is broken".to_owned();
        world.act(&mut cyd, about, 2, Act::Flag { text }).await;
        let (told, _) = world.told(&bob, 0).await;
        assert!(told.is_empty(), "{told:?}");
        let cursor = world.log.cursor().await.unwrap();
        let was = json!([{"id": "A choir/E08000006", "extent": SALFORD}]);
        let moved = edit("service_areas", was, json!([{"id": "x", "extent": BOLTON}]));
        world.act(&mut ada, choir, 3, moved).await;
        let (told, last) = world.told(&bob, cursor).await;
        assert!(
            matches!(told.as_slice(), [Told::Item(_), Told::Private(_)]),
            "{told:?}"
        );
        assert_eq!(last, world.log.cursor().await.unwrap());
    }
}
