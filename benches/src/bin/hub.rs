//! Measures a hub: operations a second on SQLite and on PostgreSQL, desks that listen, what a published
//! change costs with and without a cache in front, and the Open Referral API. `signpost-hub` is looked
//! for beside it.

use std::error::Error;
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::time::Duration;

use benches::hub::{Asked, measure};
use clap::Parser;

/// Measures a hub
#[derive(Debug, Parser)]
struct Line {
    /// Devices that push at the same time
    #[arg(long, default_value_t = 8)]
    devices: usize,
    /// For how long they push
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Desks that listen
    #[arg(long, default_value_t = 10_000)]
    listeners: usize,
    /// Desks that fetch a published change
    #[arg(long, default_value_t = 500)]
    readers: usize,
    /// Records that the Open Referral API lists; several numbers with commas
    #[arg(long, value_delimiter = ',', default_value = "10000,100000")]
    records: Vec<usize>,
    /// How often each is done: the median is printed
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// The program [default: beside this one]
    #[arg(long)]
    program: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let line = Line::parse();
    let beside = std::env::current_exe()?.with_file_name("signpost-hub");
    let asked = Asked {
        program: line.program.unwrap_or(beside),
        devices: line.devices,
        seconds: Duration::from_secs(line.seconds),
        listeners: line.listeners,
        readers: line.readers,
        records: line.records,
        rounds: line.rounds,
    };
    if !asked.program.exists() {
        let program = asked.program.display();
        return Err(format!("there is no {program}: cargo build --release -p hub").into());
    }
    let text = measure(&asked)?;
    stdout().lock().write_all(text.as_bytes())?;
    Ok(())
}
