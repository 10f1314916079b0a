//! A hub's published stream in files: a folder of a static host, or a bundle on a stick.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use wire::{Hash, History, JoinAnswer, JoinRequest, Push, Pushed, StaffPage};
use zip::ZipArchive;
use zip::result::ZipError;

use super::{AskHead, AskHistory, AskStaff, Hub, Published, Tagged, Token, largest_head};
use crate::HubFault;

/// A hub in files: it can be read, and nothing else.
#[derive(Debug)]
pub struct FileHub {
    name: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    Bundle(Mutex<ZipArchive<BufReader<File>>>),
}

impl FileHub {
    /// Opens a folder that was published, or a bundle.
    ///
    /// # Errors
    /// [`HubFault::Unreachable`] when there is none, [`HubFault::NotTheHub`] when it is something else.
    pub fn open(path: &Path) -> Result<Self, HubFault> {
        let name = path.display().to_string();
        let place = if path.is_dir() {
            Place::Folder(path.to_path_buf())
        } else {
            let file = File::open(path).map_err(|error| unreadable(&name, &error))?;
            let bundle = ZipArchive::new(BufReader::new(file)).map_err(|_no_zip| {
                HubFault::NotTheHub(format!(
                    "“{name}” is no bundle of a directory, or it is damaged: copy it again"
                ))
            })?;
            Place::Bundle(Mutex::new(bundle))
        };
        Ok(Self { name, place })
    }

    fn read(&self, name: &str, most: u64) -> Result<Vec<u8>, HubFault> {
        match &self.place {
            Place::Folder(folder) => match File::open(folder.join(name)) {
                Ok(file) => self.bounded(name, file, most),
                Err(error) if error.kind() == ErrorKind::NotFound => Err(self.missing(name)),
                Err(error) => Err(unreadable(&self.name, &error)),
            },
            Place::Bundle(bundle) => {
                let mut bundle = bundle.lock().unwrap_or_else(PoisonError::into_inner);
                match bundle.by_name(name) {
                    Ok(entry) => self.bounded(name, entry, most),
                    Err(ZipError::FileNotFound) => Err(self.missing(name)),
                    Err(error) => Err(HubFault::NotTheHub(format!(
                        "“{name}” in “{}” can't be read ({error}): copy the file again",
                        self.name
                    ))),
                }
            }
        }
    }

    fn bounded(&self, name: &str, from: impl Read, most: u64) -> Result<Vec<u8>, HubFault> {
        let mut bytes = Vec::new();
        let read = from.take(most.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| unreadable(&self.name, &error))?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > most {
            return Err(HubFault::NotTheHub(format!(
                "“{name}” in “{}” is larger than a hub would have written",
                self.name
            )));
        }
        Ok(bytes)
    }

    fn missing(&self, name: &str) -> HubFault {
        HubFault::Missing(format!(
            "“{}” has no “{name}”: it is no directory that was published, or not all of it",
            self.name
        ))
    }

    fn read_only<T>(&self) -> Result<T, HubFault> {
        Err(HubFault::ReadOnly(format!(
            "“{}” is a copy in files, which can be read only: to send anything, join the hub at its address",
            self.name
        )))
    }
}

fn unreadable(name: &str, error: &std::io::Error) -> HubFault {
    HubFault::Unreachable(format!("“{name}” can't be read ({error})"))
}

impl Hub for FileHub {
    fn name(&self) -> &str {
        &self.name
    }

    fn takes_operations(&self) -> bool {
        false
    }

    fn head(&self, ask: &AskHead<'_>) -> Result<Option<Tagged>, HubFault> {
        let bytes = self.read("head", largest_head())?;
        let tag = Hash::of(&bytes).to_string();
        Ok((ask.known != Some(&tag)).then_some(Tagged {
            bytes,
            tag: Some(tag),
        }))
    }

    fn published(&self, what: Published) -> Result<Vec<u8>, HubFault> {
        let path = what.path();
        self.read(path.trim_start_matches('/'), what.largest())
    }

    fn pair(&self, _request: &JoinRequest) -> Result<JoinAnswer, HubFault> {
        self.read_only()
    }

    fn push(&self, _token: &Token, _push: &Push) -> Result<Pushed, HubFault> {
        self.read_only()
    }

    fn staff(&self, _token: &Token, _ask: &AskStaff<'_>) -> Result<Option<StaffPage>, HubFault> {
        self.read_only()
    }

    fn history(&self, _ask: &AskHistory<'_>) -> Result<History, HubFault> {
        self.read_only()
    }
}
