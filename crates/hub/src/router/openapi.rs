//! `/openapi.json`: everything that this hub answers, described as OpenAPI 3.1.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

/// The description, with no version yet.
const DESCRIPTION: &str = include_str!("openapi.json");

/// The description, of this version.
pub(super) async fn openapi() -> Response {
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let text = DESCRIPTION.replacen("\"version\": \"\"", &version, 1);
    let mut answer = Body::from(text).into_response();
    let headers = answer.headers_mut();
    let _none = headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    let _none = headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    answer
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use serde_json::Value;

    use super::*;

    /// The paths that the sources of the router name.
    fn routed(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                routed(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
                found.extend(
                    code.split(".route(\"")
                        .skip(1)
                        .map(|rest| rest.split('"').next().unwrap().to_owned()),
                );
            }
        }
    }

    #[test]
    fn every_route_is_described_and_nothing_else() {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut found = BTreeSet::new();
        routed(&sources.join("router"), &mut found);
        let main = std::fs::read_to_string(sources.join("router.rs")).unwrap();
        found.extend(
            main.split(".route(\"")
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap().to_owned()),
        );
        for (path, _list) in crate::router::oruk::LISTS {
            found.insert(path.to_owned());
            found.insert(format!("{path}/{{id}}"));
        }
        let description: Value = serde_json::from_str(DESCRIPTION).unwrap();
        let described = description["paths"].as_object().unwrap();
        let described: BTreeSet<String> = described.keys().cloned().collect();
        assert_eq!(found, described);
    }
}
