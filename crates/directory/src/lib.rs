//! Everything a person can do with the directory, without a window.
//!
//! One journey a file. The window and the command line only forward to [`Directory`]; what they
//! show is made here, so that both say the same. No network; the clock comes from outside: every
//! journey that speaks of time is given today's date.

pub mod builtin;
mod error;
mod export;
mod find;
mod hit;
mod import;
mod indexing;
mod jobs;
mod near;
mod nearest;
mod open;
mod options;
mod postcodes;
mod related;
mod said;
mod settings;
mod status;
mod unmet;
mod validate;
mod view;

#[cfg(test)]
mod tests;

pub use error::{AppError, Code, Error};
pub use export::{ExportFormat, Exported};
pub use find::{
    FacetCount, Facets, NearView, NoteSort, NoteView, SearchRequest, SearchResponse, UnknownCounts,
};
pub use hit::{EntryState, FreshnessView, Hit, ReasonSort, ReasonView, StatusView, WayIn};
pub use import::{
    ColumnLook, DryRun, DryRunCounts, DryRunLine, DryRunPage, EntryRef, FieldChange, ImportFormat,
    ImportLook, ImportPreview, ImportSource, ImportView, LineSort, PreviewField, PreviewRow,
    TableLook, TermChoice, Undone, ValueCount,
};
pub use interchange::mapping::{
    Column, Field, FieldGroup, FieldOption, Fixed, Mapping, TermRef, ValueRule,
};
pub use jobs::JobProgress;
pub use open::{Directory, Proxy};
pub use options::{BadOption, Facet};
pub use postcodes::{PostcodeState, PostcodeView, PostcodesView};
pub use related::Related;
pub use settings::{Motion, Settings, Theme};
pub use status::{Attribution, DirectoryStatus, IndexState, Notice, NoticeLevel};
pub use validate::{Fault, Validated};
pub use view::{
    AssessedTerm, CheckView, EntryOrganisation, EntryView, PhoneView, PlaceView, SourceView,
    TermView,
};

/// A day, as the caller's clock has it.
pub type Today = time::Date;

/// The folder of this application in a person's data folder: the window and the command line share
/// one local copy.
pub const DATA_FOLDER: &str = "org.signpost.desktop";
