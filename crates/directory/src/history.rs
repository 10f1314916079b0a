//! What a record was: who changed what, field by field, and making it again what it was.

mod hub;
mod shape;

use domain::change::diff;
use domain::{Act, Kind, Record, RecordId};
use store::Former;

use crate::edit::{May, Saved, fields_said, members, nothing, record_id};
use crate::error::Error;
use crate::open::Directory;
use crate::said::moment;
use crate::{Now, kind};

use hub::HubPast;

pub use shape::{HistoryLine, HistoryView};

const OUT_OF_REACH: &str = "The hub can't be reached: only what this computer knows is shown.";
/// The key of what a record was when this copy first had it.
const FIRST: &str = "first";

/// One state of a record, as this copy had it.
struct Past {
    key: String,
    revision: Option<i64>,
    at: Option<String>,
    by: Option<String>,
    record: Option<Record>,
}

impl Directory {
    /// The history of a record, the latest first.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn history(&self, kind: kind::Kind, id: &str, now: Now) -> Result<HistoryView, Error> {
        let (kind, id) = (Kind::from(kind), record_id(id)?);
        let past = self.past(kind, id)?;
        let hub = self.hub_past(kind, id, now);
        let name = past.iter().find_map(|state| name(state.record.as_ref()?));
        let hub_said = match &hub {
            Ok(_) => None,
            Err(error) if error.is_hub_out_of_reach() => Some(OUT_OF_REACH.to_owned()),
            Err(error) => Some(format!("{error} Only what this computer knows is shown.")),
        };
        let hub = hub.ok().flatten();
        // What the hub tells is told once: of what this computer kept, what came before it is left.
        let begins = hub.as_ref().and_then(HubPast::begins);
        let own = past.iter().enumerate().filter(|(_, state)| match begins {
            Some(begins) => state.at.as_deref().is_some_and(|at| at < begins),
            None => true,
        });
        let own = own.map(|(at, state)| {
            let before = past.get(at.saturating_add(1));
            self.history_line(kind, (at == 0, state), before, now)
        });
        let told = hub.as_ref().map(|hub| self.hub_lines(kind, hub, now));
        let lines = told.unwrap_or_default().into_iter().chain(own);
        Ok(HistoryView {
            kind: kind.into(),
            id: id.to_string(),
            name: name.unwrap_or_else(|| format!("A {kind} without a name")),
            lines: lines.collect(),
            hub_said,
        })
    }

    /// Makes a record again what it was: as an edit by who may edit it, else as a suggestion.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn restore_version(
        &self,
        (kind, id): (kind::Kind, &str),
        key: &str,
        now: Now,
    ) -> Result<Saved, Error> {
        let (kind, parsed) = (Kind::from(kind), record_id(id)?);
        let was = if hub::is_key(key) {
            let past = self.hub_past(kind, parsed, now)?;
            past.and_then(|past| past.version(kind, parsed, key))
        } else {
            let mut past = self.past(kind, parsed)?.into_iter();
            past.find(|state| state.key == key)
                .and_then(|state| state.record)
        };
        let was = was.ok_or_else(|| Error::NotFound(id.to_owned()))?;
        let current = self.seen(kind, parsed)?;
        let changes = diff(kind, current.as_ref(), &was);
        if changes.is_empty() {
            return Ok(nothing(parsed));
        }
        let act = match self.may((kind, parsed), current.as_ref(), Some(&was))? {
            May::Edit => Act::Edit { changes },
            May::Suggest => Act::Suggest {
                changes,
                note: Some("Brings back an earlier version.".to_owned()),
            },
        };
        self.done((kind, parsed), act, now)
    }

    /// All states that this copy had of a record, the latest first.
    fn past(&self, kind: Kind, id: RecordId) -> Result<Vec<Past>, Error> {
        let mut state = self.seen(kind, id)?;
        let formers = self.store().history(kind, id)?;
        if state.is_none() && formers.is_empty() {
            return Err(Error::NotFound(id.to_string()));
        }
        let mut past = Vec::with_capacity(formers.len().saturating_add(1));
        for former in formers {
            let Former {
                revision,
                at,
                by,
                body,
            } = former;
            past.push(Past {
                key: format!("revision-{revision}"),
                revision: Some(revision),
                at,
                by,
                record: state,
            });
            state = Some(members(kind, id, &body)?);
        }
        past.push(Past {
            key: FIRST.to_owned(),
            revision: None,
            at: None,
            by: None,
            record: state,
        });
        Ok(past)
    }

    fn history_line(
        &self,
        kind: Kind,
        (latest, state): (bool, &Past),
        before: Option<&Past>,
        now: Now,
    ) -> HistoryLine {
        let was = before.and_then(|before| before.record.as_ref());
        let (what, changes) = match (&state.record, was) {
            (None, _) => ("Removed".to_owned(), Vec::new()),
            (Some(_), None) if before.is_none() => {
                ("As it was when it first came here".to_owned(), Vec::new())
            }
            (Some(record), None) => (format!("Added the {kind}"), diff(kind, None, record)),
            (Some(record), Some(was)) => {
                let changes = diff(kind, Some(was), record);
                let fields = fields_said(kind, &changes);
                let what = if fields.is_empty() {
                    "Checked, or told more of where it comes from".to_owned()
                } else {
                    format!("Changed {fields}")
                };
                (what, changes)
            }
        };
        HistoryLine {
            version: None,
            revision: state.revision.and_then(|revision| revision.try_into().ok()),
            at_said: match &state.at {
                Some(at) => moment::said(at, now),
                None => "day not kept".to_owned(),
            },
            by: state.by.clone(),
            what,
            changes: self.changes_said(kind, &changes),
            can_restore: !latest && state.record.is_some(),
            key: state.key.clone(),
        }
    }
}

fn name(record: &Record) -> Option<String> {
    Some(record.get("name")?.as_str()?.to_owned())
}
