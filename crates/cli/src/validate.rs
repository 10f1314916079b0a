//! `signpost validate`: checks a file of HSDS or Open Referral UK against the standard.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueHint};
use directory::{Directory, Fault};

use crate::failure::Failure;

/// Check a file or folder of HSDS or Open Referral UK against the standard
///
/// Every fault is printed with its place: file, line, member.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// JSON, NDJSON, or HSDS tables in a folder or ZIP file
    #[arg(value_hint = ValueHint::AnyPath)]
    file: PathBuf,
    /// Print one JSON object a fault
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(asked: &Asked, out: &mut dyn Write) -> Result<(), Failure> {
    let mut broken = None;
    let mut tell = |fault: Fault| {
        let told = if asked.json {
            serde_json::to_string(&fault)
                .map_err(Failure::from)
                .and_then(|line| Ok(writeln!(out, "{line}")?))
        } else {
            writeln!(out, "{}: {}", fault.at, fault.message).map_err(Failure::from)
        };
        told.map_err(|failure| broken = Some(failure)).is_ok()
    };
    let validated = Directory::validate(&asked.file, &mut tell);
    if let Some(failure) = broken {
        return Err(failure);
    }
    let validated = validated?;
    if !asked.json {
        writeln!(out, "{}", validated.said)?;
    }
    match validated.faulty {
        0 => Ok(()),
        faulty => Err(Failure::Faults(faulty)),
    }
}
