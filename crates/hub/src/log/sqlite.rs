//! The hub's log in one SQLite file: WAL, synchronous FULL. One thread writes and puts what waits
//! for it into one transaction; as many connections read as are asked at once.

mod connection;
mod inbox;
mod made;
mod people;
mod published;
mod reading;
mod rows;
mod schema;
mod seeding;
mod staff;
mod turn;
mod writer;

use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use domain::{Kind, RecordId};
use wire::{Code, Hash, Taken};

pub(crate) use connection::told;
pub(crate) use made::{backup, make, restore};

use super::{
    About, AccountRow, ChangeRow, DeviceRow, Incoming, LinesAt, Log, LogError, NewDevice, NewPack,
    News, Pairing, Publication, RecordRow, StaffRow, Stored, TakenIn, Tied, Turned, Versions,
    Visitor,
};
use crate::seed::Seed;
use crate::sequencer::Sequencer;
use connection::{Readers, Site};
use writer::Writer;

/// The log in a file.
pub(crate) struct SqliteLog {
    writer: Writer,
    readers: Readers,
    news: Arc<News>,
}

impl SqliteLog {
    /// Opens the log of a folder. None: there is no hub in it, or one that was cut off while it was
    /// made.
    pub(crate) fn open(folder: &Path) -> Result<Option<Self>, LogError> {
        let site = Site::of(folder);
        if !site.path().exists() {
            return Ok(None);
        }
        let mut conn = site.writing()?;
        schema::migrate(&mut conn)?;
        if !reading::is_made(&conn)? {
            return Ok(None);
        }
        let news = Arc::new(News::default());
        Ok(Some(Self {
            writer: Writer::start(conn, Arc::clone(&news))?,
            readers: Readers::new(site),
            news,
        }))
    }
}

#[async_trait]
impl Log for SqliteLog {
    fn news(&self) -> &News {
        &self.news
    }

    async fn about(&self) -> Result<About, LogError> {
        self.readers.read(reading::about).await
    }

    async fn ready(&self) -> Result<(), LogError> {
        self.writer.write(|_conn| Ok(())).await?;
        self.readers
            .read(|conn| reading::cursor(conn).map(drop))
            .await
    }

    async fn accounts(&self) -> Result<Vec<AccountRow>, LogError> {
        self.readers.read(people::accounts).await
    }

    async fn put_account(&self, account: AccountRow) -> Result<(), LogError> {
        self.writer
            .write(move |conn| people::put_account(conn, &account))
            .await?;
        failpoints::reach("account:committed");
        self.news.decided.ring();
        Ok(())
    }

    async fn devices(&self) -> Result<Vec<DeviceRow>, LogError> {
        self.readers.read(people::devices).await
    }

    async fn visitor(&self, device: RecordId) -> Result<Option<Visitor>, LogError> {
        self.readers
            .read(move |conn| people::visitor(conn, device))
            .await
    }

    async fn revoke(&self, device: RecordId) -> Result<bool, LogError> {
        let revoked = self
            .writer
            .write(move |conn| people::revoke(conn, device))
            .await?;
        failpoints::reach("device:revoked");
        Ok(revoked)
    }

    async fn open_pairing(&self, pairing: Pairing, now: u64) -> Result<bool, LogError> {
        let opened = self
            .writer
            .write(move |conn| people::open_pairing(conn, &pairing, now))
            .await?;
        failpoints::reach("pair:opened");
        Ok(opened)
    }

    async fn pair(
        &self,
        code: Code,
        device: NewDevice,
        now: u64,
    ) -> Result<Option<Visitor>, LogError> {
        let joined = self
            .writer
            .write(move |conn| people::pair(conn, &code, &device, now))
            .await?;
        failpoints::reach("pair:committed");
        Ok(joined)
    }

    async fn take_in(
        &self,
        device: RecordId,
        operations: Vec<Incoming>,
        now: u64,
    ) -> Result<TakenIn, LogError> {
        let taken = self
            .writer
            .write(move |conn| inbox::take_in(conn, device, &operations, now));
        let taken = taken.await?;
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
        self.readers
            .read(move |conn| inbox::verdicts(conn, device, &sequences))
            .await
    }

    async fn turn(&self, by: &Sequencer, now: u64) -> Result<Turned, LogError> {
        let by = by.clone();
        let turned = self
            .writer
            .write(move |conn| turn::turn(conn, &by, now))
            .await?;
        if turned.decided > 0 {
            failpoints::reach("turn:committed");
            self.news.decided.ring();
        }
        Ok(turned)
    }

    async fn seed(&self, by: &Sequencer, seeds: Vec<Seed>, now: u64) -> Result<u64, LogError> {
        let by = by.clone();
        let sequence = self
            .writer
            .write(move |conn| seeding::seed(conn, &by, &seeds, now))
            .await?;
        self.news.decided.ring();
        Ok(sequence)
    }

    async fn lines(
        &self,
        buckets: RangeInclusive<u8>,
        versions: Versions,
    ) -> Result<LinesAt, LogError> {
        self.readers
            .read(move |conn| published::lines(conn, &buckets, versions))
            .await
    }

    async fn publication(&self) -> Result<Option<Publication>, LogError> {
        self.readers.read(published::publication).await
    }

    async fn publish(
        &self,
        publication: Publication,
        packs: Vec<NewPack>,
        now: u64,
    ) -> Result<bool, LogError> {
        let put = self
            .writer
            .write(move |conn| published::publish(conn, &publication, &packs, now));
        let first = put.await?;
        if first {
            failpoints::reach("publish:committed");
            self.news.published.ring();
        }
        Ok(first)
    }

    async fn pack(&self, hash: Hash) -> Result<Option<Vec<u8>>, LogError> {
        self.readers
            .read(move |conn| published::pack(conn, hash))
            .await
    }

    async fn manifest(&self, hash: Hash) -> Result<Option<String>, LogError> {
        self.readers
            .read(move |conn| published::manifest(conn, hash))
            .await
    }

    async fn records(
        &self,
        kind: Kind,
        after: Option<RecordId>,
        most: usize,
    ) -> Result<Vec<RecordRow>, LogError> {
        self.readers
            .read(move |conn| reading::records(conn, kind, after, most))
            .await
    }

    async fn published(&self, kind: Kind, id: RecordId) -> Result<Option<RecordRow>, LogError> {
        self.readers
            .read(move |conn| reading::published(conn, (kind, id)))
            .await
    }

    async fn record(&self, kind: Kind, id: RecordId) -> Result<Option<Stored>, LogError> {
        self.readers
            .read(move |conn| rows::record(conn, (kind, id)))
            .await
    }

    async fn tied(&self, kind: Kind, id: RecordId) -> Result<Vec<Tied>, LogError> {
        self.readers
            .read(move |conn| rows::tied(conn, (kind, id)))
            .await
    }

    async fn history(
        &self,
        kind: Kind,
        id: RecordId,
        most: usize,
    ) -> Result<Vec<ChangeRow>, LogError> {
        self.readers
            .read(move |conn| reading::history(conn, (kind, id), most))
            .await
    }

    async fn staff(&self, after: u64, most: usize) -> Result<Vec<StaffRow>, LogError> {
        self.readers
            .read(move |conn| staff::after(conn, after, most))
            .await
    }

    async fn cursor(&self) -> Result<u64, LogError> {
        self.readers.read(reading::cursor).await
    }
}
