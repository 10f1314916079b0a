//! Other people's formats, in and out: tables (CSV, XLSX, ODS), HSDS and Open Referral UK of every
//! version, files of postcodes.
//!
//! Promises: what comes in is untrusted, so memory and time are bounded whatever a file holds, and
//! nothing of it panics. Whatever is refused or doubtful is said with file, sheet, line, column and
//! reason. Reading changes nothing: records are handed to an [`Intake`], and what becomes of them is
//! decided elsewhere. Nothing here knows the local copy, the index or the clock.

pub mod api;
pub mod archive;
pub mod hsds;
pub mod mapping;
pub mod people;
pub mod postcodes;
pub mod tables;
pub mod tidy;

mod beside;
mod error;
mod intake;
mod report;

pub use beside::beside;
pub use error::InterchangeError;
pub use intake::{Incoming, Intake, Record, Stop};
pub use report::{Finding, Spot, Weight};
