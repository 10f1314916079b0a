//! `signpost status`: how the local copy stands.

use std::io::{self, Write};

use clap::Args;
use directory::{DirectoryStatus, IndexState, Notice, RoleView, SyncFacts, SyncView};
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
    let sync = directory.sync_facts()?;
    if asked.json {
        return json(&Facts { status, sync }, out);
    }
    let page = &mut Page::new(out, around.paper);
    write(page, &status)?;
    Ok(meeting(page, &sync, &directory.sync_view(around.now)?)?)
}

/// How it stands to its hub.
fn meeting(page: &mut Page<'_>, facts: &SyncFacts, view: &SyncView) -> io::Result<()> {
    let (Some(hub), Some(address)) = (&facts.hub, &facts.address) else {
        return page.fact("Hub", &view.light.said);
    };
    page.blank()?;
    page.fact("Hub", &format!("{hub}, {address}"))?;
    page.fact("Stands", &view.light.said)?;
    let may = match (&facts.account, facts.role) {
        (Some(account), Some(role)) => format!("{account}, {}", role_said(role, &view.boroughs)),
        (Some(_) | None, _) => "none: this computer only reads".to_owned(),
    };
    page.fact("Account", &may)?;
    let position = facts.position.as_ref();
    let position = position.map(|at| format!("change {} of epoch {}", at.sequence, at.epoch));
    page.known("Position", position.as_deref())?;
    let (waiting, refused) = (facts.waiting, facts.refused);
    page.fact("Outbox", &format!("{waiting} waiting, {refused} refused"))?;
    let (inbox, conflicts) = (facts.inbox, facts.conflicts);
    page.fact(
        "Inbox",
        &format!("{inbox} open, {conflicts} of them conflicts"),
    )?;
    page.known("Problem", view.problem.as_deref())?;
    page.known("To do", view.what_to_do.as_deref())
}

fn role_said(role: RoleView, boroughs: &[String]) -> String {
    match role {
        RoleView::Contributor => "contributor".to_owned(),
        RoleView::Curator if boroughs.is_empty() => "curator of all boroughs".to_owned(),
        RoleView::Curator => format!("curator of {}", boroughs.join(", ")),
        RoleView::Administrator => "administrator".to_owned(),
    }
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
