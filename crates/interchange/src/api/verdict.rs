//! What an answer is worth: data, or a refusal of a kind, and whether to ask again.

use std::time::Duration;

use serde::de::IgnoredAny;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;
use ureq::http::{HeaderMap, HeaderName, Uri, header};

use super::wire::{Answer, Fault};

/// JSON that came back.
#[derive(Debug)]
pub(super) struct Data {
    /// Where it was found in the end.
    pub(super) uri: Uri,
    pub(super) text: String,
}

/// No data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) kind: Kind,
    /// Why, and what to do, to be put after the address.
    pub(super) why: String,
}

/// The kinds of refusal that are handled apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// There is no such thing there.
    Gone,
    /// What is there can't be taken, now or later.
    Unfit,
    /// It is not for everybody, or the network is in between.
    Denied,
    /// A fault over there, which may pass.
    Passing,
    /// Nothing more is to be had for now.
    Away,
}

/// What to do about an answer.
#[derive(Debug)]
pub(super) enum Verdict {
    Take(Data),
    Refuse(Refusal),
    /// Ask again, after the wait that was asked for; a refusal when it was asked often enough.
    Again(Refusal, Option<Duration>),
}

/// Judges what came back.
pub(super) fn judge(answer: Result<Answer, Fault>) -> Verdict {
    let answer = match answer {
        Ok(answer) => answer,
        Err(Fault::Unreachable(why)) => return again(Kind::Away, why),
        Err(Fault::Broken(why)) => return again(Kind::Passing, why),
        Err(Fault::Unfit(why)) => return refuse(Kind::Unfit, why),
    };
    let status = answer.status;
    match status {
        200..=299 => data(answer),
        429 => {
            let why = "asks not to be asked so often; go on later".to_owned();
            Verdict::Again(
                Refusal {
                    kind: Kind::Away,
                    why,
                },
                asked_wait(&answer.headers),
            )
        }
        404 | 405 | 410 | 501 => refuse(
            Kind::Gone,
            format!("has nothing there (error {status}); check the address"),
        ),
        401 | 403 | 407 | 511 => refuse(
            Kind::Denied,
            format!("lets only people in who sign in or have a key (error {status})"),
        ),
        408 | 425 | 500..=599 => {
            let why = format!("answered with a fault of its own (error {status}); try later");
            let wait = asked_wait(&answer.headers);
            Verdict::Again(
                Refusal {
                    kind: Kind::Passing,
                    why,
                },
                wait,
            )
        }
        _ => refuse(
            Kind::Unfit,
            format!("refused what it was asked (error {status}); check the address"),
        ),
    }
}

fn data(answer: Answer) -> Verdict {
    let kind = answer.headers.get(header::CONTENT_TYPE);
    let page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let Ok(text) = String::from_utf8(answer.body) else {
        return refuse(Kind::Unfit, "sent letters that are not UTF-8".to_owned());
    };
    let text = text
        .strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text);
    match serde_json::from_str::<IgnoredAny>(&text) {
        Ok(_) => Verdict::Take(Data {
            uri: answer.uri,
            text,
        }),
        Err(_) if page || text.trim_start().starts_with('<') => refuse(
            Kind::Denied,
            "answered with a web page, not with data: check the address; or the network asks \
             to sign in, which a web browser shows"
                .to_owned(),
        ),
        Err(error) if error.is_eof() => again(
            Kind::Passing,
            "broke off in the middle; try later".to_owned(),
        ),
        Err(error) => refuse(Kind::Unfit, format!("sent what is not JSON ({error})")),
    }
}

fn refuse(kind: Kind, why: String) -> Verdict {
    Verdict::Refuse(Refusal { kind, why })
}

fn again(kind: Kind, why: String) -> Verdict {
    Verdict::Again(Refusal { kind, why }, None)
}

/// The wait that `Retry-After` asks for: seconds, or a time to be set against the server's own.
fn asked_wait(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
    let after = text(header::RETRY_AFTER)?;
    if let Ok(seconds) = after.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = OffsetDateTime::parse(after, &Rfc2822).ok()?;
    let now = OffsetDateTime::parse(text(header::DATE)?, &Rfc2822).ok()?;
    Some(Duration::try_from(then - now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use ureq::http::{HeaderMap, HeaderValue};

    use super::{Kind, Verdict, asked_wait, judge};
    use crate::api::wire::Answer;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        headers
    }

    fn told(status: u16, kind: &'static str, body: &[u8]) -> (Kind, bool) {
        let answer = Answer {
            uri: "http://localhost/services".parse().unwrap(),
            status,
            headers: headers(&[("content-type", kind)]),
            body: body.to_vec(),
        };
        match judge(Ok(answer)) {
            Verdict::Take(data) => panic!("taken: {}", data.text),
            Verdict::Refuse(refusal) => (refusal.kind, false),
            Verdict::Again(refusal, _) => (refusal.kind, true),
        }
    }

    #[test]
    fn a_wait_is_seconds_or_a_time() {
        let date = ("date", "Wed, 21 Oct 2015 07:28:00 GMT");
        let minute = Some(Duration::from_secs(60));
        assert_eq!(asked_wait(&headers(&[("retry-after", " 60")])), minute);
        let then = ("retry-after", "Wed, 21 Oct 2015 07:29:00 GMT");
        assert_eq!(asked_wait(&headers(&[date, then])), minute);
        assert_eq!(asked_wait(&headers(&[then])), None);
        let past = ("retry-after", "Wed, 21 Oct 2015 07:27:00 GMT");
        assert_eq!(asked_wait(&headers(&[date, past])), Some(Duration::ZERO));
        assert_eq!(asked_wait(&headers(&[("retry-after", "-1")])), None);
        assert_eq!(asked_wait(&headers(&[("retry-after", "soon")])), None);
    }

    #[test]
    fn what_may_pass_is_asked_again_and_nothing_else() {
        for (status, kind, body, expected) in [
            (404, "", &b""[..], (Kind::Gone, false)),
            (403, "", b"", (Kind::Denied, false)),
            (429, "", b"", (Kind::Away, true)),
            (503, "", b"", (Kind::Passing, true)),
            (418, "", b"", (Kind::Unfit, false)),
            (304, "", b"", (Kind::Unfit, false)),
            (
                200,
                "text/html; charset=utf-8",
                b"Sign in",
                (Kind::Denied, false),
            ),
            (200, "", b" <!doctype html>", (Kind::Denied, false)),
            (200, "application/json", b"{\"id\": ", (Kind::Passing, true)),
            (200, "application/json", b"", (Kind::Passing, true)),
            (200, "application/json", b"{'id': 1}", (Kind::Unfit, false)),
            (
                200,
                "application/json",
                b"{\"id\": \"\xe9\"}",
                (Kind::Unfit, false),
            ),
        ] {
            assert_eq!(told(status, kind, body), expected, "{status} {body:?}");
        }
    }
}
