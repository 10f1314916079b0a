//! A hub that serves within another program, on threads of its own.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

use tokio::sync::watch;

use crate::clock::Clock;
use crate::failure::Failure;
use crate::verbs::{Line, obey_until};

/// A hub that serves until it is dropped: then it finishes what is under way.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: Option<JoinHandle<()>>,
}

impl Running {
    /// Begins to do what a line says that begins with `serve`.
    ///
    /// # Errors
    /// [`Failure`] says what kept it, and what to do.
    pub fn begin(line: Line, clock: Clock) -> Result<Self, Failure> {
        let (stop, stopping) = watch::channel(false);
        let (begun, begins) = mpsc::channel();
        let work = move || {
            let mut said = Said(begun.clone());
            let ended = obey_until(line, clock, (&mut said, &mut io::sink()), Some(stopping));
            // Nobody but whoever waits for its beginning hears why there was none.
            drop(begun.send(ended.and_then(|()| Err(nothing_heard()))));
        };
        let thread = thread::Builder::new().name("hub".to_owned()).spawn(work);
        let thread = thread.map_err(|error| Failure::Settings(error.to_string()))?;
        let address = begins.recv().map_err(|_gone| nothing_heard())??;
        Ok(Self {
            address,
            stop,
            serving: Some(thread),
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if let Some(serving) = self.serving.take() {
            // A panic there was told where it happened.
            drop(serving.join());
        }
    }
}

/// Hears where it listens.
struct Said(Sender<Result<SocketAddr, Failure>>);

impl Write for Said {
    fn write(&mut self, said: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(said);
        let address = text.rsplit_once("://").map(|(_, address)| address.trim());
        if let Some(Ok(address)) = address.map(str::parse) {
            drop(self.0.send(Ok(address)));
        }
        Ok(said.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn nothing_heard() -> Failure {
    Failure::Settings(
        "The hub ended before it listened. Does its line begin with `serve`?".to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;
    use std::sync::Arc;

    use clap::Parser;

    use super::*;

    fn line(folder: &std::path::Path, words: &[&str]) -> Line {
        let folder = folder.to_str().unwrap();
        let all = ["signpost-hub", "--data", folder, "--log", "off"];
        Line::try_parse_from(all.iter().chain(words)).unwrap()
    }

    fn clock() -> Clock {
        Arc::new(|| 1_764_000_000)
    }

    #[test]
    fn a_hub_in_this_program_listens_until_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let init = line(folder.path(), &["init"]);
        crate::obey(init, clock(), &mut Vec::new(), &mut Vec::new()).unwrap();
        let serve = line(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
        let running = Running::begin(serve, clock()).unwrap();
        let address = running.address();
        TcpStream::connect(address).unwrap();
        drop(running);
        TcpStream::connect(address).unwrap_err();
    }

    #[test]
    fn a_line_that_serves_nothing_is_told_so() {
        let folder = tempfile::tempdir().unwrap();
        let other = line(folder.path(), &["init"]);
        let failure = Running::begin(other, clock()).unwrap_err();
        assert!(failure.to_string().contains("serve"), "{failure}");
    }
}
