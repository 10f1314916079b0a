//! Where hubs under test keep what they keep: the same stories on each store.

use std::path::Path;
use std::sync::LazyLock;

use super::server::Cluster;

/// A store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Log {
    Sqlite,
    Postgres,
}

/// The server on which each hub has a database of its own. It stops with this process.
static SERVER: LazyLock<Option<Cluster>> = LazyLock::new(|| Cluster::start(&["fsync = off"]));

impl Log {
    /// Both, as far as they are on this machine.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let both = [Self::Sqlite, Self::Postgres].into_iter();
        both.filter(|log| log.is_here())
    }

    /// Whether it is on this machine; that PostgreSQL isn't is said.
    pub(crate) fn is_here(self) -> bool {
        self == Self::Sqlite || SERVER.is_some()
    }

    /// As `SIGNPOST_LOG` names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    /// Whether `SIGNPOST_LOG` names it; none: nothing is named.
    pub(crate) fn is_named(self) -> Option<bool> {
        let named = std::env::var_os("SIGNPOST_LOG")?;
        let known = [Self::Sqlite, Self::Postgres].map(Self::name);
        assert!(known.iter().any(|name| named == *name), "{known:?}");
        Some(named == self.name())
    }

    /// A new database for a hub; none: its folder is enough.
    pub(crate) fn database(self) -> Option<Database> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some(Database(server().make_database())),
        }
    }
}

/// A database, until nobody wants it any more.
pub(crate) struct Database(String);

impl Database {
    /// Its address.
    pub(crate) fn address(&self) -> String {
        server().address(&self.0)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        server().drop_database(&self.0);
    }
}

/// Copies the database at an address into a file, as whoever runs it does, while hubs serve.
pub(crate) fn dump(address: &str, file: &Path) {
    server().dump(name(address), file);
}

/// Brings the database at an address back from such a file. Nobody uses it meanwhile.
pub(crate) fn bring_back(address: &str, file: &Path) {
    server().drop_database(name(address));
    server().bring_back(name(address), file);
}

fn server() -> &'static Cluster {
    SERVER.as_ref().expect("PostgreSQL is here")
}

fn name(address: &str) -> &str {
    let (_, name) = address.rsplit_once('/').expect("an address");
    assert_eq!(server().address(name), address, "it is on this server");
    name
}
