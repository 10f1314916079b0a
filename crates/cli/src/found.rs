//! The answer to a search, for people: how many there are, what to know, the services, the counts.

use std::io;

use directory::{FacetCount, SearchResponse};

use crate::hit;
use crate::page::Page;
use crate::paper::letters;

pub(crate) fn write(page: &mut Page<'_>, found: &SearchResponse, offset: u32) -> io::Result<()> {
    page.title(&headline(found))?;
    for note in &found.notes {
        page.item(&note.text)?;
    }
    match found.unknown {
        0 => {}
        1 => page.item("One more could fit, but its need, borough or tier is not known.")?,
        n => page.item(&format!(
            "{n} more could fit, but their need, borough or tier is not known."
        ))?,
    }
    for (hit, n) in found.hits.iter().zip(offset.saturating_add(1)..) {
        page.blank()?;
        hit::write(page, hit, n)?;
    }
    foot(page, found, offset)
}

fn headline(found: &SearchResponse) -> String {
    let near = found
        .near
        .as_ref()
        .map_or_else(String::new, |near| format!(", near {}", near.label));
    match found.total {
        0 => format!("Nothing in the directory answers this{near}."),
        total => format!("{} found{near}.", services(total)),
    }
}

/// What is not shown, and how to get it.
fn foot(page: &mut Page<'_>, found: &SearchResponse, offset: u32) -> io::Result<()> {
    let shown = u32::try_from(found.hits.len()).unwrap_or(u32::MAX);
    let last = offset.saturating_add(shown);
    match found.without_filters {
        Some(n) if found.total == 0 && n > 0 => page.paragraph(&format!(
            "Without --need, --borough and --tier: {}.",
            services(n)
        ))?,
        _ => {}
    }
    if found.total > 0 && shown == 0 {
        return page.paragraph(&format!("--offset {offset} passes over all of them."));
    }
    if last < found.total {
        page.blank()?;
        let first = offset.saturating_add(1);
        let shown = if first == last {
            first.to_string()
        } else {
            format!("{first} to {last}")
        };
        page.paragraph(&format!(
            "Shown: {shown} of {}. For more: --offset {last}",
            found.total
        ))?;
    }
    if shown > 0 {
        page.paragraph("For a whole entry: signpost show ID")?;
    }
    Ok(())
}

fn services(n: u32) -> String {
    format!("{n} {}", if n == 1 { "service" } else { "services" })
}

/// How many there are of everything that a search can be narrowed by, as the other filters stand.
pub(crate) fn counts(page: &mut Page<'_>, found: &SearchResponse) -> io::Result<()> {
    let facets = &found.facets;
    for (title, options, unknown) in [
        ("Need", &facets.need, found.unknown_by.need),
        ("Borough", &facets.borough, found.unknown_by.borough),
        ("Tier", &facets.tier, found.unknown_by.tier),
    ] {
        page.blank()?;
        page.title(title)?;
        table(page, options, unknown)?;
    }
    Ok(())
}

fn table(page: &mut Page<'_>, options: &[FacetCount], unknown: u32) -> io::Result<()> {
    let rows = options
        .iter()
        .map(|option| (option.count.to_string(), option.term.as_str()));
    let unknown = (unknown.to_string(), "not known");
    let rows: Vec<(String, &str)> = rows.chain([unknown]).collect();
    let widest = rows.iter().map(|(n, _)| letters(n)).max().unwrap_or(0);
    for (n, term) in rows {
        page.counted(&format!("{n:>widest$}  "), term)?;
    }
    Ok(())
}
