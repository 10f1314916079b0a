//! `signpost`: the directory on the command line.
//!
//! This file alone reads the environment, the clock and the terminal; the verbs are told.

mod acts;
mod completions;
mod edit;
mod entry;
mod export;
mod facts;
mod failure;
mod filters;
mod found;
mod hit;
mod import;
mod imports;
mod inbox;
mod line;
mod mappings;
mod outbox;
mod page;
mod paper;
mod postcodes;
mod search;
mod show;
mod status;
mod surroundings;
mod sync;
mod unmet;
mod validate;
mod waiting;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use time::OffsetDateTime;

use failure::Failure;
use line::{Line, Verb};
use paper::Paper;
use surroundings::Surroundings;

/// Without a terminal to ask.
const USUAL_WIDTH: usize = 80;

fn main() -> ExitCode {
    let line = Line::parse();
    let mut out = std::io::stdout().lock();
    let done = obey(line, &mut out).and_then(|()| Ok(out.flush()?));
    match done {
        Ok(()) | Err(Failure::ReaderGone) => ExitCode::SUCCESS,
        Err(failure) => {
            // With nobody to read the message either, the exit code has to do.
            let _unread = writeln!(std::io::stderr(), "signpost: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

fn obey(line: Line, out: &mut dyn Write) -> Result<(), Failure> {
    let Line { data, verb } = line;
    let around = || {
        let keychain = data.is_none();
        let folder = data
            .or_else(|| Some(dirs::data_dir()?.join(directory::DATA_FOLDER)))
            .ok_or(Failure::NoFolder)?;
        let now = moment();
        Ok::<_, Failure>(Surroundings {
            folder,
            today: now.date(),
            now,
            clock: moment,
            keychain,
            paper: paper(),
            proxy: directory::Proxy::of(|name| std::env::var_os(name)?.into_string().ok()),
        })
    };
    match verb {
        Verb::Search(asked) => search::run(&asked, &around()?, out),
        Verb::Show(asked) => show::run(&asked, &around()?, out),
        Verb::Status(asked) => status::run(&asked, &around()?, out),
        Verb::Edit(asked) => edit::run(&asked, &around()?, out),
        Verb::Suggest(asked) => edit::suggest(&asked, &around()?, out),
        Verb::Flag(asked) => acts::flag(&asked, &around()?, out),
        Verb::Check(asked) => acts::check(&asked, &around()?, out),
        Verb::Remove(asked) => acts::remove(&asked, &around()?, out),
        Verb::Withdraw(asked) => acts::withdraw(&asked, &around()?, out),
        Verb::Outbox(asked) => outbox::run(&asked, &around()?, out),
        Verb::History(asked) => outbox::history(&asked, &around()?, out),
        Verb::Inbox(asked) => inbox::run(&asked, &around()?, out),
        Verb::Resolve(asked) => inbox::resolve(&asked, &around()?, out),
        Verb::Join(asked) => sync::join(&asked, &around()?, out),
        Verb::Sync(asked) => sync::run(&asked, &around()?, out),
        Verb::Leave(asked) => sync::leave(&asked, &around()?, out),
        Verb::Bundle(asked) => sync::bundle(&asked, &around()?, out),
        Verb::Unmet(asked) => unmet::run(&asked, &around()?, out),
        Verb::Postcodes(asked) => postcodes::run(&asked, &around()?, out),
        Verb::Import(asked) => import::run(&asked, &around()?, out),
        Verb::Imports(asked) => imports::run(&asked, &around()?, out),
        Verb::Undo(asked) => imports::undo(&asked, &around()?, out),
        Verb::Mappings(asked) => mappings::run(&asked, &around()?, out),
        Verb::Export(asked) => export::run(&asked, &around()?, out),
        Verb::Validate(asked) => validate::run(&asked, out),
        Verb::Completions(asked) => completions::run(&asked, out),
    }
}

/// This moment where the computer stands, by universal time where it doesn't say.
fn moment() -> OffsetDateTime {
    OffsetDateTime::now_local().unwrap_or_else(|_| OffsetDateTime::now_utc())
}

fn paper() -> Paper {
    let terminal = std::io::stdout().is_terminal();
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let said = set("COLUMNS").and_then(|columns| columns.to_str()?.parse().ok());
    let measured = || {
        let (width, _) = terminal_size::terminal_size()?;
        Some(usize::from(width.0)).filter(|_| terminal)
    };
    let dumb = set("TERM").is_some_and(|name| name == "dumb");
    Paper {
        width: said.or_else(measured).unwrap_or(USUAL_WIDTH),
        bold: terminal && !dumb && set("NO_COLOR").is_none(),
    }
}
