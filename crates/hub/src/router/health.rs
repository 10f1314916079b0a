//! `GET /health`: the process runs. `GET /ready`: it can do its work.

use std::sync::Arc;

use axum::extract::State;

use super::failure::Failure;
use crate::hub::Hub;
use crate::log::LogError;

pub(super) async fn health() -> &'static str {
    "ok\n"
}

pub(super) async fn ready(State(hub): State<Arc<Hub>>) -> Result<&'static str, Failure> {
    if *hub.stopping.borrow() {
        return Err(LogError::Busy("it stops".to_owned()).into());
    }
    hub.log.ready().await?;
    Ok("ready\n")
}
