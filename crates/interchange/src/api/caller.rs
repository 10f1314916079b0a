//! Asks politely: pauses, waits when told to, asks again when it makes sense, and hears at any time
//! when somebody cancels.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, Instant};

use ureq::http::Uri;

use super::Options;
use super::address::Address;
use super::verdict::{Data, Kind, Refusal, Verdict, judge};
use super::wire::Wire;
use crate::{InterchangeError, Stop};

/// How often the same is asked for.
const TRIES: u32 = 5;
/// How often, while nothing was ever answered: an address may be mistyped.
const FIRST_TRIES: u32 = 2;
/// How often anybody hears of how far it is.
const TICK: Duration = Duration::from_millis(200);
/// Who asks for a longer wait is left in peace.
const LONGEST_WAIT: Duration = Duration::from_secs(600);
/// A wait that nobody asked for is never longer.
const LONGEST_BACKOFF: Duration = Duration::from_secs(60);

/// Asks for one thing after another.
pub(super) struct Caller<'a> {
    wire: Wire,
    step: &'a mut dyn FnMut(u64, u64) -> Result<(), Stop>,
    done: u64,
    total: u64,
    pause: Duration,
    backoff: Duration,
    /// Whether anything was ever answered.
    met: bool,
}

impl<'a> Caller<'a> {
    /// Makes ready to ask.
    pub(super) fn new(
        address: &Address,
        options: &Options,
        step: &'a mut dyn FnMut(u64, u64) -> Result<(), Stop>,
    ) -> Result<Self, InterchangeError> {
        let here = address.here();
        let wire = Wire::new(options, !here).map_err(|why| address.error(&why))?;
        let pause = options.pause;
        Ok(Self {
            wire,
            step,
            done: 0,
            total: 0,
            pause: if here { pause / 10 } else { pause },
            backoff: options.backoff,
            met: false,
        })
    }

    /// Tells how far it is.
    pub(super) fn step(&mut self, done: u64, total: u64) -> Result<(), Stop> {
        (self.done, self.total) = (done, total);
        (self.step)(done, total)
    }

    /// Asks for JSON as often as makes sense.
    pub(super) fn get(&mut self, uri: &Uri, limit: u64) -> Result<Result<Data, Refusal>, Stop> {
        self.get_within(uri, limit, TRIES)
    }

    /// Asks for JSON that can be done without, once.
    pub(super) fn get_once(&mut self, uri: &Uri, limit: u64) -> Result<Option<Data>, Stop> {
        Ok(self.get_within(uri, limit, 1)?.ok())
    }

    fn get_within(
        &mut self,
        uri: &Uri,
        limit: u64,
        tries: u32,
    ) -> Result<Result<Data, Refusal>, Stop> {
        let mut tried = 0;
        loop {
            let (refusal, asked) = match self.try_once(uri, limit)? {
                Verdict::Take(data) => return Ok(Ok(data)),
                Verdict::Refuse(refusal) => return Ok(Err(refusal)),
                Verdict::Again(refusal, asked) => (refusal, asked),
            };
            tried += 1;
            let most = if self.met {
                tries
            } else {
                tries.min(FIRST_TRIES)
            };
            if tried >= most {
                return Ok(Err(refusal));
            }
            if let Some(long) = asked.filter(|asked| *asked > LONGEST_WAIT) {
                return Ok(Err(Refusal {
                    kind: Kind::Away,
                    why: format!(
                        "asks to be left alone for {} minutes; go on after that",
                        long.as_secs().div_ceil(60)
                    ),
                }));
            }
            let dice = RandomState::new().hash_one(tried);
            self.wait(delay(self.backoff, tried, asked, dice))?;
        }
    }

    fn try_once(&mut self, uri: &Uri, limit: u64) -> Result<Verdict, Stop> {
        self.wait(self.pause)?;
        self.wire.ask(uri.clone(), limit);
        let answer = loop {
            (self.step)(self.done, self.total)?;
            if let Some(answer) = self.wire.wait(TICK) {
                break answer;
            }
        };
        self.met |= answer.is_ok();
        Ok(judge(answer))
    }

    /// Lets time pass.
    #[expect(
        clippy::disallowed_methods,
        reason = "leaving the other computer in peace is a wait for nothing but time"
    )]
    fn wait(&mut self, time: Duration) -> Result<(), Stop> {
        let began = Instant::now();
        loop {
            let left = time.saturating_sub(began.elapsed());
            if left.is_zero() {
                return Ok(());
            }
            (self.step)(self.done, self.total)?;
            std::thread::sleep(left.min(TICK));
        }
    }
}

/// How long to wait before asking again: as long as was asked for, or longer each time; and a bit,
/// so that many who were turned away don't all come back at once.
fn delay(backoff: Duration, tried: u32, asked: Option<Duration>, dice: u64) -> Duration {
    let doubled = backoff.saturating_mul(1_u32.checked_shl(tried - 1).unwrap_or(u32::MAX));
    let own = doubled.min(LONGEST_BACKOFF);
    let bit = own / 2 * u32::try_from(dice % 1000).unwrap_or_default() / 1000;
    asked.unwrap_or(own) + bit
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::delay;

    #[test]
    fn waits_double_and_what_is_asked_is_kept() {
        let half = Duration::from_millis(500);
        let wait = |tried, dice| delay(half, tried, None, dice).as_millis();
        assert_eq!((wait(1, 0), wait(2, 0), wait(3, 0)), (500, 1000, 2000));
        assert_eq!(wait(40, 0), 60_000);
        for dice in [0, 1, 999, u64::MAX] {
            assert!((500..750).contains(&wait(1, dice)), "{dice}");
            let asked = delay(half, 1, Some(Duration::from_secs(7)), dice);
            assert!(asked >= Duration::from_secs(7) && asked < Duration::from_secs(8));
        }
    }
}
