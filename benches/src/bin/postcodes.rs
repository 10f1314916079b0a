//! Measures a pack of postcodes: how long it takes to make, how large it is, and a look-up in it
//! beside the same in a hash map and by halving in a sorted list.
//!
//! `cargo run --release -p benches --bin postcodes -- [COUNT]`

use std::collections::HashMap;
use std::error::Error;
use std::hint::black_box;
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::time::Instant;

use benches::postcodes::{Unit, units, write};
use benches::samples::Spread;
use domain::{Point, Postcode};
use interchange::postcodes::{Found, Pack, import};

/// As many as Great Britain has.
const COUNT: usize = 1_749_888;
/// Look-ups taken together, as one is too short for the clock.
const TOGETHER: usize = 100;
/// Of so many postcodes one is looked up.
const EVERY: usize = 7;

type Answer = Result<(), Box<dyn Error>>;

fn main() -> Answer {
    let count = std::env::args().nth(1).map_or(Ok(COUNT), |n| n.parse())?;
    let folder = tempfile::tempdir()?;
    let lists = folder.path().join("codepo_gb");
    write(count, &lists)?;
    let mut out = stdout().lock();
    writeln!(out, "| what | measured |\n| --- | ---: |")?;

    let pack = folder.path().join("postcodes.pack");
    let (before, started) = (memory("VmRSS")?, Instant::now());
    let imported = import(&[PathBuf::from(&lists)], &pack, &mut |_, _| Ok(()))?;
    let took = started.elapsed().as_secs_f64();
    writeln!(out, "| postcodes | {} |", imported.about.live)?;
    writeln!(out, "| read and written | {took:.2} s |")?;
    let peak = memory("VmHWM")?.saturating_sub(before);
    writeln!(out, "| memory for it at most | {} MB |", peak / 1024)?;
    let bytes = std::fs::metadata(&pack)?.len();
    writeln!(out, "| pack | {} kB |", bytes / 1000)?;

    let (before, started) = (memory("VmRSS")?, Instant::now());
    let opened = Pack::open(&pack)?;
    let took = started.elapsed().as_secs_f64() * 1e3;
    writeln!(out, "| opened and checked | {took:.1} ms |")?;
    let kept = memory("VmRSS")?.saturating_sub(before);
    writeln!(out, "| memory for it, opened | {} MB |", kept / 1024)?;
    look_ups(count, &opened, &mut out)
}

fn look_ups(count: usize, pack: &Pack, out: &mut impl Write) -> Answer {
    let mut asked: Vec<Postcode> = Vec::new();
    for (n, unit) in units(count).enumerate() {
        let Found::Live {
            point: Some(_),
            district: Some(district),
        } = pack.lookup(&unit.postcode)
        else {
            return Err(format!("{} is not in the pack", unit.postcode).into());
        };
        if district != unit.district {
            return Err(format!("{} is not in {district}", unit.postcode).into());
        }
        if n % EVERY == 0 {
            asked.push(unit.postcode);
        }
    }
    // Far from one another, so that nothing is near the last one in memory.
    asked.sort_by_key(|code| code.to_string().bytes().rev().collect::<Vec<u8>>());
    said(out, "a look-up in the pack", &asked, |code| {
        matches!(black_box(pack.lookup(code)), Found::Live { .. })
    })?;

    let before = memory("VmRSS")?;
    // Some point: the others are only to be as large as the pack's answers.
    let some = Point::new(53.5, -2.3)?;
    let entry = |unit: Unit| (unit.postcode, (some, unit.district));
    let map: HashMap<Postcode, (Point, String)> = units(count).map(entry).collect();
    let kept = memory("VmRSS")?.saturating_sub(before);
    writeln!(
        out,
        "| memory for a hash map of the same | {} MB |",
        kept / 1024
    )?;
    said(out, "a look-up in it", &asked, |code| {
        black_box(map.get(code).cloned()).is_some()
    })?;

    let mut list: Vec<(Postcode, (Point, String))> = map.into_iter().collect();
    list.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    said(out, "a look-up by halving a sorted list", &asked, |code| {
        let found = list.binary_search_by(|(known, _)| known.cmp(code));
        black_box(found.ok().and_then(|n| list.get(n)).cloned()).is_some()
    })
}

/// Microseconds for one, of many taken together.
fn said(
    out: &mut impl Write,
    what: &str,
    asked: &[Postcode],
    look_up: impl Fn(&Postcode) -> bool,
) -> Answer {
    let mut times = Vec::new();
    for some in asked.chunks_exact(TOGETHER) {
        let started = Instant::now();
        let found = some.iter().filter(|code| look_up(code)).count();
        times.push(started.elapsed().as_secs_f64() * 1e6 / f64::from(u32::try_from(some.len())?));
        if found != some.len() {
            return Err(format!("{what}: only {found} of {} found", some.len()).into());
        }
    }
    let Spread { p50, p99, max, .. } = Spread::of(times);
    writeln!(
        out,
        "| {what} | {p50:.2} µs (p99 {p99:.2}, most {max:.2}) |"
    )?;
    Ok(())
}

/// A line of what the system knows of this process's memory, kB; 0 where it says nothing.
fn memory(line: &str) -> Result<u64, Box<dyn Error>> {
    let Ok(text) = std::fs::read_to_string("/proc/self/status") else {
        return Ok(0);
    };
    let found = text.lines().find_map(|one| one.strip_prefix(line));
    let number = found.and_then(|rest| rest.split_whitespace().nth(1));
    Ok(number.unwrap_or("0").parse()?)
}
