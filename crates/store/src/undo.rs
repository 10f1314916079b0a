//! Taking back one change: every record as it was before, but for those that were changed since.

use domain::RecordId;
use rusqlite::{Connection, OptionalExtension, params};

use crate::body;
use crate::halt::{Halt, Watch};
use crate::transact::Change;
use crate::{Kind, history, import, record};

/// What taking back a change did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Undone {
    /// Records that were new, and are no more.
    pub removed: u32,
    /// Records as they were before.
    pub restored: u32,
    /// Records that were changed since, and stay as they are.
    pub left: u32,
}

/// Takes back an import.
pub(crate) fn import(
    change: &mut Change<'_>,
    row: i64,
    watch: &mut Watch<'_>,
) -> Result<Undone, Halt> {
    let conn = change.conn();
    let Some(made) = import::get(conn, row)?.filter(|made| !made.undone) else {
        return Err(Halt::NothingToUndo);
    };
    if import::has_later(conn, &made)? {
        return Err(Halt::NothingToUndo);
    }
    let revision = made.revision;
    let mut undone = Undone {
        left: changed_since(conn, row, revision)?,
        ..Undone::default()
    };
    // Services first: what they name may then go.
    for kind in [Kind::Service, Kind::Place, Kind::Organisation] {
        let records = touched(conn, kind, revision)?;
        let total = u64::try_from(records.len()).unwrap_or(u64::MAX);
        for (done, id) in (0_u64..).zip(records) {
            watch.look(done, total)?;
            take_back(change, kind, &id, revision, &mut undone)?;
        }
    }
    import::mark_undone(conn, row)?;
    change.made(1);
    Ok(undone)
}

fn take_back(
    change: &mut Change<'_>,
    kind: Kind,
    id: &RecordId,
    revision: i64,
    undone: &mut Undone,
) -> Result<(), Halt> {
    if let Some(body) = history::before(change.conn(), kind, id, revision)? {
        record::put(change, kind, id, &body)?;
        undone.restored += 1;
    } else if record::remove(change, kind, id, "The import that it came with was undone.")? {
        undone.removed += 1;
    }
    Ok(())
}

/// The records that this revision was the last to change.
fn touched(conn: &Connection, kind: Kind, revision: i64) -> rusqlite::Result<Vec<RecordId>> {
    let sql = format!("SELECT id FROM {kind} WHERE revision = ?1");
    let mut select = conn.prepare_cached(&sql)?;
    let rows = select.query_map([revision], |row| body::id(row, 0))?;
    rows.collect()
}

/// How many records that came with this import were changed after it.
fn changed_since(conn: &Connection, import: i64, revision: i64) -> rusqlite::Result<u32> {
    let mut count = 0_u32;
    for kind in Kind::ALL {
        let sql = format!(
            "SELECT count(*) FROM imported JOIN {kind} ON {kind}.id = imported.record
             WHERE imported.import = ?1 AND imported.kind = ?2 AND {kind}.revision > ?3"
        );
        let found: Option<u32> = conn
            .prepare_cached(&sql)?
            .query_row(params![import, kind.name(), revision], |row| row.get(0))
            .optional()?;
        count = count.saturating_add(found.unwrap_or_default());
    }
    Ok(count)
}
