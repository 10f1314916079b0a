//! The one way in which the directory is changed: an operation, in one transaction.

use std::collections::BTreeSet;

use domain::{Area, Organisation, OutcodeArea, Place, RecordId, Service, Taxonomy, ThesaurusGroup};
use rusqlite::{Connection, TransactionBehavior};

use crate::halt::{Halt, Watch};
use crate::{
    Import, Undone, area, import, organisation, place, revision, service, setting, taxonomy,
    thesaurus, undo, unmet,
};

/// A change to the local copy.
#[derive(Debug, Clone)]
pub enum Op {
    /// Puts everything in it, replacing what is there under the same identifier. Loading the same
    /// again changes nothing. A service that was removed here stays removed.
    Load(Box<Load>),
    /// Puts what is not there, and leaves everything that is there, and everything that was
    /// removed, as it is: how a copy is made whole again after damage.
    Fill(Box<Load>),
    /// Puts a service, one that was removed too.
    PutService(Box<Service>),
    /// Puts an organisation.
    PutOrganisation(Box<Organisation>),
    /// Puts a place.
    PutPlace(Box<Place>),
    /// Removes a service: a tombstone stays, its last body is kept.
    RemoveService(RecordId),
    /// Counts a search that found nothing.
    KeepUnmet {
        /// What was searched for.
        words: String,
        /// Codes of the areas that it was narrowed to, in any order.
        areas: Vec<String>,
        /// The day, as ISO 8601 writes it.
        day: String,
    },
    /// Puts a setting of this desk.
    SetSetting {
        /// Its key.
        key: String,
        /// Its value.
        value: serde_json::Value,
    },
    /// Puts what came from somebody else's file, and remembers that it did.
    Import(Box<Import>),
    /// Takes back the import in this row: what was new is removed, what was changed is as it was
    /// before, what was changed since stays.
    UndoImport(i64),
}

/// A directory, or a part of one, to be loaded in one go.
#[derive(Debug, Clone, Default)]
pub struct Load {
    /// Taxonomies in display order.
    pub taxonomies: Vec<Taxonomy>,
    /// Areas in display order.
    pub areas: Vec<Area>,
    /// Where outcodes lie.
    pub outcodes: Vec<OutcodeArea>,
    /// Groups of the thesaurus.
    pub thesaurus: Vec<ThesaurusGroup>,
    /// Organisations.
    pub organisations: Vec<Organisation>,
    /// Places.
    pub places: Vec<Place>,
    /// Services.
    pub services: Vec<Service>,
}

/// What a change did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// The directory's revision after it.
    pub revision: i64,
    /// Rows of services to be indexed again, ascending; of a removed one too.
    pub rows: Vec<i64>,
    /// What was taken back, where that was asked for.
    pub undone: Undone,
}

/// What becomes of a record that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    /// It is replaced.
    Replaced,
    /// It stays as it is.
    Kept,
}

impl Existing {
    pub(crate) fn replaced(self) -> bool {
        self == Self::Replaced
    }
}

/// A change on its way.
pub(crate) struct Change<'t> {
    conn: &'t Connection,
    revision: i64,
    made: bool,
    rows: BTreeSet<i64>,
}

impl<'t> Change<'t> {
    /// Where it is written.
    pub(crate) fn conn(&self) -> &'t Connection {
        self.conn
    }

    /// The revision that it makes.
    pub(crate) fn revision(&self) -> i64 {
        self.revision
    }

    /// Says how many rows were written that are no services.
    pub(crate) fn made(&mut self, written: usize) {
        self.made |= written > 0;
    }

    /// Says that a record was written, and the services that are found otherwise now.
    pub(crate) fn touched(&mut self, rows: impl IntoIterator<Item = i64>) {
        self.made = true;
        self.rows.extend(rows);
    }
}

/// Carries an operation out, wholly or not at all.
pub(crate) fn carry_out(
    conn: &mut Connection,
    op: &Op,
    watch: &mut Watch<'_>,
) -> Result<Done, Halt> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let before = revision::current(&tx)?;
    let mut change = Change {
        conn: &tx,
        revision: before.saturating_add(1),
        made: false,
        rows: BTreeSet::new(),
    };
    let undone = apply(&mut change, op, watch)?;
    let Change {
        revision: after,
        made,
        rows,
        ..
    } = change;
    if made {
        revision::set(&tx, after)?;
    }
    tx.commit()?;
    Ok(Done {
        revision: if made { after } else { before },
        rows: rows.into_iter().collect(),
        undone,
    })
}

fn apply(change: &mut Change<'_>, op: &Op, watch: &mut Watch<'_>) -> Result<Undone, Halt> {
    match op {
        Op::Load(all) => load(change, all, Existing::Replaced)?,
        Op::Fill(all) => load(change, all, Existing::Kept)?,
        Op::PutService(one) => service::put(change, one, Existing::Replaced)?,
        Op::PutOrganisation(one) => organisation::put(change, one, Existing::Replaced)?,
        Op::PutPlace(one) => place::put(change, one, Existing::Replaced)?,
        Op::RemoveService(id) => service::remove(change, id)?,
        Op::KeepUnmet { words, areas, day } => unmet::keep(change.conn(), words, areas, day)?,
        Op::SetSetting { key, value } => setting::set(change.conn(), key, value)?,
        Op::Import(import) => import::make(change, import, watch)?,
        Op::UndoImport(row) => return undo::import(change, *row, watch),
    }
    Ok(Undone::default())
}

fn load(change: &mut Change<'_>, all: &Load, existing: Existing) -> rusqlite::Result<()> {
    for (position, one) in (0..).zip(&all.taxonomies) {
        taxonomy::put(change, position, one, existing)?;
    }
    for (position, one) in (0..).zip(&all.areas) {
        area::put(change, position, one, existing)?;
    }
    for one in &all.outcodes {
        area::put_outcode(change, one, existing)?;
    }
    for (position, one) in (0..).zip(&all.thesaurus) {
        thesaurus::put(change, position, one, existing)?;
    }
    for one in &all.organisations {
        organisation::put(change, one, existing)?;
    }
    for one in &all.places {
        place::put(change, one, existing)?;
    }
    for one in &all.services {
        if !service::removed(change.conn(), &one.id)? {
            service::put(change, one, existing)?;
        }
    }
    Ok(())
}
