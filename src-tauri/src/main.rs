//! Signpost's window.
//!
//! Only the shell is here: the window, the commands that forward to the directory, the links that
//! leave the program. What a person can do stands in the `directory` crate.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod api;
mod commands;
mod desk;
mod links;
mod shell;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let chosen = std::env::var_os("SIGNPOST_DATA").map(PathBuf::from);
    let usual = || dirs::data_dir().map(|data| data.join(directory::DATA_FOLDER));
    let Some(folder) = chosen.clone().or_else(usual) else {
        return refused(
            "There is no folder to keep the directory in, as this user has no home folder. \
             Name one in SIGNPOST_DATA.",
        );
    };
    let proxy = directory::Proxy::of(|name| std::env::var_os(name)?.into_string().ok());
    match shell::run(&folder, chosen.is_some(), proxy) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refused(&format!("The window could not be opened: {error}")),
    }
}

#[expect(
    clippy::print_stderr,
    reason = "there is no window to say it in, and nothing else to log to"
)]
fn refused(why: &str) -> ExitCode {
    eprintln!("Signpost: {why}");
    ExitCode::FAILURE
}
