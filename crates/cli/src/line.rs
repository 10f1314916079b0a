//! What may stand on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueHint};

use crate::{
    completions, export, import, imports, mappings, postcodes, search, show, status, unmet,
    validate,
};

const AFTER: &str = "\
Exit codes:
  0  done, even when a search finds nothing or some records of a file are refused
  1  there is no such entry, or no such postcode in use; a file that was validated has faults
  2  an option is wrong: the message names the nearest right ones
  3  the local copy of the directory or its index can't be used
  4  a file, folder or address can't be read or written, or is not what it should be
  5  nothing was imported, as every record was refused
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
