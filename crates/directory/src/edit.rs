//! Editing: a record as a form, what is wrong with it, and what saving it would change.

mod begin;
mod changes;
mod check;
mod draft;
mod faults;
mod fields;
mod form;
mod hours;
mod may;
mod organisation;
mod pick;
mod place;
mod record;
mod rows;
mod save;
mod service;
mod shape;
mod terms;
mod text;

pub(crate) use begin::Editing;
pub(crate) use changes::fields_said;
pub(crate) use draft::record_id;
pub(crate) use record::members;
pub(crate) use save::nothing;

pub use fields::{As, FieldText, Target};
pub use form::{
    CostForm, Every, LinkForm, NoteForm, OrganisationForm, OrganisationPick, PhoneForm, PlaceForm,
    PlaceTie, RecordForm, ScheduleForm, ServiceForm, TermPick,
};
pub use shape::{
    AreaChoice, EditCheck, EditView, FieldChangeView, FieldFault, May, RecordBrief, Saved,
    TaxonomyChoices, TermOption,
};
