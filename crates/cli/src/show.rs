//! `signpost show`: one whole entry.

use std::io::Write;

use clap::Args;

use crate::entry;
use crate::failure::Failure;
use crate::page::Page;
use crate::surroundings::Surroundings;

/// Show one whole entry, or an organisation or place
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Its ID, as a search gives it
    id: String,
    /// Print the record as JSON, its fields by their HSDS names
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(
    asked: &Asked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    if asked.json {
        let record = directory.show(&asked.id)?;
        serde_json::to_writer_pretty(&mut *out, &record)?;
        return Ok(writeln!(out)?);
    }
    if let Some(fields) = directory.show_fields(&asked.id) {
        let mut page = Page::new(out, around.paper);
        return Ok(fields
            .iter()
            .try_for_each(|(label, said)| page.fact(label, said))?);
    }
    let shown = directory.entry(&asked.id, None, around.today)?;
    Ok(entry::write(&mut Page::new(out, around.paper), &shown)?)
}
