//! A hub at work: its log, what is published now, and the loops that decide and publish.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use wire::HubInfo;

use crate::clock::Clock;
use crate::limits::Limits;
use crate::log::{About, Log, LogError};
use crate::publish::{Publisher, hub_info};
use crate::recent::Recent;
use crate::router::metrics::Metrics;
use crate::sequencer::Sequencer;
use crate::shelf::{Shelf, Stands};
use crate::shown::Shown;

/// So long without news from the process that published last, and another one takes over.
const TAKES_OVER: Duration = Duration::from_millis(500);
/// How often to look without being woken: a bell may be missed, a head grows old.
const LOOK: Duration = Duration::from_secs(5);
/// After a fault of the log.
const AFTER_FAULT: Duration = Duration::from_secs(1);

/// A hub at work.
pub(crate) struct Hub {
    /// What it keeps.
    pub(crate) log: Arc<dyn Log>,
    /// What it is.
    pub(crate) about: About,
    /// Tells the time.
    pub(crate) clock: Clock,
    /// Who may ask how often.
    pub(crate) limits: Limits,
    /// What is published, arranged for the API.
    pub(crate) shelf: Arc<Shelf>,
    /// Packs that were asked for a moment ago.
    pub(crate) recent: Recent,
    /// What was answered.
    pub(crate) metrics: Metrics,
    /// Between two publications at least.
    publish_pause: Duration,
    /// The last published sequence, for those who listen.
    pub(crate) sequence: watch::Sender<u64>,
    /// Becomes true when the hub stops.
    pub(crate) stopping: watch::Receiver<bool>,
    sequencer: Sequencer,
    publisher: Publisher,
    cursor: AtomicU64,
    shown: RwLock<Arc<Shown>>,
}

impl Hub {
    /// A hub on this log, with everything published that was committed.
    pub(crate) async fn begin(
        (log, shelf): (Arc<dyn Log>, Arc<Shelf>),
        clock: Clock,
        (limits, publish_pause): (Limits, Duration),
        stopping: watch::Receiver<bool>,
    ) -> Result<Arc<Self>, LogError> {
        let publisher = Publisher::new(Arc::clone(&log), Arc::clone(&clock)).await?;
        let (latest, _) = publisher.publish().await?;
        Ok(Arc::new(Self {
            about: log.about().await?,
            clock,
            sequencer: Sequencer::new(Arc::new(crate::areas::built_in())),
            limits,
            publish_pause,
            shelf,
            recent: Recent::default(),
            metrics: Metrics::default(),
            sequence: watch::Sender::new(latest.sequence),
            stopping,
            publisher,
            cursor: AtomicU64::new(log.cursor().await?),
            shown: RwLock::new(Arc::new(Shown::of(&latest))),
            log,
        }))
    }

    /// Starts the loops. They end when the hub stops.
    pub(crate) fn work(self: &Arc<Self>) -> JoinSet<()> {
        let mut tasks = JoinSet::new();
        tasks.spawn(Arc::clone(self).sequence_all());
        tasks.spawn(Arc::clone(self).publish_all());
        tasks.spawn(Arc::clone(self).compact_all());
        tasks.spawn(Arc::clone(self).show_all());
        tasks.spawn(Arc::clone(self).shelve_all());
        tasks
    }

    /// What is published now.
    pub(crate) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The last cursor of the staff stream.
    pub(crate) fn cursor(&self) -> u64 {
        self.cursor.load(Ordering::Relaxed)
    }

    /// What it says of itself.
    pub(crate) fn info(&self) -> HubInfo {
        hub_info(&self.about)
    }

    /// Decides whatever comes into the inbox.
    async fn sequence_all(self: Arc<Self>) {
        let mut bell = self.log.news().taken_in.listen();
        loop {
            let pause = match self.log.turn(&self.sequencer, (self.clock)()).await {
                Ok(turned) if turned.decided > 0 => {
                    tracing::debug!(
                        decided = turned.decided,
                        sequence = turned.sequence,
                        "decided"
                    );
                    continue;
                }
                Ok(_) => Duration::ZERO,
                Err(error) => {
                    tracing::error!(%error, "operations could not be decided");
                    AFTER_FAULT
                }
            };
            if self.stops_within(pause).await || self.waits(&mut bell, LOOK).await {
                return;
            }
        }
    }

    /// Publishes whatever is decided.
    async fn publish_all(self: Arc<Self>) {
        let mut bell = self.log.news().decided.listen();
        loop {
            if self.another_publishes().await {
                return;
            }
            let pause = match self.publisher.publish().await {
                Ok((latest, true)) => {
                    tracing::debug!(sequence = latest.sequence, "published");
                    self.publish_pause
                }
                Ok((_, false)) => Duration::ZERO,
                Err(error) => {
                    tracing::error!(%error, "could not be published");
                    AFTER_FAULT
                }
            };
            if self.stops_within(pause).await || self.waits(&mut bell, LOOK).await {
                return;
            }
        }
    }

    /// Leaves it to another process for as long as that one does it. True: the hub stops.
    async fn another_publishes(&self) -> bool {
        loop {
            let number = self.shown().number;
            if self.publisher.leads(number) {
                return false;
            }
            if self.stops_within(TAKES_OVER).await {
                return true;
            }
            if self.shown().number == number {
                return false;
            }
        }
    }

    /// Tidies segments and the snapshot, away from publishing.
    async fn compact_all(self: Arc<Self>) {
        let mut bell = self.log.news().published.listen();
        loop {
            match self.publisher.compact().await {
                Ok(true) => self.log.news().decided.ring(),
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "segments could not be merged"),
            }
            if self.waits(&mut bell, Duration::from_secs(60)).await {
                return;
            }
        }
    }

    /// Keeps in memory what is published, and tells those who listen.
    async fn show_all(self: Arc<Self>) {
        let mut published = self.log.news().published.listen();
        let mut decided = self.log.news().decided.listen();
        loop {
            if let Err(error) = self.show().await {
                tracing::error!(%error, "what is published could not be read");
            }
            let mut stopping = self.stopping.clone();
            tokio::select! {
                _ = stopping.wait_for(|stops| *stops) => return,
                _ = published.changed() => {}
                _ = decided.changed() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Puts on the shelf whatever is published.
    async fn shelve_all(self: Arc<Self>) {
        let mut published = self.sequence.subscribe();
        let mut stopping = self.stopping.clone();
        loop {
            let stands = Stands {
                epoch: self.about.epoch,
                sequence: *published.borrow_and_update(),
            };
            let followed = self.shelf.follow(&*self.log, self.about.hub, stands).await;
            let pause = followed.as_ref().map_or(AFTER_FAULT, |()| Duration::MAX);
            if let Err(error) = followed {
                tracing::error!(%error, "the API could not follow what is published");
            }
            tokio::select! {
                _ = stopping.wait_for(|stops| *stops) => return,
                _ = published.changed() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    async fn show(&self) -> Result<(), LogError> {
        self.cursor
            .store(self.log.cursor().await?, Ordering::Relaxed);
        let Some(latest) = self.log.publication().await? else {
            return Ok(());
        };
        if self.shown().number != latest.number {
            let shown = Arc::new(Shown::of(&latest));
            *self.shown.write().unwrap_or_else(PoisonError::into_inner) = shown;
            failpoints::reach("publish:shown");
        }
        self.sequence.send_if_modified(|sequence| {
            let moved = *sequence != latest.sequence;
            *sequence = latest.sequence;
            moved
        });
        Ok(())
    }

    /// Waits for a bell, or for so long. True: the hub stops.
    async fn waits(&self, bell: &mut watch::Receiver<()>, most: Duration) -> bool {
        let mut stopping = self.stopping.clone();
        tokio::select! {
            _ = stopping.wait_for(|stops| *stops) => true,
            _ = bell.changed() => false,
            () = tokio::time::sleep(most) => false,
        }
    }

    /// Waits for so long. True: the hub stops.
    async fn stops_within(&self, most: Duration) -> bool {
        let mut stopping = self.stopping.clone();
        tokio::time::timeout(most, stopping.wait_for(|stops| *stops))
            .await
            .is_ok()
    }
}
