//! `device`: what writes.

use clap::{Args, Subcommand};
use domain::RecordId;

use super::{Around, wait};
use crate::clock;
use crate::failure::Failure;
use crate::log::{AccountRow, DeviceRow};

/// Devices that have joined
#[derive(Debug, Args)]
pub(super) struct Asked {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Lists all
    List,
    /// Takes one out: it can no longer write
    Revoke {
        /// Its identifier
        id: RecordId,
    },
}

pub(super) fn run(asked: &Asked, mut around: Around<'_>) -> Result<(), Failure> {
    let log = around.log()?;
    let lines = wait(async {
        match &asked.what {
            What::List => {
                let accounts = log.accounts().await?;
                let devices = log.devices().await?;
                Ok(devices
                    .iter()
                    .map(|device| line(device, &accounts))
                    .collect())
            }
            What::Revoke { id } => match log.revoke(*id).await? {
                true => Ok(vec![format!("{id} is taken out.")]),
                false => Err(Failure::NotFound(format!("There is no device {id}."))),
            },
        }
    })?;
    let lines: Vec<String> = lines;
    lines.iter().try_for_each(|line| around.say(line))
}

fn line(device: &DeviceRow, accounts: &[AccountRow]) -> String {
    let account = accounts.iter().find(|row| row.id == device.account);
    let account = account.map_or("", |row| row.account.name.as_str());
    let made = clock::text(device.made_at);
    let (id, name, last) = (device.id, &device.name, device.last);
    let operations = if last == 1 { "operation" } else { "operations" };
    let revoked = if device.revoked { ", taken out" } else { "" };
    format!("{id}  {name}, of {account}, joined {made}, {last} {operations}{revoked}")
}
