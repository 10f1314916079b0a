//! Operations a second: devices that push as fast as they can, to one process or to several.

use std::time::{Duration, Instant};

use super::process::{Device, Hub, Serving};
use super::server::Cluster;
use super::{Answer, Asked, median};

/// Operations of one push: as many as are taken at once.
const AT_ONCE: u64 = 500;

pub(super) fn measure(asked: &Asked) -> Answer<Vec<String>> {
    let folder = tempfile::tempdir()?;
    let mut rows = Vec::new();
    let data = folder.path().join("hub").display().to_string();
    let hub = Hub::make(&asked.program, &["--data", &data]);
    rows.push(row("SQLite", &hub, 1, asked)?);
    // As it is installed: every commit is on the disk before it is answered.
    let Some(cluster) = Cluster::start(&[]) else {
        return Ok(rows);
    };
    for processes in [1, 3] {
        let address = cluster.address(&cluster.make_database());
        let hub = Hub::make(&asked.program, &["--database", &address]);
        let name = format!("PostgreSQL, {processes} of them");
        rows.push(row(&name, &hub, processes, asked)?);
    }
    Ok(rows)
}

fn row(name: &str, hub: &Hub, processes: usize, asked: &Asked) -> Answer<String> {
    let hubs: Vec<Serving> = (0..processes).map(|_| hub.serve()).collect();
    let first = hubs.first().ok_or("no process")?;
    let mut seen = Vec::new();
    for round in 0..asked.rounds {
        let names = (0..asked.devices).map(|n| format!("device {n} of round {round}"));
        let devices: Vec<Device> = names.map(|name| hub.join(first, &name)).collect();
        seen.push(one(devices, &hubs, asked)?);
    }
    let (devices, rate) = (asked.devices, median(seen));
    Ok(format!(
        "| {name}: operations a second, decided, {devices} devices | {rate:.0} |\n"
    ))
}

/// Operations a second of all devices together.
fn one(devices: Vec<Device>, hubs: &[Serving], asked: &Asked) -> Answer<f64> {
    let began = Instant::now();
    let decided: u64 = std::thread::scope(|scope| {
        let pushing: Vec<_> = devices
            .into_iter()
            .zip(hubs.iter().cycle())
            .map(|(device, hub)| scope.spawn(move || push(device, hub, (began, asked.seconds))))
            .collect();
        pushing
            .into_iter()
            .map(|one| one.join().unwrap_or_default())
            .sum()
    });
    let decided = u32::try_from(decided)?;
    Ok(f64::from(decided) / began.elapsed().as_secs_f64())
}

/// Pushes for so long; how many operations were decided.
fn push(mut device: Device, hub: &Serving, (began, long): (Instant, Duration)) -> u64 {
    let mut decided = 0;
    while began.elapsed() < long {
        let told = device.push(&hub.address, AT_ONCE).unwrap_or_default();
        decided += u64::try_from(told).unwrap_or_default();
    }
    decided
}
