//! What was measured, as a table: medians, and how many times Signpost's the others' are.

use std::collections::BTreeMap;

use super::{Measured, Step};

/// One program's measurements.
#[derive(Debug, Clone)]
pub struct Column {
    name: &'static str,
    seen: BTreeMap<Step, (Vec<f64>, Vec<u64>)>,
}

impl Column {
    /// An empty one.
    #[must_use]
    pub fn named(name: &'static str) -> Self {
        let seen = BTreeMap::new();
        Self { name, seen }
    }

    /// Adds a round.
    pub fn add(&mut self, round: Vec<Measured>) {
        for one in round {
            let (seconds, bytes) = self.seen.entry(one.step).or_default();
            seconds.push(one.took.as_secs_f64());
            bytes.push(one.bytes);
        }
    }

    /// A table of this program and of others beside it.
    #[must_use]
    pub fn beside(&self, others: &[Self]) -> String {
        let all = || std::iter::once(self).chain(others);
        let mut text = "| what |".to_owned();
        for column in all() {
            text.push_str(&format!(" {} s | bytes |", column.name));
        }
        text.push_str("\n| --- |");
        text.push_str(&" ---: | ---: |".repeat(1 + others.len()));
        for step in Step::ALL {
            text.push_str(&format!("\n| {} |", step.title()));
            let own = self.median(step);
            text.push_str(&cells(own, None));
            for other in others {
                text.push_str(&cells(other.median(step), own));
            }
        }
        text.push('\n');
        text
    }

    /// The median of seconds and of bytes, each by itself.
    fn median(&self, step: Step) -> Option<(f64, u64)> {
        let (mut seconds, mut bytes) = self.seen.get(&step)?.clone();
        seconds.sort_by(f64::total_cmp);
        bytes.sort_unstable();
        let at = seconds.len() / 2;
        Some((*seconds.get(at)?, *bytes.get(at)?))
    }
}

fn cells(measured: Option<(f64, u64)>, own: Option<(f64, u64)>) -> String {
    let Some((seconds, bytes)) = measured else {
        return " | |".to_owned();
    };
    let (slower, larger) = own.map_or((String::new(), String::new()), |own| {
        let larger = (own.1 > 0).then(|| times(bytes as f64 / own.1 as f64));
        (times(seconds / own.0), larger.unwrap_or_default())
    });
    format!(" {seconds:.3}{slower} | {bytes}{larger} |")
}

fn times(ratio: f64) -> String {
    format!(" ({ratio:.1}×)")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn medians_stand_beside_each_other_with_their_ratios() {
        let round = |millis: u64, bytes: u64| {
            let took = Duration::from_millis(millis);
            let step = Step::Idle;
            vec![Measured { step, took, bytes }]
        };
        let mut own = Column::named("Signpost");
        for (millis, bytes) in [(3, 100), (1, 200), (2, 300)] {
            own.add(round(millis, bytes));
        }
        let mut other = Column::named("Other");
        other.add(round(5, 100));
        let table = own.beside(&[other]);
        let line = "| a sync that finds nothing | 0.002 | 200 | 0.005 (2.5×) | 100 (0.5×) |";
        assert!(table.lines().any(|row| row == line), "{table}");
        let empty = "| the server is filled | | | | |";
        assert!(table.lines().any(|row| row == empty), "{table}");
    }
}
