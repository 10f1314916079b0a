//! Everything a person can do with the directory, without a window.
//!
//! One journey a file. The window and the command line only forward to [`Directory`]; what they
//! show is made here, so that both say the same. No network; the clock comes from outside: every
//! journey that speaks of time is given today's date.

mod acts;
pub mod builtin;
mod edit;
mod error;
mod export;
mod find;
mod history;
mod hit;
mod import;
mod inbox;
mod indexing;
mod jobs;
mod kind;
mod meeting;
mod near;
mod nearest;
mod open;
mod options;
mod outbox;
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

pub use acts::HowChecked;
pub use edit::{
    AreaChoice, As, CostForm, EditCheck, EditView, Every, FieldChangeView, FieldFault, FieldText,
    LinkForm, May, NoteForm, OrganisationForm, OrganisationPick, PhoneForm, PlaceForm, PlaceTie,
    RecordBrief, RecordForm, Saved, ScheduleForm, ServiceForm, Target, TaxonomyChoices, TermOption,
    TermPick,
};
pub use error::{AppError, Code, Error};
pub use export::{ExportFormat, Exported};
pub use find::{
    FacetCount, Facets, NearView, NoteSort, NoteView, SearchRequest, SearchResponse, UnknownCounts,
};
pub use history::{HistoryLine, HistoryView};
pub use hit::{EntryState, FreshnessView, Hit, ReasonSort, ReasonView, StatusView, WayIn};
pub use import::{
    ColumnLook, DryRun, DryRunCounts, DryRunLine, DryRunPage, EntryRef, FieldChange, ImportFormat,
    ImportLook, ImportPreview, ImportSource, ImportView, LineSort, PreviewField, PreviewRow,
    TableLook, TermChoice, Undone, ValueCount,
};
pub use inbox::{
    InboxField, InboxItem, InboxLine, InboxSort, InboxView, Ruling, Settle, SettleChoice, Take,
};
pub use interchange::mapping::{
    Column, Field, FieldGroup, FieldOption, Fixed, Mapping, TermRef, ValueRule,
};
pub use jobs::JobProgress;
pub use kind::Kind;
pub use meeting::{
    Clock, Heard, InStep, LightState, PositionFacts, RoleView, SyncFacts, SyncLight, SyncView,
};
pub use open::{Directory, Proxy};
pub use options::{BadOption, Facet};
pub use outbox::{EntryWork, OutboxLine, OutboxSort, OutboxState, OutboxView};
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

/// A moment, as the caller's clock and its time zone have it.
pub type Now = time::OffsetDateTime;

/// The folder of this application in a person's data folder: the window and the command line share
/// one local copy.
pub const DATA_FOLDER: &str = "org.signpost.desktop";
