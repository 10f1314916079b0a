//! What saving a form would do, as it is being written: faults, changes, where its postcode lies.

use domain::change::diff;
use domain::{FieldChange, Kind, Postcode, Record, RecordId};

use super::draft::record_id;
use super::faults::faults;
use super::form::RecordForm;
use super::{EditCheck, FieldFault};
use crate::error::Error;
use crate::kind;
use crate::open::Directory;

/// A form held against the record on which it was begun.
pub(super) struct Held {
    pub(super) base: Option<Record>,
    pub(super) after: Record,
    pub(super) faults: Vec<FieldFault>,
    pub(super) changes: Vec<FieldChange>,
}

impl Directory {
    /// What is wrong with a form, what saving it would change, and where its postcode lies.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn edit_check(
        &self,
        kind: kind::Kind,
        id: &str,
        form: &RecordForm,
    ) -> Result<EditCheck, Error> {
        let (kind, id) = (Kind::from(kind), record_id(id)?);
        let held = self.held(kind, id, form)?;
        let mut check = EditCheck {
            faults: held.faults,
            changed: self.changes_said(kind, &held.changes),
            area: None,
            area_said: None,
            latitude: None,
            longitude: None,
        };
        if let RecordForm::Place(place) = form {
            let postcode = place.postcode.as_deref().map(str::trim).unwrap_or_default();
            self.look_around(postcode, &mut check);
        }
        Ok(check)
    }

    /// Holds a form against the record on which it was begun.
    pub(super) fn held(&self, kind: Kind, id: RecordId, form: &RecordForm) -> Result<Held, Error> {
        if form.kind() != kind {
            let why = format!("This is no form of a {kind}.");
            return Err(Error::Invalid(vec![why]));
        }
        let base = self.base(kind, id)?;
        let (before, fresh) = self.before(kind, id, base.as_ref())?;
        let after = self.filled_in(&before, form)?;
        let before_form = self.form_of(kind, &before)?;
        let faults = faults(form, (&before_form, base.as_ref()), &after);
        let untouched = fresh && before == after;
        let changes = match &base {
            _ if untouched => Vec::new(),
            base => diff(kind, base.as_ref(), &after),
        };
        Ok(Held {
            base,
            after,
            faults,
            changes,
        })
    }

    fn look_around(&self, postcode: &str, check: &mut EditCheck) {
        if postcode.is_empty() {
            return;
        }
        match self.locate(postcode) {
            Ok(found) => {
                check.area = found.near.areas.first().cloned();
                let remark = found.remark.map(|remark| format!(". {remark}"));
                check.area_said = Some(format!("{}{}", found.label, remark.unwrap_or_default()));
            }
            Err(error) => check.area_said = Some(error.to_string()),
        }
        let exact = postcode
            .parse::<Postcode>()
            .ok()
            .and_then(|_| self.pack.point(None, Some(postcode)));
        check.latitude = exact.map(|point| point.latitude().to_string());
        check.longitude = exact.map(|point| point.longitude().to_string());
    }
}
