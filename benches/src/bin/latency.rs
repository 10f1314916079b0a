//! Measures Signpost, and others beside it, with generated services, and prints tables.
//!
//! Each stage runs in a process of its own, so that memory is that of searching alone.

use std::error::Error;
use std::io::{Write as _, stdout};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use benches::cold;
use benches::peers::{Peer, fts5, node};
use benches::prepare::{Prepared, prepare};
use benches::report::Report;
use benches::signpost::{keys, measure};
use clap::{Parser, ValueEnum};
use serde::de::DeserializeOwned;

/// Measures Signpost, and others beside it, with generated services.
#[derive(Debug, Parser)]
struct Line {
    /// How many services; several numbers with commas.
    #[arg(long, value_delimiter = ',', default_value = "16000")]
    services: Vec<usize>,
    /// How often each key is measured.
    #[arg(long, default_value_t = 10)]
    rounds: usize,
    /// Which others to measure beside it.
    #[arg(long, value_enum, value_delimiter = ',')]
    peers: Vec<With>,
    /// How often each key is measured with the others.
    #[arg(long, default_value_t = 3)]
    peer_rounds: usize,
    /// Keeps the prepared folders here, and uses those that are here.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// One stage in a prepared folder; its result is printed as JSON.
    #[arg(long, hide = true)]
    stage: Option<Stage>,
}

/// Others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum With {
    /// SQLite's full-text index.
    Fts5,
    /// Two libraries in node, up to 16,000 services.
    Node,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Stage {
    Prepare,
    Search,
    Fts5,
    Node,
}

/// More services than this are not given to the libraries in node.
const MOST_FOR_NODE: usize = 16_000;

fn main() -> Result<(), Box<dyn Error>> {
    let line = Line::parse();
    if let (Some(stage), Some(folder)) = (line.stage, &line.folder) {
        let result = stage.work(&line, folder)?;
        return Ok(writeln!(stdout(), "{result}")?);
    }
    let passing = tempfile::tempdir()?;
    let home = line.folder.as_deref().unwrap_or(passing.path());
    for services in &line.services {
        let report = size(&line, &home.join(services.to_string()), *services)?;
        writeln!(stdout(), "{report}")?;
    }
    Ok(())
}

fn size(line: &Line, folder: &Path, services: usize) -> Result<Report, Box<dyn Error>> {
    let with = |peer| line.peers.contains(&peer);
    let mut report = Report {
        services,
        prepared: prepared(line, folder, services)?,
        measured: Stage::Search.run(line, folder, services)?,
        cold: None,
        peers: Vec::new(),
    };
    if let Some(program) = cold::program() {
        report.cold = Some(cold::starts(&program, folder)?);
    }
    if with(With::Fts5) {
        report.peers.push(Stage::Fts5.run(line, folder, services)?);
    }
    if with(With::Node) && services <= MOST_FOR_NODE {
        report
            .peers
            .extend(Stage::Node.run::<Vec<Peer>>(line, folder, services)?);
    }
    Ok(report)
}

/// What preparing the folder took, when it was prepared.
fn prepared(line: &Line, folder: &Path, services: usize) -> Result<Prepared, Box<dyn Error>> {
    let note = folder.with_extension("json");
    if note.exists() {
        return Ok(serde_json::from_slice(&std::fs::read(&note)?)?);
    }
    std::fs::create_dir_all(folder)?;
    let prepared = Stage::Prepare.run(line, folder, services)?;
    std::fs::write(&note, serde_json::to_vec(&prepared)?)?;
    Ok(prepared)
}

impl Stage {
    /// Does its work in this process.
    fn work(self, line: &Line, folder: &Path) -> Result<String, Box<dyn Error>> {
        let services = line.services.first().copied().unwrap_or_default();
        let rounds = line.peer_rounds;
        Ok(match self {
            Self::Prepare => serde_json::to_string(&prepare(folder, services)?)?,
            Self::Search => serde_json::to_string(&measure(folder, line.rounds)?)?,
            Self::Fts5 => serde_json::to_string(&fts5::measure(folder, &keys()?, rounds)?)?,
            Self::Node => serde_json::to_string(&node::measure(folder, &keys()?, rounds)?)?,
        })
    }

    /// Does it in a process of its own.
    fn run<T: DeserializeOwned>(
        self,
        line: &Line,
        folder: &Path,
        services: usize,
    ) -> Result<T, Box<dyn Error>> {
        let name = self.to_possible_value().ok_or("a stage without a name")?;
        let output = Command::new(std::env::current_exe()?)
            .args([
                "--stage",
                name.get_name(),
                "--services",
                &services.to_string(),
            ])
            .args(["--rounds", &line.rounds.to_string()])
            .args(["--peer-rounds", &line.peer_rounds.to_string(), "--folder"])
            .arg(folder)
            .stderr(Stdio::inherit())
            .output()?;
        if !output.status.success() {
            return Err(format!("{} ended with {}", name.get_name(), output.status).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}
