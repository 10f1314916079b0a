//! `signpost completions`: what a shell needs to complete a command line.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::failure::Failure;
use crate::line::Line;

/// Print completions for a shell, to be put where it looks for them
///
/// For example, for bash: signpost completions bash > ~/.local/share/bash-completion/completions/signpost
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Which shell
    shell: Shell,
}

pub(crate) fn run(asked: &Asked, out: &mut dyn Write) -> Result<(), Failure> {
    // The generator stops the program where it can't write, as into a pipe that nobody reads.
    let mut script = Vec::new();
    clap_complete::generate(asked.shell, &mut Line::command(), "signpost", &mut script);
    Ok(out.write_all(&script)?)
}
