//! Times, and what is said of many of them.
//!
//! Beside the time that passed stands the processor's time, which says what the work costs where
//! other programs had the processors too.

use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use serde::{Deserialize, Serialize};

/// One search, or many of the same: milliseconds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Times {
    /// That passed.
    pub wall: Vec<f64>,
    /// Of the processor; none where it can't be told.
    pub cpu: Vec<f64>,
}

impl Times {
    /// Does it once and takes its times.
    ///
    /// # Errors
    /// What `work` said.
    pub fn take<E>(&mut self, work: impl FnOnce() -> Result<(), E>) -> Result<(), E> {
        let (wall, cpu) = (Instant::now(), ThreadTime::now());
        work()?;
        let (wall, cpu) = (wall.elapsed(), cpu.elapsed());
        self.wall.push(ms(wall));
        self.cpu.push(ms(cpu));
        Ok(())
    }

    /// Adds others.
    pub fn extend(&mut self, others: &Self) {
        self.wall.extend(&others.wall);
        self.cpu.extend(&others.cpu);
    }
}

/// What was measured, milliseconds.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Spread {
    /// How many times.
    pub samples: usize,
    /// Half of them took at most this.
    pub p50: f64,
    /// 99 in 100 took at most this.
    pub p99: f64,
    /// The longest.
    pub max: f64,
}

impl Spread {
    /// Of these times.
    #[must_use]
    pub fn of(mut times: Vec<f64>) -> Self {
        times.sort_unstable_by(f64::total_cmp);
        Self {
            samples: times.len(),
            p50: at(&times, 50),
            p99: at(&times, 99),
            max: times.last().copied().unwrap_or_default(),
        }
    }
}

/// The least time that so many in a hundred did not exceed.
fn at(sorted: &[f64], percent: usize) -> f64 {
    let place = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(place).copied().unwrap_or_default()
}

/// In milliseconds.
#[must_use]
pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ninety_nine_in_a_hundred() {
        let spread = Spread::of((1..=200).rev().map(f64::from).collect());
        assert_eq!((spread.p50, spread.p99, spread.max), (100.0, 198.0, 200.0));
        assert_eq!(Spread::of(vec![7.0]).p99, 7.0);
        assert_eq!(Spread::of(Vec::new()).samples, 0);
    }
}
