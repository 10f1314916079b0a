//! Measures Signpost with generated services.
//!
//! `cargo run --release -p benches --bin latency -- --services 16000,200000 [--rounds 10] [--folder DIR]`
//!
//! Each stage runs in a process of its own, so that memory is that of searching alone.

use std::error::Error;
use std::io::{Write as _, stdout};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use benches::prepare::{Prepared, prepare};
use benches::signpost::{Measured, measure};
use clap::{Parser, ValueEnum};
use serde::de::DeserializeOwned;

/// Measures Signpost with generated services.
#[derive(Debug, Parser)]
struct Line {
    /// How many services; several numbers with commas.
    #[arg(long, value_delimiter = ',', default_value = "16000")]
    services: Vec<usize>,
    /// How often each key is measured.
    #[arg(long, default_value_t = 10)]
    rounds: usize,
    /// Keeps the prepared folders here, and uses those that are here.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// One stage in a prepared folder; its result is printed as JSON.
    #[arg(long, hide = true)]
    stage: Option<Stage>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Stage {
    Prepare,
    Search,
}

impl Stage {
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
            .args(["--rounds", &line.rounds.to_string(), "--folder"])
            .arg(folder)
            .stderr(Stdio::inherit())
            .output()?;
        if !output.status.success() {
            return Err(format!("{} ended with {}", name.get_name(), output.status).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let line = Line::parse();
    if let (Some(stage), Some(folder)) = (line.stage, &line.folder) {
        let services = line.services.first().copied().unwrap_or_default();
        let result = match stage {
            Stage::Prepare => serde_json::to_string(&prepare(folder, services)?)?,
            Stage::Search => serde_json::to_string(&measure(folder, line.rounds)?)?,
        };
        writeln!(stdout(), "{result}")?;
        return Ok(());
    }
    let passing = tempfile::tempdir()?;
    for services in &line.services {
        let home = line.folder.as_deref().unwrap_or(passing.path());
        size(&line, &home.join(services.to_string()), *services)?;
    }
    Ok(())
}

fn size(line: &Line, folder: &Path, services: usize) -> Result<(), Box<dyn Error>> {
    let note = folder.with_extension("json");
    let prepared: Prepared = if note.exists() {
        serde_json::from_slice(&std::fs::read(&note)?)?
    } else {
        std::fs::create_dir_all(folder)?;
        let prepared = Stage::Prepare.run(line, folder, services)?;
        std::fs::write(&note, serde_json::to_vec(&prepared)?)?;
        prepared
    };
    let mut out = stdout().lock();
    writeln!(out, "\n## {} services\n", prepared.services)?;
    let mb = |bytes: u64| bytes / 1_000_000;
    writeln!(
        out,
        "load {:.1} s, index built in {:.1} s; database {} MB (records {} bytes each), index {} MB, texts {} MB: {:.2}",
        prepared.load_s,
        prepared.build_s,
        mb(prepared.database),
        prepared.records / prepared.services.max(1) as u64,
        mb(prepared.index),
        mb(prepared.text),
        prepared.index as f64 / prepared.text as f64
    )?;
    let measured: Measured = Stage::Search.run(line, folder, services)?;
    writeln!(
        out,
        "open {:.1} ms, first search {:.1} ms, memory {} MB; one change: stored p50 {:.1} ms, found p50 {:.1} p99 {:.1} ms\n",
        measured.open_ms,
        measured.first_ms,
        mb(measured.resident),
        measured.edit.0.p50,
        measured.edit.1.p50,
        measured.edit.1.p99
    )?;
    for (class, spread) in &measured.classes {
        writeln!(
            out,
            "{:32} samples {:6}  p50 {:7.3}  p99 {:7.3}  max {:7.3}  target p99 {}",
            class.said(),
            spread.samples,
            spread.p50,
            spread.p99,
            spread.max,
            class.target_ms(services)
        )?;
    }
    writeln!(out, "slowest keys:")?;
    for (text, class, p50) in &measured.slowest {
        writeln!(out, "{p50:8.3} {class:?} {text:?}")?;
    }
    Ok(())
}
