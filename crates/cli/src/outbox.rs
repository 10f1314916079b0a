//! `signpost outbox` and `signpost history`: what was done here, and what a record was.

use std::io::{self, Write};

use clap::Args;
use directory::{FieldChangeView, HistoryLine, Kind, OutboxLine};
use serde::Serialize;

use crate::failure::Failure;
use crate::page::Page;
use crate::surroundings::Surroundings;

/// How far lines below a title stand in.
const INDENT: usize = 2;

/// List what was done here: what waits to be sent, and what became of the rest
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// List who changed what of a record, the latest first
#[derive(Debug, Args)]
pub(crate) struct HistoryAsked {
    /// The record's ID, as a search gives it
    id: String,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(
    asked: &Asked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let view = around.directory()?.outbox(around.now)?;
    if asked.json {
        return json(&view, out);
    }
    let page = &mut Page::new(out, around.paper);
    if view.lines.is_empty() {
        return Ok(page.paragraph("Nothing was done here so far.")?);
    }
    page.title(&format!("Outbox: {} waiting", view.waiting))?;
    Ok(view.lines.iter().try_for_each(|one| line(page, one))?)
}

fn line(page: &mut Page<'_>, line: &OutboxLine) -> io::Result<()> {
    let (row, name) = (line.row, &line.name);
    page.counted(&format!("{row} "), &format!("{name}: {}", line.said))?;
    let mut below = page.indented(INDENT);
    let reason = line.reason.as_ref().map(|reason| format!(": {reason}"));
    let said = format!(
        "{}, {}{}",
        line.at_said,
        line.state_said,
        reason.unwrap_or_default()
    );
    below.paragraph(&said)
}

pub(crate) fn history(
    asked: &HistoryAsked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    let kind: Kind = directory.kind_of(&asked.id)?;
    let view = directory.history(kind, &asked.id, around.now)?;
    if asked.json {
        return json(&view, out);
    }
    let page = &mut Page::new(out, around.paper);
    page.title(&view.name)?;
    if let Some(said) = &view.hub_said {
        page.paragraph(said)?;
    }
    Ok(view.lines.iter().try_for_each(|one| change(page, one))?)
}

fn change(page: &mut Page<'_>, line: &HistoryLine) -> io::Result<()> {
    let by = line.by.as_ref().map(|by| format!(", {by}"));
    page.item(&format!(
        "{}{}: {}",
        line.at_said,
        by.unwrap_or_default(),
        line.what
    ))?;
    let mut below = page.indented(INDENT);
    line.changes
        .iter()
        .try_for_each(|one| field(&mut below, one))
}

/// A field, old and new.
pub(crate) fn field(page: &mut Page<'_>, change: &FieldChangeView) -> io::Result<()> {
    let FieldChangeView {
        label,
        old,
        new,
        added,
        removed,
        ..
    } = change;
    let unknown = || "not known".to_owned();
    let lists = [("and now", added), ("no longer", removed)];
    let lists = lists.iter().filter(|(_, items)| !items.is_empty());
    let lists: Vec<String> = lists
        .map(|(word, items)| format!("{word} {}", items.join(", ")))
        .collect();
    if !lists.is_empty() {
        return page.fact(label, &lists.join("; "));
    }
    let (old, new) = (
        old.clone().unwrap_or_else(unknown),
        new.clone().unwrap_or_else(unknown),
    );
    page.fact(label, &format!("{old} → {new}"))
}

/// One JSON object for programs.
pub(crate) fn json<T: Serialize>(view: &T, out: &mut dyn Write) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, view)?;
    Ok(writeln!(out)?)
}
