//! Others that keep copies in step: Anki's own server and collections, and `PouchDB` with the server
//! that speaks its protocol. Each runs in a program of its own, told step by step.

use std::error::Error;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::Deserialize;

use super::tap::Tap;
use super::{Measured, Step};

/// A program that measures another one: `PROGRAM SCRIPT RECORDS SERVER TAP FOLDER`, or with `--here`
/// alone ends well where its packages are.
#[derive(Debug)]
pub struct Peer<'a> {
    /// Its name in the table.
    pub name: &'static str,
    /// The interpreter.
    pub program: &'a OsStr,
    /// The script.
    pub script: &'a Path,
}

#[derive(Deserialize)]
struct Said {
    step: Step,
    seconds: f64,
}

impl Peer<'_> {
    /// Whether its interpreter and its packages are on this computer.
    #[must_use]
    pub fn is_here(&self) -> bool {
        let mut asked = Command::new(self.program);
        asked.arg(self.script).arg("--here");
        let said = asked.stdin(Stdio::null()).stderr(Stdio::null()).status();
        said.is_ok_and(|status| status.success())
    }

    /// Measures it on the records of a file, a JSON object a line.
    ///
    /// # Errors
    /// When it can't be started, ends early or says something else.
    pub fn measure(&self, records: &Path) -> Result<Vec<Measured>, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let server = free_port()?;
        let tap = Tap::before(server)?;
        let mut child = Command::new(self.program)
            .arg(self.script)
            .arg(records)
            .arg(server.port().to_string())
            .arg(tap.address().port().to_string())
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(mut told), Some(says)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("no pipes".into());
        };
        let mut says = BufReader::new(says).lines();
        let mut all = Vec::new();
        for _ in Step::ALL {
            // Bytes of signing in and the like stand before the step that they make possible.
            writeln!(told)?;
            let line = says
                .next()
                .ok_or_else(|| format!("{} ended early", self.name))??;
            let Said { step, seconds } = serde_json::from_str(&line)?;
            let took = Duration::try_from_secs_f64(seconds)?;
            let bytes = tap.drain();
            all.push(Measured { step, took, bytes });
        }
        drop(told);
        let ended = child.wait()?;
        // What it checks at its end: that its copies are the same.
        match ended.success() {
            true => Ok(all),
            false => Err(format!("{} ended with {ended}", self.name).into()),
        }
    }
}

/// A port that was free a moment ago.
fn free_port() -> std::io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}
