//! Errors as they are answered: `{"code", "message"}` with the right status.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::log::LogError;

/// Why a request was not done.
#[derive(Debug)]
pub(crate) struct Failure {
    status: StatusCode,
    code: &'static str,
    message: String,
    /// After how many seconds to ask again.
    after: Option<u64>,
}

impl Failure {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            after: None,
        }
    }

    /// It can't be read as what it should be.
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", message)
    }

    /// The device is not, or no longer, paired.
    pub(crate) fn not_paired() -> Self {
        let message = "This device is not paired with the hub, or no longer: its account is closed, \
                       or the device was taken out.";
        Self::new(StatusCode::UNAUTHORIZED, "not_paired", message)
    }

    /// The code does not fit.
    pub(crate) fn wrong_code() -> Self {
        let message = "This code is wrong, was used already, or is older than ten minutes.";
        Self::new(StatusCode::FORBIDDEN, "wrong_code", message)
    }

    /// There is no such thing.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", message)
    }

    /// More than is taken at once.
    pub(crate) fn too_large(message: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
    }

    /// It took too long to come in.
    pub(crate) fn too_slow() -> Self {
        let message = "The request took too long. Send less at once, and try again.";
        Self::new(StatusCode::REQUEST_TIMEOUT, "too_slow", message)
    }

    /// Too often.
    pub(crate) fn slow_down(after: u64) -> Self {
        let message = format!("Too much was asked for at once. Ask again after {after} seconds.");
        Self {
            after: Some(after),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, "slow_down", message)
        }
    }
}

impl From<LogError> for Failure {
    fn from(error: LogError) -> Self {
        match &error {
            LogError::Busy(_) => Self {
                after: Some(2),
                ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", error.to_string())
            },
            LogError::Full(_)
            | LogError::Damaged(_)
            | LogError::Newer { .. }
            | LogError::Folder { .. }
            | LogError::NameTaken
            | LogError::Other(_) => {
                tracing::error!(%error, "a request failed");
                let message = "The hub could not do this. Its log says why; try again later.";
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message)
            }
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let body = Json(json!({ "code": self.code, "message": self.message }));
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(after) = self.after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(after));
        }
        response
    }
}
