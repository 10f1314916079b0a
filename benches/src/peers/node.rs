//! `MiniSearch` and `FlexSearch`, in node: what a directory in a browser would use.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use super::{Marks, Options, Peer, asked, each_row};
use crate::keys::Key;
use crate::samples::Times;
use crate::signpost::by_class;

/// One service in the file for node.
#[derive(Serialize)]
struct Line<'a> {
    id: usize,
    name: &'a str,
    other: &'a str,
    tags: &'a str,
    body: &'a str,
    marks: Marks,
}

/// What the script prints of one library.
#[derive(Deserialize)]
struct Told {
    name: String,
    build_s: f64,
    /// Milliseconds, for each key.
    times: Vec<Vec<f64>>,
}

/// Runs the script of the folder `node` on the services of a prepared folder.
///
/// # Errors
/// When node or the script's packages are missing, or what the store said.
pub fn measure(folder: &Path, keys: &[Key], rounds: usize) -> Result<Vec<Peer>, Box<dyn Error>> {
    let options = Options::of(folder)?;
    let keys = asked(keys);
    let passing = tempfile::tempdir_in(folder.parent().unwrap_or(folder))?;
    let (services, questions) = (
        passing.path().join("services.jsonl"),
        passing.path().join("questions.json"),
    );
    write_services(&services, folder, &options)?;
    let asked: Vec<_> = keys.iter().map(|key| options.question(key)).collect();
    std::fs::write(&questions, serde_json::to_vec(&asked)?)?;
    let output = Command::new("node")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/node/search.mjs"))
        .args([&services, &questions])
        .arg(rounds.to_string())
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err("node failed: run `npm ci` in benches/node first".into());
    }
    let told: Vec<Told> = serde_json::from_slice(&output.stdout)?;
    let peer = |told: Told| {
        let Told {
            name,
            build_s,
            times,
        } = told;
        let cpu = Vec::new;
        let times: Vec<Times> = times
            .into_iter()
            .map(|wall| Times { wall, cpu: cpu() })
            .collect();
        let classes = by_class(&keys, &times);
        Peer {
            name,
            build_s,
            classes,
        }
    };
    Ok(told.into_iter().map(peer).collect())
}

fn write_services(file: &Path, folder: &Path, options: &Options) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(file)?);
    let mut id = 0;
    each_row(folder, options, |[name, other, tags, body], marks| {
        let line = Line {
            id,
            name: &name,
            other: &other,
            tags: &tags,
            body: &body,
            marks,
        };
        serde_json::to_writer(&mut out, &line)?;
        id += 1;
        Ok(out.write_all(b"\n")?)
    })?;
    Ok(out.flush()?)
}
