//! `GET /history/<kind>/<id>`: the accepted changes of a record, for whoever may write.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use domain::{Boroughs, FieldChange, Kind, ParseIdError, RecordId, ValueChange, private};
use wire::{History, PastChange};

use super::failure::Failure;
use super::staff::looks_after;
use super::visitor::Paired;
use crate::clock;
use crate::hub::Hub;
use crate::log::ChangeRow;

/// Changes that are told.
const MOST: usize = 500;

pub(super) async fn history(
    State(hub): State<Arc<Hub>>,
    Paired(visitor): Paired,
    Path((kind, id)): Path<(String, String)>,
) -> Result<Json<History>, Failure> {
    let kind = Kind::named(&kind);
    let kind = kind.ok_or_else(|| Failure::not_found("Kinds are service, organisation, place."))?;
    let id: RecordId = id
        .parse()
        .map_err(|error: ParseIdError| Failure::not_found(error.to_string()))?;
    let stored = hub.log.record(kind, id).await?;
    let stored = stored.ok_or_else(|| Failure::not_found("The hub has no such record."))?;
    let tied = hub.log.tied(kind, id).await?;
    let sees_all = looks_after(&visitor.account.account, &tied, &Boroughs::Unknown);
    let rows = hub.log.history(kind, id, MOST).await?;
    // Where somebody's home is may stand in any field, in the years before it was said to be one too.
    let is_home = kind == Kind::Place
        && (!private::members(kind, &stored.body).is_empty()
            || rows
                .iter()
                .flat_map(|row| &row.changes)
                .any(is_about_privacy));
    let told = |row: ChangeRow| PastChange {
        sequence: row.sequence,
        at: clock::text(row.at),
        by: row.by,
        claimed_at: row.claimed_at,
        act: row.act.into_owned(),
        changes: match sees_all {
            true => row.changes,
            false => {
                let changes = row.changes.into_iter();
                changes
                    .map(|change| veiled(kind, is_home, change))
                    .collect()
            }
        },
        note: row.note,
    };
    Ok(Json(History {
        changes: rows.into_iter().map(told).collect(),
        epoch: hub.about.epoch,
    }))
}

fn is_about_privacy(change: &FieldChange) -> bool {
    change.field.as_str() == "signpost.private"
}

/// A change without values that only curators of the record may see.
fn veiled(kind: Kind, is_home: bool, change: FieldChange) -> FieldChange {
    let hidden = match kind {
        Kind::Service => change.field.as_str() == "signpost.internal",
        Kind::Organisation => false,
        Kind::Place => is_home,
    };
    if !hidden {
        return change;
    }
    FieldChange {
        field: change.field,
        what: ValueChange::Value {
            old: None,
            new: None,
        },
    }
}
