//! The staff stream: what waits for curators, what became of one's own, private members. For one
//! account only, never part of the published stream.

use domain::{Account, Item, Kind, Record, RecordId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Answer to `GET /staff?after=N`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Said")]
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
    /// How much of it this version does not understand: passed over, or read in part.
    #[serde(skip)]
    pub not_understood: usize,
}

/// A page as it comes: what is told is read one by one, so that what a newer hub tells takes none of
/// the rest with it.
#[derive(Deserialize)]
struct Said {
    told: Vec<Value>,
    cursor: u64,
    more: bool,
    epoch: u64,
    account: Account,
}

impl From<Said> for StaffPage {
    fn from(said: Said) -> Self {
        let all = said.told.len();
        let mut whole = 0;
        let read = |one: Value| {
            let told = Told::deserialize(&one).ok()?;
            whole += usize::from(serde_json::to_value(&told).is_ok_and(|said| said == one));
            Some(told)
        };
        let told: Vec<Told> = said.told.into_iter().filter_map(read).collect();
        Self {
            not_understood: all - whole,
            told,
            cursor: said.cursor,
            more: said.more,
            epoch: said.epoch,
            account: said.account,
        }
    }
}

/// One thing that is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "snake_case")]
pub enum Told {
    /// An item, new or changed.
    Item(Box<Item>),
    /// Private members of a record, whole.
    Private(PrivateMembers),
    /// An item that this account does not look after, or no longer: it is not kept.
    GoneItem {
        /// The item.
        id: RecordId,
    },
    /// A record that this account does not look after, or no longer: its private members are not kept.
    GonePrivate {
        /// The record's kind.
        kind: Kind,
        /// The record.
        record: RecordId,
    },
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_newer_hub_tells_is_passed_over_alone() {
        let id = RecordId::named("a record");
        let item = |sort: &str, state: &str| {
            json!({"told": "item", "id": id, "cursor": 1, "kind": "service", "record": id,
                "name": "Choir", "sort": {"sort": sort, "text": "x"},
                "from": {"account": "A", "device": id, "sequence": 1, "claimed_at": ""},
                "at": "", "state": {"state": state}})
        };
        let private = |kind: &str| json!({"told": "private", "kind": kind, "record": id, "version": 1, "members": {}});
        let mut urgent = item("flag", "open");
        urgent["sort"]["urgent"] = json!(true);
        let mut kept = item("flag", "open");
        kept["seen_by"] = json!(["A"]);
        let told = [
            urgent,
            kept,
            item("flag", "open"),
            item("question", "open"),
            item("flag", "postponed"),
            private("place"),
            private("event"),
            json!({"told": "weather"}),
            json!(7),
        ];
        let page = json!({"told": told, "cursor": 9, "more": false, "epoch": 1,
            "account": {"name": "A", "role": "reviewer", "boroughs": []}});
        let page: StaffPage = serde_json::from_str(&page.to_string()).unwrap();
        assert_eq!((page.told.len(), page.not_understood), (4, 6));
        let again: StaffPage =
            serde_json::from_str(&serde_json::to_string(&page).unwrap()).unwrap();
        assert_eq!((again.told, again.not_understood), (page.told, 0));
    }
}
