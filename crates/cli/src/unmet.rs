//! `signpost unmet`: searches that found nothing, which show where services are missing.

use std::io::{self, Write};

use clap::Args;
use directory::{Facet, Today};
use serde::Serialize;
use time::Date;
use time::format_description::well_known::Iso8601;
use time::macros::format_description;

use crate::failure::Failure;
use crate::page::Page;
use crate::surroundings::Surroundings;

/// List the searches that found nothing, the latest first
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    unmet: Vec<Search>,
}

#[derive(Serialize)]
struct Search {
    words: String,
    boroughs: Vec<String>,
    day: String,
    times: i64,
}

pub(crate) fn run(
    asked: &Asked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    let boroughs = directory.choices(Facet::Borough);
    let name = |code: &String| {
        let known = boroughs.iter().find(|choice| choice.code == *code);
        known.map_or_else(|| code.clone(), |choice| choice.name.clone())
    };
    let unmet: Vec<Search> = directory
        .unmet()?
        .into_iter()
        .map(|one| Search {
            boroughs: one.areas.iter().map(name).collect(),
            words: one.words,
            day: one.day,
            times: one.times,
        })
        .collect();
    if asked.json {
        serde_json::to_writer_pretty(&mut *out, &Answer { unmet })?;
        return Ok(writeln!(out)?);
    }
    Ok(write(
        &mut Page::new(out, around.paper),
        &unmet,
        around.today,
    )?)
}

fn write(page: &mut Page<'_>, unmet: &[Search], today: Today) -> io::Result<()> {
    if unmet.is_empty() {
        return page.paragraph("No search has found nothing so far.");
    }
    page.title("Searches that found nothing")?;
    for search in unmet {
        let times = match search.times {
            1 => String::new(),
            n => format!(", {n} times"),
        };
        let within = match search.boroughs.as_slice() {
            [] => String::new(),
            boroughs => format!(" in {}", boroughs.join(", ")),
        };
        let day = said(&search.day, today);
        page.item(&format!("“{}”{within}: {day}{times}", search.words))?;
    }
    Ok(())
}

/// A day as people say it.
fn said(day: &str, today: Today) -> String {
    let Ok(date) = Date::parse(day, &Iso8601::DATE) else {
        return day.to_owned();
    };
    if date == today {
        return "today".to_owned();
    }
    if Some(date) == today.previous_day() {
        return "yesterday".to_owned();
    }
    let written = format_description!("[day padding:none] [month repr:long] [year]");
    date.format(written).unwrap_or_else(|_| day.to_owned())
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn days_as_people_say_them() {
        let today = date!(2026 - 03 - 01);
        for (day, words) in [
            ("2026-03-01", "today"),
            ("2026-02-28", "yesterday"),
            ("2025-12-09", "9 December 2025"),
            ("someday", "someday"),
        ] {
            assert_eq!(said(day, today), words);
        }
    }
}
