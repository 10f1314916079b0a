//! `publish`: the published stream as files for any static host.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::{Around, wait};
use crate::failure::Failure;
use crate::files;
use crate::publish::Publisher;

/// Writes what is published as plain files, for any static host
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// The folder; what is there stays whole at every moment
    folder: PathBuf,
}

pub(super) fn run(asked: &Asked, mut around: Around<'_>) -> Result<(), Failure> {
    let log = around.log()?;
    let clock = Arc::clone(&around.clock);
    let sequence = wait(async {
        let publisher = Publisher::new(Arc::clone(&log), clock).await?;
        let (latest, _) = publisher.publish().await?;
        files::folder(&*log, &latest, &asked.folder).await?;
        Ok(latest.sequence)
    })?;
    let folder = asked.folder.display();
    around.say(&format!(
        "What is published up to {sequence} stands in {folder}."
    ))
}
