//! `signpost import`: takes in other people's directories.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use directory::{
    Directory, DryRun, DryRunCounts, ImportFormat, ImportSource, ImportView, LineSort, Mapping,
};
use serde::Serialize;

use crate::failure::Failure;
use crate::page::Page;
use crate::surroundings::Surroundings;
use crate::waiting::{JOB, watched};

/// Import services from a file, a folder or a running service
///
/// Reads CSV, XLSX and ODS, HSDS 1.1 to 3.1 as JSON or tables, and Open Referral UK 1.0 and 3.0, also
/// from the address of a running service. Everything is checked first; then it comes in as one
/// change, which `signpost undo` takes back. Importing the same again changes nothing.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// A file, a folder, or an address (https://…)
    #[arg(value_hint = ValueHint::AnyPath)]
    from: String,
    /// Read it as this, whatever it looks like
    #[arg(long = "as", value_name = "FORMAT")]
    format: Option<Format>,
    /// Read a table's columns by this saved mapping, or by the mapping in this JSON file
    #[arg(long, value_name = "NAME")]
    mapping: Option<String>,
    /// Save the mapping that was used under this name
    #[arg(long, value_name = "NAME")]
    save_mapping: Option<String>,
    /// What the source is called [default: the file's or the computer's name]
    ///
    /// Records are known again by it: the same source updates what came from it.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
    /// Write every line of the check to this CSV file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    report: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A table of text
    Csv,
    /// A workbook: XLSX, ODS, XLS
    Xlsx,
    /// HSDS of any version
    Hsds,
    /// Open Referral UK of any version
    Oruk,
}

#[derive(Serialize)]
struct Answer<'a> {
    checked: &'a DryRun,
    imported: Option<&'a ImportView>,
}

pub(crate) fn run(
    asked: &Asked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    let source = asked.source(&directory)?;
    let checked = watched(&directory, || {
        directory.import_check(JOB, &source, around.today)
    })?;
    if let Some(report) = &asked.report {
        directory.import_report(&checked.id, report, around.today)?;
    }
    if let Some(name) = &asked.save_mapping {
        save(&directory, name, &source)?;
    }
    let refused = told_refusals(&directory, &checked, asked.report.is_some())?;
    let imported = if asked.dry_run || !checked.can_import {
        None
    } else {
        let imported = watched(&directory, || {
            directory.import_apply(JOB, &checked.id, around.now)
        })?;
        directory.settle();
        Some(imported)
    };
    if asked.json {
        let answer = Answer {
            checked: &checked,
            imported: imported.as_ref(),
        };
        serde_json::to_writer_pretty(&mut *out, &answer)?;
        writeln!(out)?;
    } else {
        write(
            &mut Page::new(out, around.paper),
            &checked,
            imported.as_ref(),
            asked.dry_run,
        )?;
    }
    let counts = checked.counts;
    if !asked.dry_run && !checked.can_import && refused && counts.same_services == 0 {
        return Err(Failure::AllRefused(counts.refused));
    }
    Ok(())
}

impl Asked {
    fn source(&self, directory: &Directory) -> Result<ImportSource, Failure> {
        let format = self.format.map(|format| match format {
            Format::Csv => ImportFormat::Csv,
            Format::Xlsx => ImportFormat::Xlsx,
            Format::Hsds => ImportFormat::Hsds,
            Format::Oruk => ImportFormat::Oruk,
        });
        let mut mapping = self
            .mapping
            .as_deref()
            .map(|name| mapping(directory, name))
            .transpose()?;
        if let (Some(mapping), Some(source)) = (&mut mapping, &self.source) {
            mapping.source.clone_from(source);
        }
        Ok(ImportSource {
            from: self.from.clone(),
            format,
            mapping,
            source: self.source.clone(),
        })
    }
}

/// A saved mapping, or the one in a file.
fn mapping(directory: &Directory, name: &str) -> Result<Mapping, Failure> {
    let path = Path::new(name);
    let is_file = path.extension().is_some_and(|ending| ending == "json") && path.is_file();
    if !is_file {
        return Ok(directory.mapping(name)?);
    }
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::File(format!("{name} can't be read: {error}.")))?;
    serde_json::from_str(&text)
        .map_err(|error| Failure::File(format!("{name} is not a mapping: {error}.")))
}

fn save(directory: &Directory, name: &str, source: &ImportSource) -> Result<(), Failure> {
    let look = directory.import_look(JOB, source)?;
    let Some(table) = look.table else {
        return Err(Failure::File(format!(
            "{} is not a table, so there is no mapping to be saved.",
            look.name
        )));
    };
    Ok(directory.save_mapping(name, &table.mapping)?)
}

/// Says why records are refused, beside the answer, unless a report says it all; and whether any are.
fn told_refusals(directory: &Directory, checked: &DryRun, reported: bool) -> Result<bool, Failure> {
    if checked.counts.refused == 0 {
        return Ok(false);
    }
    if !reported {
        let page = directory.import_lines(&checked.id, LineSort::Refused, 0)?;
        let mut said = io::stderr();
        for line in &page.lines {
            let _unread = writeln!(said, "signpost: refused: {}: {}", line.at, line.message);
        }
        let more = usize::try_from(page.total).unwrap_or(usize::MAX) - page.lines.len();
        if more > 0 {
            let _unread = writeln!(
                said,
                "signpost: and {more} more; --report FILE has them all"
            );
        }
    }
    Ok(true)
}

fn write(
    page: &mut Page<'_>,
    checked: &DryRun,
    imported: Option<&ImportView>,
    dry_run: bool,
) -> io::Result<()> {
    page.title(&format!("{}: {}", checked.source, checked.said))?;
    for (number, what) in counted(&checked.counts, imported.is_some()) {
        if number > 0 {
            page.counted(&format!("{number:>7}  "), what)?;
        }
    }
    page.blank()?;
    match imported {
        Some(import) => page.paragraph(&format!(
            "Imported. `signpost undo {}` takes it back.",
            import.id
        )),
        None if !checked.can_import => page.paragraph("There is nothing to import."),
        None if dry_run => page.paragraph("Nothing was changed."),
        None => Ok(()),
    }
}

fn counted(counts: &DryRunCounts, done: bool) -> [(u32, &'static str); 11] {
    let word = |would: &'static str, is: &'static str| if done { is } else { would };
    [
        (
            counts.new_services,
            word("services would be new", "services are new"),
        ),
        (
            counts.changed_services,
            word("services would change", "services changed"),
        ),
        (counts.same_services, "services are the same"),
        (
            counts.new_others,
            word(
                "organisations and places would be new",
                "organisations and places are new",
            ),
        ),
        (
            counts.changed_others,
            word(
                "organisations and places would change",
                "organisations and places changed",
            ),
        ),
        (counts.same_others, "organisations and places are the same"),
        (counts.refused, "refused"),
        (
            counts.doubtful,
            "doubtful: they come in and should be looked at",
        ),
        (counts.duplicates, "probably in the directory already"),
        (counts.vanished, "no longer in the source: they stay"),
        (counts.tidied, "tidied on the way"),
    ]
}
