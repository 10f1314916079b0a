//! From documents to a package.

mod description;
mod files;
mod rows;
mod say;

use std::path::Path;

use serde_json::Value;

use super::kind::BEYOND;
use crate::InterchangeError;
use crate::hsds::entities::{self, Entity};
use files::Files;
use rows::Rows;

/// Writes a package of HSDS 3.1 tables, a document at a time.
///
/// Nothing is to be seen under its name before [`PackageWriter::finish`]; one that is dropped
/// leaves nothing behind.
#[derive(Debug)]
pub struct PackageWriter {
    files: Files,
    rows: Rows,
}

impl PackageWriter {
    /// Begins a package: a ZIP archive where the name ends in `.zip`, else a folder, which must not
    /// be there yet or be empty.
    ///
    /// # Errors
    /// The folder has something in it, or nothing can be written beside it.
    pub fn create(path: &Path) -> Result<Self, InterchangeError> {
        Ok(Self {
            files: Files::create(path)?,
            rows: Rows::default(),
        })
    }

    /// Adds a service with all that is nested in it.
    ///
    /// # Errors
    /// It can't be written.
    pub fn service(&mut self, document: &Value) -> Result<(), InterchangeError> {
        self.add("service", document)
    }

    /// Adds an organisation. Those of services come with them; where all organisations come first,
    /// places that they share with services of others stand in the tables once.
    ///
    /// # Errors
    /// It can't be written.
    pub fn organisation(&mut self, document: &Value) -> Result<(), InterchangeError> {
        self.add("organization", document)
    }

    /// Adds a place.
    ///
    /// # Errors
    /// It can't be written.
    pub fn place(&mut self, document: &Value) -> Result<(), InterchangeError> {
        self.add("location", document)
    }

    /// Writes what is left and the description, and puts the package where it was to be.
    ///
    /// # Errors
    /// It can't be written, or can't be put there.
    pub fn finish(mut self) -> Result<(), InterchangeError> {
        self.rows.stand_in_for_the_rest();
        self.flush()?;
        self.files.finish()
    }

    fn add(&mut self, name: &str, document: &Value) -> Result<(), InterchangeError> {
        if let (Some(entity), Some(members)) = (entities::entity(name), document.as_object()) {
            self.rows.document(entity, members);
        }
        self.flush()
    }

    fn flush(&mut self) -> Result<(), InterchangeError> {
        for row in self.rows.take() {
            self.files.row(row.entity, &row.cells)?;
            for (member, value) in &row.beyond {
                self.files
                    .beyond(&row, "member", member, &value.to_string())?;
            }
            if row.stands_in {
                self.files.beyond(&row, "stand-in", "", "")?;
            }
        }
        Ok(())
    }
}

/// The columns of the table that is not HSDS's.
const BEYOND_COLUMNS: [&str; 5] = ["number", "table", "row_id", "says", "member"];
/// The last of them.
const BEYOND_VALUE: &str = "value";

/// The headings of an entity's table.
fn headings(entity: &Entity) -> impl Iterator<Item = &'static str> {
    entity.fields.iter().map(|field| field.name)
}

/// The file of the table that is not HSDS's.
fn beyond_file() -> String {
    format!("{BEYOND}.csv")
}
