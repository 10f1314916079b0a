//! Saving: an edit or a suggestion, kept on this computer at once and waiting to be sent.

use domain::{Act, FieldChange, Kind, Record, RecordId};
use store::{Deed, Op, Stamp};

use super::check::Held;
use super::draft::record_id;
use super::form::RecordForm;
use super::{May, Saved};
use crate::error::Error;
use crate::open::Directory;
use crate::said::moment;
use crate::{Now, kind};

impl Directory {
    /// Saves a form: as an edit by who may edit the record, else as a suggestion.
    ///
    /// # Errors
    /// [`Error::Invalid`] when something is wrong with it, [`Error::NotFound`], [`Error::Store`].
    pub fn edit_save(
        &self,
        (kind, id): (kind::Kind, &str),
        form: &RecordForm,
        note: Option<String>,
        now: Now,
    ) -> Result<Saved, Error> {
        let (kind, id) = (Kind::from(kind), record_id(id)?);
        let held = self.held(kind, id, form)?;
        if !held.faults.is_empty() {
            let faults = held.faults.into_iter().map(|fault| fault.message);
            return Err(Error::Invalid(faults.collect()));
        }
        let Held {
            base,
            after,
            changes,
            ..
        } = held;
        if changes.is_empty() {
            self.drop_draft(kind, id)?;
            self.editing.forget(kind, id);
            return Ok(nothing(id));
        }
        let act = match self.may((kind, id), base.as_ref(), Some(&after))? {
            May::Edit => Act::Edit { changes },
            May::Suggest => Act::Suggest {
                changes,
                note: note.filter(|note| !note.trim().is_empty()),
            },
        };
        let saved = self.done((kind, id), act, now)?;
        self.drop_draft(kind, id)?;
        self.editing.forget(kind, id);
        Ok(saved)
    }

    /// Does something to a record: it shows at once and waits to be sent. It can be taken back.
    pub(crate) fn done(
        &self,
        record: (Kind, RecordId),
        act: Act,
        now: Now,
    ) -> Result<Saved, Error> {
        let saved = self.done_quietly(record, act, now)?;
        if let Some(row) = saved.outbox {
            self.done_here.remember(i64::from(row));
        }
        Ok(saved)
    }

    /// The same for what takes something back, which is not taken back itself.
    pub(crate) fn done_quietly(
        &self,
        (kind, record): (Kind, RecordId),
        act: Act,
        now: Now,
    ) -> Result<Saved, Error> {
        let membership = self.store().membership()?;
        let said = said(&act, membership.is_some());
        let by = membership.and_then(|membership| Some(membership.account?.name));
        let done = self.indexer.transact(Op::Do(vec![Deed {
            kind,
            record,
            act,
            at: moment::kept(now),
            by,
        }]))?;
        let Some(row) = done.outbox.first().copied() else {
            return Ok(nothing(record));
        };
        self.changed();
        Ok(Saved {
            outbox: u32::try_from(row).ok(),
            said,
            nothing: false,
            id: record.to_string(),
        })
    }

    /// What a form changes that settles an item of the inbox. What was half-written of the record for
    /// another reason stays.
    pub(crate) fn changes_by_form(
        &self,
        (kind, id): (Kind, RecordId),
        form: &RecordForm,
    ) -> Result<Vec<FieldChange>, Error> {
        let held = self.held(kind, id, form)?;
        if !held.faults.is_empty() {
            let faults = held.faults.into_iter().map(|fault| fault.message);
            return Err(Error::Invalid(faults.collect()));
        }
        self.editing.forget(kind, id);
        Ok(held.changes)
    }

    /// A change of the directory with when and by whom it is made.
    pub(crate) fn stamped(&self, op: Op, now: Now) -> Result<Op, Error> {
        let stamp = Stamp {
            at: moment::kept(now),
            by: self.account_name()?,
        };
        Ok(Op::Stamped(stamp, Box::new(op)))
    }

    /// The name under which others see what is done here.
    fn account_name(&self) -> Result<Option<String>, Error> {
        let account = self.store().membership()?.and_then(|joined| joined.account);
        Ok(account.map(|account| account.name))
    }

    /// A record that has to be here.
    pub(crate) fn must_see(&self, kind: Kind, id: RecordId) -> Result<Record, Error> {
        let seen = self.seen(kind, id)?;
        seen.ok_or_else(|| Error::NotFound(id.to_string()))
    }
}

/// What is told of something that was done.
fn said(act: &Act, joined: bool) -> String {
    let what = match act {
        Act::Edit { .. } => "Saved on this computer",
        Act::Suggest { .. } => "Kept on this computer as a suggestion",
        Act::Flag { .. } => "Flagged on this computer",
        Act::Check { .. } => "Check kept on this computer",
        Act::Remove { .. } => "Removed on this computer",
        Act::Resolve { .. } => "Settled on this computer",
    };
    // It stands on the screen for a while, so it stays true when it has been sent in the meantime.
    let next = match joined {
        true => ", and sent with the next sync.",
        false => ".",
    };
    format!("{what}{next}")
}

/// Nothing was there to change.
pub(crate) fn nothing(id: RecordId) -> Saved {
    Saved {
        outbox: None,
        said: "Nothing was changed.".to_owned(),
        nothing: true,
        id: id.to_string(),
    }
}
