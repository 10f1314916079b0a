//! A hub that ends as if by `kill -9`: at every fail point in its code, and at random moments, in the
//! middle of what desks send. It begins again with what it has; nobody repairs anything. Then
//! everything that it ever answered is there, once ([`whole`]).
//!
//! A few random ends with the other tests; as many as wanted by
//! `SIGNPOST_KILLS=500 cargo test -p tests killed -- --nocapture`.

mod part;
mod party;
mod verbs;
mod whole;

use std::time::Instant;

use super::points;
use party::Party;

/// A point is reached so often before the hub ends there.
const TIMES: [usize; 2] = [1, 2];

/// Points that a hub comes by while it serves.
const SERVING: [&str; 8] = [
    "compact", "inbox", "publish", "push", "serve", "shelf", "turn", "writer",
];
/// Points where a desk joins.
const JOINING: [&str; 3] = ["pair:used", "pair:joined", "pair:committed"];

fn while_serving(point: &str) -> bool {
    let part = point.split(':').next().unwrap_or_default();
    SERVING.contains(&part) || JOINING.contains(&point)
}

/// The points of a hub in its folder, or in a database.
fn points_of_the_hub(database: bool) -> impl Iterator<Item = String> {
    let other = if database {
        "log/sqlite"
    } else {
        "log/postgres"
    };
    let points = points::of("crates/hub/src").into_iter();
    let here = points.filter(move |(_, files)| !files.iter().all(|file| file.contains(other)));
    here.map(|(point, _files)| point)
}

#[test]
fn a_hub_that_is_killed_at_any_point_goes_on_where_it_was() {
    killed_while_serving(&mut Party::gathered(None));
}

#[test]
fn what_a_hub_does_beside_serving_is_done_again_after_it_was_killed_at_any_point() {
    killed_beside_serving(&mut Party::gathered(None), || None);
}

fn killed_while_serving(party: &mut Party) {
    let began = Instant::now();
    let mut ends = 0;
    for point in points_of_the_hub(party.is_in_a_database()) {
        if !while_serving(&point) {
            continue;
        }
        let once = ["pair", "serve"].iter().any(|part| point.starts_with(part));
        for times in TIMES.into_iter().take(if once { 1 } else { 2 }) {
            let killed = party.survives(&format!("{point}#{times}"));
            assert!(killed || times > 1, "the hub never came to {point}");
            ends += usize::from(killed);
        }
    }
    let took = began.elapsed().as_secs_f64();
    println!("a hub that served was killed {ends} times, {took:.1} s");
}

fn killed_beside_serving(party: &mut Party, database: impl Fn() -> Option<String>) {
    let began = Instant::now();
    let mut ends = 0;
    for point in points_of_the_hub(party.is_in_a_database()) {
        if while_serving(&point) {
            continue;
        }
        let killed = verbs::survives(party, [database(), database()], &point);
        assert!(killed, "nothing came to {point}");
        ends += 1;
    }
    let took = began.elapsed().as_secs_f64();
    println!("a hub that did not serve was killed {ends} times, {took:.1} s");
}
