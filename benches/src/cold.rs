//! From the start of the process to the first answer, as somebody at the command line has it.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::samples::{Spread, ms};

/// Starts that are measured.
const STARTS: usize = 20;

/// The program beside this one, when it has been built.
#[must_use]
pub fn program() -> Option<PathBuf> {
    let beside = std::env::current_exe().ok()?.with_file_name("signpost");
    beside.exists().then_some(beside)
}

/// Milliseconds of `signpost search lonely --json`, all of it, in a prepared folder.
///
/// # Errors
/// When the program can't be started or fails.
pub fn starts(program: &Path, folder: &Path) -> Result<Spread, Box<dyn Error>> {
    let once = || {
        let before = Instant::now();
        let output = Command::new(program)
            .args(["search", "lonely", "--json", "--data"])
            .arg(folder)
            .output()?;
        let spent = ms(before.elapsed());
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        Ok::<_, Box<dyn Error>>(spent)
    };
    once()?;
    Ok(Spread::of(
        (0..STARTS).map(|_| once()).collect::<Result<_, _>>()?,
    ))
}
