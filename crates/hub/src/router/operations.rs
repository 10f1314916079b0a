//! `POST /operations`: a push of up to 500 operations, with a verdict for each.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, HeaderValue, header};
use domain::{RecordId, Refusal, Verdict};
use serde_json::value::RawValue;
use tokio::time::{Instant, timeout_at};
use wire::push::{BadPush, PACKED, unpack};
use wire::{MOST_OPERATIONS, Operation, Push, Pushed, Taken};

use super::failure::Failure;
use super::visitor::Paired;
use crate::hub::Hub;
use crate::log::{Incoming, TakenIn};

/// What is not decided by then is asked for again.
const LONGEST_WAIT: Duration = Duration::from_secs(15);
const TOO_LARGE: &str = "A push has 16 MiB at most. Send fewer operations at once.";

pub(super) async fn push(
    State(hub): State<Arc<Hub>>,
    Paired(visitor): Paired,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Pushed>, Failure> {
    let body = body.map_err(|_rejected| Failure::too_large(TOO_LARGE))?;
    let body = unpacked(&headers, body)?;
    let push: Push = serde_json::from_slice(&body)
        .map_err(|error| Failure::bad_request(format!("The push can't be read: {error}.")))?;
    if push.operations.len() > MOST_OPERATIONS {
        let message = format!("A push has {MOST_OPERATIONS} operations at most.");
        return Err(Failure::too_large(message));
    }
    let device = &visitor.device;
    let operations = incoming(device.id, device.last, &push);
    let sequences: Vec<u64> = operations.iter().map(|one| one.sequence).collect();
    let new = sequences.iter().filter(|sequence| **sequence > device.last);
    let now = (hub.clock)();
    hub.limits
        .operations(device.id, new.count(), now)
        .map_err(Failure::slow_down)?;
    failpoints::reach("push:read");
    let taken = hub.log.take_in(device.id, operations, now).await?;
    failpoints::reach("push:taken");
    let told = told(&sequences, taken);
    let verdicts = match &told {
        Some(told) => decided(&hub, device.id, told).await?,
        None => Vec::new(),
    };
    // A clone is told so only when it is told of everything that it had sent before: it would send
    // what it does not hear of again, under its next name.
    let heard = told.is_none_or(|told| verdicts.len() >= many(&told));
    failpoints::reach("push:decided");
    Ok(Json(Pushed {
        verdicts,
        last: taken.last,
        epoch: hub.about.epoch,
        cloned: taken.cloned.is_some() && heard,
        account: visitor.account.account.clone(),
    }))
}

/// The JSON of a push, however it travelled.
fn unpacked(headers: &HeaderMap, body: Bytes) -> Result<Bytes, Failure> {
    let encoding = headers.get(header::CONTENT_ENCODING);
    match encoding.map_or(Ok("identity"), HeaderValue::to_str) {
        Ok("identity") => Ok(body),
        Ok(PACKED) => match unpack(&body) {
            Ok(json) => Ok(json.into()),
            Err(BadPush::TooLong) => Err(Failure::too_large(TOO_LARGE)),
            Err(error @ BadPush::Damaged(_)) => Err(Failure::bad_request(format!("{error}."))),
        },
        Ok(_) | Err(_) => {
            let message = format!("A push is plain or packed as {PACKED}.");
            Err(Failure::bad_request(message))
        }
    }
}

/// The operations of which verdicts are told: those that are on the disk, up to one that is another
/// there.
fn told(sequences: &[u64], taken: TakenIn) -> Option<RangeInclusive<u64>> {
    let end = taken
        .cloned
        .map_or(u64::MAX, |sequence| sequence.saturating_sub(1));
    let end = end.min(taken.last);
    let asked = sequences.iter().filter(|sequence| **sequence <= end);
    let (first, last) = (asked.clone().min()?, asked.max()?);
    let most = u64::try_from(MOST_OPERATIONS).unwrap_or(u64::MAX);
    Some(*first..=(*last).min(first.saturating_add(most)))
}

fn many(sequences: &RangeInclusive<u64>) -> usize {
    usize::try_from(sequences.end() - sequences.start() + 1).unwrap_or(usize::MAX)
}

/// The verdicts of these operations, as far as they are there in time.
async fn decided(
    hub: &Hub,
    device: RecordId,
    sequences: &RangeInclusive<u64>,
) -> Result<Vec<Taken>, Failure> {
    let all = many(sequences);
    let deadline = Instant::now() + LONGEST_WAIT;
    let mut bell = hub.log.news().decided.listen();
    loop {
        let mut verdicts = hub.log.verdicts(device, sequences.clone()).await?;
        if verdicts.len() >= all || !rung(&mut bell, deadline).await {
            // What comes after one that is missing is not told: verdicts stand in order.
            let mut next = *sequences.start();
            verdicts.retain(|one| {
                let in_order = one.sequence == next;
                next += u64::from(in_order);
                in_order
            });
            return Ok(verdicts);
        }
    }
}

async fn rung(bell: &mut tokio::sync::watch::Receiver<()>, deadline: Instant) -> bool {
    matches!(timeout_at(deadline, bell.changed()).await, Ok(Ok(())))
}

/// Operations as they go into the inbox. One that can't be read has its verdict at once, under the
/// number that it must have.
fn incoming(device: RecordId, last: u64, push: &Push) -> Vec<Incoming> {
    let mut before = last;
    let mut one = |raw: &RawValue| {
        let text = raw.get();
        let read = Operation::read(text).map_err(|unreadable| unreadable.to(push.protocol));
        let number = match &read {
            Ok(operation) => Some(operation.sequence),
            Err(unreadable) => unreadable.sequence.filter(|sequence| *sequence > 0),
        };
        let sequence = number.unwrap_or(before.saturating_add(1));
        before = sequence;
        let verdict = match read {
            Ok(operation) if operation.device == device => None,
            Ok(_) => {
                let reason = "It was made on another device and sent by this one.";
                Some(refused(Refusal::Invalid, reason))
            }
            Err(unreadable) => Some(refused(unreadable.code, &unreadable.reason)),
        };
        Incoming::new(sequence, text, verdict)
    };
    push.operations.iter().map(|raw| one(raw)).collect()
}

fn refused(code: Refusal, reason: &str) -> Verdict {
    let reason = reason.to_owned();
    Verdict::Refused { code, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_cannot_be_read_has_its_number_and_verdict() {
        let device = RecordId::named("a device");
        let good = format!(
            r#"{{"device":"{device}","sequence":7,"at":"2026-11-22T08:00:00Z","kind":"service","record":"{device}","base":1,"act":"flag","text":"x"}}"#
        );
        let later = format!(r#"{{"device":"{device}","sequence":9,"act":"dance"}}"#);
        let raw = |text: &str| RawValue::from_string(text.to_owned()).unwrap();
        let push = |operations: Vec<Box<RawValue>>| Push {
            protocol: wire::PROTOCOL,
            operations,
        };
        let all = push(vec![raw(&good), raw("17"), raw(&later), raw("{}")]);
        let read = incoming(device, 6, &all);
        let numbers: Vec<u64> = read.iter().map(|one| one.sequence).collect();
        assert_eq!(numbers, [7, 8, 9, 10]);
        assert_eq!(read[0].verdict, None);
        let code = |at: usize| match &read[at].verdict {
            Some(Verdict::Refused { code, .. }) => *code,
            other => panic!("{other:?}"),
        };
        let codes = [code(1), code(2), code(3)];
        assert_eq!(
            codes,
            [Refusal::Invalid, Refusal::Unknown, Refusal::Invalid]
        );
        let nothing = push(vec![raw("null")]);
        assert_eq!(incoming(device, 6, &nothing)[0].sequence, 7);
    }
}
