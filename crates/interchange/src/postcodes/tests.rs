//! Lists as they are given out, generated; the pack against a simple model of it; broken packs; and
//! the real postcodes of a county where they are at hand.

mod broken;
mod lists;
mod model;
mod projection;
mod real;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use domain::Postcode;

use super::{Found, Import, Pack, import};
use crate::InterchangeError;

/// A folder with files of its own, gone with it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    fn zip(&self, name: &str, files: &[(&str, &str)]) -> PathBuf {
        let path = self.0.path().join(name);
        let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
        for (name, text) in files {
            let options = zip::write::SimpleFileOptions::default();
            zip.start_file(*name, options).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap();
        path
    }

    fn pack(&self) -> PathBuf {
        self.0.path().join("postcodes.pack")
    }

    fn import(&self, from: &[&Path]) -> Result<(Import, Pack), InterchangeError> {
        let from: Vec<PathBuf> = from.iter().map(|path| path.to_path_buf()).collect();
        let import = import(&from, &self.pack(), &mut |_, _| Ok(()))?;
        Ok((import, Pack::open(&self.pack())?))
    }
}

fn code(text: &str) -> Postcode {
    text.parse().unwrap()
}

fn district(found: &Found) -> Option<&str> {
    match found {
        Found::Live { district, .. } => district.as_deref(),
        Found::Ended | Found::Unknown | Found::NotCovered => None,
    }
}
