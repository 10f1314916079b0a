//! Editing by the names of fields, for programs and for who has no screen: `phones` is set as HSDS
//! has it.

mod read;

use domain::change::{diff, set};
use domain::{Act, FieldName, Kind, Organisation, Place, Record, Service};
use serde_json::Value;

use super::begin::new_id;
use super::record::{nothing_known, typed};
use super::save::nothing;
use super::{May, Saved};
use crate::error::Error;
use crate::open::Directory;
use crate::{Now, kind};

/// Which record is edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The one with this identifier.
    Id(String),
    /// A new one of this sort.
    New(kind::Kind),
}

/// What becomes of a field: a text, or JSON where the field is no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldText {
    /// The field, by its HSDS name: `name`, `signpost.summary`, `attributes.need`.
    pub field: String,
    /// Its new value; none: it is emptied.
    pub text: Option<String>,
}

/// What is done with changed fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum As {
    /// An edit by who may edit the record, else a suggestion.
    Edit,
    /// A suggestion, with a word to the curator.
    Suggestion(Option<String>),
}

impl Directory {
    /// Sets fields of a record.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a field that there is not or a value that it can't have,
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn edit_fields(
        &self,
        target: &Target,
        fields: &[FieldText],
        how: As,
        now: Now,
    ) -> Result<Saved, Error> {
        let (kind, id, base) = match target {
            Target::Id(id) => {
                let (kind, id, record) = self.any(id)?;
                (kind, id, Some(record))
            }
            Target::New(kind) => ((*kind).into(), new_id()?, None),
        };
        let mut after = match &base {
            Some(record) => record.clone(),
            None => nothing_known(kind, id)?,
        };
        for (field, value) in self.values(kind, &after, fields)? {
            set(kind, &mut after, &field, value);
        }
        fits(kind, base.as_ref(), &after)?;
        let changes = diff(kind, base.as_ref(), &after);
        if changes.is_empty() {
            return Ok(nothing(id));
        }
        let may = self.may((kind, id), base.as_ref(), Some(&after))?;
        let act = match (how, may) {
            (As::Edit, May::Edit) => Act::Edit { changes },
            (As::Edit, May::Suggest) => Act::Suggest {
                changes,
                note: None,
            },
            (As::Suggestion(note), _) => Act::Suggest { changes, note },
        };
        self.done((kind, id), act, now)
    }

    /// Fields with their values, as read for a record.
    pub(crate) fn values(
        &self,
        kind: Kind,
        record: &Record,
        fields: &[FieldText],
    ) -> Result<Vec<(FieldName, Option<Value>)>, Error> {
        let mut values = Vec::new();
        for FieldText { field, text } in fields {
            let name = FieldName::new(field.trim());
            read::known(kind, record, &name)?;
            let text = text
                .as_deref()
                .map(str::trim)
                .filter(|text| !text.is_empty());
            let read = text.map(|text| self.value_read((kind, record), &name, text));
            values.push((name, read.transpose()?));
        }
        Ok(values)
    }
}

/// Refuses a record that no copy could hold, and faults that its fields did not have before.
fn fits(kind: Kind, base: Option<&Record>, after: &Record) -> Result<(), Error> {
    let known = base
        .map(|base| domain::faults(kind, base))
        .unwrap_or_default();
    let found = domain::faults(kind, after).into_iter();
    let new = found.filter(|fault| fault.grave || !known.contains(fault));
    let messages: Vec<String> = new
        .map(|fault| format!("{}: {}", fault.field, ended(&fault.message)))
        .collect();
    if !messages.is_empty() {
        return Err(Error::Invalid(messages));
    }
    match kind {
        Kind::Service => typed::<Service>(after).map(drop),
        Kind::Organisation => typed::<Organisation>(after).map(drop),
        Kind::Place => typed::<Place>(after).map(drop),
    }
}

/// A sentence with its end, as more than one may follow each other.
fn ended(message: &str) -> String {
    let end = if message.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    format!("{message}{end}")
}
