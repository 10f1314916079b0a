//! How often somebody may ask: buckets that fill again with time. In memory, so that a restart forgives.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use domain::RecordId;

/// Buckets kept at most: beyond it, those that are full again are forgotten.
const MOST: usize = 50_000;

/// How much, and how fast it comes back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rate {
    /// At once.
    pub(crate) most: f64,
    /// Again each second.
    pub(crate) each_second: f64,
}

/// Who may ask how often.
#[derive(Debug)]
pub(crate) struct Limits {
    /// Wrong codes, by address. Keys can't be guessed, and one desk with an old key must not keep out its
    /// colleagues behind the same address.
    tries: Buckets<IpAddr>,
    /// Requests, by address.
    requests: Buckets<IpAddr>,
    /// Requests, by device.
    visits: Buckets<RecordId>,
    /// Operations, by device.
    operations: Buckets<RecordId>,
}

/// What the limits are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rates {
    /// Operations that a device may send in an hour.
    pub(crate) operations_an_hour: u32,
    /// Requests that an address may make in a second; many desks may share one.
    pub(crate) requests_a_second: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            operations_an_hour: 100_000,
            requests_a_second: 1_000,
        }
    }
}

impl Limits {
    /// These limits.
    pub(crate) fn new(rates: Rates) -> Self {
        let hour = f64::from(rates.operations_an_hour);
        let requests = f64::from(rates.requests_a_second);
        Self {
            tries: Buckets::new(Rate {
                most: 20.0,
                each_second: 1.0 / 30.0,
            }),
            requests: Buckets::new(Rate {
                most: requests * 20.0,
                each_second: requests,
            }),
            visits: Buckets::new(Rate {
                most: 300.0,
                each_second: 10.0,
            }),
            operations: Buckets::new(Rate {
                most: hour,
                each_second: hour / 3600.0,
            }),
        }
    }

    /// A request from an address; an error says after how many seconds to ask again.
    pub(crate) fn request(&self, from: IpAddr, now: u64) -> Result<(), u64> {
        self.requests.take(from, 1.0, now)
    }

    /// Whether an address may still try codes.
    pub(crate) fn may_try(&self, from: IpAddr, now: u64) -> Result<(), u64> {
        self.tries.take(from, 0.0, now)
    }

    /// A code from an address that was wrong.
    pub(crate) fn tried(&self, from: IpAddr, now: u64) {
        let _told_next_time = self.tries.take(from, 1.0, now);
    }

    /// A request of a device.
    pub(crate) fn visit(&self, device: RecordId, now: u64) -> Result<(), u64> {
        self.visits.take(device, 1.0, now)
    }

    /// So many operations of a device.
    pub(crate) fn operations(&self, device: RecordId, many: usize, now: u64) -> Result<(), u64> {
        let many = u32::try_from(many).unwrap_or(u32::MAX);
        self.operations.take(device, f64::from(many), now)
    }
}

#[derive(Debug)]
struct Buckets<K> {
    rate: Rate,
    of: Mutex<HashMap<K, Bucket>>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: f64,
    at: u64,
}

impl<K: Eq + Hash> Buckets<K> {
    fn new(rate: Rate) -> Self {
        Self {
            rate,
            of: Mutex::default(),
        }
    }

    /// Takes out so much, or says after how many seconds there is enough.
    fn take(&self, key: K, much: f64, now: u64) -> Result<(), u64> {
        let mut of = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        if of.len() >= MOST {
            of.retain(|_, bucket| self.filled(*bucket, now) < self.rate.most);
        }
        let full = Bucket {
            left: self.rate.most,
            at: now,
        };
        let bucket = of.entry(key).or_insert(full);
        let left = self.filled(*bucket, now);
        let needed = much.max(1.0).min(self.rate.most);
        *bucket = Bucket { left, at: now };
        if left < needed {
            let seconds = ((needed - left) / self.rate.each_second).ceil();
            return Err(std::time::Duration::try_from_secs_f64(seconds)
                .map_or(60, |d| d.as_secs())
                .max(1));
        }
        bucket.left = left - much;
        Ok(())
    }

    fn filled(&self, bucket: Bucket, now: u64) -> f64 {
        let passed = u32::try_from(now.saturating_sub(bucket.at)).unwrap_or(u32::MAX);
        (bucket.left + f64::from(passed) * self.rate.each_second).min(self.rate.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let buckets = Buckets::new(Rate {
            most: 2.0,
            each_second: 0.5,
        });
        assert_eq!(buckets.take("a", 1.0, 100), Ok(()));
        assert_eq!(buckets.take("a", 1.0, 100), Ok(()));
        assert_eq!(buckets.take("a", 1.0, 100), Err(2));
        assert_eq!(buckets.take("b", 1.0, 100), Ok(()));
        assert_eq!(buckets.take("a", 1.0, 102), Ok(()));
        assert_eq!(buckets.take("a", 1.0, 102), Err(2));
    }

    #[test]
    fn more_than_all_is_given_when_it_is_full() {
        let buckets = Buckets::new(Rate {
            most: 10.0,
            each_second: 1.0,
        });
        assert_eq!(buckets.take("a", 500.0, 100), Ok(()));
        assert!(buckets.take("a", 1.0, 101).is_err());
        assert_eq!(buckets.take("a", 1.0, 700), Ok(()));
    }
}
