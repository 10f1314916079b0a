//! Making a hub's file, and taking it elsewhere: backups.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::connection::{FILE, Site, told};
use super::rows::int;
use super::schema;
use crate::log::{About, LogError};

/// Pages copied at a time, so that writing goes on meanwhile.
const PAGES: std::ffi::c_int = 2048;

/// A copy that is being made takes less than this, however slow its disk.
const LONGEST: Duration = Duration::from_hours(24);

/// Makes the log of a new hub in a folder, unless one is there. True: it is new.
pub(crate) fn make(folder: &Path, about: &About) -> Result<bool, LogError> {
    let failed = |error: std::io::Error| LogError::Folder {
        path: folder.display().to_string(),
        why: error.to_string(),
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let path = folder.join(FILE);
    if !path.exists() {
        private(&path).map_err(failed)?;
        failpoints::reach("make:file");
    }
    let mut conn = Site::of(folder).making()?;
    schema::migrate(&mut conn)?;
    failpoints::reach("make:schema");
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate);
    let tx = tx.map_err(told)?;
    if super::reading::is_made(&tx)? {
        return Ok(false);
    }
    let sql = "
        INSERT INTO hub (only, id, name, epoch, sequence, cursor, digests, counts)
        VALUES (1, ?1, ?2, ?3, 0, 0, ?4, '{}')";
    let digests = wire::Digests::default().to_hex();
    let values = (about.hub.as_bytes(), &about.name, int(about.epoch), digests);
    tx.execute(sql, values).map_err(told)?;
    failpoints::reach("make:hub");
    for (position, key) in (0_i64..).zip(&about.keys) {
        let sql = "INSERT INTO signing_key (position, secret) VALUES (?1, ?2)";
        tx.execute(sql, (position, key.0)).map_err(told)?;
    }
    failpoints::reach("make:keys");
    tx.commit().map_err(told)?;
    failpoints::reach("make:committed");
    Ok(true)
}

/// Makes an empty file that others may not read: keys will stand in it.
fn private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map(drop)
}

/// Copies the log of a folder into a file, as it is at one moment, while others write.
pub(crate) fn backup(folder: &Path, to: &Path) -> Result<(), LogError> {
    let failed = |error: std::io::Error| LogError::Folder {
        path: to.display().to_string(),
        why: error.to_string(),
    };
    let from = Site::of(folder).writing()?;
    let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty());
    let file = part_in(parent.unwrap_or(Path::new("."))).map_err(failed)?;
    copy(&from, file.path())?;
    file.as_file().sync_all().map_err(failed)?;
    failpoints::reach("backup:copied");
    file.persist(to).map_err(|error| failed(error.error))?;
    failpoints::reach("backup:kept");
    Ok(())
}

/// A file of this folder that is given its name when it is whole. What was left by one that was killed
/// holds the hub's keys, and goes when nobody can be writing it any more.
fn part_in(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let (before, after) = (".hub-", ".part");
    let left = |entry: &std::fs::DirEntry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let modified = entry.metadata().and_then(|about| about.modified());
        let age = modified.ok().and_then(|at| at.elapsed().ok());
        name.starts_with(before) && name.ends_with(after) && age.is_some_and(|age| age > LONGEST)
    };
    for entry in std::fs::read_dir(folder)?.flatten().filter(left) {
        let _in_use = std::fs::remove_file(entry.path());
    }
    tempfile::Builder::new()
        .prefix(before)
        .suffix(after)
        .tempfile_in(folder)
}

fn copy(from: &Connection, to: &Path) -> Result<(), LogError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut into = Connection::open_with_flags(to, flags).map_err(told)?;
    let copying = rusqlite::backup::Backup::new(from, &mut into).map_err(told)?;
    copying
        .run_to_completion(PAGES, Duration::from_millis(1), None)
        .map_err(told)?;
    drop(copying);
    failpoints::reach("copy:pages");
    // A file by itself: not one that needs a log beside it.
    into.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))
        .map_err(told)
}

/// Makes a folder's log out of a backup, in a new epoch: what desks have seen beyond the backup is
/// over, and they send again what they keep.
pub(crate) fn restore(from: &Path, folder: &Path, now: u64) -> Result<About, LogError> {
    let failed = |error: std::io::Error| LogError::Folder {
        path: folder.display().to_string(),
        why: error.to_string(),
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let backup = Connection::open_with_flags(from, flags).map_err(told)?;
    let file = part_in(folder).map_err(failed)?;
    copy(&backup, file.path())?;
    failpoints::reach("restore:copied");
    let site = Site::of(folder);
    let about = begin_epoch(file.path(), latest_epoch(&site), now)?;
    failpoints::reach("restore:begun");
    for beside in ["-wal", "-shm"] {
        let mut name = site.path().as_os_str().to_owned();
        name.push(beside);
        let _absent = std::fs::remove_file(name);
    }
    file.as_file().sync_all().map_err(failed)?;
    failpoints::reach("restore:cleared");
    file.persist(site.path())
        .map_err(|error| failed(error.error))?;
    failpoints::reach("restore:kept");
    Ok(about)
}

/// The epoch of what is there now, if it can be read: the new one comes after it as well.
fn latest_epoch(site: &Site) -> u64 {
    let there = site.path().exists().then(|| site.writing().ok()).flatten();
    let epoch = there.and_then(|conn| super::reading::about(&conn).ok());
    epoch.map_or(0, |about| about.epoch)
}

fn begin_epoch(file: &Path, latest: u64, now: u64) -> Result<About, LogError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(file, flags).map_err(told)?;
    schema::migrate(&mut conn)?;
    let sound: String = conn
        .query_row("PRAGMA quick_check(1)", (), |row| row.get(0))
        .map_err(told)?;
    if sound != "ok" {
        return Err(LogError::Damaged(sound));
    }
    let latest = super::reading::about(&conn)?.epoch.max(latest);
    let epoch = About::next_epoch(latest, now);
    conn.execute("UPDATE hub SET epoch = ?1", [int(epoch)])
        .map_err(told)?;
    super::reading::about(&conn)
}
