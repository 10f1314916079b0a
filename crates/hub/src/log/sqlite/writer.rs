//! The one thread that writes. What waits when it begins a transaction goes into that transaction
//! together, so that many small writes share one wait for the disk. Each write is told only after
//! the commit.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::connection::told;
use crate::log::{LogError, News};

/// Writes in one transaction at most.
const MOST: usize = 256;
/// Writes that may wait.
const QUEUE: usize = 4096;
/// How often to look whether another process has written.
const LOOK: Duration = Duration::from_secs(1);

/// A write on its way.
trait Job: Send {
    /// Does it; false: it failed by itself, and is to be taken back.
    fn run(&mut self, conn: &Connection) -> bool;
    /// Answers whoever asked.
    fn settle(self: Box<Self>, committed: Result<(), LogError>);
}

struct Write<T, W> {
    work: Option<W>,
    answer: Option<Result<T, LogError>>,
    to: oneshot::Sender<Result<T, LogError>>,
}

impl<T: Send, W: FnOnce(&Connection) -> Result<T, LogError> + Send> Job for Write<T, W> {
    fn run(&mut self, conn: &Connection) -> bool {
        self.answer = self.work.take().map(|work| work(conn));
        matches!(self.answer, Some(Ok(_)))
    }

    fn settle(self: Box<Self>, committed: Result<(), LogError>) {
        let stopped = || Err(LogError::Busy("it stops".to_owned()));
        let answer = self.answer.unwrap_or_else(stopped);
        // Who asked may have gone: what was written stays written.
        let _gone = self
            .to
            .send(answer.and_then(|answer| committed.map(|()| answer)));
    }
}

/// Hands writes to the thread.
pub(super) struct Writer {
    jobs: SyncSender<Box<dyn Job>>,
}

impl Writer {
    /// Starts the thread; it ends when this is dropped.
    pub(super) fn start(conn: Connection, news: Arc<News>) -> Result<Self, LogError> {
        let (jobs, waiting) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new().name("log-writer".to_owned());
        let started = thread.spawn(move || run(&conn, &waiting, &news));
        started.map_err(|error| LogError::Other(error.to_string()))?;
        Ok(Self { jobs })
    }

    /// Writes, and returns when it is on the disk.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        let (to, answer) = oneshot::channel();
        let job = Box::new(Write {
            work: Some(work),
            answer: None,
            to,
        });
        let full = |_error| LogError::Busy("too much waits to be written".to_owned());
        self.jobs.try_send(job).map_err(full)?;
        let stopped = |_error| LogError::Busy("it stops".to_owned());
        answer.await.map_err(stopped)?
    }
}

fn run(conn: &Connection, waiting: &Receiver<Box<dyn Job>>, news: &News) {
    let mut seen = version(conn);
    loop {
        match waiting.recv_timeout(LOOK) {
            Ok(first) => together(conn, first, waiting),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        // Changes with what others write, not with what is written here.
        let now = version(conn);
        if now != seen {
            seen = now;
            news.ring_all();
        }
    }
}

fn version(conn: &Connection) -> Option<i64> {
    conn.pragma_query_value(None, "data_version", |row| row.get(0))
        .ok()
}

/// Does this write and those that wait in one transaction.
fn together(conn: &Connection, first: Box<dyn Job>, waiting: &Receiver<Box<dyn Job>>) {
    let mut done = Vec::new();
    let outcome = (|| {
        let tx =
            rusqlite::Transaction::new_unchecked(conn, rusqlite::TransactionBehavior::Immediate)
                .map_err(told);
        let tx = match tx {
            Ok(tx) => tx,
            Err(error) => {
                done.push(first);
                return Err(error);
            }
        };
        let mut next = Some(first);
        while let Some(mut job) = next.take() {
            conn.execute_batch("SAVEPOINT job").map_err(told)?;
            if !job.run(conn) {
                conn.execute_batch("ROLLBACK TO job").map_err(told)?;
            }
            conn.execute_batch("RELEASE job").map_err(told)?;
            done.push(job);
            if done.len() < MOST {
                next = waiting.try_recv().ok();
            }
        }
        failpoints::reach("writer:done");
        tx.commit().map_err(told)?;
        failpoints::reach("writer:committed");
        Ok(())
    })();
    for job in done {
        job.settle(outcome.clone());
    }
}
