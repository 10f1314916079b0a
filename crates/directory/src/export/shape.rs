//! What the journey of exporting shows: one set of types for the window and the command line.

use serde::{Deserialize, Serialize};

/// As what the directory, or a part of it, goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum ExportFormat {
    /// HSDS 3.1 and Open Referral UK 3.0: one JSON array of full services.
    Hsds,
    /// The same, a service a line.
    HsdsNdjson,
    /// HSDS 3.1 tables with `datapackage.json`: a folder, or a ZIP file where the name ends so.
    HsdsPackage,
    /// A table for people.
    Csv,
    /// A workbook for people.
    Xlsx,
}

impl ExportFormat {
    /// The name that a file of this format is given where nobody says another.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Hsds => "services.json",
            Self::HsdsNdjson => "services.ndjson",
            Self::HsdsPackage => "services.zip",
            Self::Csv => "services.csv",
            Self::Xlsx => "services.xlsx",
        }
    }
}

/// What went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Exported {
    /// How many services.
    pub services: u32,
    /// Where to.
    pub to: String,
}
