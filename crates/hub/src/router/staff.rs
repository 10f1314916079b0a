//! `GET /staff?after=N`: what waits, what became of it, private members; to each what they may see.
//! With `&head=TAG` one answer says that neither this stream nor the published one has anything new,
//! so that a desk in step asks once.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{Account, Boroughs, private};
use serde::Deserialize;
use wire::{PrivateMembers, StaffPage, Told};

use super::failure::Failure;
use super::visitor::Paired;
use crate::hub::Hub;
use crate::log::{AccountRow, StaffRow, StaffWhat, Tied};

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
    let told = rows
        .into_iter()
        .filter_map(|row| told(&visitor.account, row));
    let page = Json(StaffPage {
        told: told.collect(),
        cursor: if more { reached } else { reached.max(latest) },
        more,
        epoch: hub.about.epoch,
        account: visitor.account.account.clone(),
        not_understood: 0,
    });
    Ok(([(header::CACHE_CONTROL, "no-store")], page).into_response())
}

/// A row as this account is told of it, if it is.
pub(crate) fn told(account: &AccountRow, row: StaffRow) -> Option<Told> {
    let sees = |otherwise: &Boroughs| looks_after(&account.account, &row.tied, otherwise);
    match row.what {
        StaffWhat::Item {
            item,
            account: sender,
            boroughs,
        } => (sender == account.id || sees(&boroughs)).then_some(Told::Item(item)),
        StaffWhat::Private {
            kind,
            record,
            version,
            body,
        } => sees(&Boroughs::Unknown).then(|| {
            Told::Private(PrivateMembers {
                kind,
                record,
                version,
                members: private::members(kind, &body),
            })
        }),
    }
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
