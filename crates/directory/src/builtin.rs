//! The directory that Signpost starts with: the files of the `assets` folder as records.
//!
//! Nothing of one county is in the code: another county's files are read by the same [`check`].
//! Files with any fault are refused as a whole, with every fault named by file and line.

mod areas;
mod attribution;
mod embedded;
mod entry;
mod fault;
mod known;
mod outcodes;
mod shelf;
mod table;
mod taxonomies;
mod thesaurus;
mod ties;

#[cfg(test)]
mod tests;

use domain::Catalogue;
use store::Load;

pub(crate) use attribution::{attributions, edition};
pub use fault::{AssetError, AssetFault};

use fault::Faults;
use known::Known;
use shelf::Shelf;

/// A file of the directory.
#[derive(Debug, Clone, Copy)]
pub struct AssetFile<'a> {
    /// Its path in the folder of assets, with slashes: `taxonomies/need.toml`.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// The built-in directory.
///
/// # Errors
/// [`AssetError`] when an asset has a fault, which a test rules out for the built-in ones.
pub fn load() -> Result<Load, AssetError> {
    check(embedded::FILES)
}

/// Reads the files of a directory: `areas.toml`, `outcodes.csv`, and those in the folders
/// `taxonomies`, `thesaurus` and `directory`.
///
/// # Errors
/// [`AssetError`] with every fault, sorted by file and line. When a file is not TOML at all, only
/// such faults are given, as nothing can be said then of what refers to it.
pub fn check(files: &[AssetFile<'_>]) -> Result<Load, AssetError> {
    let faults = Faults::default();
    let shelf = Shelf::sorted(files, &faults);
    faults.none()?;
    let load = read(&shelf, &faults);
    faults.none()?;
    Ok(load)
}

fn read(shelf: &Shelf<'_>, faults: &Faults) -> Load {
    let catalogue = Catalogue::new(taxonomies::read(&shelf.taxonomies, faults));
    let areas = areas::read(&shelf.areas, faults);
    let known = Known::new(&catalogue, &areas);
    let outcodes = outcodes::read(&shelf.outcodes, &known, faults);
    let thesaurus = thesaurus::read(&shelf.thesaurus, &known, faults);
    let mut load = Load {
        taxonomies: catalogue.taxonomies().to_vec(),
        areas: Vec::new(),
        outcodes,
        thesaurus,
        organisations: Vec::new(),
        places: Vec::new(),
        services: Vec::new(),
    };
    for records in entry::read(&shelf.directory, &known, faults) {
        load.organisations.push(records.organisation);
        load.places.extend(records.places);
        load.services.push(records.service);
    }
    load.areas = areas;
    load
}
