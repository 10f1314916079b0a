//! A hub on each store.

use std::sync::{Arc, LazyLock};

use super::cluster::Cluster;
use super::world::World;
use crate::log::postgres::{self, PostgresLog};
use crate::log::sqlite::{self, SqliteLog};
use crate::log::{About, Log, SigningKey};
use crate::pairing::{new_id, random};

/// A hub of each store; of PostgreSQL where it is installed.
pub(super) async fn worlds() -> Vec<World> {
    let mut worlds = vec![World::in_folder().await];
    worlds.extend(World::in_database().await);
    worlds
}

/// The server on which each hub has a database of its own. It stops with this process.
static SERVER: LazyLock<Option<Cluster>> = LazyLock::new(|| Cluster::start(&["fsync = off"]));

fn about() -> About {
    About {
        hub: new_id().unwrap(),
        name: "A hub for tests".to_owned(),
        epoch: 1,
        keys: vec![SigningKey(random().unwrap()), SigningKey(random().unwrap())],
    }
}

impl World {
    pub(super) async fn in_folder() -> Self {
        let folder = tempfile::tempdir().unwrap();
        assert!(sqlite::make(folder.path(), &about()).unwrap());
        let log: Arc<dyn Log> = Arc::new(SqliteLog::open(folder.path()).unwrap().unwrap());
        Self::on(log, folder).await
    }

    async fn in_database() -> Option<Self> {
        let server = SERVER.as_ref()?;
        let address = server.address(&server.make_database());
        assert!(postgres::make(&address, &about()).await.unwrap());
        let log = PostgresLog::open(&address).await.unwrap().unwrap();
        Some(Self::on(Arc::new(log), tempfile::tempdir().unwrap()).await)
    }
}
