//! A file that only grows, one JSON value a line. What was not written to its end counts as not
//! written.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{fault, open};
use crate::InterchangeError;

/// The file.
pub(super) struct Log<T> {
    path: PathBuf,
    file: File,
    lines: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned> Log<T> {
    /// Opens it; with its lines and where each ends. From the first that is no such line on,
    /// everything is cut off.
    pub(super) fn open(path: &Path) -> Result<(Self, Vec<(T, u64)>), InterchangeError> {
        let mut file = open(path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(|e| fault(path, e))?;
        let mut end = 0;
        let mut lines = Vec::new();
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            let Some(line) = line.strip_suffix(b"\n") else {
                break;
            };
            let Ok(value) = serde_json::from_slice(line) else {
                break;
            };
            end += super::count(line.len() + 1);
            lines.push((value, end));
        }
        let mut log = Self {
            path: path.to_owned(),
            file,
            lines: PhantomData,
        };
        log.cut(end)?;
        Ok((log, lines))
    }

    /// Cuts off what comes after.
    pub(super) fn cut(&mut self, end: u64) -> Result<(), InterchangeError> {
        let cut = self.file.set_len(end);
        cut.and_then(|()| self.file.seek(SeekFrom::Start(end)))
            .map_err(|e| fault(&self.path, e))?;
        Ok(())
    }

    /// Waits until it is on the disk.
    pub(super) fn sync(&self) -> Result<(), InterchangeError> {
        self.file.sync_data().map_err(|e| fault(&self.path, e))
    }

    /// Adds a line.
    pub(super) fn add(&mut self, value: &T) -> Result<(), InterchangeError> {
        let line = serde_json::to_vec(value).map_err(io::Error::from);
        line.and_then(|mut line| {
            line.push(b'\n');
            self.file.write_all(&line)
        })
        .map_err(|e| fault(&self.path, e))
    }
}
