//! Generated services as files of every format, and what reading and writing them takes.

use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::Instant;

use clap::ValueEnum;
use directory::{Directory, ExportFormat, ImportSource, builtin};
use domain::{Areas, Catalogue, Organisation, Place, RecordId, Service};
use interchange::hsds::tabular::{self, PackageWriter};
use interchange::hsds::{self, JsonShape, JsonWriter, full_service};
use interchange::mapping::{Column, Mapper, Mapping, PostcodeSays, guess};
use interchange::people::{Cell, CsvWriter, Document, Format, XlsxWriter};
use interchange::tables::{Options, Row, Table};
use interchange::{Finding, Incoming, Intake, Record, Stop, Weight};
use serde::{Deserialize, Serialize};

use crate::generate::{Generator, TODAY};
use crate::prepare::SEED;

/// Services made at once.
const BATCH: usize = 5_000;
/// Rows from which the columns are guessed.
const SAMPLE: usize = 500;
const JOB: &str = "bench";
const HEADINGS: [&str; 10] = [
    "Reference",
    "Name",
    "Organisation",
    "Description",
    "Telephone",
    "Website",
    "Address",
    "Postcode",
    "Opening times",
    "Borough",
];

/// What one measurement saw.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Measured {
    /// Seconds that passed.
    pub seconds: f64,
    /// Rows or services read or written.
    pub records: u64,
    /// The most memory that the process held, KiB.
    pub peak_kb: u64,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// Rows of the CSV as they stand.
    CsvRead,
    /// The same, mapped to records and validated.
    CsvMap,
    /// The workbook, mapped to records and validated.
    XlsxMap,
    /// The HSDS array, upgraded, checked and split into records.
    HsdsRead,
    /// The HSDS tables, joined, checked and split.
    PackageRead,
    /// The HSDS array against the standard.
    Validate,
    /// The dry run of the CSV in a directory of its own, and the import.
    DeskImport,
    /// The export of what was imported, as an HSDS array.
    DeskExport,
}

impl Stage {
    /// All of them.
    #[must_use]
    pub fn all() -> &'static [Self] {
        Self::value_variants()
    }

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }

    /// What a table says of it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::CsvRead => "CSV read",
            Self::CsvMap => "CSV read, mapped and validated",
            Self::XlsxMap => "XLSX read, mapped and validated",
            Self::HsdsRead => "HSDS array read into records",
            Self::PackageRead => "HSDS tables read into records",
            Self::Validate => "HSDS array validated",
            Self::DeskImport => "CSV checked and imported into a directory",
            Self::DeskExport => "the directory exported as an HSDS array",
        }
    }

    /// Measures it on the files of a folder.
    ///
    /// # Errors
    /// What the reading or writing said.
    pub fn measure(self, folder: &Path) -> Result<Measured, Box<dyn Error>> {
        let start = Instant::now();
        let (seconds, records) = match self {
            Self::CsvRead => after(start, raw(&folder.join("services.csv"))?),
            Self::CsvMap => mapped(&folder.join("services.csv"))?,
            Self::XlsxMap => mapped(&folder.join("services.xlsx"))?,
            Self::HsdsRead => after(start, read(&folder.join("services.json"))?),
            Self::PackageRead => {
                let mut taken = Taken::default();
                tabular::read(&folder.join("package"), "Generated", &mut taken)?;
                after(start, taken.services)
            }
            Self::Validate => {
                let mut taken = Taken::default();
                let told = hsds::validate(&folder.join("services.json"), &mut taken)?;
                after(start, told.services)
            }
            Self::DeskImport => {
                let passing = tempfile::tempdir()?;
                let directory = Directory::open(passing.path())?;
                let start = Instant::now();
                let imported = import(&directory, &folder.join("services.csv"))?;
                after(start, imported)
            }
            Self::DeskExport => {
                let passing = tempfile::tempdir()?;
                let directory = Directory::open(passing.path())?;
                import(&directory, &folder.join("services.csv"))?;
                directory.settle();
                let to = passing.path().join("out.json");
                let start = Instant::now();
                let out = directory.export(JOB, None, (ExportFormat::Hsds, &to), TODAY)?;
                after(start, u64::from(out.services))
            }
        };
        Ok(Measured {
            seconds,
            records,
            peak_kb: peak_kb()?,
        })
    }
}

fn after(start: Instant, records: u64) -> (f64, u64) {
    (start.elapsed().as_secs_f64(), records)
}

/// Counts what comes.
#[derive(Default)]
struct Taken {
    services: u64,
    refused: u64,
}

impl Intake for Taken {
    fn take(&mut self, incoming: Incoming) -> Result<(), Stop> {
        self.services += u64::from(matches!(incoming.record, Record::Service(_)));
        Ok(())
    }

    fn find(&mut self, finding: Finding) -> Result<(), Stop> {
        self.refused += u64::from(finding.weight == Weight::Refused);
        Ok(())
    }

    fn step(&mut self, _done: u64, _total: u64) -> Result<(), Stop> {
        Ok(())
    }
}

fn raw(path: &Path) -> Result<u64, Box<dyn Error>> {
    let mut table = Table::open(path, &Options::default())?;
    let (mut row, mut rows) = (Row::default(), 0);
    while table.next(&mut row)? {
        rows += 1;
    }
    Ok(rows)
}

fn mapped(path: &Path) -> Result<(f64, u64), Box<dyn Error>> {
    let built_in = builtin::load()?;
    let catalogue = Catalogue::new(built_in.taxonomies);
    let areas = Areas::new(built_in.areas, built_in.outcodes);
    let start = Instant::now();
    let mapping = mapping(path, &catalogue, &areas)?;
    let mut table = Table::open(path, &Options::default())?;
    let says = |_: &domain::Postcode| PostcodeSays::NoPack;
    let mut mapper = Mapper::new(&mapping, &table.headings, &catalogue, &areas, &says)
        .map_err(|missing| missing.join("; "))?;
    let mut taken = Taken::default();
    let mut row = Row::default();
    let spot = table.spot.clone();
    while table.next(&mut row)? {
        mapper
            .row(&row, &spot, &mut taken)
            .map_err(interchange::InterchangeError::from)?;
    }
    if taken.refused > 0 {
        return Err(format!("{} rows were refused", taken.refused).into());
    }
    Ok(after(start, taken.services))
}

fn mapping(path: &Path, catalogue: &Catalogue, areas: &Areas) -> Result<Mapping, Box<dyn Error>> {
    let mut table = Table::open(path, &Options::default())?;
    let mut rows = Vec::new();
    let mut row = Row::default();
    while rows.len() < SAMPLE && table.next(&mut row)? {
        rows.push(row.clone());
    }
    let guesses = guess(&table.headings, &rows, catalogue, areas);
    let columns = table.headings.iter().zip(guesses);
    Ok(Mapping {
        source: "Generated".to_owned(),
        columns: columns
            .map(|(heading, guess)| Column {
                heading: heading.name.clone(),
                nth: heading.nth,
                field: guess.field,
                values: guess.values,
            })
            .collect(),
        ..Mapping::default()
    })
}

fn read(path: &Path) -> Result<u64, Box<dyn Error>> {
    let mut taken = Taken::default();
    hsds::read(path, "Generated", &mut taken)?;
    Ok(taken.services)
}

fn import(directory: &Directory, path: &Path) -> Result<u64, Box<dyn Error>> {
    let source = ImportSource {
        from: path.display().to_string(),
        ..ImportSource::default()
    };
    let checked = directory.import_check(JOB, &source, TODAY)?;
    directory.import_apply(JOB, &checked.id, TODAY.midnight().assume_utc())?;
    Ok(u64::from(checked.counts.new_services))
}

/// The most memory that this process held, as the system counts it.
fn peak_kb() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok());
    Ok(number.ok_or("the system does not say how much memory was held")?)
}

/// Writes the files of a folder, unless they are there.
///
/// # Errors
/// What the writing said.
pub fn prepare(folder: &Path, services: usize) -> Result<(), Box<dyn Error>> {
    if folder.join("services.json").exists() {
        return Ok(());
    }
    std::fs::create_dir_all(folder)?;
    let headings = HEADINGS.map(str::to_owned);
    let file = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
    let mut csv = CsvWriter::new(file("services.csv")?, &headings)?;
    let mut xlsx = XlsxWriter::new(&Document {
        format: Format::Xlsx,
        title: "Generated".to_owned(),
        made: TODAY,
        headings: headings.to_vec(),
    })?;
    let mut package = PackageWriter::create(&folder.join("package"))?;
    let mut json = JsonWriter::new(file("services.part")?, JsonShape::Array)?;
    let mut generator = Generator::new(SEED, &builtin::load()?);
    let mut organisations: HashMap<RecordId, Organisation> = HashMap::new();
    let mut places: HashMap<RecordId, Place> = HashMap::new();
    let mut left = services;
    while left > 0 {
        let load = generator.batch(left.min(BATCH));
        left -= load.services.len();
        organisations.extend(load.organisations.into_iter().map(|one| (one.id, one)));
        places.extend(load.places.into_iter().map(|one| (one.id, one)));
        for service in &load.services {
            let organisation = service.organisation().and_then(|id| organisations.get(&id));
            let ties = service.service_at_locations.iter();
            let its: Vec<Place> = ties
                .filter_map(|tie| places.get(&tie.place()?).cloned())
                .collect();
            let cells = row(service, organisation, &its);
            csv.row(&cells)?;
            xlsx.row(&cells)?;
            let whole = full_service(service, organisation, &its);
            package.service(&whole)?;
            json.write(&whole)?;
        }
    }
    csv.finish()?.flush()?;
    xlsx.finish(file("services.xlsx")?)?;
    package.finish()?;
    json.finish()?;
    std::fs::rename(folder.join("services.part"), folder.join("services.json"))?;
    Ok(())
}

/// A row with a telephone number of the range that Ofcom keeps for drama.
fn row(service: &Service, organisation: Option<&Organisation>, places: &[Place]) -> Vec<Cell> {
    let id = service.id.to_string();
    let number = id.bytes().map(u32::from).sum::<u32>() % 1_000;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let place = places.first();
    let hours = service.schedules.iter().find_map(domain::Schedule::line);
    let cells = [
        id,
        service.name.clone(),
        organisation.map(|one| one.name.clone()).unwrap_or_default(),
        text(&service.description),
        format!("0161 496 {number:04}"),
        format!("www.example.org/{number}"),
        place.map(|place| text(&place.name)).unwrap_or_default(),
        place
            .map(|_| format!("M{} {}AA", 1 + number % 30, number % 10))
            .unwrap_or_default(),
        hours.unwrap_or_default(),
        service
            .service_areas
            .iter()
            .next()
            .and_then(|area| area.name.clone())
            .unwrap_or_default(),
    ];
    cells.iter().map(|cell| Cell::from(cell.as_str())).collect()
}
