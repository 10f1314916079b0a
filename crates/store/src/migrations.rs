//! The schema, step by step. Steps are only ever added: a file of any older version becomes one of
//! this version, and a file of a newer version is recognised by its number.

use rusqlite_migration::{M, Migrations};

const STEPS: &[M<'static>] = &[M::up(include_str!("../migrations/01_directory.sql"))];

/// All steps.
pub(crate) fn all() -> Migrations<'static> {
    Migrations::from_slice(STEPS)
}

/// The number of the newest schema known here.
pub(crate) fn known() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}
