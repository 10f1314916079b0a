//! Rescuing a damaged file: what can be read of it goes into a new one, table by table and row by
//! row, first through SQLite, then from the bare pages and the log; only then the damaged file is
//! put aside and the new one takes its place. Interrupted at any point, it is begun or finished at
//! the next start. The damaged file itself is never changed.

mod intake;
pub(crate) mod pages;
mod table;
mod walk;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::connection::Site;
use crate::header::{beside, holds_something};
use crate::wal::Wal;
use crate::{StoreError, check, counts, migrations, revision};
use table::Table;

/// What could be read of a damaged file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Services.
    pub services: usize,
    /// Organisations.
    pub organisations: usize,
    /// Places.
    pub places: usize,
    /// Tables of which something may be lost.
    pub lost_tables: Vec<String>,
}

/// What SQLite keeps beside a file, and must never be left beside another one.
const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Rescues what can be read of this file, and says where the damaged one is now.
pub(crate) fn rescue(site: &Site) -> Result<(PathBuf, Salvaged), StoreError> {
    let new = rescued(&site.path);
    remove_database(&new).map_err(|error| StoreError::of_file(&new, error))?;
    let salvaged = read_into(site, &new).inspect_err(|_| {
        // What is left of the attempt is removed at the next one as well.
        remove_database(&new).unwrap_or_default();
    })?;
    let moved_to = exchange(&site.path, &new).map_err(|e| StoreError::of_file(&site.path, e))?;
    Ok((moved_to, salvaged))
}

/// Finishes a rescue that was interrupted between its last steps.
pub(crate) fn finish(path: &Path) -> Result<Option<(PathBuf, Salvaged)>, StoreError> {
    let new = rescued(path);
    if path.exists() || !holds_something(&new) {
        return Ok(None);
    }
    let told = |error| StoreError::of(&new, error);
    let conn = Connection::open(&new).map_err(told)?;
    let salvaged = summary(&conn, &BTreeSet::new()).map_err(told)?;
    drop(conn);
    let moved_to = exchange(path, &new).map_err(|error| StoreError::of_file(path, error))?;
    Ok(Some((moved_to, salvaged)))
}

fn rescued(path: &Path) -> PathBuf {
    path.with_extension("rescued.sqlite3")
}

fn remove_database(path: &Path) -> io::Result<()> {
    for file in [""].into_iter().chain(COMPANIONS) {
        match fs::remove_file(beside(path, file)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Puts the damaged file aside and the new one in its place. The order matters: a new file without
/// an old one beside it is known to be finished.
fn exchange(path: &Path, new: &Path) -> io::Result<PathBuf> {
    let named = |n: u32| path.with_extension(format!("damaged-{n}.sqlite3"));
    let free = |aside: &PathBuf| !aside.exists() && !beside(aside, "-wal").exists();
    let mut aside = (1..).map(named).filter(free);
    let aside = aside.next().unwrap_or_else(|| named(0));
    for file in [""].into_iter().chain(COMPANIONS) {
        match fs::rename(beside(path, file), beside(&aside, file)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::rename(new, path)?;
    if let Some(folder) = path.parent() {
        // Not every system can do this to a folder; where it can, the new names survive a power cut.
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .unwrap_or_default();
    }
    // Where only the log was left, that is what there is to show.
    let log = beside(&aside, "-wal");
    Ok(if aside.exists() { aside } else { log })
}

fn read_into(site: &Site, new: &Path) -> Result<Salvaged, StoreError> {
    let told = |error| StoreError::of(new, error);
    let broken = |error| StoreError::of_file(&site.path, error);
    let folder = site.path.parent().unwrap_or(Path::new("."));
    let scratch = tempfile::tempdir_in(folder).map_err(broken)?;
    let copy = scratch.path().join("damaged.sqlite3");
    copy_readable(&site.path, &copy).map_err(broken)?;
    copy_readable(&beside(&site.path, "-wal"), &beside(&copy, "-wal")).map_err(broken)?;
    let wal = Wal::read(&beside(&copy, "-wal")).map_err(broken)?;

    let target = Site {
        path: new.to_path_buf(),
        ..site.clone()
    };
    let mut conn = target.writing().map_err(told)?;
    migrations::all()
        .to_latest(&mut conn)
        .map_err(|error| migrations::told(new, error))?;
    let tx = conn.transaction().map_err(told)?;
    let mut rescue = Rescue {
        conn: &tx,
        lost: BTreeSet::new(),
        stopped: None,
    };
    let former = rescue.through_sqlite(&copy);
    if !rescue.lost.is_empty() || wal.hides_changes() {
        // The scratch copy was recovered by SQLite on the way; the pages are read from the original.
        let read = pages_of(&site.path, &wal, &mut rescue);
        read.map_err(broken)?;
    }
    let Rescue {
        mut lost, stopped, ..
    } = rescue;
    stopped.map_or(Ok(()), Err).map_err(told)?;
    let unreadable = check::remove_unreadable(&tx).map_err(told)?;
    lost.extend(
        Table::ALL
            .iter()
            .filter(|table| unreadable.contains(&table.name())),
    );
    if !lost.is_empty() {
        intake::take_from_history(&tx).map_err(told)?;
    }
    intake::complete(&tx, former).map_err(told)?;
    let salvaged = summary(&tx, &lost).map_err(told)?;
    tx.commit().map_err(told)?;
    // One file without companions, so that it can be renamed.
    conn.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))
        .map_err(told)?;
    drop(conn);
    File::open(new)
        .and_then(|file| file.sync_all())
        .map_err(broken)?;
    Ok(salvaged)
}

fn pages_of(path: &Path, wal: &Wal, rescue: &mut Rescue<'_>) -> io::Result<()> {
    // Tombstones first, so that no removed service comes back.
    for tombstones in [true, false] {
        pages::rows(path, wal, |mut row| {
            let Some(table) = Table::of_shape(&row.values) else {
                return;
            };
            if (table == Table::Tombstone) != tombstones {
                return;
            }
            if let Some(first @ Value::Null) = row.values.first_mut() {
                *first = Value::Integer(row.rowid);
            }
            // What does not fit was something else that looks alike.
            rescue.take(table, &row.values);
        })?;
    }
    Ok(())
}

fn summary(conn: &Connection, lost: &BTreeSet<Table>) -> rusqlite::Result<Salvaged> {
    let counts = counts(conn)?;
    Ok(Salvaged {
        services: counts.services,
        organisations: counts.organisations,
        places: counts.places,
        lost_tables: lost.iter().map(|table| table.name().to_owned()).collect(),
    })
}

/// A rescue on its way.
struct Rescue<'c> {
    conn: &'c Connection,
    lost: BTreeSet<Table>,
    stopped: Option<rusqlite::Error>,
}

impl Rescue<'_> {
    /// Takes a row, and says whether it was one. Nothing is taken after a final error.
    fn take(&mut self, table: Table, values: &[Value]) -> bool {
        if self.stopped.is_some() {
            return false;
        }
        let Err(error) = intake::take(self.conn, table, values) else {
            return true;
        };
        if intake::is_final(&error) {
            self.stopped = Some(error);
        }
        false
    }

    /// Takes what SQLite can read, and says the revision of the damaged file, as far as it is known.
    fn through_sqlite(&mut self, copy: &Path) -> i64 {
        let Ok(mut conn) = Connection::open(copy) else {
            self.lost.extend(Table::ALL);
            return 0;
        };
        // With this, a schema that is damaged in parts does not hide the rest of it.
        conn.pragma_update(None, "writable_schema", true)
            .unwrap_or_default();
        // An older file is read as it would be after an update, where that still works.
        migrations::all().to_latest(&mut conn).unwrap_or_default();
        for table in Table::ALL {
            let mut whole = true;
            let read = walk::walk(&conn, table, &mut |values| {
                whole &= self.take(table, &values);
            });
            if !(read && whole) {
                self.lost.insert(table);
            }
        }
        revision::current(&conn).unwrap_or_default()
    }
}

/// Copies a file, with zeros in place of what the disk does not give. An absent file is an empty
/// one. It is made to hold a page at least: SQLite throws away the log of an empty file.
fn copy_readable(from: &Path, to: &Path) -> io::Result<()> {
    let mut copy = File::create(to)?;
    let mut file = match File::open(from) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return if from.extension().is_some_and(|name| name == "sqlite3") {
                copy.set_len(pages::PAGE as u64)
            } else {
                Ok(())
            };
        }
        opened => opened?,
    };
    let length = file.metadata()?.len();
    if length == 0 && from.extension().is_some_and(|name| name == "sqlite3") {
        return copy.set_len(pages::PAGE as u64);
    }
    let mut block = vec![0; 64 * pages::PAGE];
    let mut at = 0;
    while at < length {
        file.seek(SeekFrom::Start(at))?;
        let read = match file.read(&mut block) {
            Ok(0) => break,
            Ok(read) => read,
            Err(_) => {
                block.fill(0);
                pages::PAGE
            }
        };
        copy.write_all(block.get(..read).unwrap_or_default())?;
        at = at.saturating_add(read as u64);
    }
    Ok(())
}
