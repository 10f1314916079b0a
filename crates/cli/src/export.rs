//! `signpost export`: writes the directory, or what a search finds, for others to use.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use directory::{Directory, ExportFormat, SearchRequest};

use crate::failure::Failure;
use crate::filters::Filters;
use crate::page::Page;
use crate::surroundings::Surroundings;
use crate::waiting::{JOB, watched};

/// Export all services, or those that a search finds
///
/// Words and filters are those of `signpost search`. A file appears when it is whole.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    #[command(flatten)]
    filters: Filters,
    /// As what
    #[arg(long, value_name = "FORMAT")]
    format: Format,
    /// Where to: a file, or a folder for hsds-package [default: standard output]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// HSDS 3.1 and Open Referral UK 3.0: one JSON array of full services
    Hsds,
    /// The same, a service a line
    HsdsNdjson,
    /// HSDS 3.1 tables: a folder, or a ZIP file where the name ends so
    HsdsPackage,
    /// A table for people
    Csv,
    /// A workbook for people
    Xlsx,
}

pub(crate) fn run(
    asked: &Asked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    let request = if asked.filters.are_given() {
        Some(asked.filters.request(&directory, (0, 0))?)
    } else {
        None
    };
    let Some(to) = &asked.out else {
        return to_output(asked, &directory, request.as_ref(), (around, out));
    };
    let exported = watched(&directory, || {
        directory.export(
            JOB,
            request.as_ref(),
            (asked.format.into(), to),
            around.today,
        )
    })?;
    let services = match exported.services {
        1 => "1 service".to_owned(),
        many => format!("{many} services"),
    };
    let said = format!("{services} exported to {}.", exported.to);
    Ok(Page::new(out, around.paper).paragraph(&said)?)
}

/// Made whole first, so that a failure leaves nothing half written there either.
fn to_output(
    asked: &Asked,
    directory: &Directory,
    request: Option<&SearchRequest>,
    (around, out): (&Surroundings, &mut dyn Write),
) -> Result<(), Failure> {
    if asked.format == Format::HsdsPackage {
        return Err(Failure::File(
            "A package is several files: name a folder or a ZIP file with --out.".to_owned(),
        ));
    }
    let folder = tempfile::tempdir()?;
    let format = ExportFormat::from(asked.format);
    let path = folder.path().join(format.file_name());
    watched(directory, || {
        directory.export(JOB, request, (format, &path), around.today)
    })?;
    io::copy(&mut std::fs::File::open(&path)?, out)?;
    Ok(())
}

impl From<Format> for ExportFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Hsds => Self::Hsds,
            Format::HsdsNdjson => Self::HsdsNdjson,
            Format::HsdsPackage => Self::HsdsPackage,
            Format::Csv => Self::Csv,
            Format::Xlsx => Self::Xlsx,
        }
    }
}
