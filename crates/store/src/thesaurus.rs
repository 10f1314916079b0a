//! The table `thesaurus`: what people say, and what services call it.

use domain::ThesaurusGroup;
use rusqlite::{Connection, params};

use crate::body;
use crate::transact::{Change, Existing};

/// Puts the group at this position.
pub(crate) fn put(
    change: &mut Change<'_>,
    position: i64,
    group: &ThesaurusGroup,
    existing: Existing,
) -> rusqlite::Result<()> {
    let changed = change
        .conn()
        .prepare_cached(
            "INSERT INTO thesaurus (id, position, body) VALUES (?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET position = ?2, body = ?3
             WHERE ?4 AND (position, body) IS NOT (?2, ?3)",
        )?
        .execute(params![
            group.id,
            position,
            body::text(group)?,
            existing.replaced()
        ])?;
    change.made(changed);
    Ok(())
}

/// All groups in the order of their files.
pub(crate) fn all(conn: &Connection) -> rusqlite::Result<Vec<ThesaurusGroup>> {
    let mut select = conn.prepare_cached("SELECT body FROM thesaurus ORDER BY position, id")?;
    let rows = select.query_map([], |row| body::read(row, 0))?;
    rows.collect()
}
