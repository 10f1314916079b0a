//! Editing: a record as a form, what is wrong with it, and what saving it would change.

mod form;
mod shape;

pub use form::{
    CostForm, Every, LinkForm, NoteForm, OrganisationForm, OrganisationPick, PhoneForm, PlaceForm,
    PlaceTie, RecordForm, ScheduleForm, ServiceForm, TermPick,
};
pub use shape::{
    AreaChoice, EditCheck, EditView, FieldChangeView, FieldFault, May, RecordBrief, Saved,
    TaxonomyChoices, TermOption,
};
