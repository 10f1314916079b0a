//! `backup` and `restore`.

use std::path::PathBuf;

use clap::Args;

use super::Around;
use crate::failure::Failure;
use crate::log::sqlite;

/// Copies the whole hub into a file, while it serves
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// The file; one that is there is replaced. It holds the hub's keys: keep it as safe as the hub
    file: PathBuf,
}

/// Makes a hub from a backup, in place of what is there
#[derive(Debug, Args)]
pub(super) struct RestoreAsked {
    /// The backup
    file: PathBuf,
}

pub(super) fn run(asked: &Asked, mut around: Around<'_>) -> Result<(), Failure> {
    drop(around.log()?);
    sqlite::backup(around.folder, &asked.file)?;
    around.say(&format!("The hub is copied to {}.", asked.file.display()))
}

pub(super) fn restore(asked: &RestoreAsked, mut around: Around<'_>) -> Result<(), Failure> {
    let _mine = crate::lock::take(around.folder)?;
    let about = sqlite::restore(&asked.file, around.folder)?;
    around.say(&format!(
        "“{}” is restored, in epoch {}. Desks send again what the backup does not have.",
        about.name, about.epoch
    ))
}
