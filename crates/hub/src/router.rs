//! What the hub answers: one resource a file.

mod failure;
mod head;
mod health;
mod history;
mod info;
mod live;
pub(crate) mod metrics;
mod openapi;
mod operations;
mod oruk;
mod packs;
mod pair;
mod staff;
mod visitor;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::hub::Hub;
use failure::Failure;
#[cfg(test)]
pub(crate) use staff::told;
use wire::push::LARGEST_PUSH;

/// Bytes of a body at most, but for pushes.
const LARGEST_BODY: usize = 64 * 1024;

/// Until a request has come in whole and is answered; what is sent then may take longer.
const LONGEST_REQUEST: Duration = Duration::from_secs(300);

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// All resources. `public`: the hub's address for others, where it is known.
pub(crate) fn router(hub: Arc<Hub>, public: Option<String>) -> Router {
    let push = post(operations::push).layer(DefaultBodyLimit::max(LARGEST_PUSH));
    Router::new()
        .route("/head", get(head::head))
        .route("/manifests/{hash}", get(packs::manifest))
        .route("/packs/{hash}", get(packs::pack))
        .route("/hub", get(info::info))
        .route("/pair", post(pair::pair))
        .route("/operations", push)
        .route("/staff", get(staff::page))
        .route("/history/{kind}/{id}", get(history::history))
        .route("/live", get(live::live))
        .route("/health", get(health::health))
        .route("/ready", get(health::ready))
        .route("/metrics", get(metrics::metrics))
        .route("/openapi.json", get(openapi::openapi))
        .merge(oruk::routes(&hub.shelf, public))
        .fallback(missing)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(Arc::clone(&hub), limited))
        .layer(from_fn_with_state(Arc::clone(&hub), metrics::count))
        .with_state(hub)
}

async fn limited(State(hub): State<Arc<Hub>>, request: Request, next: Next) -> Response {
    let from = request.extensions().get::<Peer>().map(|peer| peer.0);
    let asked = from.map_or(Ok(()), |from| hub.limits.request(from, (hub.clock)()));
    if let Err(after) = asked {
        return Failure::slow_down(after).into_response();
    }
    match tokio::time::timeout(LONGEST_REQUEST, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::too_slow().into_response(),
    }
}

async fn missing() -> Failure {
    Failure::not_found("There is nothing at this address.")
}
