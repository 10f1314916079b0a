//! The staff stream: what waits for curators, what became of one's own, private members. For one
//! account only, never part of the published stream.

use domain::{Account, Item, Kind, Record, RecordId};
use serde::{Deserialize, Serialize};

/// Answer to `GET /staff?after=N`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StaffPage {
    /// What changed after N, in order: at most 500.
    pub told: Vec<Told>,
    /// Where to go on from.
    pub cursor: u64,
    /// True when there is more.
    pub more: bool,
    /// The epoch.
    pub epoch: u64,
    /// The account as it is now.
    pub account: Account,
}

/// One thing that is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "snake_case")]
pub enum Told {
    /// An item, new or changed.
    Item(Box<Item>),
    /// Private members of a record, whole.
    Private(PrivateMembers),
}

/// What of a record only its curators are told: notes for staff, a home address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PrivateMembers {
    /// The record's kind.
    pub kind: Kind,
    /// The record.
    pub record: RecordId,
    /// The sequence at which they last changed.
    pub version: u64,
    /// Members by their path (`signpost.internal`, `addresses`); empty: none any more.
    pub members: Record,
}
