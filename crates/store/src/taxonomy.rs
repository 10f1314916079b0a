//! The table `taxonomy`: one row a taxonomy, its terms as JSON in display order.

use domain::Taxonomy;
use rusqlite::{Connection, Row, params};

use crate::body;
use crate::transact::{Change, Existing};

/// Puts the taxonomy at this position.
pub(crate) fn put(
    change: &mut Change<'_>,
    position: i64,
    taxonomy: &Taxonomy,
    existing: Existing,
) -> rusqlite::Result<()> {
    let changed = change
        .conn()
        .prepare_cached(
            "INSERT INTO taxonomy (code, position, name, description, source, terms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (code) DO UPDATE SET position = ?2, name = ?3, description = ?4,
               source = ?5, terms = ?6
             WHERE ?7 AND (position, name, description, source, terms) IS NOT (?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            taxonomy.code,
            position,
            taxonomy.name,
            taxonomy.description,
            taxonomy.source,
            body::text(&taxonomy.terms)?,
            existing.replaced(),
        ])?;
    change.made(changed);
    Ok(())
}

/// All taxonomies in the order of their files.
pub(crate) fn all(conn: &Connection) -> rusqlite::Result<Vec<Taxonomy>> {
    let sql = format!("SELECT {COLUMNS} FROM taxonomy ORDER BY position, code");
    let mut select = conn.prepare_cached(&sql)?;
    let rows = select.query_map([], from_row)?;
    rows.collect()
}

/// What [`from_row`] takes.
pub(crate) const COLUMNS: &str = "code, name, description, source, terms";

/// A taxonomy from its columns.
pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Taxonomy> {
    Ok(Taxonomy {
        code: row.get(0)?,
        name: row.get(1)?,
        description: row.get(2)?,
        source: row.get(3)?,
        terms: body::read(row, 4)?,
    })
}
