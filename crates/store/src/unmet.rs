//! The table `unmet`: searches that found nothing, which show where services are missing.

use rusqlite::{Connection, Row, params};

use crate::body;

/// A search that found nothing, on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// What was searched for.
    pub words: String,
    /// Codes of the areas that it was narrowed to.
    pub areas: Vec<String>,
    /// The day, as ISO 8601 writes it.
    pub day: String,
    /// How often on that day.
    pub times: i64,
}

/// Counts a search that found nothing. The order of the areas does not matter.
pub(crate) fn keep(
    conn: &Connection,
    words: &str,
    areas: &[String],
    day: &str,
) -> rusqlite::Result<()> {
    let mut areas = areas.to_vec();
    areas.sort();
    areas.dedup();
    conn.prepare_cached(
        "INSERT INTO unmet (words, areas, day, times) VALUES (?1, ?2, ?3, 1)
         ON CONFLICT (words, areas, day) DO UPDATE SET times = times + 1",
    )?
    .execute(params![words, body::text(&areas)?, day])
    .map(drop)
}

/// All of them, the latest day first, the most frequent first in a day.
pub(crate) fn all(conn: &Connection) -> rusqlite::Result<Vec<Unmet>> {
    let sql = format!("SELECT {COLUMNS} FROM unmet ORDER BY day DESC, times DESC, words, areas");
    let mut select = conn.prepare_cached(&sql)?;
    let rows = select.query_map([], from_row)?;
    rows.collect()
}

/// What [`from_row`] takes.
pub(crate) const COLUMNS: &str = "words, areas, day, times";

/// A search that found nothing, from its columns.
pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Unmet> {
    Ok(Unmet {
        words: row.get(0)?,
        areas: body::read(row, 1)?,
        day: row.get(2)?,
        times: row.get(3)?,
    })
}
