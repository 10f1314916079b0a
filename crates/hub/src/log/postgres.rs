//! The hub's log in PostgreSQL: any number of hub processes on one primary, with whatever standbys it
//! has.
//!
//! Everything is read from and written to the primary, so that nothing is published which a standby
//! that takes over would not know: where standbys are synchronous, the primary shows a commit only
//! when they have it. Devices write into the inbox at the same time; deciding is one process's at a
//! time, under a lock that ends with its transaction.

mod connection;
mod inbox;
mod listen;
mod made;
mod people;
mod published;
mod reading;
mod rows;
mod schema;
mod tls;
mod turn;
mod write;

#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;
use std::sync::Arc;

use async_trait::async_trait;
use deadpool_postgres::{Object, Pool};
use domain::{Kind, RecordId};
use tokio::sync::Mutex;
use wire::{Code, Hash, Taken};

pub(crate) use made::{begin_epoch, make};

use super::{
    About, AccountRow, ChangeRow, DeviceRow, Incoming, LinesAt, Log, LogError, NewDevice, NewPack,
    News, Pairing, Publication, RecordRow, StaffRow, Stored, TakenIn, Tied, Turned, Versions,
    Visitor,
};
use crate::seed::Seed;
use crate::sequencer::Sequencer;
use listen::Listener;
use tls::Tls;

/// The log in a database.
pub(crate) struct PostgresLog {
    pool: Pool,
    news: Arc<News>,
    /// Of this process, one at a time waits for the lock of whoever decides.
    deciding: Mutex<()>,
    _listener: Listener,
}

impl PostgresLog {
    /// Opens the log of a database, `postgres://user@host/database`; of several hosts the one that can
    /// be written to. None: there is no hub in it.
    pub(crate) async fn open(address: &str) -> Result<Option<Self>, LogError> {
        let config = connection::config(address)?;
        let tls = Tls::new()?;
        let pool = connection::pool(config.clone(), tls.clone())?;
        let mut client = connection::connection(&pool).await?;
        let tx = client.transaction().await.map_err(connection::told)?;
        schema::migrate(&tx).await?;
        let there = tx.query_opt("SELECT 1 FROM hub", &[]).await;
        let there = there.map_err(connection::told)?;
        tx.commit().await.map_err(connection::told)?;
        if there.is_none() {
            return Ok(None);
        }
        let news = Arc::new(News::default());
        Ok(Some(Self {
            _listener: Listener::start((config, tls), pool.clone(), &news),
            pool,
            news,
            deciding: Mutex::new(()),
        }))
    }

    async fn client(&self) -> Result<Object, LogError> {
        connection::connection(&self.pool).await
    }
}

#[async_trait]
impl Log for PostgresLog {
    fn news(&self) -> &News {
        &self.news
    }

    async fn about(&self) -> Result<About, LogError> {
        reading::about(&**self.client().await?).await
    }

    async fn ready(&self) -> Result<(), LogError> {
        reading::cursor(&self.client().await?).await.map(drop)
    }

    async fn accounts(&self) -> Result<Vec<AccountRow>, LogError> {
        people::accounts(&self.client().await?).await
    }

    async fn put_account(&self, account: AccountRow) -> Result<(), LogError> {
        people::put_account(&mut self.client().await?, &account).await?;
        failpoints::reach("account:committed");
        self.news.decided.ring();
        Ok(())
    }

    async fn devices(&self) -> Result<Vec<DeviceRow>, LogError> {
        people::devices(&self.client().await?).await
    }

    async fn visitor(&self, device: RecordId) -> Result<Option<Visitor>, LogError> {
        people::visitor(&**self.client().await?, device).await
    }

    async fn revoke(&self, device: RecordId) -> Result<bool, LogError> {
        let revoked = people::revoke(&self.client().await?, device).await?;
        failpoints::reach("device:revoked");
        Ok(revoked)
    }

    async fn open_pairing(&self, pairing: Pairing, now: u64) -> Result<bool, LogError> {
        let opened = people::open_pairing(&self.client().await?, &pairing, now).await?;
        failpoints::reach("pair:opened");
        Ok(opened)
    }

    async fn pair(
        &self,
        code: Code,
        device: NewDevice,
        now: u64,
    ) -> Result<Option<Visitor>, LogError> {
        let joined = people::pair(&mut self.client().await?, &code, &device, now).await?;
        failpoints::reach("pair:committed");
        Ok(joined)
    }

    async fn take_in(
        &self,
        device: RecordId,
        operations: Vec<Incoming>,
        now: u64,
    ) -> Result<TakenIn, LogError> {
        let taken = inbox::take_in(&mut self.client().await?, device, &operations, now).await?;
        if taken.new > 0 {
            failpoints::reach("inbox:committed");
            self.news.taken_in.ring();
        }
        Ok(taken)
    }

    async fn verdicts(
        &self,
        device: RecordId,
        sequences: RangeInclusive<u64>,
    ) -> Result<Vec<Taken>, LogError> {
        inbox::verdicts(&self.client().await?, device, &sequences).await
    }

    async fn turn(&self, by: &Sequencer, now: u64) -> Result<Turned, LogError> {
        let _turn = self.deciding.lock().await;
        let turned = turn::turn(&mut self.client().await?, by, now).await?;
        if turned.decided > 0 {
            failpoints::reach("turn:committed");
            self.news.decided.ring();
        }
        Ok(turned)
    }

    async fn seed(&self, by: &Sequencer, seeds: Vec<Seed>, now: u64) -> Result<u64, LogError> {
        let sequence = turn::seed(&mut self.client().await?, by, &seeds, now).await?;
        self.news.decided.ring();
        Ok(sequence)
    }

    async fn lines(
        &self,
        buckets: RangeInclusive<u8>,
        versions: Versions,
    ) -> Result<LinesAt, LogError> {
        published::lines(&mut self.client().await?, &buckets, versions).await
    }

    async fn publication(&self) -> Result<Option<Publication>, LogError> {
        published::publication(&self.client().await?).await
    }

    async fn publish(
        &self,
        publication: Publication,
        packs: Vec<NewPack>,
        now: u64,
    ) -> Result<bool, LogError> {
        let client = &mut self.client().await?;
        let first = published::publish(client, &publication, &packs, now).await?;
        if first {
            failpoints::reach("publish:committed");
            self.news.published.ring();
        }
        Ok(first)
    }

    async fn pack(&self, hash: Hash) -> Result<Option<Vec<u8>>, LogError> {
        published::pack(&self.client().await?, hash).await
    }

    async fn manifest(&self, hash: Hash) -> Result<Option<String>, LogError> {
        published::manifest(&self.client().await?, hash).await
    }

    async fn records(
        &self,
        kind: Kind,
        after: Option<RecordId>,
        most: usize,
    ) -> Result<Vec<RecordRow>, LogError> {
        reading::records(&self.client().await?, kind, after, most).await
    }

    async fn published(&self, kind: Kind, id: RecordId) -> Result<Option<RecordRow>, LogError> {
        reading::published(&self.client().await?, (kind, id)).await
    }

    async fn record(&self, kind: Kind, id: RecordId) -> Result<Option<Stored>, LogError> {
        reading::record(&mut self.client().await?, (kind, id)).await
    }

    async fn tied(&self, kind: Kind, id: RecordId) -> Result<Vec<Tied>, LogError> {
        reading::tied_of(&mut self.client().await?, (kind, id)).await
    }

    async fn history(
        &self,
        kind: Kind,
        id: RecordId,
        most: usize,
    ) -> Result<Vec<ChangeRow>, LogError> {
        reading::history(&self.client().await?, (kind, id), most).await
    }

    async fn staff(&self, after: u64, most: usize) -> Result<Vec<StaffRow>, LogError> {
        reading::staff(&mut self.client().await?, after, most).await
    }

    async fn cursor(&self) -> Result<u64, LogError> {
        reading::cursor(&self.client().await?).await
    }
}
