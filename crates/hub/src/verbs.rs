//! The command line: one verb a file.

mod account;
mod backup;
mod bundle;
mod device;
mod export;
mod import;
mod init;
mod pair;
mod publish;
mod serve;

use std::future::Future;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::failure::Failure;
use crate::log::Log;
use crate::place::Place;
use crate::settings::{Common, File};

const AFTER: &str = "\
Each setting can also be given in the environment (SIGNPOST_HUB_DATA, SIGNPOST_HUB_LISTEN…) or in a
TOML file named by --config: those above by their names, those of `serve` in a table [serve].

Exit codes:
  0  done
  1  there is no such account or device, or some records were refused
  2  a setting is missing or wrong
  3  the hub's database can't be used, or another process uses it
  4  a file can't be read or written, or is not what it should be
  5  the address can't be listened at
";

/// The server at which copies of the directory meet.
#[derive(Debug, Parser)]
#[command(
    name = "signpost-hub",
    version,
    after_help = AFTER,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub struct Line {
    /// File of settings
    #[arg(long, global = true, value_name = "FILE", env = "SIGNPOST_HUB_CONFIG")]
    config: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Init(init::Asked),
    Serve(serve::Asked),
    Pair(pair::Asked),
    Account(account::Asked),
    Device(device::Asked),
    Backup(backup::Asked),
    Restore(backup::RestoreAsked),
    Import(import::Asked),
    Export(export::Asked),
    Publish(publish::Asked),
    Bundle(bundle::Asked),
}

/// What a verb is given.
pub(crate) struct Around<'a> {
    pub(crate) place: &'a Place,
    pub(crate) clock: Clock,
    pub(crate) out: &'a mut dyn Write,
    /// Hears what is for people and no program.
    pub(crate) people: &'a mut dyn Write,
    /// Serves until this becomes true; none: until the process is told to stop.
    pub(crate) until: Option<watch::Receiver<bool>>,
}

/// Does what the command line says. The clock tells seconds since 1970; `people` hear what no program
/// is to read.
///
/// # Errors
/// [`Failure`] says what kept it, and what to do.
pub fn obey(
    line: Line,
    clock: Clock,
    out: &mut dyn Write,
    people: &mut dyn Write,
) -> Result<(), Failure> {
    obey_until(line, clock, (out, people), None)
}

/// Does what the command line says, until then.
pub(crate) fn obey_until(
    line: Line,
    clock: Clock,
    (out, people): (&mut dyn Write, &mut dyn Write),
    until: Option<watch::Receiver<bool>>,
) -> Result<(), Failure> {
    let file = File::read(line.config.as_deref())?;
    let common = line.common.or(&file);
    crate::journal::begin(&common)?;
    let place = &Place::of(&common)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| Failure::Settings(error.to_string()))?;
    let _within = runtime.enter();
    let around = Around {
        place,
        clock,
        out,
        people,
        until,
    };
    match line.verb {
        Verb::Init(asked) => init::run(&asked, around),
        Verb::Serve(asked) => serve::run(asked, &file, around),
        Verb::Pair(asked) => pair::run(&asked, around),
        Verb::Account(asked) => account::run(&asked, around),
        Verb::Device(asked) => device::run(&asked, around),
        Verb::Backup(asked) => backup::run(&asked, around),
        Verb::Restore(asked) => backup::restore(&asked, around),
        Verb::Import(asked) => import::run(&asked, around),
        Verb::Export(asked) => export::run(&asked, around),
        Verb::Publish(asked) => publish::run(&asked, around),
        Verb::Bundle(asked) => bundle::run(&asked, around),
    }
}

impl Around<'_> {
    /// The log, which must be there.
    pub(crate) fn log(&self) -> Result<Arc<dyn Log>, Failure> {
        wait(self.place.open())?.ok_or_else(|| {
            let (name, flag) = (self.place.name(), self.place.flag());
            Failure::Settings(format!(
                "There is no hub in {name}. Make one: signpost-hub init {flag}"
            ))
        })
    }

    /// Writes a line for whoever asked.
    pub(crate) fn say(&mut self, line: &str) -> Result<(), Failure> {
        let written = writeln!(self.out, "{line}").and_then(|()| self.out.flush());
        written.map_err(|error| Failure::File(format!("The answer could not be written: {error}.")))
    }
}

/// Waits for work.
pub(crate) fn wait<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Handle::current().block_on(work)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Line::command().debug_assert();
    }
}
