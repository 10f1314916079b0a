//! Fetches a directory from a running HSDS or Open Referral UK service: page by page, politely, so
//! that it can be taken up again.
//!
//! Promises: one connection, one request at a time, with pauses; `Retry-After` is honoured. Every
//! service is asked for once, also when a fetch was cut short and begun again. Documents are kept
//! as they were sent, one a line, and read later like any other file. What the other computer sends
//! is untrusted: sizes, pages, redirects and waits are bounded.

mod address;
mod caller;
mod documents;
mod listing;
mod page;
mod spool;
mod survey;
mod text;
mod verdict;
mod wire;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::time::Duration;

use time::OffsetDateTime;

use crate::{InterchangeError, Stop};
use address::Address;
use caller::Caller;
use spool::{Form, Spool, Stage};

/// How to fetch.
#[derive(Debug, Clone)]
pub struct Options {
    /// The time: a fetch that was cut short is gone on with for a day.
    pub now: OffsetDateTime,
    /// The proxy to go through, as `http://name:8080`.
    pub proxy: Option<String>,
    /// Hosts to reach without the proxy, separated by commas: `localhost,.example.org`.
    pub no_proxy: String,
    /// Between two requests. A tenth of it is enough on this computer.
    pub pause: Duration,
    /// Before the second try; doubled before each further one, with some chance added.
    pub backoff: Duration,
    /// How long nothing may arrive before a try is given up.
    pub stall: Duration,
}

impl Options {
    /// What is polite.
    #[must_use]
    pub fn new(now: OffsetDateTime) -> Self {
        Self {
            now,
            proxy: None,
            no_proxy: String::new(),
            pause: Duration::from_millis(75),
            backoff: Duration::from_millis(500),
            stall: Duration::from_secs(30),
        }
    }
}

/// What a fetch brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The documents as they were sent, one a line.
    pub file: PathBuf,
    /// How many there are.
    pub services: u64,
    /// How many services the other computer says it has. Where that is more than came and were
    /// skipped, its list is faulty or was cut short: what is missing may well be there.
    pub said: Option<u64>,
    /// The version that the other computer says it speaks, such as `HSDS-UK-3.0`.
    pub version: Option<String>,
    /// Services that were listed and could not be had: identifier and reason.
    pub skipped: Vec<(String, String)>,
}

/// Fetches every service of the directory at `address` into the folder `spool`.
///
/// `address` is the API's own, with or without `/services`; its query is kept. A fetch of the same
/// address into the same folder that was cut short less than a day ago is gone on with; anything
/// else there of an earlier fetch makes room. The folder holds the address with its query.
///
/// `step` hears how many services are done, and of how many (0: not known yet), at least five times
/// a second.
///
/// # Errors
/// [`InterchangeError`] when the other computer can't be reached or does not answer with services,
/// when the folder can't be written, or when `step` says to stop. What was fetched is kept.
pub fn fetch(
    address: &str,
    spool: &Path,
    options: &Options,
    step: &mut dyn FnMut(u64, u64) -> Result<(), Stop>,
) -> Result<Fetched, InterchangeError> {
    let address = Address::read(address)?;
    let spool = Spool::open(spool, &address, options.now)?;
    let address = address.at(&spool.head().base);
    let caller = Caller::new(&address, options, step)?;
    let mut fetch = Fetch {
        address,
        caller,
        spool,
        held: None,
    };
    if fetch.spool.head().stage == Stage::Begun {
        fetch.survey()?;
    }
    if fetch.spool.head().stage == Stage::Surveyed {
        fetch.list()?;
    }
    if fetch.spool.head().form == Form::Documents {
        fetch.documents()?;
    }
    fetch.spool.end()
}

/// A fetch under way.
struct Fetch<'a> {
    address: Address,
    caller: Caller<'a>,
    spool: Spool,
    /// A page that was looked at already, and its number.
    held: Option<(u64, String)>,
}

impl Fetch<'_> {
    /// An error of the other computer.
    fn refused(&self, why: &str) -> InterchangeError {
        self.address.error(why)
    }
}
