//! `signpost-hub`: the server. This file alone reads the environment, the clock and the terminal.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use time::OffsetDateTime;

fn main() -> ExitCode {
    let line = hub::Line::parse();
    let clock = || u64::try_from(OffsetDateTime::now_utc().unix_timestamp()).unwrap_or_default();
    let (mut out, mut people) = (std::io::stdout(), std::io::stderr());
    match hub::obey(line, Arc::new(clock), &mut out, &mut people) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // With nobody to read the message, the exit code has to do.
            let _unread = writeln!(people, "signpost-hub: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}
