//! The table `published`: every record as the hub published it, and, of records that no hub has yet,
//! as they were before anything was laid over them.

mod adopt;
mod digest;
mod only_here;

use domain::RecordId;
use rusqlite::{Connection, OptionalExtension, params};

use crate::body::{self, key, number, unsigned};
use crate::halt::Halt;
use crate::transact::Change;
use crate::{Kind, Store, StoreError, outbox, overlay};

pub(crate) use adopt::adopt;
pub use adopt::{Adopt, Adopted, Lines, PublishedLine, Scope};

/// A record as the hub published it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The sequence at which it last changed; 0: no hub has it, this is how it was here before
    /// anything was laid over it.
    pub version: u64,
    /// When the hub took that: seconds since 1970.
    pub at: u64,
    /// The very text that came; none: it was removed, or was never there.
    pub body: Option<String>,
}

/// What a record is made of before anything is laid over it.
pub(crate) struct Base {
    /// Its version.
    pub(crate) version: u64,
    /// Its text; none: it is not there.
    pub(crate) text: Option<String>,
}

/// A row to be put.
struct Row<'r> {
    kind: &'r str,
    id: &'r RecordId,
    version: u64,
    at: i64,
    gone: bool,
    /// Its text, where that is not what is seen.
    body: Option<&'r str>,
    digest: Option<[u8; 8]>,
}

impl Row<'_> {
    fn put(&self, conn: &Connection) -> rusqlite::Result<()> {
        conn.prepare_cached(
            "INSERT INTO published (kind, id, version, at, digest, gone, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (id, kind) DO UPDATE SET version = ?3, at = ?4, digest = ?5, gone = ?6,
               body = ?7",
        )?
        .execute(params![
            self.kind,
            key(self.id),
            number(self.version)?,
            self.at,
            self.digest,
            self.gone,
            self.body
        ])
        .map(drop)
    }
}

/// True when something is known of the record beside what is seen.
pub(crate) fn is_there(conn: &Connection, kind: Kind, id: &RecordId) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM published WHERE id = ?1 AND kind = ?2)")?
        .query_row(params![key(id), kind.name()], |row| row.get(0))
}

/// The version at which a record was published; 0: it was not.
pub(crate) fn version(conn: &Connection, kind: Kind, id: &RecordId) -> rusqlite::Result<u64> {
    let version = conn
        .prepare_cached("SELECT version FROM published WHERE id = ?1 AND kind = ?2")?
        .query_row(params![key(id), kind.name()], |row| unsigned(row, 0))
        .optional()?;
    Ok(version.unwrap_or_default())
}

/// What a record is made of; none: what is seen stands by itself.
pub(crate) fn base(conn: &Connection, kind: Kind, id: &RecordId) -> rusqlite::Result<Option<Base>> {
    conn.prepare_cached(&format!(
        "SELECT version, iif(gone, NULL, coalesce(body, (SELECT body FROM {kind} WHERE id = ?1)))
         FROM published WHERE id = ?1 AND kind = ?2"
    ))?
    .query_row(params![key(id), kind.name()], |row| {
        Ok(Base {
            version: unsigned(row, 0)?,
            text: row.get(1)?,
        })
    })
    .optional()
}

/// Keeps what is seen of a record as what things are laid over from now on.
pub(crate) fn begin(conn: &Connection, kind: Kind, id: &RecordId) -> rusqlite::Result<()> {
    conn.prepare_cached(&format!(
        "INSERT OR IGNORE INTO published (kind, id, version, at, gone)
         VALUES (?2, ?1, 0, 0, NOT EXISTS (SELECT 1 FROM {kind} WHERE id = ?1))"
    ))?
    .execute(params![key(id), kind.name()])
    .map(drop)
}

/// Keeps what a record is made of, now that this is seen of it: its text only where it is another
/// one, and nothing at all where nothing lies over a record that no hub has.
pub(crate) fn rest(
    conn: &Connection,
    kind: Kind,
    id: &RecordId,
    (base, seen): (&Base, Option<&str>),
    bare: bool,
) -> rusqlite::Result<()> {
    let same = base.text.as_deref() == seen;
    if bare && base.version == 0 && same {
        return forget_one(conn, kind.name(), id);
    }
    let apart = base.text.as_deref().filter(|_| !same);
    conn.prepare_cached("UPDATE published SET body = ?3 WHERE id = ?1 AND kind = ?2")?
        .execute(params![key(id), kind.name(), apart])
        .map(drop)
}

/// Forgets what the hub published of a record.
fn forget_one(conn: &Connection, kind: &str, id: &RecordId) -> rusqlite::Result<()> {
    conn.prepare_cached("DELETE FROM published WHERE id = ?1 AND kind = ?2")?
        .execute(params![key(id), kind])
        .map(drop)
}

/// Forgets the hub: records are what is seen of them, and what waits lies over what they were made
/// of until now.
pub(crate) fn forget(change: &mut Change<'_>) -> Result<(), Halt> {
    let conn = change.conn();
    for (kind, id) in outbox::records_lain_over(conn)? {
        let Some(base) = base(conn, kind, &id)? else {
            continue;
        };
        // What the hub has taken already is no longer on its way to it.
        let taken = outbox::taken(conn, kind, &id)?;
        // What can't be read here is not seen, and goes with the hub.
        let Ok(record) = overlay::of_base(conn, kind, &id, &base)? else {
            continue;
        };
        let record = taken
            .iter()
            .fold(record, |record, act| overlay::lay(kind, &id, record, act));
        let text = record.as_ref().map(body::text).transpose()?;
        let row = Row {
            kind: kind.name(),
            id: &id,
            version: 0,
            at: 0,
            gone: text.is_none(),
            body: text.as_deref(),
            digest: None,
        };
        row.put(conn)?;
    }
    outbox::forget_settled(conn)?;
    let kept = "version = 0 AND EXISTS (SELECT 1 FROM outbox WHERE record = published.id
                  AND outbox.kind = published.kind AND state = 'waiting')";
    conn.execute(&format!("DELETE FROM published WHERE NOT ({kept})"), [])?;
    Ok(())
}

fn published(conn: &Connection, kind: &str, id: &RecordId) -> rusqlite::Result<Option<Published>> {
    // What is seen of it stands in for its text only where its kind is known here.
    let seen = match Kind::named(kind) {
        Some(kind) => format!("(SELECT body FROM {kind} WHERE id = ?1)"),
        None => "NULL".to_owned(),
    };
    conn.prepare_cached(&format!(
        "SELECT version, at, iif(gone, NULL, coalesce(body, {seen}))
         FROM published WHERE id = ?1 AND kind = ?2"
    ))?
    .query_row(params![key(id), kind], |row| {
        Ok(Published {
            version: unsigned(row, 0)?,
            at: unsigned(row, 1)?,
            body: row.get(2)?,
        })
    })
    .optional()
}

fn digests(conn: &Connection) -> rusqlite::Result<Vec<[u8; 8]>> {
    let mut sums = digest::Sums::none();
    let mut select =
        conn.prepare_cached("SELECT id, digest FROM published WHERE digest IS NOT NULL")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        sums.add(&body::id(row, 0)?, row.get(1)?);
    }
    Ok(sums.all())
}

fn digests_of_bodies(conn: &Connection) -> rusqlite::Result<Vec<[u8; 8]>> {
    let mut sums = digest::Sums::none();
    let mut select = conn.prepare_cached(
        "SELECT published.kind, published.id, version,
                coalesce(published.body, service.body, organisation.body, place.body)
         FROM published
         LEFT JOIN service ON service.id = published.id AND published.kind = 'service'
         LEFT JOIN organisation ON organisation.id = published.id
           AND published.kind = 'organisation'
         LEFT JOIN place ON place.id = published.id AND published.kind = 'place'
         WHERE gone = 0 AND version > 0",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, id) = (row.get_ref(0)?.as_str()?, body::id(row, 1)?);
        // A body that is lost counts as none, so that its bucket differs.
        if let Some(text) = row.get_ref(3)?.as_str_or_null()? {
            sums.add(&id, digest::of(kind, &id, unsigned(row, 2)?, text));
        }
    }
    Ok(sums.all())
}

impl Store {
    /// A record of this kind as the hub published it, nothing laid over it; none: nothing is known
    /// of it beside what is seen.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn published(&self, kind: &str, id: RecordId) -> Result<Option<Published>, StoreError> {
        self.read(|conn| published(conn, kind, &id))
    }

    /// The sequence at which a record was last published; 0: it is not in the published stream.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn version_of(&self, kind: Kind, id: RecordId) -> Result<u64, StoreError> {
        self.read(|conn| version(conn, kind, &id))
    }

    /// The digests of all 256 buckets, as they were kept when the records came.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn digests(&self) -> Result<Vec<[u8; 8]>, StoreError> {
        self.read(digests)
    }

    /// The digests of all 256 buckets, worked out from the bodies as they are now: the deep check.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn digests_of_bodies(&self) -> Result<Vec<[u8; 8]>, StoreError> {
        self.read(digests_of_bodies)
    }
}
