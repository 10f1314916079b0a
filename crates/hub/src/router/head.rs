//! `GET /head`: where the published stream stands. What a desk in step asks for again and again, so
//! nothing is sent that is not needed.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::hub::Hub;

/// A cache may answer for so long.
const FRESH: HeaderValue = HeaderValue::from_static("max-age=15");

pub(super) async fn head(State(hub): State<Arc<Hub>>, asked: HeaderMap) -> Response {
    let shown = hub.shown();
    let known = asked.get_all(header::IF_NONE_MATCH).iter();
    let mut tags = known
        .filter_map(|value| value.to_str().ok())
        .flat_map(|tags| tags.split(','));
    let same = tags.any(|tag| {
        let tag = tag.trim();
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == shown.tag
    });
    let mut response = match same {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => {
            let json = [(header::CONTENT_TYPE, "application/json")];
            (json, shown.head.clone()).into_response()
        }
    };
    let headers = response.headers_mut();
    let tag = HeaderValue::from_str(&shown.tag).ok();
    headers.extend(tag.map(|tag| (header::ETAG, tag)));
    headers.insert(header::CACHE_CONTROL, FRESH);
    response
}
