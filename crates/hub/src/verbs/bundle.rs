//! `bundle`: the published stream as one file, for a USB stick.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::{Around, wait};
use crate::failure::Failure;
use crate::files;
use crate::publish::Publisher;

/// Writes what is published into one file that a desk can load
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// The file; one that is there is replaced when the new one is whole
    file: PathBuf,
}

pub(super) fn run(asked: &Asked, mut around: Around<'_>) -> Result<(), Failure> {
    let log = around.log()?;
    let clock = Arc::clone(&around.clock);
    let sequence = wait(async {
        let publisher = Publisher::new(Arc::clone(&log), clock).await?;
        let (latest, _) = publisher.publish().await?;
        files::bundle(&*log, &latest, &asked.file).await?;
        Ok(latest.sequence)
    })?;
    let file = asked.file.display();
    around.say(&format!(
        "What is published up to {sequence} stands in {file}."
    ))
}
