//! Rows of the staff stream.

use domain::{Boroughs, Item, Kind, Record, RecordId};

use super::standing::Tied;

/// One row, with what decides who may see it.
#[derive(Debug, Clone)]
pub(crate) struct StaffRow {
    /// Its place in the stream.
    pub(crate) cursor: u64,
    /// What it tells.
    pub(crate) what: StaffWhat,
    /// The record itself where it is a service, or services tied to it.
    pub(crate) tied: Vec<Tied>,
}

/// What a row tells.
#[derive(Debug, Clone)]
pub(crate) enum StaffWhat {
    /// An item.
    Item {
        /// The item.
        item: Box<Item>,
        /// The account of its sender.
        account: RecordId,
        /// Boroughs of the record as it would be, where it is not there yet.
        boroughs: Boroughs,
    },
    /// Private members of a record may have changed.
    Private {
        /// The record's kind.
        kind: Kind,
        /// The record.
        record: RecordId,
        /// The sequence at which they last changed.
        version: u64,
        /// The whole record; empty where it was removed.
        body: Record,
    },
}

/// Gives everything in the staff stream a new place, items before private members and each in their
/// order, and lets even an empty stream move, so that the devices of an account hear that it changed.
pub(crate) const TELL_ALL_AGAIN: &str = "
    UPDATE item SET cursor = (SELECT cursor FROM hub) + place
    FROM (SELECT id AS told, row_number() OVER (ORDER BY cursor) AS place FROM item) AS again
    WHERE id = told;
    UPDATE record SET cursor = (SELECT cursor FROM hub) + (SELECT count(*) FROM item) + place
    FROM (SELECT id AS told, kind AS sort, row_number() OVER (ORDER BY cursor) AS place FROM record
          WHERE cursor IS NOT NULL) AS again
    WHERE id = told AND kind = sort;
    UPDATE hub SET cursor = cursor + 1 + (SELECT count(*) FROM item)
      + (SELECT count(*) FROM record WHERE cursor IS NOT NULL);";
