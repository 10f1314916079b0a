//! Random histories: a few hundred with the other tests, as many as wanted by
//! `SIGNPOST_HISTORIES=10000 cargo test --release -p tests histories -- --nocapture`. A failing one
//! says its seed; `SIGNPOST_HISTORY=<seed>` carries that one out alone. With `SIGNPOST_LOG=postgres`
//! the hub of all of them is on PostgreSQL; a few are so with the other tests.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::history::{Figures, History};
use super::line::held;
use super::log::Log;
use super::plan::{Plan, plans};

/// With the other tests.
const FEW: u64 = 200;
/// With the other tests on PostgreSQL, of which each has a database of its own.
const FEW_IN_DATABASES: u64 = 30;
/// Each of these failed once.
const FAILED_ONCE: [u64; 6] = [1280, 1378, 1468, 1570, 1910, 8734];
/// A failing one is made smaller for so long.
const SMALLER: Duration = Duration::from_secs(60);
/// After so many failures no further histories are begun.
const ENOUGH: usize = 5;

fn tree(seed: u64) -> impl ValueTree<Value = Plan> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    // Most meetings are small; one in ten is large.
    let (desks, steps) = if seed.is_multiple_of(10) {
        (20, 90)
    } else {
        (4, 40)
    };
    plans(desks, steps)
        .new_tree(&mut runner)
        .expect("a history")
}

fn carry_out(plan: &Plan, log: Log) -> Result<Figures, String> {
    catch_unwind(AssertUnwindSafe(|| History::run(plan, log))).map_err(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        said.or_else(|| panic.downcast_ref::<&str>().map(|&it| it.to_owned()))
            .unwrap_or_default()
    })
}

/// The smallest failing history that is found from this one.
fn smaller(seed: u64, log: Log) -> (Plan, String) {
    let mut tree = tree(seed);
    let mut found = (
        tree.current(),
        carry_out(&tree.current(), log).err().unwrap_or_default(),
    );
    let began = Instant::now();
    while began.elapsed() < SMALLER {
        match carry_out(&tree.current(), log) {
            Err(fault) => {
                found = (tree.current(), fault);
                if !tree.simplify() {
                    break;
                }
            }
            Ok(_) if tree.complicate() => {}
            Ok(_) => break,
        }
    }
    found
}

fn number(name: &str) -> Option<u64> {
    std::env::var_os(name)?.to_str()?.parse().ok()
}

/// Says what failed, and the first of it as small as it can be made.
fn tell(failed: &BTreeMap<u64, String>, log: Log) {
    let Some((&seed, _)) = failed.first_key_value() else {
        return;
    };
    let name = log.name();
    for (seed, fault) in failed {
        println!("SIGNPOST_LOG={name} SIGNPOST_HISTORY={seed}\n{fault}\n");
    }
    let (plan, fault) = smaller(seed, log);
    let steps = plan.steps.iter().map(|step| format!("{step:?}\n"));
    let steps: String = steps.collect();
    panic!(
        "SIGNPOST_LOG={name} SIGNPOST_HISTORY={seed} made smaller: {:?}\n{steps}{fault}",
        plan.desks
    );
}

#[test]
fn histories_end_in_agreement() {
    if Log::Sqlite.is_named() != Some(false) {
        many(Log::Sqlite, &asked_for(FEW));
    }
}

#[test]
fn histories_that_failed_once_end_in_agreement() {
    many(Log::Sqlite, &FAILED_ONCE);
}

#[test]
fn histories_of_a_hub_in_a_database_end_in_agreement() {
    let asked = ["SIGNPOST_HISTORY", "SIGNPOST_HISTORIES"].map(number);
    // Long runs are of the store that is named.
    let few = asked == [None, None];
    let wanted = Log::Postgres.is_named().unwrap_or(few);
    if wanted && Log::Postgres.is_here() {
        many(Log::Postgres, &asked_for(FEW_IN_DATABASES));
    }
}

/// The histories that are asked for, or else a few.
fn asked_for(few: u64) -> Vec<u64> {
    match number("SIGNPOST_HISTORY") {
        Some(seed) => vec![seed],
        None => (0..number("SIGNPOST_HISTORIES").unwrap_or(few)).collect(),
    }
}

/// Carries histories out.
fn many(log: Log, seeds: &[u64]) {
    let began = Instant::now();
    let next = Mutex::new(seeds.iter().copied());
    let begun = AtomicU64::new(0);
    let sums = [const { AtomicU64::new(0) }; 3];
    let failed = Mutex::new(BTreeMap::new());
    let work = || {
        while held(&failed).len() < ENOUGH {
            let Some(seed) = held(&next).next() else {
                return;
            };
            let begun = begun.fetch_add(1, Ordering::Relaxed);
            if begun > 0 && begun.is_multiple_of(1_000) {
                println!("{begun} histories of {}", seeds.len());
            }
            match carry_out(&tree(seed).current(), log) {
                Ok(figures) => figures.add_to(&sums),
                Err(fault) => drop(held(&failed).insert(seed, fault)),
            }
        }
    };
    thread::scope(|scope| {
        // More than there are cores in a small computer: a history waits for its hub about half of the time.
        for _ in 0..4 {
            scope.spawn(work);
        }
    });
    tell(&held(&failed), log);
    let [operations, syncs, changes] = sums.map(AtomicU64::into_inner);
    let (count, took) = (seeds.len(), began.elapsed().as_secs_f64());
    println!(
        "{count} histories on {} in {took:.1} s ({:.1} a second): {operations} operations pushed, \
         {syncs} syncs, {changes} changes accepted",
        log.name(),
        count as f64 / took
    );
}
