//! The one way in which the directory is changed: an operation, in one transaction.

use std::collections::BTreeSet;

use domain::{Area, Organisation, OutcodeArea, Place, RecordId, Service, Taxonomy, ThesaurusGroup};
use rusqlite::{Connection, TransactionBehavior};
use serde::Serialize;

use crate::halt::{Halt, Watch};
use crate::history::Made;
use crate::{
    Adopt, Adopted, Answers, Deed, Draft, Import, Kind, Membership, StaffNews, Stamp, Undone, area,
    body, draft, hub, import, organisation, outbox, place, published, record, revision, service,
    setting, staff, taxonomy, thesaurus, undo, unmet,
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
    /// The same, said when and by whom: what histories tell of it.
    Stamped(Stamp, Box<Op>),
    /// Does something to records: it is seen at once, and waits in the outbox.
    Do(Vec<Deed>),
    /// Withdraws an operation that waits, with what would hang in the air without it.
    Withdraw {
        /// Its row in the outbox.
        row: i64,
        /// When, RFC 3339.
        at: String,
    },
    /// Numbers the first operations that wait, as they are about to be sent.
    Number {
        /// How many at most.
        most: usize,
    },
    /// Takes what the hub says of operations.
    Answered(Box<Answers>),
    /// Sends again what was answered and comes after this number of this device: the hub was
    /// restored and does not know of it; so with what it answered another device before that.
    SendAgain {
        /// The last number that the hub knows.
        after: u64,
    },
    /// Numbers again what comes after this number and was not answered: numbers were lost, or given
    /// under another name of this device.
    Renumber {
        /// The last number that the hub knows.
        after: u64,
    },
    /// Forgets what the hub calls this device, as another one goes by the same name.
    ForgetDevice,
    /// Takes over what the hub published.
    Adopt(Box<Adopt>),
    /// Takes what the hub tells this desk alone.
    Staff(Box<StaffNews>),
    /// Joins a hub, or joins the same again.
    Join(Box<Membership>),
    /// Leaves the hub. Records stay as they are seen.
    Leave,
    /// Keeps what somebody has begun to write.
    PutDraft(Box<Draft>),
    /// Lets a draft go.
    DropDraft(String),
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
    /// Rows of the outbox that were made, numbered or withdrawn, ascending.
    pub outbox: Vec<i64>,
    /// What was taken over, where that was asked for.
    pub adopted: Adopted,
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
    when: Made,
    joined: bool,
    /// Rows of the outbox that were made, numbered or withdrawn.
    pub(crate) outbox: BTreeSet<i64>,
    /// What was taken over.
    pub(crate) adopted: Adopted,
}

impl<'t> Change<'t> {
    /// True when records are a hub's business.
    pub(crate) fn joined(&self) -> bool {
        self.joined
    }

    /// When and by whom it is made.
    pub(crate) fn made_when(&self) -> &Made {
        &self.when
    }

    /// Says when and by whom what follows is made.
    pub(crate) fn say(&mut self, when: Made) {
        self.when = when;
    }

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
        when: Made::Unsaid,
        joined: hub::member(&tx)?.is_some(),
        outbox: BTreeSet::new(),
        adopted: Adopted::default(),
    };
    failpoints::reach("begun");
    let undone = apply(&mut change, op, watch)?;
    let Change {
        revision: after,
        made,
        rows,
        outbox,
        adopted,
        ..
    } = change;
    if made {
        revision::set(&tx, after)?;
    }
    failpoints::reach("done");
    tx.commit()?;
    failpoints::reach("committed");
    Ok(Done {
        revision: if made { after } else { before },
        rows: rows.into_iter().collect(),
        undone,
        outbox: outbox.into_iter().collect(),
        adopted,
    })
}

fn apply(change: &mut Change<'_>, op: &Op, watch: &mut Watch<'_>) -> Result<Undone, Halt> {
    let conn = change.conn();
    match op {
        Op::Load(all) => load(change, all, Existing::Replaced)?,
        Op::Fill(all) => load(change, all, Existing::Kept)?,
        Op::PutService(one) => put(change, Kind::Service, &one.id, one.as_ref())?,
        Op::PutOrganisation(one) => put(change, Kind::Organisation, &one.id, one.as_ref())?,
        Op::PutPlace(one) => put(change, Kind::Place, &one.id, one.as_ref())?,
        Op::RemoveService(id) => record::remove(change, Kind::Service, id, "").map(drop)?,
        Op::KeepUnmet { words, areas, day } => unmet::keep(conn, words, areas, day)?,
        Op::SetSetting { key, value } => setting::set(conn, key, value)?,
        Op::Import(import) => import::make(change, import, watch)?,
        Op::UndoImport(row) => return undo::import(change, *row, watch),
        Op::Stamped(stamp, op) => {
            change.say(Made::Said(stamp.clone()));
            return apply(change, op, watch);
        }
        Op::Do(deeds) => outbox::carry(change, deeds)?,
        Op::Withdraw { row, at } => outbox::withdraw(change, *row, at)?,
        Op::Number { most } => outbox::number(change, *most)?,
        Op::Answered(answers) => outbox::answered(change, answers)?,
        Op::SendAgain { after } => outbox::send_again(change, *after)?,
        Op::Renumber { after } => outbox::renumber(conn, *after)?,
        Op::ForgetDevice => hub::forget_device(conn)?,
        Op::Adopt(adopt) => published::adopt(change, adopt, watch)?,
        Op::Staff(news) => staff::take(change, news)?,
        Op::Join(membership) => hub::join(change, membership)?,
        Op::Leave => hub::leave(change)?,
        Op::PutDraft(one) => draft::put(conn, one)?,
        Op::DropDraft(key) => draft::remove(conn, key)?,
    }
    Ok(Undone::default())
}

fn put<T: Serialize>(
    change: &mut Change<'_>,
    kind: Kind,
    id: &RecordId,
    one: &T,
) -> Result<(), Halt> {
    record::put(change, kind, id, &body::text(one)?)
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
    // A hub's records are its business.
    if change.joined {
        return Ok(());
    }
    // What was changed here stays as it was changed.
    let is_free = |change: &Change<'_>, kind, id| {
        published::is_there(change.conn(), kind, id).map(|there| !there)
    };
    for one in &all.organisations {
        if is_free(change, Kind::Organisation, &one.id)? {
            organisation::put(change, one, &body::text(one)?, existing)?;
        }
    }
    for one in &all.places {
        if is_free(change, Kind::Place, &one.id)? {
            place::put(change, one, &body::text(one)?, existing)?;
        }
    }
    for one in &all.services {
        let removed = service::removed(change.conn(), &one.id)?;
        if !removed && is_free(change, Kind::Service, &one.id)? {
            service::put(change, one, &body::text(one)?, existing)?;
        }
    }
    Ok(())
}
