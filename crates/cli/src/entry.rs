//! A whole entry, for people: everything that is known, then what is not.

use std::io;

use directory::{AssessedTerm, CheckView, EntryView, SourceView};

use crate::facts::{ASSESSED, Fact, getting_in, offer, who_and_where};
use crate::hit::{capital, checked};
use crate::page::Page;

pub(crate) fn write(page: &mut Page<'_>, entry: &EntryView) -> io::Result<()> {
    head(page, entry)?;
    section(page, "How to get in", &getting_in(entry))?;
    section(page, "For whom, where and when", &who_and_where(entry))?;
    section(page, "What it offers", &offer(entry))?;
    if entry_terms(entry).any(|term| term.assessed) {
        page.blank()?;
        page.paragraph(&format!(
            "{ASSESSED} as read by an editor out of the source's description, not said by the \
             service itself"
        ))?;
    }
    if !entry.not_known.is_empty() {
        page.blank()?;
        page.title("Not known: ring or write first")?;
        page.paragraph(&capital(&entry.not_known.join(", ")))?;
    }
    provenance(page, entry)
}

fn head(page: &mut Page<'_>, entry: &EntryView) -> io::Result<()> {
    page.title(&entry.name)?;
    if !entry.alternate_names.is_empty() {
        page.paragraph(&format!("Also called {}", entry.alternate_names.join(", ")))?;
    }
    for text in [&entry.summary, &entry.description].into_iter().flatten() {
        page.blank()?;
        page.paragraph(text)?;
    }
    page.blank()?;
    page.known("Now", entry.status.said.as_deref())?;
    page.known("Alert", entry.alert.as_deref())?;
    let organisation = entry.organisation.as_ref().map(|o| o.name.as_str());
    page.known("Run by", organisation.filter(|name| *name != entry.name))?;
    page.fact("Checked", &checked(&entry.checked))
}

fn provenance(page: &mut Page<'_>, entry: &EntryView) -> io::Result<()> {
    page.blank()?;
    page.title("Checks and source")?;
    for check in &entry.checks {
        page.item(&check_line(check))?;
    }
    for source in &entry.sources {
        page.item(&source_line(source))?;
    }
    page.blank()?;
    page.fact("ID", &entry.id)
}

/// A title and what is known; nothing where nothing is.
fn section(page: &mut Page<'_>, title: &str, facts: &[Fact]) -> io::Result<()> {
    if facts.iter().all(|(_, said)| said.is_none()) {
        return Ok(());
    }
    page.blank()?;
    page.title(title)?;
    facts
        .iter()
        .try_for_each(|(label, said)| page.known(label, said.as_deref()))
}

fn entry_terms(entry: &EntryView) -> impl Iterator<Item = &AssessedTerm> {
    let lists = [
        &entry.needs,
        &entry.activities,
        &entry.populations,
        &entry.support_types,
        &entry.models,
        &entry.does,
    ];
    let single = entry.tier.iter().chain(&entry.delivery_level);
    lists.into_iter().flatten().chain(single)
}

fn check_line(check: &CheckView) -> String {
    let how = check.how.as_ref().map(|how| format!(", {how}"));
    let old = if check.stale { " (old)" } else { "" };
    format!(
        "{}: {}{}{old}",
        capital(&check.what),
        check.said,
        how.unwrap_or_default()
    )
}

fn source_line(source: &SourceView) -> String {
    let part = |before: &str, text: &Option<String>| {
        text.as_ref()
            .map_or_else(String::new, |text| format!("{before}{text}"))
    };
    format!(
        "From {}{}{}{}",
        source.source,
        part(", ", &source.place),
        part(". Entered by ", &source.entered_by),
        part(". Licence: ", &source.licence)
    )
}
