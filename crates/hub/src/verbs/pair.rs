//! `pair`: a code by which a device joins.

use clap::Args;
use domain::Role;

use super::{Around, wait};
use crate::accounts::{self, Wanted};
use crate::failure::Failure;
use crate::log::{AccountRow, Log, Pairing};

/// Codes tried until one is free.
const TRIES: usize = 20;

/// Prints a code by which one device joins within ten minutes
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// Whose device it is; an account that is not there yet is made
    #[arg(long)]
    name: String,
    /// contributor, curator or administrator [default: as the account is, or contributor]
    #[arg(long, value_parser = accounts::role)]
    role: Option<Role>,
    /// A borough of a curator, by name or code; more than one: again [default: all]
    #[arg(long, value_name = "NAME|CODE")]
    borough: Vec<String>,
}

pub(super) fn run(asked: &Asked, mut around: Around<'_>) -> Result<(), Failure> {
    let log = around.log()?;
    let now = (around.clock)();
    let (account, code) = wait(async {
        let account = account(asked, &*log, now).await?;
        for _ in 0..TRIES {
            let (pairing, code) = Pairing::new(account.id, now)?;
            if log.open_pairing(pairing, now).await? {
                return Ok((account, code));
            }
        }
        Err(Failure::Log(
            "Too many codes are open. Try again in ten minutes.".to_owned(),
        ))
    })?;
    // Only its eight characters go to the output, for programs; the rest is for people.
    around.say(&code.to_string().replace('-', ""))?;
    let line = accounts::line(&account, &crate::areas::built_in());
    let _unread = writeln!(
        around.people,
        "{code} is for {line}.\nType it on the device within ten minutes. It works once."
    );
    Ok(())
}

async fn account(asked: &Asked, log: &dyn Log, now: u64) -> Result<AccountRow, Failure> {
    let areas = crate::areas::built_in();
    let wanted = Wanted {
        name: &asked.name,
        role: asked.role,
        boroughs: &asked.borough,
    };
    let Some(known) = accounts::named(log, asked.name.trim()).await? else {
        return accounts::add(log, &wanted, &areas, now).await;
    };
    let role_fits = asked.role.is_none_or(|role| role == known.account.role);
    let boroughs = accounts::boroughs(&asked.borough, &areas)?;
    let fit = role_fits && (boroughs.is_empty() || boroughs == known.account.boroughs);
    if fit {
        return Ok(known);
    }
    let line = accounts::line(&known, &areas);
    Err(Failure::Settings(format!(
        "There is an account of this name already: {line}. Leave --role and --borough out, change it \
         with signpost-hub account set, or choose another name."
    )))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use clap::Parser as _;

    use crate::Line;

    #[test]
    fn programs_read_the_code_and_people_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().to_str().unwrap();
        let obeyed = |words: &[&str]| {
            let all = ["signpost-hub", "--log", "off", "--data", folder];
            let line = Line::try_parse_from(all.iter().chain(words)).unwrap();
            let (mut out, mut people) = (Vec::new(), Vec::new());
            crate::obey(line, Arc::new(|| 1_764_000_000), &mut out, &mut people).unwrap();
            [out, people].map(|said| String::from_utf8(said).unwrap())
        };
        obeyed(&["init"]);
        let [out, people] = obeyed(&["pair", "--name", "Jo"]);
        let code: wire::Code = out.trim_end().parse().unwrap();
        assert_eq!(out.len(), "ABCDEFGH\n".len());
        assert!(people.starts_with(&format!("{code} is for Jo")), "{people}");
    }
}
