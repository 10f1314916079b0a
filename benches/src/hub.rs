//! A hub as its administrators see it: operations a second on each store, desks that listen, and what
//! a published change costs with and without a cache in front.

mod cached;
mod line;
mod listing;
mod live;
#[expect(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a fault of the machine ends a measurement; tests use the rest"
)]
#[path = "../../crates/hub/tests/cluster/process.rs"]
mod process;
mod pushed;
#[expect(
    dead_code,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a fault of the machine ends a measurement; tests use the rest"
)]
#[path = "../../crates/hub/tests/cluster/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

/// What is measured.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The program `signpost-hub`.
    pub program: PathBuf,
    /// Devices that push at the same time.
    pub devices: usize,
    /// For how long they push.
    pub seconds: Duration,
    /// Desks that listen.
    pub listeners: usize,
    /// Desks that fetch a published change.
    pub readers: usize,
    /// How many records the Open Referral API lists.
    pub records: Vec<usize>,
    /// How often each is done.
    pub rounds: usize,
}

type Answer<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Measures everything, and says it as Markdown.
///
/// # Errors
/// Of the system, or where a hub does not answer as it should.
pub fn measure(asked: &Asked) -> Answer<String> {
    let mut text = String::from("| what | measured |\n| --- | ---: |\n");
    for row in pushed::measure(asked)? {
        text.push_str(&row);
    }
    for row in live::measure(asked)? {
        text.push_str(&row);
    }
    text.push_str(
        "\n| requests and bytes that a published change costs the hub | requests | bytes |\n",
    );
    text.push_str("| --- | ---: | ---: |\n");
    for row in cached::measure(asked)? {
        text.push_str(&row);
    }
    text.push_str(
        "\n| records | services | filled s | page of 100 ms | p99 ms | all as NDJSON s | MB \
         | services a second | memory at most MB |\n",
    );
    text.push('|');
    text.push_str(&" ---: |".repeat(9));
    text.push('\n');
    for row in listing::measure(asked)? {
        text.push_str(&row);
    }
    Ok(text)
}

/// The one in the middle, of some.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn metrics(hub: &process::Serving) -> Answer<String> {
    let mut answer = process::agent()
        .get(format!("{}/metrics", hub.address))
        .call()?;
    Ok(answer.body_mut().read_to_string()?)
}

/// The last sequence that a hub has published.
fn published(hub: &process::Serving) -> Answer<u64> {
    let text = metrics(hub)?;
    let mut lines = text.lines();
    let value = lines.find_map(|line| line.strip_prefix("signpost_hub_published_sequence "));
    Ok(value.ok_or("the hub does not say")?.parse()?)
}

/// What a hub has answered so far, by route: requests, and bytes of their bodies.
fn answered(hub: &process::Serving) -> Answer<BTreeMap<String, (u64, u64)>> {
    let text = metrics(hub)?;
    let mut found: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for line in text.lines() {
        let Some((name, rest)) = line.split_once("{route=\"") else {
            continue;
        };
        let Some((route, value)) = rest.split_once('"') else {
            continue;
        };
        let value = value.rsplit(' ').next().unwrap_or_default();
        let counted = found.entry(route.to_owned()).or_default();
        match name {
            "signpost_hub_answer_seconds_count" => counted.0 += value.parse::<u64>()?,
            "signpost_hub_answer_bytes_total" => counted.1 += value.parse::<u64>()?,
            _ => {}
        }
    }
    Ok(found)
}

/// Memory of a process, in KiB: `VmRSS:` now, `VmHWM:` at most so far.
fn memory(of: u32, which: &str) -> Answer<u64> {
    let status = std::fs::read_to_string(format!("/proc/{of}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(which));
    let value = line.and_then(|line| line.split_whitespace().next());
    Ok(value.ok_or("memory can't be told here")?.parse()?)
}

/// Waits for so long.
fn pause(long: Duration) {
    let (_never, told) = std::sync::mpsc::channel::<()>();
    let _over = told.recv_timeout(long);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_one_is_taken() {
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
    }
}
