//! News from the other processes: NOTIFY, and a look every second in case one is missed. What is
//! told is only that something happened.

use std::sync::{Arc, Weak};
use std::time::Duration;

use deadpool_postgres::Pool;
use futures_util::future::{Either, select};
use tokio::task::JoinHandle;
use tokio_postgres::{AsyncMessage, Config, Transaction};

use super::connection::{connection, told};
use super::tls::Tls;
use crate::log::{LogError, News};

const CHANNEL: &str = "signpost_hub";
/// How often to look.
const LOOK: Duration = Duration::from_secs(1);

/// Tells all processes, this one as well, once the transaction is committed. Only whoever holds a lock
/// anyway tells anything: commits with a NOTIFY wait for one another.
pub(super) async fn tell(tx: &Transaction<'_>, what: &str) -> Result<(), LogError> {
    let sql = "SELECT pg_notify($1, $2)";
    tx.execute(sql, &[&CHANNEL, &what])
        .await
        .map(drop)
        .map_err(told)
}

/// Listens and looks until it is dropped.
pub(super) struct Listener {
    tasks: [JoinHandle<()>; 2],
}

impl Drop for Listener {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl Listener {
    /// Begins to listen.
    pub(super) fn start((config, tls): (Config, Tls), pool: Pool, news: &Arc<News>) -> Self {
        let listening = tokio::spawn(listen(config, tls, Arc::downgrade(news)));
        let looking = tokio::spawn(look(pool, Arc::downgrade(news)));
        Self {
            tasks: [listening, looking],
        }
    }
}

/// Keeps a connection that listens; when it breaks, makes another one.
async fn listen(config: Config, tls: Tls, news: Weak<News>) {
    while news.strong_count() > 0 {
        if let Err(error) = listen_once(&config, tls.clone(), &news).await {
            tracing::debug!(%error, "the connection that hears of news broke");
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn listen_once(
    config: &Config,
    tls: Tls,
    news: &Weak<News>,
) -> Result<(), tokio_postgres::Error> {
    let (client, mut connection) = config.connect(tls).await?;
    let mut messages = Box::pin(futures_util::stream::poll_fn(move |context| {
        connection.poll_message(context)
    }));
    let begin = format!("LISTEN {CHANNEL}");
    let mut begun = Box::pin(client.batch_execute(&begin));
    loop {
        let next = futures_util::StreamExt::next(&mut messages);
        let message = match select(begun, next).await {
            Either::Left((listens, _next)) => {
                listens?;
                // What was told before is looked up by everybody.
                if let Some(news) = news.upgrade() {
                    news.ring_all();
                }
                break;
            }
            Either::Right((message, waits)) => {
                begun = waits;
                message
            }
        };
        match message {
            Some(message) => hear(message?, news),
            None => return Ok(()),
        }
    }
    while let Some(message) = futures_util::StreamExt::next(&mut messages).await {
        hear(message?, news);
    }
    Ok(())
}

fn hear(message: AsyncMessage, news: &Weak<News>) {
    let (AsyncMessage::Notification(told), Some(news)) = (message, news.upgrade()) else {
        return;
    };
    match told.payload() {
        "decided" => news.decided.ring(),
        "published" => news.published.ring(),
        _ => news.ring_all(),
    }
}

/// What can be seen of the log from outside: what waits, what was decided, what was published.
type Sight = (Option<i64>, i64, i64, Option<i64>);

async fn look(pool: Pool, news: Weak<News>) {
    let mut seen: Option<Sight> = None;
    loop {
        tokio::time::sleep(LOOK).await;
        let Some(news) = news.upgrade() else {
            return;
        };
        let Ok(sight) = sight(&pool).await else {
            continue;
        };
        let before = seen.replace(sight);
        // What waits is told again and again: whoever should decide it may have broken off.
        if sight.0.is_some() {
            news.taken_in.ring();
        }
        if before.is_none_or(|before| (before.1, before.2) != (sight.1, sight.2)) {
            news.decided.ring();
        }
        if before.is_none_or(|before| before.3 != sight.3) {
            news.published.ring();
        }
    }
}

async fn sight(pool: &Pool) -> Result<Sight, LogError> {
    let client = connection(pool).await?;
    let sql = "
        SELECT (SELECT min(row) FROM inbox WHERE verdict IS NULL), sequence, cursor,
            (SELECT max(number) FROM publication)
        FROM hub";
    let statement = client.prepare_cached(sql).await.map_err(told)?;
    let row = client.query_one(&statement, &[]).await.map_err(told)?;
    let column = |at: usize| row.try_get(at).map_err(told);
    Ok((
        row.try_get(0).map_err(told)?,
        column(1)?,
        column(2)?,
        row.try_get(3).map_err(told)?,
    ))
}
