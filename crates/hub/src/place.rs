//! Where a hub keeps what it keeps: a folder, or a PostgreSQL database.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::failure::Failure;
use crate::lock::{self, Mine};
use crate::log::postgres::{self, PostgresLog};
use crate::log::sqlite::{self, SqliteLog};
use crate::log::{About, Log};
use crate::settings::Common;

/// Where a hub is.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// In a folder.
    Folder(PathBuf),
    /// In a database.
    Database {
        /// Its address, which may hold a password.
        address: String,
        /// Where files may be kept that can be made again.
        folder: Option<PathBuf>,
    },
}

impl Place {
    /// The place that the settings name.
    pub(crate) fn of(common: &Common) -> Result<Self, Failure> {
        let missing = "Name the folder of the hub: --data DIR, or SIGNPOST_HUB_DATA.";
        match (&common.database, &common.data) {
            (Some(address), folder) => Ok(Self::Database {
                address: address.clone(),
                folder: folder.clone(),
            }),
            (None, Some(folder)) => Ok(Self::Folder(folder.clone())),
            (None, None) => Err(Failure::Settings(missing.to_owned())),
        }
    }

    /// As people are told, without any password.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Folder(folder) => folder.display().to_string(),
            Self::Database { .. } => "the database".to_owned(),
        }
    }

    /// How the command line names it.
    pub(crate) fn flag(&self) -> String {
        match self {
            Self::Folder(folder) => format!("--data {}", folder.display()),
            Self::Database { .. } => "--database …".to_owned(),
        }
    }

    /// Where files may be kept beside it.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(folder) => Some(folder),
            Self::Database { folder, .. } => folder.as_deref(),
        }
    }

    /// Keeps a folder for this process. A database is for many.
    pub(crate) fn take(&self) -> Result<Option<Mine>, Failure> {
        match self {
            Self::Folder(folder) => lock::take(folder).map(Some),
            Self::Database { folder, .. } => {
                if let Some(folder) = folder {
                    let made = std::fs::create_dir_all(folder);
                    made.map_err(|error| Failure::file(folder, &error))?;
                }
                Ok(None)
            }
        }
    }

    /// Makes the log of a hub, unless there is one. True: it is new.
    pub(crate) async fn make(&self, about: &About) -> Result<bool, Failure> {
        Ok(match self {
            Self::Folder(folder) => sqlite::make(folder, about)?,
            Self::Database { address, .. } => postgres::make(address, about).await?,
        })
    }

    /// The log; none: there is no hub yet.
    pub(crate) async fn open(&self) -> Result<Option<Arc<dyn Log>>, Failure> {
        Ok(match self {
            Self::Folder(folder) => {
                let log = SqliteLog::open(folder)?;
                log.map(|log| Arc::new(log) as Arc<dyn Log>)
            }
            Self::Database { address, .. } => {
                let log = PostgresLog::open(address).await?;
                log.map(|log| Arc::new(log) as Arc<dyn Log>)
            }
        })
    }
}
