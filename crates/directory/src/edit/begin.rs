//! Opening a record for editing: its form, or what was half-written of it, and what can be chosen.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::change::{Shape, laid_over, shape_of};
use domain::{FieldName, Kind, Record, RecordId};

use super::draft::{HalfWritten, record_id};
use super::record::nothing_known;
use super::{AreaChoice, EditView, RecordForm, TaxonomyChoices, TermOption};
use crate::error::Error;
use crate::inbox::wanted;
use crate::open::Directory;
use crate::said::moment;
use crate::{Now, kind};

/// Records opened for editing at once; the window has one form.
const MOST_OPEN: usize = 32;

/// The records that are being edited, as they were when their forms were opened: what others change
/// meanwhile is none of the person's changes.
#[derive(Debug, Default)]
pub(crate) struct Editing(Mutex<HashMap<(Kind, RecordId), Option<Record>>>);

impl Editing {
    fn begun(&self, kind: Kind, id: RecordId, base: Option<Record>) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= MOST_OPEN {
            open.clear();
        }
        let _former = open.insert((kind, id), base);
    }

    fn base(&self, kind: Kind, id: RecordId) -> Option<Option<Record>> {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.get(&(kind, id)).cloned()
    }

    pub(super) fn forget(&self, kind: Kind, id: RecordId) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _former = open.remove(&(kind, id));
    }
}

impl Directory {
    /// Opens a record for editing; without an identifier a new one, or the new one that was begun
    /// and not saved.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn edit_begin(
        &self,
        kind: kind::Kind,
        id: Option<&str>,
        now: Now,
    ) -> Result<EditView, Error> {
        let kind = Kind::from(kind);
        let id = match id {
            Some(id) => record_id(id)?,
            None => match self.half_written_anew(kind)? {
                Some(id) => id,
                None => new_id()?,
            },
        };
        let half = self.half_written(kind, id)?;
        let base = match &half {
            Some((_, half)) => half.base.clone(),
            None => self.seen(kind, id)?,
        };
        let draft_said = half
            .as_ref()
            .map(|(at, _)| format!("Half-written {}: kept.", moment::said(at, now)));
        let form = match half {
            Some((_, HalfWritten { form, .. })) if form.kind() == kind => Some(form),
            Some(_) | None => None,
        };
        let view = self.opened((kind, id), base, form)?;
        Ok(EditView { draft_said, ..view })
    }

    /// Opens the record of an item of the inbox as it is now with what was sent filled in; what was
    /// half-written of that record is kept for another time.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn edit_to_settle(&self, item: &str) -> Result<EditView, Error> {
        let item = self.item(item)?;
        let (kind, id) = (item.kind, item.record);
        let base = self.seen(kind, id)?;
        let (mut record, _) = self.before(kind, id, base.as_ref())?;
        laid_over(kind, &mut record, &wanted(&item));
        let form = self.form_of(kind, &record)?;
        self.opened((kind, id), base, Some(form))
    }

    /// A form and what can be chosen in it; without a form that of the record on which it begins.
    fn opened(
        &self,
        (kind, id): (Kind, RecordId),
        base: Option<Record>,
        form: Option<RecordForm>,
    ) -> Result<EditView, Error> {
        let (before, fresh) = self.before(kind, id, base.as_ref())?;
        let form = match form {
            Some(form) => form,
            None => self.form_of(kind, &before)?,
        };
        let may = self.may((kind, id), base.as_ref(), None)?;
        let title = match base
            .as_ref()
            .and_then(|record| record.get("name")?.as_str())
        {
            Some(name) => name.to_owned(),
            None if fresh => format!("New {kind}"),
            None => format!("A {kind} without a name"),
        };
        self.editing.begun(kind, id, base);
        Ok(EditView {
            kind: kind.into(),
            id: id.to_string(),
            title,
            fresh,
            form,
            may,
            may_said: may.said().to_owned(),
            draft_said: None,
            taxonomies: self.taxonomy_choices(),
            areas: self.area_choices(),
        })
    }

    /// The record on which an edit of it began; none: it is a new one.
    pub(super) fn base(&self, kind: Kind, id: RecordId) -> Result<Option<Record>, Error> {
        if let Some(base) = self.editing.base(kind, id) {
            return Ok(base);
        }
        match self.half_written(kind, id)? {
            Some((_, half)) => Ok(half.base),
            None => self.seen(kind, id),
        }
    }

    /// The record that a form is compared with, and whether it is a new one.
    pub(super) fn before(
        &self,
        kind: Kind,
        id: RecordId,
        base: Option<&Record>,
    ) -> Result<(Record, bool), Error> {
        match base {
            Some(base) => Ok((base.clone(), false)),
            None => Ok((nothing_known(kind, id)?, true)),
        }
    }

    fn taxonomy_choices(&self) -> Vec<TaxonomyChoices> {
        let of = |taxonomy: &domain::Taxonomy| {
            let field = FieldName::new(format!("attributes.{}", taxonomy.code));
            TaxonomyChoices {
                single: shape_of(Kind::Service, &field) == Shape::Single,
                taxonomy: taxonomy.code.clone(),
                name: taxonomy.name.clone(),
                terms: taxonomy.terms.iter().filter_map(term).collect(),
            }
        };
        self.catalogue.taxonomies().iter().map(of).collect()
    }

    fn area_choices(&self) -> Vec<AreaChoice> {
        let of = |area: &domain::Area| AreaChoice {
            code: area.code.clone(),
            name: area.name.clone(),
            within: area.within.clone(),
        };
        self.areas.all().iter().map(of).collect()
    }
}

fn term(term: &domain::TaxonomyTerm) -> Option<TermOption> {
    Some(TermOption {
        code: term.code.clone()?,
        name: term.name.clone(),
        description: term.description.clone(),
    })
}

/// A new identifier, by chance: it is another one on every desk.
pub(super) fn new_id() -> Result<RecordId, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_none| Error::NoChance)?;
    Ok(RecordId::by_chance(bytes))
}
