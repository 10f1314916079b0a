//! `signpost flag`, `check`, `remove` and `withdraw`: what is done to a record beside editing it.

use std::io::Write;

use clap::{Args, ValueEnum};
use directory::HowChecked;

use crate::edit::told;
use crate::failure::Failure;
use crate::page::Page;
use crate::surroundings::Surroundings;

/// Say that something is wrong with an entry; a curator looks
#[derive(Debug, Args)]
pub(crate) struct FlagAsked {
    /// The record's ID, as a search gives it
    id: String,
    /// What is wrong, in a few words
    text: String,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Say that an entry is still correct; that is no edit
#[derive(Debug, Args)]
pub(crate) struct CheckAsked {
    /// The record's ID, as a search gives it
    id: String,
    /// How you made sure
    #[arg(long)]
    how: How,
    /// Which part was checked, such as telephone, opening hours or cost [default: the whole entry]
    #[arg(long, value_name = "PART")]
    of: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Remove a record; its history stays
#[derive(Debug, Args)]
pub(crate) struct RemoveAsked {
    /// The record's ID, as a search gives it
    id: String,
    /// Why
    reason: String,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Take back something that was not sent yet
#[derive(Debug, Args)]
pub(crate) struct WithdrawAsked {
    /// Its number, as `signpost outbox` gives it
    row: u32,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// How somebody made sure.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum How {
    /// By telephone
    Phoned,
    /// By going there
    Visited,
    /// By its website
    Web,
    /// The organisation said so
    #[value(alias = "told_us")]
    Told,
}

impl From<How> for HowChecked {
    fn from(how: How) -> Self {
        match how {
            How::Phoned => Self::Phoned,
            How::Visited => Self::Visited,
            How::Web => Self::Web,
            How::Told => Self::ToldUs,
        }
    }
}

pub(crate) fn flag(
    asked: &FlagAsked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let saved = around
        .directory()?
        .flag(&asked.id, &asked.text, around.now)?;
    told(&saved, asked.json, around, out)
}

pub(crate) fn check(
    asked: &CheckAsked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    let saved = directory.check(&asked.id, asked.how.into(), asked.of.as_deref(), around.now)?;
    told(&saved, asked.json, around, out)
}

pub(crate) fn remove(
    asked: &RemoveAsked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    let saved = directory.remove_entry(&asked.id, &asked.reason, around.now)?;
    told(&saved, asked.json, around, out)
}

pub(crate) fn withdraw(
    asked: &WithdrawAsked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    around.directory()?.withdraw(asked.row, around.now)?;
    if asked.json {
        let answer = serde_json::json!({ "row": asked.row, "state": "withdrawn" });
        serde_json::to_writer_pretty(&mut *out, &answer)?;
        return Ok(writeln!(out)?);
    }
    let said = "Taken back: it had not been sent yet.";
    Ok(Page::new(out, around.paper).paragraph(said)?)
}
