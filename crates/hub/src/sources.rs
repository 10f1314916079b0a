//! Where records come from that are put in from outside: a desk's copy, or files of HSDS and Open
//! Referral UK.

mod copy;
mod exchanged;

use std::io::Read as _;
use std::path::Path;

use domain::faults;

use crate::failure::Failure;
use crate::seed::Seed;

/// The file of a desk's copy.
const COPY: &str = "directory.sqlite3";
/// How every SQLite file begins.
const SQLITE: &[u8; 16] = b"SQLite format 3\0";

/// The records of a file or folder. Those that no copy could hold are left out, and it is said.
pub(crate) fn read(from: &Path) -> Result<Vec<Seed>, Failure> {
    let mut seeds = all(from)?;
    seeds.retain(|seed| {
        let (kind, id) = seed.key();
        let faults = faults(kind, &seed.record);
        let grave = faults.iter().find(|fault| fault.grave);
        if let Some(fault) = grave {
            tracing::warn!(%kind, %id, "left out: {}", fault.message);
        }
        grave.is_none()
    });
    Ok(seeds)
}

fn all(from: &Path) -> Result<Vec<Seed>, Failure> {
    let copy = from.join(COPY);
    if copy.is_file() {
        return copy::read(&copy);
    }
    if from.is_file() && begins_as_sqlite(from)? {
        return copy::read(from);
    }
    exchanged::read(from)
}

fn begins_as_sqlite(path: &Path) -> Result<bool, Failure> {
    let mut file = std::fs::File::open(path).map_err(|error| Failure::file(path, &error))?;
    let mut start = [0; 16];
    Ok(file.read_exact(&mut start).is_ok() && start == *SQLITE)
}
