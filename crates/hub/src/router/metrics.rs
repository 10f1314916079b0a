//! `/metrics`: what the hub did since it began, as Prometheus reads it. Nothing in it names a person, a
//! device or a record.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, HttpBody as _};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::hub::Hub;

/// Upper ends of the ranges of durations, in seconds.
const RANGES: [f64; 9] = [0.001, 0.005, 0.02, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0];

/// Counts requests.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    answers: Mutex<BTreeMap<(String, u16), Answers>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Answers {
    count: u64,
    bytes: u64,
    seconds: f64,
    ranges: [u64; RANGES.len()],
}

/// One thing that is measured at the moment of asking.
struct Gauge {
    /// Its name, after `signpost_hub_`.
    name: &'static str,
    /// What it is.
    help: &'static str,
    /// Its value.
    value: u64,
}

/// Counts an answer by the route that gave it: what nobody serves counts under one name, so that
/// those who try addresses out do not fill the memory.
pub(super) async fn count(
    State(hub): State<Arc<Hub>>,
    path: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let route = path.map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let began = Instant::now();
    let answer = next.run(request).await;
    hub.metrics.add(route, &answer, began.elapsed());
    answer
}

/// `GET /metrics`.
pub(super) async fn metrics(State(hub): State<Arc<Hub>>) -> Response {
    let shown = hub.shown();
    let listening = u64::try_from(hub.sequence.receiver_count()).unwrap_or(0);
    hub.metrics.answer(&[
        Gauge {
            name: "epoch",
            help: "Grows with each restore from a backup.",
            value: hub.about.epoch,
        },
        Gauge {
            name: "published_sequence",
            help: "The last change that is published.",
            value: *hub.sequence.borrow(),
        },
        Gauge {
            name: "publication",
            help: "How many publications there were.",
            value: shown.number,
        },
        Gauge {
            name: "staff_cursor",
            help: "How far the staff stream goes.",
            value: hub.cursor(),
        },
        Gauge {
            name: "api_sequence",
            help: "The last change that the Open Referral UK API tells.",
            value: hub.shelf.stands().map_or(0, |stands| stands.sequence),
        },
        Gauge {
            name: "live_listeners",
            help: "Desks that listen to /live.",
            // One of them is the hub's own.
            value: listening.saturating_sub(1),
        },
    ])
}

impl Metrics {
    fn add(&self, route: String, answer: &Response, took: Duration) {
        let seconds = took.as_secs_f64();
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = answers
            .entry((route, answer.status().as_u16()))
            .or_default();
        counted.count += 1;
        counted.bytes += answer.body().size_hint().exact().unwrap_or(0);
        counted.seconds += seconds;
        for (count, most) in counted.ranges.iter_mut().zip(RANGES) {
            *count += u64::from(seconds <= most);
        }
    }

    /// All of it, with these gauges.
    fn answer(&self, gauges: &[Gauge]) -> Response {
        let mut answer = Body::from(self.text(gauges)).into_response();
        let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
        let _none = answer.headers_mut().insert(header::CONTENT_TYPE, kind);
        answer
    }

    fn text(&self, gauges: &[Gauge]) -> String {
        let answers = self
            .answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let mut text = String::new();
        for Gauge { name, help, value } in gauges {
            let name = format!("signpost_hub_{name}");
            put(
                &mut text,
                &format!("# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n"),
            );
        }
        let bytes = "signpost_hub_answer_bytes_total";
        let about = "Bytes of answers whose length was known when they began.";
        put(
            &mut text,
            &format!("# HELP {bytes} {about}\n# TYPE {bytes} counter\n"),
        );
        for ((route, status), counted) in &answers {
            let labels = format!("route=\"{route}\",status=\"{status}\"");
            put(
                &mut text,
                &format!("{bytes}{{{labels}}} {}\n", counted.bytes),
            );
        }
        let name = "signpost_hub_answer_seconds";
        let about = "Time until an answer began, by route and status.";
        put(
            &mut text,
            &format!("# HELP {name} {about}\n# TYPE {name} histogram\n"),
        );
        for ((route, status), counted) in &answers {
            let labels = format!("route=\"{route}\",status=\"{status}\"");
            for (count, most) in counted.ranges.iter().zip(RANGES) {
                put(
                    &mut text,
                    &format!("{name}_bucket{{{labels},le=\"{most}\"}} {count}\n"),
                );
            }
            let Answers { count, seconds, .. } = counted;
            put(
                &mut text,
                &format!(
                    "{name}_bucket{{{labels},le=\"+Inf\"}} {count}\n\
                     {name}_sum{{{labels}}} {seconds}\n{name}_count{{{labels}}} {count}\n"
                ),
            );
        }
        text
    }
}

fn put(text: &mut String, line: &str) {
    // Writing into memory does not fail.
    let _written = text.write_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_answered_is_counted_by_route_and_status() {
        let metrics = Metrics::default();
        for took in [3, 30] {
            let answer = Body::from("four").into_response();
            metrics.add(
                "/packs/{hash}".to_owned(),
                &answer,
                Duration::from_millis(took),
            );
        }
        let gauge = Gauge {
            name: "sequence",
            help: "The last change.",
            value: 7,
        };
        let text = metrics.text(&[gauge]);
        for line in [
            "# TYPE signpost_hub_sequence gauge",
            "signpost_hub_sequence 7",
            "signpost_hub_answer_bytes_total{route=\"/packs/{hash}\",status=\"200\"} 8",
            "signpost_hub_answer_seconds_bucket{route=\"/packs/{hash}\",status=\"200\",le=\"0.005\"} 1",
            "signpost_hub_answer_seconds_bucket{route=\"/packs/{hash}\",status=\"200\",le=\"0.05\"} 2",
            "signpost_hub_answer_seconds_count{route=\"/packs/{hash}\",status=\"200\"} 2",
        ] {
            assert!(text.lines().any(|known| known == line), "{line}\n{text}");
        }
    }
}
