//! The Open Referral UK 3.0 API over what is published: read only, for everybody, without a key.
//!
//! Its nine endpoints, and `/organizations` as HSDS has them; every filter that either names. What is
//! answered is as new as the shelf, which follows each publication; its entity tag says of which.

mod answer;
mod ask;
mod stream;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::get;
use domain::RecordId;
use serde_json::json;

use super::failure::Failure;
use crate::shelf::{List, Shelf};
use answer::Answer;
use ask::Asked;

/// The paths of the lists, as the specification spells them.
pub(super) const LISTS: [(&str, List); 5] = [
    ("/services", List::Services),
    ("/service_at_locations", List::AtPlaces),
    ("/organizations", List::Organisations),
    ("/taxonomies", List::Taxonomies),
    ("/taxonomy_terms", List::Terms),
];

/// What the API says that it speaks.
const VERSION: &str = "HSDS-UK-3.0";
const PROFILE: &str = "https://docs.openreferraluk.org/en/latest/";

#[derive(Clone)]
struct Api {
    shelf: Arc<Shelf>,
    list: List,
}

/// The API's routes over this shelf. `public`: the hub's address for others, where it is known.
pub(super) fn routes<S: Clone + Send + Sync + 'static>(
    shelf: &Arc<Shelf>,
    public: Option<String>,
) -> Router<S> {
    let about = get(move |headers: HeaderMap| {
        let address = public.clone();
        async move { about(address.as_deref(), &headers) }
    });
    let mut all = Router::new().route("/", about);
    for (path, list) in LISTS {
        let shelf = Arc::clone(shelf);
        let routes = Router::new()
            .route(path, get(listed))
            .route(&format!("{path}/{{id}}"), get(one))
            .with_state(Api { shelf, list });
        all = all.merge(routes);
    }
    all.layer(map_response(for_everybody))
}

/// Anybody's page may read it: it holds nothing that is not for everybody.
async fn for_everybody(mut answer: Response) -> Response {
    let all = HeaderValue::from_static("*");
    let headers = answer.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, all);
    answer
}

fn not_found() -> Failure {
    Failure::not_found("There is no such record here. It may have been removed.")
}

/// `/`: which version this is, and where it is described.
fn about(public: Option<&str>, headers: &HeaderMap) -> Response {
    let base = public.map_or_else(|| asked_at(headers), str::to_owned);
    let about = json!({
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": format!("{}/openapi.json", base.trim_end_matches('/')),
    });
    // Without an address of its own it repeats what this asker said: nothing for a cache.
    match public {
        Some(_) => Answer::lasting(about.to_string()),
        None => Answer::passing(about.to_string()),
    }
}

/// The address by which somebody asked; what can't be one is not repeated.
fn asked_at(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let is_host = |host: &&str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
        !host.is_empty() && host.len() <= 255 && host.chars().all(fits)
    };
    let host = text(header::HOST).filter(is_host).unwrap_or("localhost");
    let scheme = match text(header::HeaderName::from_static("x-forwarded-proto")) {
        Some("https") => "https",
        _ => "http",
    };
    format!("{scheme}://{host}")
}

async fn listed(
    State(api): State<Api>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let asked = Asked::read(query.as_deref(), &headers, (api.list, api.shelf.areas()))?;
    if let Some(answer) = unchanged(&api.shelf, &headers) {
        return Ok(answer);
    }
    if asked.streams {
        return stream::all(api.shelf, api.list, asked).await;
    }
    let (listed, stands) = api.shelf.list(api.list, asked.question, asked.how).await?;
    Ok(Answer::page(&listed, asked.page).tagged(stands))
}

async fn one(
    State(api): State<Api>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let Ok(id) = id.parse::<RecordId>() else {
        return Err(not_found());
    };
    let full = ask::full_service(query.as_deref())?;
    if let Some(answer) = unchanged(&api.shelf, &headers) {
        return Ok(answer);
    }
    match api.shelf.one(api.list, id, full).await? {
        (Some(document), stands) => Ok(Answer::json(document.to_string()).tagged(stands)),
        (None, _stands) => Err(not_found()),
    }
}

/// The answer to somebody who has what the shelf says now.
fn unchanged(shelf: &Shelf, headers: &HeaderMap) -> Option<Response> {
    let stands = shelf.stands()?;
    let tag = answer::tag(stands);
    let known = headers.get(header::IF_NONE_MATCH)?.to_str().ok()?;
    let mut known = known
        .split(',')
        .map(|one| one.trim().trim_start_matches("W/"));
    known
        .any(|one| one == tag || one == "*")
        .then(|| Answer::unchanged(stands))
}
