//! `GET /staff?after=N`: what waits, what became of it, private members; to each what they may see.
//! With `&head=TAG` one answer says that neither this stream nor the published one has anything new,
//! so that a desk in step asks once.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{Account, Boroughs, FieldName, Item, ItemSort, Record, Role, private};
use serde::Deserialize;
use serde_json::Value;
use wire::{PrivateMembers, StaffPage, Told};

use super::failure::Failure;
use super::visitor::Paired;
use crate::hub::Hub;
use crate::log::{AccountRow, Log, LogError, StaffRow, StaffWhat, Tied};

/// Rows of a page.
const PAGE: usize = 500;

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    after: u64,
    /// The tag of the head that is known, without its quotation marks.
    head: Option<String>,
}

pub(super) async fn page(
    State(hub): State<Arc<Hub>>,
    Paired(visitor): Paired,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    // Not what this process last heard: a desk asks right after its push was decided, here or there.
    let latest = hub.log.cursor().await?;
    let shown = hub.shown();
    let head = asked.head.as_deref();
    let same_head = head.is_none_or(|tag| tag == shown.tag.trim_matches('"'));
    if asked.after == latest && same_head {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    // A cursor that lies ahead is from before the hub was restored: everything is told again.
    let after = if asked.after > latest { 0 } else { asked.after };
    let rows = hub.log.staff(after, PAGE).await?;
    let more = rows.len() == PAGE;
    let reached = rows.last().map_or(after, |last| last.cursor);
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.extend(told(&*hub.log, &visitor.account, row, after).await?);
    }
    let page = Json(StaffPage {
        told: all,
        cursor: if more { reached } else { reached.max(latest) },
        more,
        epoch: hub.about.epoch,
        account: visitor.account.account.clone(),
        not_understood: 0,
    });
    Ok(([(header::CACHE_CONTROL, "no-store")], page).into_response())
}

/// A row as this account is told of it, if it is, having heard the stream until `after`.
pub(crate) async fn told(
    log: &dyn Log,
    account: &AccountRow,
    row: StaffRow,
    after: u64,
) -> Result<Option<Told>, LogError> {
    let sees = |otherwise: &Boroughs| looks_after(&account.account, &row.tied, otherwise);
    // Whoever looked after it before it moved was told of it, and has to hear that it is theirs no
    // longer. Who that was is not known, so all curators hear it who have heard anything.
    let lets_go = after > 0 && account.account.role == Role::Curator;
    Ok(match row.what {
        StaffWhat::Item { item, boroughs, .. } if sees(&boroughs) => Some(Told::Item(item)),
        StaffWhat::Item {
            item,
            account: sender,
            ..
        } if sender == account.id => {
            let about = log.record(item.kind, item.record).await?;
            Some(Told::Item(match about {
                Some(about) => veiled(item, &about.body),
                None => item,
            }))
        }
        StaffWhat::Private {
            kind,
            record,
            version,
            body,
        } if sees(&Boroughs::Unknown) => Some(Told::Private(PrivateMembers {
            kind,
            record,
            version,
            members: private::members(kind, &body),
        })),
        StaffWhat::Item { item, .. } if lets_go => Some(Told::GoneItem { id: item.id }),
        StaffWhat::Private { kind, record, .. } if lets_go => {
            Some(Told::GonePrivate { kind, record })
        }
        StaffWhat::Item { .. } | StaffWhat::Private { .. } => None,
    })
}

/// An item as its sender is told of it who does not look after its record: their own words, without
/// those of the directory that only curators of the record may see.
fn veiled(mut item: Box<Item>, record: &Record) -> Box<Item> {
    let kind = item.kind;
    if private::hides(kind, record, &FieldName::new("name")) {
        let public = private::public(kind, record);
        let name = public.get("name").and_then(Value::as_str);
        name.unwrap_or_default().clone_into(&mut item.name);
    }
    if let ItemSort::Conflict { fields } = &mut item.sort {
        let each = fields.iter_mut().flat_map(|conflict| &mut conflict.fields);
        for one in each.filter(|one| private::hides(kind, record, &one.field)) {
            (one.base, one.theirs) = (None, None);
        }
    }
    item
}

/// Whether an account looks after a record: by the services that it is or is tied to, or else by
/// these boroughs.
pub(super) fn looks_after(account: &Account, tied: &[Tied], otherwise: &Boroughs) -> bool {
    let boroughs = match tied {
        [] => otherwise.clone(),
        tied => Boroughs::of_services(tied.iter().map(|tied| tied.boroughs.clone())),
    };
    account.may_edit(&boroughs)
}
