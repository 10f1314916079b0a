//! What somebody does to a record beside editing it: flag, check, remove. And taking back.

use std::sync::{Mutex, PoisonError};

use domain::change::{fields, invert};
use domain::{Act, Check, CheckHow, Kind, Rest, When};
use serde::{Deserialize, Serialize};
use store::{Op, OutboxRow, OutboxState};

use crate::edit::{May, Saved, nothing, record_id};
use crate::error::Error;
use crate::open::Directory;
use crate::outbox::makes;
use crate::said::{lowered, moment};
use crate::{Now, kind};

/// Words of a flag, a reason or a check, at most.
const LONGEST: usize = 2_000;
/// How many things this program remembers to have done, for taking them back.
const REMEMBERED: usize = 100;

/// How somebody made sure that an entry is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum HowChecked {
    /// By telephone.
    Phoned,
    /// By going there.
    Visited,
    /// By its website.
    Web,
    /// The organisation said so.
    ToldUs,
}

impl From<HowChecked> for CheckHow {
    fn from(how: HowChecked) -> Self {
        match how {
            HowChecked::Phoned => Self::Phoned,
            HowChecked::Visited => Self::Visited,
            HowChecked::Web => Self::Web,
            HowChecked::ToldUs => Self::ToldUs,
        }
    }
}

/// What was done by this program since it was opened, by rows of the outbox.
#[derive(Debug, Default)]
pub(crate) struct DoneHere(Mutex<Vec<i64>>);

impl DoneHere {
    pub(crate) fn remember(&self, row: i64) {
        let mut rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if rows.len() >= REMEMBERED {
            rows.remove(0);
        }
        rows.push(row);
    }

    fn last(&self) -> Option<i64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}

impl Directory {
    /// Says that something is wrong with a record; a curator looks.
    ///
    /// # Errors
    /// [`Error::Invalid`] without words, [`Error::NotFound`], [`Error::Store`].
    pub fn flag(&self, id: &str, text: &str, now: Now) -> Result<Saved, Error> {
        let text = words(text, "Say in a few words what is wrong.")?;
        let (kind, id, _) = self.any(id)?;
        self.done((kind, id), Act::Flag { text }, now)
    }

    /// Confirms that a record is right, or a part of it. Not an edit.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn check(
        &self,
        id: &str,
        how: HowChecked,
        of: Option<&str>,
        now: Now,
    ) -> Result<Saved, Error> {
        let (kind, id, _) = self.any(id)?;
        let account = self.store().membership()?.and_then(|m| m.account);
        let of = of.map(str::trim).filter(|of| !of.is_empty());
        // Who names the field means what others call by its words.
        let part = of.map(|of| {
            let named = fields(kind).into_iter().find(|field| field.as_str() == of);
            named.map_or_else(|| of.to_owned(), |field| lowered(field.label()))
        });
        let of = part.map(|of| words(&of, "Say which part was checked."));
        let check = Check {
            of: of.transpose()?,
            when: When::day(now.date()),
            how: Some(how.into()),
            by: account.map(|account| account.name),
            rest: Rest::new(),
        };
        self.done((kind, id), Act::Check { check }, now)
    }

    /// Removes a record: its history stays.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a reason, [`Error::NotFound`], [`Error::Store`].
    pub fn remove_entry(&self, id: &str, reason: &str, now: Now) -> Result<Saved, Error> {
        let reason = words(reason, "Say why it is to be removed.")?;
        let (kind, id, _) = self.any(id)?;
        self.done((kind, id), Act::Remove { reason }, now)
    }

    /// Takes back what was done last by this program; none: there is nothing left.
    ///
    /// # Errors
    /// As [`Directory::undo_outbox`].
    pub fn undo_last(&self, now: Now) -> Result<Option<Saved>, Error> {
        while let Some(row) = self.done_here.last() {
            let row = self.store().outbox_row(row)?;
            let Some(row) = row.filter(can_undo) else {
                continue;
            };
            return self.take_back(&row, now).map(Some);
        }
        Ok(None)
    }

    /// Takes back something that was done here: withdrawn where it was not sent, else edited back.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Invalid`] for what can't be taken back, [`Error::Store`].
    pub fn undo_outbox(&self, row: u32, now: Now) -> Result<Saved, Error> {
        let row = self.row(row)?;
        if !can_undo(&row) {
            return Err(Error::Invalid(vec![
                "That can't be taken back here any more: a curator has it.".to_owned(),
            ]));
        }
        self.take_back(&row, now)
    }

    /// Withdraws something before it was sent.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`]: also when it was sent meanwhile.
    pub fn withdraw(&self, row: u32, now: Now) -> Result<(), Error> {
        let row = self.row(row)?.row;
        let at = moment::kept(now);
        self.indexer.transact(Op::Withdraw { row, at })?;
        self.changed();
        Ok(())
    }

    fn take_back(&self, row: &OutboxRow, now: Now) -> Result<Saved, Error> {
        let (kind, id) = (row.deed.kind, row.deed.record);
        if row.state == OutboxState::Waiting {
            let at = moment::kept(now);
            self.indexer.transact(Op::Withdraw { row: row.row, at })?;
            return Ok(Saved {
                said: "Taken back: it had not been sent yet.".to_owned(),
                nothing: false,
                ..nothing(id)
            });
        }
        let Act::Edit { changes } = &row.deed.act else {
            return Ok(nothing(id));
        };
        if makes(kind, changes) {
            let reason = "Added by mistake.".to_owned();
            return self.done_quietly((kind, id), Act::Remove { reason }, now);
        }
        let current = self.must_see(kind, id)?;
        let changes = invert(changes);
        let act = match self.may((kind, id), Some(&current), None)? {
            May::Edit => Act::Edit { changes },
            May::Suggest => Act::Suggest {
                changes,
                note: Some("Takes back an earlier change.".to_owned()),
            },
        };
        self.done_quietly((kind, id), act, now)
    }

    fn row(&self, row: u32) -> Result<OutboxRow, Error> {
        let found = self.store().outbox_row(i64::from(row))?;
        found.ok_or(Error::NoOutboxRow(row))
    }

    /// What sort of record has this identifier, one that was removed too.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn kind_of(&self, id: &str) -> Result<kind::Kind, Error> {
        if let Ok((kind, _, _)) = self.any(id) {
            return Ok(kind.into());
        }
        let parsed = record_id(id)?;
        for kind in Kind::ALL {
            if !self.store().history(kind, parsed)?.is_empty() {
                return Ok(kind.into());
            }
        }
        Err(Error::NotFound(id.to_owned()))
    }

    /// The record with this identifier, of whatever sort.
    pub(crate) fn any(&self, id: &str) -> Result<(Kind, domain::RecordId, domain::Record), Error> {
        let parsed = record_id(id)?;
        for kind in [Kind::Service, Kind::Organisation, Kind::Place] {
            if let Some(record) = self.seen(kind, parsed)? {
                return Ok((kind, parsed, record));
            }
        }
        Err(Error::NotFound(id.to_owned()))
    }
}

/// Whether something that was done here can be taken back.
pub(crate) fn can_undo(row: &OutboxRow) -> bool {
    match row.state {
        OutboxState::Waiting => true,
        OutboxState::Withdrawn => false,
        OutboxState::Sent | OutboxState::Answered => {
            let taken = match &row.verdict {
                None | Some(domain::Verdict::Applied { .. } | domain::Verdict::Merged { .. }) => {
                    true
                }
                Some(
                    domain::Verdict::Conflict { .. }
                    | domain::Verdict::Queued { .. }
                    | domain::Verdict::Refused { .. }
                    | domain::Verdict::NotUnderstood,
                ) => false,
            };
            taken && matches!(row.deed.act, Act::Edit { .. })
        }
    }
}

/// A text that has to say something.
fn words(text: &str, without: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::Invalid(vec![without.to_owned()]));
    }
    if text.chars().count() > LONGEST {
        let why = format!("Keep it shorter than {LONGEST} letters.");
        return Err(Error::Invalid(vec![why]));
    }
    Ok(text.to_owned())
}
