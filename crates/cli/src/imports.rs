//! `signpost imports` and `signpost undo`: what came in, and taking it back.

use std::io::{self, Write};

use clap::Args;
use directory::{ImportView, Undone};

use crate::failure::Failure;
use crate::page::Page;
use crate::surroundings::Surroundings;
use crate::waiting::{JOB, watched};

/// List the imports that were made, the latest first
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Take an import back: what was new goes, what was changed is as it was
///
/// What was changed since stays as it is.
#[derive(Debug, Args)]
pub(crate) struct UndoAsked {
    /// The import's number [default: the latest that was not undone]
    import: Option<u32>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(
    asked: &Asked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let imports = around.directory()?.imports(around.today)?;
    if asked.json {
        serde_json::to_writer_pretty(&mut *out, &serde_json::json!({ "imports": imports }))?;
        return Ok(writeln!(out)?);
    }
    Ok(list(&mut Page::new(out, around.paper), &imports)?)
}

fn list(page: &mut Page<'_>, imports: &[ImportView]) -> io::Result<()> {
    if imports.is_empty() {
        return page.paragraph("Nothing was imported so far.");
    }
    page.title("Imports")?;
    for import in imports {
        let undone = if import.undone { ", undone" } else { "" };
        page.item(&format!(
            "{} {}: {} new, {} changed, {}{undone}",
            import.id, import.source, import.new, import.changed, import.when
        ))?;
    }
    Ok(())
}

pub(crate) fn undo(
    asked: &UndoAsked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    let latest = || {
        let imports = directory.imports(around.today)?;
        let latest = imports.into_iter().find(|import| import.can_undo);
        Ok::<_, Failure>(latest.map(|import| import.id))
    };
    let number = match asked.import {
        Some(number) => Some(number),
        None => latest()?,
    };
    let Some(number) = number else {
        return Err(Failure::File("There is no import to undo.".to_owned()));
    };
    let undone = watched(&directory, || {
        directory.import_undo(JOB, number, around.now)
    })?;
    directory.settle();
    if asked.json {
        serde_json::to_writer_pretty(&mut *out, &undone)?;
        return Ok(writeln!(out)?);
    }
    Ok(Page::new(out, around.paper).paragraph(&said(undone))?)
}

fn said(undone: Undone) -> String {
    let Undone {
        removed,
        restored,
        left,
    } = undone;
    let left = match left {
        0 => String::new(),
        left => format!(" {left} changed since, and stay as they are."),
    };
    format!("Undone: {removed} records removed, {restored} as they were before.{left}")
}
