//! The folder that a fetch is kept in, so that it can be gone on with after whatever ended it.
//!
//! `services.ndjson` has the documents. `done.ndjson` says of each service that is done where its
//! document ends, or why there is none; what stands in the documents beyond the last such line was
//! cut short and is cut off. `pages.ndjson` has the pages of the list with what was new on them.
//! `fetch.json` says what is fetched and how far it is. `lock` keeps a second fetch away.

mod head;
mod log;

use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::Fetched;
use super::address::Address;
use crate::{InterchangeError, Spot};
pub(super) use head::{Form, Head, Stage};
use log::Log;

/// More services than this are a fault of the list.
const MOST: usize = 1_000_000;

const DOCUMENTS: &str = "services.ndjson";
const DONE: &str = "done.ndjson";
const PAGES: &str = "pages.ndjson";
const LOCK: &str = "lock";

/// A page of the list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Listed {
    pub(super) page: u64,
    /// What was new on it.
    pub(super) ids: Vec<String>,
    /// Whether it says that there are more pages.
    pub(super) more: bool,
}

/// A service that is done.
#[derive(Debug, Serialize, Deserialize)]
struct Done {
    id: String,
    /// Where its document ends.
    end: Option<u64>,
    /// Why there is none.
    why: Option<String>,
}

/// The folder, ours alone while this lives.
pub(super) struct Spool {
    folder: PathBuf,
    head: Head,
    documents: File,
    end: u64,
    services: u64,
    done: Log<Done>,
    finished: HashSet<String>,
    skipped: Vec<(String, String)>,
    pages: Log<Listed>,
    listed: Vec<Listed>,
    seen: HashSet<String>,
    #[expect(dead_code, reason = "held for its lock")]
    lock: File,
}

impl Spool {
    /// Opens the folder, where the same fetch was cut short, or begins anew.
    pub(super) fn open(
        folder: &Path,
        address: &Address,
        now: OffsetDateTime,
    ) -> Result<Self, InterchangeError> {
        fs::create_dir_all(folder).map_err(|e| fault(folder, e))?;
        let lock = locked(folder)?;
        let head = Head::read(folder).filter(|head| head.goes_on(address, now));
        if head.is_none() {
            // The head first: without it, whatever else is left counts for nothing.
            for name in [head::NAME, DOCUMENTS, DONE, PAGES] {
                cleared(&folder.join(name))?;
            }
        }
        let documents = open(&folder.join(DOCUMENTS))?;
        let (pages, listed) = Log::open(&folder.join(PAGES))?;
        let (done, told) = Log::open(&folder.join(DONE))?;
        let mut spool = Self {
            folder: folder.to_owned(),
            head: head.unwrap_or_else(|| Head::new(address, now)),
            documents,
            end: 0,
            services: 0,
            done,
            finished: HashSet::new(),
            skipped: Vec::new(),
            pages,
            listed: Vec::new(),
            seen: HashSet::new(),
            lock,
        };
        for (page, _) in listed {
            spool.note(page);
        }
        spool.go_on(told)?;
        spool.head.write(folder)?;
        Ok(spool)
    }

    /// Takes what is done up to where the documents bear it out, and cuts the rest off.
    fn go_on(&mut self, told: Vec<(Done, u64)>) -> Result<(), InterchangeError> {
        let path = self.folder.join(DOCUMENTS);
        let mut reader = BufReader::new(&self.documents);
        let mut kept = 0;
        for (done, upto) in told {
            let end = done.end.unwrap_or(self.end);
            let sound = done.end.is_none() || whole(&mut reader, end.saturating_sub(self.end));
            if !sound {
                break;
            }
            self.end = end;
            self.services += u64::from(done.end.is_some());
            if let Some(why) = done.why {
                self.skipped.push((done.id.clone(), why));
            }
            self.finished.insert(done.id);
            kept = upto;
        }
        self.done.cut(kept)?;
        let cut = self.documents.set_len(self.end);
        cut.and_then(|()| self.documents.seek(SeekFrom::Start(self.end)))
            .map_err(|e| fault(&path, e))?;
        Ok(())
    }

    /// What is fetched, and how far it is.
    pub(super) fn head(&self) -> &Head {
        &self.head
    }

    /// Changes what is known of it.
    pub(super) fn set(&mut self, change: impl FnOnce(&mut Head)) -> Result<(), InterchangeError> {
        // What the head says is on the disk before the head is.
        self.pages.sync()?;
        change(&mut self.head);
        self.head.write(&self.folder)
    }

    /// The pages of the list so far.
    pub(super) fn listed(&self) -> &[Listed] {
        &self.listed
    }

    /// Whether it stood on a page before.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.seen.contains(id)
    }

    /// How many were listed.
    pub(super) fn known(&self) -> u64 {
        count(self.seen.len())
    }

    /// How many are done.
    pub(super) fn finished(&self) -> u64 {
        count(self.finished.len())
    }

    /// What is listed and not done, in the list's order.
    pub(super) fn pending(&self) -> Vec<String> {
        let ids = self.listed.iter().flat_map(|page| &page.ids);
        let pending = ids.filter(|id| !self.finished.contains(*id));
        pending.cloned().collect()
    }

    /// Keeps a page of the list.
    pub(super) fn list(&mut self, page: Listed) -> Result<(), InterchangeError> {
        if self.seen.len() + page.ids.len() > MOST {
            return Err(InterchangeError::TooLarge {
                spot: Spot::file(&self.head.base),
                why: format!(
                    "lists more than {MOST} services, which no directory has: the list may never \
                     end. Ask who runs it, or narrow it by a query in the address"
                ),
            });
        }
        self.pages.add(&page)?;
        self.note(page);
        Ok(())
    }

    fn note(&mut self, page: Listed) {
        self.seen.extend(page.ids.iter().cloned());
        self.listed.push(page);
    }

    /// Keeps a document of one line, once.
    pub(super) fn keep(&mut self, id: &str, document: &str) -> Result<(), InterchangeError> {
        if self.finished.contains(id) {
            return Ok(());
        }
        let mut line = Vec::with_capacity(document.len() + 1);
        line.extend(document.as_bytes());
        line.push(b'\n');
        let written = self.documents.write_all(&line);
        written.map_err(|e| fault(&self.folder.join(DOCUMENTS), e))?;
        let end = self.end + count(line.len());
        self.finish(id, Some(end), None)?;
        self.end = end;
        self.services += 1;
        Ok(())
    }

    /// Notes that there is no document, and why.
    pub(super) fn skip(&mut self, id: &str, why: &str) -> Result<(), InterchangeError> {
        if self.finished.contains(id) {
            return Ok(());
        }
        self.finish(id, None, Some(why.to_owned()))?;
        self.skipped.push((id.to_owned(), why.to_owned()));
        Ok(())
    }

    fn finish(
        &mut self,
        id: &str,
        end: Option<u64>,
        why: Option<String>,
    ) -> Result<(), InterchangeError> {
        let id = id.to_owned();
        self.done.add(&Done {
            id: id.clone(),
            end,
            why,
        })?;
        self.finished.insert(id);
        Ok(())
    }

    /// All is there.
    pub(super) fn end(mut self) -> Result<Fetched, InterchangeError> {
        let file = self.folder.join(DOCUMENTS);
        self.documents.sync_all().map_err(|e| fault(&file, e))?;
        self.set(|head| head.stage = Stage::Ended)?;
        Ok(Fetched {
            file,
            services: self.services,
            said: self.head.said,
            version: self.head.version,
            skipped: self.skipped,
        })
    }
}

fn locked(folder: &Path) -> Result<File, InterchangeError> {
    let path = folder.join(LOCK);
    let file = open(&path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let why = "another fetch into this folder is under way; wait for it, or cancel it";
            Err(fault(
                folder,
                io::Error::new(io::ErrorKind::ResourceBusy, why),
            ))
        }
        Err(TryLockError::Error(error)) => Err(fault(&path, error)),
    }
}

fn open(path: &Path) -> Result<File, InterchangeError> {
    let mut options = File::options();
    let opened = options.create(true).truncate(false).read(true).write(true);
    opened.open(path).map_err(|e| fault(path, e))
}

fn cleared(path: &Path) -> Result<(), InterchangeError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(fault(path, error)),
        _ => Ok(()),
    }
}

/// Whether the next so many bytes are there and are one line of JSON.
fn whole(reader: &mut impl Read, length: u64) -> bool {
    let mut line = Vec::new();
    let read = reader.take(length).read_to_end(&mut line);
    let there = read.is_ok_and(|read| count(read) == length) && line.pop() == Some(b'\n');
    there && !line.contains(&b'\n') && serde_json::from_slice::<IgnoredAny>(&line).is_ok()
}

/// A fault of the folder, in words that say what to do where the disk is full.
fn fault(path: &Path, error: io::Error) -> InterchangeError {
    let full = matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    );
    let error = if full {
        let why = "the disk is full. Make room and fetch again: what is here already is kept";
        io::Error::new(error.kind(), why)
    } else {
        error
    };
    InterchangeError::io(path, error)
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::Path;

    #[test]
    fn a_full_disk_is_said_to_be_full() {
        let error = io::Error::from(io::ErrorKind::StorageFull);
        let said = super::fault(Path::new("spool/services.ndjson"), error).to_string();
        assert!(
            said.contains("services.ndjson") && said.contains("the disk is full"),
            "{said}"
        );
    }
}
