//! Tells what would become of all that was read, without changing anything: new, changed, the same,
//! doubled. What would change is written down for the import itself.

use std::collections::HashMap;
use std::path::Path;

use domain::{Place, RecordId};
use interchange::{InterchangeError, Spot, Stop};
use serde_json::Value;
use store::{Kind, Known, Staged, StagedRecord, StagedWriter, Store};

use super::compare::{changes, keep_what_is_not_said};
use super::duplicates::{Duplicates, postcode_of};
use super::gather::{All, Gather, Gathered};
use super::lines::{Line, Lines};
use super::shape::{DryRunCounts, EntryRef, LineSort};
use crate::error::Error;
use crate::jobs::Job;

/// Records compared with the local copy at a time.
const BATCH: usize = 256;

/// Everything that a dry run found.
pub(crate) struct Checked {
    pub(crate) counts: DryRunCounts,
    pub(crate) lines: Lines,
    pub(crate) records: Staged,
}

/// Compares what was read from a source with the local copy. What is written down lies in `folder`.
pub(crate) fn check(
    gathered: Gather<'_>,
    (store, job): (&Store, &Job),
    folder: &Path,
    source: &str,
) -> Result<Checked, Error> {
    job.stage("Comparing");
    let (all, lines, counts) = gathered.finish()?;
    let imports = store.imports()?.into_iter();
    let own = imports
        .filter(|import| import.about.source == source && !import.undone)
        .map(|import| import.revision);
    let failed = |error| InterchangeError::io(folder, error);
    let mut check = Check {
        store,
        folder,
        known: store.known_of(source)?,
        own: own.collect(),
        batch: Vec::with_capacity(BATCH),
        staged: StagedWriter::create(folder).map_err(failed)?,
        lines,
        counts,
        duplicates: None,
        postcodes: HashMap::new(),
    };
    check
        .compare_all(&all, job)
        .map_err(InterchangeError::from)?;
    check.tell_vanished(&all)?;
    Ok(Checked {
        counts: check.counts,
        lines: check.lines,
        records: check.staged.finish().map_err(failed)?,
    })
}

/// A comparison on its way.
struct Check<'d> {
    store: &'d Store,
    folder: &'d Path,
    /// What the source said last time.
    known: Known,
    /// Revisions that imports of this source made: a record of another one was edited here since.
    own: Vec<i64>,
    batch: Vec<Gathered>,
    staged: StagedWriter,
    lines: Lines,
    counts: DryRunCounts,
    duplicates: Option<Duplicates>,
    /// Postcodes of the places that were read, shortened to a number each.
    postcodes: HashMap<RecordId, u64>,
}

impl Check<'_> {
    fn compare_all(&mut self, all: &All, job: &Job) -> Result<(), Stop> {
        let total = u64::try_from(all.len()).unwrap_or(u64::MAX);
        let mut done = 0;
        all.each(|record| {
            done += 1;
            job.step(done, total)?;
            self.batch.push(record);
            if self.batch.len() >= BATCH {
                self.settle()?;
            }
            Ok(())
        })?;
        self.settle()
    }

    fn tell(&mut self, line: &Line) -> Result<(), Stop> {
        let pushed = self.lines.push(line);
        pushed.map_err(|error| InterchangeError::io(self.folder, error).into())
    }

    fn write_down(&mut self, record: &Gathered, body: Option<&Value>) -> Result<(), Stop> {
        let staged = StagedRecord {
            kind: record.kind(),
            id: record.id,
            source_id: record.source_id.clone(),
            at: record.spot().to_string(),
            digest: record.digest,
            body: body.map(Value::to_string),
        };
        let pushed = self.staged.push(&staged);
        pushed.map_err(|error| InterchangeError::io(self.folder, error).into())
    }

    /// Compares all that wait.
    fn settle(&mut self) -> Result<(), Stop> {
        let batch = std::mem::take(&mut self.batch);
        for kind in Kind::ALL {
            let of_kind: Vec<&Gathered> = batch.iter().filter(|one| one.kind() == kind).collect();
            let ids: Vec<RecordId> = of_kind.iter().map(|one| one.id).collect();
            let here = self.store.bodies(kind, &ids).map_err(stop)?;
            for (one, here) in of_kind.into_iter().zip(here) {
                self.compare(one, here)?;
            }
        }
        self.batch = batch;
        self.batch.clear();
        Ok(())
    }

    fn compare(&mut self, now: &Gathered, here: Option<(i64, String)>) -> Result<(), Stop> {
        if now.kind() == Kind::Place {
            self.remember_postcode(now);
        }
        let Some((revision, body)) = here else {
            self.count(now.kind(), LineSort::New);
            self.tell(&line_of(LineSort::New, now))?;
            if now.kind() == Kind::Service {
                self.tell_twin(now)?;
            }
            return self.write_down(now, Some(&now.value));
        };
        let here: Value = serde_json::from_str(&body).unwrap_or_default();
        let mut wanted = now.value.clone();
        let edited = !self.own.contains(&revision);
        if edited {
            keep_what_is_not_said(&here, &mut wanted);
        }
        // What the source said last time and says again leaves alone what was edited here since.
        if here == wanted || self.known.get(&(now.kind(), now.id)) == Some(&now.digest) {
            self.count_same(now.kind());
            return self.write_down(now, None);
        }
        self.count(now.kind(), LineSort::Changed);
        let mut line = line_of(LineSort::Changed, now);
        line.changes = changes(&here, &wanted);
        line.entry = (now.kind() == Kind::Service).then(|| reference(now.id, &now.value));
        if edited {
            "Here already. What this source does not say stays.".clone_into(&mut line.message);
        }
        self.tell(&line)?;
        self.write_down(now, Some(&wanted))
    }

    fn remember_postcode(&mut self, place: &Gathered) {
        let read: Option<Place> = serde_json::from_value(place.value.clone()).ok();
        if let Some(postcode) = read.as_ref().and_then(postcode_of) {
            self.postcodes.insert(place.id, postcode);
        }
    }

    fn tell_twin(&mut self, now: &Gathered) -> Result<(), Stop> {
        if self.duplicates.is_none() {
            self.duplicates = Some(Duplicates::of(self.store).map_err(stop)?);
        }
        let Some(duplicates) = &mut self.duplicates else {
            return Ok(());
        };
        let found = duplicates
            .find(self.store, &now.value, &self.postcodes)
            .map_err(stop)?;
        duplicates.add(&now.value, &self.postcodes, now.spot().line);
        let Some((why, twin)) = found else {
            return Ok(());
        };
        self.counts.duplicates = self.counts.duplicates.saturating_add(1);
        let mut line = line_of(LineSort::Duplicate, now);
        line.message = why;
        line.entry = twin;
        self.tell(&line)
    }

    fn tell_vanished(&mut self, all: &All) -> Result<(), Error> {
        let services = self.known.keys().filter(|(kind, _)| *kind == Kind::Service);
        let gone = services.filter(|key| !all.has(**key)).map(|(_, id)| *id);
        let mut gone: Vec<RecordId> = gone.collect();
        gone.sort_unstable();
        for part in gone.chunks(BATCH) {
            let here = self.store.bodies(Kind::Service, part)?;
            let here = part
                .iter()
                .zip(here)
                .filter_map(|(id, here)| Some((id, here?.1)));
            for (id, body) in here {
                let value = serde_json::from_str(&body).unwrap_or_default();
                self.tell_gone(reference(*id, &value))
                    .map_err(InterchangeError::from)?;
            }
        }
        Ok(())
    }

    fn tell_gone(&mut self, entry: EntryRef) -> Result<(), Stop> {
        self.counts.vanished = self.counts.vanished.saturating_add(1);
        let mut line = Line::at(LineSort::Vanished, &Spot::default());
        Kind::Service.name().clone_into(&mut line.kind);
        line.message = "It came from this source before and is not in it now. It stays; check \
                        whether it has closed."
            .to_owned();
        line.name.clone_from(&entry.name);
        line.entry = Some(entry);
        self.tell(&line)
    }

    fn count(&mut self, kind: Kind, sort: LineSort) {
        let counts = &mut self.counts;
        let number = match (kind, sort == LineSort::New) {
            (Kind::Service, true) => &mut counts.new_services,
            (Kind::Service, false) => &mut counts.changed_services,
            (Kind::Organisation | Kind::Place, true) => &mut counts.new_others,
            (Kind::Organisation | Kind::Place, false) => &mut counts.changed_others,
        };
        *number = number.saturating_add(1);
    }

    fn count_same(&mut self, kind: Kind) {
        let number = match kind {
            Kind::Service => &mut self.counts.same_services,
            Kind::Organisation | Kind::Place => &mut self.counts.same_others,
        };
        *number = number.saturating_add(1);
    }
}

fn line_of(sort: LineSort, of: &Gathered) -> Line {
    let mut line = Line::at(sort, &of.spot());
    of.kind().name().clone_into(&mut line.kind);
    line.name = reference(of.id, &of.value).name;
    line
}

fn reference(id: RecordId, value: &Value) -> EntryRef {
    let name = value.get("name").and_then(Value::as_str);
    // A place without a name goes by its address.
    let address = || value.pointer("/addresses/0/address_1")?.as_str();
    let name = name.or_else(address);
    EntryRef {
        id: id.to_string(),
        name: name.unwrap_or_default().to_owned(),
    }
}

fn stop(error: store::StoreError) -> Stop {
    Stop::Failed(Box::new(InterchangeError::Broken {
        spot: Spot::default(),
        why: error.to_string(),
    }))
}
