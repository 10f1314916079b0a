//! What somebody has begun to write: it is there after a crash too.

use domain::{Kind, Record, RecordId};
use serde::{Deserialize, Serialize};
use store::{Draft, Op};

use super::form::RecordForm;
use crate::error::Error;
use crate::open::Directory;
use crate::said::moment;
use crate::{Now, kind};

/// A half-written form, with the record that it was begun on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct HalfWritten {
    /// The record; none: it is a new one.
    pub(super) base: Option<Record>,
    pub(super) form: RecordForm,
}

impl Directory {
    /// Keeps what was written so far. What is as it was at the beginning is not kept.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn edit_draft(
        &self,
        kind: kind::Kind,
        id: &str,
        form: RecordForm,
        now: Now,
    ) -> Result<(), Error> {
        let (kind, id) = (Kind::from(kind), record_id(id)?);
        let base = self.base(kind, id)?;
        let (before, _) = self.before(kind, id, base.as_ref())?;
        if self.form_of(kind, &before)? == form {
            return self.drop_draft(kind, id);
        }
        let body = serde_json::to_value(HalfWritten { base, form }).unwrap_or_default();
        self.indexer.transact(Op::PutDraft(Box::new(Draft {
            key: key(kind, id),
            at: moment::kept(now),
            body,
        })))?;
        Ok(())
    }

    /// Throws away what was half-written.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn draft_drop(&self, kind: kind::Kind, id: &str) -> Result<(), Error> {
        let (kind, id) = (Kind::from(kind), record_id(id)?);
        self.editing.forget(kind, id);
        self.drop_draft(kind, id)
    }

    pub(super) fn drop_draft(&self, kind: Kind, id: RecordId) -> Result<(), Error> {
        if self.store().draft(&key(kind, id))?.is_some() {
            self.indexer.transact(Op::DropDraft(key(kind, id)))?;
        }
        Ok(())
    }

    /// What was half-written of a record, and when.
    pub(super) fn half_written(
        &self,
        kind: Kind,
        id: RecordId,
    ) -> Result<Option<(String, HalfWritten)>, Error> {
        Ok(self.store().draft(&key(kind, id))?.and_then(read))
    }

    /// The latest new record of this kind that was half-written.
    pub(super) fn half_written_anew(&self, kind: Kind) -> Result<Option<RecordId>, Error> {
        let start = format!("edit/{kind}/");
        let mut drafts = self.store().drafts()?;
        drafts.sort_by(|a, b| b.at.cmp(&a.at));
        let anew = drafts.into_iter().filter_map(|draft| {
            let id = draft.key.strip_prefix(&start)?.parse().ok()?;
            let (_, half) = read(draft)?;
            half.base.is_none().then_some(id)
        });
        Ok(anew.into_iter().next())
    }
}

fn read(draft: Draft) -> Option<(String, HalfWritten)> {
    Some((draft.at, serde_json::from_value(draft.body).ok()?))
}

fn key(kind: Kind, id: RecordId) -> String {
    format!("edit/{kind}/{id}")
}

/// The identifier of a record, as it was given.
pub(crate) fn record_id(id: &str) -> Result<RecordId, Error> {
    id.parse().map_err(|_no_id| Error::NotFound(id.to_owned()))
}
