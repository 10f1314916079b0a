//! `signpost mappings`: how tables are read, saved by name.

use std::io::Write;

use clap::Args;

use crate::failure::Failure;
use crate::page::Page;
use crate::surroundings::Surroundings;

/// List the saved mappings, or print one as JSON
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Print this mapping, which `import --mapping FILE.json` reads
    name: Option<String>,
    /// Remove it
    #[arg(long, requires = "name")]
    remove: bool,
}

pub(crate) fn run(
    asked: &Asked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    if let Some(name) = &asked.name {
        let mapping = directory.mapping(name)?;
        if asked.remove {
            return Ok(directory.remove_mapping(name)?);
        }
        serde_json::to_writer_pretty(&mut *out, &mapping)?;
        return Ok(writeln!(out)?);
    }
    let names = directory.mappings()?;
    let mut page = Page::new(out, around.paper);
    if names.is_empty() {
        return Ok(page.paragraph("No mapping was saved so far.")?);
    }
    for name in names {
        page.item(&name)?;
    }
    Ok(())
}
