//! What becomes of operations does not depend on how they came to be decided together.

use domain::{Act, Kind, RecordId, Role, Verdict};
use serde_json::{Value, json};
use wire::Operation;

use super::stores::worlds;
use super::world::{BOLTON, Desk, SALFORD, World, edit, field};

/// Takes in all of these at once, and has them decided in one turn or in a turn each.
async fn decided(world: &World, desk: &Desk, all: &[Operation], at_once: bool) -> Vec<Verdict> {
    let pushes = match at_once {
        true => vec![all],
        false => all.chunks(1).collect(),
    };
    for push in pushes {
        world.take_in(desk, push).await;
        world.turn().await;
    }
    let mut verdicts = Vec::new();
    for one in all {
        verdicts.push(world.verdict(desk, one.sequence).await);
    }
    verdicts
}

fn covers(name: &str, borough: &str) -> Value {
    json!([{"id": format!("{name}/{borough}"), "extent": borough}])
}

async fn group(world: &World, desk: &mut Desk, name: &str) -> (Kind, RecordId) {
    let about = (Kind::Organisation, RecordId::named(name));
    let make = edit("name", json!(null), json!(name));
    world.act(desk, about, 0, make).await;
    about
}

/// Ties a service to a group.
fn tied(service: &str, group: &str) -> (Kind, RecordId, Act) {
    let id = RecordId::named(group).to_string();
    let about = (Kind::Service, RecordId::named(service));
    let tie = edit("organization_id", json!(null), json!(id));
    (about.0, about.1, tie)
}

/// A service moves from Salford to Bolton.
fn moves(name: &str) -> ((Kind, RecordId), Act) {
    let area = field(
        "service_areas",
        Some(covers(name, SALFORD)),
        Some(covers(name, BOLTON)),
    );
    let about = (Kind::Service, RecordId::named(name));
    (
        about,
        Act::Edit {
            changes: vec![area],
        },
    )
}

fn mail(name: &str) -> Act {
    edit(
        "email",
        json!(null),
        json!(format!("{}@example.org", name.len())),
    )
}

/// Bob edits a group, ties his service to it, and edits it again.
async fn tied_between(world: World, at_once: bool) {
    let mut ada = world.desk("Ada", Role::Administrator, &[]).await;
    let mut bob = world.desk("Bob", Role::Curator, &[BOLTON]).await;
    world.service(&mut ada, "A choir", &[SALFORD]).await;
    world.service(&mut ada, "A band", &[BOLTON]).await;
    let about = group(&world, &mut ada, "A group").await;
    let (kind, choir, act) = tied("A choir", "A group");
    world.act(&mut ada, (kind, choir), 1, act).await;
    let (kind, band, act) = tied("A band", "A group");
    let all = [
        world.operation(&mut bob, about, 3, mail("group")),
        world.operation(&mut bob, (kind, band), 2, act),
        world.operation(&mut bob, about, 3, mail("group")),
    ];
    let verdicts = decided(&world, &bob, &all, at_once).await;
    assert!(
        matches!(verdicts[0], Verdict::Queued { .. }),
        "{verdicts:?}"
    );
    let sequence = Some(6);
    assert_eq!(verdicts[2], Verdict::Applied { sequence }, "{at_once}");
}

/// Two services of a group leave Salford one after the other; its curator edits the group after each.
async fn left_one_by_one(world: World, at_once: bool) {
    let mut ada = world.desk("Ada", Role::Administrator, &[]).await;
    let about = group(&world, &mut ada, "A group").await;
    // The first one leaves first, in the order of a store too.
    let mut names = ["A choir", "A band"];
    names.sort_by_key(|name| RecordId::named(name));
    for name in names {
        let service = world.service(&mut ada, name, &[SALFORD]).await;
        let (_, _, act) = tied(name, "A group");
        world.act(&mut ada, service, 2, act).await;
    }
    let mut ann = world.desk("Ann", Role::Curator, &[SALFORD]).await;
    for name in names {
        let (service, act) = moves(name);
        let gone = world.operation(&mut ada, service, 9, act);
        let edits = world.operation(&mut ann, about, 1, mail(name));
        for (desk, one) in [(&ada, gone), (&ann, edits)] {
            world.take_in(desk, &[one]).await;
            if !at_once {
                world.turn().await;
            }
        }
    }
    world.turn().await;
    let first = world.verdict(&ann, 1).await;
    assert!(
        matches!(first, Verdict::Applied { sequence: Some(_) }),
        "{first:?}"
    );
    let second = world.verdict(&ann, 2).await;
    assert!(matches!(second, Verdict::Queued { .. }), "{second:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_edit_a_group_goes_by_the_services_that_it_has_by_then() {
    for at_once in [true, false] {
        for world in worlds().await {
            tied_between(world, at_once).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_stays_with_a_borough_until_its_last_service_has_left_it() {
    for at_once in [true, false] {
        for world in worlds().await {
            left_one_by_one(world, at_once).await;
        }
    }
}
