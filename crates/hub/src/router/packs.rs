//! `GET /manifests/<hash>` and `GET /packs/<hash>`: named by what they hold, so they never change.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use wire::{BadHash, Hash};

use super::failure::Failure;
use crate::hub::Hub;
use crate::shown::packed;

/// For ever.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

pub(super) async fn manifest(
    State(hub): State<Arc<Hub>>,
    Path(name): Path<String>,
    asked: HeaderMap,
) -> Result<Response, Failure> {
    let hash = named(&name)?;
    let shown = hub.shown();
    let unpacks = asked.get(header::ACCEPT_ENCODING);
    let unpacks = unpacks.and_then(|value| value.to_str().ok());
    let unpacks = unpacks.is_some_and(|ways| ways.contains("gzip"));
    let (text, gzip) = if shown.manifest == hash {
        (shown.manifest_text.clone(), shown.manifest_packed.clone())
    } else {
        let found = hub.log.manifest(hash).await?;
        let text = Bytes::from(found.ok_or_else(|| gone("manifest"))?);
        let gzip = if unpacks { packed(&text) } else { Bytes::new() };
        (text, gzip)
    };
    let told = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, FOR_EVER),
        (header::VARY, "accept-encoding"),
    ];
    Ok(if unpacks && !gzip.is_empty() {
        (told, [(header::CONTENT_ENCODING, "gzip")], gzip).into_response()
    } else {
        (told, text).into_response()
    })
}

pub(super) async fn pack(
    State(hub): State<Arc<Hub>>,
    Path(name): Path<String>,
) -> Result<Response, Failure> {
    let hash = named(&name)?;
    let bytes = match hub.recent.pack(hash) {
        Some(bytes) => bytes,
        None => {
            let found = hub.log.pack(hash).await?;
            let bytes = Bytes::from(found.ok_or_else(|| gone("pack"))?);
            hub.recent.keep(hash, &bytes);
            bytes
        }
    };
    let told = [
        (header::CONTENT_TYPE, "application/zstd"),
        (header::CACHE_CONTROL, FOR_EVER),
    ];
    Ok((told, bytes).into_response())
}

fn named(name: &str) -> Result<Hash, Failure> {
    name.parse()
        .map_err(|error: BadHash| Failure::not_found(error.to_string()))
}

fn gone(what: &str) -> Failure {
    Failure::not_found(format!(
        "There is no such {what}, or no longer. Ask for /head again."
    ))
}
