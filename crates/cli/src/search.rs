//! `signpost search`: finds services.

use std::io::Write;

use clap::Args;
use clap::builder::RangedU64ValueParser;

use crate::failure::Failure;
use crate::filters::Filters;
use crate::found;
use crate::page::Page;
use crate::surroundings::Surroundings;

/// Find services by words, need, borough, tier and place
///
/// Words are taken as people say them: "lonely in salford", "behind with the rent". Without words
/// everything is found. Needs, boroughs and tiers may be given by name or code, in any case; given
/// several times, any of them will do.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    #[command(flatten)]
    filters: Filters,
    /// How many to show, 1 to 50
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = RangedU64ValueParser::<u32>::new().range(1..=50))]
    limit: u32,
    /// How many of the best to pass over
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: u32,
    /// Also show how many there are for every need, borough and tier
    #[arg(long)]
    counts: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Keep the words of a search that finds nothing, to show where services are missing: no names
    #[arg(long)]
    keep: bool,
}

/// Said when it is done.
const KEPT: &str = "The words and boroughs of this search are kept on this computer, to show where \
                    services are missing.";
/// Said when it could be done.
const MAY_KEEP: &str = "If nobody is named in it, run it again with --keep: its words and boroughs \
                        then show where services are missing.";

pub(crate) fn run(
    asked: &Asked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    let request = asked
        .filters
        .request(&directory, (asked.offset, asked.limit))?;
    let found = directory.search(&request, around.today)?;
    if asked.json {
        serde_json::to_writer_pretty(&mut *out, &found)?;
        return Ok(writeln!(out)?);
    }
    let mut page = Page::new(out, around.paper);
    found::write(&mut page, &found, asked.offset)?;
    if asked.counts {
        found::counts(&mut page, &found)?;
    }
    if found.total == 0 && !request.text.is_empty() {
        // The answer stands even where nothing can be kept: on a full disk, in a folder only to read.
        let kept = asked.keep && directory.keep_unmet(&request, around.today).is_ok();
        page.paragraph(if kept { KEPT } else { MAY_KEEP })?;
    }
    Ok(())
}
