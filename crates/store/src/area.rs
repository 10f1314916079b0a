//! The tables `area` and `outcode`: boroughs, neighbourhoods, and where outcodes lie.

use domain::{Area, AreaKind, Areas, Outcode, OutcodeArea, Point};
use rusqlite::{Connection, Row, params};

use crate::body::{self, unreadable};
use crate::transact::{Change, Existing};

/// Puts the area at this position.
pub(crate) fn put(
    change: &mut Change<'_>,
    position: i64,
    area: &Area,
    existing: Existing,
) -> rusqlite::Result<()> {
    let changed = change
        .conn()
        .prepare_cached(
            "INSERT INTO area (code, position, name, kind, within, also)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (code) DO UPDATE SET position = ?2, name = ?3, kind = ?4, within = ?5,
               also = ?6
             WHERE ?7 AND (position, name, kind, within, also) IS NOT (?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            area.code,
            position,
            area.name,
            word(area.kind),
            area.within,
            body::text(&area.also)?,
            existing.replaced(),
        ])?;
    change.made(changed);
    Ok(())
}

/// Puts where an outcode lies.
pub(crate) fn put_outcode(
    change: &mut Change<'_>,
    outcode: &OutcodeArea,
    existing: Existing,
) -> rusqlite::Result<()> {
    let changed = change
        .conn()
        .prepare_cached(
            "INSERT INTO outcode (outcode, latitude, longitude, areas) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (outcode) DO UPDATE SET latitude = ?2, longitude = ?3, areas = ?4
             WHERE ?5 AND (latitude, longitude, areas) IS NOT (?2, ?3, ?4)",
        )?
        .execute(params![
            outcode.outcode.as_str(),
            outcode.centre.latitude(),
            outcode.centre.longitude(),
            body::text(&outcode.areas)?,
            existing.replaced(),
        ])?;
    change.made(changed);
    Ok(())
}

/// All areas in the order of their file, and all outcodes.
pub(crate) fn all(conn: &Connection) -> rusqlite::Result<Areas> {
    let sql = format!("SELECT {COLUMNS} FROM area ORDER BY position, code");
    let mut areas = conn.prepare_cached(&sql)?;
    let areas: Vec<Area> = areas.query_map([], from_row)?.collect::<Result<_, _>>()?;
    let sql = format!("SELECT {OUTCODE_COLUMNS} FROM outcode");
    let mut outcodes = conn.prepare_cached(&sql)?;
    let outcodes: Vec<OutcodeArea> = outcodes
        .query_map([], outcode_from_row)?
        .collect::<Result<_, _>>()?;
    Ok(Areas::new(areas, outcodes))
}

/// What [`from_row`] takes.
pub(crate) const COLUMNS: &str = "code, name, kind, within, also";

/// An area from its columns.
pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Area> {
    Ok(Area {
        code: row.get(0)?,
        name: row.get(1)?,
        kind: kind(row, 2)?,
        within: row.get(3)?,
        also: body::read(row, 4)?,
    })
}

/// What [`outcode_from_row`] takes.
pub(crate) const OUTCODE_COLUMNS: &str = "outcode, latitude, longitude, areas";

/// Where an outcode lies, from its columns.
pub(crate) fn outcode_from_row(row: &Row<'_>) -> rusqlite::Result<OutcodeArea> {
    let outcode: Outcode = row
        .get_ref(0)?
        .as_str()?
        .parse()
        .map_err(|error| unreadable(0, error))?;
    Ok(OutcodeArea {
        outcode,
        centre: Point::new(row.get(1)?, row.get(2)?).map_err(|error| unreadable(1, error))?,
        areas: body::read(row, 3)?,
    })
}

fn word(kind: AreaKind) -> &'static str {
    match kind {
        AreaKind::County => "county",
        AreaKind::Borough => "borough",
        AreaKind::Neighbourhood => "neighbourhood",
        AreaKind::Neighbouring => "neighbouring",
    }
}

fn kind(row: &Row<'_>, column: usize) -> rusqlite::Result<AreaKind> {
    let text = row.get_ref(column)?.as_str()?;
    let all = [
        AreaKind::County,
        AreaKind::Borough,
        AreaKind::Neighbourhood,
        AreaKind::Neighbouring,
    ];
    let found = all.into_iter().find(|kind| word(*kind) == text);
    let wrong = || std::io::Error::other(format!("no kind of area: {text}"));
    found.ok_or_else(|| unreadable(column, wrong()))
}
