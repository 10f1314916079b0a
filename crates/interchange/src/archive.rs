//! ZIP archives from anywhere, read within bounds.
//!
//! Nothing is unpacked to where a name in the archive says. What an archive says of itself is not believed: sizes are
//! counted while really reading, so that a small file which unpacks to a huge one is stopped on the
//! way, and an entry whose name leads out of the archive refuses the whole.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use crate::{InterchangeError, Spot};

mod count;

/// How large an archive may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// This many entries, folders among them.
    pub entries: u64,
    /// This many bytes unpacked, of all entries that are read together.
    pub unpacked: u64,
    /// This many bytes unpacked for each byte packed, in entries beyond [`Bounds::SMALL`].
    pub ratio: u64,
}

impl Bounds {
    /// Up to so many unpacked bytes no ratio is too high: a short text of one letter packs well.
    pub const SMALL: u64 = 16 * 1024 * 1024;
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            entries: 10_000,
            unpacked: 4 * 1024 * 1024 * 1024,
            ratio: 200,
        }
    }
}

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path inside the archive, with `/` between the names.
    pub path: String,
    /// The bytes that it takes in the archive.
    pub packed: u64,
    /// The bytes that it has by its own account.
    pub said: u64,
    index: usize,
}

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    name: String,
    zip: ZipArchive<BufReader<File>>,
    entries: Vec<Entry>,
    bounds: Bounds,
    unpacked: u64,
}

impl Archive {
    /// Opens an archive and looks through its list of entries.
    ///
    /// # Errors
    /// It can't be read, is no whole archive, has too many entries, or one whose name leads out of
    /// it or which is a link.
    pub fn open(path: &Path, bounds: Bounds) -> Result<Self, InterchangeError> {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let name = name.to_string_lossy().into_owned();
        let mut file = File::open(path).map_err(|error| InterchangeError::io(path, error))?;
        let listed =
            count::entries(&mut file).map_err(|error| InterchangeError::io(path, error))?;
        if listed.is_some_and(|listed| listed > bounds.entries) {
            return Err(too_large(
                &Spot::file(&name),
                &format!(
                    "holds more than {} files, which no directory needs; it was not read",
                    bounds.entries
                ),
            ));
        }
        let zip = ZipArchive::new(BufReader::new(file));
        let mut zip = zip.map_err(|error| unreadable(&Spot::file(&name), error))?;
        let entries = list(&mut zip, &name)?;
        Ok(Self {
            name,
            zip,
            entries,
            bounds,
            unpacked: 0,
        })
    }

    /// Its file name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The files in it, without folders and without what macOS adds for itself.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Where an entry is, for people.
    #[must_use]
    pub fn spot(&self, entry: &Entry) -> Spot {
        Spot::file(&format!("{}/{}", self.name, entry.path))
    }

    /// Reads an entry. A fault on the way is an [`io::Error`] that [`fault`] puts into words.
    ///
    /// # Errors
    /// It is encrypted, or packed in a way that is not known here.
    pub fn read(&mut self, entry: &Entry) -> Result<EntryReader<'_>, InterchangeError> {
        let spot = self.spot(entry);
        let inner = self.zip.by_index(entry.index);
        Ok(EntryReader {
            inner: inner.map_err(|error| unreadable(&spot, error))?,
            packed: entry.packed,
            read: 0,
            total: &mut self.unpacked,
            bounds: self.bounds,
        })
    }
}

/// Reads one entry, counting.
pub struct EntryReader<'a> {
    inner: ZipFile<'a, BufReader<File>>,
    packed: u64,
    read: u64,
    total: &'a mut u64,
    bounds: Bounds,
}

impl Read for EntryReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        let more = u64::try_from(got).unwrap_or(u64::MAX);
        self.read = self.read.saturating_add(more);
        *self.total = self.total.saturating_add(more);
        let fair = self.packed.saturating_mul(self.bounds.ratio);
        if *self.total > self.bounds.unpacked {
            return Err(io::Error::other(Swollen::All(self.bounds.unpacked)));
        }
        if self.read > Bounds::SMALL.max(fair) {
            return Err(io::Error::other(Swollen::Ratio(self.bounds.ratio)));
        }
        Ok(got)
    }
}

impl fmt::Debug for EntryReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EntryReader")
            .field("packed", &self.packed)
            .field("read", &self.read)
            .finish_non_exhaustive()
    }
}

/// Which bound an archive went over while it was read.
#[derive(Debug, thiserror::Error)]
enum Swollen {
    #[error("unpacks to more than {0} bytes in all; it was not read on")]
    All(u64),
    #[error(
        "unpacks to more than {0} times its size, as only a file made to do harm does; it was not read on"
    )]
    Ratio(u64),
}

/// Puts a fault of reading an entry into words.
#[must_use]
pub fn fault(spot: &Spot, error: &io::Error) -> InterchangeError {
    let inner = error.get_ref();
    match inner.and_then(|inner| inner.downcast_ref::<Swollen>()) {
        Some(swollen) => too_large(spot, &swollen.to_string()),
        None => broken(
            spot,
            &format!("is damaged in the archive ({error}); fetch or pack it again"),
        ),
    }
}

fn list(zip: &mut ZipArchive<BufReader<File>>, name: &str) -> Result<Vec<Entry>, InterchangeError> {
    let spot = Spot::file(name);
    let mut entries = Vec::new();
    for index in 0..zip.len() {
        let file = zip.by_index_data(index);
        let file = file.map_err(|error| unreadable(&spot, error))?;
        let path = file.name().map_err(|error| unreadable(&spot, error))?;
        let path = path.replace('\\', "/");
        if leads_out(&path) || file.is_symlink() {
            let why = format!(
                "holds {path:?}, which leads to files outside it; nothing was read. Pack it again without such entries"
            );
            return Err(broken(&spot, &why));
        }
        if file.is_file() && !path.ends_with('/') && !path.starts_with("__MACOSX/") {
            entries.push(Entry {
                path,
                packed: file.compressed_size(),
                said: file.size(),
                index,
            });
        }
    }
    Ok(entries)
}

fn leads_out(path: &str) -> bool {
    let odd = |part: &str| part == ".." || part.contains(['\0', ':']);
    path.starts_with('/') || path.split('/').any(odd)
}

fn unreadable(spot: &Spot, error: ZipError) -> InterchangeError {
    let locked = matches!(
        error,
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)
    );
    if locked {
        return broken(spot, "is locked with a password; pack it again without one");
    }
    if let ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) = error {
        return broken(
            spot,
            &format!(
                "is packed in a way that is not known here ({error}); pack it again as an ordinary ZIP"
            ),
        );
    }
    broken(
        spot,
        &format!(
            "is not a whole ZIP archive ({error}); it may have been cut off on its way, so fetch it again"
        ),
    )
}

fn broken(spot: &Spot, why: &str) -> InterchangeError {
    InterchangeError::Broken {
        spot: spot.clone(),
        why: why.to_owned(),
    }
}

fn too_large(spot: &Spot, why: &str) -> InterchangeError {
    InterchangeError::TooLarge {
        spot: spot.clone(),
        why: why.to_owned(),
    }
}

#[cfg(test)]
mod tests;
