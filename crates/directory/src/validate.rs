//! Checking a file of others against the standard, whatever is in the directory.

use std::path::Path;

use interchange::{Finding, Incoming, Intake, Stop, Weight, hsds};
use serde::Serialize;

use crate::error::Error;
use crate::open::Directory;
use crate::said;

/// A fault of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where: file, line, member.
    pub at: String,
    /// The record's name, where it has one.
    pub record: Option<String>,
    /// What is the matter.
    pub message: String,
}

/// What was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Validated {
    /// In words: `HSDS 3.1, 20 services, no faults`.
    pub said: String,
    /// Records with faults.
    pub faulty: u64,
}

impl Directory {
    /// Checks a file of HSDS or Open Referral UK, and tells every fault as it is met, until `tell`
    /// says no. Needs no local copy.
    ///
    /// # Errors
    /// [`Error::Interchange`] when it can't be read.
    pub fn validate(path: &Path, tell: &mut dyn FnMut(Fault) -> bool) -> Result<Validated, Error> {
        let mut teller = Teller(tell);
        let summary = if hsds::tabular::recognise(path)?.is_some() {
            hsds::tabular::read(path, "validated", &mut teller)?
        } else {
            hsds::validate(path, &mut teller)?
        };
        let documents = said::count(summary.documents, "record", "records");
        let faults = match summary.refused {
            0 => "no faults".to_owned(),
            faulty => said::count(faulty, "with faults", "with faults"),
        };
        Ok(Validated {
            said: format!("{documents}, {faults}"),
            faulty: summary.refused,
        })
    }
}

struct Teller<'t>(&'t mut dyn FnMut(Fault) -> bool);

impl Intake for Teller<'_> {
    fn take(&mut self, _incoming: Incoming) -> Result<(), Stop> {
        Ok(())
    }

    fn find(&mut self, finding: Finding) -> Result<(), Stop> {
        let fault = Fault {
            at: finding.spot.to_string(),
            record: finding.record,
            message: finding.message,
        };
        let go_on = finding.weight == Weight::Note || (self.0)(fault);
        if go_on { Ok(()) } else { Err(Stop::Cancelled) }
    }

    fn step(&mut self, _done: u64, _total: u64) -> Result<(), Stop> {
        Ok(())
    }
}
