//! Publishing: what changed since the last publication becomes a segment; segments are merged and
//! snapshots made again in the background; the head is signed.
//!
//! Only what was committed is read, so nothing is published that could be lost, and whatever is cut
//! off is done again from the log.

mod compact;
mod head;
mod next;
pub(crate) mod plan;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;

use crate::clock::Clock;
use crate::log::{About, LinesAt, Log, LogError, Publication, Versions};
use compact::Compacted;
pub(crate) use head::hub_info;
use next::{Built, Next};

/// All buckets.
const ALL: std::ops::RangeInclusive<u8> = 0..=255;
/// A head is signed anew after so many seconds, also where nothing changed.
const HEAD_FRESH_FOR: u64 = 24 * 60 * 60;

/// Publishes what a log holds.
pub(crate) struct Publisher {
    log: Arc<dyn Log>,
    about: About,
    clock: Clock,
    compacted: Mutex<Vec<Compacted>>,
    /// The number of the latest publication of this process; at first, of any.
    made: AtomicU64,
}

impl Publisher {
    /// A publisher of this log.
    pub(crate) async fn new(log: Arc<dyn Log>, clock: Clock) -> Result<Self, LogError> {
        let about = log.about().await?;
        let latest = log.publication().await?;
        Ok(Self {
            log,
            about,
            clock,
            compacted: Mutex::default(),
            made: AtomicU64::new(latest.map_or(0, |latest| latest.number)),
        })
    }

    /// Whether no other process has published since this one did. Where several serve a hub, it is
    /// enough that one packs what is new.
    pub(crate) fn leads(&self, latest: u64) -> bool {
        latest <= self.made.load(Ordering::Relaxed)
    }

    /// Publishes what there is to publish. Gives the publication that is the latest then, and
    /// whether it is new.
    pub(crate) async fn publish(&self) -> Result<(Publication, bool), LogError> {
        loop {
            let latest = self.log.publication().await?;
            let number = latest.as_ref().map_or(0, |latest| latest.number);
            let here = latest.filter(|latest| latest.epoch == self.about.epoch);
            let Some(built) = self.build(here.as_ref(), number + 1).await? else {
                match here {
                    Some(latest) => return Ok((latest, false)),
                    None => continue,
                }
            };
            let Built { publication, packs } = built;
            failpoints::reach("publish:built");
            let first = self
                .log
                .publish(publication.clone(), packs, (self.clock)())
                .await?;
            if first {
                self.made.store(publication.number, Ordering::Relaxed);
                return Ok((publication, true));
            }
        }
    }

    async fn build(
        &self,
        latest: Option<&Publication>,
        number: u64,
    ) -> Result<Option<Built>, LogError> {
        let now = (self.clock)();
        let Some(latest) = latest else {
            let at = self.lines(0, false).await?;
            let next = Next::first(self.about.clone(), (number, now), at);
            return blocking(move || next.built()).await.map(Some);
        };
        let at = self.lines(latest.sequence, true).await?;
        let compacted = std::mem::take(&mut *self.compacted.lock().await);
        let stale = now >= latest.made_at + HEAD_FRESH_FOR;
        if at.sequence == latest.sequence && compacted.is_empty() && !stale {
            return Ok(None);
        }
        let next = Next::after(self.about.clone(), (number, now), at, latest)?;
        blocking(move || next.adopting(compacted).built())
            .await
            .map(Some)
    }

    async fn lines(&self, after: u64, tombstones: bool) -> Result<LinesAt, LogError> {
        let versions = Versions {
            after,
            to: u64::MAX,
            tombstones,
        };
        self.log.lines(ALL, versions).await
    }

    /// Does the largest piece of tidying that is due, if any: its outcome goes into the next
    /// publication. True: there was one.
    pub(crate) async fn compact(&self) -> Result<bool, LogError> {
        let Some(latest) = self.log.publication().await? else {
            return Ok(false);
        };
        if !self.leads(latest.number) {
            return Ok(false);
        }
        let Some(due) = plan::due(&latest.read_manifest()?, &latest.levels) else {
            return Ok(false);
        };
        let done = compact::compact(&*self.log, due).await?;
        failpoints::reach("compact:packed");
        self.compacted.lock().await.push(done);
        failpoints::reach("compact:kept");
        Ok(true)
    }
}

/// Work for a processor, away from the threads that serve requests.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, LogError> + Send + 'static,
) -> Result<T, LogError> {
    let joined = tokio::task::spawn_blocking(work).await;
    joined.map_err(|error| LogError::Other(error.to_string()))?
}
