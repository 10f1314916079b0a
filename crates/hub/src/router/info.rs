//! `GET /hub`: what the hub is.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use wire::HubInfo;

use crate::hub::Hub;

pub(super) async fn info(State(hub): State<Arc<Hub>>) -> Json<HubInfo> {
    Json(hub.info())
}
