//! From a package to documents.

use std::collections::HashSet;
use std::path::Path;

use serde_json::{Map, Value};

use super::check::check;
use super::index::Hashing;
use super::join::Joiner;
use super::library::{At, Library};
use super::load::{Progress, load};
use super::package::Package;
use crate::hsds::entities::{self, Entity};
use crate::hsds::{Feed, Summary};
use crate::{Finding, Incoming, Intake, InterchangeError, Spot, Stop, Weight};

/// Which HSDS a package of tables is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// Version 3.0 or 3.1.
    Present,
    /// Version 1 or 2, or something made after them.
    Older,
}

/// A document, the entity it is of, and where it stood.
pub(super) struct Document {
    /// Organisation, place or service.
    pub entity: &'static Entity,
    /// What it says.
    pub members: Map<String, Value>,
    /// The row that it begins with.
    pub spot: Spot,
}

/// Whether a folder or file is a package of HSDS tables: by the names of its files. Organisations
/// or places without services are one, too.
///
/// # Errors
/// It can't be read, or is an archive that is not safe to read.
pub fn recognise(path: &Path) -> Result<Option<Flavour>, InterchangeError> {
    let is_zip = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    if !path.is_dir() && !is_zip {
        return Ok(None);
    }
    let package = Package::open(path)?;
    let has = |entity: &str| package.members.iter().any(|member| member.is_of(entity));
    let records = ["service", "organization", "location"];
    let found = records.iter().filter(|entity| has(entity)).count();
    if found < 2 && !(has("service") && package.members.len() > 1) {
        return Ok(None);
    }
    let present = [
        "attribute",
        "address",
        "service_at_location",
        "taxonomy_term",
        "schedule",
    ];
    let plain = package.members.iter().any(|member| {
        member.kind.make == super::kind::Make::Plain
            && present.iter().any(|entity| member.is_of(entity))
    });
    let older = package.members.iter().any(super::package::Member::is_older);
    Ok(Some(if plain && !older {
        Flavour::Present
    } else {
        Flavour::Older
    }))
}

/// Reads a package, a folder or a ZIP archive: organisations and places first, then services. The
/// namespace is that of [`crate::hsds::read()`].
///
/// # Errors
/// [`InterchangeError`] where it can't be read, is broken, has no table of HSDS or holds more than
/// memory should, and when the intake stops it.
pub fn read(
    path: &Path,
    namespace: &str,
    intake: &mut dyn Intake,
) -> Result<Summary, InterchangeError> {
    let mut counted = Counted::of(intake);
    let opened = open(path, &mut counted)?;
    let (doubtful, notes) = (counted.doubtful, counted.notes);
    let mut feed = Feed::new(namespace, intake);
    opened.hand_on(&mut |document, done, total| {
        feed.step(done, total)?;
        feed.put_as(document.entity, document.members, &document.spot)
    })?;
    let summary = feed.finish();
    Ok(Summary {
        doubtful: summary.doubtful.saturating_add(doubtful),
        notes: summary.notes.saturating_add(notes),
        ..summary
    })
}

/// A package in memory.
pub(super) struct Opened {
    library: Library,
    bytes: u64,
}

/// Reads the tables of a package and tells what is doubtful about them.
pub(super) fn open(path: &Path, intake: &mut dyn Intake) -> Result<Opened, Stop> {
    let mut package = Package::open(path)?;
    if package.members.is_empty() {
        return Err(no_tables(path).into());
    }
    let bytes = package.size();
    let mut progress = Progress {
        done: 0,
        total: bytes.saturating_mul(2),
    };
    let hashing = Hashing::new();
    let tables = load(&mut package, &hashing, &mut progress, intake)?;
    let library = Library::new(tables, hashing);
    check(&library, intake)?;
    Ok(Opened { library, bytes })
}

impl Opened {
    /// Hands on every document, each with how far that is and the whole.
    pub(super) fn hand_on(
        &self,
        each: &mut dyn FnMut(Document, u64, u64) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let kinds = ["organization", "location", "service"];
        let count = |kind: &&str| self.library.rows(kind).count() as u64;
        let share = self.bytes / kinds.iter().map(count).sum::<u64>().max(1);
        let mut joiner = Joiner::new(&self.library);
        let mut done = self.bytes;
        let (mut seen, mut named) = (HashSet::new(), HashSet::new());
        let entities = kinds.into_iter().filter_map(entities::entity);
        let rows = entities.flat_map(|entity| {
            let rows = self.library.rows(entity.name);
            rows.map(move |at| (entity, at))
        });
        for (entity, at) in rows {
            done = done.saturating_add(share);
            let id = self
                .library
                .table(at)
                .and_then(|table| table.cell(at.row, "id"));
            if id.is_some_and(|id| !seen.insert((entity.name, id))) {
                continue;
            }
            let Some(mut document) = self.document(&mut joiner, entity, at)? else {
                continue;
            };
            if id.is_none() {
                name(&mut document.members, &mut named);
            }
            each(document, done, self.bytes.saturating_mul(2))?;
        }
        Ok(())
    }

    fn document(
        &self,
        joiner: &mut Joiner<'_>,
        entity: &'static Entity,
        at: At,
    ) -> Result<Option<Document>, InterchangeError> {
        let spot = self.library.table(at).map(|table| table.spot(at.row));
        let members = joiner.document(entity, at)?;
        Ok(members.map(|members| Document {
            entity,
            members,
            spot: spot.unwrap_or_default(),
        }))
    }
}

/// Gives a record that came without an identifier one that stays the same while its name, and who
/// runs it, do.
fn name(members: &mut Map<String, Value>, named: &mut HashSet<String>) {
    let text = |name: &str| {
        members
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    if text("name").is_empty() {
        return;
    }
    let first = format!("{}/{}", text("organization_id"), text("name"));
    let mut id = first.clone();
    let mut number = 1_u64;
    while !named.insert(id.clone()) {
        number = number.saturating_add(1);
        id = format!("{first}/{number}");
    }
    members.insert("id".to_owned(), id.into());
}

/// Passes on what is told, and counts it.
struct Counted<'a> {
    intake: &'a mut dyn Intake,
    doubtful: u64,
    notes: u64,
}

impl<'a> Counted<'a> {
    fn of(intake: &'a mut dyn Intake) -> Self {
        Self {
            intake,
            doubtful: 0,
            notes: 0,
        }
    }
}

impl Intake for Counted<'_> {
    fn take(&mut self, incoming: Incoming) -> Result<(), Stop> {
        self.intake.take(incoming)
    }

    fn find(&mut self, finding: Finding) -> Result<(), Stop> {
        match finding.weight {
            Weight::Refused | Weight::Doubtful => self.doubtful = self.doubtful.saturating_add(1),
            Weight::Note => self.notes = self.notes.saturating_add(1),
        }
        self.intake.find(finding)
    }

    fn step(&mut self, done: u64, total: u64) -> Result<(), Stop> {
        self.intake.step(done, total)
    }
}

fn no_tables(path: &Path) -> InterchangeError {
    let name = path.file_name().unwrap_or(path.as_os_str());
    InterchangeError::Broken {
        spot: Spot::file(&name.to_string_lossy()),
        why: "holds no table that HSDS has, such as services.csv, organizations.csv or locations.csv. Look whether this is the right folder or archive; other tables are imported one by one".to_owned(),
    }
}
