//! Files of HSDS and Open Referral UK of any version, as JSON or tables.

use std::collections::HashMap;
use std::path::Path;

use domain::{Kind, Record};
use interchange::{Finding, Incoming, Intake, InterchangeError, Stop, Weight, hsds};
use serde_json::Value;

use crate::failure::Failure;
use crate::log::Key;
use crate::seed::Seed;

/// The records of a file or folder. What is refused in it is written down.
pub(super) fn read(from: &Path) -> Result<Vec<Seed>, Failure> {
    let name = from
        .file_stem()
        .unwrap_or(from.as_os_str())
        .to_string_lossy()
        .into_owned();
    let mut gathered = Gathered {
        source: name.clone(),
        ..Gathered::default()
    };
    let summary = match hsds::tabular::recognise(from)? {
        Some(_) => hsds::tabular::read(from, &name, &mut gathered)?,
        None => hsds::read(from, &name, &mut gathered)?,
    };
    if gathered.seeds.is_empty() {
        let from = from.display();
        return Err(Failure::File(format!(
            "{from} holds no record: {} documents were met, {} refused. It should be HSDS or Open \
             Referral UK, or a desk's directory.sqlite3.",
            summary.documents, summary.refused
        )));
    }
    Ok(gathered.seeds)
}

/// What was read, each record once.
#[derive(Default)]
struct Gathered {
    source: String,
    seeds: Vec<Seed>,
    at: HashMap<Key, usize>,
}

impl Intake for Gathered {
    fn take(&mut self, incoming: Incoming) -> Result<(), Stop> {
        let (key, value) = match &incoming.record {
            interchange::Record::Service(one) => {
                ((Kind::Service, one.id), serde_json::to_value(one))
            }
            interchange::Record::Organisation(one) => {
                ((Kind::Organisation, one.id), serde_json::to_value(one))
            }
            interchange::Record::Place(one) => ((Kind::Place, one.id), serde_json::to_value(one)),
        };
        let Ok(Value::Object(record)) = value else {
            return Err(Stop::from(InterchangeError::Broken {
                spot: incoming.spot,
                why: "it can't be written as JSON".to_owned(),
            }));
        };
        self.put(key, record);
        Ok(())
    }

    fn find(&mut self, finding: Finding) -> Result<(), Stop> {
        if finding.weight == Weight::Refused {
            tracing::warn!(at = %finding.spot, "{}", finding.message);
        }
        Ok(())
    }

    fn step(&mut self, _done: u64, _total: u64) -> Result<(), Stop> {
        Ok(())
    }
}

impl Gathered {
    /// A record that comes again says more: its reader has put both together.
    fn put(&mut self, key: Key, record: Record) {
        let source = self.source.clone();
        let seed = Seed {
            key,
            record,
            source,
        };
        match self.at.get(&key).and_then(|at| self.seeds.get_mut(*at)) {
            Some(there) => *there = seed,
            None => {
                self.at.insert(key, self.seeds.len());
                self.seeds.push(seed);
            }
        }
    }
}
