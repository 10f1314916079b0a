//! A hub that ends as if by `kill -9`: at every fail point in its code, and at random moments, in the
//! middle of what desks send. It begins again with what it has; nobody repairs anything. Then
//! everything that it ever answered is there, once ([`whole`]).
//!
//! A few random ends with the other tests; as many as wanted by
//! `SIGNPOST_KILLS=500 cargo test -p tests killed -- --nocapture`.

mod part;
mod party;
mod random;
mod verbs;
mod whole;

use std::time::Instant;

use super::log::Log;
use super::points;
use party::Party;

/// A point is reached so often before the hub ends there.
const TIMES: [usize; 2] = [1, 2];

/// Random ends with the other tests.
const FEW: u64 = 10;
/// So many ends share a hub, so that what the others left there does not add up.
const PER_PARTY: u64 = 40;

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

/// The points of a hub on this store.
fn points_of_the_hub(log: Log) -> impl Iterator<Item = String> {
    let other = match log {
        Log::Sqlite => "log/postgres",
        Log::Postgres => "log/sqlite",
    };
    let points = points::of("crates/hub/src").into_iter();
    let here = points.filter(move |(_, files)| !files.iter().all(|file| file.contains(other)));
    here.map(|(point, _files)| point)
}

#[test]
fn a_hub_that_is_killed_at_any_point_goes_on_where_it_was() {
    killed_while_serving(&mut Party::gathered(Log::Sqlite));
}

#[test]
fn what_a_hub_does_beside_serving_is_done_again_after_it_was_killed_at_any_point() {
    killed_beside_serving(&mut Party::gathered(Log::Sqlite));
}

#[test]
fn a_hub_in_a_database_that_is_killed_at_any_point_goes_on_where_it_was() {
    if Log::Postgres.is_here() {
        let party = &mut Party::gathered(Log::Postgres);
        killed_while_serving(party);
        killed_beside_serving(party);
    }
}

#[test]
fn a_hub_that_is_killed_at_any_moment_goes_on_where_it_was() {
    killed_at_random(Log::Sqlite);
}

#[test]
fn a_hub_in_a_database_that_is_killed_at_any_moment_goes_on_where_it_was() {
    if Log::Postgres.is_here() {
        killed_at_random(Log::Postgres);
    }
}

/// Kills at random moments, as many as are asked for. One that leaves something wrong says its number.
fn killed_at_random(log: Log) {
    let began = Instant::now();
    let kills = std::env::var_os("SIGNPOST_KILLS").map_or(FEW, |many| {
        many.to_string_lossy().parse().expect("a number")
    });
    let mut party = Party::gathered(log);
    for kill in 0..kills {
        if kill % PER_PARTY == PER_PARTY - 1 {
            party = Party::gathered(log);
        }
        let when = format!("kill {kill}");
        let _said = OnPanic(&when);
        random::survives(&mut party, &when);
    }
    let took = began.elapsed().as_secs_f64();
    println!("a hub was killed {kills} times at random moments, {took:.1} s");
}

/// Says where something went wrong.
struct OnPanic<'a>(&'a str);

impl Drop for OnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("it went wrong at: {}", self.0);
        }
    }
}

fn killed_while_serving(party: &mut Party) {
    let began = Instant::now();
    let mut ends = 0;
    for point in points_of_the_hub(party.log) {
        if !while_serving(&point) {
            continue;
        }
        let once = ["pair", "serve"].iter().any(|part| point.starts_with(part));
        let once = once || party.log == Log::Postgres;
        for times in TIMES.into_iter().take(if once { 1 } else { 2 }) {
            let point = format!("{point}#{times}");
            let _said = OnPanic(&point);
            let killed = party.survives(&point);
            assert!(killed || times > 1, "the hub never came to {point}");
            ends += usize::from(killed);
        }
    }
    let took = began.elapsed().as_secs_f64();
    println!("a hub that served was killed {ends} times, {took:.1} s");
}

fn killed_beside_serving(party: &mut Party) {
    let began = Instant::now();
    let mut ends = 0;
    for point in points_of_the_hub(party.log) {
        if while_serving(&point) {
            continue;
        }
        let _said = OnPanic(&point);
        let killed = verbs::survives(party, &point);
        assert!(killed, "nothing came to {point}");
        ends += 1;
    }
    let took = began.elapsed().as_secs_f64();
    println!("a hub that did not serve was killed {ends} times, {took:.1} s");
}
