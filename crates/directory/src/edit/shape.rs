//! What an edit shows: choices, faults, and what changed in words.

use serde::{Deserialize, Serialize};

use super::form::RecordForm;
use crate::kind::Kind;

/// Something that is wrong with one part of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct FieldFault {
    /// The part, by its name in the form.
    pub field: String,
    /// What is wrong and what to write instead.
    pub message: String,
}

/// All terms of one taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct TaxonomyChoices {
    /// Its code.
    pub taxonomy: String,
    /// What people read.
    pub name: String,
    /// Only one of its terms can hold.
    pub single: bool,
    /// Its terms.
    pub terms: Vec<TermOption>,
}

/// One term that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct TermOption {
    /// Its code.
    pub code: String,
    /// What people read.
    pub name: String,
    /// What it means.
    pub description: Option<String>,
}

/// One area that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct AreaChoice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The code of the area around it.
    pub within: Option<String>,
}

/// What saving does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum May {
    /// It changes the record.
    Edit,
    /// It suggests the change to a curator.
    Suggest,
}

/// A record opened for editing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct EditView {
    /// What sort of record.
    pub kind: Kind,
    /// Identity.
    pub id: String,
    /// What people read above the form.
    pub title: String,
    /// A new record.
    pub fresh: bool,
    /// The record, or what was half-written of it.
    pub form: RecordForm,
    /// What saving does.
    pub may: May,
    /// The same in a sentence.
    pub may_said: String,
    /// When it was half-written, where `form` is a draft.
    pub draft_said: Option<String>,
    /// Terms to choose from.
    pub taxonomies: Vec<TaxonomyChoices>,
    /// Areas to choose from.
    pub areas: Vec<AreaChoice>,
}

/// What saving a form would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct EditCheck {
    /// What keeps it from being saved.
    pub faults: Vec<FieldFault>,
    /// What would change.
    pub changed: Vec<FieldChangeView>,
    /// Code of the area in which the postcode lies.
    pub area: Option<String>,
    /// What is known of the postcode, in a sentence.
    pub area_said: Option<String>,
    /// Degrees north of the postcode.
    pub latitude: Option<String>,
    /// Degrees east of the postcode.
    pub longitude: Option<String>,
}

/// What became of something that was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Saved {
    /// Its row in the outbox.
    pub outbox: Option<u32>,
    /// In a sentence.
    pub said: String,
    /// There was nothing to change.
    pub nothing: bool,
    /// The record.
    pub id: String,
}

/// One field, old beside new, as people read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct FieldChangeView {
    /// The field, by its HSDS name.
    pub field: String,
    /// What people read.
    pub label: String,
    /// The name of the group with which it goes.
    pub group: Option<String>,
    /// What stood there.
    pub old: Option<String>,
    /// What stands there now.
    pub new: Option<String>,
    /// Of a list: what came.
    pub added: Vec<String>,
    /// Of a list: what went.
    pub removed: Vec<String>,
}

/// A record to pick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct RecordBrief {
    /// What sort of record.
    pub kind: Kind,
    /// Identity.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What tells it from others of that name.
    pub line: Option<String>,
}
