//! `signpost status`: how the local copy stands.

use std::io::{self, Write};

use clap::Args;
use directory::{DirectoryStatus, IndexState, Notice, SyncFacts};
use serde::Serialize;

use crate::failure::Failure;
use crate::outbox::json;
use crate::page::Page;
use crate::surroundings::Surroundings;

/// Say which directory this is, how fresh, where it lies, and whether all is well
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// What programs are told.
#[derive(Serialize)]
struct Facts {
    #[serde(flatten)]
    status: DirectoryStatus,
    #[serde(flatten)]
    sync: SyncFacts,
}

pub(crate) fn run(
    asked: &Asked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.open()?;
    let status = directory.status(around.today)?;
    if asked.json {
        let facts = Facts {
            status,
            sync: directory.sync_facts()?,
        };
        return json(&facts, out);
    }
    let page = &mut Page::new(out, around.paper);
    write(page, &status)?;
    Ok(page.fact("Hub", &directory.sync_light(around.now)?.said)?)
}

fn write(page: &mut Page<'_>, status: &DirectoryStatus) -> io::Result<()> {
    let DirectoryStatus {
        version,
        entries,
        organisations,
        index,
        notices,
        data_folder,
        source_line,
    } = status;
    page.title(source_line)?;
    page.fact("Entries", &entries.to_string())?;
    page.fact("Run by", &format!("{organisations} organisations"))?;
    page.fact("Index", &said(index))?;
    page.fact("Folder", data_folder)?;
    page.fact("Signpost", version)?;
    notices.iter().try_for_each(|one| notice(page, one))
}

fn said(index: &IndexState) -> String {
    match index {
        IndexState::Ready => "ready".to_owned(),
        IndexState::Building { done, total } => {
            format!("being built, {done} of {total} entries done")
        }
        IndexState::Failed { message } => message.clone(),
    }
}

fn notice(page: &mut Page<'_>, notice: &Notice) -> io::Result<()> {
    page.blank()?;
    page.title(&notice.title)?;
    page.paragraph(&notice.text)?;
    notice
        .what_to_do
        .as_ref()
        .map_or(Ok(()), |what| page.paragraph(what))
}
