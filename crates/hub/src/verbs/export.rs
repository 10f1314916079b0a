//! `export`: the published records as HSDS 3.1.

use std::collections::HashSet;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use domain::{Kind, Organisation, Place, RecordId, Service};
use interchange::hsds::{self, JsonShape, JsonWriter, full_service};
use interchange::{InterchangeError, beside};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Around, wait};
use crate::failure::Failure;
use crate::log::{Log, RecordRow};

/// Records read at a time.
const PAGE: usize = 500;

/// Writes all published records as HSDS 3.1 (NDJSON: one a line)
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// The file; one that is there is replaced when the new one is whole
    file: PathBuf,
}

pub(super) fn run(asked: &Asked, mut around: Around<'_>) -> Result<(), Failure> {
    let log = around.log()?;
    let to = &asked.file;
    let failed = |error| InterchangeError::io(to, error);
    let file = BufWriter::new(beside(to).map_err(failed)?);
    let writer = JsonWriter::new(file, JsonShape::Ndjson).map_err(failed)?;
    let mut export = Export {
        log: &*log,
        writer,
        named: HashSet::new(),
        written: 0,
    };
    wait(export.all())?;
    let written = export.written;
    let file = export.writer.finish().map_err(failed)?;
    let file = file
        .into_inner()
        .map_err(|error| failed(error.into_error()))?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(to).map_err(|error| failed(error.error))?;
    around.say(&format!(
        "{written} records are written to {}.",
        to.display()
    ))
}

struct Export<'a, W: Write> {
    log: &'a dyn Log,
    writer: JsonWriter<W>,
    /// Organisations and places that stand in a service.
    named: HashSet<RecordId>,
    written: u64,
}

impl<W: Write> Export<'_, W> {
    async fn all(&mut self) -> Result<(), Failure> {
        for kind in [Kind::Service, Kind::Organisation, Kind::Place] {
            let mut after = None;
            while let Some(last) = self.page(kind, after).await? {
                after = Some(last);
            }
        }
        Ok(())
    }

    /// Writes a page of records; gives the last of them.
    async fn page(
        &mut self,
        kind: Kind,
        after: Option<RecordId>,
    ) -> Result<Option<RecordId>, Failure> {
        let page = self.log.records(kind, after, PAGE).await?;
        for row in &page {
            self.one(kind, row).await?;
        }
        Ok(page.last().map(|last| last.id))
    }

    async fn one(&mut self, kind: Kind, row: &RecordRow) -> Result<(), Failure> {
        let document = match kind {
            Kind::Service => {
                let service: Service = read(row)?;
                Some(self.service(&service).await?)
            }
            Kind::Organisation | Kind::Place if self.named.contains(&row.id) => None,
            Kind::Organisation => Some(hsds::organisation(&read(row)?)),
            Kind::Place => Some(hsds::place(&read(row)?)),
        };
        if let Some(document) = document {
            self.written += 1;
            let written = self.writer.write(&document);
            written.map_err(|error| Failure::File(error.to_string()))?;
        }
        Ok(())
    }

    async fn service(&mut self, service: &Service) -> Result<Value, Failure> {
        let organisation: Option<Organisation> = match service.organisation() {
            Some(id) => self.published(Kind::Organisation, id).await?,
            None => None,
        };
        let mut places: Vec<Place> = Vec::new();
        for id in service
            .service_at_locations
            .iter()
            .filter_map(|tie| tie.place())
        {
            places.extend(self.published(Kind::Place, id).await?);
        }
        Ok(full_service(service, organisation.as_ref(), &places))
    }

    /// A record that is named by another one.
    async fn published<T: DeserializeOwned>(
        &mut self,
        kind: Kind,
        id: RecordId,
    ) -> Result<Option<T>, Failure> {
        let Some(row) = self.log.published(kind, id).await? else {
            return Ok(None);
        };
        self.named.insert(id);
        read(&row).map(Some)
    }
}

fn read<T: DeserializeOwned>(row: &RecordRow) -> Result<T, Failure> {
    let read = serde_json::from_str(&row.body);
    read.map_err(|error| Failure::Log(format!("Record {} can't be read: {error}.", row.id)))
}
