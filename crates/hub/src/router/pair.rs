//! `POST /pair`: a device joins by a code.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use wire::{Code, JoinAnswer, JoinRequest};

use super::failure::Failure;
use super::visitor::Whence;
use crate::hub::Hub;
use crate::log::NewDevice;
use crate::pairing::new_id;

/// Letters of a device's name.
const LONGEST_NAME: usize = 100;

pub(super) async fn pair(
    State(hub): State<Arc<Hub>>,
    Whence(from): Whence,
    body: Result<Json<JoinRequest>, JsonRejection>,
) -> Result<Json<JoinAnswer>, Failure> {
    let now = (hub.clock)();
    hub.limits.may_try(from, now).map_err(Failure::slow_down)?;
    let Json(asked) = body.map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::too_large("Too much was sent to join with."),
        _ => Failure::bad_request(error.body_text()),
    })?;
    let wrong = || {
        hub.limits.tried(from, now);
        Failure::wrong_code()
    };
    let code: Code = asked.code.parse().map_err(|_badly_typed| wrong())?;
    let device = NewDevice {
        id: new_id()?,
        name: asked.device_name.chars().take(LONGEST_NAME).collect(),
        key_hash: asked.key_hash,
    };
    let visitor = hub.log.pair(code, device, now).await?.ok_or_else(wrong)?;
    let account = visitor.account.account.clone();
    tracing::info!(device = %visitor.device.id, account = account.name, "a device joined");
    Ok(Json(JoinAnswer {
        info: hub.info(),
        device: visitor.device.id,
        account,
    }))
}
