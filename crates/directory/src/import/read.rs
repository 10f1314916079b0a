//! Reads whatever is imported into an intake.

use std::path::Path;

use domain::Postcode;
use interchange::api;
use interchange::hsds;
use interchange::mapping::{Mapper, Mapping, PostcodeSays};
use interchange::postcodes::Found;
use interchange::tables::{Options, Row, Table};
use interchange::{Finding, Intake, InterchangeError, Stop, Weight};

use super::origin::Origin;
use super::shape::{ImportFormat, ImportSource};
use crate::Today;
use crate::error::Error;
use crate::jobs::Job;
use crate::open::Directory;

/// The folder, beside the local copy, of what waits or is being fetched.
const WAITING: &str = "imports";

/// How a source is called and what is told of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    pub(crate) source: String,
    pub(crate) origin: String,
    /// What was read: `CSV, Windows-1252`.
    pub(crate) said: String,
    pub(crate) dated: Option<String>,
    pub(crate) licence: Option<String>,
}

impl Directory {
    /// The folder of what waits or is being fetched.
    pub(crate) fn waiting(&self) -> Result<std::path::PathBuf, Error> {
        let folder = self.folder.join(WAITING);
        let made = std::fs::create_dir_all(&folder);
        made.map_err(|error| InterchangeError::io(&folder, error))?;
        Ok(folder)
    }

    /// What is told of a source before it is read.
    pub(crate) fn about(&self, origin: &Origin, given: &ImportSource) -> About {
        let mapping = given.mapping.as_ref();
        About {
            source: origin.source(given),
            origin: given.from.trim().to_owned(),
            said: String::new(),
            dated: mapping.and_then(|mapping| mapping.dated.clone()),
            licence: mapping.and_then(|mapping| mapping.licence.clone()),
        }
    }

    /// Reads a source into an intake, and says what was read.
    pub(crate) fn read(
        &self,
        (origin, given): (&Origin, &ImportSource),
        intake: &mut dyn Intake,
        job: &Job,
        today: Today,
    ) -> Result<String, Error> {
        let source = origin.source(given);
        match origin {
            Origin::Web(address) => {
                let spool = self.waiting()?.join(folder_name(address));
                job.stage("Fetching");
                let options = api::Options {
                    proxy: self.proxy.address.clone(),
                    no_proxy: self.proxy.except.clone(),
                    ..api::Options::new(today.midnight().assume_utc())
                };
                let fetched = api::fetch(address, &spool, &options, &mut |done, total| {
                    job.step(done, total)
                })?;
                for (id, why) in &fetched.skipped {
                    let finding = Finding {
                        weight: Weight::Refused,
                        spot: interchange::Spot::file(&origin.name()),
                        record: Some(id.clone()),
                        message: why.clone(),
                    };
                    intake.find(finding).map_err(InterchangeError::from)?;
                }
                job.stage("Reading");
                Ok(said(
                    "Open Referral UK",
                    &hsds::read(&fetched.file, &source, intake)?,
                ))
            }
            Origin::Path(path) => match origin.format(given.format)? {
                ImportFormat::Hsds | ImportFormat::Oruk => {
                    if hsds::tabular::recognise(path)?.is_some() {
                        let summary = hsds::tabular::read(path, &source, intake)?;
                        return Ok(said("HSDS tables", &summary));
                    }
                    Ok(said("HSDS", &hsds::read(path, &source, intake)?))
                }
                ImportFormat::Csv | ImportFormat::Xlsx => {
                    let mapping = match &given.mapping {
                        Some(mapping) => mapping.clone(),
                        None => self.proposed(path, &source)?,
                    };
                    self.read_table(path, &mapping, intake)
                }
            },
        }
    }

    /// What is known of postcodes here.
    pub(crate) fn postcode_says(&self) -> impl Fn(&Postcode) -> PostcodeSays {
        let pack = self.pack.get();
        move |postcode| match pack.as_ref().map(|pack| pack.lookup(postcode)) {
            Some(Found::Live { point, district }) => PostcodeSays::Known {
                point,
                district: district.and_then(|said| self.district(&said).0),
            },
            Some(Found::Ended) => PostcodeSays::Ended,
            Some(Found::Unknown) => PostcodeSays::Unknown,
            Some(Found::NotCovered) | None => PostcodeSays::NoPack,
        }
    }

    fn read_table(
        &self,
        path: &Path,
        mapping: &Mapping,
        intake: &mut dyn Intake,
    ) -> Result<String, Error> {
        let mut table = Table::open(path, &options(mapping))?;
        let says = self.postcode_says();
        let mut mapper = Mapper::new(
            mapping,
            &table.headings,
            &self.catalogue,
            &self.areas,
            &says,
        )
        .map_err(Error::Mapping)?;
        let tell = |intake: &mut dyn Intake, findings: Vec<Finding>| -> Result<(), Stop> {
            findings.into_iter().try_for_each(|one| intake.find(one))
        };
        let findings = std::mem::take(&mut table.findings);
        tell(intake, findings).map_err(InterchangeError::from)?;
        let mut row = Row::default();
        let mut rows = 0_u64;
        let spot = table.spot.clone();
        while table.next(&mut row)? {
            rows += 1;
            intake
                .step(table.done(), table.total())
                .and_then(|()| mapper.row(&row, &spot, intake))
                .map_err(InterchangeError::from)?;
        }
        let said = crate::said::count(rows, "row", "rows");
        Ok(format!("{}, {said}", table.about.said))
    }
}

/// What was read, in words.
fn said(format: &str, summary: &hsds::Summary) -> String {
    let services = crate::said::count(summary.services, "service", "services");
    format!("{format}, {services}")
}

/// How a table is opened for this mapping.
pub(crate) fn options(mapping: &Mapping) -> Options {
    Options {
        sheet: mapping.sheet.clone(),
        header_line: mapping.header_line.map(u64::from),
        ..Options::default()
    }
}

/// A folder's name for an address: what it says, without what a file system minds.
fn folder_name(address: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let readable: String = address.chars().map(safe).take(60).collect();
    let whole = domain::RecordId::named(address);
    format!("{readable}-{whole}")
}
