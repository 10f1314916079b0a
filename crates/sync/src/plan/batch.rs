//! What goes into one request.

use domain::RecordId;
use serde_json::value::{RawValue, to_raw_value};
use store::OutboxRow;
use wire::{MOST_OPERATIONS, Operation};

/// Bytes of one request, about: at 10 KB/s it takes three minutes.
const MOST_BYTES: usize = 2 * 1024 * 1024;

/// Operations for one request, in a device's order without a gap.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// The first one's number.
    pub(crate) first: u64,
    /// The last one's.
    pub(crate) last: u64,
    pub(crate) operations: Vec<Box<RawValue>>,
}

/// As many of the numbered rows, from the first on, as go into one request of at most `most`.
pub(crate) fn batch(rows: &[OutboxRow], device: RecordId, most: usize) -> Batch {
    let mut batch = Batch::default();
    let mut bytes = 0;
    for row in rows.iter().take(most.min(MOST_OPERATIONS)) {
        let Some(sequence) = row.sequence.filter(|_| row.device == Some(device)) else {
            break;
        };
        let follows = batch.operations.is_empty() || batch.last.checked_add(1) == Some(sequence);
        let Ok(text) = to_raw_value(&operation(row, device, sequence)) else {
            break;
        };
        bytes += text.get().len();
        if !follows || (bytes > MOST_BYTES && !batch.operations.is_empty()) {
            break;
        }
        if batch.operations.is_empty() {
            batch.first = sequence;
        }
        batch.last = sequence;
        batch.operations.push(text);
    }
    batch
}

fn operation(row: &OutboxRow, device: RecordId, sequence: u64) -> Operation {
    Operation {
        id: row.id,
        device,
        sequence,
        at: row.deed.at.clone(),
        kind: row.deed.kind,
        record: row.deed.record,
        base: row.base,
        act: row.deed.act.clone(),
        before_joining: row.before_joining,
    }
}

#[cfg(test)]
mod tests {
    use domain::{Act, Kind};
    use store::{Deed, OutboxState};

    use super::*;

    fn row(sequence: Option<u64>, text: String) -> OutboxRow {
        OutboxRow {
            row: 1,
            id: None,
            device: Some(RecordId::named("device")),
            sequence,
            deed: Deed {
                kind: Kind::Service,
                record: RecordId::named("record"),
                act: Act::Flag { text },
                at: "2026-11-22T09:00:00Z".to_owned(),
                by: None,
            },
            base: 3,
            state: OutboxState::Sent,
            verdict: None,
            settled_at: None,
            ended_at: None,
            before_joining: false,
            lies_over: false,
        }
    }

    fn cut(rows: &[OutboxRow], most: usize) -> (u64, u64, usize) {
        let batch = batch(rows, RecordId::named("device"), most);
        (batch.first, batch.last, batch.operations.len())
    }

    #[test]
    fn a_request_has_so_many_so_much_and_no_gap() {
        let small = |from: u64, to: u64| -> Vec<OutboxRow> {
            (from..=to)
                .map(|at| row(Some(at), "wrong number".to_owned()))
                .collect()
        };
        assert_eq!(cut(&small(4, 903), 500), (4, 503, 500));
        assert_eq!(cut(&small(4, 903), 2_000), (4, 503, 500));
        assert_eq!(cut(&small(4, 9), 2), (4, 5, 2));
        let gap: Vec<_> = small(4, 5).into_iter().chain(small(7, 9)).collect();
        assert_eq!(cut(&gap, 500), (4, 5, 2));
        let unnumbered: Vec<_> = small(4, 5)
            .into_iter()
            .chain([row(None, String::new())])
            .collect();
        assert_eq!(cut(&unnumbered, 500), (4, 5, 2));
        assert_eq!(cut(&[], 500), (0, 0, 0));
        let large: Vec<_> = (1..=20)
            .map(|at| row(Some(at), "x".repeat(200_000)))
            .collect();
        assert_eq!(cut(&large, 500), (1, 10, 10));
        let huge: Vec<_> = (1..=2)
            .map(|at| row(Some(at), "x".repeat(3_000_000)))
            .collect();
        assert_eq!(cut(&huge, 500), (1, 1, 1));
    }
}
