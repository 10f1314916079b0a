//! Reads whatever is imported into an intake.

use std::path::Path;
use std::time::Duration;

use domain::Postcode;
use interchange::api;
use interchange::hsds;
use interchange::mapping::{Mapper, Mapping, PostcodeSays};
use interchange::postcodes::Found;
use interchange::tables::{Options, Row, Table};
use interchange::{Finding, Intake, InterchangeError, Spot, Stop, Weight};

use super::origin::Origin;
use super::shape::{ImportFormat, ImportSource};
use crate::Today;
use crate::error::Error;
use crate::jobs::Job;
use crate::open::Directory;

/// The folder, beside the local copy, of what waits or is being fetched.
const WAITING: &str = "imports";
/// Older files there are of imports that were killed.
const LEFT_BEHIND: Duration = Duration::from_secs(24 * 60 * 60);

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
        forget_interrupted(&folder);
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
            Origin::Web(address) => self.read_web(address, &source, intake, (job, today)),
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

    fn read_web(
        &self,
        address: &str,
        source: &str,
        intake: &mut dyn Intake,
        (job, today): (&Job, Today),
    ) -> Result<String, Error> {
        let site = Spot::file(&Origin::Web(address.to_owned()).name());
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
                spot: site.clone(),
                record: Some(id.clone()),
                message: why.clone(),
            };
            intake.find(finding).map_err(InterchangeError::from)?;
        }
        let had = fetched.services + u64::try_from(fetched.skipped.len()).unwrap_or(0);
        if let Some(all) = fetched.said.filter(|all| *all > had) {
            let finding = Finding {
                weight: Weight::Doubtful,
                spot: site.clone(),
                record: None,
                message: format!(
                    "it says that it has {all} services and gave {had}: those missing are \
                     not gone, so look again later"
                ),
            };
            intake.find(finding).map_err(InterchangeError::from)?;
        }
        job.stage("Reading");
        let read = hsds::read(&fetched.file, source, intake)?;
        // Another fetch begins anew; what stays behind would only take room.
        std::fs::remove_dir_all(&spool).unwrap_or_default();
        Ok(said("Open Referral UK", &read))
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

/// Removes what an import left behind that was killed more than a day ago. One that runs has
/// younger files, and what can't be removed is tried again at the next import.
fn forget_interrupted(folder: &Path) {
    let old = |path: &Path| {
        let written = path.metadata().and_then(|about| about.modified()).ok();
        let age = written.and_then(|written| written.elapsed().ok());
        age.is_some_and(|age| age > LEFT_BEHIND)
    };
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for path in files.map(|file| file.path()) {
        if path.extension().is_some_and(|ending| ending == "part") && old(&path) {
            std::fs::remove_file(&path).unwrap_or_default();
        }
    }
}

/// A folder's name for an address: what it says, without what a file system minds.
fn folder_name(address: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let readable: String = address.chars().map(safe).take(60).collect();
    let whole = domain::RecordId::named(address);
    format!("{readable}-{whole}")
}
