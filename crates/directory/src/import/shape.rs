//! What the journeys of importing show: one set of types for the window and the command line.

use interchange::mapping::{FieldOption, Mapping};
use serde::{Deserialize, Serialize};

/// What is to be imported, and as what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ImportSource {
    /// A file, a folder, or the web address of a running service.
    pub from: String,
    /// As what it is read; none: as what it looks like.
    pub format: Option<ImportFormat>,
    /// How its columns are read; only for tables. None: as guessed.
    pub mapping: Option<Mapping>,
    /// The source's name where no mapping says it; none: the file's or the computer's name.
    #[serde(default)]
    pub source: Option<String>,
}

/// A format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ImportFormat {
    /// A table of text: comma, semicolon, tab or bar between its cells.
    Csv,
    /// A workbook: XLSX, ODS, XLS.
    Xlsx,
    /// HSDS of any version, JSON or tables.
    Hsds,
    /// Open Referral UK of any version.
    Oruk,
}

/// What a file is found to be, before anything is imported.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct ImportLook {
    /// What is looked at, as it was given.
    pub from: String,
    /// Its name for people: the last part of its path or address.
    pub name: String,
    /// As what it will be read.
    pub format: ImportFormat,
    /// That in words: `CSV, 171 rows, Windows-1252, semicolons`.
    pub said: String,
    /// For tables only: how they can be mapped.
    pub table: Option<TableLook>,
}

/// A table and the mapping that is proposed for it.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct TableLook {
    /// Sheets that hold anything; one without a name for text files.
    pub sheets: Vec<String>,
    /// The columns, in the order of the mapping's.
    pub columns: Vec<ColumnLook>,
    /// The mapping: a saved one that fits, or as guessed.
    pub mapping: Mapping,
    /// The name of the saved mapping that was taken.
    pub taken_from: Option<String>,
    /// Every field that a column may fill.
    pub fields: Vec<FieldOption>,
    /// Every term that a value may mean.
    pub terms: Vec<TermChoice>,
}

/// A column with examples of what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ColumnLook {
    /// Its heading, or its letter where it has none.
    pub heading: String,
    /// Which of the columns with this heading, from 0.
    pub nth: u32,
    /// The first different values, at most five.
    pub examples: Vec<String>,
    /// Its different values with how often each stands there, most frequent first, at most fifty;
    /// empty where nearly every value is another one.
    pub values: Vec<ValueCount>,
    /// Rows in which it holds something, among those looked at.
    pub filled: u32,
    /// Why this field was proposed: `heading says "postcode"`, `holds email addresses`.
    pub why: Option<String>,
}

/// How often a value stands in a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ValueCount {
    /// The value.
    pub value: String,
    /// How often.
    pub times: u32,
}

/// A term that a value may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct TermChoice {
    /// The taxonomy's code.
    pub taxonomy: String,
    /// The taxonomy's name.
    pub taxonomy_name: String,
    /// The term's code.
    pub term: String,
    /// The term's name.
    pub name: String,
}

/// What the first rows become under a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ImportPreview {
    /// The first rows that hold anything, at most six.
    pub rows: Vec<PreviewRow>,
    /// What keeps the mapping from being used: `No column fills the name`. Empty: nothing.
    pub missing: Vec<String>,
}

/// A row and what it becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct PreviewRow {
    /// Its line in the file.
    pub line: u32,
    /// The entry's name; none: the row is refused.
    pub name: Option<String>,
    /// Filled fields: label and value, in the order an entry shows them.
    pub fields: Vec<PreviewField>,
    /// What is refused or doubtful in it.
    pub findings: Vec<String>,
}

/// A field as it would be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct PreviewField {
    /// What people call it.
    pub label: String,
    /// Its value in words.
    pub value: String,
}

/// What an import would do. Nothing has changed yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct DryRun {
    /// Names this dry run until another one is made or the program ends.
    pub id: String,
    /// The source's name.
    pub source: String,
    /// What was read: `CSV, 171 rows`.
    pub said: String,
    /// How many of each sort.
    pub counts: DryRunCounts,
    /// Whether there is anything to import.
    pub can_import: bool,
}

/// How many of each sort. Services, organisations and places count alike.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, specta::Type)]
pub struct DryRunCounts {
    /// Services that would be new.
    pub new_services: u32,
    /// Services that would change.
    pub changed_services: u32,
    /// Services that are the same.
    pub same_services: u32,
    /// Organisations and places that would be new.
    pub new_others: u32,
    /// Organisations and places that would change.
    pub changed_others: u32,
    /// Organisations and places that are the same.
    pub same_others: u32,
    /// Rows or records that are refused.
    pub refused: u32,
    /// Remarks on records that come in but should be looked at.
    pub doubtful: u32,
    /// What was tidied on the way: a lost 0 of a telephone number, a web address without scheme.
    pub tidied: u32,
    /// New services that are probably in the directory already.
    pub duplicates: u32,
    /// Services that came from this source before and are no longer in it. They stay.
    pub vanished: u32,
}

/// A sort of line of a dry run.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "snake_case")]
pub enum LineSort {
    /// Would be new.
    New,
    /// Would change.
    Changed,
    /// Does not come in.
    Refused,
    /// Comes in and should be looked at.
    Doubtful,
    /// Was tidied on the way.
    Tidied,
    /// Is probably in the directory already.
    Duplicate,
    /// Came from this source before and is not in it now.
    Vanished,
}

/// A page of the lines of one sort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct DryRunPage {
    /// All lines of this sort.
    pub total: u32,
    /// At most fifty.
    pub lines: Vec<DryRunLine>,
}

/// What would become of one record, or what is the matter with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct DryRunLine {
    /// What sort.
    pub sort: LineSort,
    /// `service`, `organisation`, `place`, or empty where it is none of them.
    pub kind: String,
    /// Its name, where it has one.
    pub name: String,
    /// Where it stands: file, sheet, line, column.
    pub at: String,
    /// The reason, in words.
    pub message: String,
    /// What would change, field by field.
    pub changes: Vec<FieldChange>,
    /// The entry that it means: the same one, or the one that it probably doubles.
    pub entry: Option<EntryRef>,
}

/// A field before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct FieldChange {
    /// The field's HSDS name.
    pub field: String,
    /// What it is; none: not known.
    pub from: Option<String>,
    /// What it would be; none: not known.
    pub to: Option<String>,
}

/// An entry by identifier and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct EntryRef {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// An import that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ImportView {
    /// Its number.
    pub id: u32,
    /// The source's name.
    pub source: String,
    /// The file or address.
    pub from: String,
    /// The day, as people say it.
    pub when: String,
    /// Services new.
    pub new: u32,
    /// Services changed.
    pub changed: u32,
    /// Whether it was undone.
    pub undone: bool,
    /// Whether it can be undone: the latest that is not undone.
    pub can_undo: bool,
}

/// What undoing an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
pub struct Undone {
    /// Records taken out again.
    pub removed: u32,
    /// Records put back as they were.
    pub restored: u32,
    /// Records left as they are, as they were changed since.
    pub left: u32,
}
