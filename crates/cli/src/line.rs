//! What may stand on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueHint};

use crate::{
    acts, completions, edit, export, import, imports, inbox, mappings, outbox, postcodes, search,
    show, status, sync, unmet, validate,
};

const AFTER: &str = "\
Exit codes:
  0  done, even when a search finds nothing or some records of a file are refused
  1  there is no such entry, or no such postcode in use; a file that was validated has faults
  2  an option is wrong: the message names the nearest right ones
  3  the local copy of the directory or its index can't be used
  4  a file, folder or address can't be read or written, or is not what it should be
  5  nothing was imported, as every record was refused
  6  the hub could not be reached: nothing is lost, what was done here waits
  7  the hub said no; after `sync`: what is new came in, but the hub takes nothing from here
";

/// Finds community services from a directory kept on this computer. Works without a network.
#[derive(Debug, Parser)]
#[command(
    name = "signpost",
    version,
    after_help = AFTER,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub(crate) struct Line {
    /// Folder of the local copy, made on first use [default: the one that the window uses]
    #[arg(long, global = true, value_name = "DIR", env = "SIGNPOST_DATA",
        hide_env_values = true, value_hint = ValueHint::DirPath)]
    pub(crate) data: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    Search(search::Asked),
    Show(show::Asked),
    Status(status::Asked),
    Edit(edit::Asked),
    Suggest(edit::SuggestAsked),
    Flag(acts::FlagAsked),
    Check(acts::CheckAsked),
    Remove(acts::RemoveAsked),
    Withdraw(acts::WithdrawAsked),
    Outbox(outbox::Asked),
    History(outbox::HistoryAsked),
    Inbox(inbox::Asked),
    Resolve(inbox::ResolveAsked),
    Join(sync::JoinAsked),
    Sync(sync::Asked),
    Leave(sync::LeaveAsked),
    Bundle(sync::BundleAsked),
    Unmet(unmet::Asked),
    Postcodes(postcodes::Asked),
    Import(Box<import::Asked>),
    Imports(imports::Asked),
    Undo(imports::UndoAsked),
    Mappings(mappings::Asked),
    Export(export::Asked),
    Validate(validate::Asked),
    Completions(completions::Asked),
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
