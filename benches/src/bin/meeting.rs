//! Measures copies that meet, Signpost's and others' on the same generated records, and prints a
//! table of seconds and bytes for each number of records.

use std::error::Error;
use std::io::{Write as _, stdout};
use std::path::{Path, PathBuf};

use benches::meeting::peers::Peer;
use benches::meeting::signpost::Seed;
use benches::meeting::table::Column;
use clap::Parser;

/// Measures copies that meet.
#[derive(Debug, Parser)]
struct Line {
    /// How many records are generated; several numbers with commas.
    #[arg(long, value_delimiter = ',', default_value = "10000,100000")]
    records: Vec<usize>,
    /// Changes services only, which are the largest records; otherwise records of all kinds as they
    /// come.
    #[arg(long)]
    services: bool,
    /// How often Signpost is measured; the median is printed.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// How often the others are measured.
    #[arg(long, default_value_t = 3)]
    peer_rounds: usize,
    /// The hub's program; otherwise the one beside this program.
    #[arg(long)]
    hub: Option<PathBuf>,
    /// A Python with Anki, to measure its sync server beside Signpost.
    #[arg(long, default_value = "python3")]
    python: PathBuf,
    /// A Node that finds the packages of benches/node, to measure `PouchDB` beside Signpost.
    #[arg(long, default_value = "node")]
    node: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let line = Line::parse();
    let hub = match &line.hub {
        Some(hub) => hub.clone(),
        None => std::env::current_exe()?.with_file_name("signpost-hub"),
    };
    if !hub.exists() {
        let hub = hub.display();
        return Err(format!("there is no {hub}: cargo build --release -p hub").into());
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (anki, pouchdb) = (here.join("python/anki_sync.py"), here.join("node/sync.mjs"));
    let peers = [
        Peer {
            name: "Anki",
            program: line.python.as_os_str(),
            script: &anki,
        },
        Peer {
            name: "PouchDB",
            program: line.node.as_os_str(),
            script: &pouchdb,
        },
    ];
    let mut out = stdout();
    for records in &line.records {
        let text = measure(*records, &hub, &peers, &line)?;
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}

/// Measures all of them in turn, round by round, on as many records; the table.
fn measure(
    records: usize,
    hub: &Path,
    peers: &[Peer<'_>],
    line: &Line,
) -> Result<String, Box<dyn Error>> {
    let mut seed = Seed::generate(records)?;
    let file = tempfile::NamedTempFile::new()?;
    let bytes = seed.write(file.path(), line.services)?;
    let mut own = Column::named("Signpost");
    let mut others: Vec<(&Peer<'_>, Column)> = Vec::new();
    let mut text = format!(
        "\n## {} records, {} of them services, {:.1} MB as JSON\n\n",
        seed.records,
        seed.services,
        bytes as f64 / 1e6
    );
    for peer in peers {
        match peer.is_here() {
            true => others.push((peer, Column::named(peer.name))),
            false => text.push_str(&format!("{}: not here.\n\n", peer.name)),
        }
    }
    for round in 0..line.rounds.max(line.peer_rounds) {
        if round < line.rounds {
            own.add(seed.measure(hub)?);
        }
        if round >= line.peer_rounds {
            continue;
        }
        for (peer, column) in &mut others {
            column.add(peer.measure(file.path())?);
        }
    }
    let others: Vec<Column> = others.into_iter().map(|(_, column)| column).collect();
    Ok(text + &own.beside(&others))
}
