//! `import`: records from files, as an administrator's edits.

mod says;

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use domain::{Account, Act, FieldChange, Kind, Role, Verdict, change};
use wire::{Hash, Operation};

use super::{Around, wait};
use crate::clock;
use crate::failure::Failure;
use crate::log::{AccountRow, Incoming, Log, NewDevice, Pairing, Visitor};
use crate::pairing::{new_id, random};
use crate::seed::Seed;
use crate::sequencer::Sequencer;
use crate::sources;

/// The account under whose name imports stand.
const ACCOUNT: &str = "Import on the hub";
/// Operations sent at a time.
const AT_A_TIME: usize = 500;

/// Adds records from files, and changes those that are there; what a file does not say stays
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// Files or folders of HSDS or Open Referral UK, or a desk's directory.sqlite3
    #[arg(required = true, value_name = "FILE|DIR")]
    from: Vec<PathBuf>,
}

/// What became of the operations of an import.
#[derive(Debug, Default)]
struct Became {
    changed: u64,
    same: u64,
    waits: u64,
    refused: u64,
}

pub(super) fn run(asked: &Asked, mut around: Around<'_>) -> Result<(), Failure> {
    let log = around.log()?;
    let mut seeds = Vec::new();
    for from in &asked.from {
        seeds.extend(sources::read(from)?);
    }
    // What others refer to comes first.
    seeds.sort_by_key(|seed| Kind::ALL.iter().position(|kind| *kind == seed.key().0));
    let now = (around.clock)();
    let became = wait(import(log, seeds, now))?;
    around.say(&format!(
        "{} records new or changed, {} as they were, {} wait for a curator, {} refused.",
        became.changed, became.same, became.waits, became.refused
    ))?;
    match became.refused {
        0 => Ok(()),
        refused => Err(Failure::NotFound(format!(
            "{refused} records were refused: see above."
        ))),
    }
}

async fn import(log: Arc<dyn Log>, seeds: Vec<Seed>, now: u64) -> Result<Became, Failure> {
    let visitor = visitor(&*log, now).await?;
    failpoints::reach("import:joined");
    let sequencer = Sequencer::new(Arc::new(crate::areas::built_in()));
    let mut became = Became::default();
    let mut sequence = 0;
    let mut waiting = Vec::new();
    for seed in seeds {
        let Some(operation) = operation(&*log, &visitor, seed, now).await? else {
            became.same += 1;
            continue;
        };
        sequence += 1;
        waiting.push(incoming(Operation {
            sequence,
            ..operation
        })?);
        if waiting.len() >= AT_A_TIME {
            decide(
                &*log,
                (&visitor, &sequencer),
                std::mem::take(&mut waiting),
                &mut became,
                now,
            )
            .await?;
        }
    }
    decide(&*log, (&visitor, &sequencer), waiting, &mut became, now).await?;
    failpoints::reach("import:done");
    log.revoke(visitor.device.id).await?;
    Ok(became)
}

/// A device of this import's own.
async fn visitor(log: &dyn Log, now: u64) -> Result<Visitor, Failure> {
    let accounts = log.accounts().await?;
    let known = accounts.into_iter().find(|row| row.account.name == ACCOUNT);
    let account = AccountRow {
        id: known.as_ref().map_or_else(new_id, |row| Ok(row.id))?,
        account: Account {
            name: ACCOUNT.to_owned(),
            role: Role::Administrator,
            boroughs: Vec::new(),
        },
        closed: false,
        made_at: known.map_or(now, |row| row.made_at),
    };
    log.put_account(account.clone()).await?;
    let (pairing, code) = Pairing::new(account.id, now)?;
    let device = NewDevice {
        id: new_id()?,
        name: ACCOUNT.to_owned(),
        key_hash: Hash::of(&random::<32>()?),
    };
    log.open_pairing(pairing, now).await?;
    let joined = log.pair(code, device, now).await?;
    joined.ok_or_else(|| Failure::Log("The import could not begin. Try again.".to_owned()))
}

/// What has to be done so that a record says what its source says; none: nothing.
async fn operation(
    log: &dyn Log,
    visitor: &Visitor,
    seed: Seed,
    now: u64,
) -> Result<Option<Operation>, Failure> {
    let (kind, id) = seed.key();
    let there = log.record(kind, id).await?;
    let before = there.as_ref().map(|there| &there.body);
    let changes = change::diff(kind, before, &seed.record);
    let changes: Vec<FieldChange> = changes
        .into_iter()
        .filter(|change| says::something(change, before))
        .collect();
    if changes.is_empty() {
        return Ok(None);
    }
    Ok(Some(Operation {
        id: None,
        device: visitor.device.id,
        sequence: 0,
        at: clock::text(now),
        kind,
        record: id,
        base: there.map_or(0, |there| there.version),
        act: Act::Edit { changes },
        before_joining: false,
    }))
}

fn incoming(operation: Operation) -> Result<Incoming, Failure> {
    let body = serde_json::to_string(&operation);
    let body = body.map_err(|error| Failure::File(error.to_string()))?;
    Ok(Incoming::new(operation.sequence, &body, None))
}

/// Has operations decided, here or by the hub that serves.
async fn decide(
    log: &dyn Log,
    (visitor, sequencer): (&Visitor, &Sequencer),
    operations: Vec<Incoming>,
    became: &mut Became,
    now: u64,
) -> Result<(), Failure> {
    let (Some(first), Some(last)) = (operations.first(), operations.last()) else {
        return Ok(());
    };
    let sequences = first.sequence..=last.sequence;
    log.take_in(visitor.device.id, operations, now).await?;
    failpoints::reach("import:taken");
    while log.turn(sequencer, now).await?.decided > 0 {}
    failpoints::reach("import:decided");
    for taken in log.verdicts(visitor.device.id, sequences).await? {
        match taken.verdict {
            Verdict::Applied { sequence: None } | Verdict::Merged { sequence: None } => {
                became.same += 1;
            }
            Verdict::Applied { .. } | Verdict::Merged { .. } => became.changed += 1,
            Verdict::Conflict { .. } | Verdict::Queued { .. } => became.waits += 1,
            Verdict::Refused { reason, .. } => {
                tracing::warn!("{reason}");
                became.refused += 1;
            }
            Verdict::NotUnderstood => {
                tracing::warn!("a newer hub decided this: update this program");
                became.refused += 1;
            }
        }
    }
    Ok(())
}
