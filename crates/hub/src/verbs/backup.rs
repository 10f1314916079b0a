//! `backup` and `restore`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Around, wait};
use crate::failure::Failure;
use crate::log::{LogError, postgres, sqlite};
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
    sqlite::backup(folder, &asked.file).map_err(unkept)?;
    around.say(&format!("The hub is copied to {}.", asked.file.display()))
}

pub(super) fn restore(asked: &RestoreAsked, mut around: Around<'_>) -> Result<(), Failure> {
    let _mine = around.place.take()?;
    let now = (around.clock)();
    let about = match (around.place, &asked.file) {
        (Place::Folder(folder), Some(file)) => {
            sqlite::restore(file, folder, now).map_err(|error| unfit(file, error))?
        }
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

/// What is wrong where a backup is to be kept says nothing of the hub.
fn unkept(error: LogError) -> Failure {
    if matches!(error, LogError::Folder { .. }) {
        return Failure::File(error.to_string());
    }
    error.into()
}

/// What is wrong with a backup says nothing of the hub.
fn unfit(file: &Path, error: LogError) -> Failure {
    match error {
        LogError::Damaged(why) | LogError::Other(why) => Failure::File(format!(
            "{} is no backup of a hub, or a damaged one: {why}. The hub is as it was.",
            file.display()
        )),
        LogError::Busy(_)
        | LogError::Full(_)
        | LogError::Newer { .. }
        | LogError::Folder { .. }
        | LogError::NameTaken => error.into(),
    }
}
