//! Importing: look, map, check without changing anything, import in one step, undo.

mod check;
mod compare;
mod duplicates;
mod gather;
mod lines;
mod look;
mod mappings;
mod origin;
mod preview;
mod read;
mod shape;

use std::path::Path;
use std::sync::atomic::Ordering;

use interchange::InterchangeError;
use interchange::people::{Cell, Document, Format, save};
use store::{Import, ImportAbout, Imported, Op};

pub use shape::{
    ColumnLook, DryRun, DryRunCounts, DryRunLine, DryRunPage, EntryRef, FieldChange, ImportFormat,
    ImportLook, ImportPreview, ImportSource, ImportView, LineSort, PreviewField, PreviewRow,
    TableLook, TermChoice, Undone, ValueCount,
};

use crate::error::Error;
use crate::open::Directory;
use crate::{Now, Today};
use check::{Checked, check};
use gather::Gather;
use lines::Line;
use origin::Origin;
use read::About;

/// A dry run that can still be looked at and imported.
pub(crate) struct Kept {
    id: String,
    about: About,
    checked: Checked,
    revision: i64,
}

/// The columns of a report.
const REPORT: [&str; 10] = [
    "What", "Record", "Name", "File", "Sheet", "Line", "Column", "Reason", "Changes", "Entry",
];

impl Directory {
    /// The dry run: what importing this would do. Nothing is changed. It takes the place of an
    /// earlier one.
    ///
    /// # Errors
    /// [`Error::Interchange`] when the source can't be read, or on being cancelled.
    pub fn import_check(
        &self,
        job: &str,
        given: &ImportSource,
        today: Today,
    ) -> Result<DryRun, Error> {
        let job = self.jobs.begin(job, "Reading");
        *self.kept() = None;
        let origin = Origin::of(given)?;
        let mut about = self.about(&origin, given);
        let folder = self.waiting()?;
        let revision = self.store().revision()?;
        let mut gather = Gather::new(&job, &folder)?;
        about.said = self.read((&origin, given), &mut gather, &job, today)?;
        let checked = check(gather, (self.store(), &job), &folder, &about.source)?;
        let counts = checked.counts;
        let dry_run = DryRun {
            id: self.dry_runs.fetch_add(1, Ordering::Relaxed).to_string(),
            source: about.source.clone(),
            said: about.said.clone(),
            counts,
            can_import: counts.new_services + counts.changed_services > 0
                || counts.new_others + counts.changed_others > 0,
        };
        *self.kept() = Some(Kept {
            id: dry_run.id.clone(),
            about,
            checked,
            revision,
        });
        Ok(dry_run)
    }

    /// A page, from 0, of the lines of a dry run.
    ///
    /// # Errors
    /// [`Error::NoDryRun`], [`Error::Interchange`].
    pub fn import_lines(
        &self,
        dry_run: &str,
        sort: LineSort,
        page: u32,
    ) -> Result<DryRunPage, Error> {
        let mut kept = self.kept();
        let kept = named(&mut kept, dry_run)?;
        let page = kept.checked.lines.page(sort, page);
        Ok(page.map_err(|error| InterchangeError::io(&self.folder, error))?)
    }

    /// Writes all lines of a dry run as CSV.
    ///
    /// # Errors
    /// [`Error::NoDryRun`], [`Error::Interchange`].
    pub fn import_report(&self, dry_run: &str, to: &Path, today: Today) -> Result<(), Error> {
        let mut kept = self.kept();
        let kept = named(&mut kept, dry_run)?;
        let lines = kept.checked.lines.all();
        let lines = lines.map_err(|error| InterchangeError::io(&self.folder, error))?;
        let document = Document {
            format: Format::Csv,
            title: "Report".to_owned(),
            made: today,
            headings: REPORT.map(str::to_owned).to_vec(),
        };
        let rows = lines.map(|line| {
            let line = line.map_err(|error| InterchangeError::io(&self.folder, error))?;
            Ok(cells(line))
        });
        save(to, &document, rows)?;
        Ok(())
    }

    /// Imports what a dry run found, in one step that can be undone.
    ///
    /// # Errors
    /// [`Error::NoDryRun`]; [`Error::Store`] when the directory has changed since, on being
    /// cancelled, and otherwise; nothing was changed then.
    pub fn import_apply(&self, job: &str, dry_run: &str, now: Now) -> Result<ImportView, Error> {
        let job = self.jobs.begin(job, "Importing");
        let op = {
            let mut kept = self.kept();
            let kept = named(&mut kept, dry_run)?;
            let About {
                source,
                origin,
                dated,
                licence,
                ..
            } = kept.about.clone();
            Op::Import(Box::new(Import {
                about: ImportAbout {
                    source,
                    origin,
                    day: now.date().to_string(),
                    dated,
                    licence,
                    new: kept.checked.counts.new_services,
                    changed: kept.checked.counts.changed_services,
                },
                records: kept.checked.records.clone(),
                at_revision: kept.revision,
            }))
        };
        let op = self.stamped(op, now)?;
        self.indexer
            .transact_watched(op, &mut |done, total| job.watch(done, total))?;
        *self.kept() = None;
        self.changed();
        let imports = self.imports(now.date())?;
        imports.into_iter().next().ok_or(Error::NoDryRun)
    }

    /// Takes an import back: what was new goes, what was changed is as it was; what was changed
    /// since stays.
    ///
    /// # Errors
    /// [`Error::Store`] when there is nothing to undo, on being cancelled, and otherwise.
    pub fn import_undo(&self, job: &str, id: u32, now: Now) -> Result<Undone, Error> {
        let job = self.jobs.begin(job, "Undoing");
        let op = self.stamped(Op::UndoImport(i64::from(id)), now)?;
        let done = self
            .indexer
            .transact_watched(op, &mut |done, total| job.watch(done, total))?;
        self.changed();
        let store::Undone {
            removed,
            restored,
            left,
        } = done.undone;
        Ok(Undone {
            removed,
            restored,
            left,
        })
    }

    /// The imports that were made, the latest first.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn imports(&self, today: Today) -> Result<Vec<ImportView>, Error> {
        let imports = self.store().imports()?;
        let mut standing = std::collections::HashSet::new();
        let view = |import: Imported| {
            let latest = !import.undone && standing.insert(import.about.source.clone());
            view(import, latest, today)
        };
        Ok(imports.into_iter().map(view).collect())
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Option<Kept>> {
        let kept = self.dry_run.lock();
        kept.unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn named<'k>(kept: &'k mut Option<Kept>, id: &str) -> Result<&'k mut Kept, Error> {
    kept.as_mut()
        .filter(|kept| kept.id == id)
        .ok_or(Error::NoDryRun)
}

fn cells(line: Line) -> Vec<Cell> {
    let what = match line.sort {
        LineSort::New => "new",
        LineSort::Changed => "changed",
        LineSort::Refused => "refused",
        LineSort::Doubtful => "doubtful",
        LineSort::Tidied => "tidied",
        LineSort::Duplicate => "probable duplicate",
        LineSort::Vanished => "no longer in the source",
    };
    let change = |change: &FieldChange| {
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "not known".to_owned());
        format!(
            "{}: {} → {}",
            change.field,
            side(&change.from),
            side(&change.to)
        )
    };
    let changes: Vec<String> = line.changes.iter().map(change).collect();
    let cells = [
        what.to_owned(),
        line.kind,
        line.name,
        line.file,
        line.sheet.unwrap_or_default(),
        line.line.map(|line| line.to_string()).unwrap_or_default(),
        line.column.unwrap_or_default(),
        line.message,
        changes.join("\n"),
        line.entry.map(|entry| entry.id).unwrap_or_default(),
    ];
    cells.iter().map(|cell| Cell::from(cell.as_str())).collect()
}

fn view(import: Imported, latest: bool, today: Today) -> ImportView {
    let when = import.about.day.parse().map_or_else(
        |_| import.about.day.clone(),
        |day: domain::When| day.said(today),
    );
    ImportView {
        id: u32::try_from(import.row).unwrap_or_default(),
        source: import.about.source,
        from: import.about.origin,
        when,
        new: import.about.new,
        changed: import.about.changed,
        undone: import.undone,
        can_undo: latest,
    }
}
