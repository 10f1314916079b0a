//! `GET /live`: server-sent events that carry the published sequence, and nothing else.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use tokio::sync::watch;

use crate::hub::Hub;

/// How often something is sent where nothing happens, so that proxies keep the connection.
const ALIVE: Duration = Duration::from_secs(25);

/// A listener, and whether it was told where things stand.
struct Listener {
    sequence: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
    greeted: bool,
}

pub(super) async fn live(State(hub): State<Arc<Hub>>) -> Response {
    let listener = Listener {
        sequence: hub.sequence.subscribe(),
        stopping: hub.stopping.clone(),
        greeted: false,
    };
    let events = unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok::<Bytes, Infallible>(event), listener))
    });
    let told = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (
        told,
        [("x-accel-buffering", "no")],
        Body::from_stream(events),
    )
        .into_response()
}

impl Listener {
    async fn next(&mut self) -> Option<Bytes> {
        if !std::mem::replace(&mut self.greeted, true) {
            return Some(self.event());
        }
        tokio::select! {
            _ = self.stopping.wait_for(|stops| *stops) => return None,
            changed = self.sequence.changed() => changed.ok()?,
            () = tokio::time::sleep(ALIVE) => return Some(Bytes::from_static(b":\n\n")),
        }
        Some(self.event())
    }

    fn event(&mut self) -> Bytes {
        let sequence = *self.sequence.borrow_and_update();
        Bytes::from(format!("data: {sequence}\n\n"))
    }
}
