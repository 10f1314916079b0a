//! Measures reading and writing other people's formats with generated services, and others beside
//! it, and prints tables.
//!
//! Each measurement runs in a process of its own, so that its memory is its own.

use std::error::Error;
use std::io::{Write as _, stdout};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use benches::exchange::{Measured, Stage, prepare};
use clap::Parser;

/// Measures reading and writing other people's formats, and others beside it.
#[derive(Debug, Parser)]
struct Line {
    /// How many services; several numbers with commas.
    #[arg(long, value_delimiter = ',', default_value = "10000,100000")]
    services: Vec<usize>,
    /// How often each is measured; the median is printed.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// A Python with pandas, openpyxl, frictionless and jsonschema, to measure them beside it.
    #[arg(long)]
    python: Option<PathBuf>,
    /// The compiled HSDS schema of a service, for the validator in Python.
    #[arg(long, requires = "python")]
    schema: Option<PathBuf>,
    /// Keeps the generated files here, and uses those that are here.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// One measurement on the generated files; its result is printed as JSON.
    #[arg(long, hide = true)]
    stage: Option<Stage>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let line = Line::parse();
    if let (Some(stage), Some(folder)) = (line.stage, &line.folder) {
        let measured = stage.measure(folder)?;
        return Ok(writeln!(stdout(), "{}", serde_json::to_string(&measured)?)?);
    }
    let passing = tempfile::tempdir()?;
    let home = line.folder.as_deref().unwrap_or(passing.path());
    for services in &line.services {
        let folder = home.join(services.to_string());
        prepare(&folder, *services)?;
        writeln!(stdout(), "\n## {services} services\n")?;
        writeln!(stdout(), "| what | seconds | a second | peak MB |")?;
        writeln!(stdout(), "| --- | ---: | ---: | ---: |")?;
        for stage in Stage::all() {
            let measured = median(&line, || own(*stage, &folder))?;
            print(stage.title(), &measured)?;
        }
        for (what, title) in PEERS {
            let Some(python) = &line.python else {
                continue;
            };
            if *what == "jsonschema" && line.schema.is_none() {
                continue;
            }
            let measured = median(&line, || {
                peer(python, (what, line.schema.as_deref()), &folder)
            })?;
            print(title, &measured)?;
        }
    }
    Ok(())
}

/// What `python/read.py` measures.
const PEERS: &[(&str, &str)] = &[
    ("pandas-csv", "pandas reads the CSV"),
    ("frictionless-csv", "frictionless validates the CSV"),
    ("pandas-xlsx", "pandas reads the XLSX (openpyxl)"),
    ("jsonschema", "jsonschema validates the HSDS array"),
];

fn print(title: &str, measured: &Measured) -> Result<(), Box<dyn Error>> {
    let Measured {
        seconds,
        records,
        peak_kb,
    } = measured;
    let each = *records as f64 / seconds;
    let peak = peak_kb / 1024;
    Ok(writeln!(
        stdout(),
        "| {title} | {seconds:.2} | {each:.0} | {peak} |"
    )?)
}

fn median(
    line: &Line,
    mut measure: impl FnMut() -> Result<Measured, Box<dyn Error>>,
) -> Result<Measured, Box<dyn Error>> {
    let mut all = (0..line.rounds.max(1))
        .map(|_| measure())
        .collect::<Result<Vec<_>, _>>()?;
    all.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    let middle = all.len() / 2;
    Ok(all.swap_remove(middle))
}

fn own(stage: Stage, folder: &Path) -> Result<Measured, Box<dyn Error>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--stage").arg(stage.name());
    command.arg("--folder").arg(folder);
    result(&mut command)
}

fn peer(
    python: &Path,
    (what, schema): (&str, Option<&Path>),
    folder: &Path,
) -> Result<Measured, Box<dyn Error>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/read.py");
    let mut command = Command::new(python);
    command.arg(script).arg(what).arg(folder).args(schema);
    result(&mut command)
}

fn result(command: &mut Command) -> Result<Measured, Box<dyn Error>> {
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{command:?} failed: {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
