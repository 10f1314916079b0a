//! `init`: makes a hub, from files if there are any.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::{Around, wait};
use crate::failure::Failure;
use crate::log::{About, Log, SigningKey};
use crate::pairing::{new_id, random};
use crate::place::Place;
use crate::publish::Publisher;
use crate::seed::Seed;
use crate::sequencer::Sequencer;
use crate::sources;

/// Records put in at a time.
const AT_A_TIME: usize = 2_000;

/// Makes a hub, from files if there are any
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// What it begins with: a desk's directory.sqlite3 or its folder, or files of HSDS or Open
    /// Referral UK
    #[arg(long, value_name = "FILE|DIR", num_args = 1..)]
    from: Vec<PathBuf>,
    /// What people call it
    #[arg(long, default_value = "Signpost hub")]
    name: String,
}

pub(super) fn run(asked: &Asked, mut around: Around<'_>) -> Result<(), Failure> {
    let _mine = around.place.take()?;
    let mut seeds = Vec::new();
    for from in &asked.from {
        seeds.extend(sources::read(from)?);
    }
    let new = wait(make(around.place, &asked.name))?;
    let log = around.log()?;
    // One that was cut off before it published goes on: what is there already is not put in again.
    if !new && wait(async { Ok(log.publication().await?) })?.is_some() {
        let name = around.place.name();
        let told =
            format!("There is a hub in {name} already. To add records to it: signpost-hub import");
        return Err(Failure::Settings(told));
    }
    let clock = Arc::clone(&around.clock);
    let count = seeds.len();
    wait(async move {
        seed(&*log, seeds, clock()).await?;
        let publisher = Publisher::new(Arc::clone(&log), clock).await?;
        publisher.publish().await?;
        failpoints::reach("init:published");
        while publisher.compact().await? {
            publisher.publish().await?;
        }
        Ok(())
    })?;
    let place = around.place.name();
    around.say(&format!(
        "“{}” is made in {place}, with {count} records.",
        asked.name
    ))
}

/// Makes the log of a hub, unless there is one. True: it is new.
async fn make(place: &Place, name: &str) -> Result<bool, Failure> {
    let about = About {
        hub: new_id()?,
        name: name.to_owned(),
        epoch: 1,
        keys: vec![SigningKey(random()?), SigningKey(random()?)],
    };
    place.make(&about).await
}

async fn seed(log: &dyn Log, mut seeds: Vec<Seed>, now: u64) -> Result<(), Failure> {
    let sequencer = Sequencer::new(Arc::new(crate::areas::built_in()));
    while !seeds.is_empty() {
        let rest = seeds.split_off(seeds.len().min(AT_A_TIME));
        log.seed(&sequencer, std::mem::replace(&mut seeds, rest), now)
            .await?;
        failpoints::reach("init:seeded");
    }
    Ok(())
}

/// The log of a hub, made empty where there is none.
pub(super) async fn open_or_make(place: &Place) -> Result<Arc<dyn Log>, Failure> {
    if let Some(log) = place.open().await? {
        return Ok(log);
    }
    make(place, "Signpost hub").await?;
    let gone = || Failure::Log("The hub was made and is gone again. Try again.".to_owned());
    place.open().await?.ok_or_else(gone)
}
