//! What a verb is told of the world around it.

use std::io::{self, Write};
use std::path::PathBuf;

use directory::{Directory, IndexState, Now, Proxy, Today};

use crate::failure::Failure;
use crate::paper::Paper;

/// Where the local copy lies, what day it is, and what is written on.
#[derive(Debug)]
pub(crate) struct Surroundings {
    pub(crate) folder: PathBuf,
    pub(crate) today: Today,
    pub(crate) now: Now,
    /// For what takes a while.
    pub(crate) clock: fn() -> Now,
    pub(crate) paper: Paper,
    pub(crate) proxy: Proxy,
    /// The key to the hub may lie in the system's keychain: of the usual folder only.
    pub(crate) keychain: bool,
}

impl Surroundings {
    /// Opens the directory; makes it on first use.
    pub(crate) fn open(&self) -> Result<Directory, Failure> {
        let directory = Directory::open(&self.folder)?
            .through(self.proxy.clone())
            .with_keychain(self.keychain);
        // Whoever asks once wants the whole answer.
        directory.settle();
        Ok(directory)
    }

    /// The same, and says what happened to the local copy, as that is only known now: beside the
    /// answer, which may be for a program.
    pub(crate) fn directory(&self) -> Result<Directory, Failure> {
        let directory = self.open()?;
        let status = directory.status(self.today)?;
        if let IndexState::Failed { message } = status.index {
            let _unread = writeln!(io::stderr(), "signpost: {message}");
        }
        for notice in status.notices {
            let what_to_do = notice.what_to_do.unwrap_or_default();
            let (title, text) = (notice.title, notice.text);
            let _unread = writeln!(io::stderr(), "signpost: {title}. {text} {what_to_do}");
        }
        Ok(directory)
    }
}
