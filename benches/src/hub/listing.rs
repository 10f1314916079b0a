//! The Open Referral API: how long a hub takes to put a directory on its shelf, and to answer.

use std::io::Read as _;
use std::time::Instant;

use super::process::agent;
use super::{Answer, Asked, median, memory};
use crate::meeting::signpost::{Seed, Serving};

/// Pages asked for in a round.
const PAGES: usize = 50;
/// What a page holds.
const PAGE: usize = 100;

pub(super) fn measure(asked: &Asked) -> Answer<Vec<String>> {
    let mut rows = Vec::new();
    for records in &asked.records {
        let seed = Seed::generate(*records).map_err(|error| error.to_string())?;
        rows.push(row(&seed, asked)?);
    }
    Ok(rows)
}

fn row(seed: &Seed, asked: &Asked) -> Answer<String> {
    let data = tempfile::tempdir()?;
    let serve = || {
        seed.init(&asked.program, data.path())?;
        Serving::start(&asked.program, data.path())
    };
    let hub = serve().map_err(|error| error.to_string())?;
    let began = Instant::now();
    let address = format!("http://{}", hub.address);
    let first = format!("{address}/services?per_page={PAGE}");
    hub.settled().map_err(|error| error.to_string())?;
    let filled = began.elapsed().as_secs_f64();
    let (mut pages, mut all, mut bytes) = (Vec::new(), Vec::new(), 0);
    let last = seed.services.div_ceil(PAGE);
    for round in 0..asked.rounds {
        for page in 0..PAGES {
            // All over the list, the last page among them.
            let number = last - (page + round) * last / (PAGES + asked.rounds);
            let began = Instant::now();
            read(&format!("{first}&page={number}"))?;
            pages.push(began.elapsed().as_secs_f64() * 1e3);
        }
        let began = Instant::now();
        bytes = read(&format!("{address}/services?format=ndjson"))?;
        all.push(began.elapsed().as_secs_f64());
    }
    pages.sort_by(f64::total_cmp);
    let slow = pages
        .get(pages.len() * 99 / 100)
        .copied()
        .unwrap_or_default();
    let (page, all) = (median(pages), median(all));
    let (most, each) = (
        memory(hub.id(), "VmHWM:")? / 1024,
        seed.services as f64 / all,
    );
    let (records, services, bytes) = (seed.records, seed.services, bytes as f64 / 1e6);
    Ok(format!(
        "| {records} | {services} | {filled:.2} | {page:.2} | {slow:.2} | {all:.2} | {bytes:.1} | \
         {each:.0} | {most} |\n"
    ))
}

/// Asks for something and reads it to its end; its bytes.
fn read(address: &str) -> Answer<u64> {
    let mut answer = agent().get(address).call()?;
    if answer.status() != 200 {
        return Err(format!("{address}: {}", answer.status()).into());
    }
    let mut body = answer.body_mut().as_reader();
    let (mut piece, mut bytes) = (vec![0; 64 * 1024], 0);
    loop {
        match body.read(&mut piece)? {
            0 => return Ok(bytes),
            read => bytes += u64::try_from(read)?,
        }
    }
}
