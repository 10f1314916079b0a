//! Out for people: CSV and XLSX that are safe to open.
//!
//! Promises: no cell runs as a formula when the file is opened; what is CSV reads back as it was;
//! a file appears whole or not at all, and nothing is left beside it when writing fails or is
//! cancelled.

pub mod formula;

mod clean;
mod csv;
mod save;
mod xlsx;

use time::Date;

pub use csv::CsvWriter;
pub use save::{Saved, save};
pub use xlsx::XlsxWriter;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// Text; what looks like a number or a formula stays text.
    Text(String),
    /// A number that somebody may want to reckon with.
    Number(f64),
    /// A day.
    Date(Date),
    /// A web or mail address that a click should open.
    Link(String),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            Self::Blank
        } else {
            Self::Text(text.to_owned())
        }
    }
}

/// What a file is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated, UTF-8 with a byte order mark so that Excel takes it as such.
    Csv,
    /// An Excel workbook.
    Xlsx,
}

/// A table to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What file.
    pub format: Format,
    /// What the sheets of a workbook are called.
    pub title: String,
    /// The day on which it is made, which a workbook says of itself.
    pub made: Date,
    /// The headings.
    pub headings: Vec<String>,
}
