//! Exporting what a search finds, or the whole directory, so that anybody can use it.

mod people;
mod shape;

use std::collections::VecDeque;
use std::io::BufWriter;
use std::path::Path;

use domain::RecordId;
use interchange::hsds::tabular::PackageWriter;
use interchange::hsds::{self, JsonShape, JsonWriter, full_service};
use interchange::people::{Document, Format, save};
use interchange::{InterchangeError, Stop, beside};
use store::{Entry, Kind};

pub use shape::{ExportFormat, Exported};

use crate::Today;
use crate::error::Error;
use crate::find::SearchRequest;
use crate::jobs::Job;
use crate::open::Directory;

/// Services read at a time.
const PAGE: usize = 256;

/// What goes out, and in which order.
enum What {
    /// These rows.
    Found(Vec<i64>),
    /// Everything.
    All,
}

impl Directory {
    /// Writes the services that a search finds, in its order, or all where none is given. The file
    /// appears when it is whole; one of the same name is replaced then.
    ///
    /// # Errors
    /// [`Error::Interchange`] when it can't be written, or on being cancelled; nothing is left then.
    pub fn export(
        &self,
        job: &str,
        request: Option<&SearchRequest>,
        (format, to): (ExportFormat, &Path),
        today: Today,
    ) -> Result<Exported, Error> {
        let job = self.jobs.begin(job, "Exporting");
        let what = match request {
            Some(request) => What::Found(self.all_found(request, today)?),
            None => What::All,
        };
        let mut entries = Entries::of(self, &job, what)?;
        match format {
            ExportFormat::Hsds => write_json(to, JsonShape::Array, &mut entries)?,
            ExportFormat::HsdsNdjson => write_json(to, JsonShape::Ndjson, &mut entries)?,
            ExportFormat::HsdsPackage => self.write_package(to, &mut entries)?,
            ExportFormat::Csv => self.write_table(to, Format::Csv, &mut entries, today)?,
            ExportFormat::Xlsx => self.write_table(to, Format::Xlsx, &mut entries, today)?,
        }
        Ok(Exported {
            services: entries.given,
            to: to.display().to_string(),
        })
    }

    fn write_package(&self, to: &Path, entries: &mut Entries<'_>) -> Result<(), Error> {
        let mut package = PackageWriter::create(to)?;
        while let Some(entry) = entries.next()? {
            package.service(&full(&entry))?;
        }
        // Organisations and places that no service names are part of the whole directory too.
        if matches!(entries.what, What::All) {
            self.each(Kind::Organisation, |body| {
                match serde_json::from_str(body) {
                    Ok(one) => package.organisation(&hsds::organisation(&one)),
                    Err(_) => Ok(()),
                }
            })?;
            self.each(Kind::Place, |body| match serde_json::from_str(body) {
                Ok(one) => package.place(&hsds::place(&one)),
                Err(_) => Ok(()),
            })?;
        }
        Ok(package.finish()?)
    }

    fn write_table(
        &self,
        to: &Path,
        format: Format,
        entries: &mut Entries<'_>,
        today: Today,
    ) -> Result<(), Error> {
        let document = Document {
            format,
            title: "Services".to_owned(),
            made: today,
            headings: people::HEADINGS.map(str::to_owned).to_vec(),
        };
        let mut failure = None;
        let rows = std::iter::from_fn(|| {
            let next = entries.next().and_then(|entry| {
                let shown = entry.map(|entry| self.whole_view(&entry, today));
                shown.transpose()
            });
            match next {
                Ok(view) => view.map(|view| Ok(people::row(&view))),
                Err(error) => {
                    failure = Some(error);
                    Some(Err(Stop::Cancelled))
                }
            }
        });
        let saved = save(to, &document, rows);
        if let Some(error) = failure {
            return Err(error);
        }
        saved?;
        Ok(())
    }

    fn each(
        &self,
        kind: Kind,
        mut take: impl FnMut(&str) -> Result<(), InterchangeError>,
    ) -> Result<(), Error> {
        let mut last = i64::MIN;
        loop {
            let page = self.store().bodies_after(kind, last, PAGE)?;
            let Some((end, _)) = page.last() else {
                return Ok(());
            };
            last = *end;
            for (_, body) in &page {
                take(body)?;
            }
        }
    }
}

/// The services that go out, one after the other.
struct Entries<'d> {
    directory: &'d Directory,
    job: &'d Job,
    what: What,
    total: u64,
    /// Read ahead.
    ids: VecDeque<RecordId>,
    /// Where to read on: a row, or a position among the rows found.
    last: i64,
    position: usize,
    given: u32,
}

impl<'d> Entries<'d> {
    fn of(directory: &'d Directory, job: &'d Job, what: What) -> Result<Self, Error> {
        let total = match &what {
            What::Found(rows) => rows.len(),
            What::All => directory.store().counts()?.services,
        };
        Ok(Self {
            directory,
            job,
            what,
            total: u64::try_from(total).unwrap_or(u64::MAX),
            ids: VecDeque::new(),
            last: i64::MIN,
            position: 0,
            given: 0,
        })
    }

    fn next(&mut self) -> Result<Option<Entry>, Error> {
        let step = self.job.step(u64::from(self.given), self.total);
        step.map_err(InterchangeError::from)?;
        loop {
            if self.ids.is_empty() && !self.read_on()? {
                return Ok(None);
            }
            let Some(id) = self.ids.pop_front() else {
                return Ok(None);
            };
            // One that was removed meanwhile is passed over.
            if let Some(entry) = self.directory.store().entry(id)? {
                self.given = self.given.saturating_add(1);
                return Ok(Some(entry));
            }
        }
    }

    fn read_on(&mut self) -> Result<bool, Error> {
        let store = self.directory.store();
        let cards = match &self.what {
            What::Found(rows) => {
                let rest = rows.get(self.position..).unwrap_or_default();
                let part = rest.get(..PAGE.min(rest.len())).unwrap_or_default();
                if part.is_empty() {
                    return Ok(false);
                }
                self.position += part.len();
                store.cards(part)?
            }
            What::All => store.page(self.last, PAGE)?,
        };
        let Some(card) = cards.last() else {
            return Ok(matches!(self.what, What::Found(_)));
        };
        self.last = card.row;
        self.ids.extend(cards.iter().map(|card| card.service.id));
        Ok(true)
    }
}

fn write_json(to: &Path, shape: JsonShape, entries: &mut Entries<'_>) -> Result<(), Error> {
    let failed = |error| InterchangeError::io(to, error);
    let file = BufWriter::new(beside(to).map_err(failed)?);
    let mut json = JsonWriter::new(file, shape).map_err(failed)?;
    while let Some(entry) = entries.next()? {
        json.write(&full(&entry)).map_err(failed)?;
    }
    let file = json.finish().map_err(failed)?.into_inner();
    let file = file.map_err(|error| failed(error.into_error()))?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(to).map_err(|error| failed(error.error))?;
    Ok(())
}

fn full(entry: &Entry) -> serde_json::Value {
    full_service(&entry.service, entry.organisation.as_ref(), &entry.places)
}
