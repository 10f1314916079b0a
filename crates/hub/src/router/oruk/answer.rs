//! Answers of the API.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::shelf::{Listed, Stands};

/// For how long others may keep an answer before they ask again.
const CACHE: HeaderValue = HeaderValue::from_static("public, max-age=15");
/// The same, where the answer changes with the program only.
const CACHE_LONG: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// Which page was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    /// Its number, from 1.
    pub(super) number: u64,
    /// How many documents it may hold.
    pub(super) most: u64,
}

/// An answer under way.
pub(super) struct Answer(Response);

impl Answer {
    /// JSON.
    pub(super) fn json(text: String) -> Self {
        Self(with_type(Body::from(text), "application/json"))
    }

    /// JSON that changes with the program only.
    pub(super) fn lasting(text: String) -> Response {
        let Self(mut answer) = Self::json(text);
        let _none = answer
            .headers_mut()
            .insert(header::CACHE_CONTROL, CACHE_LONG);
        answer
    }

    /// JSON for this asker alone.
    pub(super) fn passing(text: String) -> Response {
        let Self(mut answer) = Self::json(text);
        let never = HeaderValue::from_static("no-store");
        let _none = answer.headers_mut().insert(header::CACHE_CONTROL, never);
        answer
    }

    /// A page of a list.
    pub(super) fn page(listed: &Listed, page: Page) -> Self {
        let pages = listed.total.div_ceil(page.most.max(1)).max(1);
        let body = json!({
            "total_items": listed.total,
            "total_pages": pages,
            "page_number": page.number,
            "size": listed.documents.len(),
            "first_page": page.number == 1,
            "last_page": page.number >= pages,
            "empty": listed.documents.is_empty(),
            "contents": listed.documents,
        });
        Self::json(body.to_string())
    }

    /// One document a line.
    pub(super) fn lines(body: Body) -> Self {
        Self(with_type(body, "application/x-ndjson"))
    }

    /// With what it was read from.
    pub(super) fn tagged(self, stands: Stands) -> Response {
        let Self(mut answer) = self;
        let headers = answer.headers_mut();
        if let Ok(tag) = HeaderValue::try_from(tag(stands)) {
            let _none = headers.insert(header::ETAG, tag);
        }
        let _none = headers.insert(header::CACHE_CONTROL, CACHE);
        // The same address is answered in two forms.
        let _none = headers.insert(header::VARY, HeaderValue::from_static("accept"));
        answer
    }

    /// Nothing has changed since.
    pub(super) fn unchanged(stands: Stands) -> Response {
        let mut answer = Self(Body::empty().into_response()).tagged(stands);
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        answer
    }
}

/// Names what was answered: another one after each publication, and with another version of the hub.
pub(super) fn tag(stands: Stands) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!("\"{version}-{}-{}\"", stands.epoch, stands.sequence)
}

fn with_type(body: Body, kind: &'static str) -> Response {
    let mut answer = body.into_response();
    let headers = answer.headers_mut();
    let _none = headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}
