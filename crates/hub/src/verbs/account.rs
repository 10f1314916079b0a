//! `account`: who may write.

use clap::{Args, Subcommand};
use domain::Role;

use super::{Around, wait};
use crate::accounts::{self, Wanted};
use crate::failure::Failure;

/// Accounts: who may write
#[derive(Debug, Args)]
pub(super) struct Asked {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Lists all
    List,
    /// Adds one
    Add {
        /// Its name
        name: String,
        /// contributor, curator or administrator
        #[arg(long, value_parser = accounts::role, default_value = "contributor")]
        role: Role,
        /// A borough of a curator, by name or code; more than one: again [default: all]
        #[arg(long, value_name = "NAME|CODE")]
        borough: Vec<String>,
    },
    /// Changes one
    Set {
        /// Its name
        name: String,
        /// contributor, curator or administrator
        #[arg(long, value_parser = accounts::role)]
        role: Option<Role>,
        /// A borough of a curator, in place of those it has; more than one: again
        #[arg(long, value_name = "NAME|CODE", conflicts_with = "all_boroughs")]
        borough: Vec<String>,
        /// A curator of all boroughs
        #[arg(long)]
        all_boroughs: bool,
    },
    /// Closes one: its devices can no longer write
    Close {
        /// Its name
        name: String,
    },
}

pub(super) fn run(asked: &Asked, mut around: Around<'_>) -> Result<(), Failure> {
    let log = around.log()?;
    let now = (around.clock)();
    let areas = crate::areas::built_in();
    let rows = wait(async {
        let row = match &asked.what {
            What::List => return Ok(log.accounts().await?),
            What::Add {
                name,
                role,
                borough,
            } => {
                let wanted = Wanted {
                    name,
                    role: Some(*role),
                    boroughs: borough,
                };
                return Ok(vec![accounts::add(&*log, &wanted, &areas, now).await?]);
            }
            What::Set {
                name,
                role,
                borough,
                all_boroughs,
            } => {
                let mut row = accounts::known(&*log, name).await?;
                row.account.role = role.unwrap_or(row.account.role);
                if *all_boroughs || !borough.is_empty() {
                    row.account.boroughs = accounts::boroughs(borough, &areas)?;
                }
                row
            }
            What::Close { name } => {
                let mut row = accounts::known(&*log, name).await?;
                row.closed = true;
                row
            }
        };
        log.put_account(row.clone()).await?;
        Ok(vec![row])
    })?;
    rows.iter()
        .try_for_each(|row| around.say(&accounts::line(row, &areas)))
}
