//! `signpost join`, `sync`, `leave` and `bundle`: this copy and its hub.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueHint};
use directory::{Directory, Error, SyncView};

use crate::failure::Failure;
use crate::outbox::json;
use crate::page::Page;
use crate::surroundings::Surroundings;
use crate::waiting::{JOB, watched};

/// The name of this computer at the hub, where none is given.
const A_COMPUTER: &str = "A computer without a window";

/// Join a hub, and fetch its directory
///
/// Without a code this copy reads; what is done here waits until it has one.
#[derive(Debug, Args)]
pub(crate) struct JoinAsked {
    /// The hub's address, such as <https://hub.example.org>
    address: String,
    /// The pairing code that a curator shows, such as ABCD-EFGH
    code: Option<String>,
    /// The name of this computer at the hub
    #[arg(long, value_name = "DEVICE", default_value = A_COMPUTER)]
    name: String,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Send what waits, and fetch what is new
///
/// Without a window open on this copy nothing is sent or fetched but by this.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Leave the hub; the directory stays as it is seen, and what waits stays waiting
#[derive(Debug, Args)]
pub(crate) struct LeaveAsked {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Load the directory that a hub wrote into a file or folder, for who has no network
#[derive(Debug, Args)]
pub(crate) struct BundleAsked {
    /// The file or folder
    #[arg(value_hint = ValueHint::AnyPath)]
    file: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn join(
    asked: &JoinAsked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    let how = (asked.address.as_str(), asked.code.as_deref());
    let view = watched(&directory, || {
        directory.join(JOB, how, &asked.name, &around.clock)
    })?;
    if let (None, Some(problem)) = (&view.last_in_step, &view.problem) {
        return Err(Failure::JoinedOnly(problem.clone()));
    }
    told(&directory, (&view, asked.json), around, out)
}

pub(crate) fn run(
    asked: &Asked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    let view = watched(&directory, || directory.sync_now(JOB, &around.clock))?;
    told(&directory, (&view, asked.json), around, out)?;
    // What came in is told; that nothing went out is said beside it.
    match directory.sync_facts()?.reading_only {
        Some(why) => Err(Failure::ReadingOnly(
            [Some(why), view.what_to_do].into_iter().flatten().collect(),
        )),
        None => Ok(()),
    }
}

pub(crate) fn leave(
    asked: &LeaveAsked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    with(asked.json, around, out, |directory| {
        directory.leave(&around.clock)
    })
}

pub(crate) fn bundle(
    asked: &BundleAsked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let file = || std::path::absolute(&asked.file).unwrap_or_else(|_| asked.file.clone());
    with(asked.json, around, out, |directory| {
        directory.load_bundle(JOB, file(), &around.clock)
    })
}

fn with(
    json: bool,
    around: &Surroundings,
    out: &mut dyn Write,
    work: impl FnOnce(&Directory) -> Result<SyncView, Error> + Send,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    let view = watched(&directory, || work(&directory))?;
    told(&directory, (&view, json), around, out)
}

fn told(
    directory: &Directory,
    (view, as_json): (&SyncView, bool),
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if as_json {
        return json(&directory.sync_facts()?, out);
    }
    let page = &mut Page::new(out, around.paper);
    page.paragraph(&view.light.said)?;
    page.known("Hub", view.hub.as_deref())?;
    page.known("Account", view.account.as_deref())?;
    page.known("Key", view.key_kept.as_deref())?;
    page.known("Problem", view.problem.as_deref())?;
    Ok(page.known("To do", view.what_to_do.as_deref())?)
}
