//! What a batch has done to one record, as far as others have to be told.

use domain::{Areas, Boroughs, Kind, Record, RecordId, private};
use serde_json::Value;

use crate::log::Stored;

/// What one record was before the batch, and what has moved since.
pub(super) struct Touched {
    pub(super) boroughs_before: Option<Boroughs>,
    pub(super) digest_before: Option<[u8; 8]>,
    pub(super) private_moved: bool,
    pub(super) ties_before: Vec<RecordId>,
    pub(super) there_before: bool,
}

impl Touched {
    pub(super) fn first(kind: Kind, before: Option<&Stored>, areas: &Areas) -> Self {
        let is_service = kind == Kind::Service;
        let service = before.filter(|_| is_service);
        Self {
            boroughs_before: service.map(|before| Boroughs::of_service(&before.body, areas)),
            digest_before: before.map(|before| before.digest),
            there_before: before.is_some_and(|before| !before.removed),
            private_moved: false,
            ties_before: before
                .map(|before| ties(kind, &before.body))
                .unwrap_or_default(),
        }
    }
}

/// Private members of a record as it was.
pub(super) fn hidden(kind: Kind, before: Option<&Stored>) -> Record {
    before
        .map(|before| shown(kind, &before.body, before.removed))
        .unwrap_or_default()
}

/// Private members of a record; a removed one has none.
pub(super) fn shown(kind: Kind, record: &Record, removed: bool) -> Record {
    match removed {
        true => Record::new(),
        false => private::members(kind, record),
    }
}

/// The organisation and places that a service names.
pub(super) fn ties(kind: Kind, record: &Record) -> Vec<RecordId> {
    if kind != Kind::Service {
        return Vec::new();
    }
    let id = |value: Option<&Value>| value.and_then(Value::as_str)?.parse::<RecordId>().ok();
    let named = |of: &dyn Fn(&str) -> Option<Value>, key: &str, held: &str| {
        id(of(key).as_ref()).or_else(|| id(of(held)?.get("id")))
    };
    let service = |member: &str| record.get(member).cloned();
    let mut ties: Vec<RecordId> = named(&service, "organization_id", "organization")
        .into_iter()
        .collect();
    let places = record.get("service_at_locations").and_then(Value::as_array);
    for tie in places.into_iter().flatten() {
        let of = |member: &str| tie.get(member).cloned();
        ties.extend(named(&of, "location_id", "location"));
    }
    ties.sort_unstable();
    ties.dedup();
    ties
}
