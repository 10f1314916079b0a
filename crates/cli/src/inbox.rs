//! `signpost inbox` and `signpost resolve`: what waits for a curator, and settling it.

use std::io::{self, Write};

use clap::{ArgGroup, Args};
use directory::{FieldText, InboxItem, InboxLine, Ruling, Take};

use crate::edit::{field, told};
use crate::failure::Failure;
use crate::outbox::json;
use crate::page::Page;
use crate::surroundings::Surroundings;

/// How far lines below a title stand in.
const INDENT: usize = 2;

/// List what waits for a curator: suggestions, flags, conflicts, removals, refused changes
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Show this item whole, field by field
    item: Option<String>,
    /// Also what was settled
    #[arg(long)]
    all: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Settle something that waits for a curator
///
/// Accepted is what the sender wrote, but for fields that --take or --set say otherwise of.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("how").required(true).multiple(true)
    .args(["accept", "decline", "take", "sets"]))]
pub(crate) struct ResolveAsked {
    /// Its ID, as `signpost inbox` gives it
    item: String,
    /// Accept it
    #[arg(long, conflicts_with = "decline")]
    accept: bool,
    /// Decline it; the sender sees why
    #[arg(long, value_name = "REASON", conflicts_with_all = ["take", "sets"])]
    decline: Option<String>,
    /// Take the sender's value (mine), the directory's (theirs), or of a list both
    #[arg(long, value_name = "FIELD=mine|theirs|both", value_parser = take)]
    take: Vec<(String, Take)>,
    /// Accept it with another value of a field; FIELD= empties it
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = field)]
    sets: Vec<FieldText>,
    /// A word to the sender
    #[arg(long)]
    note: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(
    asked: &Asked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    if let Some(item) = &asked.item {
        let item = directory.inbox_item(item, around.now)?;
        if asked.json {
            return json(&item, out);
        }
        return Ok(whole(&mut Page::new(out, around.paper), &item)?);
    }
    let view = directory.inbox(!asked.all, around.now)?;
    if asked.json {
        return json(&view, out);
    }
    let page = &mut Page::new(out, around.paper);
    if view.lines.is_empty() {
        return Ok(page.paragraph("Nothing waits for a curator.")?);
    }
    page.title(&format!(
        "Inbox: {} open, {} of them conflicts",
        view.open, view.conflicts
    ))?;
    Ok(view.lines.iter().try_for_each(|one| line(page, one))?)
}

fn line(page: &mut Page<'_>, line: &InboxLine) -> io::Result<()> {
    page.item(&format!("{}: {}", line.name, line.said))?;
    let mut below = page.indented(INDENT);
    below.paragraph(&format!("From {}, {}", line.from, line.at_said))?;
    if line.waiting {
        below.paragraph("Settled here, waiting to be sent.")?;
    }
    if let Some(outcome) = &line.outcome {
        below.paragraph(outcome)?;
    }
    below.fact("ID", &line.item)
}

fn whole(page: &mut Page<'_>, item: &InboxItem) -> io::Result<()> {
    line(page, &item.line)?;
    page.known("Note", item.note.as_deref())?;
    page.known("Flag", item.text.as_deref())?;
    page.known("Reason", item.reason.as_deref())?;
    for field in &item.fields {
        page.blank()?;
        page.title(&format!("{} ({})", field.label, field.field))?;
        page.known("Was", field.base.as_deref())?;
        page.fact("Directory", field.theirs.as_deref().unwrap_or("not known"))?;
        page.fact("Sender", field.mine.as_deref().unwrap_or("not known"))?;
        page.list("Adds", &field.added)?;
        page.list("Takes away", &field.removed)?;
    }
    Ok(())
}

pub(crate) fn resolve(
    asked: &ResolveAsked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    let saved = match &asked.decline {
        Some(reason) => directory.decline(&asked.item, reason, around.now)?,
        None => {
            let ruling = Ruling {
                take: asked.take.clone(),
                set: asked.sets.clone(),
                note: asked.note.clone(),
            };
            directory.rule(&asked.item, &ruling, around.now)?
        }
    };
    told(&saved, asked.json, around, out)
}

/// `phones=theirs`.
fn take(text: &str) -> Result<(String, Take), String> {
    let wrong = || "write FIELD=mine, FIELD=theirs or FIELD=both".to_owned();
    let (field, take) = text.rsplit_once('=').ok_or_else(wrong)?;
    let take = match take {
        "mine" => Take::Mine,
        "theirs" => Take::Theirs,
        "both" => Take::Both,
        _ => return Err(wrong()),
    };
    Ok((field.to_owned(), take))
}
