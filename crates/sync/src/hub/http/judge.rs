//! What an answer means. Only what the hub itself says counts as its answer: networks in between
//! answer too, with every status there is.

use std::time::Duration;

use serde::Deserialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::line::Answer;
use crate::HubFault;

/// The code of what was sent in a shape that is not taken.
pub(super) const SHAPE: &str = "unsupported_shape";

/// An error as hubs write it.
#[derive(Debug, Deserialize)]
struct Said {
    code: String,
    message: String,
}

/// An answer that can be taken (200, 204, 304), or why not.
pub(super) fn judge(host: &str, answer: Answer) -> Result<Answer, HubFault> {
    let said = serde_json::from_slice::<Said>(&answer.body).ok();
    let status = answer.status;
    match (status, said) {
        (200 | 204 | 304, _) => Ok(answer),
        (300..=399, _) => Err(moved(host, &answer)),
        (401 | 403, Some(said)) => Err(HubFault::Denied(said.message)),
        (404 | 405 | 410 | 501, said) => Err(HubFault::Missing(match said {
            Some(said) => said.message,
            None => format!("“{host}” has nothing there (error {status}): check the address"),
        })),
        (413, said) => Err(HubFault::TooLarge(match said {
            Some(said) => said.message,
            None => format!("“{host}” does not take that much at once"),
        })),
        // Whoever can't unpack says so, the hub or what stands before it.
        (415, said) => Err(HubFault::Refused {
            message: match said {
                Some(said) => said.message,
                None => format!("“{host}” does not take what was sent in this shape"),
            },
            code: SHAPE.to_owned(),
        }),
        (408 | 425 | 429 | 500 | 502..=510 | 520..=599, said) => Err(HubFault::Busy {
            why: match said {
                Some(said) => said.message,
                None => format!("“{host}” can't answer now (error {status})"),
            },
            after: asked_wait(&answer),
        }),
        (400..=499, Some(said)) => Err(HubFault::Refused {
            code: said.code,
            message: said.message,
        }),
        (401 | 403 | 407 | 511, None) => Err(HubFault::not_the_hub(
            "the network wants somebody to sign in, which a web browser shows",
        )),
        (_, _) => Err(HubFault::not_the_hub(&format!("error {status}"))),
    }
}

fn moved(host: &str, answer: &Answer) -> HubFault {
    let to = answer.header("location").unwrap_or_default();
    let to = to.parse::<ureq::http::Uri>().ok();
    match to.as_ref().and_then(|to| to.host()) {
        Some(other) if other != host => HubFault::not_the_hub(&format!(
            "it sends on to “{other}”, perhaps a sign-in page; or the hub has moved, and whoever \
             runs it knows where to"
        )),
        _ => HubFault::not_the_hub("it sends on to another page, perhaps to sign in"),
    }
}

/// The wait that `Retry-After` asks for: seconds, or a time to be set against the server's own.
fn asked_wait(answer: &Answer) -> Option<Duration> {
    let after = answer.header("retry-after")?;
    if let Ok(seconds) = after.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = OffsetDateTime::parse(&after, &Rfc2822).ok()?;
    let now = OffsetDateTime::parse(&answer.header("date")?, &Rfc2822).ok()?;
    Some(Duration::try_from(then - now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use ureq::http::{HeaderMap, HeaderValue};

    use super::judge;
    use crate::hub::http::line::Answer;

    fn said(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> String {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_static(value));
        }
        let answer = Answer {
            status,
            headers: map,
            body: body.as_bytes().to_vec(),
        };
        match judge("hub.example.org", answer) {
            Ok(answer) => format!("{status}: taken, {} bytes", answer.body.len()),
            Err(fault) => format!("{status}: {fault:?}"),
        }
    }

    #[test]
    fn only_the_hub_can_deny_and_whatever_is_in_between_is_no_network() {
        let page = "<html>Welcome to the café</html>";
        let own = r#"{"code":"revoked","message":"This device was signed off."}"#;
        let all = [
            said(200, &[], page),
            said(304, &[], ""),
            said(302, &[("location", "http://login.example.net/?x")], page),
            said(307, &[("location", "/login")], ""),
            said(401, &[], page),
            said(403, &[], page),
            said(401, &[], own),
            said(403, &[], own),
            said(511, &[], page),
            said(404, &[], page),
            said(413, &[], ""),
            said(429, &[("retry-after", "60")], own),
            said(
                503,
                &[
                    ("date", "Wed, 21 Oct 2015 07:28:00 GMT"),
                    ("retry-after", "Wed, 21 Oct 2015 07:29:00 GMT"),
                ],
                "",
            ),
            said(422, &[], own),
            said(415, &[], own),
            said(415, &[], page),
            said(422, &[], page),
            said(999, &[], ""),
        ];
        insta::assert_snapshot!(all.join("\n"), @r#"
        200: taken, 33 bytes
        304: taken, 0 bytes
        302: NotTheHub("The network answered with something that is not the hub: it sends on to “login.example.net”, perhaps a sign-in page; or the hub has moved, and whoever runs it knows where to")
        307: NotTheHub("The network answered with something that is not the hub: it sends on to another page, perhaps to sign in")
        401: NotTheHub("The network answered with something that is not the hub: the network wants somebody to sign in, which a web browser shows")
        403: NotTheHub("The network answered with something that is not the hub: the network wants somebody to sign in, which a web browser shows")
        401: Denied("This device was signed off.")
        403: Denied("This device was signed off.")
        511: NotTheHub("The network answered with something that is not the hub: the network wants somebody to sign in, which a web browser shows")
        404: Missing("“hub.example.org” has nothing there (error 404): check the address")
        413: TooLarge("“hub.example.org” does not take that much at once")
        429: Busy { why: "This device was signed off.", after: Some(60s) }
        503: Busy { why: "“hub.example.org” can't answer now (error 503)", after: Some(60s) }
        422: Refused { code: "revoked", message: "This device was signed off." }
        415: Refused { code: "unsupported_shape", message: "This device was signed off." }
        415: Refused { code: "unsupported_shape", message: "“hub.example.org” does not take what was sent in this shape" }
        422: NotTheHub("The network answered with something that is not the hub: error 422")
        999: NotTheHub("The network answered with something that is not the hub: error 999")
        "#);
    }
}
