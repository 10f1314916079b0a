use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::read::open;
use crate::{Finding, Incoming, Intake, InterchangeError, Stop, Weight};

mod faults;
mod generated;
mod older;
mod present;
mod records;
mod round;

/// What was read.
#[derive(Default)]
struct Seen {
    findings: Vec<Finding>,
    steps: u64,
    taken: Vec<Incoming>,
}

impl Intake for Seen {
    fn take(&mut self, incoming: Incoming) -> Result<(), Stop> {
        self.taken.push(incoming);
        Ok(())
    }

    fn find(&mut self, finding: Finding) -> Result<(), Stop> {
        self.findings.push(finding);
        Ok(())
    }

    fn step(&mut self, done: u64, total: u64) -> Result<(), Stop> {
        assert!(done <= total, "{done} of {total}");
        self.steps += 1;
        Ok(())
    }
}

impl Seen {
    fn said(&self, weight: Weight) -> Vec<String> {
        let of = self
            .findings
            .iter()
            .filter(|finding| finding.weight == weight);
        of.map(|finding| format!("{}: {}", finding.spot, finding.message))
            .collect()
    }
}

type Documents = Vec<(&'static str, Map<String, Value>)>;

/// The documents of a package.
fn read(path: &Path) -> Result<(Documents, Seen), InterchangeError> {
    let mut seen = Seen::default();
    let mut found = Vec::new();
    open(path, &mut seen)?.hand_on(&mut |document, done, total| {
        seen.step(done, total)?;
        found.push((document.entity.name, document.members));
        Ok(())
    })?;
    Ok((found, seen))
}

fn of<'a>(documents: &'a Documents, entity: &str) -> Vec<&'a Map<String, Value>> {
    let mine = documents.iter().filter(|(name, _)| *name == entity);
    mine.map(|(_, document)| document).collect()
}

/// Generated tables in a folder.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Data that others wrote, where it is there.
fn shared(path: &str) -> Option<PathBuf> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    let path = root.join(path);
    if !path.exists() {
        eprintln!("skipped: {} is not here", path.display());
        return None;
    }
    Some(path)
}
