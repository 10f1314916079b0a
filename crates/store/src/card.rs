//! Services as lists, the index and the detail pane read them: with organisation and places.

use domain::{Organisation, Place, RecordId, Service};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::body::{self, key};
use crate::{PlaceBrief, organisation, place};

/// A service with what a list and the index need beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Its row: stays the same for as long as the service is there, and never means another one.
    pub row: i64,
    /// The service.
    pub service: Service,
    /// The name of its organisation, where that is here.
    pub organisation: Option<String>,
    /// Its places, as far as they are here, in its order.
    pub places: Vec<PlaceBrief>,
}

/// A service with everything that is known around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its row.
    pub row: i64,
    /// The service.
    pub service: Service,
    /// Its organisation, where that is here.
    pub organisation: Option<Organisation>,
    /// Its places, as far as they are here, in its order.
    pub places: Vec<Place>,
}

/// The cards after this row, in row order.
pub(crate) fn page(conn: &Connection, after: i64, limit: usize) -> rusqlite::Result<Vec<Card>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut select = conn.prepare_cached(
        "SELECT service.row, service.body, organisation.name FROM service
         LEFT JOIN organisation ON organisation.id = service.organisation
         WHERE service.row > ?1 ORDER BY service.row LIMIT ?2",
    )?;
    let cards = select.query_map([after, limit], bare)?;
    let mut cards: Vec<Card> = cards.collect::<Result<_, _>>()?;
    let Some(last) = cards.last().map(|card| card.row) else {
        return Ok(cards);
    };
    let mut briefs = place::briefs(conn, after.saturating_add(1), last)?
        .into_iter()
        .peekable();
    for card in &mut cards {
        while let Some((_, brief)) = briefs.next_if(|(row, _)| *row == card.row) {
            card.places.push(brief);
        }
    }
    Ok(cards)
}

/// The cards of these rows in their order; rows that are no more are left out.
pub(crate) fn of_rows(conn: &Connection, rows: &[i64]) -> rusqlite::Result<Vec<Card>> {
    let mut select = conn.prepare_cached(
        "SELECT service.row, service.body, organisation.name FROM service
         LEFT JOIN organisation ON organisation.id = service.organisation
         WHERE service.row = ?1",
    )?;
    let mut cards = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(mut card) = select.query_row([row], bare).optional()? else {
            continue;
        };
        if !card.service.service_at_locations.is_empty() {
            let briefs = place::briefs(conn, *row, *row)?;
            card.places = briefs.into_iter().map(|(_, brief)| brief).collect();
        }
        cards.push(card);
    }
    Ok(cards)
}

/// The whole entry of a service.
pub(crate) fn entry(conn: &Connection, id: &RecordId) -> rusqlite::Result<Option<Entry>> {
    let found: Option<(i64, Service)> = conn
        .prepare_cached("SELECT row, body FROM service WHERE id = ?1")?
        .query_row(params![key(id)], |row| {
            Ok((row.get(0)?, body::read(row, 1)?))
        })
        .optional()?;
    let Some((row, service)) = found else {
        return Ok(None);
    };
    let organisation = match service.organisation() {
        Some(id) => organisation::get(conn, &id)?,
        None => None,
    };
    let places = place::of_service(conn, row)?;
    Ok(Some(Entry {
        row,
        service,
        organisation,
        places,
    }))
}

fn bare(row: &Row<'_>) -> rusqlite::Result<Card> {
    Ok(Card {
        row: row.get(0)?,
        service: body::read(row, 1)?,
        organisation: row.get(2)?,
        places: Vec::new(),
    })
}
