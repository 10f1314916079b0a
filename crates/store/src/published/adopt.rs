//! Adopting what the hub published, line by line, in one transaction with the new position.

use std::collections::HashSet;
use std::fmt;
use std::io;
use std::ops::RangeInclusive;
use std::sync::Arc;

use domain::RecordId;
use rusqlite::params;

use super::{Row, digest, forget_one, only_here};
use crate::body::{key, number};
use crate::halt::{Halt, Watch};
use crate::history::Made;
use crate::record::{self, Typed};
use crate::transact::{Change, Existing};
use crate::{Kind, Position, hub, outbox, overlay, staff};

/// Lines between two looks at whether to go on.
const BETWEEN_LOOKS: u64 = 256;
/// Records that could not be read before and are tried again, at most.
const TRIED_AGAIN: usize = 1000;

/// Something that the hub published, to be taken over.
#[derive(Debug, Clone)]
pub struct Adopt {
    /// Where the copy stands after it.
    pub position: Position,
    /// What the lines are.
    pub scope: Scope,
    /// The lines.
    pub lines: Arc<dyn Lines>,
}

/// What the lines of an adoption are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// What changed: a line whose version is here already is passed over.
    Changes,
    /// Everything: what is not among it goes, and what is here otherwise is replaced. Where this
    /// copy never stood at this hub before, what exists only here is treated as at a first joining.
    Whole,
    /// Everything in these buckets (first bytes of identifiers): how a copy heals.
    Buckets(RangeInclusive<u8>),
}

/// Lines that are read one after the other, so that however many there are, they take no memory.
pub trait Lines: fmt::Debug + Send + Sync {
    /// How many there are, as far as is known: told to whoever watches.
    fn total(&self) -> u64;

    /// Reads them, each record's older line before its newer one.
    ///
    /// # Errors
    /// What the system says; nothing is adopted then.
    fn read(&self) -> io::Result<Box<dyn Iterator<Item = io::Result<PublishedLine>> + '_>>;
}

/// One record as the hub published it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedLine {
    /// Its kind; one that this version does not know is kept.
    pub kind: String,
    /// The record.
    pub id: RecordId,
    /// The sequence at which it last changed.
    pub version: u64,
    /// When the hub took that: seconds since 1970.
    pub at: u64,
    /// Its very text; none: it was removed.
    pub body: Option<Box<str>>,
}

/// What an adoption did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Adopted {
    /// Records that came, new or changed.
    pub records: u64,
    /// Records that went.
    pub removed: u64,
    /// Records that came and can't be read by this version: kept, not shown.
    pub unreadable: u64,
    /// Records of kinds that this version does not know: kept.
    pub unknown: u64,
    /// Records that existed only here and became operations that make them.
    pub created: u64,
}

/// Takes over what the hub published.
pub(crate) fn adopt(
    change: &mut Change<'_>,
    adopt: &Adopt,
    watch: &mut Watch<'_>,
) -> Result<(), Halt> {
    let conn = change.conn();
    let before = hub::highest(conn)?;
    let first = before
        .as_ref()
        .is_none_or(|(before, _)| before.hub != adopt.position.hub);
    let on_their_way = outbox::records_settled(conn)?;
    let restored = before.is_some_and(|(before, _)| {
        before.hub == adopt.position.hub && before.epoch < adopt.position.epoch
    });
    if restored {
        outbox::doubt(conn, adopt.position.sequence)?;
    }
    hub::stand(conn, &adopt.position)?;
    let said = change.made_when().clone();
    let mut adoption = Adoption::begin(change, &adopt.scope)?;
    let total = adopt.lines.total();
    for (done, line) in (0_u64..).zip(adopt.lines.read().map_err(Halt::Lines)?) {
        if done.is_multiple_of(BETWEEN_LOOKS) {
            watch.look(done, total)?;
        }
        adoption.take(&line.map_err(Halt::Lines)?)?;
        failpoints::reach("adopt:line");
    }
    let Adoption { adopted, .. } = adoption;
    change.adopted = adopted;
    change.say(said);
    if let Some(buckets) = adopt.scope.buckets() {
        only_here::settle(change, &buckets, first)?;
    }
    failpoints::reach("adopt:only-here");
    for (kind, id) in on_their_way {
        overlay::settle(change, kind, &id)?;
    }
    try_again(change)
}

impl Scope {
    /// The buckets of which everything is there; none: there are only changes.
    fn buckets(&self) -> Option<RangeInclusive<u8>> {
        match self {
            Self::Changes => None,
            Self::Whole => Some(0..=u8::MAX),
            Self::Buckets(buckets) => Some(buckets.clone()),
        }
    }
}

/// An adoption on its way.
struct Adoption<'a, 't> {
    change: &'a mut Change<'t>,
    /// Whether everything comes.
    all: bool,
    /// Records that are seen otherwise than they are published.
    lain_over: HashSet<(Kind, RecordId)>,
    adopted: Adopted,
}

impl<'a, 't> Adoption<'a, 't> {
    fn begin(change: &'a mut Change<'t>, scope: &Scope) -> Result<Self, Halt> {
        let conn = change.conn();
        let all = scope.buckets().is_some();
        if all {
            conn.execute_batch(
                "CREATE TEMP TABLE IF NOT EXISTS adopted (
                   id BLOB NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (id, kind)
                 ) STRICT, WITHOUT ROWID;
                 DELETE FROM temp.adopted;",
            )?;
        }
        let over = outbox::records_lain_over(conn)?;
        let private = staff::all_private(conn)?;
        Ok(Self {
            change,
            all,
            lain_over: over.into_iter().chain(private).collect(),
            adopted: Adopted::default(),
        })
    }

    fn take(&mut self, line: &PublishedLine) -> Result<(), Halt> {
        let row = row_of(line)?;
        let repeated = self.all && !self.is_named_first(line)?;
        if self.is_here(&row, line, self.all && !repeated)? {
            return Ok(());
        }
        match &line.body {
            Some(_) => self.adopted.records += 1,
            None => self.adopted.removed += 1,
        }
        let Some(kind) = Kind::named(&line.kind) else {
            self.adopted.unknown += 1;
            return Ok(row.put(self.change.conn())?);
        };
        self.change.say(Made::Published(row.at));
        if self.lain_over.contains(&(kind, line.id)) {
            row.put(self.change.conn())?;
            overlay::settle(self.change, kind, &line.id)?;
            return Ok(());
        }
        self.put(kind, row, line)
    }

    /// Puts a record over which nothing lies.
    fn put(&mut self, kind: Kind, row: Row<'_>, line: &PublishedLine) -> Result<(), Halt> {
        let typed = line
            .body
            .as_deref()
            .map(|text| (text, Typed::read(kind, &line.id, text)));
        let row = match typed {
            Some((text, Ok(typed))) => {
                typed.put(self.change, text, Existing::Replaced)?;
                Row { body: None, ..row }
            }
            Some((_, Err(_))) => {
                self.adopted.unreadable += 1;
                record::hide(self.change, kind, &line.id)?;
                row
            }
            None => {
                record::hide(self.change, kind, &line.id)?;
                row
            }
        };
        Ok(row.put(self.change.conn())?)
    }

    /// Remembers that a record is among what the hub has, and says whether it was not yet.
    fn is_named_first(&self, line: &PublishedLine) -> rusqlite::Result<bool> {
        let named = self
            .change
            .conn()
            .prepare_cached("INSERT OR IGNORE INTO temp.adopted (id, kind) VALUES (?1, ?2)")?
            .execute(params![key(&line.id), line.kind])?;
        Ok(named > 0)
    }

    /// True when the line says nothing new. Where everything comes, what is here is not believed.
    fn is_here(
        &self,
        row: &Row<'_>,
        line: &PublishedLine,
        compare: bool,
    ) -> rusqlite::Result<bool> {
        let conn = self.change.conn();
        let Some(kind) = Kind::named(&line.kind).filter(|_| compare) else {
            let mut select = conn.prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM published
                                WHERE id = ?1 AND kind = ?2 AND version >= ?3 AND NOT ?4)",
            )?;
            let values = params![key(&line.id), line.kind, number(line.version)?, compare];
            return select.query_row(values, |row| row.get(0));
        };
        conn.prepare_cached(&format!(
            "SELECT EXISTS (SELECT 1 FROM published LEFT JOIN {kind} USING (id)
               WHERE id = ?1 AND published.kind = ?2 AND version = ?3 AND digest IS ?4 AND gone = ?5
                 AND iif(gone, NULL, coalesce(published.body, {kind}.body)) IS ?6)"
        ))?
        .query_row(
            params![
                key(&line.id),
                line.kind,
                number(line.version)?,
                row.digest,
                row.gone,
                line.body
            ],
            |row| row.get(0),
        )
    }
}

/// What a line puts into the table, its text with it.
fn row_of(line: &PublishedLine) -> Result<Row<'_>, Halt> {
    let wrong = || {
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("{} {}", line.kind, line.id),
        )
    };
    let at = i64::try_from(line.at).map_err(|_too_late| Halt::Lines(wrong()))?;
    if line.version == 0 || i64::try_from(line.version).is_err() {
        return Err(Halt::Lines(wrong()));
    }
    let body = line.body.as_deref();
    Ok(Row {
        kind: &line.kind,
        id: &line.id,
        version: line.version,
        at,
        gone: body.is_none(),
        body,
        digest: body.map(|text| digest::of(&line.kind, &line.id, line.version, text)),
    })
}

/// Tries again to show what an older version could not read.
fn try_again(change: &mut Change<'_>) -> Result<(), Halt> {
    let conn = change.conn();
    for kind in Kind::ALL {
        let ids = only_here::ids(
            conn,
            &format!(
                "SELECT id FROM published WHERE body IS NOT NULL AND kind = '{kind}'
                   AND NOT EXISTS (SELECT 1 FROM {kind} WHERE {kind}.id = published.id)
                 LIMIT {TRIED_AGAIN}"
            ),
        )?;
        for id in ids {
            overlay::settle(change, kind, &id)?;
        }
    }
    Ok(())
}

/// Lets go of a record that the hub does not have, but for what lies over it here.
pub(super) fn let_go(change: &mut Change<'_>, kind: Kind, id: &RecordId) -> Result<(), Halt> {
    let conn = change.conn();
    if outbox::lying_over(conn, kind, id)?.is_empty() {
        forget_one(conn, kind.name(), id)?;
        record::hide(change, kind, id)?;
        return Ok(());
    }
    let row = Row {
        kind: kind.name(),
        id,
        version: 0,
        at: 0,
        gone: true,
        body: None,
        digest: None,
    };
    row.put(conn)?;
    overlay::settle(change, kind, id)?;
    Ok(())
}
