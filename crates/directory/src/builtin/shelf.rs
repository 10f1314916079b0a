//! The files of a directory, each put where it belongs by its path, and parsed as TOML.

use toml::de::DeTable;

use super::AssetFile;
use super::fault::{At, Faults};
use super::table::Table;

/// A TOML file.
pub(super) struct Document<'a> {
    file: AssetFile<'a>,
    /// The file's name without folder and ending.
    pub(super) name: &'a str,
    tree: DeTable<'a>,
}

impl<'a> Document<'a> {
    fn parse(file: AssetFile<'a>, name: &'a str, faults: &Faults) -> Self {
        let (tree, errors) = DeTable::parse_recoverable(file.text);
        for error in errors {
            let offset = error.span().map_or(0, |span| span.start);
            faults.add(At { file, offset }, "not TOML", error.message().to_owned());
        }
        let tree = tree.into_inner();
        Self { file, name, tree }
    }

    /// Its top table.
    pub(super) fn table<'t>(&'t self, faults: &'t Faults) -> Table<'t> {
        Table::of_file(self.file, &self.tree, faults)
    }
}

/// All files by what they hold.
#[derive(Default)]
pub(super) struct Shelf<'a> {
    pub(super) taxonomies: Vec<Document<'a>>,
    pub(super) areas: Vec<Document<'a>>,
    pub(super) outcodes: Vec<AssetFile<'a>>,
    pub(super) thesaurus: Vec<Document<'a>>,
    pub(super) directory: Vec<Document<'a>>,
}

impl<'a> Shelf<'a> {
    pub(super) fn sorted(files: &[AssetFile<'a>], faults: &Faults) -> Self {
        let mut shelf = Self::default();
        for &file in files {
            shelf.put(file, faults);
        }
        shelf
    }

    fn put(&mut self, file: AssetFile<'a>, faults: &Faults) {
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", file.path));
        let documents = match (folder, name) {
            ("", "outcodes.csv") => return self.outcodes.push(file),
            ("", "areas.toml") => &mut self.areas,
            ("taxonomies", _) => &mut self.taxonomies,
            ("thesaurus", _) => &mut self.thesaurus,
            ("directory", _) => &mut self.directory,
            _ => return misplaced(file, faults),
        };
        match name.strip_suffix(".toml") {
            Some(name) => documents.push(Document::parse(file, name, faults)),
            None => misplaced(file, faults),
        }
    }
}

fn misplaced(file: AssetFile<'_>, faults: &Faults) {
    let message = "is none of areas.toml, outcodes.csv, taxonomies/….toml, thesaurus/….toml and \
                   directory/….toml: rename or move it";
    faults.add(At { file, offset: 0 }, "file", message.to_owned());
}
