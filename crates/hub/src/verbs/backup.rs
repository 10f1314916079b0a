//! `backup` and `restore`.

use std::path::PathBuf;

use clap::Args;

use super::{Around, wait};
use crate::failure::Failure;
use crate::log::{postgres, sqlite};
use crate::place::Place;

/// Copies the whole hub into a file, while it serves
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// The file; one that is there is replaced. It holds the hub's keys: keep it as safe as the hub
    file: PathBuf,
}

/// Makes a hub from a backup, in place of what is there
///
/// With --database: tells desks that the database was brought back from a backup of its own.
#[derive(Debug, Args)]
pub(super) struct RestoreAsked {
    /// The backup; none with --database
    file: Option<PathBuf>,
}

pub(super) fn run(asked: &Asked, mut around: Around<'_>) -> Result<(), Failure> {
    let Place::Folder(folder) = around.place else {
        let told = "A hub in a database is backed up as PostgreSQL does it: pg_basebackup, pg_dump, \
                    or what your provider has. After bringing one back: signpost-hub restore \
                    --database …";
        return Err(Failure::Settings(told.to_owned()));
    };
    drop(around.log()?);
    sqlite::backup(folder, &asked.file)?;
    around.say(&format!("The hub is copied to {}.", asked.file.display()))
}

pub(super) fn restore(asked: &RestoreAsked, mut around: Around<'_>) -> Result<(), Failure> {
    let _mine = around.place.take()?;
    let now = (around.clock)();
    let about = match (around.place, &asked.file) {
        (Place::Folder(folder), Some(file)) => sqlite::restore(file, folder, now)?,
        (Place::Database { address, .. }, None) => {
            wait(async { Ok(postgres::begin_epoch(address, now).await?) })?
        }
        (Place::Folder(_), None) => {
            let told = "Name the backup: signpost-hub restore FILE.";
            return Err(Failure::Settings(told.to_owned()));
        }
        (Place::Database { .. }, Some(_)) => {
            let told = "A database is brought back by PostgreSQL; then run this without a file.";
            return Err(Failure::Settings(told.to_owned()));
        }
    };
    around.say(&format!(
        "“{}” is restored, in epoch {}. Desks send again what the backup does not have.",
        about.name, about.epoch
    ))
}
