//! A whole list, one document a line, in steps: however long it is, little of it is in memory.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::response::Response;
use futures_util::stream;

use super::answer::Answer;
use super::ask::Asked;
use crate::log::LogError;
use crate::router::failure::Failure;
use crate::shelf::{List, Listed, Part, Shelf};

/// Documents read at once.
const STEP: u64 = 200;

/// All of a list. A client that reads slowly is waited for.
pub(super) async fn all(shelf: Arc<Shelf>, list: List, asked: Asked) -> Result<Response, Failure> {
    let (question, (_part, depth)) = (asked.question, asked.how);
    let step = move |after| {
        let (shelf, question) = (Arc::clone(&shelf), question.clone());
        let part = Part::After { after, most: STEP };
        async move { shelf.list(list, question, (part, depth)).await }
    };
    let (first, stands) = step(None).await?;
    let rest = stream::try_unfold(Some(first), move |listed| {
        let step = step.clone();
        async move {
            let Some(listed) = listed else {
                return Ok::<_, LogError>(None);
            };
            let next = match listed.last {
                Some(last) => Some(step(Some(last)).await?.0),
                None => None,
            };
            Ok(Some((lines(&listed), next)))
        }
    });
    Ok(Answer::lines(Body::from_stream(rest)).tagged(stands))
}

fn lines(listed: &Listed) -> Bytes {
    let mut text = String::new();
    for document in &listed.documents {
        text.push_str(&document.to_string());
        text.push('\n');
    }
    text.into()
}
