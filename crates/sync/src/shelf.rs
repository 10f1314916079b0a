//! Packs that were fetched and not taken over yet: a folder beside the copy, so that a pull that was
//! cut short goes on where it was. A pack that lies there is not believed either: it is verified by
//! its name each time it is read.

use std::fs;
use std::io;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use store::{Lines, PublishedLine};
use wire::{Hash, PackRef};

use crate::SyncError;

/// The folder.
#[derive(Debug, Clone)]
pub(crate) struct Shelf {
    folder: PathBuf,
}

impl Shelf {
    /// Beside the copy in this folder.
    pub(crate) fn beside(folder: &Path) -> Self {
        Self {
            folder: folder.join("sync").join("packs"),
        }
    }

    /// Whether a pack lies there whole.
    pub(crate) fn has(&self, pack: &PackRef) -> bool {
        fs::metadata(self.path(pack.hash)).is_ok_and(|about| about.len() == pack.size)
            && self.read(pack.hash).is_ok()
    }

    /// Puts a pack there that was verified.
    pub(crate) fn put(&self, hash: Hash, bytes: &[u8]) -> Result<(), SyncError> {
        let path = self.path(hash);
        let fresh = path.with_extension("new");
        let write = || {
            fs::create_dir_all(&self.folder)?;
            fs::write(&fresh, bytes)?;
            fs::rename(&fresh, &path)
        };
        write().map_err(|source| SyncError::io(&path, source))
    }

    /// Takes everything away. What can't be taken away does no harm.
    pub(crate) fn clear(&self) {
        fs::remove_dir_all(&self.folder).unwrap_or_default();
    }

    fn read(&self, hash: Hash) -> io::Result<Vec<u8>> {
        let path = self.path(hash);
        let bytes = fs::read(&path)?;
        if Hash::of(&bytes) == hash {
            return Ok(bytes);
        }
        // It is fetched again the next time.
        fs::remove_file(&path)?;
        let what = format!("“{}” was damaged on this computer's disk", path.display());
        Err(io::Error::new(io::ErrorKind::InvalidData, what))
    }

    fn path(&self, hash: Hash) -> PathBuf {
        self.folder.join(hash.to_string())
    }
}

/// The lines of packs on the shelf, in the packs' order; one pack is in memory at a time.
#[derive(Debug)]
pub(crate) struct ShelfLines {
    pub(crate) shelf: Shelf,
    pub(crate) packs: Vec<PackRef>,
    /// Only records of these buckets.
    pub(crate) buckets: RangeInclusive<u8>,
    /// About how many there are.
    pub(crate) total: u64,
}

impl Lines for ShelfLines {
    fn total(&self) -> u64 {
        self.total
    }

    fn read(&self) -> io::Result<Box<dyn Iterator<Item = io::Result<PublishedLine>> + '_>> {
        let packs = self.packs.iter();
        Ok(Box::new(packs.flat_map(|pack| self.lines(pack))))
    }
}

impl ShelfLines {
    fn lines(&self, pack: &PackRef) -> Box<dyn Iterator<Item = io::Result<PublishedLine>> + '_> {
        let bytes = match self.shelf.read(pack.hash) {
            Ok(bytes) => bytes,
            Err(error) => return Box::new(std::iter::once(Err(error))),
        };
        let lines = match wire::pack::read(&bytes) {
            Ok(lines) => lines,
            Err(error) => return Box::new(std::iter::once(Err(unreadable(error)))),
        };
        let lines = lines.map(|line| line.map(published).map_err(unreadable));
        Box::new(lines.filter(|line| match line {
            Ok(line) => self.buckets.contains(&bucket(line)),
            Err(_) => true,
        }))
    }
}

fn bucket(line: &PublishedLine) -> u8 {
    let [first, ..] = line.id.as_bytes();
    *first
}

fn unreadable(error: wire::PackError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

fn published(line: wire::Line) -> PublishedLine {
    PublishedLine {
        kind: line.kind,
        id: line.id,
        version: line.version,
        at: line.at,
        body: line.body.map(|body| body.0.into()),
    }
}
